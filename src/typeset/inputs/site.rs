//! Owns what the pages of the site get: each what it shows, and all of them the way around.

use std::collections::BTreeMap;

use typst::foundations::{Array, Dict, IntoValue, Value};

use super::directives::Directives;
use super::{Fields, case, content_item_words, cut, list};
use crate::aggregate::Facet;
use crate::model::{
    CasesAs, Chapter, Condition, ContentItem, Directive, Drawn, Placed, Report, Section, Subject,
};
use crate::source::{Span, Spanned};
use crate::typeset::site::{Page, Plan, Shows, chapter_title};

/// The parts of a report that grow with its cases: a page gets those that it shows.
const LARGE: &[&str] = &[
    "cases",
    "groups",
    "figures",
    "evidence",
    "timeline",
    "contents",
    "case-lists",
    "changes",
    "lessons",
    "setbacks",
    "indexes",
    "completeness",
    "references",
    "finder",
];

/// What of the report every page shows or says of itself.
const FURNITURE: &[&str] = &[
    "title",
    "subtitle",
    "part",
    "draft",
    "language",
    "date",
    "edition",
    "editors",
    "publisher",
    "licence",
    "url",
    "doi",
];

/// How many cases there must be for a chart of them to tell more than their list.
const CHARTED: usize = 3;

/// What the pages are made from.
pub(super) struct Site<'a, 'p, 'l> {
    report: &'a Report,
    plan: &'p Plan,
    /// The whole report as the templates of documents get it.
    whole: &'a Dict,
    directives: Directives<'a, 'l>,
    /// The pages that readers walk through.
    walk: Vec<&'p Page>,
    /// The pages of the cases in the order in which the report shows them, and the place of each case.
    cases: Vec<&'p Page>,
    places: BTreeMap<usize, usize>,
    /// The pages of regions, by the code of the region around them.
    regions: BTreeMap<Option<String>, Vec<&'p Page>>,
}

impl<'a, 'p, 'l> Site<'a, 'p, 'l> {
    /// `order` is that in which the report shows the cases.
    pub(super) fn new(
        report: &'a Report,
        plan: &'p Plan,
        whole: &'a Dict,
        directives: Directives<'a, 'l>,
        order: &[usize],
    ) -> Self {
        let walk = plan.pages().iter().filter(|page| is_walked(page)).collect();
        let cases = order.iter().filter_map(|position| plan.page(&Shows::Case(*position)));
        let places = order.iter().copied().zip(0..).collect();
        let mut regions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for page in plan.pages() {
            let Shows::Region(code) = &page.shows else { continue };
            let parent = report.regions.find(code).ok().and_then(|region| region.parent());
            regions.entry(parent.map(|parent| parent.code().to_owned())).or_default().push(page);
        }
        Self { report, plan, whole, directives, walk, cases: cases.collect(), places, regions }
    }

    /// Every page of the plan as a dictionary, in its order, or as several where it is too long for one.
    pub(super) fn pages(&mut self) -> Vec<Vec<Value>> {
        let pages = self.plan.pages();
        let conditions: Vec<Condition> = pages.iter().filter_map(condition_of).collect();
        self.directives.draw_maps_ahead(&conditions, CHARTED);
        let mut made: Vec<Vec<Value>> = pages.iter().map(|page| self.parts_of(page)).collect();
        // The figures of all pages lead to the lists, so these come last.
        let lists = pages.iter().position(|page| page.shows == Shows::CaseLists);
        if let Some((number, place)) =
            lists.and_then(|number| Some((number, made.get_mut(number)?)))
        {
            *place = self.parts_of(&pages[number]);
        }
        made
    }

    /// A page, or the pages that it takes.
    fn parts_of(&mut self, page: &Page) -> Vec<Value> {
        let whole = self.page(page);
        let cut = cut::rows(&page.shows).and_then(|rows| {
            let report = whole.part("report")?;
            let parts = rows.cut(report.get(rows.part).ok()?);
            Some((rows.part, report, parts)).filter(|(_, _, parts)| parts.len() > 1)
        });
        let Some((key, report, parts)) = cut else { return vec![whole.done()] };
        let pages: Array =
            (1..=parts.len()).map(|number| page.path_of(number).into_value()).collect();
        let numbered = parts.into_iter().zip(1_i64..).zip(pages.clone());
        numbered
            .map(|((part, number), path)| {
                let mut report = report.clone();
                report.insert(key.into(), part);
                let mut out = whole.clone();
                out.put("path", path);
                out.put("number", number);
                out.put("pages", pages.clone());
                out.put("report", report);
                out.done()
            })
            .collect()
    }

