//! Owns the plan of the site: which pages there are, where each stands, and in which order.

mod digests;
mod file_names;

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown;
use crate::model::{Case, ContentItem, Outcome, Report, Section};
use crate::vocab::Region;

pub(super) use self::digests::PageInputs;
use self::file_names::FileNames;

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path from the folder of the site, with slashes.
    pub path: String,
    /// What it shows.
    pub shows: Shows,
}

impl Page {
    /// The path of the page itself, which is the first, or of a further one of the same.
    ///
    /// What can be too long for a page stands beside the first page of the site, where no name comes from a
    /// casebook.
    pub(super) fn path_of(&self, number: usize) -> String {
        match self.path.strip_suffix(".html") {
            Some(stem) if number > 1 => format!("{stem}-{number}.html"),
            _ => self.path.clone(),
        }
    }
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// The report at a glance, with ways to all of it.
    Home,
    /// A chapter, by its number among the contents.
    Chapter(usize),
    /// A generated section; that of the cases is the list of them.
    Section(Section),
    /// The cases behind the figures.
    CaseLists,
    /// The imprint and how to cite.
    About,
    /// All themes.
    Themes,
    /// A theme, by its key.
    Theme(String),
    /// All countries and regions.
    Regions,
    /// A region or a country, by its code.
    Region(String),
    /// A case, by its position in the report.
    Case(usize),
    /// More of what is too long for one page, by the number of the page: 2 and so on.
    More(Box<Shows>, usize),
}

/// The pages of a report, those that readers walk through in order first and the cases last.
pub(super) struct Plan {
    pages: Vec<Page>,
    /// The number of the page that shows something.
    numbers: BTreeMap<Shows, usize>,
}

impl Plan {
    pub(super) fn of(report: &Report) -> Self {
        let mut plan = Self { pages: Vec::new(), numbers: BTreeMap::new() };
        let mut names = FileNames::default();
        plan.add(names.keep("index.html"), Shows::Home);
        let has_cases = plan.contents(report, &mut names);
        plan.add(names.keep("about.html"), Shows::About);
        if has_cases {
            plan.add(names.keep("lists.html"), Shows::CaseLists);
            if !report.manifest.themes.is_empty() {
                plan.add(names.keep("themes/index.html"), Shows::Themes);
            }
            for key in report.manifest.themes.keys() {
                plan.add(names.of("themes", key), Shows::Theme(key.to_owned()));
            }
            let regions = regions(report);
            if !regions.is_empty() {
                plan.add(names.keep("regions/index.html"), Shows::Regions);
            }
            for code in regions {
                plan.add(names.of("regions", &code), Shows::Region(code));
            }
            for (position, case) in report.cases.iter().enumerate() {
                plan.add(names.of("cases", &case.id), Shows::Case(position));
            }
        }
        plan
    }

    /// Adds the further pages of one that is too long, so that it has so many in all.
    pub(super) fn lengthen(&mut self, number: usize, pages: usize) {
        let Some(page) = self.pages.get(number).cloned() else { return };
        for more in 2..=pages {
            self.add(page.path_of(more), Shows::More(Box::new(page.shows.clone()), more));
        }
    }

    /// All pages.
    pub(super) fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page that shows something; none if no page does.
    pub(super) fn page(&self, shows: &Shows) -> Option<&Page> {
        self.pages.get(*self.numbers.get(shows)?)
    }

    /// The pages of the manifest's contents; whether the cases are among them.
    fn contents(&mut self, report: &Report, names: &mut FileNames) -> bool {
        let mut seen = BTreeSet::new();
        for (number, item) in report.manifest.contents.iter().enumerate() {
            match item {
                ContentItem::Chapter { path, .. } => {
                    let name = path.value.rsplit('/').next().unwrap_or_default();
                    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                    self.add(names.of("chapters", stem), Shows::Chapter(number));
                }
                ContentItem::Section { section, .. }
                    if has_content(section.value, report)
                        && seen.insert(section.value.as_str()) =>
                {
                    let path = match section.value {
                        Section::Cases => names.keep("cases/index.html"),
                        section => names.keep(&format!("{}.html", section.as_str())),
                    };
                    self.add(path, Shows::Section(section.value));
                }
                ContentItem::Section { .. } => {}
            }
        }
        seen.contains(Section::Cases.as_str())
    }

    fn add(&mut self, path: String, shows: Shows) {
        self.numbers.insert(shows.clone(), self.pages.len());
        self.pages.push(Page { path, shows });
    }
}

/// Whether a generated section has anything to show: one without is no page.
fn has_content(section: Section, report: &Report) -> bool {
    let manifest = &report.manifest;
    let any = |has: fn(&Case) -> bool| report.cases.iter().any(has);
    match section {
        Section::Overview | Section::Cases | Section::Coverage | Section::Colophon => true,
        Section::Changes => report.earlier.is_some(),
        Section::Timeline => any(|case| case.period.is_some()),
        Section::Lessons => any(|case| {
            let lessons = &case.lessons;
            let all = [&lessons.worked, &lessons.did_not_work, &lessons.advice];
            all.iter().any(|points| !points.is_empty())
        }),
        Section::Setbacks => any(|case| {
            matches!(case.outcome, Some(Outcome::Failed | Outcome::NoEffect | Outcome::Mixed))
        }),
        Section::Barriers => any(|case| !case.challenges.is_empty()),
        Section::Evidence => any(|case| !case.results.is_empty() || !case.scale.is_empty()),
        Section::Money => any(|case| !case.funding.is_empty() || !case.costs.is_empty()),
        Section::Technologies => any(|case| {
            let mut found = case.technology.iter();
            found.any(|found| !found.standards.is_empty() || !found.components.is_empty())
        }),
        Section::Completeness => !manifest.checklists.is_empty(),
        Section::Activities => !manifest.activities.is_empty(),
        Section::Network => manifest.network.is_some() || !manifest.links.is_empty(),
        Section::Glossary => !manifest.glossary.is_empty(),
        Section::Indexes => !report.cases.is_empty(),
        Section::Sources => !manifest.sources.is_empty() || any(|case| !case.sources.is_empty()),
    }
}

/// The codes of all regions that cases lie in, with those around them: each below the one around it,
/// in the order of the codes.
fn regions(report: &Report) -> Vec<String> {
    let codes: BTreeSet<&str> =
        report.cases.iter().flat_map(|case| &case.regions).map(String::as_str).collect();
    let known = codes.into_iter().filter_map(|code| report.regions.find(code).ok());
    let all = known.flat_map(|region| region.with_all_around().collect::<Vec<Region>>());
    let sorted: BTreeMap<String, ()> = all.map(|region| (region.code().to_owned(), ())).collect();
    sorted.into_keys().collect()
}

/// The title of a chapter by its number among the contents: its first heading, else its path.
pub(super) fn chapter_title(report: &Report, number: usize) -> Option<String> {
    let ContentItem::Chapter { path, .. } = report.manifest.contents.get(number)? else {
        return None;
    };
    let chapter = report.chapters.get(&path.value);
    let heading = chapter.and_then(|chapter| markdown::title(&chapter.text.value));
    Some(heading.filter(|found| !found.trim().is_empty()).unwrap_or_else(|| path.value.clone()))
}
