//! Owns a case as schema.org describes an article.

use serde_json::{Value, json};

use super::{Description, named, report};
use crate::model::{Case, Organisation, Period, Report, Source};
use crate::typeset::Page;

/// A case on its page.
pub(super) fn article(description: &Description<'_>, page: &Page, case: &Case) -> Value {
    let found = description.report;
    let manifest = &found.manifest;
    let summary = case.summary.as_ref().map(|summary| summary.value.trim());
    let licence = case.licence.as_deref().or(manifest.licence.as_deref());
    json!({
        "@type": "Article",
        "headline": case.title,
        "abstract": summary,
        "url": description.address.map(|address| address.of(&page.path)),
        "inLanguage": case.language.as_ref().unwrap_or(&manifest.language),
        "keywords": case.keywords,
        "about": themes(case, found),
        "spatialCoverage": places(case, found),
        "temporalCoverage": case.period.as_ref().map(period),
        "mentions": case.organisations.iter().map(organisation).collect::<Vec<Value>>(),
        "citation": case.sources.values().map(source).collect::<Vec<Value>>(),
        "editor": report::editors(manifest),
        "publisher": report::publisher(manifest),
        "datePublished": report::published(manifest),
        "license": report::licence(licence),
        "isPartOf": report::short(description),
    })
}

fn themes(case: &Case, report: &Report) -> Vec<Value> {
    let title = |key: &String| report.manifest.themes.get(key).map(|theme| theme.title.as_str());
    case.themes.iter().filter_map(title).map(|title| named("Thing", title)).collect()
}

fn places(case: &Case, report: &Report) -> Vec<Value> {
    let found = case.regions.iter().filter_map(|code| report.regions.find(code).ok());
    found.map(|region| named("Place", &region.full_name())).collect()
}

/// From when to when, as ISO 8601 writes it; two dots stand for an end that is open.
fn period(period: &Period) -> String {
    match period.end {
        Some(end) => format!("{}/{end}", period.start),
        None => format!("{}/..", period.start),
    }
}

fn organisation(organisation: &Organisation) -> Value {
    let mut out = named("Organization", &organisation.name);
    out["url"] = json!(organisation.url);
    out
}

fn source(source: &Source) -> Value {
    json!({
        "@type": "CreativeWork",
        "name": source.title,
        "author": source.author,
        "publisher": source.publisher.as_ref().map(|name| named("Organization", name)),
        "datePublished": source.year.map(|year| year.to_string()),
        "url": source.url,
        "sameAs": source.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")),
    })
}
