//! Owns the guide to the form: what contributors read before they write.

mod html;
mod markdown;

pub use self::html::html;
pub use self::markdown::markdown;

use crate::form::{Question, Questionnaire};

/// What the guide is made of.
#[derive(Debug)]
pub struct Guide<'a> {
    /// The report that the cases are for, if there is a casebook.
    pub report: Option<&'a str>,
    /// What the form asks.
    pub questionnaire: &'a Questionnaire,
}

impl Guide<'_> {
    fn title(&self) -> String {
        match self.report {
            Some(report) => format!("How to write a case for “{report}”"),
            None => "How to write a case".to_owned(),
        }
    }

    /// The questions that must be answered, then the others.
    fn halves(&self) -> (Vec<&Question>, Vec<&Question>) {
        self.questionnaire.questions.iter().partition(|question| question.is_required)
    }
}

/// What a reader should know before the first question.
const INTRODUCTION: &[&str] = &[
    "A case is one file of plain text. Each question of the form has a key, such as title, and the \
     answer stands behind the key and a colon.",
    "Answer what is required, and of the rest what you know. A question without an answer is left out: \
     write neither TODO nor “n/a” nor a guess. What did not work is worth as much as what did.",
    "Begin with a file that holds all questions: “casebook new” makes it. Then “casebook validate” says \
     what is still open, or wrong, with the line where it stands.",
];
