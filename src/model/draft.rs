//! Owns the draft: what editors see of a report in the making, and nobody else.

use std::collections::BTreeMap;

/// What a draft shows beside the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// What is open about each case, by its id.
    pub open: BTreeMap<String, Remarks>,
    /// The files with errors: cases that are left out, and chapters that may lack something.
    pub faulty: Vec<FaultyFile>,
}

/// A file with its errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyFile {
    /// Path from the casebook's root.
    pub path: String,
    /// What is wrong, in the file's order.
    pub remarks: Remarks,
}

/// Remarks, of which nobody reads more than some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The first.
    pub shown: Vec<Remark>,
    /// How many there are beyond these.
    pub more: usize,
}

/// A diagnostic in the few words for which a margin has room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its name.
    pub code: String,
    /// What is wrong; nothing where that would show what is private.
    pub message: Option<String>,
    /// Where, as `file:line`; nothing where no text of a file is at fault.
    pub place: Option<String>,
}
