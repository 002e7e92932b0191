//! Hostile and broken input: each gets a clear error, and nothing is lost or eaten.

use std::fs;

use crate::support::{Casebook, MANIFEST, case};

/// Checks one broken file beside a good one: where the fault is and how it is told.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, line: &str, words: &str) {
    let casebook = Casebook::new(&[("good", &case("good"))]);
    casebook.write("cases/bad.yaml", bytes);
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let expected = format!("cases/bad.yaml{line}");
    assert!(run.stdout.starts_with(&expected), "{}\nexpected {expected}", run.stdout);
    assert!(run.stdout.contains(words), "{}\nexpected {words}", run.stdout);
    assert!(!run.stdout.contains("good.yaml"), "{}", run.stdout);
}

#[test]
fn files_that_are_no_case() {
    check(b"id: bad\ntitle: caf\xe9\n", ":2:11", "not-utf8]: the file is not UTF-8 text");
    check(b"\xff\xfei\0d\0", ":1:1", "UTF-16");
    check("", ":1:1", "empty-file]: the file holds nothing");
    check("\u{feff} \n", ":1:1", "empty-file]");
    check("# only a comment\n", ":1:1", "empty-file]: the file holds nothing but comments");
    check("- a\n- b\n", ":1:1", "wrong-type]: the file must be keys with values");
    check("just words\n", ":1:1", "wrong-type]: the file must be keys with values");
}

#[test]
fn yaml_that_is_none() {
    check("id: bad\nperiod:\n\tstart: 2007\n", ":3:1", "yaml-tab]: a tab stands where YAML wants");
    check("id: bad\ntitle: One\n\tsummary: Two\n", ":3:1", "yaml-tab]: a tab stands where");
    // Behind a space the text may go on by a tab.
    check("id: bad\ntitle: One\n \ttwo\n\tthree\n", ":4:1", "yaml-tab]: a tab stands where");
    check(
        format!("{}id: again\n", case("bad")),
        ":8:1",
        "duplicate-key]: the key `id` stands twice",
    );
    check("id: bad\ntitle: \"open\nsummary: x\n", ":2:8", "a quotation mark is opened and never");
    check("id: bad\ntitle: 'open\n", ":2:8", "a quotation mark is opened and never");
    check("id: bad\ntitle: a: b\n", ":2:9", "put the whole text in quotation marks");
    check("id: bad\nthemes: [a, b\nstatus: pilot\n", ":3:7", "look above for a bracket left open");
    check("id: bad\nthemes: [a, b\n", ":2:9", "bracket `[` is opened and never closed");
    check("id: bad\n title: x\n", ":2:7", "a colon stands where no key can be");
    check("id: bad\ntitle: @x\n", ":2:8", "a value cannot begin with `@`");
    check("id: bad\ntitle x\nregions: [SE]\n", ":2:1", "expected a key followed by a colon");
}

