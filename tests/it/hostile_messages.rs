//! The formats of messages with text in them that means harm: none breaks, and none is a command.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Document;
use serde_json::Value;

use casebook::app::{Outcome, Status};
use casebook::diag::render::Format;
use casebook::diag::{Code, Diagnostic};
use casebook::source::{SourceMap, Span};

use crate::support::{Numbers, assert_inert, assert_no_command, shown};

/// Pieces that mean something to somebody who reads the formats.
const PIECES: &[&str] = &[
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fdd0}",
    "::",
    "::error::x",
    "\n::stop-commands::x\n",
    "##[group]",
    "###[",
    "]]>",
    "<![CDATA[",
    "<",
    ">",
    "&",
    "&#0;",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "%",
    "%0A",
    "%25",
    ",",
    ":",
    "|",
    "`",
    "](",
    "[x](http://a.example)",
    "{0}",
    "<!--",
    "-->",
    "é",
    "€",
    "😀",
    "e\u{301}",
    "א",
    " ",
    "word",
    "line=1",
];

fn hostile(numbers: &mut Numbers, most: usize) -> String {
    (0..numbers.below(most + 1)).map(|_| PIECES[numbers.below(PIECES.len())]).collect()
}

/// A run that found anything anywhere.
fn hostile_run(numbers: &mut Numbers) -> Outcome {
    let mut sources = SourceMap::default();
    let files: Vec<_> = (0..1 + numbers.below(4))
        .map(|number| {
            let long = if numbers.below(20) == 0 { 5000 } else { 30 };
            let text = hostile(numbers, long);
            let path = format!("{}{number}.yaml", hostile(numbers, 3));
            (sources.add(path, text.clone()), text)
        })
        .collect();
    let mut diagnostics = Vec::new();
    for _ in 0..numbers.below(40) {
        let code = Code::ALL[numbers.below(8)];
        let mut found = Diagnostic::new(code, hostile(numbers, 6));
        let place = |numbers: &mut Numbers| {
            let (source, text) = &files[numbers.below(files.len())];
            let mut ends = [0, 0].map(|_| numbers.below(text.len() + 1));
            ends.sort_unstable();
            let ends = ends.map(|at| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap());
            Span::new(ends[0], ends[1]).of(*source)
        };
        match numbers.below(4) {
            0 => found = found.about(format!("{}.yaml", hostile(numbers, 3))),
            1 => {}
            _ => found = found.at(place(numbers), hostile(numbers, 3)),
        }
        if numbers.below(2) == 0 {
            found = found.pointer(format!("/{}", hostile(numbers, 2)));
            found = found.help(hostile(numbers, 3)).note(hostile(numbers, 3));
        }
        if numbers.below(3) == 0 {
            found = found.related(place(numbers), hostile(numbers, 2));
            found = found.fix(place(numbers), hostile(numbers, 3));
        }
        diagnostics.push(found);
    }
    casebook::diag::sort(&mut diagnostics, &sources);
    let files = files.len();
    let (artifacts, status) = (Vec::new(), Status::Faulty);
    Outcome { sources, diagnostics, files, artifacts, status, is_draft: false }
}

#[test]
fn hostile_text_breaks_no_format() {
    let mut numbers = Numbers(11);
    for _ in 0..200 {
        let outcome = hostile_run(&mut numbers);
        let all: BTreeMap<&str, String> = (Format::ALL.iter())
            .map(|format| (format.as_str(), shown(*format, &outcome)))
            .collect();
        for format in Format::ALL {
            assert_eq!(all[format.as_str()], shown(*format, &outcome), "{format:?}");
        }
        for format in ["human", "short"] {
            assert_inert(&all[format]);
        }
        for format in ["json", "sarif", "gitlab", "junit"] {
            assert_no_command(&all[format]);
        }
        let found = outcome.diagnostics.len();
        assert_eq!(all["short"].lines().count(), found);
        assert_eq!(read(&all["json"])["diagnostics"].as_array().unwrap().len(), found);
        check_sarif(&read(&all["sarif"]), &outcome);
        check_gitlab(&read(&all["gitlab"]), found);
        check_junit(&all["junit"], &outcome);
        check_github(&all["github"], &outcome);
    }
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn check_sarif(log: &Value, outcome: &Outcome) {
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), outcome.diagnostics.len());
    for (result, found) in results.iter().zip(&outcome.diagnostics) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().contains("]("));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"%-._~/".contains(&byte)));
        // What is to be inserted must be exact, whatever it is.
        let inserted = "/fixes/0/artifactChanges/0/replacements/0/insertedContent/text";
        let fix = found.fix.as_ref().map(|fix| fix.replacement.as_str());
        assert_eq!(result.pointer(inserted).and_then(Value::as_str), fix);
    }
}

fn check_gitlab(issues: &Value, found: usize) {
    let issues = issues.as_array().unwrap();
    let fingerprints: BTreeSet<_> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!((issues.len(), fingerprints.len()), (found, found));
    for issue in issues {
        assert!(["major", "minor", "info"].contains(&issue["severity"].as_str().unwrap()));
        assert!(!issue["location"]["path"].as_str().unwrap().is_empty());
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
}

fn check_junit(text: &str, outcome: &Outcome) {
    assert_inert(text);
    let xml = Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let count = |node: roxmltree::Node<'_, '_>, tag: &str| {
        node.descendants().filter(|inner| inner.has_tag_name(tag)).count().to_string()
    };
    let suites = xml.descendants().filter(|node| node.has_tag_name("testsuite"));
    for node in suites.chain([xml.root_element()]) {
        assert_eq!(node.attribute("tests").unwrap(), count(node, "testcase"));
        assert_eq!(node.attribute("failures").unwrap(), count(node, "failure"));
    }
    assert_eq!(count(xml.root_element(), "failure"), outcome.summary().errors.to_string());
    let names: Vec<_> = (xml.descendants())
        .filter(|node| node.has_tag_name("testcase"))
        .map(|node| (node.attribute("classname"), node.attribute("name")))
        .collect();
    let told = outcome.diagnostics.len();
    assert_eq!(names.iter().filter(|(_, name)| *name != Some("no errors")).count(), told);
}

fn check_github(text: &str, outcome: &Outcome) {
    let commands = ["::error file=", "::warning file=", "::notice file="];
    assert_eq!(
        text.lines().count(),
        text.split(['\n', '\r']).filter(|line| !line.is_empty()).count()
    );
    for line in text.lines() {
        assert!(commands.iter().any(|command| line.starts_with(command)), "{line:?}");
        assert!(!line.contains("##[") && line.len() < 40_000, "{line:?}");
        // Nothing of a path or code can end the properties before their end.
        let (properties, _) = line[2..].split_once("::").unwrap();
        let names = properties.split([' ', ',']).filter_map(|part| part.split_once('='));
        assert!(names.map(|(name, _)| name).any(|name| name == "title"), "{line:?}");
    }
    for command in commands {
        assert!(text.lines().filter(|line| line.starts_with(command)).count() <= 10);
    }
    let errors = outcome.diagnostics.iter().any(Diagnostic::is_error);
    assert_eq!(text.starts_with("::error"), errors);
}
