//! The verb `stats`: what it counts, in which order, in which formats, and where the figures lead.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::support::{Casebook, Run, assert_inert, command, finish};

pub(crate) const MANIFEST: &str = "\
casebook: 1
title: Test
edition: {date: 2026-01-02}
themes:
  telestroke: {title: Telestroke}
  portal: {title: Patient portal}
  rest: {title: All the rest}
regions:
  groups:
    North: [SE, FI]
    South: [IT]
facets:
  language: {title: Language, pointer: /language}
";

/// A case in some regions and themes; further keys begin on line 6.
pub(crate) fn case(id: &str, regions: &str, themes: &str, more: &str) -> String {
    format!(
        "id: {id}\ntitle: The case {id}\nsummary: A short text.\nregions: [{regions}]\n\
         themes: [{themes}]\n{more}"
    )
}

/// Four cases: two in two themes or regions, one without a period.
pub(crate) fn four() -> Casebook {
    let a = case(
        "a",
        "SE221",
        "telestroke, portal",
        "status: pilot\noutcome: mixed\nperiod: {start: 2010}\n",
    );
    let b = case(
        "b",
        "SE1",
        "telestroke",
        "status: operational\noutcome: success\nperiod: {start: 2012-05, end: 2014}\n",
    );
    let c = case("c", "FI1D9, SE224", "portal", "status: operational\noutcome: failed\n");
    let d = case(
        "d",
        "DE8",
        "telestroke",
        "status: planned\noutcome: too-early\nperiod: {start: 2015-02-03}\n",
    );
    let casebook = Casebook::new(&[("a", &a), ("b", &b), ("c", &c), ("d", &d)]);
    casebook.write("casebook.yaml", MANIFEST);
    casebook
}

/// The program's answer, which must be one without a fault.
#[track_caller]
fn stats(casebook: &Casebook, args: &[&str]) -> Run {
    let args: Vec<&str> = ["stats"].into_iter().chain(args.iter().copied()).collect();
    let run = casebook.run(&args);
    assert_eq!(run.status, Some(0), "{args:?}: {run:?}");
    run
}

#[track_caller]
fn csv(casebook: &Casebook, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "csv"]).collect();
    stats(casebook, &args).stdout.lines().map(str::to_owned).collect()
}

/// A run on a page of so many columns that takes UTF-8.
fn on_page(casebook: &Casebook, columns: usize, args: &[&str]) -> Run {
    let mut run = command(casebook.path());
    run.args(args).env("COLUMNS", columns.to_string()).env("LANG", "C.UTF-8");
    finish(&mut run)
}

#[test]
fn a_case_counts_once_in_each_of_its_values_and_once_in_all() {
    let casebook = four();
    let run = stats(&casebook, &["--by", "theme", "--format", "csv"]);
    assert_eq!(run.stdout, "theme,cases\ntelestroke,3\nportal,2\n");
    assert_eq!(run.stderr, "4 distinct cases; a case counts once in each of its values\n");
    assert_eq!(
        csv(&casebook, &["--by", "region,theme"]),
        [
            "region,theme,cases",
            "DE8,telestroke,1",
            "FI1D9,portal,1",
            "SE1,telestroke,1",
            "SE221,telestroke,1",
            "SE221,portal,1",
            "SE224,portal,1",
        ]
    );
    assert_eq!(csv(&casebook, &[]), ["cases", "4"]);
}

#[test]
fn regions_roll_up_to_every_level() {
    let casebook = four();
    let at = |level: &str| csv(&casebook, &["--by", level]);
    assert_eq!(at("region:0"), ["region:0,cases", "DE,1", "FI,1", "SE,3"]);
    assert_eq!(at("country"), ["country,cases", "DE,1", "FI,1", "SE,3"]);
    assert_eq!(at("region:1"), ["region:1,cases", "DE8,1", "FI1,1", "SE1,1", "SE2,2"]);
    assert_eq!(at("region:2"), ["region:2,cases", "FI1D,1", "SE22,2"]);
    assert_eq!(at("region:3"), ["region:3,cases", "FI1D9,1", "SE221,1", "SE224,1"]);
    let run = stats(&casebook, &["--by", "region:2", "--format", "csv"]);
    assert_eq!(
        run.stderr,
        "2 distinct cases; a case counts once in each of its values; 2 more have none\n"
    );
}

