//! Owns what must hold of an answer beyond what its question asks: plain data, to be judged elsewhere.

use serde_json::Value;

use super::Size;

/// What must hold of a value. What speaks of one type of value holds for all others.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// Exactly one of these holds.
    One(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// One of two holds, by whether the premise does.
    When {
        /// What decides.
        premise: Box<Condition>,
        /// What must hold if it does.
        then: Box<Condition>,
        /// What must hold if it does not.
        otherwise: Box<Condition>,
    },
    /// This holds, and the form has words of its own for a value of which it does not.
    Said(String, Box<Condition>),
    /// The value is of one of these types, in the words of JSON Schema.
    Types(Vec<String>),
    /// The value is one of these.
    Among(Vec<Value>),
    /// The group has an answer under this key.
    Has(String),
    /// If there is an answer under this key, this holds of it.
    Key(String, Box<Condition>),
    /// This holds of each answer under a key that matches the expression.
    KeysLike(String, Box<Condition>),
    /// This holds of each answer under a key that is neither named nor matches an expression.
    OtherKeys {
        /// The keys that are named.
        named: Vec<String>,
        /// The expressions.
        patterns: Vec<String>,
        /// What holds of all others.
        condition: Box<Condition>,
    },
    /// This holds of each key, as a text.
    KeyNames(Box<Condition>),
    /// The group has so many answers.
    Keys(Size),
    /// This holds of each entry of the list but for the first ones.
    Entries {
        /// How many first ones.
        from: usize,
        /// What holds of the others.
        condition: Box<Condition>,
    },
    /// If the list has an entry at this place, from 0, this holds of it.
    Entry(usize, Box<Condition>),
    /// So many entries of the list are such that this holds.
    Contains(Box<Condition>, Size),
    /// The list has so many entries.
    Count(Size),
    /// No two entries of the list are the same.
    Unique,
    /// The text has so many characters.
    Length(Size),
    /// The text matches the expression.
    Pattern(String),
    /// The text is written in a way that has a name in JSON Schema.
    Format(String),
    /// The number lies within bounds.
    Bound(Bound, f64),
    /// No value will do.
    Never,
    /// What cannot be said here: whether it holds is not known.
    Unknown,
}

/// On which side of a limit a number lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At it or above.
    AtLeast,
    /// Above it.
    Above,
    /// At it or below.
    AtMost,
    /// Below it.
    Below,
    /// At a multiple of it.
    MultipleOf,
}

impl Condition {
    /// What holds of every value.
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Whether this holds of every value.
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(conditions) if conditions.is_empty())
    }

    /// All of some conditions; of one, that one alone.
    pub(super) fn all(mut conditions: Vec<Self>) -> Self {
        conditions.retain(|condition| !condition.is_always());
        match conditions.len() {
            1 => conditions.remove(0),
            _ => Self::All(conditions),
        }
    }
}
