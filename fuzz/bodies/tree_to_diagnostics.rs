//! A record of the form's keys with any values in them is judged: always in the same way, and each
//! time about something that is there.

use std::sync::LazyLock;

use casebook::app::{Files, Outcome, ReadError, Selection, validate};
use casebook::form::CASE_SCHEMA;
use casebook::load::{Limits, Node, parse};
use casebook::source::SourceMap;
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

/// Builds a record from bytes, and judges it.
pub fn tree_to_diagnostics(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let mut text = String::new();
    mapping(&mut choices, 4, &mut text);

    let outcome = judge(&text);
    let again = judge(&text);
    assert_eq!(outcome.diagnostics, again.diagnostics, "{text}");

    let source = SourceMap::default().add("case.yaml", "");
    let root = parse(source, &text, Limits::default(), &mut Vec::new());
    for diagnostic in &outcome.diagnostics {
        let Some(pointer) = &diagnostic.pointer else { continue };
        let root = root.as_ref().unwrap_or_else(|| panic!("{pointer} without a tree: {text}"));
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let is_there = leads(root, pointer) || leads(root, parent);
        assert!(is_there, "{} at {pointer}: {text}", diagnostic.code);
    }
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

fn judge(text: &str) -> Outcome {
    let selection =
        Selection::Text { name: "cases/case.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    validate(&Manifest, &selection).expect("the manifest's patterns are sound")
}

/// A casebook with nothing in it but its manifest.
struct Manifest;

impl Files for Manifest {
    fn discover(&self, _: &[String], _: &[String]) -> anyhow::Result<Vec<String>> {
        Ok(vec!["cases/case.yaml".to_owned()])
    }

    fn read(&self, path: &str, _: usize) -> Result<Vec<u8>, ReadError> {
        let text = "casebook: 1\ntitle: Fuzz\nedition: {date: 2026-01-02}\n\
            themes: {telestroke: {title: Telestroke}}\n";
        if path == "casebook.yaml" { Ok(text.into()) } else { Err(ReadError::Missing) }
    }
}

/// Whether a JSON Pointer leads to something in a tree, in which a key may stand twice.
fn leads(root: &Node<'_>, pointer: &str) -> bool {
    let mut here = vec![root];
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        let index = step.parse::<usize>().unwrap_or(usize::MAX);
        here = here
            .into_iter()
            .flat_map(|node| {
                let values = node.entries().iter().filter(|entry| entry.key == key);
                values.map(|entry| &entry.value).chain(node.items().get(index))
            })
            .collect();
    }
    !here.is_empty()
}
