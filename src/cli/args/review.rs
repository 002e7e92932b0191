//! Owns the arguments of the verb with which editors decide.

use clap::ValueEnum;

use crate::app::Verdict;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Review {
    /// The cases, by id
    #[arg(value_name = "ID", required = true, num_args = 1..)]
    pub(in crate::cli) ids: Vec<String>,

    /// What is decided
    #[arg(value_name = "DECISION", required = true)]
    pub(in crate::cli) decision: DecisionWord,

    /// Why, for the editors: it is added to the notes of the review, with the date
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,

    /// Who decided; whoever stands in the case if left out
    #[arg(long, value_name = "NAME", env = "CASEBOOK_REVIEWER")]
    pub(in crate::cli) reviewer: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum DecisionWord {
    /// Take it into the report
    Accept,
    /// Do not take it into the report
    Decline,
    /// Give it back to whoever wrote it: it is a draft again
    Return,
}

impl DecisionWord {
    pub(in crate::cli) fn verdict(self) -> Verdict {
        match self {
            Self::Accept => Verdict::Accept,
            Self::Decline => Verdict::Decline,
            Self::Return => Verdict::Return,
        }
    }
}
