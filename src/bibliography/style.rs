//! Owns the words of a reference: an entry in a citation style and a language becomes pieces of text.

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::{Collapse, IndependentStyle, Locale, LocaleCode, Style as CslStyle};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry};

use super::piece::{Piece, Writer};
use super::pruning::{for_reports, is_report};
use super::repair::for_single_entries;

/// The style of a report that names none.
pub const USUAL_STYLE: &str = "apa";

/// The language of what a style has no words for in another.
const FALLBACK: &str = "en-US";

/// What stands before the code of its language in the packed words of one.
const LANGUAGE_KEY: &[u8] = b"xml:lang";

/// A citation style in a language.
pub struct Style {
    csl: Option<IndependentStyle>,
    /// The same for entries that are reports.
    reports: Option<IndependentStyle>,
    locale: LocaleCode,
    /// The words of the language, and those of the fallback.
    locales: Vec<Locale>,
    /// Whether the style puts entries in the order of the alphabet, and not of their citation.
    pub is_sorted: bool,
}

impl Style {
    /// The style of a name; the usual one if there is none of that name, which the manifest's form
    /// does not let through.
    pub fn named(name: &str, language: &str) -> Self {
        let csl = csl(name);
        let list = csl.as_ref().and_then(|csl| csl.bibliography.as_ref());
        let is_sorted = list.is_some_and(|list| list.sort.is_some());
        let locale = locale_of(language);
        // To unpack the words of all languages takes some hundredths of a second.
        let is_wanted = |words: &&&[u8]| {
            language_of(words).is_some_and(|code| code == locale.0 || code == FALLBACK)
        };
        let wanted = LOCALES.iter().filter(is_wanted);
        let locales = wanted.filter_map(|words| ciborium::from_reader(*words).ok()).collect();
        let csl = csl.map(for_single_entries);
        Self { reports: csl.clone().map(for_reports), csl, locale, locales, is_sorted }
    }

    /// A reference in words. The number or label that some styles begin with is left to the list.
    ///
    /// Each entry is set alone, which takes the same time for each however many there are.
    pub fn reference(&self, entry: &Entry) -> Vec<Piece> {
        let csl = if is_report(entry) { &self.reports } else { &self.csl };
        csl.as_ref().map(|csl| self.set(entry, csl)).unwrap_or_default()
    }

    fn set(&self, entry: &Entry, csl: &IndependentStyle) -> Vec<Piece> {
        let mut driver = BibliographyDriver::new();
        let locale = || Some(self.locale.clone());
        let items = vec![CitationItem::with_entry(entry)];
        driver.citation(CitationRequest::new(items, csl, locale(), &self.locales, None));
        let rendered = driver.finish(BibliographyRequest::new(csl, locale(), &self.locales));
        let mut writer = Writer::default();
        for item in rendered.bibliography.into_iter().flat_map(|list| list.items) {
            item.first_field.iter().chain(&item.content.0).for_each(|child| writer.child(child));
        }
        writer.done()
    }
}

/// The code of the language of packed words: a text of CBOR that is shorter than 24 bytes.
fn language_of(words: &[u8]) -> Option<&str> {
    let at = words.windows(LANGUAGE_KEY.len()).position(|bytes| bytes == LANGUAGE_KEY)?;
    let (head, text) = words.get(at + LANGUAGE_KEY.len()..)?.split_first()?;
    let length = usize::from(head.checked_sub(0x60).filter(|length| *length < 24)?);
    std::str::from_utf8(text.get(..length)?).ok()
}

/// Whether the citations of a style show numbers in a row as the first and the last of them.
pub(super) fn collapses(name: &str) -> bool {
    csl(name).is_some_and(|csl| csl.citation.collapse == Some(Collapse::CitationNumber))
}

/// The style of a name, or the usual one.
fn csl(name: &str) -> Option<IndependentStyle> {
    let style = ArchivedStyle::by_name(name).or_else(|| ArchivedStyle::by_name(USUAL_STYLE));
    match style.map(ArchivedStyle::get) {
        Some(CslStyle::Independent(style)) => Some(style),
        Some(CslStyle::Dependent(_)) | None => None,
    }
}

/// The code of the words for a language: `de` is served by `de-DE`.
fn locale_of(language: &str) -> LocaleCode {
    // Reports write the day before the month.
    let language = if language == "en" { "en-GB" } else { language };
    let base = language.split('-').next().unwrap_or_default();
    let usual = match base {
        "no" => "nb-NO".to_owned(),
        base => format!("{base}-{}", base.to_uppercase()),
    };
    let codes = || LOCALES.iter().filter_map(|words| language_of(words));
    let exact = [language, usual.as_str()].into_iter().find(|code| codes().any(|c| c == *code));
    let near = || codes().filter(|code| code.split('-').next() == Some(base)).min();
    LocaleCode(exact.or_else(near).unwrap_or(FALLBACK).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::entry::of_source;
    use crate::model::{Date, Source};

    #[test]
    fn all_packed_words_say_their_language_and_can_be_unpacked() {
        for words in LOCALES {
            let code = language_of(words).expect("a language");
            let locale: Locale = ciborium::from_reader(*words).expect("words");
            assert_eq!(locale.lang.map(|lang| lang.0).as_deref(), Some(code));
        }
    }

    #[test]
    fn reports_are_set_as_the_whole_style_sets_them() {
        let whole = Source {
            title: "Telestroke in Saxony: a second look".to_owned(),
            author: Some("Müller, Anna; Council of the Islands; de Vries, J.; Ek, B.".to_owned()),
            publisher: Some("Ministry of Health".to_owned()),
            year: Some(2011),
            url: Some("https://example.org/a?b=c".to_owned()),
            doi: Some("10.1000/182".to_owned()),
            accessed: Some(Date { year: 2026, month: Some(5), day: Some(3) }),
        };
        // Each field is there or not.
        let sources: Vec<Entry> = (0..64)
            .map(|has: u8| {
                let has = |bit: u8| has & (1 << bit) != 0;
                let source = Source {
                    title: whole.title.clone(),
                    author: whole.author.clone().filter(|_| has(0)),
                    publisher: whole.publisher.clone().filter(|_| has(1)),
                    year: whole.year.filter(|_| has(2)),
                    url: whole.url.clone().filter(|_| has(3)),
                    doi: whole.doi.clone().filter(|_| has(4)),
                    accessed: whole.accessed.filter(|_| has(5)),
                };
                of_source("key", &source)
            })
            .collect();
        let mut worded = 0;
        for archived in ArchivedStyle::all() {
            for language in ["en", "de"] {
                let style = Style::named(archived.names()[0], language);
                for entry in &sources {
                    let whole = style.csl.as_ref().map(|csl| style.set(entry, csl));
                    worded += usize::from(whole.as_ref().is_some_and(|whole| !whole.is_empty()));
                    assert_eq!(Some(style.reference(entry)), whole, "{archived:?}, {entry:?}");
                }
            }
        }
        assert!(worded > 5000, "{worded}");
    }
}
