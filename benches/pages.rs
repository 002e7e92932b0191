//! What a page costs in the report's design, and the same texts in Typst's default look:
//! `cargo bench --bench pages`.
//!
//! It prints a table each for the PDF and for the site of 29, 200 and 1,000 generated cases, built from their
//! files to the bytes of the outputs. Of the plain site, only the pages of cases hold anything. The largest PDF
//! takes minutes and gigabytes, so a thousand cases are built only with `CASEBOOK_BENCH_LARGE=1`.
#![allow(clippy::disallowed_methods, reason = "a benchmark may look at its environment")]
#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

#[path = "corpus.rs"]
#[allow(dead_code, reason = "other benchmarks ask more of it")]
mod corpus;

use std::time::{Duration, Instant};

use casebook::app::{BuildOptions, Files, ReadError, build};
use casebook::model::Output;
use casebook::typeset::forget;

use self::corpus::Corpus;

/// How often each is built; the quickest counts, since other programs only ever add.
const ROUNDS: usize = 3;

/// The template of the default look.
const PLAIN: &str = include_str!("plain/lib.typ");

/// What every page of a PDF says of itself, unlike the tree of them.
const PAGE: &[u8] = b"/Type/Page";

fn main() {
    for output in [Output::Pdf, Output::Site] {
        println!(
            "\n{output:?}\n\n| cases | look | pages | time | a page | ratio |\n|---|---|---|---|---|---|"
        );
        table(output);
    }
}

fn table(output: Output) {
    for cases in [29, 200, 1_000] {
        if cases > 200 && std::env::var_os("CASEBOOK_BENCH_LARGE").is_none() {
            println!("| {cases} | only with CASEBOOK_BENCH_LARGE=1 | | | | |");
            continue;
        }
        let corpus = Corpus::new(cases);
        let plain = Cost::of(&Plain(&corpus), cases, output);
        let designed = Cost::of(&corpus, cases, output);
        let ratio = designed.page() / plain.page();
        println!("| {cases} | plain | {plain} | |");
        println!("| {cases} | designed | {designed} | {ratio:.2} |");
    }
}

/// What a report costs.
struct Cost {
    pages: usize,
    time: Duration,
}

impl Cost {
    fn of(files: &dyn Files, cases: usize, output: Output) -> Self {
        let rounds = if cases > 200 { 1 } else { ROUNDS };
        let mut pages = 0;
        let time = (0..rounds).map(|_| {
            forget();
            let begin = Instant::now();
            pages = pages_of(files, output);
            begin.elapsed()
        });
        Self { time: time.min().unwrap_or_default(), pages }
    }

    /// Milliseconds a page.
    fn page(&self) -> f64 {
        self.time.as_secs_f64() * 1000.0 / self.pages as f64
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} | {:.2} s | {:.1} ms", self.pages, self.time.as_secs_f64(), self.page())
    }
}

/// Builds an output, and counts its pages.
fn pages_of(files: &dyn Files, output: Output) -> usize {
    let options = BuildOptions { outputs: vec![output], ..BuildOptions::default() };
    let outcome = build(files, &options).expect("a sound form");
    if output == Output::Site {
        return outcome.artifacts.iter().filter(|file| file.path.ends_with(".html")).count();
    }
    let pdf = outcome.artifacts.first().expect("the report");
    let text: Vec<u8> = pdf.bytes.iter().copied().filter(|byte| *byte != b' ').collect();
    text.windows(PAGE.len() + 1).filter(|at| at.starts_with(PAGE) && !at.ends_with(b"s")).count()
}

/// A corpus whose report is made by the template of the default look.
struct Plain<'a>(&'a Corpus);

impl Files for Plain<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> anyhow::Result<Vec<String>> {
        if include.iter().any(|pattern| pattern.starts_with("/plain/")) {
            return Ok(vec!["plain/lib.typ".to_owned()]);
        }
        self.0.discover(include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        match path {
            "plain/lib.typ" => Ok(PLAIN.as_bytes().to_owned()),
            "casebook.yaml" => Ok(format!("{}templates: plain\n", self.0.manifest()).into_bytes()),
            _ => self.0.read(path, limit),
        }
    }
}
