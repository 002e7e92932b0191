//! Owns the way from a source as cases and the manifest write it to an entry that a style can set.

use std::str::FromStr;

use hayagriva::Entry;
use hayagriva::types::{
    Date as EntryDate, EntryType, FormatString, Person, Publisher, QualifiedUrl, StringChunk,
};

use super::identity::bare_doi;
use crate::model::{Date, Source};

/// A source as an entry. Its words stay as they were written: no style changes their case.
pub(super) fn of_source(key: &str, source: &Source) -> Entry {
    // Cases do not say whether it is a page, a paper or a report. As a report every style prints
    // its title, publisher and year.
    let mut entry = Entry::new(key, EntryType::Report);
    entry.set_title(verbatim(&source.title));
    if let Some(author) = &source.author {
        entry.set_authors(persons(author));
    }
    if let Some(publisher) = &source.publisher {
        entry.set_publisher(Publisher::new(Some(verbatim(publisher)), None));
    }
    if let Some(year) = source.year {
        entry.set_date(EntryDate::from_year(year));
    }
    if let Some(doi) = &source.doi {
        entry.set_doi(bare_doi(doi).to_owned());
    }
    let url = source.url.as_deref().and_then(|url| QualifiedUrl::from_str(url).ok());
    if let Some(url) = url {
        entry.set_url(QualifiedUrl { visit_date: source.accessed.map(entry_date), ..url });
    }
    entry
}

/// A text that styles print as it stands.
pub(super) fn verbatim(text: &str) -> FormatString {
    FormatString { value: StringChunk::verbatim(text.trim()).into(), short: None }
}

/// The authors of a line.
///
/// Names are parted by semicolons, and one with a single comma is a family name and what comes
/// before it. Any other is not taken apart: a group's name is not told from a person's by its looks.
pub(super) fn persons(line: &str) -> Vec<Person> {
    let names: Vec<&str> = line.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    let several = names.len() > 1;
    names.into_iter().map(|name| if several { person(name) } else { whole(name) }).collect()
}

/// A name that may be written with the family name first.
pub(super) fn person(name: &str) -> Person {
    match name.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [family, given] if !family.is_empty() && !given.is_empty() => {
            Person { given_name: Some((*given).to_owned()), ..whole(family) }
        }
        _ => whole(name),
    }
}

/// A name that is one thing.
pub(super) fn whole(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        given_name: None,
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    }
}

/// A date as entries have it, which count months and days from nought.
fn entry_date(date: Date) -> EntryDate {
    let from_nought = |number: Option<u8>| number.and_then(|number| number.checked_sub(1));
    EntryDate {
        month: from_nought(date.month),
        day: from_nought(date.day),
        ..EntryDate::from_year(date.year)
    }
}
