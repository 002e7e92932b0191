//! Owns what comes of rows whose cases stand in files of several: one text for all of them, in which only
//! what is new is written anew.

use std::collections::BTreeMap;

use super::CaseFile;
use super::join::Joined;
use super::known::flat;
use super::merge::{Edit, edits, fields_after};
use super::rows::{Checked, Run};
use crate::app::Files;
use crate::compose::edited;
use crate::diag::Sink;
use crate::import::{differing, fields_of};
use crate::load::{Limits, Node, parse_all};
use crate::source::SourceMap;

/// What changes in a case of a file.
struct Change<'r> {
    row: &'r mut Checked,
    /// The case's number in the file.
    index: usize,
    fields: Vec<String>,
}

impl Run<'_> {
    /// Takes what is new in rows over into files of several cases; without `overwrite`, only finds out where
    /// nothing is.
    pub(super) fn join_in_shared_files(
        &self,
        files: &dyn Files,
        overwrite: bool,
        rows: &mut [Checked],
    ) {
        let mut of_files: BTreeMap<String, Vec<&mut Checked>> = BTreeMap::new();
        for row in rows.iter_mut().filter(|row| row.is_sound && row.index.is_some()) {
            of_files.entry(row.file.clone()).or_default().push(row);
        }
        for (file, rows) in of_files {
            let bytes = files.read(&file, Limits::default().bytes).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let roots = roots(&text);
            let mut changes = Vec::new();
            for row in rows {
                let Some((index, root)) = row.index.and_then(|at| Some((at, roots.get(at)?)))
                else {
                    let fields = fields_of(&row.record).into_keys().collect();
                    row.joined = if overwrite { Joined::ByHand(fields) } else { Joined::Nothing };
                    continue;
                };
                let fields = differing(root, &row.record);
                match fields.is_empty() {
                    true => row.joined = Joined::Same,
                    false => changes.push(Change { row, index, fields }),
                }
            }
            if overwrite {
                write((&file, &bytes), (&text, &roots), changes);
            }
        }
    }
}

/// Writes the changes of a file; those that cannot be written between its lines are left to a hand.
fn write(
    (path, before): (&str, &[u8]),
    (text, roots): (&str, &[Node<'_>]),
    changes: Vec<Change<'_>>,
) {
    let mut all: Vec<Edit> = Vec::new();
    let mut expected: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let mut written = Vec::new();
    for Change { row, index, fields } in changes {
        let root = &roots[index];
        match edits(text, root, &row.record, &fields) {
            Some(edits) => {
                all.extend(edits);
                expected.insert(index, fields_after(root, &row.record, &fields));
                written.push(Change { row, index, fields });
            }
            None => row.joined = Joined::ByHand(fields),
        }
    }
    let is_as_expected = |text: &String| {
        let after = self::roots(text);
        let mut pairs = roots.iter().zip(&after).enumerate();
        after.len() == roots.len()
            && pairs.all(|(index, (before, after))| match expected.get(&index) {
                Some(expected) => fields_of(after) == *expected,
                None => before.says_the_same_as(after),
            })
    };
    let text = edited(text, all).filter(is_as_expected);
    let is_written = text.is_some();
    let mut file =
        text.map(|text| CaseFile { path: path.to_owned(), before: Some(before.to_vec()), text });
    for Change { row, fields, .. } in written {
        let joined = if is_written { Joined::InFile(file.take()) } else { Joined::ByHand(fields) };
        row.joined = joined;
    }
}

/// The cases of a text; none if anything is wrong with it.
fn roots(text: &str) -> Vec<Node<'_>> {
    let source = SourceMap::default().add("", "");
    let mut sink = Sink::new();
    let documents = parse_all(source, text, Limits::default(), &mut sink);
    if sink.is_empty() { flat(documents) } else { Vec::new() }
}
