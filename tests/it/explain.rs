//! The explanations of the codes, whose examples are casebooks that the program is run on.
//!
//! A code's explanation, src/diag/explanations/CODE.md, has examples under `## Wrong` and
//! `## Right`. What a block is, the words after its backticks say:
//!
//! - `yaml`: a part of the case `cases/example.yaml`; its keys take the place of those of a short
//!   case without a fault;
//! - `yaml casebook.yaml`: a part of the manifest, likewise; with `whole` behind it all of it;
//! - a language and a path: a whole file;
//! - `console`: the call, after `$ casebook`, in place of `validate`.

use std::collections::BTreeSet;
use std::fs;

use casebook::diag::Code;
use serde_json::Value;

use crate::support::{Casebook, MANIFEST, case, casebook, repository};

/// Codes that no text can show, and why.
const WITHOUT_EXAMPLES: &[(&str, &str)] = &[
    ("file-too-large", "it takes a file of megabytes"),
    ("not-utf8", "an explanation is UTF-8 itself"),
    ("image-size", "it takes a picture of megabytes"),
    ("checklist-result", "it is what was asked for, and no fault"),
    ("hand-edited", "it takes two imports with an edit between them"),
    ("row-gone", "it takes two imports"),
    ("report-warning", "no text is known that leads to it"),
];

/// What is found and no fault: the answer to a call.
const ANSWERS: &[&str] = &["checklist-result"];

/// An example: a block of an explanation.
#[derive(Debug)]
struct Block<'a> {
    /// The words after the backticks.
    info: &'a str,
    text: String,
}

/// The blocks under a heading.
fn blocks<'a>(explanation: &'a str, heading: &str) -> Vec<Block<'a>> {
    let mut lines = explanation.lines();
    lines.by_ref().find(|line| *line == heading);
    let mut lines = lines.take_while(|line| !line.starts_with("## "));
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            blocks.push(Block { info, text: text.map(|line| format!("{line}\n")).collect() });
        }
    }
    blocks
}

/// The key that a line begins, if it is one of a YAML file's top level.
fn top_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!key.is_empty() && key.chars().all(is_key)).then_some(key)
}

/// A text in which the keys of a part, with all that stands below them, take the place of its own.
fn with_part(whole: &str, part: &str) -> String {
    let replaced: BTreeSet<&str> = part.lines().filter_map(top_key).collect();
    let mut kept = String::new();
    let mut keep = true;
    for line in whole.lines() {
        keep = top_key(line).map_or(keep, |key| !replaced.contains(key));
        if keep {
            kept.push_str(&format!("{line}\n"));
        }
    }
    kept + part
}

