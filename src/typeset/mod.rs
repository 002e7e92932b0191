//! Owns typesetting: a report becomes documents, by one set of components for every output.

mod advance;
mod destinations;
mod drawing;
mod fonts;
mod foresight;
mod inputs;
mod links;
mod native;
mod palette;
mod pictures;
pub mod reference;
mod remarks;
mod sealed;
mod site;
mod spans;
mod tables;
pub mod templates;
mod web;
mod wording;
mod world;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::{Datetime, Dict, Output, Target};
use typst_html::HtmlDocument;
use typst_layout::PagedDocument;

use crate::aggregate::Figures;
use crate::diag::{Diagnostic, Sink};
use crate::model::{Date, Output as OutputKind, Report, Volumes};
use crate::source::{SourceMap, digest};

use self::fonts::Fonts;
use self::inputs::Inputs;
use self::palette::Palette;
use self::pictures::Pictures;
use self::remarks::Finder;
use self::site::{PageInputs, Plan};
use self::spans::SpanTable;
use self::templates::{LostLabels, OwnPlaces};
use self::world::{DocumentWorld, ReportWorld};

pub use self::fonts::{built_in_families, families as font_families};
pub(crate) use self::links::TO_PLACE;
pub use self::site::{Page, Shows};

/// Volumes with what is built of each.
#[derive(Debug, Clone, Copy)]
pub struct VolumeIndex<'a> {
    /// The volumes.
    pub volumes: &'a Volumes,
    /// The outputs of each.
    pub outputs: &'a [OutputKind],
}

/// A site that is ready to be typeset.
struct Site<'a> {
    plan: Plan,
    /// What the pages are made from.
    inputs: PageInputs<'a>,
    world: ReportWorld,
}

/// A report that is ready to be typeset, as often as there are outputs.
pub struct Typesetter<'a> {
    pages: ReportWorld,
    web: ReportWorld,
    /// The site, if there is to be one.
    site: Option<Site<'a>>,
    /// How the finder is asked for the cases behind figures, by the labels of their lists.
    queries: BTreeMap<String, String>,
    /// The ids of the cases, by position.
    ids: Vec<String>,
    /// Whether the templates say for the feed what changed. Own ones that the report begins in need not.
    words_feed: bool,
    spans: SpanTable,
    own: OwnPlaces,
    lost: LostLabels,
    sources: &'a SourceMap,
    date: Option<Datetime>,
    title: String,
    palette: Option<Palette>,
    fonts: Fonts,
    /// Made when the first drawing asks for it.
    pictures: OnceLock<Pictures>,
}

impl<'a> Typesetter<'a> {
    /// Prepares a report for some outputs. The timestamp, in seconds since 1970, dates what has no
    /// edition.
    pub fn new(
        report: &Report,
        figures: &Figures,
        sources: &'a SourceMap,
        outputs: &[OutputKind],
        timestamp: Option<i64>,
    ) -> Self {
        Self::prepare(report, figures, None, sources, outputs, timestamp)
    }

    /// Prepares the page that leads to the volumes of a report.
    pub fn of_volumes(
        report: &Report,
        figures: &Figures,
        index: VolumeIndex<'_>,
        sources: &'a SourceMap,
        timestamp: Option<i64>,
    ) -> Self {
        Self::prepare(report, figures, Some(index), sources, &[], timestamp)
    }

