//! Regions from end to end: the official lists, lists of a group's own, and groups.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Casebook, MANIFEST, Run, case};

const OWN: &str = "regions:
  scheme: custom
  codes:
    coast: {name: The coast, point: [-1.5, 40]}
    port: {name: The old port, parent: coast}
    quay-3: {name: Quay 3, parent: port, point: {latitude: -1.25, longitude: 40.5}}
    hills: {name: The hills}
  groups:
    Waterfront: [port]
";

fn casebook(manifest: &str, regions: &str) -> Casebook {
    let text = case("a").replace("[SE221]", regions);
    let casebook = Casebook::new(&[("a", &text)]);
    casebook.write("casebook.yaml", format!("{MANIFEST}{manifest}"));
    casebook
}

#[track_caller]
fn check(manifest: &str, regions: &str, expected: &[&str]) -> Run {
    let run = casebook(manifest, regions).run(&["validate"]);
    for text in expected {
        assert!(run.stderr.contains(text), "{text} in {}", run.stderr);
    }
    assert_eq!(run.status == Some(0), expected.is_empty(), "{}", run.stderr);
    run
}

#[test]
fn a_misspelt_name_is_answered_with_its_code() {
    let check = |manifest: &str, name: &str, expected: &str| {
        let run = casebook(manifest, &format!("[{name}]")).run(&["validate"]);
        assert!(run.stderr.contains(expected), "{name}: {}", run.stderr);
    };
    check("", "Slovenja", "did you mean SI, Slovenia?");
    check("", "Blekinje", "did you mean SE221, Blekinge län, Sweden?");
    check("", "germny", "did you mean DE, Germany?");
    // In the language of the report as in English.
    check("language: de\n", "Slowenjen", "did you mean SI, Slovenia?");
    check("language: de\n", "Slowenien", "did you mean SI, Slovenia?");
    check("language: de\n", "Slovenja", "did you mean SI, Slovenia?");
    for nothing_near in ["Slowenjen", "Atlantis", "Xy", "Slo9enia"] {
        check("", nothing_near, "not a code of NUTS 2024");
    }
    // What may be meant is not what is meant: nobody writes it for the contributor.
    let casebook = casebook("", "[Slovenja]");
    casebook.run(&["validate", "--fix"]);
    let text = std::fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    assert!(text.contains("[Slovenja]"), "{text}");
}

