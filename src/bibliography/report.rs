//! Owns how the report itself is cited: in words, and as an entry in BibTeX.

use hayagriva::Entry;
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Numeric, Person, Publisher, QualifiedUrl,
};

use super::entry::{verbatim, whole};
use super::name::of_editor;
use super::piece::Piece;
use super::style::Style;
use crate::model::Manifest;

/// The report in the words of the American Psychological Association's style.
pub fn in_words(manifest: &Manifest, year: Option<i32>) -> Vec<Piece> {
    let mut entry = Entry::new("report", EntryType::Book);
    entry.set_title(verbatim(&title(manifest)));
    let authors = authors(manifest);
    if !authors.is_empty() {
        entry.set_authors(authors.clone());
    }
    // The style names a publisher who is the author only once.
    let is_author = |publisher: &&String| authors.iter().any(|author| author.name == **publisher);
    if let Some(publisher) = manifest.publisher.as_ref().filter(|name| !is_author(name)) {
        let name: FormatString = verbatim(publisher);
        entry.set_publisher(Publisher::new(Some(name), None));
    }
    if let Some(year) = year {
        entry.set_date(Date::from_year(year));
    }
    // That it is the first edition goes without saying.
    let number = manifest.edition.and_then(|edition| edition.number).filter(|number| *number > 1);
    if let Some(number) = number {
        entry.set_edition(MaybeTyped::Typed(Numeric::from(number)));
    }
    if let Some(doi) = &manifest.doi {
        entry.set_doi(doi.clone());
    }
    if let Some(url) = manifest.url.as_ref().and_then(|url| url.parse::<QualifiedUrl>().ok()) {
        entry.set_url(url);
    }
    Style::named("apa", &manifest.language).reference(&entry)
}

/// The report as an entry in BibTeX, which BibLaTeX reads too.
pub fn in_bibtex(manifest: &Manifest, year: Option<i32>) -> String {
    let number = manifest.edition.and_then(|edition| edition.number);
    let authors = authors(manifest);
    let names: Vec<String> = authors.iter().map(name).collect();
    let fields = [
        ("author", (!names.is_empty()).then(|| names.join(" and "))),
        // The inner braces keep capitals as they are, and a name with "and" in it in one piece.
        ("title", Some(format!("{{{}}}", escaped(&title(manifest))))),
        ("publisher", manifest.publisher.as_ref().map(|name| format!("{{{}}}", escaped(name)))),
        ("year", year.map(|year| year.to_string())),
        ("edition", number.map(|number| number.to_string())),
        ("series", manifest.series.as_ref().map(|series| format!("{{{}}}", escaped(series)))),
        ("isbn", manifest.isbn.clone()),
        ("doi", manifest.doi.clone()),
        ("url", manifest.url.as_ref().map(|url| address(url))),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let lines: Vec<String> =
        fields.map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@book{{{},\n{}}}\n", key(&authors, manifest, year), lines.concat())
}

fn title(manifest: &Manifest) -> String {
    match &manifest.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", manifest.title),
        None => manifest.title.clone(),
    }
}

/// The editors; of a report without any, the group.
fn authors(manifest: &Manifest) -> Vec<Person> {
    let group = || manifest.working_group.iter().map(|group| whole(&group.name)).collect();
    match manifest.editors.as_slice() {
        [] => group(),
        editors => editors.iter().map(of_editor).collect(),
    }
}

fn name(person: &Person) -> String {
    let part = |text: &str| {
        let parts_names = text.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
        match parts_names || text.contains([',', '=']) {
            true => format!("{{{}}}", escaped(text)),
            false => escaped(text),
        }
    };
    match &person.given_name {
        Some(given) => format!("{}, {}", part(&person.name), part(given)),
        None => format!("{{{}}}", escaped(&person.name)),
    }
}

/// A short name of letters and digits: `doe2026`.
fn key(authors: &[Person], manifest: &Manifest, year: Option<i32>) -> String {
    let first = authors.first().map_or(manifest.title.as_str(), |author| author.name.as_str());
    let word = |text: &str| -> String {
        let longest = text.split_whitespace().map(letters).max_by_key(String::len);
        longest.unwrap_or_default()
    };
    let name = [word(first), word(&manifest.title)].into_iter().find(|word| !word.is_empty());
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    format!("{}{year}", name.unwrap_or_else(|| "report".to_owned()))
}

fn letters(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// A text in which nothing has a meaning to TeX.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            // BibTeX counts braces even behind a backslash, so they get names.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            // Two of these would become one other character.
            '-' | '`' | '\'' if c == last => out.extend(['{', '}', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        last = c;
    }
    out
}

/// An address, whose characters mean nothing to TeX but for these.
fn address(url: &str) -> String {
    let clean = url.chars().filter(|c| !c.is_control()).collect::<String>();
    clean.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}
