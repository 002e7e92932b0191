//! Owns what templates/words.typ needs to speak a language: the name of its table, its plurals, and how
//! numbers are written and put into sentences.

use std::num::NonZeroU8;

use typst::diag::{At, HintedStrResult, SourceResult, bail};
use typst::foundations::{
    Arg, Args, Array, Dict, IntoValue, NativeFuncData, Reflect, Str, Value, repr,
};

use super::inputs::Fields;
use super::native::native;
use crate::language::{Language, base, plural_form};
use crate::model::{Case, Report};

/// Puts all of it under names that words.typ knows.
pub(super) fn put(inputs: &mut Fields, tag: &str) {
    inputs.put("wording", words_of(tag).code());
    inputs.put_functions(&[&PLURAL_FORM, &FORMAT_NUMBER, &WITH_UNIT, &FILL, &WRITE_DATE]);
}

/// Whether all of a report is in the language of its fixed words, which then need no mark of theirs.
pub(super) fn is_in_one_language(report: &Report) -> bool {
    let tag = &report.manifest.language;
    let is_of_report = |case: &Case| case.language.as_ref().is_none_or(|language| language == tag);
    // Bokmål has two codes.
    let is_of_words = ["no", words_of(tag).code()].contains(&base(tag));
    is_of_words && report.cases.iter().all(is_of_report)
}

fn words_of(tag: &str) -> Language {
    Language::of(tag).unwrap_or(Language::FALLBACK)
}

/// `plural-form(language, number)`: which tables have the form is for the tables to say; the rules are
/// ICU's.
static PLURAL_FORM: NativeFuncData = native(
    "plural-form",
    "The form of a word that a number asks for in a language.",
    &|_, _, args| {
        let language: Str = args.expect("language")?;
        let number: i64 = args.expect("number")?;
        Ok(plural_form(&language, number).into_value())
    },
    &<Str as Reflect>::output,
);

/// `format-number(marks, value)`: words stay as they are. The marks are `decimal`, `group` between groups
/// of three digits, and `group-from`, the number of digits from which on there are groups.
static FORMAT_NUMBER: NativeFuncData = native(
    "format-number",
    "A number with the decimal mark and the groups of a language.",
    &|_, _, args| {
        let marks: Dict = args.expect("marks")?;
        let value: Value = args.expect("value")?;
        let written = written(&marks, &value).at(args.span)?;
        Ok(written.into_value())
    },
    &<Str as Reflect>::output,
);

/// `with-unit(marks, value, unit)`: a unit that begins with the percent sign follows as the language has it, by
/// the pattern `percent`: 75% of cards, but 12 hospitals.
static WITH_UNIT: NativeFuncData = native(
    "with-unit",
    "A number as `format-number` writes it, with its unit if it has one.",
    &|_, _, args| {
        let marks: Dict = args.expect("marks")?;
        let value: Value = args.expect("value")?;
        let unit: Option<Str> = args.expect("unit")?;
        let written = measured(&marks, &value, unit.as_deref()).at(args.span)?;
        Ok(written.into_value())
    },
    &<Str as Reflect>::output,
);

/// `fill(marks, sentence, ..values)`: each `{name}` becomes the value of this name, numbers as
/// `format-number` writes them. A gap without a value stays.
static FILL: NativeFuncData = native(
    "fill",
    "A sentence with its gaps filled.",
    &|_, _, args| {
        let marks: Dict = args.expect("marks")?;
        let sentence: Str = args.expect("sentence")?;
        Ok(filled(&sentence, &marks, &args.take())?.into_value())
    },
    &<Str as Reflect>::output,
);

/// `write-date(patterns, names, date)`: `2007-05-10` may be known to its month or its year alone, and there is a
/// pattern for each. The names of months are `dated` beside a day, else `alone`.
static WRITE_DATE: NativeFuncData = native(
    "write-date",
    "A date by the patterns and the names of months of a language.",
    &|_, _, args| {
        let patterns: Dict = args.expect("patterns")?;
        let names: Dict = args.expect("names")?;
        let date: Str = args.expect("date")?;
        Ok(dated(&date, &patterns, &names).at(args.span)?.into_value())
    },
    &<Str as Reflect>::output,
);

