//! Owns what every format is given: what a run found, and where that stands in a repository.

use crate::diag::{Diagnostic, Summary};
use crate::source::{Location, Position, SourceMap};

/// The file that stands for the whole casebook, for services that want a file for every fault.
const WHOLE: &str = "casebook.yaml";

/// What a run found, with all that is needed to show it.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// What was found, in the order in which it is shown.
    pub diagnostics: &'a [Diagnostic],
    /// The files that were read.
    pub sources: &'a SourceMap,
    /// Counts of what was found.
    pub summary: Summary,
    /// Whether the casebook could be checked at all, whatever was found.
    pub checked: bool,
    /// The casebook's folder from the root of its repository: empty, or with a slash at its end.
    ///
    /// Services know files by their paths in the repository; people and scripts know them by their
    /// paths in the casebook.
    pub folder: &'a str,
}

/// A file of the repository, and the part of it that is meant if it is not the whole.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: String,
    /// Its first character, and one past its last.
    pub(super) range: Option<(Position, Position)>,
}

impl Place {
    /// The line that it begins in; the first if the whole file is meant.
    pub(super) fn line(&self) -> usize {
        self.range.map_or(1, |(start, _)| start.line)
    }
}

impl Findings<'_> {
    /// Where a diagnostic stands; one that has no place is about the casebook as a whole.
    pub(super) fn place(&self, diagnostic: &Diagnostic) -> Place {
        match (&diagnostic.primary, &diagnostic.path) {
            (Some(label), _) => self.place_of(label.location),
            (None, Some(path)) => Place { path: self.path(path), range: None },
            (None, None) => Place { path: self.path(WHOLE), range: None },
        }
    }

    /// Where a span stands.
    pub(super) fn place_of(&self, at: Location) -> Place {
        let path = self.path(self.sources.get(at.source).path());
        Place { path, range: Some(self.range(at)) }
    }

    /// The first character of a span, and one past the last.
    pub(super) fn range(&self, at: Location) -> (Position, Position) {
        let file = self.sources.get(at.source);
        (file.position(at.span.start), file.position(at.span.end))
    }

    /// The path in the repository of a path in the casebook.
    pub(super) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }
}
