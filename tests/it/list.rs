//! The verb `list`: which cases, in which order, in which formats.

use serde_json::{Value, json};

use crate::stats::four;
use crate::support::Casebook;

#[track_caller]
fn ids(casebook: &Casebook, args: &[&str]) -> String {
    let args: Vec<&str> = ["list", "--format", "ids"].iter().chain(args).copied().collect();
    let run = casebook.run(&args);
    assert_eq!(run.status, Some(0), "{args:?}: {run:?}");
    run.stdout.lines().collect::<Vec<_>>().join(" ")
}

#[test]
fn filters_choose_cases() {
    let casebook = four();
    for (filters, expected) in [
        (&["theme=portal"][..], "a c"),
        (&["theme=Patient Portal"], "a c"),
        (&["theme!=portal"], "b d"),
        (&["region=SE"], "a b c"),
        (&["country=Sweden"], "a b c"),
        (&["region=SE2"], "a c"),
        (&["group=North"], "a b c"),
        (&["group=South"], ""),
        (&["year=2010..2012"], "a b"),
        (&["year=..2012"], "a b"),
        (&["year=2011.."], "b d"),
        (&["year!=2010"], "b c d"),
        (&["theme=portal", "theme=telestroke"], "a b c d"),
        (&["theme=telestroke", "status=operational"], "b"),
        (&["country=SE", "country!=FI"], "a b"),
    ] {
        let args: Vec<&str> = filters.iter().flat_map(|filter| ["--where", filter]).collect();
        assert_eq!(ids(&casebook, &args), expected, "{filters:?}");
    }
}

#[test]
fn cases_come_in_the_order_asked_for() {
    let casebook = four();
    for (sort, expected) in [
        (&[][..], "a b c d"),
        (&["--sort", "-id"], "d c b a"),
        (&["--sort", "start"], "a b d c"),
        // Of c nothing is known, so it comes last either way.
        (&["--sort", "-start"], "d b a c"),
        // In the order of the form: planned, pilot, operational.
        (&["--sort", "status"], "d a b c"),
        (&["--sort", "status,-id"], "d a c b"),
        (&["--sort", "-status", "--sort", "-title"], "c b a d"),
        // In the order of the manifest, by the first theme that differs.
        (&["--sort", "theme,-id"], "d b a c"),
    ] {
        assert_eq!(ids(&casebook, sort), expected, "{sort:?}");
    }
}

#[test]
fn the_formats_tell_the_same() {
    let casebook = four();
    let run =
        |format: &str| casebook.run(&["list", "--format", format, "--where", "status=operational"]);
    let csv = run("csv");
    assert_eq!(
        csv.stdout,
        "id,title,regions,themes,status,outcome,start\n\
         b,The case b,SE1,telestroke,operational,success,2012-05\n\
         c,The case c,FI1D9; SE224,portal,operational,failed,\n"
    );
    assert_eq!((csv.status, csv.stderr.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&run("json").stdout).unwrap();
    assert_eq!(
        json[1],
        json!({
            "id": "c", "title": "The case c", "regions": ["FI1D9", "SE224"], "themes": ["portal"],
            "status": "operational", "outcome": "failed", "start": null,
        })
    );
    let table = run("table");
    let words: Vec<Vec<&str>> =
        table.stdout.lines().map(|line| line.split("  ").collect::<Vec<_>>()).collect();
    let cells = |line: usize| -> Vec<&str> {
        words[line].iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect()
    };
    assert_eq!(cells(0), ["id", "title", "regions", "themes", "status", "outcome", "start"]);
    assert_eq!(cells(2), ["c", "The case c", "FI1D9, SE224", "portal", "operational", "failed"]);
    assert_eq!(table.stderr, "2 cases\n");
}

#[test]
fn a_narrow_page_says_what_it_leaves_out() {
    let casebook = four();
    let mut command = crate::support::command(casebook.path());
    let run = crate::support::finish(command.arg("list").env("COLUMNS", "40"));
    assert!(run.stdout.starts_with("id  title       "), "{}", run.stdout);
    assert!(!run.stdout.contains("telestroke") && run.stdout.contains("planned"), "{}", run.stdout);
    assert!(run.stderr.starts_with("4 cases; a wider page would show "), "{}", run.stderr);
    assert!(run.stderr.contains("themes"), "{}", run.stderr);
}

#[test]
fn a_facet_that_is_not_there_is_answered_with_those_that_cases_are_chosen_by() {
    let casebook = four();
    let run = casebook.run(&["list", "--where", "reviw=submitted"]);
    assert_eq!(run.status, Some(2));
    for part in ["there is no facet `reviw`; did you mean `review`?", ", review"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    let run = casebook.run(&["stats", "--by", "thme"]);
    assert!(run.stderr.contains("did you mean `theme`?"), "{}", run.stderr);
    assert!(!run.stderr.contains("review"), "what is private is not counted: {}", run.stderr);
}
