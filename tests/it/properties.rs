//! What holds for every input, tried on some thousands that are the same in every run.

use std::time::{Duration, Instant};

use casebook::diag::Sink;
use casebook::form::Form;
use casebook::load::{Limits, parse};
use casebook::source::SourceMap;
use casebook::validate::check_form;
use rayon::prelude::*;

use crate::bodies::{formats, mend_record, tree_to_diagnostics, yaml_to_tree};
use crate::support::{Numbers, sample};

/// Runs a property on inputs made of numbers; a failure names the number to begin with.
#[track_caller]
fn holds(inputs: u64, make: impl Fn(&mut Numbers) -> Vec<u8> + Sync, property: fn(&[u8])) {
    let failure = (0..inputs).into_par_iter().find_map_first(|seed| {
        let bytes = make(&mut Numbers(seed));
        let panic = std::panic::catch_unwind(|| property(&bytes)).err()?;
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default().to_owned();
        Some(format!("seed {seed}, {:?}: {words}", String::from_utf8_lossy(&bytes)))
    });
    assert_eq!(failure, None);
}

fn bytes(numbers: &mut Numbers, count: usize) -> Vec<u8> {
    (0..count).map(|_| numbers.below(256).to_le_bytes()[0]).collect()
}

/// Pieces that mean something in YAML, or nearly.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "a: ",
    "b:",
    ": ",
    "- ",
    "-\n",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    "\"",
    "\\",
    "\\u00",
    "|",
    "|2-\n",
    ">",
    ">-\n",
    "&a ",
    "*a",
    "*b",
    "!",
    "!!str ",
    "!<x> ",
    "#",
    " # c\n",
    "%YAML 1.2\n",
    "%TAG ! x\n",
    "---",
    "\n---\n",
    "\n...\n",
    "\t",
    "\r",
    "\r\n",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{1b}",
    "\0",
    "é",
    "日本",
    "👩‍⚕️",
    "e\u{301}",
    "1",
    "-1e9",
    "0x",
    "~",
    "<<: ",
    "true",
    "text",
    "@",
    "`",
];

#[test]
fn text_becomes_a_tree_or_diagnostics() {
    let pieces = |numbers: &mut Numbers| -> Vec<u8> {
        let count = numbers.below(40);
        (0..count).flat_map(|_| PIECES[numbers.below(PIECES.len())].bytes()).collect()
    };
    holds(20_000, pieces, yaml_to_tree);
    holds(2_000, |numbers| bytes(numbers, 64), yaml_to_tree);
    for (_, bytes) in sample().0.iter().filter(|(name, _)| name.ends_with(".yaml")) {
        yaml_to_tree(bytes);
    }
}

#[test]
fn a_tree_is_judged_at_places_that_are_there() {
    holds(1_500, |numbers| bytes(numbers, 160), tree_to_diagnostics);
}

#[test]
fn mending_never_makes_a_record_worse_and_comes_to_an_end() {
    holds(400, |numbers| bytes(numbers, 120), mend_record);
}

#[test]
fn every_format_shows_what_there_is_and_nothing_else() {
    holds(1_500, |numbers| bytes(numbers, 240), formats);
}

#[test]
fn many_faults_of_one_kind_cost_no_more_than_their_number() {
    let lines = |line: fn(usize) -> String| -> String { (0..30_000).map(line).collect() };
    let last = "key29999: 1\n".repeat(30_000);
    for (text, code) in [
        (lines(|i| format!("key{i}: 1\n")), "unknown-key"),
        (lines(|i| format!("key{i}: 1\n")) + &last, "duplicate-key"),
        (format!("keywords:\n{}", lines(|i| format!("- {i}\n"))), "wrong-type"),
        (format!("regions:\n{}- r29999\n", lines(|i| format!("- r{i}\n"))), "not-unique"),
    ] {
        let start = Instant::now();
        let source = SourceMap::default().add("many.yaml", "");
        let mut sink = Sink::new();
        if let Some(root) = parse(source, &text, Limits::default(), &mut sink) {
            check_form(Form::case(), source, &root, &mut sink);
        }
        assert!(sink.iter().any(|d| d.code.as_str() == code), "{code}: {:?}", sink.first());
        assert!(start.elapsed() < Duration::from_secs(20), "{code}: {:?}", start.elapsed());
    }
}
