//! The finder of the site and of report.html: its index holds every word of every case and nothing that is
//! private, and a report without cases has none.

use std::collections::{BTreeMap, BTreeSet};

use casebook::app::{BuildOptions, Status, build};
use casebook::model::Output;
use serde_json::Value;

use crate::support::{MemoryFiles, sample};

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The files of a site by their paths, with report.html.
fn site(files: &MemoryFiles) -> BTreeMap<String, String> {
    let outputs = vec![Output::Html, Output::Site];
    let options = BuildOptions { outputs, ..BuildOptions::default() };
    let outcome = build(files, &options).unwrap();
    assert_eq!(outcome.status, Status::Clean, "{:?}", outcome.diagnostics);
    let made = outcome.artifacts.into_iter();
    made.map(|made| (made.path, String::from_utf8(made.bytes).unwrap())).collect()
}

/// The index of a site.
fn index(site: &BTreeMap<String, String>) -> Value {
    let script = &site["site/assets/finder-index.js"];
    let json = script.strip_prefix("globalThis.casebookFinder=").unwrap();
    serde_json::from_str(json.trim_end().strip_suffix(';').unwrap()).unwrap()
}

/// The index inside of report.html, as it stands there.
fn index_in_report(report: &str) -> &str {
    let start = "<script type=\"application/json\" id=\"finder-index\">";
    let (_, rest) = report.split_once(start).unwrap();
    rest.split_once("</script>").unwrap().0
}

fn digit(c: char) -> usize {
    ALPHABET.find(c).unwrap()
}

/// The numbers of a list: digits of five bits, the lowest first, as long as the sixth is set.
fn numbers(text: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    let (mut number, mut shift) = (0, 0);
    for c in text.chars() {
        number |= (digit(c) & 31) << shift;
        shift += 5;
        if digit(c) < 32 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    numbers
}

/// For each word, its cases.
fn cases_by_word(index: &Value) -> BTreeMap<String, BTreeSet<usize>> {
    let entries = index["words"].as_str().unwrap().split(' ');
    let lists = index["ranked"].as_str().unwrap().split(' ');
    let mut before: Vec<u16> = Vec::new();
    let mut found = BTreeMap::new();
    for (entry, list) in entries.zip(lists) {
        let mut rest = entry.chars();
        before.truncate(digit(rest.next().unwrap()));
        before.extend(rest.as_str().encode_utf16());
        let mut next = 0;
        let cases = numbers(list).into_iter().map(|number| {
            let case = next + number / 4;
            next = case + 1;
            case
        });
        found.insert(String::from_utf16(&before).unwrap(), cases.collect());
    }
    found
}

/// The texts of a value of JSON, without addresses, dates, and words and codes of the form.
fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(entries) => {
            let told = entries.iter().filter(|(key, _)| {
                !["source", "url", "when", "role", "region", "qualifier"].contains(&key.as_str())
            });
            told.for_each(|(_, value)| texts(value, out));
        }
        _ => {}
    }
}

#[test]
fn every_word_of_every_case_of_the_sample_finds_it() {
    let files = sample();
    let options =
        BuildOptions { outputs: vec![Output::Site, Output::Data], ..BuildOptions::default() };
    let made = build(&files, &options).unwrap().artifacts.into_iter();
    let made: BTreeMap<String, String> =
        made.filter_map(|made| Some((made.path, String::from_utf8(made.bytes).ok()?))).collect();
    let found = cases_by_word(&index(&made));
    let data: Value = serde_json::from_str(&made["data/cases.json"]).unwrap();
    let fields = [
        "title",
        "summary",
        "keywords",
        "organisations",
        "aims",
        "problem",
        "target_group",
        "solution",
        "implementation",
        "evaluation",
        "results_summary",
        "unintended",
        "sustainability",
        "challenges",
        "lessons",
        "transfer",
        "technology",
        "results",
        "scale",
    ];
    let mut checked = 0;
    for (position, case) in data["cases"].as_array().unwrap().iter().enumerate() {
        let mut told = Vec::new();
        fields.iter().for_each(|field| texts(&case[*field], &mut told));
        // Nothing that belongs to a citation or a link, and no number of a list.
        for part in told.iter().flat_map(|text| text.split(char::is_whitespace)) {
            let is_number =
                part.strip_suffix('.').is_some_and(|number| number.parse::<u8>().is_ok());
            let is_marked = part.contains(['@', '[', ']', '(', ')', '/', '_', '\\']);
            if is_number || is_marked || !part.is_ascii() {
                continue;
            }
            for word in part.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
                let word = word.to_lowercase();
                let is_found = found.get(&word).is_some_and(|cases| cases.contains(&position));
                assert!(is_found, "{}: {word:?} of {part:?}", case["id"]);
                checked += 1;
            }
        }
    }
    assert!(checked > 15_000, "{checked}");
}

