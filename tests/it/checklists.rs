//! Reporting checklists from end to end: calls, manifests, cases, and the figures of the sample.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::{Casebook, MANIFEST, case, casebook, repository};

/// A case that meets what iCHECK-DH asks, but for some items.
fn filled() -> String {
    format!(
        "{}scope: local\nproblem: P\nsolution: S\nimplementation: I\naims: A\nevaluation: E\n\
         target_group: T\ntechnology: {{description: D, standards: [X], components: [Y]}}\n\
         organisations: [{{name: O, role: lead}}]\nfunding: [{{funder: F}}]\n\
         results_summary: R\n",
        case("a")
    )
}

/// The diagnostics of a run that writes JSON.
fn found(casebook: &Casebook, args: &[&str]) -> (Option<i32>, Vec<Value>) {
    let args: Vec<&str> = args.iter().copied().chain(["--message-format", "json"]).collect();
    let run = casebook.run(&args);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    (run.status, json["diagnostics"].as_array().unwrap().clone())
}

fn of_code<'a>(found: &'a [Value], code: &str) -> Vec<&'a Value> {
    found.iter().filter(|diagnostic| diagnostic["code"] == code).collect()
}

#[test]
fn a_contributor_is_told_what_is_missing() {
    let casebook = Casebook::new(&[("a", &filled())]);
    let run = casebook.run(&["validate", "--checklist", "icheck-dh"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    // Met: 1 2 4 6 7 8 9 12; partly: 3 13; the rest is missing.
    assert!(run.stderr.contains("a: iCHECK-DH 8 of 20 met, 2 partly, 10 missing\n"), "{run:?}");
    assert!(
        run.stderr.contains("13 Planned (if possible actual) budget of rollout and tool, time frame (Methods): partly; add `costs:`\n"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains(
            "17 Lessons: success factors, challenges, budget kept or not, recommendations \
             (Implementation (results)): missing; add `worked:` and `did_not_work:` and `advice:` \
             under `lessons:`\n"
        ),
        "{run:?}"
    );
    assert!(run.stderr.contains("checklist_notes: {icheck-dh/"), "{run:?}");
    assert!(!casebook.run(&["validate"]).stderr.contains("iCHECK"));
}

#[test]
fn scripts_are_told_the_same() {
    let casebook = Casebook::new(&[("a", &filled())]);
    let (status, found) =
        found(&casebook, &["validate", "--checklist", "icheck-dh", "--checklist", "mast"]);
    assert_eq!(status, Some(0));
    assert!(found.iter().all(|diagnostic| diagnostic["severity"] == "info"), "{found:?}");
    let results = of_code(&found, "checklist-result");
    let messages: Vec<&str> = results.iter().map(|d| d["message"].as_str().unwrap()).collect();
    // MAST by its domains: 1 is whole, of P and 5 a part is there, of the others nothing.
    assert_eq!(
        messages,
        [
            "a: MAST 1 of 9 met, 2 partly, 6 missing",
            "a: iCHECK-DH 8 of 20 met, 2 partly, 10 missing"
        ]
    );
    assert!(results.iter().all(|d| d["file"] == "cases/a.yaml" && d["pointer"] == ""));
    let gaps = of_code(&found, "checklist-gap");
    assert_eq!(gaps.len(), 2);
    assert!(gaps.iter().all(|d| d["line"] == 2 && d["column"] == 8 && d["pointer"] == ""));
    // What iCHECK-DH lets a report leave out is a hint.
    let hints = of_code(&found, "checklist-hint");
    assert_eq!(hints.len(), 1);
    let help = hints[0]["help"].as_str().unwrap();
    assert!(help.contains("18 ") && help.contains("20 ") && !help.contains("13 "), "{help}");
}

#[test]
fn rules_raise_gaps_but_never_hints() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}rules: {{checklist-gap: error}}\n"));
    let args = ["validate", "--checklist", "stari"];
    let (status, found) = found(&casebook, &args);
    assert_eq!(status, Some(1));
    assert_eq!(of_code(&found, "checklist-gap")[0]["severity"], "error");
    let hint = of_code(&found, "checklist-hint")[0];
    assert_eq!(hint["severity"], "info");
    // Items 12 to 27 of StaRI are not confirmed: none of them is a gap.
    assert!(hint["help"].as_str().unwrap().contains("24 Harms"));
    assert!(!of_code(&found, "checklist-gap")[0]["help"].as_str().unwrap().contains("24 Harms"));

    casebook.write("casebook.yaml", format!("{MANIFEST}rules: {{checklist-hint: error}}\n"));
    let run = casebook.run(&args);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("unknown key `checklist-hint`"), "{run:?}");
}

