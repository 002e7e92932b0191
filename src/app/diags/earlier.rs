//! Owns the words for an earlier edition that a report cannot be held against.

use crate::app::{NoRevisions, Outcome};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Location;

/// An edition that is not there, or cannot be reached.
pub(in crate::app) fn no_earlier(
    since: &str,
    error: &anyhow::Error,
    at: Option<Location>,
) -> Diagnostic {
    let message = format!("there is no edition `{since}` to compare with");
    let help = match error.downcast_ref() {
        Some(NoRevisions::NoGit) => {
            "install git, or name a folder of the casebook with the earlier edition, which works without"
        }
        Some(NoRevisions::NoRepository) => {
            "name a folder of the casebook with the earlier edition, which works without git"
        }
        None => {
            "name a folder of the casebook with the earlier edition, or a tag of its git repository; \
             in CI, have the tags fetched as well"
        }
    };
    named(Diagnostic::new(Code::EarlierEdition, message).note(error.to_string()), at).help(help)
}

/// An edition whose manifest or form is at fault.
pub(in crate::app) fn earlier_unsound(
    since: &str,
    outcome: &Outcome,
    at: Option<Location>,
) -> Diagnostic {
    let message = format!("cannot compare with the edition `{since}`: it has errors");
    let found = named(Diagnostic::new(Code::EarlierEdition, message), at);
    let first = outcome.diagnostics.iter().find(|found| found.is_error());
    let found = first.iter().fold(found, |found, first| {
        let place = first.primary.as_ref().map(|label| {
            let file = outcome.sources.get(label.location.source);
            format!("{} of that edition: ", file.path())
        });
        found.note(format!("{}{}", place.unwrap_or_default(), first.message))
    });
    found.help(format!("`casebook diff {since}` says all that is wrong with it"))
}

/// An edition some of whose cases are at fault.
pub(in crate::app) fn earlier_left_out(
    since: &str,
    cases: usize,
    at: Option<Location>,
) -> Diagnostic {
    let noun = if cases == 1 { "1 case has" } else { &format!("{cases} cases have") };
    let message = format!("in the edition `{since}`, {noun} errors");
    let found = Diagnostic::new(Code::EarlierEdition, message)
        .note("they are compared but not counted, so the figures of that edition are too low");
    let found = Diagnostic { severity: Severity::Warning, ..found };
    named(found, at).help("`casebook validate` in a copy of that edition says what is wrong")
}

/// An edition that was compared with, of which readers would learn nothing.
pub(in crate::app) fn earlier_untold(contents: Option<Location>) -> Diagnostic {
    let message = "no part of the report tells what is new since the earlier edition";
    let found = Diagnostic::new(Code::EarlierUntold, message)
        .help("add `- section: changes` to `contents` in casebook.yaml");
    match contents {
        Some(at) => found.at(at, "has no `changes`").pointer("/contents"),
        None => found,
    }
}

/// An edition that the caller names for outputs in which nothing of it is told.
pub(in crate::app) fn earlier_not_in_data(since: &str) -> Diagnostic {
    let message = format!("the data do not tell what is new since the edition `{since}`");
    Diagnostic::new(Code::EarlierUntold, message)
        .note("without a page, `--since` has no effect, and the edition was not looked for")
        .help(format!(
            "ask for a page too, as by `--format html,data`; `casebook diff {since} --format json` \
             gives what changed as data"
        ))
}

fn named(found: Diagnostic, at: Option<Location>) -> Diagnostic {
    match at {
        Some(at) => found.at(at, "named here").pointer("/changes/since"),
        None => found,
    }
}
