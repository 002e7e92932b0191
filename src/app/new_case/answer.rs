//! Owns the way from what somebody typed to the value that a form asks for.

use serde_json::{Number, Value};

use crate::form::{Answer, Question};

/// The value of an answer as it was typed. What does not fit stays a text, for `validate` to judge.
pub(super) fn value_of(question: &Question, texts: &[String]) -> Value {
    match &question.answer {
        Answer::List(entry, _) => {
            Value::Array(texts.iter().map(|text| single(entry, text)).collect())
        }
        _ => single(question, &texts.join(", ")),
    }
}

fn single(question: &Question, text: &str) -> Value {
    let text = text.trim();
    let as_text = || Value::String(text.to_owned());
    match &question.answer {
        Answer::Number(_) => number(text).unwrap_or_else(as_text),
        Answer::Text(rules) if rules.may_be_number => number(text).unwrap_or_else(as_text),
        Answer::YesNo => match text.to_lowercase().as_str() {
            "true" | "yes" | "y" => Value::Bool(true),
            "false" | "no" | "n" => Value::Bool(false),
            _ => as_text(),
        },
        Answer::Choice(choices) => {
            let by_word = choices.iter().find(|choice| choice.typed() == text);
            let by_number = || {
                let number: usize = text.parse().ok()?;
                choices.get(number.checked_sub(1)?)
            };
            by_word.or_else(by_number).map_or_else(as_text, |choice| choice.value.clone())
        }
        _ => as_text(),
    }
}

/// A number in the writing of YAML: digits, a sign, a point.
fn number(text: &str) -> Option<Value> {
    let is_plain = text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    if !is_plain {
        return None;
    }
    let whole = text.parse::<i64>().ok().map(Number::from);
    whole.or_else(|| Number::from_f64(text.parse().ok()?)).map(Value::Number)
}
