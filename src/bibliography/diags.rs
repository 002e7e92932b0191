//! Owns the words for what can be wrong with a bibliography file.

use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::source::{Location, SourceId, Span};

/// Why a BibLaTeX file, or an entry of it, is not taken.
#[derive(Debug)]
pub(super) enum Broken {
    Syntax { reason: String, at: Range<usize> },
    Value { reason: String, at: Range<usize> },
    TooDeep { at: usize, deepest: usize },
    TooMany { at: Range<usize>, most: usize },
    TooLarge { key: String, at: Range<usize>, most: usize },
    TooMuch { at: Range<usize> },
    Circle { name: String, at: Range<usize> },
    Hidden { at: Range<usize> },
}

impl Broken {
    pub(super) fn syntax(error: &biblatex::ParseError) -> Self {
        Self::Syntax { reason: error.kind.to_string(), at: error.span.clone() }
    }

    pub(super) fn value(error: &biblatex::TypeError) -> Self {
        Self::Value { reason: error.kind.to_string(), at: error.span.clone() }
    }

    /// The words for it, in a file of a length.
    pub(super) fn diagnose(self, path: &str, source: SourceId, length: usize) -> Diagnostic {
        let place = |range: Range<usize>| {
            // The reader counts some places from within a field: a wrong one must stay in the file.
            Span::new(range.start.min(length), range.end.min(length)).of(source)
        };
        let broken = |message: String| Diagnostic::new(Code::BibliographyBroken, message);
        match self {
            Self::Syntax { reason, at } => broken(format!("`{path}` is not BibLaTeX: {}", short(&reason)))
                .at(place(at), "cannot be read on from here")
                .help("an entry is written `@article{key, title = {…}, year = {2007}}`, each brace closed"),
            Self::Value { reason, at } => broken(format!("a field cannot be read: {}", short(&reason)))
                .at(place(at), "in this field")
                .help("write the value as BibLaTeX asks: `date = {2007-05-10}`, `pages = {1--9}`"),
            Self::TooDeep { at, deepest } => {
                broken(format!("braces in `{path}` are nested more than {deepest} deep"))
                    .at(place(at..at + 1), "one too many")
                    .help("close the braces that are open here, or remove some")
            }
            Self::TooMany { at, most } => too_many_entries(path, most, place(at)),
            Self::TooLarge { key, at, most } => entry_too_large(path, &key, most, place(at)),
            Self::TooMuch { at } => {
                broken(format!("`{path}` grows too large when it is written out"))
                    .at(place(at), "too much by here")
                    .help("use fewer abbreviations, and shorter ones")
            }
            Self::Circle { name, at } => {
                broken(format!("`{name}` is used before it is written out"))
                    .at(place(at), "leads in a circle, or too far")
                    .help("an abbreviation may use earlier ones; an entry may refer to one that refers to none")
            }
            Self::Hidden { at } => broken("the reference to another entry is not plain".to_owned())
                .at(place(at), "written with commands or abbreviations")
                .help("write the key alone: `crossref = {key}`"),
        }
    }
}

pub(super) fn control_character(at: Location) -> Diagnostic {
    Diagnostic::new(Code::ControlCharacter, "the file holds an invisible control character")
        .at(at, "here")
        .help("remove it; it often comes with text copied out of a PDF")
}

pub(super) fn not_entries(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::BibliographyBroken, format!("`{path}` holds no entries"))
        .at(at, "expected keys, each with an entry")
        .help("write a key of your choice, and below it `type: Report`, `title:` and what else is known")
}

pub(super) fn unsound_entry(key: &str, reason: &str, at: Location) -> Diagnostic {
    let message = format!("the entry `{}` cannot be read: {}", short(key), short(reason));
    Diagnostic::new(Code::BibliographyBroken, message)
        .at(at, "in this entry")
        .help("an entry has a `type:`, such as Article, Book, Report or Web, and fields of Hayagriva's format")
}

pub(super) fn too_many_entries(path: &str, most: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::BibliographyBroken, format!("`{path}` has more than {most} entries"))
        .at(at, "one too many")
        .help("keep the entries that the chapters cite")
}

pub(super) fn entry_too_large(path: &str, key: &str, most: usize, at: Location) -> Diagnostic {
    let message = format!("the entry `{}` in `{path}` has more than {most} bytes", short(key));
    Diagnostic::new(Code::BibliographyBroken, message)
        .at(at, "too large")
        .help("remove fields that no reader of the report needs, such as the abstract")
}

pub(super) fn forbidden_url(url: &str, at: Location) -> Diagnostic {
    let message = format!("the link `{}` is neither http nor https", short(url));
    Diagnostic::new(Code::ForbiddenLink, message)
        .at(at, "in this entry")
        .help("write the whole address, from https:// on")
}

pub(super) fn source_twice(key: &str, first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::SourceTwice, format!("two sources have the key `{}`", short(key)))
        .at(again, "the second")
        .related(first, "the first")
        .help("rename one of them, and cite it by its new key")
}

/// A text cut to a length that fits a message.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 100 {
        return line.to_owned();
    }
    line.chars().take(97).chain(std::iter::once('…')).collect()
}
