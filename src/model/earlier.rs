//! Owns the earlier edition, as far as a report tells its readers what is new since.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Edition, Themes};

/// An earlier edition, held against the one that the report is of.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Which edition it was, if it said so.
    pub edition: Option<Edition>,
    /// Its themes, which name those that are gone.
    pub themes: Themes,
    /// Its cases, as far as they would be in the report: without those that the editors had not
    /// accepted, and of a part those alone that would be in it. Their places in files mean nothing here.
    pub cases: Vec<Case>,
    /// The ids of cases that it did not have.
    pub added: BTreeSet<String>,
    /// The ids of its cases that are no longer there.
    pub removed: BTreeSet<String>,
    /// The fields in which cases say something else now, by the ids of the cases.
    pub changed: BTreeMap<String, ChangedFields>,
}

/// The fields in which a case says something else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedFields {
    /// The first of them, in the order of the file.
    pub names: Vec<FieldName>,
    /// How many there are beyond these.
    pub more: usize,
}

/// A field of a case by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName {
    /// Its key.
    pub key: String,
    /// Its name for readers, if it is the group's own.
    pub title: Option<String>,
}
