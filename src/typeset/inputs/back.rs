//! Owns what the templates get for the imprint's citation, the glossary and the colophon.

use std::collections::BTreeMap;

use typst::foundations::{Array, Datetime, IntoValue, Value};

use super::Fields;
use super::references::content;
use super::text::{Texts, term_label};
use crate::bibliography::{in_bibtex, in_words};
use crate::language::Collation;
use crate::model::{Manifest, Report, ReportContact};

/// How the report is cited.
pub(super) fn citation(manifest: &Manifest, date: Option<Datetime>) -> Value {
    let year = date.and_then(|date| date.year());
    let mut out = Fields::new();
    out.put("words", content(&in_words(manifest, year)));
    out.put("bibtex", in_bibtex(manifest, year).trim_end());
    out.done()
}

/// Whom readers may write to.
pub(super) fn contact(contact: &ReportContact) -> Value {
    let mut out = Fields::new();
    out.put("name", contact.name.as_deref());
    out.put("email", contact.email.as_deref());
    out.put("url", contact.url.as_deref());
    out.done()
}

/// The terms of the glossary in the order of the alphabet, each with its label.
pub(super) fn glossary(report: &Report, texts: &Texts<'_>, collation: &Collation) -> Array {
    let glossary = &report.manifest.glossary;
    let labels: BTreeMap<&str, String> =
        glossary.keys().zip(1..).map(|(term, number)| (term, term_label(number))).collect();
    let reference = |term: &String| {
        let mut out = Fields::new();
        out.put("term", term.as_str());
        out.put("label", labels.get(term.as_str()).map(String::as_str));
        out.done()
    };
    let mut terms: Vec<_> = glossary.iter().collect();
    terms.sort_by(|(one, _), (two, _)| collation.compare(one, two));
    terms
        .into_iter()
        .map(|(name, term)| {
            let mut out = Fields::new();
            out.put("term", name);
            out.put("label", labels.get(name).map(String::as_str));
            out.put("definition", texts.group_point(&term.definition));
            out.put("see", term.see.iter().map(reference).collect::<Array>());
            out.done()
        })
        .collect()
}

/// What the report was made with, and from what.
pub(super) fn colophon(report: &Report, digest: &str) -> Value {
    let mut out = Fields::new();
    out.put("casebook", env!("CARGO_PKG_VERSION"));
    out.put("cases", i64::try_from(report.cases.len()).unwrap_or_default().into_value());
    out.put("digest", digest);
    out.done()
}
