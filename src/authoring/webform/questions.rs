//! Owns the questions of a form as the page's script reads them: plain data, words included.

use serde_json::{Map, Value, json};

use super::conditions::conditions;
use crate::authoring::words;
use crate::form::{Answer, Choice, NumberRules, Purpose, Question, Role, Size, TextRules, Writing};

/// All questions, in the form's order.
pub(super) fn questions(asked: &[Question]) -> Value {
    inside(asked, false)
}

/// The questions of a group, which may be private as a whole.
fn inside(asked: &[Question], in_private: bool) -> Value {
    asked.iter().map(|asked| question(asked, in_private)).collect()
}

fn question(asked: &Question, in_private: bool) -> Value {
    let hidden = in_private || asked.is_private;
    // Limits that hold only sometimes are judged with the condition that says when.
    let limit = |size: Size| if asked.is_conditional { Size::default() } else { size };
    let mut out = match &asked.answer {
        Answer::Text(rules) if asked.is_conditional => text(&unlimited(rules)),
        Answer::Text(rules) => text(rules),
        Answer::Number(rules) => {
            let rules = if asked.is_conditional { NumberRules::default() } else { *rules };
            json!({
                "kind": "number", "whole": rules.is_whole, "least": rules.at_least,
                "most": rules.at_most,
            })
        }
        Answer::YesNo => json!({ "kind": "yes-no" }),
        Answer::Choice(choices) => {
            json!({ "kind": "choice", "choices": choices.iter().map(choice).collect::<Value>() })
        }
        Answer::List(entry, size) => {
            json!({ "kind": "list", "entry": question(entry, hidden), "size": self::size(limit(*size)) })
        }
        Answer::Group(inner) => json!({ "kind": "group", "questions": inside(inner, hidden) }),
        Answer::Named(entry, rules) => json!({
            "kind": "named", "entry": question(entry, hidden), "size": size(limit(rules.size)),
            "pattern": rules.pattern.as_ref().filter(|_| !asked.is_conditional),
        }),
        Answer::Open => json!({ "kind": "open" }),
    };
    if let Some(fields) = out.as_object_mut() {
        describe(asked, fields);
        // Of what stands in a private group it has been said.
        fields.insert("private".into(), json!(asked.is_private && !in_private));
    }
    out
}

/// What is said of any question, whatever its answer.
fn describe(asked: &Question, fields: &mut Map<String, Value>) {
    fields.insert("key".into(), json!(asked.key));
    fields.insert("title".into(), json!(asked.title));
    fields.insert("help".into(), json!(asked.description));
    fields.insert("limits".into(), json!(words::limits(asked)));
    fields.insert("unit".into(), json!(asked.unit));
    fields.insert("required".into(), json!(asked.is_required && !asked.is_conditional));
    fields.insert("role".into(), json!(asked.role.and_then(role)));
    fields.insert("purpose".into(), json!(asked.purpose.map(purpose)));
    if !asked.conditions.is_empty() {
        fields.insert("conditions".into(), conditions(&asked.conditions));
    }
    let examples =
        asked.examples.iter().filter(|example| !example.is_object() && !example.is_array());
    fields.insert("examples".into(), examples.map(typed).collect());
}

/// The rules of a text without its limits.
fn unlimited(rules: &TextRules) -> TextRules {
    let writing = match rules.writing {
        Writing::Date | Writing::Link => Writing::Line,
        writing => writing,
    };
    TextRules {
        writing,
        length: Size::default(),
        most_words: None,
        pattern: None,
        pattern_message: None,
        ..rules.clone()
    }
}

fn text(rules: &TextRules) -> Value {
    let writing = match rules.writing {
        Writing::Line => "line",
        Writing::Lines => "lines",
        Writing::Markdown => "markdown",
        Writing::Date => "date",
        Writing::Link => "link",
    };
    json!({
        "kind": "text", "writing": writing, "number": rules.may_be_number,
        "length": size(rules.length), "words": rules.most_words, "pattern": rules.pattern,
        "message": rules.pattern_message,
    })
}

fn choice(choice: &Choice) -> Value {
    json!({ "value": choice.value, "title": choice.title, "meaning": choice.meaning })
}

fn size(size: Size) -> Value {
    json!({ "least": size.at_least, "most": size.at_most })
}

/// A value as somebody types it.
fn typed(value: &Value) -> Value {
    Value::String(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// The roles that the page knows.
fn role(role: Role) -> Option<&'static str> {
    match role {
        Role::Markdown => Some("markdown"),
        Role::Citation => Some("citation"),
        Role::Region => Some("region"),
        Role::Theme => Some("theme"),
        Role::Period => Some("period"),
        Role::Date => Some("date"),
        Role::Case | Role::Image | Role::MaxWords(_) => None,
    }
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Id => "id",
        Purpose::Title => "title",
        Purpose::Regions => "regions",
        Purpose::Themes => "themes",
    }
}
