//! Owns the order and the count of diagnostics.

use std::fmt;

use super::{Diagnostic, Severity};
use crate::source::{Location, SourceId, SourceMap};

/// Where a stage puts what it finds while it goes on.
pub type Sink = Vec<Diagnostic>;

/// Whether an error was found at a very place, so that a second one need not be said.
pub fn is_faulty(sink: &[Diagnostic], at: Location) -> bool {
    let here =
        |found: &Diagnostic| found.primary.as_ref().is_some_and(|label| label.location == at);
    sink.iter().any(|found| found.is_error() && here(found))
}

/// Counts over a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that were read as submissions, manifest or chapters.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Summary {
    /// Counts diagnostics by severity.
    pub fn of(diagnostics: &[Diagnostic], files: usize) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self { files, errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

impl fmt::Display for Summary {
    /// Writes `checked 2 files: 1 error, 0 warnings`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |number: usize, noun: &str| {
            format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
        };
        let files = counted(self.files, "file");
        let errors = counted(self.errors, "error");
        write!(f, "checked {files}: {errors}, {}", counted(self.warnings, "warning"))
    }
}

/// Puts diagnostics into file and line order; those without a place come first.
///
/// Files keep the order in which they were read, which is that of their paths.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &SourceMap) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| -> Option<(String, SourceId, u32)> {
            let at = d.primary.as_ref()?.location;
            Some((sources.get(at.source).path().to_owned(), at.source, at.span.start))
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.path.cmp(&b.path))
            .then_with(|| a.code.cmp(&b.code))
            .then_with(|| a.message.cmp(&b.message))
    });
}
