//! Owns what the templates get of an edition that is not the whole or not final: the part that it is,
//! and what a draft shows to editors.

use typst::foundations::{Array, IntoValue, Value};

use super::directives::facet_words;
use super::{Fields, list, words};
use crate::aggregate::{Dimensions, Facet};
use crate::model::{Case, Choice, Draft, Part, Remark, Remarks, Report};
use crate::typeset::fonts::can_show;

/// The part: its choices, gathered by facet, and the number of cases that it is a part of.
pub(super) fn part(part: &Part, report: &Report) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let same = |a: &Choice, b: &Choice| (&a.facet, a.negated) == (&b.facet, b.negated);
    let choices: Array = (part.choices.chunk_by(same))
        .filter_map(|choices| {
            let first = choices.first()?;
            let values: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            let mut out = Fields::new();
            let facet = Facet::parse_choice(&first.facet, dimensions)?;
            out.put("facet", facet_words(facet, dimensions));
            out.put("values", words(&values));
            out.put("negated", first.negated);
            Some(out.done())
        })
        .collect();
    let mut out = Fields::new();
    out.put("choices", choices);
    out.put("of", part.of as i64);
    out.done()
}

/// The draft: the files with errors.
pub(super) fn draft(draft: &Draft) -> Value {
    let files = list(&draft.faulty, |file| {
        let mut out = Fields::new();
        out.put("path", shown(&file.path));
        put_remarks(&mut out, Some(&file.remarks));
        out.done()
    });
    let mut out = Fields::new();
    out.put("faulty", files);
    out.done()
}

/// What a draft shows of a case: the state of its review, and what is open about it. Nothing where the
/// report is no draft.
pub(super) fn draft_of_case(case: &Case, report: &Report) -> Option<Value> {
    let draft = report.draft.as_ref()?;
    let mut out = Fields::new();
    out.put("review", case.review.as_ref().map(|review| review.state.as_str()));
    put_remarks(&mut out, draft.open.get(&case.id));
    Some(out.done())
}

fn put_remarks(out: &mut Fields, remarks: Option<&Remarks>) {
    let remarks = remarks.cloned().unwrap_or_default();
    out.put("remarks", list(&remarks.shown, remark));
    out.put("more", remarks.more as i64);
}

fn remark(remark: &Remark) -> Value {
    let mut out = Fields::new();
    out.put("code", remark.code.as_str());
    out.put("message", remark.message.as_deref().map(shown));
    out.put("place", remark.place.as_deref().map(shown));
    out.done()
}

/// A text with a mark for every character that no font of the report has: a draft that tells of such a
/// character must not fail by it.
fn shown(text: &str) -> Value {
    let shown: String = text.chars().map(|c| if can_show(c) { c } else { '?' }).collect();
    shown.into_value()
}
