//! Owns the site: its pages are made one by one, linked with each other, and written.
//!
//! A page is a document of its own, so pages are made side by side, and memory holds few of them at a
//! time. The pages that are no case's come first: what others may lead to on them is known then.
//! Where a case stands is known by its name.

mod address;
mod calendar;
mod downloads;
mod feed;
mod links;
mod one_line;
mod outline;
mod sitemap;

use rayon::prelude::*;
use typst::foundations::Datetime;
use typst_html::{HtmlDocument, HtmlElement, HtmlOptions, attr};

use super::data::licence_page;
use super::described::Description;
use super::dom::each_element;
use super::finder;
use super::media_type::media_type;
use super::page::{self, Head, HeadLink, StyleRules};
use super::{Made, PDF, PdfPages, Publication, artifact, gather, style};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Artifact, Date, Report, Section};
use crate::typeset::{self, Page, Shows};

pub(super) use self::address::Address;
use self::links::{Places, Resolved};
pub(super) use self::links::{page_of, relative};

/// The folder of the site among the outputs.
const FOLDER: &str = "site/";

/// The path of the style sheet in the site.
const STYLE: &str = "assets/style.css";

/// The style sheet of what only a site has, unless the casebook has its own.
const SITE_STYLE: &str = include_str!("../../../templates/site.css");

/// How many pages are made before what was remembered of them is let go of.
const BATCH: usize = 256;

/// What all pages of a site are completed with.
struct Site<'a> {
    publication: &'a Publication<'a>,
    /// Where the parts of the report are in its PDF, if that is made too.
    pdf: Option<&'a PdfPages>,
    /// The paths of the files that are to be had from the site.
    files: Vec<String>,
    address: Option<Address>,
    /// Whether there is a feed for readers to follow.
    has_feed: bool,
}

