//! Owns what a page of the preview is told of a run.

use crate::app::Outcome;
use crate::diag::render::{place, printable};
use crate::diag::{Diagnostic, Severity};
use crate::serve::{News, Note};

/// How many faults a page is told of; the terminal tells them all.
const MOST_NOTES: usize = 50;

/// What is wrong with a casebook, errors first, and the page that is to be opened.
pub(super) fn news(outcome: &Outcome, page: Option<String>) -> News {
    let summary = outcome.summary();
    let mut told: Vec<&Diagnostic> = outcome.diagnostics.iter().collect();
    told.retain(|diagnostic| diagnostic.severity != Severity::Info);
    // Sorting keeps the order of files among the errors, and among the warnings.
    told.sort_by_key(|diagnostic| diagnostic.severity);
    let notes = told.into_iter().take(MOST_NOTES).map(|found| note(found, outcome)).collect();
    News { notes, errors: summary.errors, warnings: summary.warnings, page }
}

fn note(diagnostic: &Diagnostic, outcome: &Outcome) -> Note {
    let label = diagnostic.primary.as_ref();
    let at = label
        .map(|label| place(outcome.sources.get(label.location.source), label.location.span.start));
    let why = label.map(|label| printable(&label.text)).filter(|text| !text.is_empty());
    Note {
        code: diagnostic.code.as_str(),
        is_error: diagnostic.is_error(),
        message: printable(&diagnostic.message),
        place: at.or_else(|| diagnostic.path.as_deref().map(printable)),
        label: why,
        help: diagnostic.help.iter().map(|help| printable(help)).collect(),
    }
}
