//! Owns the data that the templates get: a report as Typst values, its texts as content.

mod back;
mod case;
mod case_lists;
mod changes;
mod chosen;
mod completeness;
mod cut;
mod directives;
mod edition;
mod evidence;
mod figures;
mod finder;
mod map;
mod mentions;
mod own;
mod references;
mod selections;
mod site;
mod style;
mod summaries;
mod text;
mod volumes;

use std::collections::BTreeMap;

use rayon::prelude::*;
use typst::foundations::{Array, Datetime, Dict, Func, IntoValue, NativeFuncData, Str, Value};

use super::site::{Plan, Shows};
use super::spans::SpanTable;
use super::{advance, drawing, foresight, links, sealed, tables, web, wording};
use crate::aggregate::{Corpus, Dimensions, Figures, choices};
use crate::bibliography::Bibliography;
use crate::language::{self, Collation};
use crate::markdown::Part;
use crate::model::{
    Activity, Chapter, ContentItem, Described, Edition, GroupBy, Link, Manifest, Network, Period,
    Project, Report, Section, Sources,
};
use crate::vocab::{Gazetteer, Region};

use self::case_lists::CaseLists;
use self::chosen::Chosen;
use self::directives::Directives;
use self::mentions::Mentions;
use self::selections::Selections;
use self::site::Site;
use self::text::Texts;
pub(super) use self::volumes::volumes;

/// The label of the part of the report that something shows, if it is one; `id` is that of a case.
pub(super) fn part_label<'i>(
    shows: &Shows,
    id: impl Fn(usize) -> Option<&'i str>,
) -> Option<String> {
    match shows {
        Shows::Case(position) => id(*position).map(text::case_label),
        Shows::Chapter(number) => Some(text::chapter_label(*number)),
        Shows::Section(section) => Some(text::section_label(section.as_str())),
        Shows::CaseLists => Some(text::section_label("case-lists")),
        Shows::More(shows, _) => part_label(shows, id),
        Shows::Home
        | Shows::About
        | Shows::Themes
        | Shows::Theme(_)
        | Shows::Regions
        | Shows::Region(_) => None,
    }
}

/// With more rows than this, a chart with a row for each thing tells less than their counts or a table.
const MOST_ROWS: usize = 60;

/// What a report is typeset from.
pub(super) struct Inputs {
    /// What stands in `sys.inputs` whatever is made: the look, and what words.typ and others need.
    pub(super) around: Fields,
    /// The data of the whole report.
    pub(super) report: Dict,
    /// Those of the site, if one is planned.
    pub(super) site: Option<SiteInputs>,
    /// How the finder is asked for the cases behind a figure, by the label of their list.
    pub(super) queries: BTreeMap<String, String>,
}

/// What a site is made from.
pub(super) struct SiteInputs {
    /// What every page shows around what is its own.
    pub(super) furniture: Value,
    /// The pages by their numbers in the plan.
    pub(super) pages: Vec<Value>,
}

