//! Owns telling whether a page of the site is made from the same as another time: by digests.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use typst::foundations::{Array, Datetime, Dict, IntoValue, Value};
use typst::utils::hash128;

use super::Shows;
use crate::model::{Report, Section};
use crate::source::{SourceFile, SourceId, SourceMap};
use crate::typeset::world::InMemory;

/// What the pages of a site are made from.
pub(in crate::typeset) struct PageInputs<'a> {
    /// What templates get.
    inputs: Dict,
    /// The casebook's own templates.
    own: InMemory,
    date: Option<Datetime>,
    sources: &'a SourceMap,
    /// The file of each case, by its position.
    of_cases: Vec<Option<SourceId>>,
    /// The files of cases and chapters: what is in them is on pages of their own.
    apart: BTreeSet<String>,
    /// The digest of what all pages are made from, once it is asked for.
    common: OnceLock<u128>,
    /// The large parts of the report with their digests, likewise.
    large: OnceLock<Vec<(&'static str, (Value, u128))>>,
}

/// The parts of the report that are large and that several pages get.
const LARGE: &[&str] = &["figures", "cases", "groups", "references", "finder", "contents"];

impl<'a> PageInputs<'a> {
    pub(in crate::typeset) fn new(
        inputs: Dict,
        own: InMemory,
        date: Option<Datetime>,
        report: &Report,
        sources: &'a SourceMap,
    ) -> Self {
        let of_cases: Vec<_> = report.cases.iter().map(|case| case.source).collect();
        let chapters = report.chapters.values().map(|chapter| chapter.source);
        let apart = of_cases.iter().flatten().copied().chain(chapters);
        let apart = apart.map(|source| sources.get(source).path().to_owned()).collect();
        let (common, large) = (OnceLock::new(), OnceLock::new());
        Self { inputs, own, date, sources, of_cases, apart, common, large }
    }

    /// The digest of all that a page is made from, by its number in the plan.
    pub(in crate::typeset) fn digest(&self, number: usize, shows: &Shows) -> u128 {
        let pages = get(&self.inputs, "pages").and_then(|pages| pages.cast::<Array>().ok());
        let page = pages.and_then(|pages| pages.as_slice().get(number).cloned());
        let may_show_digest =
            matches!(shows, Shows::Chapter(_) | Shows::Section(Section::Colophon));
        let page = if may_show_digest { page } else { page.map(without_digest) };
        let page = page.map(|page| self.shortened(page));
        // What a page tells software of a case is not all on it.
        let text = match shows {
            Shows::Case(position) => self.file_of_case(*position).map(SourceFile::text),
            _ => None,
        };
        hash128(&(self.common(), page, text))
    }

    /// The path of the file that a case is in, by its position in the report.
    pub(in crate::typeset) fn case_file(&self, position: usize) -> Option<&str> {
        self.file_of_case(position).map(SourceFile::path)
    }

    fn file_of_case(&self, position: usize) -> Option<&SourceFile> {
        Some(self.sources.get(self.of_cases.get(position).copied().flatten()?))
    }

    /// A page's data with digests in the place of what several pages get alike and what is large: each
    /// is read once.
    fn shortened(&self, page: Value) -> (Value, Vec<(&'static str, u128)>) {
        let Some(mut fields) = as_dict(page.clone()) else { return (page, Vec::new()) };
        let Some(mut report) = get(&fields, "report").and_then(as_dict) else {
            return (page, Vec::new());
        };
        let mut digests = Vec::new();
        for (key, whole) in self.large() {
            if report.get(key).is_ok_and(|part| is_same(part, &whole.0)) {
                report.insert((*key).into(), Value::None);
                digests.push((*key, whole.1));
            }
        }
        fields.insert("report".into(), report.into_value());
        (fields.into_value(), digests)
    }

    /// The large parts of the report, each with its digest.
    fn large(&self) -> &[(&'static str, (Value, u128))] {
        self.large.get_or_init(|| {
            let report = get(&self.inputs, "report").and_then(as_dict).unwrap_or_default();
            let part = |key: &&'static str| {
                let part = get(&report, key)?;
                let digest = hash128(&part);
                Some((*key, (part, digest)))
            };
            LARGE.iter().filter_map(part).collect()
        })
    }

    fn common(&self) -> u128 {
        *self.common.get_or_init(|| {
            let texts = self.sources.files().map(|file| (file.path(), file.text()));
            let texts: Vec<_> = texts.filter(|(path, _)| !self.apart.contains(*path)).collect();
            if !self.own.is_empty() {
                // A template may look at anything.
                return hash128(&(texts, &self.inputs, self.date));
            }
            let report = get(&self.inputs, "report").and_then(as_dict).unwrap_or_default();
            let (site, style) = (get(&self.inputs, "site"), get(&report, "style"));
            let languages = get(&report, "cases").map(languages_of);
            hash128(&(texts, site, style, languages, self.date))
        })
    }
}

fn get(dict: &Dict, key: &str) -> Option<Value> {
    dict.get(key).ok().cloned()
}

fn as_dict(value: Value) -> Option<Dict> {
    value.cast::<Dict>().ok()
}

/// Whether two values are one and the same in memory. Two that are equal need not be.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Dict(one), Value::Dict(other)) => {
            let (one, other) = (one.iter().next(), other.iter().next());
            one.zip(other).is_some_and(|((_, one), (_, other))| std::ptr::eq(one, other))
        }
        (Value::Array(one), Value::Array(other)) => {
            let (one, other) = (one.as_slice(), other.as_slice());
            !one.is_empty() && std::ptr::eq(one, other)
        }
        _ => false,
    }
}

/// A page's data without the digest of the files of the casebook, which is another after every edit and
/// which the colophon alone shows.
fn without_digest(page: Value) -> Value {
    let without = || {
        let mut page = as_dict(page.clone())?;
        let mut report = get(&page, "report").and_then(as_dict)?;
        let mut colophon = get(&report, "colophon").and_then(as_dict)?;
        colophon.insert("digest".into(), Value::None);
        report.insert("colophon".into(), colophon.into_value());
        page.insert("report".into(), report.into_value());
        Some(page.into_value())
    };
    without().unwrap_or(page)
}

/// The languages of the cases: words are marked as the report's where any case has one of its own.
fn languages_of(cases: Value) -> Vec<Value> {
    let cases = cases.cast::<Array>().unwrap_or_default();
    let mut found: Vec<Value> = Vec::new();
    for language in cases.into_iter().filter_map(|case| get(&as_dict(case)?, "language")) {
        if !found.contains(&language) {
            found.push(language);
        }
    }
    found
}
