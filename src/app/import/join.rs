//! Owns what comes of a row and of a case that a hand wrote or edited: one text that is sound, or none.

use anyhow::Result;

use super::CaseFile;
use super::known::tree_of;
use super::merge::merged;
use super::overwrite::won;
use super::rows::{Checked, Run};
use crate::app::Files;
use crate::app::open::has_errors;
use crate::compose::yaml;
use crate::import::{Memory, Remembered, differing};
use crate::load::{Limits, Node};
use crate::source::{SourceId, SourceMap};

/// What comes of a row and of a case that a hand wrote or edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Joined {
    /// Nothing: there is no such case, or it cannot be read, or only one of the two may be kept.
    Nothing,
    /// The case says already what the row says.
    Same,
    /// The text of the case with what is new in the row.
    Text(String),
    /// The same, written anew: it could not be written between the lines that are there.
    Anew(String),
    /// A text that something would be wrong with.
    Unsound,
    /// A text of a file of several cases with what is new in this row and in others; it stands with the first
    /// of them.
    InFile(Option<CaseFile>),
    /// Nothing that could be written between the lines of a file that is not casebook's alone to write anew:
    /// the fields that say something else.
    ByHand(Vec<String>),
}

impl Joined {
    /// The text to write.
    fn text(&self) -> Option<&String> {
        match self {
            Self::Text(text) | Self::Anew(text) => Some(text),
            Self::Nothing | Self::Same | Self::Unsound | Self::InFile(_) | Self::ByHand(_) => None,
        }
    }
}

impl Run<'_> {
    /// Takes what is new in rows over into cases that a hand wrote or edited, where the whole is sound then.
    pub(super) fn join(
        &self,
        files: &dyn Files,
        (memory, overwrite): (&Memory, bool),
        rows: &mut [Checked],
        sources: &mut SourceMap,
    ) -> Result<()> {
        // Of files with several cases, the records were judged already.
        self.join_in_shared_files(files, overwrite, rows);
        let alone = |row: &&mut Checked| row.is_sound && row.index.is_none();
        for row in rows.iter_mut().filter(alone) {
            row.joined = self.joined(files, row, memory, overwrite).unwrap_or(Joined::Nothing);
        }
        let texts = rows.iter().filter_map(|row| Some((&row.file, row.joined.text()?)));
        let made: Vec<SourceId> =
            texts.map(|(file, text)| sources.add(file, text.clone())).collect();
        if made.is_empty() {
            return Ok(());
        }
        let all: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
        let found = self.judged(&all, &made, sources)?;
        let joined = rows.iter_mut().filter(|row| row.joined.text().is_some());
        for (row, _) in joined.zip(found).filter(|(_, found)| has_errors(found)) {
            row.joined = Joined::Unsound;
        }
        Ok(())
    }

    /// What comes of a row and its case; nothing if there is none, or it cannot be read.
    fn joined(
        &self,
        files: &dyn Files,
        row: &Checked,
        memory: &Memory,
        overwrite: bool,
    ) -> Option<Joined> {
        let remembered = memory.of(&row.key).filter(|remembered| remembered.file == row.file);
        let bytes = files.read(&row.file, Limits::default().bytes).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        match remembered {
            Some(remembered) if remembered.is_untouched(&bytes) => None,
            Some(remembered) if !overwrite => {
                let differences = |file: &Node<'_>| remembered.differences(file, &row.record);
                let new = tree_of(&bytes, differences)?.in_survey;
                if new.is_empty() {
                    None
                } else {
                    merged(text, &row.record, &new).map(Joined::Text)
                }
            }
            remembered => tree_of(&bytes, |file| self.won(row, (text, file), remembered)),
        }
    }

    /// A case with what its row says; what the row does not speak of stays.
    fn won(
        &self,
        row: &Checked,
        (text, file): (&str, &Node<'_>),
        remembered: Option<&Remembered>,
    ) -> Joined {
        let has_column = |field: &str| self.mapping.has_column_for(field);
        let record = match self.maker.is_of_own_tables() || self.maker.is_by_roles() {
            // These rows have all that the file has, but for what changed.
            true => row.record.clone(),
            false => won(&row.record, file, remembered, has_column),
        };
        let new = differing(file, &record);
        if new.is_empty() {
            return Joined::Same;
        }
        match merged(text, &record, &new) {
            Some(text) => Joined::Text(text),
            // What is written as JSON is read by others as JSON.
            None if row.file.ends_with(".json") => Joined::ByHand(new),
            None => Joined::Anew(yaml(&self.maker.in_order(record))),
        }
    }
}