#[test]
fn cells_without_a_case_are_there_when_asked_for() {
    let casebook = four();
    assert_eq!(
        csv(&casebook, &["--by", "theme", "--zeros"]),
        ["theme,cases", "telestroke,3", "portal,2", "rest,0"]
    );
    let table = csv(&casebook, &["--by", "country", "--by", "theme", "--zeros"]);
    assert_eq!(
        table,
        [
            "country,theme,cases",
            "DE,telestroke,1",
            "DE,portal,0",
            "DE,rest,0",
            "FI,telestroke,0",
            "FI,portal,1",
            "FI,rest,0",
            "SE,telestroke,2",
            "SE,portal,2",
            "SE,rest,0",
        ]
    );
    let none = ["--by", "theme", "--where", "year=1990", "--zeros"];
    assert_eq!(csv(&casebook, &none), ["theme,cases", "telestroke,0", "portal,0", "rest,0"]);
    assert_eq!(csv(&casebook, &["--where", "year=1990"]), ["cases", "0"]);
    assert_eq!(csv(&casebook, &["--by", "theme", "--where", "year=1990"]), ["theme,cases"]);
}

#[test]
fn the_formats_tell_the_same() {
    let casebook = four();
    let by = ["--by", "country,outcome"];
    let rows: Vec<Vec<String>> =
        csv(&casebook, &by).iter().map(|row| row.split(',').map(str::to_owned).collect()).collect();
    let json = stats(&casebook, &[&by[..], &["--format", "json"]].concat());
    let cells: Vec<Value> = serde_json::from_str(&json.stdout).unwrap();
    let of_json = cells.iter().map(|cell| {
        let text = |key: &str| cell[key].as_str().unwrap().to_owned();
        vec![text("country"), text("outcome"), cell["cases"].to_string()]
    });
    assert_eq!(of_json.collect::<Vec<_>>(), rows[1..]);
    let first = json.stdout.find("\"country\"").unwrap();
    assert!(first < json.stdout.find("\"outcome\"").unwrap(), "{}", json.stdout);
    assert_eq!(cells[0].as_object().unwrap().len(), 3);

    let markdown = stats(&casebook, &[&by[..], &["--format", "md"]].concat());
    assert_eq!(markdown.stderr, "");
    let lines: Vec<&str> = markdown.stdout.lines().collect();
    let of_markdown = lines.iter().filter(|line| line.starts_with('|')).map(|line| {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    });
    let of_markdown: Vec<Vec<String>> = of_markdown.collect();
    assert_eq!(of_markdown[0], rows[0]);
    assert_eq!(of_markdown[1], ["---", "---", "---:"]);
    assert_eq!(of_markdown[2..], rows[1..]);
    assert_eq!(*lines.last().unwrap(), json.stderr.trim_end());

    let table = stats(&casebook, &by).stdout;
    let row = |name: &str| {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("country"), ["country", "success", "mixed", "failed", "too-early", "all"]);
    assert_eq!(row("SE"), ["SE", "Sweden", "1", "1", "1", ".", "3"]);
    assert_eq!(row("all"), ["all", "1", "1", "1", "1", "4"], "of distinct cases: c is in two");
}

#[test]
fn tables_keep_to_the_page_and_bars_to_the_figures() {
    let casebook = four();
    for columns in [40, 80, 200] {
        for args in [
            &["stats"][..],
            &["stats", "--by", "theme"],
            &["stats", "--by", "region:3"],
            &["stats", "--by", "country,theme"],
            &["stats", "--by", "region,theme,status,outcome"],
            &["stats", "--by", "theme", "--explain"],
            &["stats", "--coverage"],
            &["list"],
        ] {
            let run = on_page(&casebook, columns, args);
            assert_eq!(run.status, Some(0), "{run:?}");
            for line in run.stdout.lines() {
                assert!(line.width() <= columns, "{args:?} on {columns}: {line:?}");
            }
        }
        let text = on_page(&casebook, columns, &["stats", "--by", "theme"]).stdout;
        let eighths = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap();
            let eighth = |c| match c {
                '█' => Some(8),
                '▉'..='▏' => Some(8 - (c as usize - '█' as usize)),
                _ => None,
            };
            (line.chars().filter_map(eighth).sum::<usize>(), line.width())
        };
        let (three, width) = eighths("telestroke");
        let (two, _) = eighths("portal");
        assert_eq!(width, columns, "the longest bar takes what there is: {text}");
        assert!((two * 3).abs_diff(three * 2) <= 3, "{two} to {three}: {text}");
    }
    // Columns of numbers are never cut: a table that is too wide becomes a list of cells.
    let wide = on_page(&casebook, 80, &["stats", "--by", "region,theme"]).stdout;
    let narrow = on_page(&casebook, 30, &["stats", "--by", "theme,region"]).stdout;
    assert!(wide.contains('·') && wide.contains("\nall "), "{wide}");
    assert!(!narrow.contains('·') && narrow.contains('█'), "{narrow}");
    // Where nothing says that the page takes more, there is nothing beyond ASCII.
    assert!(casebook.run(&["stats", "--by", "theme"]).stdout.is_ascii());
}

