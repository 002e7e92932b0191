//! Owns building: one report of all cases or of a part of them.

use anyhow::Result;

use super::edition::{BuildOptions, Edition};
use super::part::{Whole, keep_contents};
use super::{Files, Outcome, Status};
use crate::export::{Awaiting, KeptPages};

/// Checks a casebook and makes its outputs.
///
/// Nothing is made if an error was found, unless a draft is built: that leaves out what is faulty,
/// says so, and is made all the same.
///
/// # Errors
///
/// If a filter is not understood or no case fits, if a pattern of the manifest is broken, or if the
/// folder cannot be searched.
pub fn build(files: &dyn Files, options: &BuildOptions) -> Result<Outcome> {
    make(files, options, None, None)
}

/// Does what [`build`] does, again and again: the pages of the site that would come out the same are
/// those that were kept from the last time, and who waits for one gets it first. What Typst remembers of it is for the caller to let go of, by
/// [`super::forget_unused`], once the outputs are shown.
///
/// # Errors
///
/// As [`build`].
pub fn rebuild(
    files: &dyn Files,
    options: &BuildOptions,
    kept: &KeptPages,
    awaiting: Option<&dyn Awaiting>,
) -> Result<Outcome> {
    make(files, options, Some(kept), awaiting)
}

fn make(
    files: &dyn Files,
    options: &BuildOptions,
    kept: Option<&KeptPages>,
    awaiting: Option<&dyn Awaiting>,
) -> Result<Outcome> {
    let (edition, report) = Edition::read(files, options)?;
    let mut edition = edition.keeping(kept).showing(awaiting);
    let mut artifacts = Vec::new();
    if let Some(mut report) = report {
        match options.filters.is_empty() {
            true => keep_contents(&mut report),
            false => Whole::of(&mut report, &options.filters)?.put_part(&mut report, None),
        }
        artifacts = edition.make(&report).unwrap_or_default();
    }
    let mut outcome = edition.outcome(artifacts);
    if outcome.status != Status::Clean && !outcome.is_draft {
        outcome.artifacts.clear();
    }
    Ok(outcome)
}
