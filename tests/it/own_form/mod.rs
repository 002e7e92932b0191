//! Forms of a group's own: what they may say, what is told of them, and what comes out.

mod extension;
mod facets;
mod records;
mod schema;

use std::collections::BTreeMap;

use casebook::app::{BuildOptions, Outcome, Selection, build, validate};
use casebook::diag::Diagnostic;
use casebook::model::Output;
use casebook::source::{Location, SourceMap};

use crate::support::MemoryFiles;

/// The beginning of every manifest here.
const TOP: &str = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\n";

/// A casebook in memory: the manifest without its beginning, and other files by their paths.
fn files(manifest: &str, others: &[(&str, &str)]) -> MemoryFiles {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let mut files: BTreeMap<String, Vec<u8>> =
        others.iter().map(|(path, text)| ((*path).to_owned(), bytes(text))).collect();
    files.insert("casebook.yaml".to_owned(), bytes(&format!("{TOP}{manifest}")));
    MemoryFiles(files)
}

fn checked(manifest: &str, others: &[(&str, &str)]) -> Outcome {
    validate(&files(manifest, others), &Selection::All).unwrap()
}

/// What was found, a line each: place, name, pointer and message, then each other place.
fn told(outcome: &Outcome) -> Vec<String> {
    outcome.diagnostics.iter().map(|found| line(found, &outcome.sources)).collect()
}

fn line(found: &Diagnostic, sources: &SourceMap) -> String {
    let at = |location: Location| {
        let file = sources.get(location.source);
        let start = file.position(location.span.start);
        format!("{}:{}:{}", file.path(), start.line, start.column)
    };
    let place = found.primary.as_ref().map_or_else(String::new, |label| at(label.location));
    let pointer = found.pointer.as_deref().unwrap_or("-");
    let mut line = format!("{place} {} {pointer} {}", found.code, found.message);
    for label in &found.related {
        line.push_str(&format!(" <- {}", at(label.location)));
    }
    line
}

/// Everything that a build makes, as text by path.
fn built(manifest: &str, others: &[(&str, &str)], outputs: &[Output]) -> BTreeMap<String, String> {
    let options = BuildOptions { outputs: outputs.to_vec(), ..BuildOptions::default() };
    let outcome = build(&files(manifest, others), &options).unwrap();
    assert_eq!(told(&outcome), [""; 0]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    outcome.artifacts.iter().map(|made| (made.path.clone(), text(&made.bytes))).collect()
}

/// A page's words without its marks, each run of spaces as one.
fn words(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
