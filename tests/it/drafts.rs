//! Drafts: what they show to editors, what they leave out, and that no other report shows any of it.

use std::fs;
use std::process::Command;

use crate::support::{Casebook, MANIFEST, case, tree};

/// A case with all that is private.
fn private(id: &str, state: &str) -> String {
    format!(
        "{}contact: {{name: Nomen Nescio, email: nn@example.org, organisation: Hidden Office}}\n\
         consent: {{given: true, by: Consenting Person}}\n\
         review: {{state: {state}, reviewer: Reviewing Person, notes: Internal remark}}\n",
        case(id)
    )
}

/// What no report may tell, drafts included.
const NEVER: &[&str] =
    &["Nescio", "nn@example", "Hidden Office", "Consenting", "Reviewing", "Internal"];

/// What only drafts tell.
const EDITORS: &[&str] = &["Review:", "not for publication", "Draft"];

/// All texts of a folder of outputs; that of the PDF too, where there is a program to read it.
fn texts(casebook: &Casebook, folder: &str) -> Vec<(String, String)> {
    let folder = casebook.path().join(folder);
    let mut found = Vec::new();
    for (path, bytes) in tree(&folder) {
        let name = path.display().to_string();
        if name.ends_with(".pdf") {
            // tests/run.sh installs it; without it, the web pages say the same by the same data.
            let read = Command::new("pdftotext").arg(folder.join(&path)).arg("-").output();
            found.extend(read.map(|read| (name, String::from_utf8(read.stdout).unwrap())));
        } else if !name.ends_with(".css") {
            found.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

#[track_caller]
fn check_absent(texts: &[(String, String)], words: &[&str]) {
    for (name, text) in texts {
        for word in words {
            assert!(!text.contains(word), "{word} in {name}");
        }
    }
}

#[test]
fn a_report_that_is_no_draft_tells_nothing_private() {
    let casebook =
        Casebook::new(&[("a", &private("a", "accepted")), ("b", &private("b", "declined"))]);
    for args in [&["build"][..], &["build", "--where", "review=accepted"]] {
        assert_eq!(casebook.run(args).status, Some(0), "{args:?}");
        let texts = texts(&casebook, "build");
        check_absent(&texts, NEVER);
        check_absent(&texts, EDITORS);
        check_absent(&texts, &["Accepted", "Declined", "accepted", "declined"]);
    }
}

#[test]
fn a_report_of_the_accepted_cases_does_not_tell_of_others() {
    let a = format!("{}related: [b, c]\n", private("a", "accepted"));
    let c = private("c", "accepted").replace("SE221", "DE8");
    let casebook = Casebook::new(&[("a", &a), ("b", &private("b", "declined")), ("c", &c)]);
    let accepted = ["build", "--where", "review=accepted", "--where", "country=SE"];
    assert_eq!(casebook.run(&accepted).status, Some(0));
    let texts = texts(&casebook, "build");
    check_absent(&texts, &["The case b", "3 cases"]);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    // The case in Germany is elsewhere, and no secret.
    assert!(page.contains("<p>The case c</p>"), "{page}");
    assert!(page.contains("part of a collection of 2 cases: Sweden."), "{page}");
}

#[test]
fn cases_are_chosen_by_review_and_never_counted_by_it() {
    let casebook = Casebook::new(&[
        ("a", &private("a", "accepted")),
        ("b", &private("b", "declined")),
        ("c", &case("c")),
    ]);
    let ids = |filter: &str| {
        let run = casebook.run(&["list", "--where", filter, "--format", "ids"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        run.stdout.lines().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("review=accepted"), "a");
    assert_eq!(ids("review!=declined"), "a c");
    assert_eq!(ids("review=unset"), "c");
    let run = casebook.run(&["list", "--where", "review=acepted"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("did you mean `accepted`?"), "{}", run.stderr);
    for args in [["stats", "--by", "review"], ["list", "--sort", "review"]] {
        assert_eq!(casebook.run(&args).status, Some(2), "{args:?}");
    }
    casebook.run(&["build", "--format", "data"]);
    let figures = fs::read_to_string(casebook.path().join("build/data/figures.csv")).unwrap();
    assert!(!figures.contains("review"), "{figures}");
}

#[test]
fn a_draft_shows_reviews_and_what_is_open() {
    let open = format!("{}problem: a <b>bold</b> word\n", private("a", "submitted"));
    let casebook = Casebook::new(&[("a", &open), ("b", &case("b"))]);
    let run = casebook.run(&["build", "--draft"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("built a draft, report.pdf"), "{}", run.stderr);
    let page = |path: &str| fs::read_to_string(casebook.path().join("build").join(path)).unwrap();
    let report = page("report.html");
    for words in ["Draft – not for publication", "Review: Submitted", "Review: Not set", "raw-"] {
        assert!(report.contains(words), "{words}");
    }
    for path in ["site/index.html", "site/cases/a.html", "site/cases/b.html"] {
        assert!(page(path).contains("<aside class=\"draft-banner\""), "{path}");
    }
    assert!(page("site/cases/a.html").contains(".yaml:11") || report.contains("yaml:11"));
    let texts = texts(&casebook, "build");
    check_absent(&texts, NEVER);
    let data: Vec<_> = texts.into_iter().filter(|(name, _)| name.starts_with("data")).collect();
    check_absent(&data, &["review", "submitted", "raw-html"]);
}

#[test]
fn a_draft_leaves_out_what_is_faulty_and_says_so() {
    let faulty = private("b", "submitted").replace("mixed", "mixd");
    let hidden = private("c", "submitted").replace("nn@example.org", "[nn@example.org]");
    let linked = format!("{}related: [b]\nproblem: See [that](case:b).\n", case("a"));
    let cases: &[(&str, &str)] =
        &[("a", &linked), ("b", &faulty), ("c", &hidden), ("d", "broken: [漢字")];
    let casebook = Casebook::new(cases);
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("no report was built"), "{}", run.stderr);
    assert!(!casebook.path().join("build").exists());
    // What is wrong is told, and the rest is built.
    let run = casebook.run(&["build", "--draft"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("built a draft"), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    let (_, front) = page.split_once("Not in this draft</h").unwrap();
    let (front, _) = front.split_once("<nav").unwrap();
    let front = front.replace('\u{200b}', "");
    for words in ["`outcome` cannot be `mixd`", "cases/b.yaml:7", "private", "cases/d.yaml:1"] {
        assert!(front.contains(words), "{words}: {front}");
    }
    assert!(page.contains("See that.") && !page.contains("The case b"), "{page}");
    assert!(page.contains("This report holds 1 case from 1 country"), "{page}");
    check_absent(&texts(&casebook, "build"), NEVER);
    let cases = fs::read_to_string(casebook.path().join("build/data/cases.csv")).unwrap();
    assert_eq!(cases.lines().count(), 2, "{cases}");
}

#[test]
fn a_draft_does_without_a_chapter_that_is_not_there() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let contents = "contents: [{chapter: chapters/none.md}, {section: cases}]\n";
    casebook.write("casebook.yaml", format!("{MANIFEST}{contents}"));
    let run = casebook.run(&["build", "--draft", "--format", "pdf,html,site"]);
    assert!(run.stderr.contains("built a draft, report.pdf, report.html, site"), "{run:?}");
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(page.contains("there is no chapter `chapters/none.md`"), "{page}");
}

#[test]
fn the_manifest_says_whether_it_is_a_draft_and_the_call_has_the_last_word() {
    let faulty = case("b").replace("mixed", "mixd");
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &faulty)]);
    for (status, args, is_draft) in [
        ("", &["build"][..], false),
        (", status: final", &["build"], false),
        (", status: final", &["build", "--draft"], true),
        (", status: draft", &["build"], true),
    ] {
        fs::remove_dir_all(casebook.path().join("build")).ok();
        let edition = format!("2026-01-02{status}");
        casebook.write("casebook.yaml", MANIFEST.replace("2026-01-02", &edition));
        let run = casebook.run(&[args, &["--format", "html"]].concat());
        assert_eq!(run.status, Some(1), "{run:?}");
        assert_eq!(casebook.path().join("build/report.html").exists(), is_draft, "{status}");
    }
}

#[test]
fn volumes_of_a_draft_are_drafts() {
    let casebook = Casebook::new(&[("a", &private("a", "accepted")), ("b", "id: b\n")]);
    let run = casebook.run(&["build", "--draft", "--volumes", "country", "--format", "html"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let page = fs::read_to_string(casebook.path().join("build/country-SE/report.html")).unwrap();
    assert!(page.contains("Review: Accepted") && page.contains("cases/"), "{page}");
    assert!(page.contains("<title>Test – Sweden</title>"), "{page}");
}

#[test]
fn what_a_group_keeps_private_is_not_told_of_in_a_draft() {
    let casebook = Casebook::new(&[
        ("a", &case("a")),
        ("b", &format!("{}desk: {{plan: 7, note: 'Hidden plan'}}\n", case("b"))),
    ]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "properties:\n  desk:\n    x-private: true\n    properties:\n      \
         note: {type: string, enum: [one, two]}\n",
    );
    let run = casebook.run(&["build", "--draft"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("Hidden plan"), "{}", run.stderr);
    let texts = texts(&casebook, "build");
    check_absent(&texts, &["Hidden plan"]);
}