#[test]
fn words_that_are_not_known_are_told_with_those_that_are() {
    let casebook = four();
    let refused = |args: &[&str]| {
        let run = casebook.run(args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}: {run:?}");
        run.stderr
    };
    let error = refused(&["stats", "--by", "theem"]);
    assert!(
        error.starts_with("error: there is no facet `theem`; did you mean `theme`?\n"),
        "{error}"
    );
    assert!(error.contains("country, region:1") && error.contains("keyword, language"), "{error}");
    let error = refused(&["stats", "--where", "outcom=mixed"]);
    assert!(error.contains("there is no facet `outcom`; did you mean `outcome`?"), "{error}");
    let error = refused(&["list", "--where", "theme=telestrok"]);
    assert_eq!(
        error,
        "error: there is no theme `telestrok`; did you mean `telestroke`?\n  \
         there are telestroke, portal, rest\n"
    );
    let error = refused(&["list", "--where", "country=Swedn"]);
    assert_eq!(
        error,
        "error: there is no country `Swedn`; did you mean `Sweden`?\n  in use are DE, FI, SE\n"
    );
    assert!(refused(&["stats", "--where", "year=soon"]).contains("2010..2015"));
    assert!(refused(&["stats", "--where", "theme"]).contains("FACET=VALUE"));
    assert!(refused(&["stats", "--by", "theme,theme"]).contains("twice"));
    let five = "theme,status,outcome,scope,year";
    assert!(refused(&["stats", "--by", five]).contains("at most 4"));
    assert!(refused(&["list", "--sort", "titel"]).contains("did you mean `title`?"));
    let error = refused(&["stats", "--where", "\u{1b}[31m=x"]);
    assert_inert(&error);
}

#[test]
fn what_is_wrong_with_some_cases_keeps_no_others_from_being_counted() {
    let casebook = four();
    casebook
        .write("cases/e.yaml", case("e", "SE221", "telestrke", "status: pilot\noutcome: mixed\n"));
    casebook.write("cases/f.yaml", "id: [");
    casebook.write("cases/g.yaml", b"\xff\xfe");
    let again = case("a", "IT", "rest", "status: pilot\noutcome: mixed\n");
    casebook.write("cases/more/a.yaml", again);
    let run = casebook.run(&["stats", "--by", "theme", "--format", "csv", "-q"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert_eq!(run.stdout, "theme,cases\ntelestroke,3\nportal,2\n");
    assert_eq!(
        run.stderr,
        "4 cases have errors and are not counted; `casebook validate` says what is wrong\n"
    );
    let run = casebook.run(&["list", "--format", "ids"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), "a\nb\nc\nd\n"));
    assert!(run.stderr.contains("4 cases have errors and are not listed"), "{run:?}");
    assert_eq!(casebook.run(&["build", "--format", "data"]).status, Some(1));

    casebook.write("casebook.yaml", format!("{MANIFEST}titel: x\n"));
    let run = casebook.run(&["stats"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("error[unknown-key]"), "{run:?}");
    casebook.write("casebook.yaml", format!("{MANIFEST}cases: {{include: ['none/*']}}\n"));
    assert_eq!(casebook.run(&["stats"]).status, Some(2));
}

#[test]
fn warnings_are_counted_for_who_wants_to_know() {
    let casebook = four();
    assert_eq!(casebook.run(&["stats"]).stderr, "");
    let run = casebook.run(&["stats", "-v"]);
    assert!(run.stderr.contains("warning") && run.status == Some(0), "{run:?}");
}

#[test]
fn gaps_are_told_by_theme_country_and_group() {
    let casebook = four();
    let gaps = csv(&casebook, &["--coverage"]);
    assert_eq!(
        gaps,
        [
            "kind,where,missing",
            "theme,,rest",
            "country,DE,portal",
            "country,DE,rest",
            "country,FI,telestroke",
            "country,FI,rest",
            "country,SE,rest",
            "group,South,IT",
        ]
    );
    let json = stats(&casebook, &["--coverage", "--format", "json"]).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0], json!({"kind": "theme", "where": null, "missing": "rest"}));
    let table = stats(&casebook, &["--coverage"]).stdout;
    assert!(table.contains("  DE Germany\n    portal, rest\n"), "{table}");
    assert!(table.contains("  South\n    IT Italy"), "{table}");
}

