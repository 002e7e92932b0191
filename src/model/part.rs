//! Owns the part: which of the cases a report holds, where it does not hold all.

use std::collections::BTreeMap;
use std::fmt;

/// A part of the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What was chosen, by facet. The editors' private choices are not among them.
    pub choices: Vec<Choice>,
    /// How many cases it is a part of.
    pub of: usize,
    /// The cases elsewhere that this part refers to, by their ids.
    pub elsewhere: BTreeMap<String, Elsewhere>,
}

/// What is known of a case that is in no part with what refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its title.
    pub title: String,
    /// The language that it is written in, if it says so.
    pub language: Option<String>,
}

/// A choice of cases by one facet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The facet's name in commands and data.
    pub facet: String,
    /// The value as readers know it; words of the form are named by the templates.
    pub value: String,
    /// Whether the cases that have the value are left out rather than kept.
    pub negated: bool,
}

impl fmt::Display for Part {
    /// Writes `country=Sweden, theme!=Telestroke`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Choice { facet, value, negated, .. }) in self.choices.iter().enumerate() {
            let parting = if index > 0 { ", " } else { "" };
            let sign = if *negated { "!=" } else { "=" };
            write!(f, "{parting}{facet}{sign}{value}")?;
        }
        Ok(())
    }
}
