//! Owns what templates/words.typ needs to speak a language: the name of its table, its plurals, and how
//! numbers are written and put into sentences.

use typst::diag::{At, HintedStrResult, SourceResult, bail};
use typst::foundations::{
    Arg, Args, Dict, Func, IntoValue, NativeFuncData, Reflect, Str, Value, repr,
};

use super::inputs::Fields;
use super::native::native;
use crate::language::{Language, base, plural_form};
use crate::model::{Case, Report};

/// Puts all of it under names that words.typ knows.
pub(super) fn put(inputs: &mut Fields, tag: &str) {
    inputs.put("wording", words_of(tag).code());
    for function in [&PLURAL_FORM, &FORMAT_NUMBER, &FILL] {
        inputs.put(function.name, Func::from(function));
    }
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

fn filled(sentence: &str, marks: &Dict, values: &Args) -> SourceResult<Str> {
    let value_of = |name: &str| {
        let is_meant = |value: &&Arg| value.name.as_deref() == Some(name);
        values.items.iter().rfind(is_meant).map(|value| &value.value)
    };
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let gap = after.split_once('}').and_then(|(name, rest)| Some((value_of(name)?, rest)));
        if let Some((value, behind)) = gap {
            out.push_str(&written(marks, &value.v).at(value.span)?);
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
