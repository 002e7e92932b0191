//! Owns `feed.xml`: the cases for those who follow the report.
//!
//! A casebook does not know what was in the edition before. So the feed lists all cases of the edition,
//! with its date. An entry is known by the address of its page, so that a reader shows what is new to it.

use atom_syndication::{
    Category, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, TextType, WriteConfig,
};

use super::Address;
use super::one_line::one_line;
use crate::export::media_type::media_type;
use crate::model::{Case, Report};
use crate::typeset::{Page, Shows};

/// The path of the feed in the site.
pub(super) const PATH: &str = "feed.xml";

/// The feed of all cases that have a page; none if the edition has no date to the day.
pub(super) fn feed(report: &Report, address: &Address, pages: &[Page]) -> Option<Vec<u8>> {
    let manifest = &report.manifest;
    let date = manifest.edition?.date;
    date.day?;
    let updated: FixedDateTime = format!("{date}T00:00:00Z").parse().ok()?;
    let entries = pages.iter().filter_map(|page| match page.shows {
        Shows::Case(position) => {
            Some(entry(report, report.cases.get(position)?, &address.of(&page.path), updated))
        }
        _ => None,
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

fn entry(report: &Report, case: &Case, address: &str, updated: FixedDateTime) -> Entry {
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
        summary: case.summary.as_ref().map(|summary| text(&summary.value)),
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
