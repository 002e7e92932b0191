//! Owns the reading of a figure that was written as a text: `104,000 users`, `ca. 40`, `9.000`.

/// What a text says as a number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The plain number.
    pub(super) number: String,
    /// The other number that it may be.
    pub(super) or: Option<String>,
    /// How the text words it, as the form's word.
    pub(super) qualifier: Option<&'static str>,
    /// What is counted.
    pub(super) unit: Option<String>,
    /// Whether nothing but the number is in the text, and it can be read in one way alone.
    pub(super) is_certain: bool,
}

/// The longest text that is read as a figure.
const LONGEST: usize = 60;

/// The longest unit, in words.
const UNIT_WORDS: usize = 4;

/// Words and signs before a number, and the form's word for them.
const QUALIFIERS: &[(&str, &str)] = &[
    ("approximately", "about"),
    ("approx.", "about"),
    ("approx", "about"),
    ("about", "about"),
    ("around", "about"),
    ("circa", "about"),
    ("roughly", "about"),
    ("some", "about"),
    ("ca.", "about"),
    ("ca", "about"),
    ("c.", "about"),
    ("~", "about"),
    ("≈", "about"),
    ("more than", "over"),
    ("over", "over"),
    (">", "over"),
    ("less than", "under"),
    ("fewer than", "under"),
    ("under", "under"),
    ("<", "under"),
    ("at least", "at-least"),
    ("min.", "at-least"),
    ("≥", "at-least"),
    ("at most", "up-to"),
    ("up to", "up-to"),
    ("max.", "up-to"),
    ("≤", "up-to"),
    ("almost", "nearly"),
    ("nearly", "nearly"),
];

/// Reads a text as one number; none if it is words, a range or several numbers.
pub(super) fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let (qualifier, rest) = split_qualifier(text);
    let (money, rest) = split_currency(rest);
    let unsigned = rest.strip_prefix(['-', '−']);
    let (digits, tail) = split_digits(unsigned.unwrap_or(rest))?;
    let mut plain = plain_number(digits)?;
    let (factor, unit) = split_unit(tail)?;
    if let Some(factor) = factor {
        plain = Plain { number: multiplied(&plain.number, factor)?, or: None, is_certain: false };
    }
    let unit = if unit.is_empty() { money } else { Some(unit.to_owned()) };
    let alone = qualifier.is_none() && unit.is_none();
    let signed = |number: String| {
        if unsigned.is_some() { format!("-{number}") } else { number }
    };
    Some(Reading {
        number: signed(plain.number),
        or: plain.or.map(signed),
        qualifier,
        unit,
        is_certain: plain.is_certain && alone,
    })
}

fn split_qualifier(text: &str) -> (Option<&'static str>, &str) {
    for (word, meaning) in QUALIFIERS {
        let Some(start) = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))
        else {
            continue;
        };
        let rest = &text[start.len()..];
        if !word.ends_with(char::is_alphabetic) || rest.starts_with(char::is_whitespace) {
            return (Some(meaning), rest.trim_start());
        }
    }
    (None, text)
}

/// A currency before the amount, as its code.
fn split_currency(text: &str) -> (Option<String>, &str) {
    for (sign, code) in [("€", "EUR"), ("£", "GBP")] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (Some(code.to_owned()), rest.trim_start());
        }
    }
    match text.split_once(' ') {
        Some((code, rest)) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
            (Some(code.to_owned()), rest.trim_start())
        }
        _ => (None, text),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The digits at the start with the signs that part them, and what follows.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let belongs =
        |c: char| c.is_ascii_digit() || is_space(c) || matches!(c, ',' | '.' | '\'' | '’');
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.starts_with(|c: char| c.is_ascii_digit()).then(|| (digits, &text[digits.len()..]))
}

/// A number without separators.
struct Plain {
    number: String,
    or: Option<String>,
    is_certain: bool,
}

