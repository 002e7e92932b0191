//! Owns the form as questions to a contributor: plain data in the form's order, for whatever asks them.

mod condition;
mod conditions;
mod parts;
mod reading;
mod rules;

use serde_json::Value;

use super::{Role, Vocabulary};

pub use self::condition::{Bound, Condition};
pub(super) use self::reading::read;

/// A form as a contributor meets it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Questionnaire {
    /// What the form is called.
    pub title: Option<String>,
    /// What one record of it is.
    pub description: Option<String>,
    /// What it asks, in its order.
    pub questions: Vec<Question>,
    /// What must hold of a record beyond what each question asks.
    pub conditions: Vec<Condition>,
}

/// What the form asks under one key.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The key. Of the entries of a list and of groups with keys of the contributor's own it is empty.
    pub key: String,
    /// Its name for readers.
    pub title: String,
    /// What belongs into it.
    pub description: Option<String>,
    /// The unit of its number.
    pub unit: Option<String>,
    /// Answers that the form gives as examples.
    pub examples: Vec<Value>,
    /// Whether there must be an answer, in a record or in the group that it belongs to.
    pub is_required: bool,
    /// Whether the answer is kept out of all that is published.
    pub is_private: bool,
    /// What the answer means to casebook.
    pub role: Option<Role>,
    /// Which of the answers that every case has it is.
    pub purpose: Option<Purpose>,
    /// What an answer looks like.
    pub answer: Answer,
    /// What must hold of an answer beyond that.
    pub conditions: Vec<Condition>,
    /// Whether all this is asked only where something else holds, which a condition of the group, list or
    /// record around it says.
    pub is_conditional: bool,
}

/// The answers that a new case begins with, wherever a form keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The short name.
    Id,
    /// The name for readers.
    Title,
    /// Where it happened.
    Regions,
    /// What it is about.
    Themes,
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A text.
    Text(TextRules),
    /// A number.
    Number(NumberRules),
    /// `true` or `false`.
    YesNo,
    /// One of some values.
    Choice(Vec<Choice>),
    /// Several answers of one kind.
    List(Box<Question>, Size),
    /// Answers to questions that belong together.
    Group(Vec<Question>),
    /// Answers of one kind under keys that the contributor chooses.
    Named(Box<Question>, NamedRules),
    /// Whatever the contributor likes: the form leaves it open, or is too intricate to be followed.
    Open,
}

/// A value that may be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: Value,
    /// Its name for readers, if it has one of its own.
    pub title: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
}

impl Choice {
    /// The value as somebody types it.
    pub fn typed(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// On one line.
    Line,
    /// On as many lines as it takes.
    Lines,
    /// On as many lines as it takes, with Markdown.
    Markdown,
    /// As a date.
    Date,
    /// As a web address.
    Link,
}

/// What is asked of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRules {
    /// How it is written.
    pub writing: Writing,
    /// Whether a number may stand in its place.
    pub may_be_number: bool,
    /// The fewest and the most characters.
    pub length: Size,
    /// The most words.
    pub most_words: Option<u64>,
    /// An expression that it must match.
    pub pattern: Option<String>,
    /// What to say of a text that does not.
    pub pattern_message: Option<String>,
}

/// What is asked of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NumberRules {
    /// Whether it has no decimals.
    pub is_whole: bool,
    /// The least that it may be.
    pub at_least: Option<f64>,
    /// The most that it may be.
    pub at_most: Option<f64>,
}

/// What is asked of keys that a contributor chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedRules {
    /// How many there may be.
    pub size: Size,
    /// An expression that each key must match.
    pub pattern: Option<String>,
}

/// How many there may be: characters of a text, entries of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// The fewest.
    pub at_least: Option<u64>,
    /// The most.
    pub at_most: Option<u64>,
}

impl Questionnaire {
    /// The same questions; those that must be answered come first, in each group too.
    #[must_use]
    pub fn required_first(mut self) -> Self {
        put_required_first(&mut self.questions);
        self
    }

    /// The question for one of the answers that a new case begins with.
    pub fn asks_for(&self, purpose: Purpose) -> Option<&Question> {
        self.questions.iter().find(|question| question.purpose == Some(purpose))
    }
}

fn put_required_first(questions: &mut [Question]) {
    questions.sort_by_key(|question| !question.is_required);
    for question in questions {
        match &mut question.answer {
            Answer::Group(inner) => put_required_first(inner),
            Answer::List(entry, _) | Answer::Named(entry, _) => {
                put_required_first(std::slice::from_mut(entry));
            }
            _ => {}
        }
    }
}

impl Question {
    /// Whether the answer is one value and no list or group of them.
    pub fn is_simple(&self) -> bool {
        matches!(
            self.answer,
            Answer::Text(_) | Answer::Number(_) | Answer::YesNo | Answer::Choice(_)
        )
    }
}

impl super::Form {
    /// The form as questions, with the words of the manifest where they are the answers.
    pub fn questionnaire(&self, vocabulary: &Vocabulary) -> Questionnaire {
        read(self, vocabulary)
    }
}