/// A casebook whose case tells a secret wherever a case may.
fn with_secrets() -> MemoryFiles {
    let manifest = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\n\
        form: {extend: form.yaml}\n\
        facets: {hidden: {title: Hidden, pointer: /diary}, open: {title: Open, pointer: /open}}\n\
        themes: {telestroke: {title: Telestroke}}\n";
    let form = "$schema: https://json-schema.org/draft/2020-12/schema\nproperties:\n  \
        diary: {title: Diary, type: string, x-private: true}\n  open: {title: Open, type: string}\n";
    let case = "id: a\ntitle: Told\nsummary: A \u{2028}text </script>.\nregions: [SE221]\n\
        themes: [telestroke]\nstatus: pilot\noutcome: mixed\ndiary: sesame\nopen: public\n\
        contact: {name: Sesame Street, email: sesame@example.org, organisation: Sesame}\n\
        consent: {given: true, by: Sesame}\n\
        review: {state: accepted, reviewer: Sesame, notes: Sesame}\n";
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    MemoryFiles(
        [file("casebook.yaml", manifest), file("form.yaml", form), file("cases/a.yaml", case)]
            .into_iter()
            .collect(),
    )
}

#[test]
fn nothing_private_is_in_the_index_or_on_the_page() {
    let site = site(&with_secrets());
    for path in ["site/assets/finder-index.js", "site/cases/index.html", "report.html"] {
        let text = site[path].to_lowercase();
        assert!(!text.contains("sesame"), "{path}");
        assert!(!text.contains("accepted") && !text.contains("\"review\""), "{path}");
    }
    assert_eq!(
        index(&site),
        serde_json::from_str::<Value>(index_in_report(&site["report.html"])).unwrap()
    );
    let index = index(&site);
    let facets = index["facets"].as_array().unwrap().iter();
    let names: Vec<&str> = facets.map(|facet| facet[0].as_str().unwrap()).collect();
    assert_eq!(names, ["region", "theme", "status", "outcome", "open"]);
    let found = cases_by_word(&index);
    assert!(found.contains_key("told") && found.contains_key("public"));
}

#[test]
fn no_text_ends_the_script_or_breaks_its_line() {
    let files = with_secrets();
    let mut files = files.0;
    let case = String::from_utf8(files["cases/a.yaml"].clone()).unwrap();
    let case = case.replace("open: public", "open: \"</script><!-- \\u2028 \\\"]}; alert(1)\"");
    files.insert("cases/a.yaml".to_owned(), case.into_bytes());
    let site = site(&MemoryFiles(files));
    let script = &site["site/assets/finder-index.js"];
    assert!(!script.contains(['<', '>', '\u{2028}', '\u{2029}']));
    assert_eq!(script.matches('\n').count(), 1);
    let inside = index_in_report(&site["report.html"]);
    assert!(!inside.contains(['<', '>', '\u{2028}', '\u{2029}', '\n']));
    let index = index(&site);
    assert_eq!(index["facets"][4][1][0][0], "</script><!-- \u{2028} \"]}; alert(1)");
}

#[test]
fn values_of_facets_choose_what_filters_choose() {
    let made = site(&sample());
    let index = index(&made);
    let facets: BTreeMap<&str, &Value> = (index["facets"].as_array().unwrap().iter())
        .map(|facet| (facet[0].as_str().unwrap(), &facet[1]))
        .collect();
    for (facet, wanted) in [("region", "SE"), ("theme", "telestroke"), ("outcome", "failed")] {
        let filter = vec![format!("{facet}={wanted}")];
        let values = facets[facet].as_array().unwrap().iter();
        let list = values.into_iter().find(|value| value[0] == wanted).unwrap();
        let options = casebook::app::ListOptions { filters: filter, ..Default::default() };
        let listed = casebook::app::list(&sample(), &options).unwrap().answer.unwrap();
        assert_eq!(numbers(list[1].as_str().unwrap()).len(), listed.len(), "{facet}");
    }
}

#[test]
fn a_report_without_its_cases_has_no_finder() {
    let mut files = with_secrets().0;
    let chapter = "# About\n\nWords.\n";
    files.insert("chapters/about.md".to_owned(), chapter.as_bytes().to_vec());
    let manifest = String::from_utf8(files["casebook.yaml"].clone()).unwrap();
    let manifest = format!("{manifest}contents:\n  - chapter: chapters/about.md\n");
    files.insert("casebook.yaml".to_owned(), manifest.into_bytes());
    let report = &site(&MemoryFiles(files))["report.html"];
    assert!(report.contains("Words."));
    assert!(!report.contains("<script") && !report.contains("script-src"), "{report}");
    assert!(!report.contains("finder"), "{report}");
}
