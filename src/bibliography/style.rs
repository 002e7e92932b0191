//! Owns the words of a reference: an entry in a citation style and a language becomes pieces of text.

use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style as CslStyle};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry};

use super::piece::{Piece, Writer};
use super::repair::for_single_entries;

/// The style of a report that names none.
pub const USUAL_STYLE: &str = "apa";

/// The language of what a style has no words for in another.
const FALLBACK: &str = "en-US";

/// The words of all languages, which take some hundredths of a second to unpack.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// Begins to unpack what formatting needs, beside other work.
pub fn warm_up() {
    rayon::spawn(|| {
        LazyLock::force(&LOCALES);
    });
}

/// A citation style in a language.
pub struct Style {
    csl: Option<IndependentStyle>,
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
        let style = ArchivedStyle::by_name(name).or_else(|| ArchivedStyle::by_name(USUAL_STYLE));
        let csl = match style.map(ArchivedStyle::get) {
            Some(CslStyle::Independent(style)) => Some(style),
            Some(CslStyle::Dependent(_)) | None => None,
        };
        let list = csl.as_ref().and_then(|csl| csl.bibliography.as_ref());
        let is_sorted = list.is_some_and(|list| list.sort.is_some());
        let locale = locale_of(language);
        let is_wanted = |found: &&Locale| {
            found.lang.as_ref().is_some_and(|code| *code == locale || code.0 == FALLBACK)
        };
        let locales = LOCALES.iter().filter(is_wanted).cloned().collect();
        Self { csl: csl.map(for_single_entries), locale, locales, is_sorted }
    }

    /// A reference in words. The number or label that some styles begin with is left to the list.
    ///
    /// Each entry is set alone, which takes the same time for each however many there are.
    pub fn reference(&self, entry: &Entry) -> Vec<Piece> {
        let Some(csl) = &self.csl else { return Vec::new() };
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

/// The code of the words for a language: `de` is served by `de-DE`.
fn locale_of(language: &str) -> LocaleCode {
    // Reports write the day before the month.
    let language = if language == "en" { "en-GB" } else { language };
    let base = language.split('-').next().unwrap_or_default();
    let usual = match base {
        "no" => "nb-NO".to_owned(),
        base => format!("{base}-{}", base.to_uppercase()),
    };
    let codes = || LOCALES.iter().filter_map(|locale| Some(locale.lang.as_ref()?.0.as_str()));
    let exact = [language, usual.as_str()].into_iter().find(|code| codes().any(|c| c == *code));
    let near = || codes().filter(|code| code.split('-').next() == Some(base)).min();
    LocaleCode(exact.or_else(near).unwrap_or(FALLBACK).to_owned())
}