    /// What every page shows around what is its own.
    pub(super) fn furniture(&self) -> Value {
        let mut out = Fields::new();
        for key in FURNITURE {
            out.put(key, self.whole.get(key).cloned().unwrap_or_default());
        }
        let ways = [Shows::Section(Section::Cases), Shows::Themes, Shows::Regions, Shows::About];
        let ways = ways.iter().filter_map(|shows| self.plan.page(shows));
        out.put("ways", ways.map(|page| self.entry(page).done()).collect::<Array>());
        out.done()
    }

    fn page(&mut self, page: &Page) -> Fields {
        let mut out = self.entry(page);
        let (previous, next) = self.beside(page);
        out.put("previous", previous.map(|page| self.entry(page).done()));
        out.put("next", next.map(|page| self.entry(page).done()));
        let crumbs: Array =
            self.crumbs(page).into_iter().map(|page| self.entry(page).done()).collect();
        out.put("crumbs", crumbs);
        match &page.shows {
            Shows::Home => {
                out.put("report", self.slice(&["figures"]));
                out.put("themes", self.themes(|parent| parent.is_none()));
                out.put("regions", self.regions(None));
                let contents = self.walk.iter();
                out.put(
                    "contents",
                    contents.map(|page| self.entry(page).done()).collect::<Array>(),
                );
            }
            Shows::Chapter(number) => {
                out.put("report", self.slice(&self.needs_of_chapter(*number)));
                out.put("item", self.one_of("contents", *number));
            }
            Shows::Section(section) => out.put("report", self.slice(needs(*section))),
            Shows::CaseLists => {
                let mut report = self.slice(&[]);
                report.insert("case-lists".into(), self.directives.lists().into_value());
                out.put("report", report);
            }
            Shows::About => out.put("report", self.slice(&[])),
            Shows::Themes => out.put("themes", self.themes(|_| true)),
            Shows::Theme(key) => {
                let theme = self.report.manifest.themes.get(key);
                out.put("description", theme.and_then(|theme| theme.description.as_deref()));
                out.put("inside", self.themes(|parent| parent == Some(key.as_str())));
                let by_country = Subject::By(vec![unplaced("country")]);
                let figures = [
                    Subject::Named(Drawn::Map),
                    Subject::By(vec![unplaced("outcome")]),
                    by_country,
                ];
                out.put("parts", self.parts(page, figures.into()));
            }
            Shows::Regions => out.put("regions", self.tree(None)),
            Shows::Region(code) => {
                out.put("inside", self.regions(Some(code)));
                let figures = [Subject::Named(Drawn::Map), Subject::Named(Drawn::ThemeOutcome)];
                out.put("parts", self.parts(page, figures.into()));
            }
            Shows::Case(position) => {
                out.put("case", self.one_of("cases", *position));
                let case = self.report.cases.get(*position);
                let themes = case.into_iter().flat_map(|case| &case.themes);
                let themes = themes.map(|key| Some(Shows::Theme(key.clone())));
                out.put("theme-pages", self.ways(themes));
                let regions = case.into_iter().flat_map(|case| &case.regions);
                let regions = regions.map(|code| {
                    let region = self.report.regions.find(code).ok()?;
                    Some(Shows::Region(region.code().to_owned()))
                });
                out.put("region-pages", self.ways(regions));
            }
            // Made of the page that they are more of.
            Shows::More(..) => {}
        }
        out
    }

    /// What leads to the pages that show things, each none where no page does.
    fn ways(&self, shown: impl Iterator<Item = Option<Shows>>) -> Array {
        shown
            .map(|shows| self.plan.page(&shows?).map(|page| self.entry(page).done()))
            .map(IntoValue::into_value)
            .collect()
    }

