//! Owns the report as schema.org describes one.

use serde_json::{Value, json};

use super::{Description, named};
use crate::export::data::licence_page;
use crate::model::{Editor, Manifest};

/// The report with the pages that it consists of.
pub(super) fn whole(description: &Description<'_>, parts: Vec<Value>) -> Value {
    let manifest = &description.report.manifest;
    let mut report = short(description);
    report["description"] = json!(manifest.subtitle);
    report["editor"] = editors(manifest);
    report["publisher"] = publisher(manifest);
    report["datePublished"] = published(manifest);
    report["inLanguage"] = json!(manifest.language);
    report["license"] = licence(manifest.licence.as_deref());
    report["isbn"] = json!(manifest.isbn);
    report["identifier"] = json!(
        manifest
            .doi
            .as_ref()
            .map(|doi| { json!({ "@type": "PropertyValue", "propertyID": "DOI", "value": doi }) })
    );
    let doi = manifest.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    report["sameAs"] = doi.iter().chain(&manifest.url).map(String::as_str).collect();
    let number = manifest.edition.and_then(|edition| edition.number);
    report["bookEdition"] = json!(number.map(|number| number.to_string()));
    report["hasPart"] = json!(parts);
    report
}

/// The report as what belongs to it names it.
pub(super) fn short(description: &Description<'_>) -> Value {
    let mut report = named("Report", &description.report.distinct_title());
    report["url"] = json!(description.address.map(|address| address.of("index.html")));
    report["@id"] = report["url"].clone();
    report
}

/// Who edited the report. How a name stands in a citation tells a person from an organisation.
pub(super) fn editors(manifest: &Manifest) -> Value {
    let editor = |editor: &Editor| {
        let is_person = editor.cite_as.as_ref().is_none_or(|name| name.contains(','));
        let mut out = named(if is_person { "Person" } else { "Organization" }, &editor.name);
        let at = editor.affiliation.as_ref();
        out["affiliation"] = json!(at.map(|name| named("Organization", name)));
        out
    };
    manifest.editors.iter().map(editor).collect()
}

/// Who published the report.
pub(super) fn publisher(manifest: &Manifest) -> Value {
    json!(manifest.publisher.as_ref().map(|name| named("Organization", name)))
}

/// When the report was published.
pub(super) fn published(manifest: &Manifest) -> Value {
    json!(manifest.edition.map(|edition| edition.date.to_string()))
}

/// A licence by its page, else in the words of the casebook.
pub(super) fn licence(licence: Option<&str>) -> Value {
    json!(licence.map(|licence| licence_page(licence).unwrap_or(licence)))
}
