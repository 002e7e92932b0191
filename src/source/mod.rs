//! Owns the text of every input file, and the way from a byte offset to a line and a column.

mod digest;
mod line_index;
mod locate;
mod path;
mod spanned;

use std::fmt;
use std::ops::Range;

pub use self::digest::{digest, sha256};
pub use self::line_index::{LineIndex, Position};
pub use self::locate::locate;
pub use self::path::resolve;
pub(crate) use self::spanned::SPANNED;
pub use self::spanned::Spanned;

/// Names one file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A range of bytes in a file, without the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets beyond 4 GiB are cut (files that large are refused).
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The span as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span so many bytes further on.
    #[must_use]
    pub fn moved_by(self, bytes: usize) -> Self {
        Self::new(self.range().start.saturating_add(bytes), self.range().end.saturating_add(bytes))
    }

    /// In which file the span lies.
    pub fn of(self, source: SourceId) -> Location {
        Location { source, span: self }
    }
}

/// A span of a certain file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub source: SourceId,
    /// The bytes.
    pub span: Span,
}

/// A file that was read: its path for people and its text.
pub struct SourceFile {
    path: String,
    text: String,
    lines: LineIndex,
}

impl SourceFile {
    /// Path from the casebook's root, with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column, both from 1, the column in Unicode characters.
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(&self.text, offset as usize)
    }

    /// The text of a span; empty if the span does not lie on character boundaries of this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// All files that were read, in the order in which they were added.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Takes a file in and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        let text = text.into();
        let lines = LineIndex::default();
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text, lines });
        id
    }

    /// The file that an id names.
    pub fn get(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The file at a path, if it was read.
    pub fn find(&self, path: &str) -> Option<SourceId> {
        let index = self.files.iter().position(|file| file.path == path)?;
        u32::try_from(index).ok().map(SourceId)
    }
}
