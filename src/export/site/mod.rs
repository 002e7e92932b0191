//! Owns the site: its pages are made one by one, linked with each other, and written.
//!
//! A page is a document of its own, so pages are made side by side, and memory holds few of them at a
//! time. The pages that are no case's come first: what others may lead to on them is known then.
//! Where a case stands is known by its name.

mod dom;
mod links;
mod outline;

use rayon::prelude::*;
use typst_html::{HtmlDocument, HtmlOptions};

use super::{Made, artifact, page, style};
use crate::diag::{Diagnostic, Sink};
use crate::model::{Artifact, Section};
use crate::typeset::{self, Page, Shows, Typesetter};

use self::links::Places;

/// The folder of the site among the outputs.
const FOLDER: &str = "site/";

/// The path of the style sheet in the site.
const STYLE: &str = "assets/style.css";

/// The style sheet of what only a site has.
const SITE_STYLE: &str = include_str!("../../../templates/site.css");

/// How many pages are made before what was remembered of them is let go of.
const BATCH: usize = 256;

/// What became of one page.
type MadePage<T> = (Sink, Result<T, Vec<Diagnostic>>);

/// `site/`: a page each for the parts of the report, the themes, the regions and the cases.
pub(super) fn site(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Made {
    let pages: Vec<(usize, &Page)> = typesetter.pages().iter().enumerate().collect();
    let (of_cases, others): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(_, page)| matches!(page.shows, Shows::Case(_)));
    let mut places = Places::of_cases(typesetter);
    let made = others.par_iter().map(|(number, _)| {
        let mut remarks = Sink::new();
        let document = typesetter.page(*number, &mut remarks);
        (remarks, document.map(links::with_anchors))
    });
    let others_made = gather(made.collect(), sink)?;
    for ((_, page), (_, anchors)) in others.iter().zip(&others_made) {
        places.add(&page.path, anchors);
    }
    let documents: Vec<_> = others.into_iter().map(|(_, page)| page).zip(others_made).collect();
    let written = documents
        .into_par_iter()
        .map(|(page, (document, _))| (Sink::new(), write(typesetter, page, document, &places)));
    let mut artifacts = gather(written.collect(), sink)?;
    for batch in of_cases.chunks(BATCH) {
        let written = batch.par_iter().map(|(number, page)| {
            let mut remarks = Sink::new();
            let document = typesetter.page(*number, &mut remarks);
            let written = document.and_then(|document| {
                let (document, _) = links::with_anchors(document);
                write(typesetter, page, document, &places)
            });
            (remarks, written)
        });
        artifacts.extend(gather(written.collect(), sink)?);
        if of_cases.len() > BATCH {
            typeset::forget_unused();
        }
    }
    let style = [&style(typesetter), SITE_STYLE].concat();
    artifacts.push(artifact(format!("{FOLDER}{STYLE}"), style));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// What came of all pages, or the errors of all; remarks come in the order of the pages.
fn gather<T>(made: Vec<MadePage<T>>, sink: &mut Sink) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    for (remarks, made) in made {
        sink.extend(remarks);
        match made {
            Ok(made) => out.push(made),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// Links a page with the others, completes it, and writes it.
fn write(
    typesetter: &Typesetter<'_>,
    page: &Page,
    mut document: HtmlDocument,
    places: &Places,
) -> Result<Artifact, Vec<Diagnostic>> {
    let root = document.root_mut();
    outline::complete(root);
    let lost = links::resolve(root, &page.path, places);
    if !lost.is_empty() {
        return Err(lost.iter().map(|name| typesetter.lost_place(name)).collect());
    }
    let style = links::relative(&page.path, STYLE);
    page::complete(&mut document, &page::Style::Linked(&style));
    if page.shows == Shows::Section(Section::Cases) {
        page::add_finder(&mut document);
    }
    let html = typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
    Ok(artifact(format!("{FOLDER}{}", page.path), html))
}