/// Where a text stands first in a file, as `file:line:column`.
fn at(casebook: &Casebook, path: &str, text: &str) -> String {
    let file = std::fs::read_to_string(casebook.path().join(path)).unwrap();
    let offset = file.find(text).unwrap_or_else(|| panic!("no {text} in {path}"));
    let line = file[..offset].matches('\n').count() + 1;
    let column = file[..offset].rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{path}:{line}:{column}")
}

#[test]
fn every_figure_leads_to_the_values_behind_it() {
    let casebook = four();
    casebook.write(
        "cases/e.yaml",
        "# A remark first.\nid: e\ntitle: Ärende e\nsummary: A short text.\nregions:\n  - DE8\n  - GR\n\
         themes: [rest]\nstatus: pilot\noutcome: mixed\nlanguage: sv\nkeywords: [one, two]\n\
         organisations:\n  - {role: lead, name: Region X}\nchallenges:\n  legal: Much.\n\
         technology: {standards: [HL7]}\n",
    );
    let explained = |by: &str| -> Vec<Value> {
        let args = ["--by", by, "--explain", "--format", "json"];
        serde_json::from_str(&stats(&casebook, &args).stdout).unwrap()
    };
    let cell = |by: &str, value: &str| -> Value {
        let facet = by.split(',').next().unwrap();
        explained(by).into_iter().find(|cell| cell[facet] == value).unwrap()
    };
    let sweden = cell("region:0", "SE");
    assert_eq!(sweden["case_ids"], json!(["a", "b", "c"]));
    assert_eq!(
        sweden["places"],
        json!(["cases/a.yaml:4:11", "cases/b.yaml:4:11", "cases/c.yaml:4:18"]),
        "of c the second region lies in Sweden"
    );
    assert_eq!(
        cell("theme", "portal")["places"],
        json!(["cases/a.yaml:5:22", "cases/c.yaml:5:10"])
    );
    assert_eq!(cell("outcome", "failed")["places"], json!(["cases/c.yaml:7:10"]));
    let both = cell("theme,year", "portal");
    assert_eq!(both["places"], json!(["cases/a.yaml:5:22", "cases/a.yaml:8:17"]));
    for (by, value, text) in [
        ("country", "EL", "GR"),
        ("region", "EL", "GR"),
        ("language", "sv", "sv\n"),
        ("keyword", "two", "two"),
        ("organisation", "Region X", "Region X"),
        ("challenge", "legal", "legal:"),
        ("standard", "HL7", "HL7"),
    ] {
        let places = cell(by, value)["places"].clone();
        assert_eq!(places, json!([at(&casebook, "cases/e.yaml", text)]), "{by}");
    }
    let all: usize =
        explained("status").iter().map(|cell| cell["places"].as_array().unwrap().len()).sum();
    assert_eq!(all, 5);

    let table = stats(&casebook, &["--by", "theme", "--explain"]).stdout;
    assert!(table.contains("\nrest All the rest: 1\n  cases/e.yaml:8:10  Ärende e\n"), "{table}");
}

