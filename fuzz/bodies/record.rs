//! Any record of the form's keys with any values, and a casebook that holds it.

use std::sync::LazyLock;

use casebook::app::{Files, ReadError};
use casebook::form::CASE_SCHEMA;
use serde_json::Value as Json;

use super::choices::Choices;

/// Values that are wrong nearly everywhere, and some that are right somewhere.
const VALUES: &[&str] = &[
    "~",
    "true",
    "0",
    "-1",
    "1e400",
    "2007",
    "2007-02-31",
    "2012/1999",
    "\"\"",
    "\" \"",
    "text",
    "SE221",
    "PT16B",
    "Västerbotten",
    "telestroke",
    "pilot",
    "other",
    "mixed",
    "https://a.example/",
    "\"[@a] [@none] ![](x.png) <b>\"",
    "\"[x](javascript:1) [y](case:z)\"",
    "\"> > > > > > - - - x\"",
    "\"\\u202e\\a\\0\"",
    "../../x.png",
    "\"a@b.example\"",
    "TBD",
    "\"11.4 million\"",
    "case",
    "a",
    "\"# h\\n## h\\n###### h\"",
    "999999999999999999999",
    "0x7fffffffffffffff",
    ".nan",
];

/// Makes a record of bytes.
pub(super) fn record(bytes: &[u8]) -> String {
    let mut text = String::new();
    mapping(&mut Choices(bytes), 4, &mut text);
    text
}

/// Appends a mapping of the form's keys in one line: brackets need no indentation.
fn mapping(choices: &mut Choices<'_>, depth: usize, text: &mut String) {
    text.push('{');
    while !choices.are_used_up() {
        match choices.below(8) {
            0 => break,
            1 => text.push_str("\"a/~b\""),
            2 => text.push('a'),
            _ => text.push_str(choices.of::<String>(&KEYS)),
        }
        text.push_str(": ");
        value(choices, depth, text);
        text.push_str(", ");
    }
    text.push('}');
}

fn value(choices: &mut Choices<'_>, depth: usize, text: &mut String) {
    match choices.below(if depth > 0 { 4 } else { 2 }) {
        2 => mapping(choices, depth - 1, text),
        3 => {
            text.push('[');
            for _ in 0..choices.below(4) {
                value(choices, depth - 1, text);
                text.push_str(", ");
            }
            text.push(']');
        }
        _ => text.push_str(choices.of::<&str>(VALUES)),
    }
}

/// Every key that the form has anywhere, in the order of the alphabet.
static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    fn gather(schema: &Json, keys: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            keys.extend(properties.keys().cloned());
        }
        for below in schema.as_object().into_iter().flat_map(|schema| schema.values()) {
            gather(below, keys);
        }
        schema.as_array().into_iter().flatten().for_each(|below| gather(below, keys));
    }
    let mut keys = Vec::new();
    gather(&serde_json::from_str(CASE_SCHEMA).expect("the form is JSON"), &mut keys);
    keys.sort();
    keys.dedup();
    keys
});

/// Where the record lies.
pub(super) const PATH: &str = "cases/case.yaml";

/// A casebook with one record in it.
pub(super) struct OneRecord<'a>(pub(super) &'a str);

impl Files for OneRecord<'_> {
    fn discover(&self, _: &[String], _: &[String]) -> anyhow::Result<Vec<String>> {
        Ok(vec![PATH.to_owned()])
    }

    fn read(&self, path: &str, _: usize) -> Result<Vec<u8>, ReadError> {
        let manifest = "casebook: 1\ntitle: Fuzz\nedition: {date: 2026-01-02}\n\
            themes: {telestroke: {title: Telestroke}}\n";
        match path {
            "casebook.yaml" => Ok(manifest.into()),
            PATH => Ok(self.0.into()),
            _ => Err(ReadError::Missing),
        }
    }
}
