//! Owns what becomes of a row: written, left, or left to its editor.

use super::rows::Checked;
use super::{CaseFile, is_same, tree_of};
use crate::app::{Files, ReadError};
use crate::diag::Sink;
use crate::import::{self, Memory, Remembered};
use crate::load::Limits;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowFate {
    /// Its case is new.
    New,
    /// Its case is brought up to date.
    Updated,
    /// Its case says the same already.
    Same,
    /// Its case was edited by hand since, and the row has nothing new.
    Kept,
    /// Its case was edited or removed by hand, and the row has something new: nothing is written.
    HandEdited,
    /// Something is wrong with it: nothing is written.
    Failed,
}

impl RowFate {
    /// All of them, in the order in which they are told.
    pub const ALL: &[Self] =
        &[Self::New, Self::Updated, Self::Same, Self::Kept, Self::HandEdited, Self::Failed];
}

/// What is to be done for a row.
pub(super) struct Planned {
    pub(super) fate: RowFate,
    pub(super) write: Option<CaseFile>,
    /// What to know of it the next time, if that is anything new.
    pub(super) remember: Option<Remembered>,
}

/// Decides about a row by what stands in its place and what was written there before.
pub(super) fn plan(
    files: &dyn Files,
    row: &Checked,
    memory: &Memory,
    overwrite: bool,
    sink: &mut Sink,
) -> Planned {
    let left = |fate| Planned { fate, write: None, remember: None };
    if !row.is_sound {
        return left(RowFate::Failed);
    }
    let remembered = memory.of(&row.key).filter(|remembered| remembered.file == row.file);
    let before = match files.read(&row.file, Limits::default().bytes) {
        Ok(bytes) => Some(bytes),
        Err(ReadError::Missing) => None,
        Err(_) => {
            sink.push(import::file_in_the_way(&row.file, row.at));
            return left(RowFate::Failed);
        }
    };
    let remember = || Some(Remembered::new(&row.file, &row.text, &row.record));
    let write = |fate, before: Option<Vec<u8>>| Planned {
        fate,
        write: Some(CaseFile { path: row.file.clone(), before, text: row.text.clone() }),
        remember: remember(),
    };
    match (before, remembered) {
        (None, Some(_)) if !overwrite => {
            sink.push(import::removed_by_hand(&row.file, row.at));
            left(RowFate::HandEdited)
        }
        (None, _) => write(RowFate::New, None),
        (Some(bytes), _) if bytes == row.text.as_bytes() => {
            Planned { fate: RowFate::Same, write: None, remember: remember() }
        }
        (Some(bytes), Some(remembered)) if remembered.is_untouched(&bytes) => {
            if remembered.digest == crate::source::sha256(row.text.as_bytes()) {
                return left(RowFate::Same);
            }
            write(RowFate::Updated, Some(bytes))
        }
        (Some(bytes), Some(remembered)) => {
            let found = tree_of(&bytes, |tree| remembered.differences(tree, &row.record));
            let is_news = |found: &import::Differences| {
                !found.in_survey.is_empty() || !found.in_both.is_empty()
            };
            if found.as_ref().is_some_and(|found| !is_news(found)) {
                return left(RowFate::Kept);
            }
            if overwrite {
                return write(RowFate::Updated, Some(bytes));
            }
            sink.push(import::hand_edited(&row.file, found.as_ref(), row.at));
            left(RowFate::HandEdited)
        }
        (Some(bytes), None) if is_same(&bytes, &row.record) => left(RowFate::Same),
        (Some(bytes), None) if overwrite => write(RowFate::Updated, Some(bytes)),
        (Some(_), None) => {
            sink.push(import::file_in_the_way(&row.file, row.at));
            left(RowFate::Failed)
        }
    }
}