    fn prepare(
        report: &Report,
        figures: &Figures,
        index: Option<VolumeIndex<'_>>,
        sources: &'a SourceMap,
        outputs: &[OutputKind],
        timestamp: Option<i64>,
    ) -> Self {
        let spans = SpanTable::new(sources, report);
        let date = date_of(report, timestamp);
        let digest = digest(inputs_of(report, sources));
        let mut plan = outputs.contains(&OutputKind::Site).then(|| Plan::of(report));
        let for_web = plan.is_some() || outputs.contains(&OutputKind::Html);
        let Inputs { around, report: data, site, queries } =
            inputs::of(report, figures, &spans, date, &digest, plan.as_mut(), for_web);
        let places = OwnPlaces::of(&report.templates);
        let own = Arc::new(templates::bytes(&report.templates, sources));
        let site_inputs = site
            .map(|site| PageInputs::new(around.clone(), site, &data, &own, date, report, sources));
        let mut whole = around;
        whole.put("report", data);
        if let Some(index) = index {
            whole.put("volumes", inputs::volumes(report, &index));
        }
        let whole = whole.into_dict();
        let files = Arc::new(spans.texts(sources));
        let fonts = Fonts::with(
            &report
                .fonts
                .iter()
                .map(|(path, font)| (path.as_str(), font.bytes.as_slice()))
                .collect(),
        );
        let world = |inputs, target| {
            let library = world::library(inputs, target);
            let (files, own) = (Arc::clone(&files), Arc::clone(&own));
            ReportWorld::new(library, fonts.clone(), files, own, date)
        };
        let site = plan.zip(site_inputs).map(|(plan, inputs)| Site {
            world: world(inputs.of_world(), Target::Html),
            plan,
            inputs,
        });
        Self {
            pages: world(whole.clone(), Target::Paged),
            web: world(whole, Target::Html),
            site,
            queries,
            ids: report.cases.iter().map(|case| case.id.clone()).collect(),
            spans,
            lost: LostLabels::of(&places, sources),
            own: places,
            words_feed: !templates::does_without(world::FEED_FUNCTION, &report.templates, sources),
            sources,
            date,
            title: report.distinct_title(),
            palette: report.manifest.style.accent.map(Palette::of),
            fonts,
            pictures: OnceLock::new(),
        }
    }

    /// The report as pages.
    ///
    /// # Errors
    ///
    /// What Typst refuses, pointing into the submissions where it can.
    pub fn paged(&self, sink: &mut Sink) -> Result<PagedDocument, Vec<Diagnostic>> {
        let document = self.compile(&self.pages, sink)?;
        self.exported(destinations::lead(&document))
    }

    /// The report as one web page.
    ///
    /// # Errors
    ///
    /// What Typst refuses, pointing into the submissions where it can.
    pub fn html(&self, sink: &mut Sink) -> Result<HtmlDocument, Vec<Diagnostic>> {
        self.compile(&self.web, sink)
    }

    /// The pages of the site; none unless a site was asked for.
    pub fn pages(&self) -> &[Page] {
        self.site.as_ref().map_or(&[], |site| site.plan.pages())
    }

    /// A page of the site by its number, as a document of its own. Its links to other places of the
    /// site are left as they are told: `page:` and a path, or `label:` and the name of a place.
    ///
    /// # Errors
    ///
    /// What Typst refuses, pointing into the submissions where it can.
    pub fn page(&self, number: usize, sink: &mut Sink) -> Result<HtmlDocument, Vec<Diagnostic>> {
        let data = self.site.as_ref().and_then(|site| site.inputs.page(number));
        self.compile(&DocumentWorld::page(self.world_of_site(), data), sink)
    }

    /// A digest of all that a page of the site is made from, by its number.
    pub fn page_digest(&self, number: usize) -> Option<u128> {
        let site = self.site.as_ref()?;
        let page = site.plan.pages().get(number)?;
        Some(site.inputs.digest(number, &page.shows))
    }

    /// The id of a case by its position in the report.
    pub fn case_id(&self, position: usize) -> Option<&str> {
        self.ids.get(position).map(String::as_str)
    }

    /// The path of the file that a case is in, by its position in the report.
    pub fn case_file(&self, position: usize) -> Option<&str> {
        self.site.as_ref()?.inputs.case_file(position)
    }

    /// The label of the part of the report that a page shows; on pages it stands where the part begins.
    pub fn part_label(&self, page: &Page) -> Option<String> {
        inputs::part_label(&page.shows, |position| self.case_id(position))
    }

    /// What to ask the finder for, to be shown exactly the cases of a list; none where it cannot be asked
    /// for them.
    pub fn query(&self, list: &str) -> Option<&str> {
        self.queries.get(list).map(String::as_str)
    }

    /// What is to be said of a link to a place that no page has.
    pub fn lost_place(&self, name: &str) -> Diagnostic {
        let message = format!("label `<{name}>` does not exist in the document");
        self.remark(&SourceDiagnostic::error(typst::syntax::Span::detached(), message))
    }