#[test]
fn bombs_cost_nothing() {
    let nested = format!("id: {}", "[".repeat(10 << 20));
    check(&nested, ": error[", "file-too-large]: ");
    check("[".repeat(1 << 20), ":1:65", "yaml-limit]: the file is nested too deeply");
    check("? ".repeat(1 << 20), ":1:", "yaml-limit]");
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..20 {
        bomb.push_str(&format!("a{i}: &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(9)));
    }
    check(&bomb, ":", "yaml-limit]: the file holds too many keys and values");
    check("a: &a [*a]\n", ":1:8", "an alias refers to what it stands in");
}

#[test]
fn the_whole_list_of_the_editor_in_one_run() {
    let misspelt = case("one").replace("telestroke", "telestrok");
    let retired = case("two").replace("SE221", "PT16B");
    let outside = format!("{}images: [{{file: ../../x.png, alt: X}}]\n", case("three"));
    let casebook = Casebook::new(&[("one", &misspelt), ("two", &retired), ("three", &outside)]);
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(1));
    let codes: Vec<&str> =
        run.stdout.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(codes, ["unknown-theme", "path-outside", "retired-region"]);
}

#[test]
fn two_files_with_one_id() {
    let casebook = Casebook::new(&[("a", &case("a")), ("north/a", &case("a"))]);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.contains("error[duplicate-id]: two cases have the id `a`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("used first here"), "{}", run.stderr);
}

#[test]
fn manifests_that_are_wrong_are_not_the_contributors_fault() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    fs::remove_file(casebook.path().join("casebook.yaml")).unwrap();
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("error[manifest-missing]"), "{}", run.stderr);

    casebook.write("casebook.yaml", MANIFEST.replace("title: Test", "titel: Test"));
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("did you mean `title`?"), "{}", run.stderr);

    casebook.write("casebook.yaml", format!("{MANIFEST}contents: [{{chapter: ../a.md}}]\n"));
    let run = casebook.run(&["validate"]);
    assert!(run.stderr.contains("`../a.md` leads out of the casebook"), "{}", run.stderr);

    let twice = "contents: [{section: overview}, {section: overview, by: theme}]";
    casebook.write("casebook.yaml", format!("{MANIFEST}{twice}\n"));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(2));
    let codes: Vec<&str> =
        run.stdout.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(codes, ["not-unique", "form-rule"], "{}", run.stdout);

    casebook.write("casebook.yaml", format!("{MANIFEST}contents: [{{chapter: a.md}}]\n"));
    let run = casebook.run(&["validate"]);
    assert!(run.stderr.contains("error[chapter-missing]"), "{}", run.stderr);

    casebook.write("casebook.yaml", MANIFEST);
    fs::remove_dir_all(casebook.path().join("cases")).unwrap();
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("error[no-cases]"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_casebook() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.yaml"), case("secret")).unwrap();
    fs::write(outside.path().join("secret.png"), b"secret").unwrap();
    let with_image = format!("{}images: [{{file: x.png, alt: X}}]\n", case("a"));
    let casebook = Casebook::new(&[("a", &with_image)]);
    let link = |name: &str, target: &str| {
        let place = casebook.path().join("cases").join(name);
        std::os::unix::fs::symlink(outside.path().join(target), place).unwrap();
    };
    link("x.png", "secret.png");
    link("secret.yaml", "secret.yaml");
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("error[path-outside]: `cases/x.png` leads out"), "{}", run.stdout);
    let secret = "error[path-outside]: `cases/secret.yaml` leads out of the casebook";
    assert!(run.stdout.contains(secret), "{}", run.stdout);
    let run = casebook.run(&["validate", "cases/secret.yaml"]);
    assert_eq!(run.status, Some(2), "{run:?}");
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let hostile = case("bad").replace("telestroke", "\"\\e[31mred\\u202e\"");
    let raw = case("raw").replace("telestroke", "\u{9b}31mred");
    let casebook = Casebook::new(&[("bad", &hostile), ("raw", &raw)]);
    for format in ["human", "short"] {
        let run = casebook.run(&["validate", "--message-format", format]);
        let shown = run.stdout + &run.stderr;
        assert_eq!(shown.matches("error[control-character]").count(), 2, "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{shown:?}");
    }
}

#[test]
fn a_text_in_the_place_of_keys_is_shown_under_the_key_that_it_belongs_to() {
    let check = |entry: &str, expected: &str| {
        let casebook = Casebook::new(&[]);
        let manifest = format!("{}contents: [{entry}]\n", crate::support::MANIFEST);
        casebook.write("casebook.yaml", manifest);
        let run = casebook.run(&["validate"]);
        let help = run.stderr.lines().find(|line| line.contains("= help: write it as"));
        assert_eq!(help.map(str::trim), Some(expected), "{}", run.stderr);
    };
    let help = |keys: &str| {
        format!("= help: write it as `{{{keys}}}`, or as keys with values on lines of their own")
    };
    check("chapters/one.md", &help("chapter: chapters/one.md"));
    check("lessons", &help("section: lessons"));
}
