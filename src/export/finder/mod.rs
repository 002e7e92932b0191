//! Owns the finder: the index that it searches, its script and its style; files of the site, or parts of a
//! report that is one page.
//!
//! The index says which words and which values of facets a case has. What a card shows stands in the
//! page and is not told again. Cases go by their positions, as the cards of the page do.

mod fold;
mod in_report;
mod postings;
mod words;

use serde::Serialize;
use typst_html::HtmlAttr;

pub(super) use self::in_report::InReport;
use self::words::WordIndex;
use super::artifact;
use super::inert_json::inert;
use crate::aggregate::{Choices, Choosable, Corpus, choices};
use crate::model::{Artifact, Report};

macro_rules! script {
    ($($name:literal),* $(,)?) => {
        /// The script: its parts behind each other, in a scope of their own.
        const SCRIPT: &str = concat!(
            "'use strict';\n(() => {\n",
            $(include_str!(concat!("../../../templates/finder/", $name)), "\n",)*
            "})();\n",
        );
    };
}

script! {
    "words.js",
    "wanted.js",
    "index.js",
    "matches.js",
    "csv.js",
    "results.js",
    "panel.js",
    "map.js",
    "place.js",
    "finder.js",
}

/// What a link to a list of cases asks the finder for.
pub(super) const FIND: HtmlAttr = HtmlAttr::constant("data-find");

/// The script that leads there instead.
pub(super) const WAYS: &str = include_str!("../../../templates/finder/ways.js");

/// Where the site has the style and the script of the finder.
pub(super) const STYLE_PATH: &str = "assets/finder.css";
pub(super) const SCRIPT_PATH: &str = "assets/finder.js";

/// The style of the finder, in addition to that of all pages.
const STYLE: &str = include_str!("../../../templates/finder.css");

/// The name under which the script finds what the index says.
const GLOBAL: &str = "casebookFinder";

/// The index as the script reads it.
#[derive(Serialize)]
struct Index<'a> {
    /// How many cases there are.
    cases: usize,
    /// All words, sorted.
    words: String,
    /// For each word its cases with the rank of the word there, a space between words.
    ranked: String,
    /// The facets: each with its values, each with its cases.
    facets: Vec<(String, Vec<(&'a str, String)>)>,
}

/// The files that the page of the finder needs beside it.
pub(super) fn files(report: &Report, corpus: &Corpus<'_>) -> Vec<Artifact> {
    vec![
        artifact("site/assets/finder-index.js", index_script(report, corpus)),
        artifact(format!("site/{STYLE_PATH}"), STYLE),
        artifact(format!("site/{SCRIPT_PATH}"), SCRIPT),
    ]
}

/// The index as a script: from a disk, a page may load nothing else.
fn index_script(report: &Report, corpus: &Corpus<'_>) -> String {
    format!("globalThis.{GLOBAL}={};\n", index(report, corpus))
}

/// The index as JSON that no text of it can end.
fn index(report: &Report, corpus: &Corpus<'_>) -> String {
    let WordIndex { words, ranked } = WordIndex::of(report, corpus.dimensions());
    let choices = choices(corpus);
    let facets = choices.iter().map(|Choices { facet, values }| {
        let mut all = Vec::new();
        push_all(values, &mut all);
        (facet.name(corpus.dimensions()).into_owned(), all)
    });
    let index = Index { cases: report.cases.len(), words, ranked, facets: facets.collect() };
    // There is no map in it whose key is no text, so that nothing can go wrong.
    inert(&serde_json::to_string(&index).unwrap_or_default())
}

/// The values of a tree in one row.
fn push_all<'a>(values: &'a [Choosable], all: &mut Vec<(&'a str, String)>) {
    for value in values {
        all.push((value.value.as_str(), postings::cases(&value.cases)));
        push_all(&value.inside, all);
    }
}
