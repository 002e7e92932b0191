//! Owns plurals: which form of a word a number asks for, by the rules of Unicode CLDR.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The form that a number asks for in a language: `one`, `few`, `many` or another of CLDR's names;
/// `other` where the language has no rules.
pub fn plural_form(tag: &str, number: i64) -> &'static str {
    let rules = Locale::try_from_str(tag)
        .ok()
        .and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
    match rules.map(|rules| rules.category_for(number)) {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms of 0, 1, 2, 5, 11, 21, 22, 101 and 112.
    #[track_caller]
    fn check(tag: &str, expected: [&str; 9]) {
        let found = [0, 1, 2, 5, 11, 21, 22, 101, 112].map(|number| plural_form(tag, number));
        assert_eq!(found, expected, "{tag}");
    }

    #[test]
    fn numbers_choose_forms_by_the_rules_of_the_language() {
        let english =
            ["other", "one", "other", "other", "other", "other", "other", "other", "other"];
        for tag in ["en", "de", "it", "es", "sv", "nb", "fi", "et", "da", "de-AT"] {
            check(tag, english);
        }
        check("fr", ["one", "one", "other", "other", "other", "other", "other", "other", "other"]);
        check("pl", ["many", "one", "few", "many", "many", "many", "few", "many", "many"]);
        check("lt", ["other", "one", "few", "few", "other", "one", "few", "one", "other"]);
        check("lv", ["zero", "one", "other", "other", "zero", "one", "other", "one", "zero"]);
        check("zz-", ["other"; 9]);
        assert_eq!(plural_form("fr", 1_000_000), "many");
        assert_eq!(plural_form("pl", i64::MIN), "many");
    }
}
