//! Owns the words for what the editors decided: cases that are left out, and decisions that cannot be
//! written.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Severity};
use crate::model::ReviewState;

/// How many ids are named.
const MOST: usize = 20;

/// Cases whose editors have not accepted them.
pub(in crate::app) fn not_accepted(
    left_out: &BTreeMap<ReviewState, Vec<String>>,
    all: usize,
) -> Diagnostic {
    let number: usize = left_out.values().map(Vec::len).sum();
    let message = format!("{} left out: not accepted by the editors", of_cases(number, all));
    let found = Diagnostic::new(Code::NotAccepted, message);
    let state = |(state, ids): (&ReviewState, &Vec<String>)| {
        format!("{} {}: {}", ids.len(), state.as_str(), listed(ids))
    };
    left_out.iter().map(state).fold(found, Diagnostic::note).help(
        "a draft shows all cases: `casebook build --draft`; \
         `casebook review ID accept` takes a case in",
    )
}

/// Cases that nobody reviewed, in a collection that is reviewed.
pub(in crate::app) fn not_reviewed(ids: &[String], all: usize, by_choice: bool) -> Diagnostic {
    let message = format!("{} left out: never reviewed", of_cases(ids.len(), all));
    let found = Diagnostic::new(Code::NotReviewed, message).note(listed(ids));
    if by_choice {
        return Diagnostic { severity: Severity::Info, ..found };
    }
    found
        .note("other cases have a `review`, so this collection is taken to be reviewed")
        .help("`casebook review ID accept` takes a case in")
        .help(
            "or say in casebook.yaml what holds for cases without a review: \
             `acceptance: {unreviewed: accepted}` or `acceptance: {unreviewed: left-out}`",
        )
}

/// A collection of which no case is accepted.
pub(in crate::app) fn nothing_accepted() -> &'static str {
    "no case is accepted by the editors, so there is nothing to publish\n  \
     `--draft` builds a draft of all cases; `casebook review ID accept` takes a case in"
}

/// Cases of a form that has no review.
pub(in crate::app) fn no_reviews() -> &'static str {
    "the form of this casebook has no `review` to write a decision into\n  \
     decisions are written into cases of the built-in form, be it extended or not"
}

/// An id that no case has.
pub(in crate::app) fn no_such_case(id: &str, nearest: Option<&str>) -> String {
    let meant = nearest.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    format!(
        "there is no case `{id}`{meant}\n  `casebook list --where review=submitted` lists those that wait"
    )
}

/// An id that several files have.
pub(in crate::app) fn several_cases(id: &str, one: &str, other: &str) -> String {
    format!("`{id}` may be {one} or {other}\n  name the file instead of the id")
}

/// A case whose text cannot be changed for sure.
pub(in crate::app) fn review_unsure(path: &str) -> String {
    format!(
        "the review in {path} is written in a way that casebook does not change; nothing was written\n  \
         change `review` in the file by hand"
    )
}

/// Some of all cases, with what they do.
fn of_cases(number: usize, all: usize) -> String {
    let is = if number == 1 { "is" } else { "are" };
    format!("{number} of {all} cases {is}")
}

/// The first of many ids.
fn listed(ids: &[String]) -> String {
    let more = ids.len().saturating_sub(MOST);
    let shown = ids.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
