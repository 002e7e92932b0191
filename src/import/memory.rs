//! Owns what is remembered of an import, so that the next one knows its cases again and tells what was
//! edited by hand.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::compose::yaml;
use crate::load::Node;
use crate::source::sha256;

/// What the file says of itself to people.
const NOTE: &str =
    "casebook import keeps here which case came from which row. Keep it with the cases.";

/// How much of a digest stands for a key or a field: enough that no two are the same by chance.
const SHORT: usize = 16;

/// What is remembered of the rows of a survey.
///
/// Neither answers nor keys stand in it, which may be e-mail addresses, but digests of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Memory {
    note: String,
    version: u32,
    /// The cases by the digests of their rows' keys.
    rows: BTreeMap<String, Remembered>,
}

/// What is remembered of a row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Remembered {
    /// The case file, from the root.
    pub file: String,
    /// The digest of the text that was written.
    pub digest: String,
    /// Digests of its fields.
    pub fields: BTreeMap<String, String>,
}

/// Which fields of a case differ, and through whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Changed in the survey.
    pub in_survey: Vec<String>,
    /// Changed by hand.
    pub by_hand: Vec<String>,
    /// Changed in both.
    pub in_both: Vec<String>,
}

impl Memory {
    /// Reads what an import left.
    ///
    /// # Errors
    ///
    /// Says what is wrong if it is no such file, or of a later version.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let memory: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        match memory.version {
            1 => Ok(memory),
            version => Err(format!("it is of version {version}")),
        }
    }

    /// The file that the next import reads.
    pub fn write(mut self) -> Vec<u8> {
        (self.note, self.version) = (NOTE.to_owned(), 1);
        format!("{}\n", serde_json::to_string_pretty(&self).unwrap_or_default()).into_bytes()
    }

    /// What is remembered of the row with a key.
    pub fn of(&self, key: &str) -> Option<&Remembered> {
        self.rows.get(&short(key.as_bytes()))
    }

    /// Remembers a row.
    pub fn remember(&mut self, key: &str, row: Remembered) {
        self.rows.insert(short(key.as_bytes()), row);
    }

    /// The files of rows that none of these keys belong to.
    pub fn without<'m>(&'m self, keys: &BTreeSet<String>) -> Vec<&'m str> {
        let keys: BTreeSet<String> = keys.iter().map(|key| short(key.as_bytes())).collect();
        let others = self.rows.iter().filter(|(key, _)| !keys.contains(*key));
        others.map(|(_, row)| row.file.as_str()).collect()
    }
}

impl Remembered {
    /// What there is to remember of a record that was written as a text.
    pub fn new(file: &str, text: &str, record: &Node<'_>) -> Self {
        let (file, digest) = (file.to_owned(), sha256(text.as_bytes()));
        Self { file, digest, fields: fields_of(record) }
    }

    /// The same, with some fields as they were remembered earlier.
    #[must_use]
    pub fn with_earlier(mut self, earlier: &Self, fields: &[String]) -> Self {
        for field in fields {
            match earlier.fields.get(field) {
                Some(digest) => self.fields.insert(field.clone(), digest.clone()),
                None => self.fields.remove(field),
            };
        }
        self
    }

    /// Whether a file is as it was written. Line ends do not count: git changes them on some systems.
    pub fn is_untouched(&self, bytes: &[u8]) -> bool {
        let unix = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        sha256(bytes) == self.digest || sha256(unix.as_bytes()) == self.digest
    }

    /// Which fields the survey changed since, and which the hand did.
    pub fn differences(&self, file: &Node<'_>, row: &Node<'_>) -> Differences {
        let (file, row) = (fields_of(file), fields_of(row));
        let keys: BTreeSet<&String> =
            self.fields.keys().chain(file.keys()).chain(row.keys()).collect();
        let mut found = Differences::default();
        for key in keys {
            let (before, file, row) = (self.fields.get(key), file.get(key), row.get(key));
            let list = match (row != before, file != before) {
                (true, true) if row == file => continue,
                (true, true) => &mut found.in_both,
                (true, false) => &mut found.in_survey,
                (false, true) => &mut found.by_hand,
                (false, false) => continue,
            };
            list.push(key.clone());
        }
        found
    }
}

/// The fields in which two records differ.
pub fn differing(one: &Node<'_>, other: &Node<'_>) -> Vec<String> {
    let (one, other) = (fields_of(one), fields_of(other));
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    keys.into_iter().filter(|key| one.get(*key) != other.get(*key)).cloned().collect()
}

/// The digests of a record's fields, however they are written.
pub fn fields_of(record: &Node<'_>) -> BTreeMap<String, String> {
    let entries = record.entries().iter();
    entries
        .map(|entry| (entry.key.to_string(), short(yaml(&entry.value).trim_end().as_bytes())))
        .collect()
}

fn short(bytes: &[u8]) -> String {
    let mut digest = sha256(bytes);
    digest.truncate(SHORT);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Limits, parse};
    use crate::source::SourceMap;

    fn tree(text: &str) -> Node<'_> {
        let source = SourceMap::default().add("t.yaml", "");
        parse(source, text, Limits::default(), &mut Vec::new()).unwrap()
    }

    #[test]
    fn fields_are_told_apart_by_who_changed_them() {
        let before = Remembered::new("a.yaml", "", &tree("a: 1\nb: 1\nc: 1\nd: 1\ng: [x]\n"));
        let file = tree("a: 1\nb: 2\nc: 2\nd: 2\ne: 1\ng: # a note\n  - x\n");
        let row = tree("a: 2\nb: 1\nc: 3\nd: 2\nf: 1\ng: [x]\n");
        let found = before.differences(&file, &row);
        assert_eq!(found.in_survey, ["a", "f"]);
        assert_eq!(found.by_hand, ["b", "e"]);
        assert_eq!(found.in_both, ["c"]);
    }

    #[test]
    fn memory_is_read_as_it_was_written_and_holds_no_key() {
        let mut memory = Memory::default();
        memory.remember("anna@example.org", Remembered::new("cases/a.yaml", "x", &tree("a: 1\n")));
        let bytes = memory.clone().write();
        assert!(!String::from_utf8(bytes.clone()).unwrap().contains("anna"));
        let read = Memory::read(&bytes).unwrap();
        assert_eq!(read.of("anna@example.org").unwrap().file, "cases/a.yaml");
        assert_eq!(read.of("else"), None);
        assert!(read.of("anna@example.org").unwrap().is_untouched(b"x"));
        assert!(Memory::read(b"{}").is_err());
        assert_eq!(read.without(&BTreeSet::from(["else".to_owned()])), ["cases/a.yaml"]);
    }
}
