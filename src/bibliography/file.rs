//! Owns the reading of bibliography files: BibLaTeX and Hayagriva, within limits.

use hayagriva::{Entry, Library};

use super::biblatex_guard::guard;
use super::diags;
use super::piece::is_web;
use crate::diag::Sink;
use crate::load::{self, Limits, Node, Value, from_node, parse};
use crate::source::{Location, SourceFile, SourceId, Span};

/// The most entries that one file may have.
const MOST_ENTRIES: usize = 10_000;

/// The most bytes that one entry may have: an abstract fits, and a book does not.
const LARGEST_ENTRY: usize = 20_000;

/// An entry of a file, and where its key stands.
pub struct FileEntry {
    /// The place of the key.
    pub at: Location,
    /// The entry under that key.
    pub entry: Entry,
}

/// Reads a file by the ending of its name. Pushes what is wrong; the rest is read all the same.
pub fn read_file(
    file: &SourceFile,
    source: SourceId,
    limits: Limits,
    sink: &mut Sink,
) -> Vec<FileEntry> {
    let is_biblatex = file.path().to_ascii_lowercase().ends_with(".bib");
    let found = match is_biblatex {
        true => read_biblatex(file, source, sink),
        false => read_yaml(file, source, limits, sink),
    };
    let is_sound = |found: &FileEntry| match found.entry.url() {
        Some(url) if !is_web(url.value.as_str()) => {
            sink.push(diags::forbidden_url(url.value.as_str(), found.at));
            false
        }
        _ => true,
    };
    found.into_iter().filter(is_sound).collect()
}

fn read_biblatex(file: &SourceFile, source: SourceId, sink: &mut Sink) -> Vec<FileEntry> {
    let text = file.text();
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_invisible(*c)) {
        sink.push(diags::control_character(Span::new(at, at + c.len_utf8()).of(source)));
        return Vec::new();
    }
    let fault = |fault: diags::Broken| fault.diagnose(file.path(), source, text.len());
    let raw = match guard(text, MOST_ENTRIES, LARGEST_ENTRY) {
        Ok(raw) => raw,
        Err(broken) => {
            sink.push(fault(broken));
            return Vec::new();
        }
    };
    let keys: Vec<(String, Location)> = (raw.entries.iter())
        .map(|entry| {
            let key = &entry.v.key;
            (key.v.to_owned(), Span::new(key.span.start, key.span.end).of(source))
        })
        .collect();
    let parsed = match biblatex::Bibliography::from_raw(raw) {
        Ok(parsed) => parsed,
        Err(error) => {
            sink.push(fault(diags::Broken::syntax(&error)));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for ((_, at), entry) in keys.into_iter().zip(parsed.iter()) {
        match Entry::try_from(entry) {
            Ok(entry) => found.push(FileEntry { at, entry }),
            Err(error) => sink.push(fault(diags::Broken::value(&error))),
        }
    }
    found
}

fn read_yaml(
    file: &SourceFile,
    source: SourceId,
    limits: Limits,
    sink: &mut Sink,
) -> Vec<FileEntry> {
    let before = sink.len();
    let Some(root) = parse(source, file.text(), limits, sink) else { return Vec::new() };
    if sink.len() > before {
        return Vec::new();
    }
    let entries = root.entries();
    let Value::Map(_) = root.value else {
        sink.push(diags::not_entries(file.path(), root.span.of(source)));
        return Vec::new();
    };
    if let Some(beyond) = entries.get(MOST_ENTRIES) {
        sink.push(diags::too_many_entries(file.path(), MOST_ENTRIES, beyond.key_span.of(source)));
        return Vec::new();
    }
    let mut found = Vec::new();
    for entry in entries {
        let at = entry.key_span.of(source);
        let span = entry.value.span.range();
        if span.len() > LARGEST_ENTRY {
            sink.push(diags::entry_too_large(file.path(), &entry.key, LARGEST_ENTRY, at));
            continue;
        }
        match one_of_yaml(entry) {
            Ok(read) => found.extend(read.map(|entry| FileEntry { at, entry })),
            Err(reason) => {
                let at = faulty_field(entry).map_or(at, |field| field.of(source));
                sink.push(diags::unsound_entry(&entry.key, &reason, at));
            }
        }
    }
    found
}

/// An entry by itself, so that a fault in one does not hide the others.
fn one_of_yaml(entry: &load::Entry<'_>) -> Result<Option<Entry>, String> {
    let alone = Node { span: entry.value.span, value: Value::Map(vec![entry.clone()]) };
    let library: Library = from_node(&alone).map_err(|error| error.to_string())?;
    Ok(library.nth(0).cloned())
}

/// The value of the first field that cannot be read even alone.
fn faulty_field(entry: &load::Entry<'_>) -> Option<Span> {
    let kind = entry.value.entry("type")?;
    let fields = entry.value.entries().iter();
    let is_faulty = |field: &&load::Entry<'_>| {
        let alone = if field.key == kind.key {
            vec![kind.clone()]
        } else {
            vec![kind.clone(), (*field).clone()]
        };
        let value = Node { span: entry.value.span, value: Value::Map(alone) };
        one_of_yaml(&load::Entry { value, ..entry.clone() }).is_err()
    };
    fields.into_iter().find(is_faulty).map(|field| field.value.span)
}

/// Whether a character is one that no text has.
fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}