#[test]
fn a_case_explains_what_it_leaves_out() {
    let notes = "checklist_notes:\n  icheck-dh/13: The funder gives no figures.\n";
    let casebook = Casebook::new(&[("a", &format!("{}{notes}", filled()))]);
    let run = casebook.run(&["validate", "--checklist", "icheck-dh"]);
    let line = "a: iCHECK-DH 8 of 20 met, 1 partly, 1 explained, 10 missing\n";
    assert!(run.stderr.contains(line), "{run:?}");

    let wrong = "checklist_notes:\n  icheck-dg/13: A\n  icheck-dh/21: B\n  mast/5: C\n";
    casebook.write("cases/a.yaml", format!("{}{wrong}", filled()));
    let (status, found) = found(&casebook, &["validate"]);
    assert_eq!(status, Some(1));
    let places: Vec<_> = found.iter().map(|d| (d["code"].as_str(), d["line"].as_i64())).collect();
    let first = filled().lines().count() as i64 + 2;
    let code = Some("unknown-checklist");
    assert_eq!(places, [(code, Some(first)), (code, Some(first + 1))]);
    assert_eq!(found[0]["label"], "did you mean `icheck-dh`?");
    assert_eq!(found[0]["pointer"], "/checklist_notes/icheck-dg~113");
}

#[test]
fn faults_in_the_manifest_are_told_at_their_place() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let check = |yaml: &str, expected: &[(&str, &str)]| {
        casebook.write("casebook.yaml", format!("{MANIFEST}checklists: {yaml}\n"));
        let (status, found) = found(&casebook, &["validate"]);
        let told: Vec<(&str, &str)> = (found.iter())
            .map(|d| (d["code"].as_str().unwrap(), d["message"].as_str().unwrap()))
            .collect();
        assert_eq!(told, expected, "{yaml}");
        assert_eq!(status, Some(if expected.is_empty() { 0 } else { 2 }));
        assert!(found.iter().all(|d| d["line"] == 5), "{found:?}");
    };
    check("[icheck-dh, mast]", &[]);
    check("{icheck-dh: {without: [13, '20'], items: {9: [/target_group, /scale]}}}", &[]);
    check("{ours: {title: Ours, items: {1: {label: Money, fields: /costs}}}}", &[]);
    check("[tidyer]", &[("unknown-checklist", "there is no checklist `tidyer`")]);
    check("{tidyer: {}}", &[("unknown-checklist", "there is no checklist `tidyer`")]);
    check(
        "{tidier: {without: [13], items: {14: /costs}}}",
        &[
            ("unknown-checklist", "the checklist `tidier` has no item `13`"),
            ("unknown-checklist", "the checklist `tidier` has no item `14`"),
        ],
    );
    check(
        "{tidier: {title: Mine}}",
        &[("form-rule", "the checklist `tidier` keeps its own words")],
    );
    check(
        "{tidier: {items: {9: {any: [/costs, /wheather]}}}}",
        &[("pointer-nowhere", "no case has the field `/wheather`")],
    );
    check("{ours: {title: Ours}}", &[("missing-key", "the checklist `ours` has no items")]);
    check(
        "{ours: {title: Ours, items: {1: /costs}}}",
        &[("missing-key", "the item `1` has no label")],
    );
}

#[test]
fn an_unknown_name_is_a_wrong_call() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let run = casebook.run(&["validate", "--checklist", "icheck"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("there is no checklist `icheck`"), "{run:?}");
    assert!(run.stderr.contains("icheck-dh, tidier"), "{run:?}");
}