/// The inputs of a report, with those of the pages of a site if one is planned; and, for the web, with how
/// finders are asked. What turns out too long for a page of the site gets further ones.
pub(super) fn of(
    report: &Report,
    figures: &Figures,
    spans: &SpanTable,
    date: Option<Datetime>,
    digest: &str,
    plan: Option<&mut Plan>,
    for_web: bool,
) -> Inputs {
    let bibliography = Bibliography::of(report);
    let mentions = Mentions::new(report);
    let texts = Texts::new(report, spans, &mentions, &bibliography);
    let manifest = &report.manifest;
    let collation = Collation::of(&manifest.language);
    let mut out = Fields::new();
    out.put("title", manifest.title.as_str());
    out.put("subtitle", manifest.subtitle.as_deref());
    out.put("language", language(&manifest.language));
    out.put("notice", manifest.notice.as_deref());
    out.put("date", date);
    out.put("style", style::value(&manifest.style, &texts));
    let is_draft = report.draft.is_some();
    out.put("edition", manifest.edition.map(|found| edition(found, is_draft)));
    out.put("part", report.part.as_ref().map(|found| edition::part(found, report)));
    out.put("draft", report.draft.as_ref().map(edition::draft));
    out.put("publisher", manifest.publisher.as_deref());
    out.put("licence", manifest.licence.as_deref());
    out.put("isbn", manifest.isbn.as_deref());
    out.put("doi", manifest.doi.as_deref());
    out.put("url", manifest.url.as_deref());
    out.put("series", manifest.series.as_deref());
    out.put("contact", manifest.contact.as_ref().map(back::contact));
    out.put("citation", back::citation(manifest, date));
    out.put(
        "editors",
        list(&manifest.editors, |editor| {
            let mut out = Fields::new();
            out.put("name", editor.name.as_str());
            out.put("affiliation", editor.affiliation.as_deref());
            out.done()
        }),
    );
    out.put(
        "working-group",
        manifest.working_group.as_ref().map(|group| {
            let mut out = Fields::new();
            out.put("name", group.name.as_str());
            out.put("description", group.description.as_ref().map(|text| texts.group(text)));
            out.put("url", group.url.as_deref());
            out.done()
        }),
    );
    out.put(
        "network",
        manifest.network.as_ref().map(|found| network(found, &report.regions, &texts)),
    );
    out.put("activities", list(&manifest.activities, |found| activity(found, &texts)));
    out.put("links", links(&manifest.links));
    let cases = report.cases.par_iter().map(|found| case::value(found, report, &texts));
    out.put("cases", cases.collect::<Vec<_>>());
    out.put("themes", summaries::themes(report));
    let by = group_by(manifest);
    let grouped = summaries::grouped(report, by, &collation);
    out.put("groups", summaries::groups(report, by, &grouped));
    let dimensions = Dimensions::of(manifest, &report.regions);
    let choices = choices(&Corpus::new(&report.cases, dimensions));
    let selections = for_web.then(|| Selections::of(&choices, report));
    let mut case_lists = CaseLists::new(report, &mentions, selections.as_ref());
    out.put("figures", figures::of(report, figures, &collation, &mut case_lists));
    out.put("evidence", evidence::of(report, &mentions, &figures.evidence));
    out.put("timeline", figures::timeline(report, &mentions, figures, Chosen::All));
    let map = out.part("figures").and_then(|figures| figures.get("map").ok().cloned());
    let mut directives = Directives::new(report, &mentions, figures, &collation, &mut case_lists);
    let contents = (manifest.contents.iter().enumerate())
        .map(|(number, item)| content_item(item, number, report, &texts, &mut directives));
    out.put("contents", contents.collect::<Array>());
    out.put("case-lists", case_lists.value());
    let earlier = report.earlier.as_ref();
    out.put("changes", earlier.map(|earlier| changes::of(report, &mentions, earlier, &collation)));
    out.put("lessons", summaries::lessons(report, &texts));
    out.put("setbacks", summaries::setbacks(report, &texts));
    out.put("indexes", summaries::indexes(report, &mentions, &collation));
    out.put("completeness", completeness::lists(report, &mentions, Chosen::All));
    out.put("finder", finder::value(report, choices, map, &collation));
    out.put("references", references::value(&bibliography, report));
    out.put("glossary", back::glossary(report, &texts, &collation));
    out.put("colophon", back::colophon(report, digest));
    let site = plan.map(|plan| {
        let order: Vec<usize> = grouped.into_iter().flat_map(|(_, cases)| cases).collect();
        let directives = Directives::new(report, &mentions, figures, &collation, &mut case_lists);
        let (parts, furniture) = {
            let mut site = Site::new(report, plan, &out.0, directives, &order);
            (site.pages(), site.furniture())
        };
        let mut pages: Vec<Value> =
            parts.iter().filter_map(|parts| parts.first().cloned()).collect();
        for (number, parts) in parts.into_iter().enumerate() {
            plan.lengthen(number, parts.len());
            pages.extend(parts.into_iter().skip(1));
        }
        SiteInputs { furniture, pages }
    });
    let queries = case_lists.into_queries();
    Inputs { around: around(report, &out), report: out.0, site, queries }
}

