//! Owns the arguments of the verb that compares two editions.

use std::path::PathBuf;

use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Diff {
    /// What to compare with: a folder with a casebook, or a revision such as v1, main or HEAD~3
    #[arg(value_name = "REV|DIR")]
    pub(in crate::cli) since: String,

    /// How to show what changed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: DiffFormat,

    /// Show what is private too; in text alone
    #[arg(long)]
    pub(in crate::cli) private: bool,

    /// The file to write into; standard output if left out
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// For people, on a terminal
    Text,
    /// Markdown: what is most important first, the rest folded
    Md,
    /// One JSON object
    Json,
}