#[test]
fn figures_lead_into_records_of_a_form_of_the_groups_own() {
    let casebook = four();
    let schema = r#"{"type": "object", "properties": {
        "ref": {}, "where": {}, "topics": {}, "from": {}, "hosts": {}, "beds": {},
        "state": {"enum": ["open", "shut"]}}}"#;
    casebook.write("s.json", schema);
    casebook.write(
        "casebook.yaml",
        MANIFEST.replace("facets:\n  language: {title: Language, pointer: /language}\n", "")
            + "form:\n  schema: s.json\n  roles:\n    id: /ref\n    regions: /where\n    themes: /topics\n    \
               period: {start: /from}\n    organisations: /hosts\n    \
               status: {pointer: /state, values: {open: operational, shut: discontinued}}\n\
               facets:\n  soil: {title: Soil, pointer: /beds/*/soil}\n\
               cases: {include: ['records/*']}\n",
    );
    let json = r#"[
  {"ref": "x", "state": "open", "topics": ["telestroke"], "where": ["SE221"]},
  {"ref": "y", "topics": ["portal", "telestroke"], "from": 2011, "hosts": [{"name": "H"}],
   "where": ["FI1D9", "SE224"], "beds": [{"soil": "clay"}, {"soil": "sand"}], "state": "shut"}
]
"#;
    casebook.write("records/two.json", json);
    casebook.write("records/more.yaml", "ref: v\ntopics: [rest]\n---\nref: w\nstate: open\n");
    let cells = |by: &str| -> BTreeMap<String, (Value, Value)> {
        let run = stats(&casebook, &["--by", by, "--explain", "--format", "json"]);
        let cells: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
        let cells = cells.iter().map(|cell| {
            let value = cell[by].as_str().unwrap().to_owned();
            (value, (cell["case_ids"].clone(), cell["places"].clone()))
        });
        cells.collect()
    };
    let place = |text: &str| at(&casebook, "records/two.json", text);
    let country = cells("country");
    assert_eq!(country["SE"].0, json!(["x", "y"]));
    assert_eq!(country["SE"].1, json!([place("\"SE221\""), place("\"SE224\"")]));
    let theme = cells("theme");
    let second = place("\"telestroke\"], \"from\"");
    assert_eq!(theme["telestroke"].1, json!([place("\"telestroke\"], \"where\""), second]));
    let status = cells("status");
    assert_eq!(status["operational"].0, json!(["w", "x"]));
    assert_eq!(status["operational"].1, json!(["records/more.yaml:5:8", place("\"open\"")]));
    assert_eq!(status["discontinued"].1, json!([place("\"shut\"")]));
    assert_eq!(cells("soil")["sand"].1, json!([place("\"sand\"")]));
    assert_eq!(cells("year")["2011"].1, json!([place("2011")]));
    assert_eq!(cells("organisation")["H"].1, json!([place("\"H\"")]));
    // Of no facet, the record itself.
    let all = stats(&casebook, &["--explain", "--format", "json"]).stdout;
    let all: Value = serde_json::from_str(&all).unwrap();
    let records = json!([
        "records/more.yaml:1:1",
        "records/more.yaml:4:1",
        place("{\"ref\": \"x\""),
        place("{\"ref\": \"y\"")
    ]);
    assert_eq!(
        (all[0]["case_ids"].clone(), all[0]["places"].clone()),
        (json!(["v", "w", "x", "y"]), records)
    );

    // A fault in one record of a file leaves the others.
    casebook.write("records/two.json", json.replace("\"shut\"", "\"shot\""));
    let run = casebook.run(&["list", "--format", "ids"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), "v\nw\nx\n"), "{run:?}");
    assert!(run.stderr.starts_with("1 case has errors and is not listed"), "{run:?}");
}

#[test]
fn what_contributors_write_drives_nothing() {
    let casebook = four();
    casebook.write(
        "cases/e.yaml",
        "id: e\ntitle: '=1+1 | עברית ##[group] *x*'\nsummary: A short text.\nregions: [SE]\nthemes: [rest]\n\
         status: pilot\noutcome: mixed\nlanguage: sv\n\
         organisations: [{role: lead, name: '::error::no'}, {role: lead, name: '=HYPERLINK(\"x\")'},\n  \
         {role: lead, name: 'a|b <i>'}, {role: lead, name: \"\\u202egnorw\\u202c\"}]\n",
    );
    for args in [
        &["stats", "--by", "organisation"][..],
        &["stats", "--by", "organisation,theme"],
        &["stats", "--by", "organisation", "--explain"],
        &["list"],
        &["list", "--sort", "organisation"],
    ] {
        for columns in [40, 200] {
            let run = on_page(&casebook, columns, args);
            assert_inert(&run.stdout);
            assert_inert(&run.stderr);
        }
    }
    let rows = csv(&casebook, &["--by", "organisation"]);
    assert!(rows.contains(&"\"'=HYPERLINK(\"\"x\"\")\",1".to_owned()), "{rows:?}");
    let markdown = casebook.run(&["stats", "--by", "organisation", "--format", "md"]).stdout;
    assert!(markdown.contains("| a\\|b \\<i\\> | 1 |\n"), "{markdown}");
}

#[test]
fn the_same_question_has_the_same_answer() {
    let casebook = four();
    let ask = || {
        let answers = ["table", "csv", "json", "md"].map(|format| {
            stats(&casebook, &["--by", "region,theme", "--explain", "--format", format]).stdout
        });
        BTreeSet::from(answers)
    };
    assert_eq!(ask(), ask());
}