#[test]
fn a_list_of_the_group_s_own_is_checked_counted_and_written() {
    let casebook = casebook(OWN, "[quay-3]");
    let run = casebook.run(&["build", "--format", "data"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let read = |name: &str| std::fs::read_to_string(casebook.path().join(name)).unwrap();
    let cases = read("build/data/cases.csv");
    let mut reader = csv(&cases);
    let columns = reader.remove(0);
    let column = |name: &str| columns.iter().position(|found| found == name).unwrap();
    assert_eq!(reader[0][column("regions")], "quay-3");
    assert_eq!(reader[0][column("countries")], "coast");
    let figures = read("build/data/figures.csv");
    for line in [
        "country,coast,,,1,a",
        "region:1,port,,,1,a",
        "region:2,quay-3,,,1,a",
        "group,Waterfront,,,1,a",
    ] {
        assert!(
            figures.lines().any(|found| found.starts_with(&format!("{line},"))),
            "{line} in {figures}"
        );
    }
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().map(cells).collect()
}

#[test]
fn a_code_that_the_own_list_lacks_is_told_with_what_was_meant() {
    check(OWN, "[quay-3, hills]", &[]);
    check(OWN, "[Quay 3]", &["unknown region code `Quay 3`", "did you mean quay-3, Quay 3, The"]);
    check(OWN, "[old port]", &["did you mean port, The old port, The coast?"]);
    check(OWN, "[hils]", &["did you mean `hills`?"]);
    check(OWN, "[The hilsl]", &["did you mean `hills`?"]);
    let unknown = ["not declared under `regions:`", "the codes are coast, port, quay-3, hills"];
    check(OWN, "[SE221]", &unknown);
    check(OWN, "[JP-13]", &unknown);
    let groups = OWN.replace("[port]", "[prot]");
    check(&groups, "[port]", &["casebook.yaml:13:18", "did you mean `port`?"]);
}

/// An editor and another validator know the codes of the list, and no others.
#[test]
fn the_schema_offers_the_codes_of_the_own_list() {
    let shown = |manifest: &str| {
        let run = casebook(manifest, "[port]").run(&["schema", "show"]);
        let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        schema["properties"]["regions"]["items"].clone()
    };
    let offered = shown(OWN);
    assert_eq!(offered["enum"], serde_json::json!(["coast", "port", "quay-3", "hills"]));
    assert_eq!(offered["enumDescriptions"][1], "The old port");
    assert_eq!(shown("")["enum"], serde_json::Value::Null);
}

#[test]
fn faults_of_the_own_list_are_told_where_they_stand() {
    let faults = |codes: &str, expected: &[&str]| {
        let manifest = format!("regions:\n  scheme: custom\n  codes:\n{codes}");
        let run = check(&manifest, "[a]", expected);
        assert_eq!(run.status, Some(2), "{run:?}");
    };
    faults(
        "    a: {name: A}\n    b: {name: B, parent: A}\n",
        &["casebook.yaml:9:26", "`b` lies in `A`, which is not in the list", "did you mean `a`?"],
    );
    faults(
        "    a: {name: A, parent: b}\n    b: {name: B, parent: a}\n",
        &["casebook.yaml:9:26", "the region `b` lies in itself"],
    );
    faults("    a b: {name: A}\n", &["casebook.yaml:8:5"]);
    faults("    \"a\\u202eb\": {name: A}\n", &["casebook.yaml:8:5"]);
    faults("    a: {name: A, point: [91, 0]}\n", &["casebook.yaml:8:26"]);
    faults("    a: {name: A, point: {latitude: 1}}\n", &["casebook.yaml:8:18", "add `longitude:`"]);
    faults("    a: {name: A, point: [1]}\n", &["casebook.yaml:8:25"]);
    check("regions:\n  scheme: custom\n", "[a]", &["casebook.yaml:6:11", "are not listed"]);
    check(&OWN.replace("  scheme: custom\n", ""), "[SE]", &["`codes` has a meaning with"]);
}

/// A list of two megabytes, and a chain without end, are read or refused at once.
#[test]
fn a_hostile_list_is_cheap() {
    let list = |count: usize, parent: &dyn Fn(usize) -> usize| {
        let mut manifest = "regions:\n  scheme: custom\n  codes:\n".to_owned();
        let name = "n".repeat(100);
        for at in 0..count {
            writeln!(manifest, "    r{at}: {{name: {name}{at}, parent: r{}}}", parent(at)).unwrap();
        }
        manifest
    };
    let timed = |manifest: String, expected: &[&str]| {
        let started = std::time::Instant::now();
        let unknown: Vec<String> = (0..20).map(|at| format!("x{at}{}", "y".repeat(30))).collect();
        check(&manifest, &format!("[{}]", unknown.join(", ")), expected);
        let taken = started.elapsed();
        assert!(taken.as_secs() < 20, "{taken:?}");
    };
    timed(list(16_000, &|at| at + 1), &["casebook.yaml:8:5", "too many keys"]);
    timed(list(9_999, &|at| at + 1), &["more than 9 regions lie around", "is not in the list"]);
    timed(list(9_999, &|at| (at + 1) % 9_999), &["lies in itself"]);
    timed(list(9_999, &|at| at), &["lies in itself"]);
    timed(list(9_999, &|_| 0), &["the region `r0` lies in itself"]);
    // What is sound is compared with what a case says.
    let sound = list(9_999, &|_| 0).replacen(", parent: r0", "", 1);
    timed(sound, &["unknown region code"]);
}

#[test]
fn official_codes_are_understood_both_ways_and_in_groups() {
    let groups = "regions:\n  groups:\n    South: [GR, GBM]\n    East: [JP-13, SE2]\n";
    let casebook = casebook(groups, "[EL43, UKM, SE221, JP-13]");
    let run = casebook.run(&["build", "--format", "data"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let figures = std::fs::read_to_string(casebook.path().join("build/data/figures.csv")).unwrap();
    for line in ["group,South,,,1,a", "group,East,,,1,a", "country,JP,,,1,a", "country,EL,,,1,a"] {
        assert!(
            figures.lines().any(|found| found.starts_with(&format!("{line},"))),
            "{line} in {figures}"
        );
    }
    check(groups, "[SE-QQ]", &["unknown region code `SE-QQ`"]);
    check(groups, "[Tokyo]", &["did you mean JP-13, Tokyo, Japan?"]);
    check("regions: {groups: {G: [PT16B]}}\n", "[SE]", &["now `PT1D1`", "in Eurostat's words"]);
    check("regions: {groups: {G: [Blekinge]}}\n", "[SE]", &["did you mean SE221"]);
}

/// Whoever used a code that was retired is told what became of it, for every such code.
#[test]
fn every_retired_code_is_told_with_its_change() {
    let table = include_str!("../../src/vocab/regions-retired.tsv");
    let codes: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
    let cases: Vec<(String, String)> = codes
        .iter()
        .map(|code| (code.to_lowercase(), case(&code.to_lowercase()).replace("SE221", code)))
        .collect();
    let cases: Vec<(&str, &str)> =
        cases.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let run = Casebook::new(&cases).run(&["validate", "--message-format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    for line in table.lines() {
        let [code, successor, name, change] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let message = format!("region code `{code}` ({name}) was retired with NUTS 2024");
        let told = found["diagnostics"].as_array().unwrap().iter();
        let told = told.filter(|told| told["message"] == *message).collect::<Vec<_>>();
        let [told] = told.as_slice() else { panic!("{message}: {told:?}") };
        let told = told.to_string();
        assert!(told.contains(&format!("in Eurostat's words: {change}")), "{told}");
        assert!(successor.is_empty() || told.contains(&format!("write `{successor}`")), "{told}");
    }
}