/// `site/`: a page each for the parts of the report, the themes, the regions and the cases.
pub(super) fn site(publication: &Publication<'_>, pdf: Option<&PdfPages>, sink: &mut Sink) -> Made {
    let typesetter = publication.typesetter;
    let pdf_file = pdf.map(|_| PDF.to_owned());
    let data = publication.data.iter().map(|file| file.path.clone());
    let mut site = Site {
        publication,
        pdf,
        files: pdf_file.into_iter().chain(data).collect(),
        address: Address::of_site(publication.report),
        has_feed: false,
    };
    let beside = site.beside()?;
    site.has_feed = beside.iter().any(|made| made.path == inside_path(feed::PATH));
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
        .map(|(page, (document, _))| (Sink::new(), site.write(page, document, &places)));
    let mut written_pages = gather(written.collect(), sink)?;
    for batch in of_cases.chunks(BATCH) {
        let written = batch.par_iter().map(|(number, page)| {
            let mut remarks = Sink::new();
            let document = typesetter.page(*number, &mut remarks);
            let written = document.and_then(|document| {
                let (document, _) = links::with_anchors(document);
                site.write(page, document, &places)
            });
            (remarks, written)
        });
        written_pages.extend(gather(written.collect(), sink)?);
        if of_cases.len() > BATCH {
            typeset::forget_unused();
        }
    }
    let mut rules = StyleRules::default();
    let mut artifacts = beside;
    for (page, looks) in written_pages {
        artifacts.push(page);
        rules.extend(looks);
    }
    let own_style = typesetter.own_style("site.css").unwrap_or(SITE_STYLE);
    let style = [&style(typesetter), own_style, &rules.css()].concat();
    artifacts.push(artifact(inside_path(STYLE), style));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// A file as it is to be had from the site.
///
/// The folder of the site is what is put on a server, so what its pages lead to must be in it.
pub(super) fn inside(file: &Artifact) -> Artifact {
    Artifact { path: inside_path(&file.path), bytes: file.bytes.clone() }
}

fn inside_path(path: &str) -> String {
    format!("{FOLDER}{path}")
}

impl Site<'_> {
    /// The files of the site that are no pages and are not made elsewhere.
    fn beside(&self) -> Made {
        let Publication { typesetter, report, corpus, .. } = self.publication;
        let mut made = Vec::new();
        if typesetter.pages().iter().any(|page| page.shows == Shows::Section(Section::Cases)) {
            made.extend(finder::files(report, corpus));
            made.push(artifact(inside_path(links::SCRIPT_PATH), links::SCRIPT));
        }
        if let Some(address) = &self.address {
            let date = report.manifest.edition.map(|edition| edition.date.to_string());
            let paths = typesetter.pages().iter().map(|page| page.path.as_str());
            let sitemap = sitemap::sitemap(address, paths, date.as_deref())
                .map_err(|error| vec![Diagnostic::new(Code::ReportError, error.to_string())])?;
            made.push(artifact(inside_path("sitemap.xml"), sitemap));
            let feed = feed::feed(report, address, typesetter.pages());
            made.extend(feed.map(|feed| artifact(inside_path(feed::PATH), feed)));
        }
        let has_activities = |page: &Page| page.shows == Shows::Section(Section::Activities);
        if typesetter.pages().iter().any(has_activities) {
            let calendar = calendar::calendar(report, date_of(typesetter.date()));
            made.extend(calendar.map(|bytes| artifact(inside_path(calendar::PATH), bytes)));
        }
        Ok(made)
    }

    /// Links a page with the others, completes it, and writes it; with the looks that it needs.
    fn write(
        &self,
        page: &Page,
        mut document: HtmlDocument,
        places: &Places,
    ) -> Result<(Artifact, StyleRules), Vec<Diagnostic>> {
        let Publication { typesetter, report, .. } = self.publication;
        let root = document.root_mut();
        let looks = StyleRules::of(root);
        page::make_inert(root, typesetter);
        downloads::list_files(root, &page.path, &self.files);
        let part = typesetter.part_label(page);
        downloads::link_into_pdf(root, &page.path, part.as_deref(), self.pdf);
        outline::complete(root);
        let described = self.description().of(page, root);
        let Resolved { lost, has_ways } = links::resolve(root, &page.path, places, typesetter);
        if !lost.is_empty() {
            return Err(lost.iter().map(|name| typesetter.lost_place(name)).collect());
        }
        let style = relative(&page.path, STYLE);
        let is_finder = page.shows == Shows::Section(Section::Cases);
        let beside = |path| is_finder.then(|| relative(&page.path, path)).into_iter().collect();
        let mut scripts: Vec<String> = beside(finder::SCRIPT_PATH);
        scripts.extend(has_ways.then(|| relative(&page.path, links::SCRIPT_PATH)));
        let head = Head {
            style: page::Style::Linked(&style),
            style_sheets: beside(finder::STYLE_PATH),
            scripts,
            kind: if matches!(page.shows, Shows::Case(_)) { "article" } else { "website" },
            report: typesetter.title(),
            address: self.address.as_ref().map(|address| address.of(&page.path)),
            is_hidden: report.draft.is_some(),
            links: self.head_links(page, root),
            described,
        };
        page::complete(&mut document, &head);
        let html =
            typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
        Ok((artifact(inside_path(&page.path), html), looks))
    }

    fn description(&self) -> Description<'_> {
        let report = self.publication.report;
        Description { report, address: self.address.as_ref(), files: &self.files }
    }

    /// What belongs to a page: its neighbours, its licence, and what readers can follow.
    fn head_links(&self, page: &Page, root: &mut HtmlElement) -> Vec<HeadLink> {
        let mut links = Vec::new();
        each_element(root, &mut |element| {
            for rel in ["prev", "next"] {
                let is_meant = element.attrs.get(attr::rel).is_some_and(|found| found == rel);
                if let (true, Some(href)) = (is_meant, element.attrs.get(attr::href)) {
                    links.push(HeadLink { rel, href: href.to_string(), media_type: None });
                }
            }
        });
        if let Some(href) = licence_of(self.publication.report, page).and_then(licence_page) {
            links.push(HeadLink { rel: "license", href: href.to_owned(), media_type: None });
        }
        if self.has_feed {
            let (href, media_type) = (relative(&page.path, feed::PATH), media_type(feed::PATH));
            links.push(HeadLink { rel: "alternate", href, media_type: Some(media_type) });
        }
        links
    }
}

/// The licence of what a page shows: a case may have one of its own.
fn licence_of<'r>(report: &'r Report, page: &Page) -> Option<&'r str> {
    let of_case = match page.shows {
        Shows::Case(position) => {
            report.cases.get(position).and_then(|case| case.licence.as_deref())
        }
        _ => None,
    };
    of_case.or(report.manifest.licence.as_deref())
}

/// The report's date as the casebook writes dates.
fn date_of(date: Option<Datetime>) -> Option<Date> {
    let date = date?;
    Some(Date { year: date.year()?, month: date.month(), day: date.day() })
}
