//! Owns answering questions about the cases that are sound, whatever is wrong with the others.

use anyhow::Result;

use super::checklists::Asked;
use super::read::{Selection, Sound, read};
use super::{Files, Outcome, Status, ask};
use crate::aggregate::{Corpus, Dimensions, Filter};
use crate::form::Form;
use crate::source::SourceMap;

/// What came of a question.
#[derive(Debug)]
pub struct Answered<T> {
    /// What was read, and what is wrong with it. Its status says how the question ended.
    pub outcome: Outcome,
    /// How many cases have errors and are not part of the answer.
    pub left_out: usize,
    /// The answer; none if the manifest or the form is wrong, or there is no case.
    pub answer: Option<T>,
}

/// What a question is asked of.
pub(super) struct Asking<'a> {
    /// The cases that were chosen.
    pub(super) corpus: &'a Corpus<'a>,
    pub(super) form: &'a Form,
    pub(super) sources: &'a SourceMap,
}

/// Reads a casebook, keeps the sound cases that the filters choose, and asks them.
///
/// # Errors
///
/// If a filter is none, if the question cannot be asked, or if the folder cannot be searched.
pub(super) fn answer<T>(
    files: &dyn Files,
    filters: &[String],
    question: impl FnOnce(&Asking<'_>) -> Result<T>,
) -> Result<Answered<T>> {
    let read = read(files, &Selection::All, Asked::ByManifest)?;
    let mut left_out = 0;
    let mut answer = None;
    if let Some(Sound { mut report, form, left_out: faulty, .. }) = read.sound {
        left_out = faulty;
        let dimensions = Dimensions::of(&report.manifest, &report.regions);
        if !filters.is_empty() {
            let corpus = Corpus::new(&report.cases, dimensions);
            let filters = ask::filters(filters, &corpus)?;
            let mut chosen = Filter::choose(&filters, &corpus).into_iter();
            report.cases.retain(|_| chosen.next().unwrap_or_default());
        }
        let dimensions = Dimensions::of(&report.manifest, &report.regions);
        let corpus = Corpus::new(&report.cases, dimensions);
        answer = Some(question(&Asking { corpus: &corpus, form: &form, sources: &read.sources })?);
    }
    let mut outcome = Outcome::new(read.sources, read.diagnostics, read.files, read.unusable);
    if answer.is_some() {
        // What is wrong beside the cases keeps no case from being counted.
        outcome.status = if left_out > 0 { Status::Faulty } else { Status::Clean };
    }
    Ok(Answered { outcome, left_out, answer })
}
