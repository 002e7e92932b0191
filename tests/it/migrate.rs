//! Forms that change: keys under old names are read, told of and renamed, and newer formats refused.

use std::fs;
use std::process::Stdio;

use crate::support::{Casebook, MANIFEST, case, command, tree, waits};

/// A form that gave its keys other names, and wants one of them no more.
const FORM: &str = "\
$schema: https://json-schema.org/draft/2020-12/schema
type: object
properties:
  audience:
    title: Audience
    description: Whom it is for.
    x-renamed-from: [readers, target_audience]
    type: object
    additionalProperties: false
    required: [who]
    properties:
      who: {title: Who, description: Who., type: string, x-renamed-from: whom}
  budget_code:
    title: Budget code
    description: Its code.
    type: string
    deprecated: true
    x-deprecated-message: Say it under funding.
";

const OLD: &str = "\
# kept
target_audience:  # who it is for
  \"whom\": 'Nurses at night'
budget_code: X
";

fn casebook(tail: &str) -> Casebook {
    let casebook = Casebook::new(&[("a", &format!("{}{tail}", case("a")))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write("form.yaml", FORM);
    casebook
}

#[test]
fn old_names_are_read_told_of_and_renamed() {
    let casebook = casebook(OLD);
    let text = || fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    for words in [
        "cases/a.yaml:9:1: warning[renamed-key]: the key `target_audience` is called `audience` now",
        "cases/a.yaml:10:3: warning[renamed-key]: the key `whom` is called `who` now",
        "cases/a.yaml:11:1: warning[deprecated-key]: the key `budget_code` is to be used no more",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    let run = casebook.run(&["validate"]);
    assert!(run.stderr.contains("Say it under funding."), "{}", run.stderr);
    // The report has it under its new name.
    assert_eq!(casebook.run(&["build", "--format", "html"]).status, Some(0));
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(page.contains("Audience") && page.contains("Nurses at night"));

    let before = text();
    let run = casebook.run(&["migrate", "--diff"]);
    assert_eq!((run.status, text() == before), (Some(0), true), "{run:?}");
    assert!(run.stdout.contains("\n+audience:  # who it is for\n"), "{}", run.stdout);
    let run = casebook.run(&["migrate"]);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(0), "renamed 2 keys in 1 file\n"),
        "{run:?}"
    );
    let expected = OLD.replace("target_audience", "audience").replace("\"whom\"", "\"who\"");
    assert_eq!(text(), format!("{}{expected}", case("a")));
    let run = casebook.run(&["migrate"]);
    assert!(run.stderr.contains("nothing to migrate"), "{}", run.stderr);
}

#[test]
fn migrating_changes_no_more_than_names() {
    // A slip that `--fix` would mend stays, and so does a case that has both names.
    let casebook = casebook("audience: {who: Nurses}\nreaders: {who: Doctors}\n");
    let text = || fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    let before = text();
    let run = casebook.run(&["validate"]);
    assert!(run.stderr.contains("readers"), "{}", run.stderr);
    casebook.run(&["migrate"]);
    assert_eq!(text(), before);
    let slip = format!("{}{OLD}", case("a")).replace("status", "statsu");
    casebook.write("cases/a.yaml", &slip);
    casebook.run(&["migrate"]);
    assert!(text().contains("\naudience:") && text().contains("statsu"), "{}", text());
}

#[test]
fn a_key_under_two_names_is_told_at_both_and_left_for_a_hand() {
    let two = "audience: {who: Nurses}\nreaders: {who: Doctors}\n";
    let casebook = casebook(two);
    let old = format!("{}{}", case("b"), "readers: {whom: Doctors}\ntarget_audience: {who: All}\n");
    casebook.write("cases/b.yaml", &old);
    let run = casebook.run(&["validate", "--message-format", "json"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = found["diagnostics"].as_array().unwrap();
    let errors: Vec<_> = found.iter().filter(|found| found["severity"] == "error").collect();
    let place = |at: &serde_json::Value| (at["line"].as_u64(), at["column"].as_u64());
    let said = |index: usize| {
        let error: &serde_json::Value = errors[index];
        (error["message"].as_str().unwrap(), place(error), place(&error["related"][0]))
    };
    let at = |line| (Some(line), Some(1));
    assert_eq!(errors.len(), 2, "{errors:#?}");
    let both = "the old key `readers` and the new one `audience` are both here";
    assert_eq!(said(0), (both, at(9), at(8)));
    let old_ones = "`target_audience` and `readers` are both old names of `audience`";
    assert_eq!(said(1), (old_ones, at(9), at(8)));
    assert_eq!(errors[0]["pointer"], "/readers");
    let help = errors[0]["help"].to_string();
    assert!(help.contains("from `readers` to `audience`, then take `readers` out"), "{help}");

    // What is certain is renamed, and the rest is named with its place.
    for args in [&["migrate", "--diff"][..], &["migrate"], &["migrate"]] {
        let run = casebook.run(args);
        assert_eq!(run.status, Some(1), "{args:?}: {run:?}");
        assert!(run.stderr.contains("cases/a.yaml:9:1"), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("cases/b.yaml:9:1"), "{args:?}: {}", run.stderr);
        assert!(!run.stderr.contains("nothing to migrate"), "{args:?}: {}", run.stderr);
    }
    let text = |name: &str| fs::read_to_string(casebook.path().join(name)).unwrap();
    assert_eq!(text("cases/a.yaml"), format!("{}{two}", case("a")));
    let expected = old.replace("readers", "audience").replace("whom", "who");
    assert_eq!(text("cases/b.yaml"), expected);
    // What else is wrong is none of its business, but for what it cannot see through.
    casebook.write("cases/a.yaml", case("a").replace("mixed", "mixd"));
    casebook.write("cases/b.yaml", case("b"));
    let run = casebook.run(&["migrate"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("nothing to migrate"), "{}", run.stderr);
    casebook.write("cases/b.yaml", "readers: [");
    let run = casebook.run(&["migrate"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("cases/b.yaml"), "{}", run.stderr);
}

#[test]
fn a_form_that_takes_any_key_wants_one_name_as_well() {
    let casebook = casebook("audience: {who: Nurses}\n");
    let open = "type: object\nproperties:\n  name: {title: Name, description: Its name, \
                type: string, x-renamed-from: label}\n";
    casebook.write("form.yaml", format!("{}\n{open}", FORM.lines().next().unwrap()));
    casebook.write(
        "casebook.yaml",
        format!("{MANIFEST}form: {{schema: form.yaml, roles: {{title: /name}}}}\n"),
    );
    casebook.write("cases/a.yaml", "name: One\nlabel: Two\n");
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.contains("cases/a.yaml:2:1: error[named-twice]"), "{}", run.stdout);
}

#[test]
fn the_manifest_is_told_the_new_names_where_it_uses_old_ones() {
    let casebook = casebook("");
    for (manifest, place, old, new) in [
        ("facets: {who: {title: Who, pointer: /audience/whom}}\n", "6:37", "whom", "who"),
        ("acceptance: {requires: [readers]}\n", "6:25", "readers", "audience"),
        (
            "checklists: {ours: {title: Ours, items: {1: {label: Who, fields: /audience/whom}}}}\n",
            "6:66",
            "whom",
            "who",
        ),
    ] {
        let form = "form: {extend: form.yaml}\n";
        casebook.write("casebook.yaml", format!("{MANIFEST}{form}{manifest}"));
        let run = casebook.run(&["validate"]);
        assert_ne!(run.status, Some(0), "{run:?}");
        for words in [
            format!("casebook.yaml:{place}\n"),
            format!("`{old}` is called `{new}` now"),
            format!("help: write `{new}` in place of `{old}`"),
        ] {
            assert!(run.stderr.contains(&words), "{words}: {}", run.stderr);
        }
    }
}

#[test]
fn a_newer_format_is_refused_in_plain_words() {
    let casebook = casebook("");
    casebook.write("casebook.yaml", MANIFEST.replace("casebook: 1", "casebook: 2\nnews: {}"));
    for verb in ["validate", "build", "list", "migrate"] {
        let run = casebook.run(&[verb]);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("this casebook is of format 2"), "{}", run.stderr);
        assert!(!run.stderr.contains("news"), "{}", run.stderr);
    }
}

#[test]
fn a_killed_migration_leaves_every_case_whole_and_nothing_behind_the_next() {
    const CASES: usize = 12;
    let casebook = casebook(OLD);
    let id = |number: usize| format!("c{number:02}");
    let old = |number: usize| format!("{}{OLD}", case(&id(number)));
    let new = |number: usize| {
        old(number).replace("target_audience", "audience").replace("\"whom\"", "\"who\"")
    };
    let text = |number: usize| {
        fs::read_to_string(casebook.path().join(format!("cases/{}.yaml", id(number)))).unwrap()
    };
    let mut was_in_the_middle = 0;
    // It is killed as soon as it has written so many cases, which it does one after the other.
    for awaited in [0, 1, 2, 4, 6, 8, 10] {
        for number in 0..CASES {
            casebook.write(&format!("cases/{}.yaml", id(number)), old(number));
        }
        let mut call = command(casebook.path());
        let mut child = call.arg("migrate").stderr(Stdio::null()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() && text(awaited) == old(awaited) {
            std::thread::yield_now();
        }
        child.kill().ok();
        child.wait().unwrap();
        let done = (0..CASES).filter(|number| text(*number) == new(*number)).count();
        let left = (0..CASES).filter(|number| text(*number) == old(*number)).count();
        assert_eq!(done + left, CASES, "a case is half there after {awaited}");
        was_in_the_middle += usize::from(done > 0 && left > 0);
        // As one leaves it that is killed before it gives a file its name.
        casebook.write("cases/.casebook-waiting-aB3dE6", "half");
        casebook.write(&format!("cases/{}.yaml", id(0)), old(0));
        assert_eq!(casebook.run(&["migrate"]).status, Some(0));
        assert!((0..CASES).all(|number| text(number) == new(number)));
        let found = tree(casebook.path());
        assert!(!found.keys().any(|path| waits(path)), "{:?}", found.keys());
    }
    assert!(was_in_the_middle > 0, "no run was killed while it wrote");
}