#[test]
fn a_group_s_own_list_is_in_the_report() {
    let costs = "costs: [{what: All, amount: 1, currency: EUR, year: 2020}]\n\
                 checklist_notes: {ours/2: The law is silent.}\n";
    let casebook = Casebook::new(&[("a", &format!("{}{costs}", case("a"))), ("b", &case("b"))]);
    let list = "checklists: {ours: {title: Our list, items: {1: {label: Money, fields: /costs}, \
                2: {label: Law, fields: /challenges/legal}}}}\n";
    casebook.write("casebook.yaml", format!("{MANIFEST}{list}"));
    let run = casebook.run(&["build", "--format", "html,data"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let read = |path: &str| fs::read_to_string(casebook.path().join("build").join(path)).unwrap();
    let html = read("report.html");
    assert!(html.contains("Our list: 1 of 2 met; explained: 2 (The law is silent.)"));
    assert!(html.contains("Our list: 0 of 2 met; missing: 1, 2"));
    assert!(html.contains("Most often missing: 1 Money (in 1 case); 2 Law (in 1 case)."));
    assert_eq!(
        read("data/completeness.csv"),
        "case,list,item,label,section,counted,state,reason\n\
         a,ours,1,Money,,true,met,\n\
         a,ours,2,Law,,true,explained,The law is silent.\n\
         b,ours,1,Money,,true,missing,\n\
         b,ours,2,Law,,true,missing,\n"
    );
    assert!(read("data/datapackage.json").contains("completeness.csv"));
}

#[test]
fn a_report_without_checklists_has_no_such_section() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let run = casebook.run(&["build", "--format", "html,data"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let html = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(!html.contains("How complete the cases are"));
    assert!(!casebook.path().join("build/data/completeness.csv").exists());
}

/// Whether a case, as another YAML reader gives it, has a field; `|` stands for or.
fn has(case: &Value, fields: &str) -> bool {
    fields.split('|').any(|field| match case.pointer(field) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(_) => true,
    })
}

/// iCHECK-DH, counted by hand: all of these meet an item; all of those a part of it.
const BY_HAND: [(&[&str], &[&str]); 20] = [
    (&["/title|/keywords"], &[]),
    (&["/summary"], &[]),
    (&["/context"], &["/regions", "/scope", "/status"]),
    (&["/problem"], &[]),
    (&["/prior_work"], &["/related|/links"]),
    (&["/aims", "/evaluation"], &["/aims"]),
    (&["/solution", "/implementation"], &[]),
    (&["/technology/description", "/technology/components"], &[]),
    (&["/target_group", "/regions"], &["/target_group"]),
    (
        &["/data_governance"],
        &["/challenges/security", "/challenges/integrity", "/challenges/legal"],
    ),
    (&["/technology/standards", "/challenges/interoperability"], &[]),
    (&["/organisations", "/funding"], &[]),
    (&["/funding", "/costs"], &["/funding|/costs"]),
    (&["/sustainability"], &["/challenges/funding"]),
    (&["/scope", "/regions", "/scale"], &[]),
    (&["/results", "/results_summary", "/outcome"], &[]),
    (&["/lessons/worked", "/lessons/did_not_work", "/lessons/advice"], &[]),
    (&["/unintended"], &["/lessons/did_not_work"]),
    (&["/conclusions"], &["/results_summary", "/transfer/conditions"]),
    (&["/declarations"], &[]),
];

#[test]
fn the_sample_s_completeness_agrees_with_a_recount() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = casebook(repository(), &["build", "--format", "html,data", "-o", out]);
    assert_eq!(run.status, Some(0), "{run:?}");

    let mut expected = BTreeMap::new();
    let mut totals = BTreeMap::new();
    for entry in fs::read_dir(repository().join("cases")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let case: Value = serde_saphyr::from_str(&text).unwrap();
        let id = case["id"].as_str().unwrap().to_owned();
        for (index, (whole, part)) in BY_HAND.iter().enumerate() {
            let all = |fields: &[&str]| {
                !fields.is_empty() && fields.iter().all(|field| has(&case, field))
            };
            let state = match (all(whole), all(part)) {
                (true, _) => "met",
                (false, true) => "partly",
                (false, false) => "missing",
            };
            let no = (index + 1).to_string();
            *totals.entry((id.clone(), state)).or_insert(0_usize) += 1;
            expected.insert((id.clone(), no), state.to_owned());
        }
    }
    assert!(expected.len() >= 29 * 20);

    let path = folder.path().join("data/completeness.csv");
    let records: Vec<csv::StringRecord> =
        csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect();
    let found: BTreeMap<(String, String), String> = (records.iter())
        .filter(|record| &record[1] == "icheck-dh")
        .map(|record| ((record[0].to_owned(), record[2].to_owned()), record[6].to_owned()))
        .collect();
    assert_eq!(found, expected);

    // MAST counts its nine elements and domains, never its topics.
    let cases = expected.len() / 20;
    let counted = records.iter().filter(|record| &record[1] == "mast" && &record[5] == "true");
    assert_eq!(counted.count(), 9 * cases);

    let html = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(html.contains("How complete the cases are"));
    assert!(html.contains("It says nothing of how well they are filled in"));
    assert!(html.contains("J Med Internet Res 2023;25:e46694."));
    assert!(html.contains("Terms: CC BY 4.0."));
    assert!(!html.contains("of 33"));
    for ((id, _), count) in totals.iter().filter(|((_, state), _)| *state == "met") {
        let partly = totals.get(&(id.clone(), "partly")).copied().unwrap_or_default();
        let line = format!("iCHECK-DH: {count} of 20 met; {partly} in part; missing: ");
        assert!(html.contains(&line), "{id}: {line}");
    }
}
