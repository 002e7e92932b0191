//! Owns the site: its pages are made one by one, linked with each other, and written.
//!
//! A page is a document of its own, so pages are made side by side, and memory holds few of them at a
//! time. Where the places are that pages lead to is known once all are made, so their addresses are put
//! into what is written already.

mod address;
mod calendar;
mod downloads;
mod feed;
mod kept;
mod links;
mod one_line;
mod outline;
mod sitemap;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use typst::foundations::Datetime;
use typst::utils::hash128;
use typst_html::{HtmlDocument, HtmlElement, HtmlOptions, attr};

use super::data::licence_page;
use super::described::Description;
use super::dom::each_element;
use super::finder;
use super::media_type::media_type;
use super::page::{self, Head, HeadLink, StyleRules};
use super::{Made, PDF, PdfPages, Publication, artifact, gather, style};
use crate::diag::{Code, Diagnostic, Sink};
use crate::export::progress::Steps;
use crate::model::{Artifact, Date, Report, Section};
use crate::typeset::{self, Page, Shows, Typesetter};

pub(super) use self::address::Address;
use self::kept::MadePage;
pub use self::kept::{Awaiting, KeptPages};
use self::links::{Places, UnlinkedPage};
pub(super) use self::links::{page_of, relative};

/// The folder of the site among the outputs.
const FOLDER: &str = "site/";

/// The path of the style sheet in the site.
const STYLE: &str = "assets/style.css";

/// The style sheet of what only a site has, unless the casebook has its own.
const SITE_STYLE: &str = include_str!("../../../templates/site.css");

/// How many pages each thread makes before what was remembered of those before is let go of.
const REMEMBERED: usize = 12;

/// How many pages each thread makes before it is looked whether one of them failed, and the rest need not
/// be made.
const BATCH: usize = 120;

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
    /// How many of the pages are made.
    steps: Steps<'a>,
    /// How many pages were typeset, and not kept from the last build.
    typeset: AtomicUsize,
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
        steps: Steps::new(publication.progress, typesetter.pages().len()),
        typeset: AtomicUsize::new(0),
    };
    let beside = site.beside(sink)?;
    site.has_feed = beside.iter().any(|made| made.path == inside_path(feed::PATH));
    site.show_awaited();
    let pages: Vec<(usize, &Page)> = typesetter.pages().iter().enumerate().collect();
    let (of_cases, others): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(_, page)| matches!(page.shows, Shows::Case(_)));
    let mut places = Places::of_cases(typesetter);
    let make = |(number, page): (usize, &Page), remarks: &mut Sink| {
        let made = site.make(number, page, remarks);
        site.steps.one_more_page();
        made
    };
    let mut pages = side_by_side(others, sink, make)?;
    for page in &pages {
        places.add(&page.path, &page.anchors);
    }
    pages.extend(side_by_side(of_cases, sink, make)?);
    if let Some(kept) = publication.kept {
        kept.keep(&pages, case_pages(typesetter));
    }
    let mut rules = StyleRules::default();
    let linked = pages.par_iter().map(|page| site.link(page, &places));
    let mut artifacts = beside;
    artifacts.extend(linked.collect::<Result<Vec<_>, _>>()?);
    for page in pages {
        rules.extend(page.looks);
    }
    let own_style = typesetter.own_style("site.css").unwrap_or(SITE_STYLE);
    let style = [&style(typesetter), own_style, &rules.css()].concat();
    artifacts.push(artifact(inside_path(STYLE), style));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// Makes something of each page, side by side.
fn side_by_side<P: Send, M: Send>(
    pages: Vec<P>,
    sink: &mut Sink,
    make: impl Fn(P, &mut Sink) -> Result<M, Vec<Diagnostic>> + Sync,
) -> Result<Vec<M>, Vec<Diagnostic>> {
    let threads = rayon::current_num_threads();
    let mut made = Vec::with_capacity(pages.len());
    let mut rest = pages.into_iter().peekable();
    while rest.peek().is_some() {
        let batch: Vec<P> = rest.by_ref().take(BATCH * threads).collect();
        // One by one: most pages may be kept, and what is left of them takes very different times.
        let batch = batch.into_par_iter().with_max_len(1).map(|page| {
            let mut remarks = Sink::new();
            let made = make(page, &mut remarks);
            (remarks, made)
        });
        made.extend(gather(batch.collect(), sink)?);
    }
    Ok(made)
}

