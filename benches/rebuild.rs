//! What a save costs in `casebook watch`, and what it leaves in memory: `cargo bench --bench rebuild`.
//!
//! It builds the site of 200 generated cases and of the sample report, then edits one case again and
//! again. Each time another sentence is written into the case, and the site is built with what was kept.
//! `CASEBOOK_BENCH_LARGE=1` edits 500 times rather than 20.
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at its environment and the clock")]
#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

#[path = "corpus.rs"]
#[allow(dead_code, reason = "other benchmarks ask more of it")]
mod corpus;

use std::fs;
use std::time::{Duration, Instant};

use casebook::app::{BuildOptions, Files, KeptPages, ReadError, build, rebuild};
use casebook::disk::Disk;
use casebook::model::{Artifact, Output};
use casebook::typeset::{forget, forget_unused};

use self::corpus::Corpus;

fn main() {
    let rounds = if std::env::var_os("CASEBOOK_BENCH_LARGE").is_some() { 500 } else { 20 };
    let sample = Disk::new(env!("CARGO_MANIFEST_DIR"));
    measure("the sample report", &sample, "cases/telekap-slovenia.yaml", rounds);
    measure("200 generated cases", &Corpus::new(200), "cases/case-00100.yaml", rounds);
}

/// Builds a site, then edits one of its cases so many times.
fn measure(name: &str, files: &dyn Files, case: &str, rounds: usize) {
    let mut edited = Edited { files, case: case.to_owned(), round: 0 };
    forget();
    let begun = processor();
    let (cold, _) = timed(|| build(&edited, &options()).expect("it builds").artifacts);
    let cold_work = processor() - begun;
    forget();
    let kept = KeptPages::default();
    rebuild(&edited, &options(), &kept, None).expect("it builds");
    let begun = processor();
    let mut times = Vec::new();
    let mut last = Vec::new();
    println!("{name}: built cold in {cold:.2?}; {} MB", resident());
    for round in 1..=rounds {
        edited.round = round;
        let (time, made) =
            timed(|| rebuild(&edited, &options(), &kept, None).expect("it builds").artifacts);
        times.push(time);
        forget_unused();
        last = made;
        if [1, 5, 10, 20, 50, 100, 200, 300, 400, 500].contains(&round) {
            println!("  after {round} edits {} MB", resident());
        }
    }
    let work = (processor() - begun) / rounds.max(1) as f64;
    times.sort_unstable();
    let median = times[times.len() / 2];
    let share = median.as_secs_f64() / cold.as_secs_f64();
    println!("  an edit took {median:.2?} ({:.0} % of a cold build)", share * 100.0);
    let share = work / cold_work * 100.0;
    println!("  in processor time {work:.2} s of {cold_work:.2} s ({share:.0} %)");
    forget();
    let fresh = build(&edited, &options()).expect("it builds").artifacts;
    assert!(same(&last, &fresh), "what was kept is another than what is built");
}

fn options() -> BuildOptions {
    BuildOptions { outputs: vec![Output::Site], ..BuildOptions::default() }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = Instant::now();
    let done = work();
    (begin.elapsed(), done)
}

fn same(some: &[Artifact], others: &[Artifact]) -> bool {
    !some.is_empty() && some.len() == others.len() && some.iter().zip(others).all(|(a, b)| a == b)
}

/// The processor time that this process took so far, in seconds, where the system tells it as Linux does:
/// what else the machine does counts less in it than in the time that passes.
fn processor() -> f64 {
    let state = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in front, in brackets.
    let fields = state.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The memory of this process in megabytes, where the system tells it as Linux does.
fn resident() -> u64 {
    let state = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = state.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kibibytes.unwrap_or_default() / 1024
}

/// A casebook in which one case says something else each time.
struct Edited<'a> {
    files: &'a dyn Files,
    case: String,
    round: usize,
}

impl Files for Edited<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> anyhow::Result<Vec<String>> {
        self.files.discover(include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let mut bytes = self.files.read(path, limit)?;
        if path == self.case {
            let text = String::from_utf8(bytes).expect("cases are text");
            let sentence = format!("summary: >-\n  Edited {} times.", self.round);
            bytes = text.replacen("summary: >-", &sentence, 1).into_bytes();
        }
        Ok(bytes)
    }
}
