//! Owns languages: which the report's fixed words exist in, and what a language asks of counts, of
//! lists and of the ends of lines.

mod collation;
mod plural;

pub use self::collation::Collation;
pub use self::plural::plural_form;

/// A language that the report's fixed words are written in: a table in templates/words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    code: &'static str,
    name: &'static str,
}

macro_rules! languages {
    ($($code:literal = $name:literal,)*) => {
        impl Language {
            /// All of them, the reference first.
            pub const ALL: &[Self] = &[$(Self { code: $code, name: $name }),*];
        }
    };
}

languages! {
    "en" = "English",
    "de" = "German",
    "fr" = "French",
    "es" = "Spanish",
    "it" = "Italian",
    "pl" = "Polish",
    "da" = "Danish",
    "sv" = "Swedish",
    "nb" = "Norwegian",
    "fi" = "Finnish",
    "et" = "Estonian",
    "lv" = "Latvian",
    "lt" = "Lithuanian",
}

impl Language {
    /// What stands in where a language has no words.
    pub const FALLBACK: Self = Self { code: "en", name: "English" };

    /// The language of a tag such as `de` or `de-AT`, if the fixed words exist in it.
    pub fn of(tag: &str) -> Option<Self> {
        let code = match base(tag) {
            // Bokmål stands for Norwegian, and is what readers of Nynorsk read most easily.
            "no" | "nn" => "nb",
            code => code,
        };
        Self::ALL.iter().copied().find(|language| language.code == code)
    }

    /// Its code, which is the name of its table.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// What it is called in English.
    pub fn name(self) -> &'static str {
        self.name
    }
}

/// The language of a tag without what follows: `pt` of `pt-BR`.
pub fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The country of a tag, if it names one: `BR` of `pt-BR`.
pub fn country(tag: &str) -> Option<&str> {
    tag.split('-').nth(1).filter(|part| part.len() == 2)
}

/// Whether the ends of lines may break words of a language: Typst knows the syllables of many, but
/// not, say, of Latvian.
pub fn is_hyphenated(tag: &str) -> bool {
    let code = <[u8; 2]>::try_from(base(tag).as_bytes());
    code.is_ok_and(|code| hypher::Lang::from_iso(code).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lead_to_languages() {
        let code = |tag| Language::of(tag).map(Language::code);
        assert_eq!(
            [code("de"), code("de-AT"), code("en-GB")],
            [Some("de"), Some("de"), Some("en")]
        );
        assert_eq!([code("no"), code("nn"), code("nb-NO")], [Some("nb"); 3]);
        assert_eq!([code("pt-BR"), code("fil"), code("")], [None; 3]);
        assert_eq!((base("pt-BR"), country("pt-BR")), ("pt", Some("BR")));
        assert_eq!((base("fi"), country("fi")), ("fi", None));
        assert_eq!(Language::of("en"), Some(Language::FALLBACK));
    }

    #[test]
    fn the_lines_of_all_languages_but_latvian_break_words() {
        let without = Language::ALL.iter().filter(|language| !is_hyphenated(language.code));
        assert_eq!(without.map(|language| language.code).collect::<Vec<_>>(), ["lv"]);
        assert!(is_hyphenated("no") && is_hyphenated("pt-BR") && !is_hyphenated("fil"));
    }
}
