//! Owns what a form asks for in words: "a date such as 2007-05" rather than "string".

use jsonschema::JsonType;
use jsonschema::error::TypeKind;
use serde_json::Value as Json;

use crate::load::{Node, Number, Value};

/// What a schema asks for, in a contributor's words; none if it says no more than a type.
pub(super) fn wanted(schema: &Json) -> Option<String> {
    let text = |keyword: &str| schema.get(keyword).and_then(Json::as_str);
    let words = match (text("x-role"), text("format")) {
        (Some("date"), _) => "a date such as 2007-05".to_owned(),
        (_, Some("date")) => "a date such as 2007-05-10".to_owned(),
        (_, Some("date-time")) => "a date and time such as 2007-05-10T09:30:00Z".to_owned(),
        (_, Some("time")) => "a time such as 09:30:00Z".to_owned(),
        (_, Some("uri" | "iri" | "url")) => "a web address such as https://example.org".to_owned(),
        (_, Some("email" | "idn-email")) => "an e-mail address".to_owned(),
        (Some("region"), _) => "a region code such as SE221".to_owned(),
        (Some("theme"), _) => "a theme of casebook.yaml".to_owned(),
        (Some("markdown"), _) => "a text".to_owned(),
        _ => {
            if let Some(options) = schema.get("enum").and_then(Json::as_array) {
                let words: Vec<String> = options.iter().take(6).map(plain).collect();
                let more = if options.len() > words.len() { ", …" } else { "" };
                return Some(format!("one of {}{more}", words.join(", ")));
            }
            if let Some(only) = schema.get("const") {
                return Some(format!("`{}`", plain(only)));
            }
            let example = schema.get("examples").and_then(|examples| examples.get(0));
            let kind = type_of(schema);
            return match (kind, example) {
                (Some(kind), Some(example)) => Some(format!("{kind} such as {}", plain(example))),
                _ => None,
            };
        }
    };
    Some(words)
}

/// What an alternative of a form asks for, in one line.
pub(super) fn alternative(schemas: &[&Json]) -> String {
    for schema in schemas {
        if let Some(title) = schema.get("title").and_then(Json::as_str) {
            return title.to_owned();
        }
    }
    for schema in schemas {
        if let Some(words) = wanted(schema) {
            return words;
        }
    }
    let keys = |keyword: &str| {
        let list = schemas.iter().find_map(|schema| schema.get(keyword)?.as_array());
        list.map(|keys| keys.iter().filter_map(Json::as_str).collect::<Vec<_>>())
    };
    if let Some(required) = keys("required").filter(|required| !required.is_empty()) {
        return format!("keys with values: {}", required.join(", "));
    }
    if let Some(words) = schemas.iter().find_map(|schema| type_of(schema)) {
        return words;
    }
    let described = schemas.iter().find_map(|schema| schema.get("description")?.as_str());
    described.unwrap_or("what the form says of it").to_owned()
}

fn type_of(schema: &Json) -> Option<String> {
    let kinds = match schema.get("type")? {
        Json::String(kind) => vec![kind.as_str()],
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => return None,
    };
    let words: Vec<&str> =
        kinds.into_iter().filter_map(|kind| kind.parse().ok()).map(type_words).collect();
    (!words.is_empty()).then(|| words.join(" or "))
}

/// The types that an error asks for.
pub(super) fn types(kind: &TypeKind) -> String {
    let words: Vec<&str> = match kind {
        TypeKind::Single(expected) => vec![type_words(*expected)],
        TypeKind::Multiple(expected) => expected.iter().map(type_words).collect(),
    };
    words.join(" or ")
}

/// Whether a mapping, and nothing else, is asked for.
pub(super) fn is_mapping(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Single(JsonType::Object))
}

fn type_words(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "nothing",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "keys with values",
    }
}

/// What was found instead: "the word `spring`", "the number 5", "a list".
pub(super) fn found(node: &Node<'_>) -> String {
    match &node.value {
        Value::String(text) if text.trim().is_empty() => "an empty text".to_owned(),
        Value::String(text) if text.contains('\n') || text.chars().count() > 40 => {
            "a text".to_owned()
        }
        Value::String(text) if text.chars().all(char::is_alphabetic) => {
            format!("the word `{text}`")
        }
        Value::String(text) => format!("the text `{text}`"),
        Value::Number(Number::Int(int)) => format!("the number {int}"),
        Value::Number(Number::Float(float)) => format!("the number {float}"),
        Value::Bool(bool) => format!("the word {bool}, which YAML reads as yes or no"),
        Value::Null => "nothing".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "keys with values".to_owned(),
    }
}

/// A value of the form without JSON's quotation marks.
pub(super) fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
