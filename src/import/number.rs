//! Owns numbers and answers as people type them into surveys.

use crate::load::Number;

/// Words for yes, in the languages of reports.
const YES: &[&str] = &[
    "yes", "y", "true", "1", "x", "✓", "✔", "☑", "ja", "oui", "sí", "si", "sì", "sim", "tak",
    "ano", "áno", "da", "igen", "kyllä", "jah", "jā", "taip", "ναι", "так",
];

/// Words for no. A box that nobody ticked is empty in most surveys, and no in some.
const NO: &[&str] = &[
    "no", "n", "false", "0", "☐", "nein", "non", "não", "nee", "nej", "nei", "nie", "ne", "nu",
    "nem", "ei", "nē", "όχι", "ні",
];

/// A yes or a no.
pub(super) fn answer(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    if is_in(YES) { Some(true) } else { is_in(NO).then_some(false) }
}

/// The number that a text surely means, with or without marks between thousands.
///
/// `1,234` may be a thousand or a little more than one: without a decimal mark that is known, it is
/// neither.
pub(super) fn number(text: &str, decimal: Option<char>) -> Option<Number> {
    let bare: String = text.trim().chars().filter(|c| !is_between_thousands(*c)).collect();
    let is_mark = |c: char| matches!(c, '.' | ',');
    let digits = bare.strip_prefix(['-', '+', '−']).unwrap_or(&bare);
    let is_plain = |c: char| c.is_ascii_digit() || is_mark(c);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.chars().all(is_plain) {
        return None;
    }
    let marks: Vec<char> = digits.chars().filter(|c| is_mark(*c)).collect();
    let decimal = match (decimal, marks.as_slice()) {
        (_, []) => None,
        (Some(decimal), _) => Some(decimal),
        (None, [mark]) if groups_of_three(digits, *mark) => return None,
        (None, [mark]) => Some(*mark),
        (None, [first, .., last]) if first != last => Some(*last),
        (None, _) => None,
    };
    let (whole, fraction) = match decimal.and_then(|mark| digits.rsplit_once(mark)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let thousands = whole.chars().find(|c| is_mark(*c));
    if thousands.is_some_and(|mark| Some(mark) == decimal || !groups_of_three(whole, mark)) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let sign = if bare.starts_with(['-', '−']) { "-" } else { "" };
    match fraction {
        None => format!("{sign}{whole}").parse().ok().map(Number::Int),
        Some(fraction) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            let number: f64 = format!("{sign}{whole}.{fraction}").parse().ok()?;
            number.is_finite().then_some(Number::Float(number))
        }
        Some(_) => None,
    }
}

/// Whether a number may be read in two ways.
pub(super) fn is_ambiguous(text: &str) -> bool {
    number(text, None).is_none()
        && number(text, Some('.')).is_some()
        && number(text, Some(',')).is_some()
}

/// Whether every mark has three digits behind it, and one to three stand in front.
fn groups_of_three(digits: &str, mark: char) -> bool {
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && is_digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn is_between_thousands(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        let int = |number| Some(Number::Int(number));
        let float = |number| Some(Number::Float(number));
        let check = |text: &str, decimal: Option<char>, expected: Option<Number>| {
            assert_eq!(number(text, decimal), expected, "{text}");
        };
        check("9000", None, int(9000));
        check("9 000", None, int(9000));
        check("9\u{a0}000,5", None, float(9000.5));
        check("1.234.567", None, int(1_234_567));
        check("1.234,5", None, float(1234.5));
        check("1,234.5", None, float(1234.5));
        check("0,62", None, float(0.62));
        check("0.625", None, float(0.625));
        check("1,234", None, None);
        check("1,234", Some('.'), int(1234));
        check("1,234", Some(','), float(1.234));
        check("1.234", Some(','), int(1234));
        check("-3", None, int(-3));
        check("12'500", None, int(12500));
        for text in ["", "about 9", "9 %", "12.3.4,5", "1,23,456", "+", "1e5", "٣"] {
            check(text, None, None);
        }
        assert!(is_ambiguous("1,234") && !is_ambiguous("1,23") && !is_ambiguous("a"));
    }

    #[test]
    fn answers_are_read_in_many_languages() {
        assert_eq!(
            (answer(" Ja "), answer("NEIN"), answer("maybe")),
            (Some(true), Some(false), None)
        );
        assert!(YES.iter().all(|word| !NO.contains(word)));
    }
}