fn dated(date: &str, patterns: &Dict, names: &Dict) -> HintedStrResult<Str> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.map(str::parse::<NonZeroU8>).transpose();
    let (Ok(month), Ok(day)) = (number(month), number(day)) else {
        bail!("expected a date, found {}", repr::Repr::repr(date));
    };
    let (pattern, names_of) = match (month, day) {
        (None, _) => ("year", None),
        (Some(month), None) => ("month", Some(("alone", month))),
        (Some(month), Some(_)) => ("day", Some(("dated", month))),
    };
    let name = match names_of {
        Some((kind, month)) => {
            let names: Array = names.get(kind)?.clone().cast()?;
            names.at(i64::from(month.get()) - 1, None)?.cast()?
        }
        None => Str::default(),
    };
    let pattern: Str = patterns.get(pattern)?.clone().cast()?;
    let part = |gap: &str| match gap {
        "year" => Some(year.to_owned()),
        "month" => Some(name.to_string()),
        "month-number" => Some(month?.to_string()),
        "month-2" => Some(format!("{:02}", month?)),
        "day" => Some(day?.to_string()),
        "day-2" => Some(format!("{:02}", day?)),
        _ => None,
    };
    with_gaps(&pattern, |gap, out| {
        Ok(part(gap).is_some_and(|part| {
            out.push_str(&part);
            true
        }))
    })
}

fn measured(marks: &Dict, value: &Value, unit: Option<&str>) -> HintedStrResult<Str> {
    let number = written(marks, value)?;
    let Some(unit) = unit else { return Ok(number) };
    let Some(of) = unit.strip_prefix('%') else { return Ok(format!("{number} {unit}").into()) };
    let pattern: Str = marks.get("percent")?.clone().cast()?;
    let percent = with_gaps(&pattern, |gap, out| -> HintedStrResult<bool> {
        let is_number = gap == "number";
        if is_number {
            out.push_str(&number);
        }
        Ok(is_number)
    })?;
    Ok(percent + of.into())
}

fn filled(sentence: &str, marks: &Dict, values: &Args) -> SourceResult<Str> {
    with_gaps(sentence, |name, out| {
        let is_meant = |value: &&Arg| value.name.as_deref() == Some(name);
        let Some(value) = values.items.iter().rfind(is_meant) else { return Ok(false) };
        out.push_str(&written(marks, &value.value.v).at(value.value.span)?);
        Ok(true)
    })
}

/// A sentence with its gaps filled by what is put for their names; a gap for which there is nothing stays.
fn with_gaps<E>(
    sentence: &str,
    put: impl Fn(&str, &mut String) -> Result<bool, E>,
) -> Result<Str, E> {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let gap = after.split_once('}');
        if let Some((name, behind)) = gap
            && put(name, &mut out)?
        {
            rest = behind;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    Ok(out.into())
}

fn written(marks: &Dict, value: &Value) -> HintedStrResult<Str> {
    let (is_negative, digits) = match value {
        Value::Str(words) => return Ok(words.clone()),
        Value::Int(number) => (*number < 0, number.unsigned_abs().to_string()),
        Value::Float(number) => (*number < 0.0, repr::display_float(number.abs()).into()),
        other => bail!("expected a number or words, found {}", other.ty()),
    };
    let mark = |name: &str| marks.get(name)?.clone().cast::<Str>();
    let group_from: usize = marks.get("group-from")?.clone().cast()?;
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits.as_str(), None),
    };
    let mut out = String::with_capacity(digits.len() + 4);
    if is_negative {
        out.push('−');
    }
    let is_grouped = whole.len() >= group_from && whole.bytes().all(|byte| byte.is_ascii_digit());
    let group = if is_grouped { mark("group")? } else { Str::default() };
    for (place, digit) in whole.chars().enumerate() {
        if is_grouped && place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push_str(&group);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push_str(&mark("decimal")?);
        out.push_str(fraction);
    }
    Ok(out.into())
}

