//! Owns what a plain scalar means: the core schema of YAML 1.2, chapter 10.3.

use std::borrow::Cow;

use super::tree::{Number, Value};

/// Resolves a plain scalar. `NO` and `2004-06` stay text; `~`, `true`, `12` and `1.5` do not.
///
/// Infinities and not-a-number stay text too: JSON, and so the form, has no such numbers.
pub(super) fn resolve(text: Cow<'_, str>) -> Value<'_> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain => match number(plain) {
            Some(number) => Value::Number(number),
            None => Value::String(text),
        },
    }
}

/// Reads a number in one of the core schema's spellings.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
            return i64::from_str_radix(digits, radix).ok().filter(|_| plain).map(Number::Int);
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned.bytes().all(|b| b.is_ascii_digit()) && !unsigned.is_empty() {
        return text.parse().map(Number::Int).ok().or_else(|| finite(text));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let exponent_is_number = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let is_number = digits(whole)
        && digits(fraction)
        && (!whole.is_empty() || !fraction.is_empty())
        && exponent_is_number;
    if is_number { finite(text) } else { None }
}

fn finite(text: &str) -> Option<Number> {
    text.parse::<f64>().ok().filter(|float| float.is_finite()).map(Number::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Value<'_>) {
        assert_eq!(resolve(Cow::Borrowed(text)), expected, "{text}");
    }

    #[test]
    fn the_traps_of_older_yaml_are_texts() {
        for text in [
            "NO",
            "no",
            "yes",
            "on",
            "2004-06",
            "2004-06-01",
            "12:30:00",
            "1_000",
            "0b1",
            ".",
            "-",
            "+",
            "e3",
            "1e",
            "0x",
            "0o8",
            ".inf",
            "-.inf",
            ".nan",
            "1.2.3",
            "0xfg",
            "nUll",
        ] {
            check(text, Value::String(text.into()));
        }
    }

    #[test]
    fn numbers_and_constants_of_the_core_schema() {
        check("", Value::Null);
        check("~", Value::Null);
        check("True", Value::Bool(true));
        check("2007", Value::Number(Number::Int(2007)));
        check("-12", Value::Number(Number::Int(-12)));
        check("+12", Value::Number(Number::Int(12)));
        check("0o14", Value::Number(Number::Int(12)));
        check("0xC", Value::Number(Number::Int(12)));
        check("007", Value::Number(Number::Int(7)));
        check("1.", Value::Number(Number::Float(1.0)));
        check(".5", Value::Number(Number::Float(0.5)));
        check("1e3", Value::Number(Number::Float(1000.0)));
        check("18446744073709551616", Value::Number(Number::Float(18_446_744_073_709_551_616.0)));
    }
}
