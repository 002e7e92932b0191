//! Reviews: what an edition holds of a collection that is reviewed, and decisions written into cases.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use casebook::app::{Decision, Verdict, review};
use rayon::prelude::*;

use crate::support::{Casebook, MANIFEST, MemoryFiles, Run, case, command, finish, sample, tree};

/// A case in a state, with all that is private of a review.
fn in_state(id: &str, state: &str) -> String {
    format!(
        "{}consent: {{given: true}}\n\
         review: {{state: {state}, reviewer: Reviewing Person, notes: Internal remark}}\n",
        case(id)
    )
}

/// The ids in the data of a build.
fn built(casebook: &Casebook, args: &[&str]) -> (Run, String) {
    let run = casebook.run(&[&["build", "--format", "data"], args].concat());
    let table = fs::read_to_string(casebook.path().join("build/data/cases.csv"));
    let table = table.unwrap_or_default();
    let ids = table.lines().skip(1).map(|line| line.split(',').next().unwrap());
    let ids = ids.collect::<Vec<_>>().join(" ");
    (run, ids)
}

#[test]
fn an_edition_holds_what_was_accepted_and_says_what_it_leaves_out() {
    let casebook = Casebook::new(&[
        ("a", &in_state("a", "accepted")),
        ("b", &in_state("b", "submitted")),
        ("c", &in_state("c", "declined")),
        ("d", &in_state("d", "submitted")),
    ]);
    let (run, ids) = built(&casebook, &[]);
    assert_eq!((run.status, ids.as_str()), (Some(0), "a"), "{run:?}");
    for words in ["[not-accepted]", "3 of 4 cases are left out", "2 submitted: b, d", "declined: c"]
    {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    // It is no fault, so it fails no strict run.
    assert_eq!(built(&casebook, &["--strict"]).0.status, Some(0));
    let (run, _) = built(&casebook, &["--where", "review=submitted"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("`--draft` builds a draft of all"), "{}", run.stderr);
    // A draft holds all, and an export what an edition does.
    assert_eq!(built(&casebook, &["--draft"]).1, "a b c d");
    let run = casebook.run(&["export"]);
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    // What editors ask themselves is about all cases.
    assert!(casebook.run(&["list", "--format", "ids"]).stdout.contains("c\nd\n"));
    let run = casebook.run(&["list", "--where", "review=submitted", "--format", "ids"]);
    assert_eq!(run.stdout, "b\nd\n");
    // No reader learns of the others, or who decided.
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    for (path, bytes) in tree(&casebook.path().join("build")) {
        let text = String::from_utf8_lossy(&bytes);
        for words in ["The case b", "The case c", "Reviewing Person", "Internal remark"] {
            assert!(!text.contains(words), "{words} in {}", path.display());
        }
    }
}

#[test]
fn cases_without_a_review_wait_only_where_others_are_reviewed() {
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let (run, ids) = built(&casebook, &[]);
    assert_eq!((run.status, ids.as_str()), (Some(0), "a b"));
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
    casebook.write("cases/c.yaml", in_state("c", "accepted"));
    let (run, ids) = built(&casebook, &[]);
    assert_eq!((run.status, ids.as_str()), (Some(0), "c"));
    for words in
        ["warning[not-reviewed]", "2 of 3 cases are left out", "a, b", "unreviewed: accepted"]
    {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    let says = |word: &str| {
        let setting = format!("{MANIFEST}acceptance: {{unreviewed: {word}}}\n");
        casebook.write("casebook.yaml", setting);
    };
    says("accepted");
    let (run, ids) = built(&casebook, &["--strict"]);
    assert_eq!((run.status, ids.as_str()), (Some(0), "a b c"), "{run:?}");
    says("left-out");
    let (run, ids) = built(&casebook, &["--strict"]);
    assert_eq!((run.status, ids.as_str()), (Some(0), "c"), "{run:?}");
    assert!(run.stderr.contains("2 of 3 cases are left out"), "{}", run.stderr);
    fs::remove_file(casebook.path().join("cases/c.yaml")).unwrap();
    let (run, _) = built(&casebook, &[]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("no case is accepted"), "{}", run.stderr);
}

/// A decision of a fixed day.
fn decision(verdict: Verdict, reviewer: Option<&str>, note: Option<&str>) -> Decision {
    Decision {
        verdict,
        reviewer: reviewer.map(str::to_owned),
        date: "2026-11-22".to_owned(),
        note: note.map(str::to_owned),
    }
}

/// A casebook in memory with one case of a text.
fn alone(text: &str) -> MemoryFiles {
    MemoryFiles(BTreeMap::from([
        ("casebook.yaml".to_owned(), MANIFEST.as_bytes().to_vec()),
        ("cases/a.yaml".to_owned(), text.as_bytes().to_vec()),
    ]))
}

/// Writes a decision behind a short case, and compares what stands there afterwards.
#[track_caller]
fn check(before: &str, decision: &Decision, after: &str) {
    let head = format!("# why\n{}", case("a"));
    let files = alone(&format!("{head}{before}"));
    let found = review(&files, &["a".to_owned()], decision).unwrap();
    let [file] = found.reviewed.as_slice() else { panic!("{:?}", found.outcome.diagnostics) };
    let written = file.after.strip_prefix(&head).unwrap();
    assert_eq!(written, after);
}

#[test]
fn only_the_review_changes_and_all_else_stays_as_it_was_written() {
    let plain = decision(Verdict::Decline, Some("Anna Ek"), None);
    let noted = decision(Verdict::Return, Some("O'Hara: \"x\""), Some("Costs?\n\nAnd years."));
    check("", &plain, "review:\n  state: declined\n  reviewer: Anna Ek\n  date: 2026-11-22\n");
    check(
        "aims: Text  # last, without an end",
        &decision(Verdict::Return, None, Some("More: please")),
        "aims: Text  # last, without an end\nreview:\n  state: draft\n  date: 2026-11-22\n  \
         notes: |-\n    2026-11-22 returned: More: please\n",
    );
    check(
        "review:   # ours\n    # the state\n    state: 'submitted' # since May\n\n    date: \"2026-05\"\naims: Text\n",
        &plain,
        "review:   # ours\n    # the state\n    state: 'declined' # since May\n    reviewer: Anna Ek\n\n    \
         date: \"2026-11-22\"\naims: Text\n",
    );
    check(
        "review: {state: submitted, notes: \"One, two\"} # ours\naims: Text\n",
        &noted,
        "review: {state: draft, reviewer: \"O'Hara: \\\"x\\\"\", date: \"2026-11-22\", \
         notes: \"One, two\\n2026-11-22 returned, O'Hara: \\\"x\\\": Costs?\\n\\nAnd years.\"} \
         # ours\naims: Text\n"
            .replace("date: \"2026-11-22\"", "date: 2026-11-22")
            .as_str(),
    );
    check(
        "review:\n  notes: |  # kept\n     One.\n\n     Two.\n\n  state: submitted\naims: Text\n",
        &decision(Verdict::Decline, None, Some("No.")),
        "review:\n  notes: |  # kept\n     One.\n\n     Two.\n     2026-11-22 declined: No.\n\n  \
         state: declined\n  date: 2026-11-22\naims: Text\n",
    );
    check(
        "review:\n  state: submitted\n  notes: >-\n    One\n    two.\n",
        &decision(Verdict::Decline, None, Some("No.")),
        "review:\n  state: declined\n  date: 2026-11-22\n  notes: >-\n    One\n    two.\n\n    \
         2026-11-22 declined: No.\n",
    );
    check(
        "review:\n  state: submitted\n  notes: One: two\n".replace(": two", " two").as_str(),
        &decision(Verdict::Decline, None, Some("No.")),
        "review:\n  state: declined\n  date: 2026-11-22\n  notes: |-\n    One two\n    \
         2026-11-22 declined: No.\n",
    );
    check(
        "review:\n  state: submitted\n  notes: One # why\n",
        &decision(Verdict::Decline, None, Some("No.")),
        "review:\n  state: declined\n  date: 2026-11-22\n  notes: \"One\\n2026-11-22 declined: No.\" \
         # why\n",
    );
    check(
        "review:\n",
        &plain,
        "review:\n  state: declined\n  reviewer: Anna Ek\n  date: 2026-11-22\n",
    );
    check(
        "review: {}\n",
        &plain,
        "review: {state: declined, reviewer: Anna Ek, date: 2026-11-22}\n",
    );
}

#[test]
fn files_of_other_systems_and_of_programs_keep_their_ways() {
    let decide = |text: &str| {
        let wanted = decision(Verdict::Decline, Some("Anna"), Some("No."));
        let found = review(&alone(text), &["a".to_owned()], &wanted).unwrap();
        found.reviewed.into_iter().next().unwrap().after
    };
    let windows = format!("\u{feff}{}", case("a")).replace('\n', "\r\n");
    assert_eq!(
        decide(&windows),
        format!(
            "{windows}review:\r\n  state: declined\r\n  reviewer: Anna\r\n  date: 2026-11-22\r\n  \
             notes: |-\r\n    2026-11-22 declined, Anna: No.\r\n"
        )
    );
    let json = r#"{"id": "a", "title": "T", "summary": "S.", "regions": ["SE221"],
  "themes": ["telestroke"], "status": "pilot", "outcome": "mixed"
}
"#;
    let after = decide(json);
    let read: serde_json::Value = serde_json::from_str(&after).unwrap();
    assert_eq!(read["review"]["notes"], "2026-11-22 declined, Anna: No.");
    assert!(after.starts_with(json.trim_end().trim_end_matches('}').trim_end()), "{after}");
}

#[test]
fn what_cannot_be_changed_for_sure_is_left_alone() {
    let refuse = |tail: &str| {
        let text = format!("{}{tail}", case("a"));
        let wanted = decision(Verdict::Decline, Some("Anna"), Some("No."));
        review(&alone(&text), &["a".to_owned()], &wanted).unwrap_err().to_string()
    };
    for tail in
        ["review: {state: &word submitted}\nkeywords: [*word]\n", "aims: |+\n  Text\n\n\n...\n"]
    {
        let error = refuse(tail);
        assert!(error.contains("by hand"), "{tail}: {error}");
    }
}

#[test]
fn decisions_on_real_cases_change_nothing_else() {
    let files = sample();
    let ids: Vec<&str> = files.0.keys().filter_map(|path| path.strip_prefix("cases/")).collect();
    ids.par_iter().for_each(|name| {
        let id = name.trim_end_matches(".yaml").to_owned();
        let mut changed = MemoryFiles(files.0.clone());
        for (verdict, note) in [(Verdict::Return, Some("Why?")), (Verdict::Decline, Some("No."))] {
            let wanted = decision(verdict, Some("Anna Ek"), note);
            let found = review(&changed, std::slice::from_ref(&id), &wanted).unwrap();
            let [file] = found.reviewed.as_slice() else { panic!("{id}") };
            let kept = |line: &&str| !file.after.lines().any(|after| after == *line);
            let gone: Vec<&str> = file.before.lines().filter(kept).collect();
            assert!(gone.len() <= 3, "{id}: {gone:?}");
            assert!(
                gone.iter().all(|line| {
                    ["review:", "  state:", "  date:", "  reviewer:"]
                        .iter()
                        .any(|key| line.starts_with(key))
                }),
                "{id}: {gone:?}"
            );
            changed.0.insert(format!("cases/{name}"), file.after.clone().into_bytes());
        }
    });
}

#[test]
fn a_decision_is_written_if_the_cases_are_as_good_as_it_says() {
    let casebook = Casebook::new(&[
        ("a", &format!("{}consent: {{given: true}}\n", case("a"))),
        ("b", &case("b")),
        ("c", &case("c").replace("mixed", "mixd")),
        ("d", "broken: [漢字"),
    ]);
    let text =
        |id: &str| fs::read_to_string(casebook.path().join(format!("cases/{id}.yaml"))).unwrap();
    let decide = |args: &[&str]| {
        let mut call = command(casebook.path());
        finish(call.env("SOURCE_DATE_EPOCH", "1795305600").arg("review").args(args))
    };
    let run = decide(&["a", "accept", "--reviewer", "Anna Ek"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), "accepted cases/a.yaml\n"), "{run:?}");
    assert!(
        text("a")
            .ends_with("review:\n  state: accepted\n  reviewer: Anna Ek\n  date: 2026-11-22\n")
    );

    // Without a consent, or with errors, nothing is accepted: neither the one nor those beside it.
    for (ids, words) in [
        (&["b"][..], "consent-missing"),
        (&["c"], "unknown-value"),
        (&["d"], "yaml-syntax"),
        (&["a", "c"], "unknown-value"),
    ] {
        let before: Vec<String> = ["a", "b", "c", "d"].map(text).to_vec();
        let run = decide(&[ids, &["accept"]].concat());
        assert_eq!(run.status, Some(1), "{ids:?}: {run:?}");
        assert!(
            run.stderr.contains(words) && run.stderr.contains("as they were"),
            "{}",
            run.stderr
        );
        assert_eq!(before, ["a", "b", "c", "d"].map(text).to_vec());
    }
    // Declined and given back is what has errors too, but for what cannot be read.
    let run = decide(&["b", "c", "return", "--note", "Which outcome?"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(text("c").contains("state: draft\n") && text("c").contains("returned: Which outcome?"));
    assert_eq!(decide(&["d", "decline"]).status, Some(1));

    let run = decide(&["aa", "accept"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("there is no case `aa`; did you mean `a`?"), "{}", run.stderr);
    assert_eq!(decide(&["a", "approve"]).status, Some(2));
    assert_eq!(decide(&["a", "return", "--note", "\u{1b}[2J"]).status, Some(2));
    let long = "x".repeat(6000);
    let run = decide(&["a", "decline", "--note", &long]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("wrong-size"), "{}", run.stderr);
}

#[test]
fn a_group_s_own_form_has_no_review_to_write() {
    let run = finish(
        command(&crate::support::repository().join("examples/own-form"))
            .args(["review", "anything", "accept"]),
    );
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("no `review`"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_killed_decision_leaves_every_case_whole() {
    let ids: Vec<String> = (0..60).map(|number| format!("c{number}")).collect();
    let cases: Vec<(String, String)> = ids.iter().map(|id| (id.clone(), case(id))).collect();
    let cases: Vec<(&str, &str)> = cases.iter().map(|(id, text)| (&**id, &**text)).collect();
    let casebook = Casebook::new(&cases);
    for wait in (0..12).map(|step| Duration::from_millis(20 + step * 15)) {
        let mut call = command(casebook.path());
        call.arg("review").args(&ids).args(["decline", "--note", "No.", "-q"]);
        let mut child = call.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        child.kill().ok();
        child.wait().unwrap();
        for (id, text) in &cases {
            let found = fs::read_to_string(casebook.path().join(format!("cases/{id}.yaml")));
            let found = found.unwrap();
            assert!(found.starts_with(text), "{id}");
            let rest = &found[text.len()..];
            assert!(rest.is_empty() || rest.ends_with("declined: No.\n"), "{id}: {rest}");
        }
    }
    assert_eq!(casebook.run(&["validate"]).status, Some(0));
}