fn plain_number(digits: &str) -> Option<Plain> {
    let sure = |number: String| Plain { number, or: None, is_certain: true };
    let unsure = |number: String| Plain { number, or: None, is_certain: false };
    let parts: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
    let signs: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (first, last) = (*parts.first()?, *parts.last()?);
    if parts.iter().any(|part| part.is_empty()) || (first.len() > 1 && first.starts_with('0')) {
        return None;
    }
    let are_thousands = |parts: &[&str]| {
        (1..=3).contains(&first.len())
            && parts[1..].iter().all(|part| part.len() == 3)
            && first != "0"
    };
    let same = |signs: &[char]| signs.windows(2).all(|pair| pair[0] == pair[1]);
    match signs.as_slice() {
        [] => Some(sure(digits.to_owned())),
        ['.'] if are_thousands(&parts) => {
            let decimal = last.trim_end_matches('0');
            let point = if decimal.is_empty() { "" } else { "." };
            let or = Some(format!("{first}{point}{decimal}"));
            Some(Plain { number: parts.concat(), or, is_certain: false })
        }
        ['.'] => Some(sure(digits.to_owned())),
        signs if same(signs) && are_thousands(&parts) => Some(sure(parts.concat())),
        [','] => Some(unsure(format!("{first}.{last}"))),
        [thousands @ .., '.' | ','] if same(thousands) && thousands.last() != signs.last() => {
            let whole = &parts[..parts.len() - 1];
            are_thousands(whole).then(|| unsure(format!("{}.{last}", whole.concat())))
        }
        _ => None,
    }
}

/// The power of ten that a word after the number stands for, and the unit after it.
fn split_unit(tail: &str) -> Option<(Option<i32>, &str)> {
    let joined = !tail.starts_with(char::is_whitespace);
    let tail = tail.trim();
    let starts_well = tail.is_empty()
        || tail
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '€' | '£'));
    // A second number makes it a range or a sentence; an ordinal is no count.
    let ordinal = joined && ["st", "nd", "rd", "th"].iter().any(|end| tail.starts_with(end));
    let sentence = tail.split_whitespace().count() > UNIT_WORDS;
    if !starts_well || ordinal || sentence || tail.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (word, rest) = tail.split_once(' ').unwrap_or((tail, ""));
    let power = match word.to_lowercase().as_str() {
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        _ => return Some((None, tail)),
    };
    Some((Some(power), rest.trim()))
}

/// A number with its decimal point moved to the right.
fn multiplied(number: &str, power: i32) -> Option<String> {
    let power = usize::try_from(power).ok()?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let missing = power.checked_sub(fraction.len())?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(missing));
    Some(digits.trim_start_matches('0').to_owned()).filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reading in one line: number, the other number, qualifier, unit, and `!` if certain.
    fn shown(text: &str) -> Option<String> {
        let reading = read(text)?;
        let or = reading.or.map(|or| format!(" or {or}")).unwrap_or_default();
        let qualifier = reading.qualifier.map(|word| format!(" ({word})")).unwrap_or_default();
        let unit = reading.unit.map(|unit| format!(" [{unit}]")).unwrap_or_default();
        let certain = if reading.is_certain { "!" } else { "" };
        Some(format!("{}{or}{qualifier}{unit}{certain}", reading.number))
    }

    #[test]
    fn numbers_are_read_out_of_texts() {
        for (text, expected) in [
            ("9000", "9000!"),
            ("104,000", "104000!"),
            ("1 200", "1200!"),
            ("1\u{202f}234\u{202f}567", "1234567!"),
            ("1'200", "1200!"),
            ("1.234.567", "1234567!"),
            ("-1,500", "-1500!"),
            ("12.5", "12.5!"),
            ("9.000", "9000 or 9"),
            ("9.125", "9125 or 9.125"),
            ("12,5", "12.5"),
            ("0,620", "0.620"),
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("104,000 users", "104000 [users]"),
            ("12%", "12 [%]"),
            ("ca. 40", "40 (about)"),
            ("More than 1 200 patients", "1200 (over) [patients]"),
            (">50", "50 (over)"),
            ("~ 3 days", "3 (about) [days]"),
            ("1.5 million", "1500000"),
            ("3 thousand users", "3000 [users]"),
            ("EUR 5,000", "5000 [EUR]"),
            ("€ 12", "12 [EUR]"),
            ("5km", "5 [km]"),
            ("30 000 km²", "30000 [km²]"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_ranges_and_sentences_stay() {
        for text in [
            "",
            "none",
            "halved",
            "1 to 2",
            "9-11",
            "28 and 30",
            "575 to 910",
            "2 of 5 sites",
            "2nd",
            "3-fold",
            "2007-05",
            "1 20",
            "1,20,000",
            "007",
            "1,000 000",
            "twelve",
            "over the moon",
            "5 out of all the people asked",
            "12:30",
            "1/3",
            "about",
            "€",
            "..5",
            "5 (2007)",
            "group in which the service was never installed",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
