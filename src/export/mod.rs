//! Owns the last step: documents and figures become the bytes of files.

pub mod csv;
pub mod data;
mod page;
mod pdf;
mod rows;

use rayon::prelude::*;
use typst_bundle::{Bundle, BundleDocument, BundleFile, BundleOptions};
use typst_html::HtmlOptions;

use crate::diag::{Diagnostic, Sink};
use crate::model::{Artifact, Output};
use crate::typeset::Typesetter;

use self::pdf::pdf;
pub use self::rows::{Entry, Rows};

/// The style sheet of all web pages, unless the casebook has its own.
const STYLE: &str = include_str!("../../templates/report.css");

/// The files of one output, or why there are none.
type Made = Result<Vec<Artifact>, Vec<Diagnostic>>;

/// Typesets and exports the outputs that are documents, side by side.
///
/// Remarks and errors come in the order of the outputs, whatever was done first.
///
/// # Errors
///
/// What Typst refuses, of every output.
pub fn documents(
    typesetter: &Typesetter<'_>,
    outputs: &[Output],
    sink: &mut Sink,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let made: Vec<(Sink, Made)> = outputs
        .par_iter()
        .map(|output| {
            let mut remarks = Sink::new();
            let made = match output {
                Output::Pdf => pdf(typesetter, &mut remarks),
                Output::Html => html(typesetter, &mut remarks),
                Output::Site => site(typesetter, &mut remarks),
                Output::Data => Ok(Vec::new()),
            };
            (remarks, made)
        })
        .collect();
    let (mut artifacts, mut errors) = (Vec::new(), Vec::new());
    for (remarks, made) in made {
        sink.extend(remarks);
        match made {
            Ok(made) => artifacts.extend(made),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(artifacts) } else { Err(errors) }
}

/// The style sheet of all web pages of a report.
fn style(typesetter: &Typesetter<'_>) -> String {
    let sheet = typesetter.own_style().unwrap_or(STYLE);
    [sheet, &typesetter.css().unwrap_or_default()].concat()
}

fn artifact(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Artifact {
    Artifact { path: path.into(), bytes: bytes.into() }
}

/// `report.html`: one file that needs nothing else.
fn html(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Made {
    let mut document = typesetter.html(sink)?;
    page::complete(&mut document, &page::Style::Inline(&style(typesetter)));
    let html = typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
    Ok(vec![artifact("report.html", html)])
}

/// `site/`: a page for the report and a page for each case.
fn site(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Made {
    let mut bundle: Bundle = typesetter.site(sink)?;
    let files = std::sync::Arc::make_mut(&mut bundle.files);
    for (path, file) in files.iter_mut() {
        if let BundleFile::Document(BundleDocument::Html(document)) = file {
            let depth = path.get_without_slash().matches('/').count();
            let style = format!("{}style.css", "../".repeat(depth));
            page::complete(document, &page::Style::Linked(&style));
        }
    }
    let options = BundleOptions { html: HtmlOptions { pretty: true }, ..BundleOptions::default() };
    let files = typesetter.exported(typst_bundle::export(&bundle, &options))?;
    let mut artifacts = vec![artifact("site/style.css", style(typesetter))];
    for (path, bytes) in &files {
        artifacts.push(artifact(format!("site/{}", path.get_without_slash()), bytes.to_vec()));
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}
