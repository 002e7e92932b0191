//! Owns the last step: documents and figures become the bytes of files.

mod data;
mod page;
mod pdf;

use typst_bundle::{Bundle, BundleDocument, BundleFile, BundleOptions};
use typst_html::HtmlOptions;

use crate::app::Artifact;
use crate::diag::{Diagnostic, Sink};
use crate::typeset::Typesetter;

pub use self::data::data;
pub use self::pdf::pdf;

/// The style sheet of all web pages.
const STYLE: &str = include_str!("../../templates/report.css");

fn artifact(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Artifact {
    Artifact { path: path.into(), bytes: bytes.into() }
}

/// `report.html`: one file that needs nothing else.
///
/// # Errors
///
/// What Typst refuses.
pub fn html(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let mut document = typesetter.html(sink)?;
    page::complete(&mut document, &page::Style::Inline(STYLE));
    let html = typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
    Ok(vec![artifact("report.html", html)])
}

/// `site/`: a page for the report and a page for each case.
///
/// # Errors
///
/// What Typst refuses.
pub fn site(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let mut bundle: Bundle = typesetter.site(sink)?;
    let files = std::sync::Arc::make_mut(&mut bundle.files);
    for (path, file) in files.iter_mut() {
        if let BundleFile::Document(BundleDocument::Html(document)) = file {
            let depth = path.get_without_slash().matches('/').count();
            let style = format!("{}style.css", "../".repeat(depth));
            page::complete(document, &page::Style::Linked(&style));
        }
    }
    let options =
        BundleOptions { html: HtmlOptions { pretty: true }, ..BundleOptions::default() };
    let files = typesetter.exported(typst_bundle::export(&bundle, &options))?;
    let mut artifacts = vec![artifact("site/style.css", STYLE)];
    for (path, bytes) in &files {
        artifacts.push(artifact(format!("site/{}", path.get_without_slash()), bytes.to_vec()));
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}
