//! Owns what countries are called in other languages than English.

use super::table::COUNTRY_NAMES;

/// The languages of the columns of country-names.tsv, which scripts/pack-country-names.mjs fills.
const LANGUAGES: &[&str] =
    &["de", "fr", "es", "it", "pl", "da", "sv", "nb", "fi", "et", "lv", "lt"];

/// The language in which countries are named: a column of the table, or English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CountryNames(Option<usize>);

impl CountryNames {
    /// Those of a language by its code; English if there are none in it.
    pub(super) fn of(language: &str) -> Self {
        Self(LANGUAGES.iter().position(|known| *known == language))
    }

    /// What a country of ISO 3166-1 is called, if not as in English.
    pub(super) fn name(self, country: &str) -> Option<&'static str> {
        COUNTRY_NAMES.row(country, "")?.field(self.0?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::table::COUNTRIES;

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for country in COUNTRIES.rows() {
            for language in LANGUAGES {
                let name = CountryNames::of(language).name(country.code);
                assert!(name.is_some(), "{} in {language}", country.code);
            }
        }
    }

    #[test]
    fn columns_are_those_of_their_languages() {
        let germany =
            LANGUAGES.iter().map(|language| CountryNames::of(language).name("DE").unwrap());
        assert_eq!(
            germany.collect::<Vec<_>>(),
            [
                "Deutschland",
                "Allemagne",
                "Alemania",
                "Germania",
                "Niemcy",
                "Tyskland",
                "Tyskland",
                "Tyskland",
                "Saksa",
                "Saksamaa",
                "Vācija",
                "Vokietija"
            ]
        );
        assert_eq!(CountryNames::of("en").name("DE"), None);
        assert_eq!(CountryNames::of("pt").name("DE"), None);
    }
}
