//! Owns the last step: documents and figures become the bytes of files.

pub mod changes;
pub mod csv;
pub mod data;
mod described;
mod dom;
mod finder;
mod inert_json;
mod media_type;
mod page;
mod pdf;
mod pdf_pages;
mod progress;
mod rows;
mod site;

use rayon::prelude::*;
use typst_html::{HtmlDocument, HtmlOptions};
use typst_layout::PagedDocument;

use crate::aggregate::Corpus;
use crate::diag::{Diagnostic, Sink};
use crate::model::{Artifact, Output, Report};
use crate::typeset::{self, Typesetter};

use self::finder::InReport;
use self::page::{Head, StyleRules};
use self::pdf::pdf;
use self::pdf_pages::PdfPages;
pub use self::progress::{Progress, Stage};
pub use self::rows::{Entry, Rows};
use self::site::site;
pub use self::site::{Awaiting, KeptPages};

/// The style sheet of all web pages, unless the casebook has its own.
const STYLE: &str = include_str!("../../templates/report.css");

/// The name of the report as pages.
const PDF: &str = "report.pdf";

/// The files of one output, or why there are none.
type Made = Result<Vec<Artifact>, Vec<Diagnostic>>;

/// How many pages a site may have for all outputs to be made at once: each takes memory for itself.
const SIDE_BY_SIDE: usize = 400;

/// What outputs are made from.
pub struct Publication<'a> {
    /// The report, ready to be typeset.
    pub typesetter: &'a Typesetter<'a>,
    /// What the report is made of.
    pub report: &'a Report,
    /// Its cases, ready to be chosen by facets.
    pub corpus: &'a Corpus<'a>,
    /// The files of the data, if these are made too.
    pub data: &'a [Artifact],
    /// The pages of the last build of the site, if it is built again and again.
    pub kept: Option<&'a KeptPages>,
    /// Who waits for one of its pages.
    pub awaiting: Option<&'a dyn Awaiting>,
    /// Who is told how far the work is.
    pub progress: &'a Progress,
}

/// Typesets and exports the outputs that are documents: side by side, unless there is much of them.
///
/// The pages of the PDF are laid out before anything is written, since the site tells their numbers.
/// Remarks and errors come in the order of the outputs, whatever was done first.
///
/// # Errors
///
/// What Typst refuses, of every output.
pub fn documents(
    publication: &Publication<'_>,
    outputs: &[Output],
    sink: &mut Sink,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let typesetter = publication.typesetter;
    let paged = outputs.contains(&Output::Pdf).then(|| {
        publication.progress.tell(Stage::LayingOut);
        typesetter.paged(sink)
    });
    let paged: Option<PagedDocument> = match paged {
        Some(Ok(paged)) => Some(paged),
        // What is wrong with the pages is mostly wrong everywhere, but not all that is wrong elsewhere
        // is wrong with the pages.
        Some(Err(mut errors)) => {
            let others = outputs.iter().filter(|output| **output != Output::Pdf).copied();
            let others: Vec<Output> = others.collect();
            errors.extend(written(publication, &others, None, sink).err().unwrap_or_default());
            return Err(errors);
        }
        None => None,
    };
    written(publication, outputs, paged, sink)
}

/// The outputs, with the report as pages if these are among them.
fn written(
    publication: &Publication<'_>,
    outputs: &[Output],
    paged: Option<PagedDocument>,
    sink: &mut Sink,
) -> Made {
    let typesetter = publication.typesetter;
    let pages = paged.as_ref().map(PdfPages::of);
    let make = |output: &Output, paged: Option<&PagedDocument>| {
        let mut remarks = Sink::new();
        let made = match output {
            Output::Pdf => paged.map_or_else(|| Ok(Vec::new()), |paged| pdf(typesetter, paged)),
            Output::Html => html(publication, &mut remarks),
            Output::Site => site(publication, pages.as_ref(), &mut remarks),
            Output::Data => Ok(Vec::new()),
        };
        (remarks, made)
    };
    let made = if typesetter.pages().len() > SIDE_BY_SIDE {
        let mut paged = paged;
        let one = |output: &Output| {
            let paged = if *output == Output::Pdf { paged.take() } else { None };
            // What one output left behind is in no other's way. A site alone is made again and again, and lets
            // go of it by itself.
            if outputs != [Output::Site] {
                typeset::forget();
            }
            make(output, paged.as_ref())
        };
        outputs.iter().map(one).collect()
    } else {
        outputs.par_iter().map(|output| make(output, paged.as_ref())).collect()
    };
    let mut artifacts: Vec<Artifact> = gather(made, sink)?.into_iter().flatten().collect();
    if outputs.contains(&Output::Site) {
        let beside = artifacts.iter().filter(|made| made.path == PDF).chain(publication.data);
        artifacts.extend(beside.map(site::inside).collect::<Vec<_>>());
    }
    Ok(artifacts)
}

/// What came of each of several things, with the remarks on the way.
type Attempts<T> = Vec<(Sink, Result<T, Vec<Diagnostic>>)>;

/// What came of all, or the errors of all; remarks come in their order.
fn gather<T>(attempts: Attempts<T>, sink: &mut Sink) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    for (remarks, made) in attempts {
        sink.extend(remarks);
        match made {
            Ok(made) => out.push(made),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// The style sheet of all web pages of a report.
fn style(typesetter: &Typesetter<'_>) -> String {
    let sheet = typesetter.own_style("report.css").unwrap_or(STYLE);
    [sheet, &typesetter.css().unwrap_or_default()].concat()
}

fn artifact(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Artifact {
    Artifact { path: path.into(), bytes: bytes.into() }
}

/// `report.html`: one file that needs nothing else.
fn html(publication: &Publication<'_>, sink: &mut Sink) -> Made {
    let Publication { typesetter, report, .. } = *publication;
    let mut document = typesetter.html(sink)?;
    let finder = InReport::complete(document.root_mut(), publication);
    whole_page("report.html", document, &finder, typesetter, report.draft.is_some())
}

/// `volumes.html`: the page that leads to volumes, which needs nothing else. A draft is left alone by
/// search engines.
///
/// # Errors
///
/// What Typst refuses.
pub fn volumes(
    typesetter: &Typesetter<'_>,
    is_draft: bool,
    sink: &mut Sink,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let document = typesetter.volumes(sink)?;
    whole_page("volumes.html", document, &InReport::default(), typesetter, is_draft)
}

/// A page in one file that needs nothing else.
fn whole_page(
    path: &str,
    mut document: HtmlDocument,
    finder: &InReport,
    typesetter: &Typesetter<'_>,
    is_draft: bool,
) -> Made {
    let rules = StyleRules::of(document.root_mut());
    page::make_inert(document.root_mut(), typesetter);
    let style = [&style(typesetter), finder.style, &rules.css()].concat();
    let head = Head {
        style: page::Style::Inline(&style),
        style_sheets: Vec::new(),
        scripts: Vec::new(),
        module: finder.module.as_deref(),
        kind: "website",
        report: typesetter.title(),
        address: None,
        is_hidden: is_draft,
        links: Vec::new(),
        described: None,
    };
    page::complete(&mut document, &head);
    let html = typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
    Ok(vec![artifact(path, html)])
}
