//! Owns the data behind the report as schema.org describes a dataset.

use serde_json::{Value, json};

use super::{Description, report};
use crate::export::media_type::media_type;
use crate::typeset::Page;

/// The data, if they can be had from the site.
pub(super) fn dataset(description: &Description<'_>, page: &Page) -> Option<Value> {
    let files: Vec<Value> = (description.files.iter())
        .filter(|path| path.starts_with("data/"))
        .map(|path| {
            json!({
                "@type": "DataDownload",
                "contentUrl": description.place(page, path),
                "encodingFormat": media_type(path),
            })
        })
        .collect();
    if files.is_empty() {
        return None;
    }
    let manifest = &description.report.manifest;
    Some(json!({
        "@type": "Dataset",
        "name": description.report.distinct_title(),
        "description": manifest.subtitle.as_ref().or(manifest.notice.as_ref()),
        "inLanguage": manifest.language,
        "creator": report::editors(manifest),
        "publisher": report::publisher(manifest),
        "datePublished": report::published(manifest),
        "license": report::licence(manifest.licence.as_deref()),
        "isPartOf": report::short(description),
        "distribution": files,
    }))
}