    /// The page that leads to volumes, if they were given.
    ///
    /// # Errors
    ///
    /// What Typst refuses, pointing into the templates where it can.
    pub fn volumes(&self, sink: &mut Sink) -> Result<HtmlDocument, Vec<Diagnostic>> {
        self.compile(&DocumentWorld::volumes(&self.web), sink)
    }

    /// What the site's feed says of cases that changed: of each a paragraph that names the case in its
    /// `data-case`. Only of a report that is held against an earlier edition; none if its own templates do
    /// without these words.
    ///
    /// # Errors
    ///
    /// What Typst refuses, pointing into the templates where it can.
    pub fn feed(&self, sink: &mut Sink) -> Result<Option<HtmlDocument>, Vec<Diagnostic>> {
        let data = self.site.as_ref().map(|site| site.inputs.changes());
        let words = || self.compile(&DocumentWorld::feed(self.world_of_site(), data), sink);
        self.words_feed.then(words).transpose()
    }

    /// What an export refuses, as diagnostics.
    ///
    /// # Errors
    ///
    /// The same errors, pointing into the submissions where they can.
    pub fn exported<T>(&self, result: SourceResult<T>) -> Result<T, Vec<Diagnostic>> {
        result.map_err(|errors| errors.iter().map(|error| self.remark(error)).collect())
    }

    /// A drawing in SVG as a web page may show it: what can be seen of it and nothing else. None if it
    /// cannot be drawn.
    pub fn inert_drawing(&self, svg: &[u8]) -> Option<String> {
        self.pictures.get_or_init(|| Pictures::new(&self.fonts)).inert(svg)
    }

    /// The date of the report.
    pub fn date(&self) -> Option<Datetime> {
        self.date
    }

    /// A style sheet of the web pages by its path among the templates, if the casebook has one of its own.
    pub fn own_style(&self, path: &str) -> Option<&str> {
        Some(templates::without_head(self.sources.get(self.own.source(path)?).text()))
    }

    /// The title of the report, which no other part of the same cases has.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the group's own colours change in the style sheet of the web pages.
    pub fn css(&self) -> Option<String> {
        self.palette.map(Palette::css)
    }

    /// The world of the site; without a site, one in which none of its pages can be found.
    fn world_of_site(&self) -> &ReportWorld {
        self.site.as_ref().map_or(&self.web, |site| &site.world)
    }

    fn compile<T: Output>(&self, world: &dyn World, sink: &mut Sink) -> Result<T, Vec<Diagnostic>> {
        let Warned { output, warnings } = typst::compile::<T>(world);
        let about_html = |warning: &&SourceDiagnostic| !remarks::is_expected(warning);
        sink.extend(warnings.iter().filter(about_html).map(|warning| self.remark(warning)));
        self.exported(output)
    }

    fn remark(&self, remark: &SourceDiagnostic) -> Diagnostic {
        let (world, spans, own, lost) = (&self.pages, &self.spans, &self.own, &self.lost);
        remarks::convert(remark, &Finder { world, spans, own, lost, sources: self.sources })
    }
}

/// What the built-in templates look for in `sys.inputs` and find without any report: the language of their
/// words by its tag, and functions.
pub fn functions(language: &str) -> Dict {
    inputs::functions(language).into_dict()
}

/// Lets go of what Typst remembers of the documents made so far, to be quick should they come again.
pub fn forget() {
    typst::comemo::evict(0);
}

/// Lets go of what was not used since the last time that this was called.
pub fn forget_unused() {
    typst::comemo::evict(1);
}

/// The files that a report is made of, each by its path from the root.
fn inputs_of<'a>(
    report: &'a Report,
    sources: &'a SourceMap,
) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    let texts = sources.files().map(|file| (file.path(), file.text().as_bytes()));
    let brought = report.assets.values().chain(report.fonts.values());
    texts.chain(brought.map(|asset| (asset.path.as_str(), asset.bytes.as_slice())))
}

/// The edition's date, else the timestamp's day.
fn date_of(report: &Report, timestamp: Option<i64>) -> Option<Datetime> {
    let date = match report.manifest.edition {
        Some(edition) => edition.date,
        None => Date::at(timestamp?)?,
    };
    let (year, month, day) = date.first_day();
    Datetime::from_ymd(year, month, day)
}