#[cfg(test)]
mod tests {
    use typst::syntax::Span;

    use super::*;

    fn marks() -> Dict {
        let marks: [(&str, Value); 3] = [
            ("decimal", ",".into_value()),
            ("group", ".".into_value()),
            ("group-from", 5_i64.into_value()),
        ];
        marks.into_iter().map(|(name, mark)| (name.into(), mark)).collect()
    }

    #[test]
    fn numbers_have_the_marks_of_their_language() {
        let check = |value: Value, expected: &str| {
            assert_eq!(written(&marks(), &value).as_deref(), Ok(expected));
        };
        check(0.into_value(), "0");
        check(1000.into_value(), "1000");
        check(12345.into_value(), "12.345");
        check((-1_234_567).into_value(), "−1.234.567");
        check(i64::MIN.into_value(), "−9.223.372.036.854.775.808");
        check(0.5.into_value(), "0,5");
        check((-12345.25).into_value(), "−12.345,25");
        check(2.0.into_value(), "2");
        check("12345 or so".into_value(), "12345 or so");
        assert!(written(&marks(), &Value::None).is_err());
    }

    #[test]
    fn percent_signs_stand_as_the_language_has_them() {
        let mut marks = marks();
        marks.insert("percent".into(), "{number} %".into_value());
        let check = |value: Value, unit: Option<&str>, expected: &str| {
            assert_eq!(measured(&marks, &value, unit).as_deref(), Ok(expected));
        };
        check(12345.into_value(), None, "12.345");
        check(12345.into_value(), Some("hospitals"), "12.345 hospitals");
        check(7.5.into_value(), Some("%"), "7,5 %");
        check(75.into_value(), Some("% of {number}"), "75 % of {number}");
        check("a third".into_value(), Some("%"), "a third %");
    }

    #[test]
    fn dates_are_written_as_far_as_they_are_known() {
        let dict = |fields: &[(&str, Value)]| -> Dict {
            fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect()
        };
        let patterns = dict(&[
            ("day", "{day-2}. {month} {year} ({day}.{month-2}.)".into_value()),
            ("month", "{month} {year}, {month-number}, {day}".into_value()),
            ("year", "{year} {month}".into_value()),
        ]);
        let months = |ending: &str| {
            (1..=12).map(|month| format!("M{month}{ending}").into_value()).collect::<Array>()
        };
        let names =
            dict(&[("dated", months("d").into_value()), ("alone", months("a").into_value())]);
        let check = |date: &str, expected: &str| {
            assert_eq!(dated(date, &patterns, &names).as_deref(), Ok(expected));
        };
        check("2007-05-09", "09. M5d 2007 (9.05.)");
        check("2007-12", "M12a 2007, 12, {day}");
        check("2007", "2007 ");
        for wrong in ["2007-13", "2007-00-01", "2007-x", ""] {
            let is_wrong = dated(wrong, &patterns, &names).is_err();
            assert_eq!(is_wrong, !wrong.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn gaps_are_filled_by_their_names() {
        let check = |sentence: &str, expected: &str| {
            let mut values = Args::new::<Value>(Span::detached(), []);
            for (name, value) in [("number", 12345.into_value()), ("what", "{number}".into_value())]
            {
                let value = typst::syntax::Spanned::detached(value);
                values.items.push(Arg { span: Span::detached(), name: Some(name.into()), value });
            }
            let filled = filled(sentence, &marks(), &values).unwrap();
            assert_eq!(filled.as_str(), expected);
        };
        check("{number} {what}", "12.345 {number}");
        check("no gap, } and {", "no gap, } and {");
        check("{other} and {{number}}", "{other} and {12.345}");
        check("", "");
    }
}
