//! Owns `feed.xml`: the cases for those who follow the report.
//!
//! Held against an earlier edition, the feed has the cases that are new and those that changed; else it has
//! all cases. Each has the date of the edition. An entry is known by the address of its page, so that a
//! reader shows what is new to it.

use std::collections::BTreeMap;

use atom_syndication::{
    Category, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, TextType, WriteConfig,
};
use typst_html::{HtmlAttr, HtmlDocument};

use super::Address;
use super::one_line::one_line;
use crate::export::dom::{each_element, words};
use crate::export::media_type::media_type;
use crate::model::{Case, Report};
use crate::typeset::{Page, Shows};

/// The path of the feed in the site.
pub(super) const PATH: &str = "feed.xml";

/// What names a case in the words of the feed.
const CASE: HtmlAttr = HtmlAttr::constant("data-case");

/// What is said of each case that changed, by its id.
pub(super) fn what_changed(mut words_of_feed: HtmlDocument) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    each_element(words_of_feed.root_mut(), &mut |element| {
        if let Some(id) = element.attrs.get(CASE) {
            told.insert(id.to_string(), words(element));
        }
    });
    told
}

/// The feed of the cases that have a page, or of those that are new or changed; none if the edition has no
/// date to the day.
pub(super) fn feed(
    report: &Report,
    address: &Address,
    pages: &[Page],
    told: &BTreeMap<String, String>,
) -> Option<Vec<u8>> {
    let manifest = &report.manifest;
    let date = manifest.edition?.date;
    date.day?;
    let updated: FixedDateTime = format!("{date}T00:00:00Z").parse().ok()?;
    let is_news = |case: &Case| match &report.earlier {
        Some(earlier) => earlier.added.contains(&case.id) || earlier.changed.contains_key(&case.id),
        None => true,
    };
    let entries = pages.iter().filter_map(|page| {
        let Shows::Case(position) = page.shows else { return None };
        let case = report.cases.get(position).filter(|case| is_news(case))?;
        let changed = told.get(&case.id).map(String::as_str);
        Some(entry(report, case, changed, &address.of(&page.path), updated))
    });
    let people = manifest.editors.iter().map(|editor| &editor.name).chain(&manifest.publisher);
    // A feed must have an author.
    let author = people.chain([&manifest.title]).next().map(|name| person(name));
    let feed = Feed {
        title: text(&report.distinct_title()),
        id: address.of("index.html"),
        updated,
        authors: author.into_iter().collect(),
        subtitle: manifest.subtitle.as_deref().map(text),
        rights: manifest.licence.as_deref().map(text),
        lang: Some(manifest.language.clone()),
        generator: Some(Generator { value: "casebook".to_owned(), ..Generator::default() }),
        links: vec![
            link("alternate", &address.of("index.html"), "text/html"),
            link("self", &address.of(PATH), media_type(PATH)),
        ],
        entries: entries.collect(),
        ..Feed::default()
    };
    let config = WriteConfig { indent_size: Some(2), ..WriteConfig::default() };
    let mut bytes = feed.write_with_config(Vec::new(), config).ok()?;
    bytes.push(b'\n');
    Some(bytes)
}

/// A case, with what changed in it before what it is about.
fn entry(
    report: &Report,
    case: &Case,
    changed: Option<&str>,
    address: &str,
    updated: FixedDateTime,
) -> Entry {
    let about = case.summary.as_ref().map(|summary| summary.value.as_str());
    let summary: Vec<&str> = changed.into_iter().chain(about).collect();
    let themes = case.themes.iter();
    let category = |key: &String| Category {
        term: key.clone(),
        label: report.manifest.themes.get(key).map(|theme| one_line(&theme.title)),
        ..Category::default()
    };
    Entry {
        title: text(&case.title),
        id: address.to_owned(),
        updated,
        summary: (!summary.is_empty()).then(|| text(&summary.join(" "))),
        categories: themes.map(category).collect(),
        links: vec![link("alternate", address, "text/html")],
        rights: case.licence.as_deref().map(text),
        ..Entry::default()
    }
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn person(name: &str) -> Person {
    Person { name: one_line(name), ..Person::default() }
}

/// A text that is no markup.
fn text(value: &str) -> Text {
    Text { value: one_line(value), r#type: TextType::Text, ..Text::default() }
}