    /// What leads to a page: its path, and its title or what it shows.
    fn entry(&self, page: &Page) -> Fields {
        let report = self.report;
        let mut out = Fields::new();
        out.put("path", page.path.as_str());
        let mut show = |kind: &str, title: Option<String>| {
            out.put("kind", kind);
            out.put("title", title);
        };
        match &page.shows {
            Shows::Home => show("home", None),
            Shows::Chapter(number) => show("chapter", chapter_title(report, *number)),
            Shows::Section(Section::Cases) => show("finder", None),
            Shows::Section(section) => {
                show("section", None);
                out.put("section", section.as_str());
            }
            Shows::CaseLists => show("case-lists", None),
            Shows::About => show("about", None),
            Shows::Themes => show("themes", None),
            Shows::Theme(key) => {
                let theme = report.manifest.themes.get(key);
                show("theme", theme.map(|theme| theme.title.clone()));
                out.put("key", key.as_str());
            }
            Shows::Regions => show("regions", None),
            Shows::Region(code) => {
                let region = report.regions.find(code).ok();
                show("region", region.map(|region| region.name().to_owned()));
                out.put("key", code.as_str());
            }
            Shows::Case(position) => {
                let case = report.cases.get(*position);
                show("case", case.map(|case| case.title.clone()));
                out.put("language", case.and_then(|case| case::language(case, report)));
            }
            Shows::More(..) => {}
        }
        out
    }

    /// The pages around a page, the outermost first.
    fn crumbs(&self, page: &Page) -> Vec<&'p Page> {
        let around: Vec<Shows> = match &page.shows {
            Shows::Home => return Vec::new(),
            Shows::Case(_) => vec![Shows::Section(Section::Cases)],
            Shows::Theme(key) => {
                let parent = self.report.manifest.themes.parent(key);
                let parent = parent.map(|parent| Shows::Theme(parent.to_owned()));
                [Shows::Themes].into_iter().chain(parent).collect()
            }
            Shows::Region(code) => {
                let region = self.report.regions.find(code).ok();
                let mut around: Vec<Shows> = (region.iter())
                    .flat_map(|region| region.with_all_around().skip(1))
                    .map(|around| Shows::Region(around.code().to_owned()))
                    .collect();
                around.push(Shows::Regions);
                around.reverse();
                around
            }
            _ => Vec::new(),
        };
        let around = [Shows::Home].into_iter().chain(around);
        around.filter_map(|shows| self.plan.page(&shows)).collect()
    }

    /// The pages before and after a page, among those that readers walk through, or among the cases.
    fn beside(&self, page: &Page) -> (Option<&'p Page>, Option<&'p Page>) {
        let (row, place) = match page.shows {
            Shows::Case(position) => (&self.cases, self.places.get(&position).copied()),
            _ => (&self.walk, self.walk.iter().position(|other| *other == page)),
        };
        let Some(place) = place else { return (None, None) };
        let at = |place: Option<usize>| row.get(place?).copied();
        (at(place.checked_sub(1)), at(place.checked_add(1)))
    }

    /// The report with those of its large parts that a page needs. Own templates may need any.
    fn slice(&self, needed: &[&str]) -> Dict {
        let mut out = self.whole.clone();
        if !self.report.templates.files.is_empty() {
            return out;
        }
        for part in LARGE.iter().filter(|part| !needed.contains(part)) {
            let empty = match *part {
                "contents" => {
                    list(&self.report.manifest.contents, |item| content_item_words(item).done())
                        .into_value()
                }
                "figures" | "evidence" | "changes" => Value::None,
                _ => Array::new().into_value(),
            };
            out.insert((*part).into(), empty);
        }
        if !needed.contains(&"colophon") {
            withhold_digest(&mut out);
        }
        out
    }

    /// The large parts of a report that the sections in a chapter show.
    fn needs_of_chapter(&self, number: usize) -> Vec<&'static str> {
        let report = self.report;
        let Some(ContentItem::Chapter { path, .. }) = report.manifest.contents.get(number) else {
            return Vec::new();
        };
        let sections = report.chapters.get(&path.value).into_iter().flat_map(Chapter::sections);
        sections.flat_map(|section| needs(section).iter().copied()).collect()
    }

    /// One of the things that a part of the report is a row of.
    fn one_of(&self, part: &str, number: usize) -> Option<Value> {
        let all = self.whole.get(part).ok()?.clone().cast::<Array>().ok()?;
        all.as_slice().get(number).cloned()
    }

    /// The themes that lie in a theme as asked, with their numbers of cases.
    fn themes(&self, is_wanted: impl Fn(Option<&str>) -> bool) -> Array {
        let themes = &self.report.manifest.themes;
        (self.plan.pages().iter())
            .filter_map(|page| {
                let Shows::Theme(key) = &page.shows else { return None };
                let parent = themes.parent(key);
                if !is_wanted(parent) {
                    return None;
                }
                let mut out = self.entry(page);
                out.put("parent", parent);
                let theme = themes.get(key);
                out.put("description", theme.and_then(|theme| theme.description.as_deref()));
                out.put("cases", self.directives.count(Facet::Theme, key));
                Some(out.done())
            })
            .collect()
    }

    /// The regions that lie directly in a region, or those that lie in none, with their numbers of
    /// cases.
    fn regions(&self, inside: Option<&str>) -> Array {
        let pages = self.regions.get(&inside.map(str::to_owned));
        let pages = pages.into_iter().flatten();
        pages.map(|page| self.region(page).done()).collect()
    }

    /// The regions in a region as a tree, each with those inside it.
    fn tree(&self, inside: Option<&str>) -> Array {
        let pages = self.regions.get(&inside.map(str::to_owned));
        let pages = pages.into_iter().flatten();
        pages
            .map(|page| {
                let mut out = self.region(page);
                let Shows::Region(code) = &page.shows else { return out.done() };
                out.put("inside", self.tree(Some(code)));
                out.done()
            })
            .collect()
    }

    fn region(&self, page: &Page) -> Fields {
        let mut out = self.entry(page);
        if let Shows::Region(code) = &page.shows {
            out.put("cases", self.directives.count(Facet::Region, code));
        }
        out
    }

    /// What a page about one value of a facet shows: figures, if there is enough to see, and the cases.
    fn parts(&mut self, page: &Page, figures: Vec<Subject>) -> Array {
        let conditions: Vec<Condition> = condition_of(page).into_iter().collect();
        let place = |places: Placed| Directive {
            span: Span::new(0, 0),
            places,
            conditions: conditions.clone(),
            caption: None,
        };
        let cases = self
            .directives
            .value(&place(Placed::Cases { shown_as: CasesAs::Cards, order: Vec::new() }));
        let count = cases
            .clone()
            .cast::<Dict>()
            .ok()
            .and_then(|cases| cases.get("count").ok().cloned()?.cast::<i64>().ok());
        let mut out = Array::new();
        if count.is_some_and(|count| count >= CHARTED as i64) {
            for figure in figures {
                out.push(self.directives.value(&place(Placed::Figure(figure))));
            }
        }
        out.push(cases);
        out
    }
}

