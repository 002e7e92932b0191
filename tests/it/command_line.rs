//! The command line: exit statuses, streams, help.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Casebook, case, casebook, command, golden, repository};

#[test]
fn help_of_every_verb() {
    let mut text = String::new();
    let verbs = [
        "",
        "validate",
        "stats",
        "list",
        "build",
        "watch",
        "export",
        "import",
        "diff",
        "migrate",
        "review",
        "schema",
        "schema show",
        "schema check",
        "schema doc",
        "schema template",
        "schema issue-form",
        "schema html-form",
        "new",
        "init",
        "explain",
        "completions",
        "man",
    ];
    for verb in verbs {
        let args: Vec<&str> = verb.split_whitespace().chain(["--help"]).collect();
        let run = casebook(repository(), &args);
        assert_eq!(run.status, Some(0));
        let (_, example) =
            run.stdout.rsplit_once("\nExamples:\n").unwrap_or_else(|| panic!("{verb}: no example"));
        let called = format!("  casebook {verb}");
        assert!(
            example.lines().all(|line| line.starts_with(called.trim_end())),
            "{verb}: {example}"
        );
        for line in example.lines() {
            assert!(is_understood(line), "{line}");
        }
        for below in verbs_in(&run.stdout) {
            let whole = format!("{verb} {below}");
            assert!(verbs.contains(&whole.trim()), "the help of {whole} is not read");
        }
        text.push_str(&format!("$ casebook {}\n{}\n", args.join(" "), run.stdout));
    }
    golden("help.txt", &text);
}

/// Whether an example of the help is a call that the program understands, without doing it.
fn is_understood(line: &str) -> bool {
    let call = line.split(['>', '|']).next().unwrap().replace("  ", " ");
    // In the help of all there is a word on each behind it.
    let call = ["begin a", "check all", "make the"]
        .iter()
        .fold(call, |call, words| call.split(words).next().unwrap().to_owned());
    let parts = call.split('"').enumerate();
    let words: Vec<&str> = parts
        .flat_map(
            |(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() },
        )
        .collect();
    casebook(repository(), &[&words[1..], &["--help"]].concat()).status == Some(0)
}

/// The verbs that a help lists.
fn verbs_in(help: &str) -> Vec<&str> {
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let verbs = lines.filter(|line| !line.starts_with("   "));
    verbs.filter_map(|line| line.split_whitespace().next()).filter(|verb| *verb != "help").collect()
}

#[test]
fn wrong_calls_are_status_2() {
    for args in [
        &["frobnicate"][..],
        &["build", "--format", "docx"],
        &["validate", "--message-format", "xml"],
        &["validate", "no-such-file.yaml"],
        &["validate", "--jobs", "0"],
        &["--root", "/", "validate"],
    ] {
        let run = casebook(repository(), args);
        let expected = if args.contains(&"no-such-file.yaml") { 1 } else { 2 };
        assert_eq!(run.status, Some(expected), "{args:?}: {run:?}");
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{args:?}: {run:?}");
    }
    let mut run = command(repository());
    run.arg("build").env("SOURCE_DATE_EPOCH", "yesterday");
    assert_eq!(crate::support::finish(&mut run).status, Some(2));
}

#[test]
fn the_sample_is_valid_and_says_so_on_stderr() {
    let run = casebook(repository(), &["check"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert!(run.stderr.ends_with(": 0 errors, 0 warnings\n"), "{}", run.stderr);
    assert_eq!(casebook(repository(), &["check", "-q"]).stderr, "");
}

#[test]
fn warnings_fail_only_when_told() {
    let html = format!("{}problem: a <b>bold</b> word\n", case("a"));
    let casebook = Casebook::new(&[("a", &html)]);
    assert_eq!(casebook.run(&["validate"]).status, Some(0));
    assert_eq!(casebook.run(&["validate", "--strict"]).status, Some(1));
    assert_eq!(casebook.run(&["validate", "--max-warnings", "1"]).status, Some(1));
    assert_eq!(casebook.run(&["validate", "--max-warnings", "2"]).status, Some(0));
    assert_eq!(casebook.run(&["build", "--strict", "--format", "data"]).status, Some(1));
    assert!(!casebook.path().join("build").exists());
}

#[test]
fn standard_input_is_a_case() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let check = |text: &str, name: &str| {
        let mut child = command(casebook.path())
            .args(["validate", "-", "--stdin-filename", name, "--message-format", "short"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(check(&case("b"), "cases/b.yaml"), (Some(0), String::new()));
    let (status, text) = check(&case("b"), "cases/c.yaml");
    assert_eq!(status, Some(1));
    assert!(text.starts_with("cases/c.yaml:1:5: error[id-not-file-name]"), "{text}");
}

#[test]
fn messages_go_to_files_and_to_the_terminal_in_one_run() {
    let casebook = Casebook::new(&[("a", &case("a").replace("mixed", "mixd"))]);
    let run = casebook.run(&[
        "validate",
        "--message-format",
        "human",
        "--message-format",
        "json=found.json",
    ]);
    assert!(run.stderr.contains("did you mean `mixed`?"), "{}", run.stderr);
    let json = std::fs::read_to_string(casebook.path().join("found.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["summary"], serde_json::json!({"files": 2, "errors": 1, "warnings": 0}));
    assert_eq!(json["diagnostics"][0]["fix"]["replacement"], "mixed");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = command(repository())
        .args(["schema", "show"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_casebook_is_found_from_inside_it() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let inside = casebook.path().join("cases");
    assert_eq!(crate::support::casebook(&inside, &["validate", "a.yaml"]).status, Some(0));
    assert_eq!(crate::support::casebook(&inside, &["build", "--format", "data"]).status, Some(0));
    assert!(casebook.path().join("build/data/cases.csv").is_file());
}

#[test]
fn the_discovery_respects_gitignore_and_patterns() {
    let casebook =
        Casebook::new(&[("a", &case("a")), ("draft/b", "broken: ["), ("c", "broken: [")]);
    casebook.write(".gitignore", "/cases/c.yaml\n");
    casebook.write("cases/d.yml", case("d"));
    casebook.write("cases/notes.txt", "no case");
    let manifest =
        format!("{}cases: {{exclude: [\"cases/draft/**\"]}}\n", crate::support::MANIFEST);
    casebook.write("casebook.yaml", manifest);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("checked 3 files"), "{}", run.stderr);
    // A file that is named is checked, ignored or not.
    assert_eq!(casebook.run(&["validate", "cases/c.yaml"]).status, Some(1));
}
