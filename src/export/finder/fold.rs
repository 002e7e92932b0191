//! Owns the words of a text as they are searched for: without case, accents and marks between letters.
//!
//! templates/finder/words.js folds what readers type in the same way. A test holds its tables against these.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word, in characters: of a longer one the beginning counts.
const LONGEST: usize = 32;

/// Letters that no decomposition takes to those that readers type instead.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ŧ', "t"),
    ('ς', "σ"),
];

/// What is dropped: accents over and under letters, points of Hebrew and Arabic, voicing marks of
/// Japanese, and characters that only join, part or choose shapes.
const DROPPED: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{300}', '\u{36f}'),
    ('\u{483}', '\u{487}'),
    ('\u{591}', '\u{5bd}'),
    ('\u{610}', '\u{61a}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2060}', '\u{2060}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{3099}', '\u{309a}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{fe20}', '\u{fe2f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Scripts that set no spaces between words: each of their characters is a word.
const UNSPACED: &[(char, char)] = &[
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{20000}', '\u{3fffd}'),
];

/// Hands over the folded words of a text, in its order.
pub(super) fn for_each_word(text: &str, take: &mut dyn FnMut(&str)) {
    // What is folded never reaches over a space, and most words are spared the tables.
    for run in text.split_ascii_whitespace() {
        if run.is_ascii() {
            let words = run.split(|c: char| !c.is_ascii_alphanumeric());
            for word in words.filter(|word| !word.is_empty()) {
                take(&word[..word.len().min(LONGEST)].to_ascii_lowercase());
            }
        } else {
            split(&fold(run), take);
        }
    }
}

/// A text without case and accents.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_in(DROPPED, *c)).flat_map(char::to_lowercase) {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

/// Cuts a folded text into words.
fn split(folded: &str, take: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut length = 0;
    for c in folded.chars() {
        let stands_alone = is_in(UNSPACED, c);
        let is_of_word = c.is_alphanumeric() || is_combining_mark(c);
        if (stands_alone || !is_of_word) && !word.is_empty() {
            take(&word);
            word.clear();
            length = 0;
        }
        if is_of_word && length < LONGEST {
            word.push(c);
            length += 1;
        }
        if stands_alone && !word.is_empty() {
            take(&word);
            word.clear();
            length = 0;
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut words = Vec::new();
        for_each_word(text, &mut |word| words.push(word.to_owned()));
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn words_lose_case_and_accents() {
        check("Café, CAFE\u{301}; l'hôpital", &["cafe", "cafe", "l", "hopital"]);
        check("Straße STRASSE Łódź Tromsø Ærø", &["strasse", "strasse", "lodz", "tromso", "aero"]);
        check("Αθήνα ΟΔΟΣ οδός", &["αθηνα", "οδοσ", "οδοσ"]);
        check("İstanbul ıssız", &["istanbul", "issiz"]);
        check("e-health 1.5\u{a0}km² ﬁle", &["e", "health", "1", "5", "km2", "file"]);
        check("soft\u{ad}hyphen zero\u{200b}width", &["softhyphen", "zerowidth"]);
        check("…  – !", &[]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        check("東京 care ガ", &["東", "京", "care", "カ"]);
        check("a東b", &["a", "東", "b"]);
    }

    #[test]
    fn endless_words_are_cut() {
        check(&"a".repeat(100), &["a".repeat(LONGEST).as_str()]);
        check(&"é".repeat(100), &["e".repeat(LONGEST).as_str()]);
    }

    /// Ranges as JavaScript writes them in a class of characters.
    fn class(ranges: &[(char, char)]) -> String {
        let escape = |c: char| match u32::from(c) {
            code @ 0..=0xffff => format!("\\u{code:04x}"),
            code => format!("\\u{{{code:x}}}"),
        };
        let range = |(first, last): &(char, char)| {
            if first == last {
                escape(*first)
            } else {
                format!("{}-{}", escape(*first), escape(*last))
            }
        };
        ranges.iter().map(range).collect()
    }

    #[test]
    fn the_script_folds_by_the_same_tables() {
        let script = include_str!("../../../templates/finder/words.js");
        for (letter, plain) in LETTERS {
            assert!(script.contains(&format!("['{letter}', '{plain}']")), "{letter}");
        }
        assert_eq!(script.matches("', '").count(), LETTERS.len());
        assert!(script.contains(&format!("/[{}]/gu", class(DROPPED))), "{}", class(DROPPED));
        assert!(script.contains(&format!("[{}]", class(UNSPACED))), "{}", class(UNSPACED));
        assert!(script.contains(&format!("LONGEST_WORD = {LONGEST};")));
    }
}