/// What stands in `sys.inputs` whatever is made of a report.
fn around(report: &Report, made: &Fields) -> Fields {
    let mut out = functions(&report.manifest.language);
    out.put("in-one-language", wording::is_in_one_language(report));
    out.put("style", made.0.get("style").cloned().unwrap_or_default());
    out
}

/// What templates call of casebook, by the names that they know.
pub(super) fn functions(language: &str) -> Fields {
    let mut out = Fields::new();
    wording::put(&mut out, language);
    foresight::put(&mut out);
    advance::put(&mut out);
    drawing::put(&mut out);
    tables::put(&mut out);
    links::put(&mut out);
    web::put(&mut out);
    sealed::put(&mut out);
    out
}

/// A dictionary in the making.
#[derive(Clone)]
pub(super) struct Fields(Dict);

impl Fields {
    fn new() -> Self {
        Self(Dict::new())
    }

    pub(super) fn put(&mut self, key: &str, value: impl IntoValue) {
        self.0.insert(Str::from(key), value.into_value());
    }

    /// Puts functions under their own names.
    pub(super) fn put_functions(&mut self, functions: &[&'static NativeFuncData]) {
        for function in functions {
            self.put(function.name, Func::from(*function));
        }
    }

    /// A dictionary among what was put so far.
    fn part(&self, key: &str) -> Option<&Dict> {
        match self.0.get(key) {
            Ok(Value::Dict(part)) => Some(part),
            _ => None,
        }
    }

    fn done(self) -> Value {
        Value::Dict(self.into_dict())
    }

    pub(super) fn into_dict(self) -> Dict {
        self.0
    }
}

fn list<T>(items: &[T], make: impl FnMut(&T) -> Value) -> Array {
    items.iter().map(make).collect()
}

fn words(items: &[String]) -> Array {
    list(items, |word| word.as_str().into_value())
}

/// A language by its tag, in the parts that Typst wants, and whether Typst can break its words.
fn language(tag: &str) -> Value {
    let mut out = Fields::new();
    out.put("tag", tag);
    out.put("code", language::base(tag));
    out.put("country", language::country(tag));
    out.put("hyphenated", language::is_hyphenated(tag));
    out.done()
}

fn edition(edition: Edition, is_draft: bool) -> Value {
    let mut out = Fields::new();
    out.put("number", edition.number.map(i64::from));
    out.put("date", edition.date.to_string());
    out.put("draft", is_draft);
    out.done()
}

fn period(period: Option<&Period>) -> Option<Value> {
    period.map(|period| {
        let mut out = Fields::new();
        out.put("start", period.start.to_string());
        out.put("end", period.end.map(|end| end.to_string()));
        out.done()
    })
}

fn region(code: &str, regions: &Gazetteer) -> Value {
    let mut out = Fields::new();
    out.put("code", code);
    let parsed = regions.find(code).ok();
    out.put("name", parsed.as_ref().map_or_else(|| code.to_owned(), Region::full_name));
    let country = parsed.map(|region| region.country());
    out.put("country", country.as_ref().map(|country| country.name().to_owned()));
    out.done()
}

fn links(links: &[Link]) -> Array {
    list(links, |link| {
        let mut out = Fields::new();
        out.put("title", link.title.as_str());
        out.put("url", link.url.as_str());
        out.put("note", link.note.as_deref());
        out.done()
    })
}

/// Sources in the order of their keys, each with its number and its label.
fn sources(sources: &Sources, label: impl Fn(&str) -> String) -> Array {
    let numbered = sources.iter().zip(1..);
    numbered
        .map(|((key, source), number): (_, i64)| {
            let mut out = Fields::new();
            out.put("key", key.0.as_str());
            out.put("number", number);
            out.put("label", label(&key.0));
            out.put("title", source.title.as_str());
            out.put("author", source.author.as_deref());
            out.put("publisher", source.publisher.as_deref());
            out.put("year", source.year.map(i64::from));
            out.put("url", source.url.as_deref());
            out.put("doi", source.doi.as_deref());
            out.put("accessed", source.accessed.map(|date| date.to_string()));
            out.done()
        })
        .collect()
}

fn described(items: &[Described], texts: &Texts<'_>) -> Array {
    list(items, |item| {
        let mut out = Fields::new();
        out.put("name", item.name.as_str());
        out.put("description", item.description.as_ref().map(|text| texts.group(text)));
        out.put("url", item.url.as_deref());
        out.done()
    })
}

fn network(network: &Network, regions: &Gazetteer, texts: &Texts<'_>) -> Value {
    let mut out = Fields::new();
    out.put("name", network.name.as_str());
    out.put("description", network.description.as_ref().map(|text| texts.group(text)));
    out.put("origin", network.origin.as_ref().map(|text| texts.group(text)));
    out.put("countries", list(&network.countries, |code| region(code, regions)));
    out.put(
        "members",
        list(&network.members, |member| {
            let mut out = Fields::new();
            out.put("name", member.name.as_str());
            out.put("region", member.region.as_deref().map(|code| region(code, regions)));
            out.put("note", member.note.as_deref());
            out.put("url", member.url.as_deref());
            out.done()
        }),
    );
    out.put("bodies", described(&network.bodies, texts));
    out.put("projects", list(&network.projects, |found| project(found, texts)));
    out.put("expert-groups", described(&network.expert_groups, texts));
    out.put("event-types", described(&network.event_types, texts));
    out.done()
}

fn project(project: &Project, texts: &Texts<'_>) -> Value {
    let mut out = Fields::new();
    out.put("name", project.name.as_str());
    out.put("period", period(project.period.as_ref()));
    out.put("description", project.description.as_ref().map(|text| texts.group(text)));
    out.put("url", project.url.as_deref());
    out.done()
}

fn activity(activity: &Activity, texts: &Texts<'_>) -> Value {
    let mut out = Fields::new();
    out.put("title", activity.title.as_str());
    out.put("type", activity.kind.as_str());
    out.put("date", activity.date.map(|date| date.to_string()));
    out.put("end", activity.end.map(|date| date.to_string()));
    out.put("place", activity.place.as_deref());
    out.put("description", activity.description.as_ref().map(|text| texts.group(text)));
    out.put("url", activity.url.as_deref());
    out.done()
}

fn content_item(
    item: &ContentItem,
    number: usize,
    report: &Report,
    texts: &Texts<'_>,
    directives: &mut Directives<'_, '_>,
) -> Value {
    let mut out = content_item_words(item);
    if let ContentItem::Chapter { path, .. } = item {
        let chapter = report.chapters.get(&path.value);
        // A draft may lack the chapter.
        let parts = chapter.map(|chapter| chapter_parts(chapter, number, texts, directives));
        out.put("parts", parts.unwrap_or_default());
    }
    out.done()
}

/// An entry of the contents without what it holds.
fn content_item_words(item: &ContentItem) -> Fields {
    let mut out = Fields::new();
    match item {
        ContentItem::Chapter { .. } => out.put("kind", "chapter"),
        ContentItem::Section { section, .. } => {
            out.put("kind", "section");
            out.put("section", section.value.as_str());
        }
    }
    out
}

/// The parts of a chapter: its texts as content, and what it places between them as dictionaries.
fn chapter_parts(
    chapter: &Chapter,
    number: usize,
    texts: &Texts<'_>,
    directives: &mut Directives<'_, '_>,
) -> Array {
    let parts = texts.chapter(chapter, number).into_iter();
    parts
        .filter_map(|part| match part {
            Part::Text(content) => Some(content.into_value()),
            Part::Directive(at) => {
                let mut all = chapter.directives.iter();
                let directive = all.find(|directive| directive.span.range().start == at)?;
                Some(directives.value(directive))
            }
        })
        .collect()
}

/// How the section of cases is grouped, where the report has one.
fn group_by(manifest: &Manifest) -> GroupBy {
    let wanted = manifest.contents.iter().find_map(|item| match item {
        ContentItem::Section { section, by, .. } if section.value == Section::Cases => Some(*by),
        _ => None,
    });
    wanted.unwrap_or_default()
}
