//! Owns what becomes of a row: written, left, or left to its editor.

use super::CaseFile;
use super::join::Joined;
use super::known::tree_of;
use super::rows::Checked;
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
    /// Its case was edited by hand, and what is new in the row was taken over into other fields.
    Merged,
    /// Its case says the same already.
    Same,
    /// Its case was edited by hand since, and the row has nothing new.
    Kept,
    /// Its case was edited or removed by hand, and the row has something new in the same place: that is left
    /// to the editors.
    HandEdited,
    /// Something is wrong with it: nothing is written.
    Failed,
}

impl RowFate {
    /// All of them, in the order in which they are told.
    pub const ALL: &[Self] = &[
        Self::New,
        Self::Updated,
        Self::Merged,
        Self::Same,
        Self::Kept,
        Self::HandEdited,
        Self::Failed,
    ];
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
    if row.index.is_some() {
        return plan_in_file(row, sink);
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
    let write_text = |fate, before, text: &str| Planned {
        fate,
        write: Some(CaseFile { path: row.file.clone(), before, text: text.to_owned() }),
        remember: remember(),
    };
    let write = |fate, before| write_text(fate, before, &row.text);
    match (before, remembered) {
        (None, Some(_)) if !overwrite => {
            sink.push(import::removed_by_hand(&row.file, row.at));
            left(RowFate::HandEdited)
        }
        (None, _) => write(RowFate::New, None),
        (Some(bytes), _) if bytes == row.text.as_bytes() => same(row),
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
            match &found {
                Some(found) if *found == import::Differences::default() => return same(row),
                Some(found) if !is_news(found) => return left(RowFate::Kept),
                _ => {}
            }
            if overwrite {
                return won(row, bytes, sink);
            }
            let (Some(found), Joined::Text(text)) = (&found, &row.joined) else {
                sink.push(import::hand_edited(&row.file, found.as_ref(), row.at));
                return left(RowFate::HandEdited);
            };
            let fate = match found.in_both.is_empty() {
                true => RowFate::Merged,
                false => {
                    sink.push(import::conflict(&row.file, found, row.at));
                    RowFate::HandEdited
                }
            };
            let Planned { write, remember: now, .. } = write_text(fate, Some(bytes), text);
            // A field that both changed is asked for again, until they say the same.
            let remember = now.map(|now| now.with_earlier(remembered, &found.in_both));
            Planned { fate, write, remember }
        }
        (Some(_), None) if row.joined == Joined::Same => left(RowFate::Same),
        (Some(bytes), None) if overwrite => won(row, bytes, sink),
        (Some(_), None) => {
            sink.push(import::file_in_the_way(&row.file, row.at));
            left(RowFate::Failed)
        }
    }
}

/// Decides about a row whose case stands in a file of several. What was written there is not remembered, which
/// nobody could tell from the others.
fn plan_in_file(row: &Checked, sink: &mut Sink) -> Planned {
    let (fate, write) = match &row.joined {
        Joined::Same => (RowFate::Same, None),
        Joined::InFile(write) => (RowFate::Updated, write.clone()),
        Joined::ByHand(fields) => {
            sink.push(import::by_hand(&row.file, fields, row.at));
            (RowFate::HandEdited, None)
        }
        _ => {
            sink.push(import::case_differs(&row.file, row.at));
            (RowFate::Failed, None)
        }
    };
    Planned { fate, write, remember: None }
}

/// What is to be done for a row that says what its case says: it is known from then on.
fn same(row: &Checked) -> Planned {
    let remember = Some(Remembered::new(&row.file, &row.text, &row.record));
    Planned { fate: RowFate::Same, write: None, remember }
}

/// What is to be done for a row that wins over a case that a hand wrote or edited.
fn won(row: &Checked, before: Vec<u8>, sink: &mut Sink) -> Planned {
    let text = match &row.joined {
        Joined::Same => return same(row),
        Joined::Unsound => {
            sink.push(import::unsound_together(&row.file, row.at));
            return Planned { fate: RowFate::HandEdited, write: None, remember: None };
        }
        Joined::ByHand(fields) => {
            sink.push(import::by_hand(&row.file, fields, row.at));
            return Planned { fate: RowFate::HandEdited, write: None, remember: None };
        }
        Joined::Text(text) => text,
        Joined::Anew(text) => {
            sink.push(import::written_anew(&row.file, false, row.at));
            text
        }
        Joined::Nothing | Joined::InFile(_) if row.file.ends_with(".json") => {
            sink.push(import::by_hand(&row.file, &[], row.at));
            return Planned { fate: RowFate::HandEdited, write: None, remember: None };
        }
        Joined::Nothing | Joined::InFile(_) => {
            sink.push(import::written_anew(&row.file, true, row.at));
            &row.text
        }
    };
    let write = CaseFile { path: row.file.clone(), before: Some(before), text: text.clone() };
    let remember = Some(Remembered::new(&row.file, &row.text, &row.record));
    Planned { fate: RowFate::Updated, write: Some(write), remember }
}