/// The codes of the faults that a run on an example finds; what it says instead, if it does not
/// come so far.
fn found(blocks: &[Block<'_>]) -> BTreeSet<String> {
    let example = Casebook::new(&[]);
    let (mut manifest, mut record) = (MANIFEST.to_owned(), case("example"));
    let mut call = "validate";
    for Block { info, text } in blocks {
        match info.split(' ').collect::<Vec<_>>().as_slice() {
            ["yaml"] => record = with_part(&record, text),
            ["yaml", "casebook.yaml"] => manifest = with_part(&manifest, text),
            ["yaml", "casebook.yaml", "whole"] => manifest.clone_from(text),
            ["console"] => call = text.trim_end().strip_prefix("$ casebook ").unwrap(),
            [_, path] => example.write(path, text),
            _ => panic!("`{info}` is not known"),
        }
    }
    example.write("casebook.yaml", manifest);
    example.write("cases/example.yaml", record);
    let args: Vec<&str> = call.split(' ').chain(["--message-format", "json"]).collect();
    let run = example.run(&args);
    let Ok(json) = serde_json::from_str::<Value>(&run.stdout) else {
        return BTreeSet::from([run.stderr]);
    };
    let found = json["diagnostics"].as_array().unwrap().iter();
    let codes = found.map(|diagnostic| diagnostic["code"].as_str().unwrap());
    codes.filter(|code| !ANSWERS.contains(code)).map(str::to_owned).collect()
}

/// What is wrong with the examples of a code.
fn fault(code: Code) -> Option<String> {
    let [wrong, right] =
        ["## Wrong", "## Right"].map(|heading| blocks(code.explanation(), heading));
    let is_listed = |list: &[(&str, &str)]| list.iter().any(|(name, _)| *name == code.as_str());
    if is_listed(WITHOUT_EXAMPLES) {
        let has_none = wrong.is_empty() && right.is_empty();
        return (!has_none).then(|| "it has examples after all".to_owned());
    }
    if wrong.is_empty() || right.is_empty() {
        return Some("it has no examples".to_owned());
    }
    let (wrong, right) = (found(&wrong), found(&right));
    let is_shown = wrong.iter().eq([code.as_str()]);
    (!is_shown || !right.is_empty()).then(|| format!("wrong: {wrong:?}, right: {right:?}"))
}

#[test]
fn wrong_examples_show_their_code_and_right_ones_nothing() {
    let faults: Vec<String> = Code::ALL
        .iter()
        .filter_map(|code| fault(*code).map(|fault| format!("{code}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_explanation_belongs_to_a_code_and_reads_well() {
    for entry in fs::read_dir(repository().join("src/diag/explanations")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(Code::parse(name).is_some(), "{name} is not a code");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(|c: char| c.is_alphabetic() || c == '`'), "{name}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{name} is wider than a terminal: {line}");
        }
    }
}

#[test]
fn parts_take_the_place_of_keys() {
    let whole = "a: 1\nb:\n  c: 2\n# d\ne: 3\n";
    assert_eq!(with_part(whole, "b: 4\n"), "a: 1\ne: 3\nb: 4\n");
    assert_eq!(
        with_part(whole, "b: 4\nb:\n  a: 5\nf: |\n x\n"),
        "a: 1\ne: 3\nb: 4\nb:\n  a: 5\nf: |\n x\n"
    );
}

#[test]
fn one_code_is_explained_and_all_are_listed() {
    let folder = std::env::temp_dir();
    let run = casebook(&folder, &["explain", "Unknown-Region"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let heading = "# unknown-region: a region code is not known\n\nSeverity: error.\n\n";
    assert_eq!(run.stdout, format!("{heading}{}", Code::UnknownRegion.explanation()));

    let styled = casebook(&folder, &["--color", "always", "explain", "unknown-region"]).stdout;
    assert_ne!(styled, run.stdout);
    let plain =
        ["\x1b[1m", "\x1b[2m", "\x1b[0m"].iter().fold(styled, |text, code| text.replace(code, ""));
    assert_eq!(plain, run.stdout);

    let run = casebook(&folder, &["explain"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let fields =
        |line: &str| line.split_whitespace().take(3).map(str::to_owned).collect::<Vec<_>>();
    let lines: Vec<Vec<String>> = run.stdout.lines().map(fields).collect();
    assert_eq!(lines.len(), Code::ALL.len());
    for line in [
        ["unknown-region", "error", "-"],
        ["period-order", "error", "rules"],
        ["trailing-space", "info", "rules"],
    ] {
        assert!(lines.contains(&line.map(str::to_owned).to_vec()), "{line:?}");
    }
}

#[test]
fn a_name_that_is_no_code_is_a_wrong_call() {
    let run = casebook(repository(), &["explain", "unknwon-region"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        run.stderr,
        "error: there is no code `unknwon-region`; did you mean `unknown-region`?\n"
    );
    let run = casebook(repository(), &["explain", "E0308"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("`casebook explain` lists all"), "{}", run.stderr);
}

#[test]
fn a_run_tells_once_where_to_read_more_and_only_people() {
    let faulty =
        format!("{}period: {{start: 2007, end: 2005}}\n", case("a").replace("SE221", "SEX"));
    let example = Casebook::new(&[("a", &faulty)]);
    let hint = "(`casebook explain unknown-region` says more)\n";
    let run = example.run(&["validate"]);
    assert!(run.stderr.ends_with(hint) && run.stderr.matches("explain").count() == 1, "{run:?}");
    for args in [&["validate", "--message-format", "short"][..], &["validate", "-q"]] {
        let run = example.run(args);
        assert!(!run.stderr.contains("explain") && !run.stdout.contains("explain"), "{run:?}");
    }
}
