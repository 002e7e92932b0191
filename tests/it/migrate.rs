//! Forms that change: keys under old names are read, told of and renamed, and newer formats refused.

use std::fs;

use crate::support::{Casebook, MANIFEST, case};

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