/// The pages of cases, by the files that the cases are in; of several in one file the first.
fn case_pages(typesetter: &Typesetter<'_>) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for page in typesetter.pages() {
        let Shows::Case(position) = page.shows else { continue };
        if let Some(file) = typesetter.case_file(position) {
            pages.entry(file.to_owned()).or_insert_with(|| inside_path(&page.path));
        }
    }
    pages
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
    fn beside(&self, sink: &mut Sink) -> Made {
        let Publication { typesetter, report, corpus, .. } = self.publication;
        let mut made = Vec::new();
        if typesetter.pages().iter().any(|page| page.shows == Shows::Section(Section::Cases)) {
            made.extend(finder::files(report, corpus));
            made.push(artifact(inside_path(links::SCRIPT_PATH), finder::WAYS));
        }
        if let Some(address) = &self.address {
            let date = report.manifest.edition.map(|edition| edition.date.to_string());
            let paths = typesetter.pages().iter().map(|page| page.path.as_str());
            let sitemap = sitemap::sitemap(address, paths, date.as_deref())
                .map_err(|error| vec![Diagnostic::new(Code::ReportError, error.to_string())])?;
            made.push(artifact(inside_path("sitemap.xml"), sitemap));
            let words = if report.earlier.is_some() { typesetter.feed(sink)? } else { None };
            let told = words.map(feed::what_changed).unwrap_or_default();
            let feed = feed::feed(report, address, typesetter.pages(), &told);
            made.extend(feed.map(|feed| artifact(inside_path(feed::PATH), feed)));
        }
        let has_activities = |page: &Page| page.shows == Shows::Section(Section::Activities);
        if typesetter.pages().iter().any(has_activities) {
            let calendar = calendar::calendar(report, date_of(typesetter.date()));
            made.extend(calendar.map(|bytes| artifact(inside_path(calendar::PATH), bytes)));
        }
        Ok(made)
    }

    /// Makes a page, unless it would come out as the last time.
    fn make(
        &self,
        number: usize,
        page: &Page,
        remarks: &mut Sink,
    ) -> Result<MadePage, Vec<Diagnostic>> {
        let digest = self.digest(number);
        let kept = self.publication.kept.zip(digest);
        let made = match kept.and_then(|(kept, digest)| kept.take(&page.path, digest)) {
            Some(made) => made,
            None => {
                let document = self.publication.typesetter.page(number, remarks)?;
                let (document, anchors) = links::with_anchors(document);
                let (html, looks) = self.write(page, document)?;
                self.forget_pages_before();
                // What there is to remark must be said again, so such a page is made again.
                let digest = digest.filter(|_| remarks.is_empty());
                MadePage { path: page.path.clone(), digest, anchors, html, looks }
            }
        };
        Ok(made)
    }

    /// Lets go now and then of what Typst remembers of the pages made before. This is done by a thread that has
    /// just made one, so that no other has to wait; pages that are kept ask for nothing to be remembered.
    fn forget_pages_before(&self) {
        let made = self.typeset.fetch_add(1, Ordering::Relaxed) + 1;
        if made.is_multiple_of(REMEMBERED * rayon::current_num_threads()) {
            typeset::forget_unused();
        }
    }

    /// Shows the page that somebody waits for, if it comes out otherwise than the last time. What is in its
    /// way is told when it is its turn.
    fn show_awaited(&self) {
        let Publication { typesetter, kept, awaiting, .. } = self.publication;
        let Some((kept, awaiting)) = kept.zip(*awaiting) else { return };
        let Some(path) = awaiting.page() else { return };
        let mut pages = typesetter.pages().iter().enumerate();
        let Some((number, page)) = pages.find(|(_, page)| inside_path(&page.path) == path) else {
            return;
        };
        if self.digest(number).is_none_or(|digest| kept.has(&page.path, digest)) {
            return;
        }
        let mut places = Places::of_cases(typesetter);
        kept.add_places(&mut places);
        if let Ok(made) = self.make(number, page, &mut Sink::new()) {
            if let Ok(linked) = self.link(&made, &places) {
                awaiting.show(linked);
            }
            kept.put(made);
        }
    }

    /// A page with the addresses of all places that it leads to.
    fn link(&self, page: &MadePage, places: &Places) -> Result<Artifact, Vec<Diagnostic>> {
        let lost = |lost: Vec<String>| -> Vec<Diagnostic> {
            lost.iter().map(|name| self.publication.typesetter.lost_place(name)).collect()
        };
        let html = page.html.linked(&page.path, places).map_err(lost)?;
        Ok(artifact(inside_path(&page.path), html))
    }

    /// The digest of all that a page is made from; none if it is not to be kept.
    fn digest(&self, number: usize) -> Option<u128> {
        let Publication { typesetter, report, kept, .. } = self.publication;
        // Pages that tell the numbers of pages hang on all of the PDF.
        if kept.is_none() || self.pdf.is_some() {
            return None;
        }
        let around = (typesetter.title(), &self.files, self.has_feed, report.draft.is_some());
        Some(hash128(&(typesetter.page_digest(number)?, around)))
    }

    /// Completes a page and writes it; with the looks that it needs.
    fn write(
        &self,
        page: &Page,
        mut document: HtmlDocument,
    ) -> Result<(UnlinkedPage, StyleRules), Vec<Diagnostic>> {
        let Publication { typesetter, report, .. } = self.publication;
        let root = document.root_mut();
        let looks = StyleRules::of(root);
        page::make_inert(root, typesetter);
        downloads::list_files(root, &page.path, &self.files);
        let part = typesetter.part_label(page);
        downloads::link_into_pdf(root, &page.path, part.as_deref(), self.pdf);
        outline::complete(root);
        let described = self.description().of(page, root);
        let links = links::lead_to_pages(root, &page.path, typesetter);
        let style = relative(&page.path, STYLE);
        let is_finder = page.shows == Shows::Section(Section::Cases);
        let beside = |path| is_finder.then(|| relative(&page.path, path)).into_iter().collect();
        let mut scripts: Vec<String> = beside(finder::SCRIPT_PATH);
        scripts.extend(links.has_ways.then(|| relative(&page.path, links::SCRIPT_PATH)));
        let head = Head {
            style: page::Style::Linked(&style),
            style_sheets: beside(finder::STYLE_PATH),
            scripts,
            module: None,
            kind: if matches!(page.shows, Shows::Case(_)) { "article" } else { "website" },
            report: typesetter.title(),
            address: self.address.as_ref().map(|address| address.of(&page.path)),
            is_hidden: report.draft.is_some(),
            links: self.head_links(page, root),
            described,
        };
        page::complete(&mut document, &head);
        let written = UnlinkedPage::of(&mut document, links, |document| {
            typesetter.exported(typst_html::html(document, &HtmlOptions { pretty: true }))
        })?;
        Ok((written, looks))
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
