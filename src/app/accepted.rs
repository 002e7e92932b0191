//! Owns the editors' decision over what is published: of a collection that is reviewed, an edition holds
//! the cases that were accepted.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::diags;
use crate::diag::Sink;
use crate::model::{Case, EditionStatus, Report, ReviewState, Unreviewed};

/// Leaves out the cases that were not accepted, and says how many and which these are. A draft keeps all.
///
/// # Errors
///
/// If no case is left.
pub(super) fn keep_accepted(report: &mut Report, sink: &mut Sink) -> Result<()> {
    if report.manifest.edition.is_some_and(|edition| edition.status == EditionStatus::Draft) {
        return Ok(());
    }
    let all = report.cases.len();
    let setting = report.manifest.acceptance.unreviewed;
    let is_reviewed = report.cases.iter().any(|case| case.review.is_some());
    // Where nobody reviews, nothing waits for it.
    let takes_unreviewed = match setting {
        Some(setting) => setting == Unreviewed::Accepted,
        None => !is_reviewed,
    };
    let mut left_out: BTreeMap<ReviewState, Vec<String>> = BTreeMap::new();
    let mut unreviewed: Vec<String> = Vec::new();
    report.cases.retain(|case| match state(case) {
        Some(ReviewState::Accepted) => true,
        Some(state) => {
            left_out.entry(state).or_default().push(case.id.clone());
            false
        }
        None => {
            if !takes_unreviewed {
                unreviewed.push(case.id.clone());
            }
            takes_unreviewed
        }
    });
    if report.cases.is_empty() {
        bail!(diags::nothing_accepted());
    }
    if !left_out.is_empty() {
        sink.push(diags::not_accepted(&left_out, all));
    }
    if !unreviewed.is_empty() {
        let by_choice = setting.is_some();
        sink.push(diags::not_reviewed(&unreviewed, all, by_choice));
    }
    Ok(())
}

/// Where the review of a case stands, if it has any.
fn state(case: &Case) -> Option<ReviewState> {
    case.review.as_ref().map(|review| review.state)
}