/// Whether readers come to a page by going on from the one before.
fn is_walked(page: &Page) -> bool {
    matches!(page.shows, Shows::Home | Shows::Chapter(_) | Shows::Section(_) | Shows::About)
}

/// The parts of a report that a section shows and that pages without it do not get.
fn needs(section: Section) -> &'static [&'static str] {
    match section {
        Section::Overview
        | Section::Coverage
        | Section::Barriers
        | Section::Money
        | Section::Technologies => &["figures"],
        Section::Changes => &["changes"],
        Section::Timeline => &["figures", "timeline"],
        Section::Evidence => &["evidence"],
        Section::Cases => &["cases", "finder"],
        Section::Lessons => &["lessons"],
        Section::Setbacks => &["setbacks"],
        Section::Completeness => &["completeness"],
        Section::Indexes => &["indexes"],
        Section::Sources => &["references"],
        Section::Colophon => &["colophon"],
        Section::Activities | Section::Network | Section::Glossary => &[],
    }
}

/// What the cases fit that a page about one value of a facet shows.
fn condition_of(page: &Page) -> Option<Condition> {
    let (facet, value) = match &page.shows {
        Shows::Theme(key) => ("theme", key),
        Shows::Region(code) => ("region", code),
        _ => return None,
    };
    Some(Condition { facet: unplaced(facet), value: unplaced(value), negated: false })
}

/// Takes the digest of the casebook's files out of a report: it is another after every edit, and a page
/// that does not show it is the same.
fn withhold_digest(report: &mut Dict) {
    let Ok(Value::Dict(colophon)) = report.at_mut("colophon") else { return };
    colophon.insert("digest".into(), Value::None);
}

/// A word that no file holds.
fn unplaced(word: &str) -> Spanned<String> {
    Spanned { value: word.to_owned(), span: Span::new(0, 0) }
}
