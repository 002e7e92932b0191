//! Owns what templates get of a case where another part of the report mentions it.

use std::collections::BTreeMap;

use typst::foundations::Value;

use super::case::{language, other_language};
use super::text::case_label;
use super::{Fields, region};
use crate::model::{Case, Report, Section};

/// What it takes to refer to each case: its id, label and title, and what a list shows of it.
///
/// A case is mentioned by dozens of lists and figures. What stands for it is made once, and shared.
pub(super) struct Mentions<'a> {
    report: &'a Report,
    made: BTreeMap<&'a str, Value>,
}

impl<'a> Mentions<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let made = report.cases.iter().map(|case| (case.id.as_str(), mention(case, report)));
        Self { report, made: made.collect() }
    }

    /// What stands for a case, by its id; none if neither the report nor what it is a part of has it.
    pub(super) fn of(&self, id: &str) -> Option<Value> {
        self.made.get(id).cloned().or_else(|| elsewhere(self.report, id))
    }
}

fn mention(case: &Case, report: &Report) -> Value {
    let mut out = Fields::new();
    out.put("id", case.id.as_str());
    // A report without its cases has no place to lead to.
    out.put("label", report.has_section(Section::Cases).then(|| case_label(&case.id)));
    out.put("title", case.title.as_str());
    out.put("language", language(case, report));
    out.put("outcome", case.outcome.map(|outcome| outcome.as_str()));
    out.put("region", case.regions.first().map(|code| region(code, &report.regions)));
    out.done()
}

/// The same of a case that the report is not a part with: its title, which leads nowhere.
fn elsewhere(report: &Report, id: &str) -> Option<Value> {
    let found = report.part.as_ref()?.elsewhere.get(id)?;
    let mut out = Fields::new();
    out.put("id", id);
    out.put("label", Value::None);
    out.put("title", found.title.as_str());
    let language = found.language.as_deref();
    out.put("language", language.and_then(|tag| other_language(tag, report)));
    out.put("outcome", Value::None);
    out.put("region", Value::None);
    Some(out.done())
}
