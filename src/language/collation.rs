//! Owns the order of the alphabet: which of two texts comes first in a list, by Unicode CLDR.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

/// The order of texts in a language: Å comes after Z in Danish and with A in German.
pub struct Collation {
    /// None if the language is not known; then the letters' numbers decide.
    collator: Option<CollatorBorrowed<'static>>,
}

impl Collation {
    /// The order in the language of a tag.
    pub fn of(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).ok();
        let collator = locale
            .and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok());
        Self { collator }
    }

    /// Which of two texts comes first. Those that the language does not tell apart come by their
    /// letters, so that the order is the same however they stood before.
    pub fn compare(&self, one: &str, two: &str) -> Ordering {
        let by_language = self.collator.as_ref().map(|collator| collator.compare(one, two));
        by_language.unwrap_or(Ordering::Equal).then_with(|| one.cmp(two))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, expected: &[&str]) {
        let collation = Collation::of(tag);
        let mut found = expected.to_vec();
        found.sort_unstable();
        found.sort_by(|one, two| collation.compare(one, two));
        assert_eq!(found, expected, "{tag}");
        found.reverse();
        found.sort_by(|one, two| collation.compare(one, two));
        assert_eq!(found, expected, "{tag}");
    }

    #[test]
    fn lists_are_in_the_order_of_the_language() {
        check("en", &["Aabenraa", "Älvsborg", "Århus", "Oslo", "Østerbro", "Zürich"]);
        check("de", &["Aachen", "Arzt", "Ärzte", "Köln", "Oslo", "Österreich", "Straße", "Zürich"]);
        check("da", &["Odense", "Vejle", "Zealand", "Ærø", "Østerbro", "Aabenraa", "Århus"]);
        check("nb", &["Oslo", "Tromsø", "Zürich", "Ærfugl", "Østfold", "Ålesund"]);
        check("no", &["Oslo", "Tromsø", "Zürich", "Ærfugl", "Østfold", "Ålesund"]);
        check("sv", &["Arboga", "Uppsala", "Visby", "Zürich", "Åbo", "Älvsborg", "Örebro"]);
        check("fi", &["Espoo", "Vaasa", "Zürich", "Åland", "Äänekoski", "Öölanti"]);
        check(
            "et",
            &["Saare", "Šveits", "Zürich", "Tartu", "Võru", "Õismäe", "Äksi", "Öö", "Ülenurme"],
        );
        check("lt", &["Ignalina", "Ylakiai", "Jonava", "Sala", "Šiauliai", "Zarasai", "Žagarė"]);
        check(
            "lv",
            &["Cēsis", "Čakste", "Kuldīga", "Ķekava", "Latgale", "Ļaudona", "Zilupe", "Žīguri"],
        );
        check(
            "pl",
            &["Cieszyn", "Ćmielów", "Lublin", "Łódź", "Sopot", "Świdnica", "Zabrze", "Żory"],
        );
        check("fr", &["cote", "coté", "côte", "Éclair", "Zone"]);
        check("es", &["Niza", "Ñuble", "Oviedo"]);
    }

    #[test]
    fn an_unknown_language_has_an_order_too() {
        check("zz", &["a", "B", "c"]);
        check("", &["B", "a", "c"]);
    }
}
