//! Every fault of a file is found at its place: the files in `tests/faults` say which, in comments.

use std::fs;

use serde_json::Value;

use crate::support::{casebook, golden, repository};

#[test]
fn faults_stand_where_the_files_say() {
    let root = repository().join("tests/faults");
    let mut checked = 0;
    for entry in fs::read_dir(root.join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut expected: Vec<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# expect "))
            .map(str::to_owned)
            .collect();
        let file = path.to_str().unwrap();
        let run = casebook(&root, &["validate", file, "--message-format", "json"]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let mut found: Vec<String> = found["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| {
                let text = |key: &str| d[key].as_str().unwrap().to_owned();
                format!("{}:{} {}[{}]", d["line"], d["column"], text("severity"), text("code"))
            })
            .collect();
        let errors = expected.iter().any(|line| line.contains("error["));
        assert_eq!(run.status, Some(i32::from(errors)), "{file}");
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{file}");
        checked += 1;
    }
    assert!(checked >= 10);
}

#[test]
fn messages_read_as_they_should() {
    let root = repository().join("tests/faults");
    for name in [
        "unknown-keys",
        "missing-keys",
        "wrong-values",
        "references",
        "texts",
        "measures",
        "accepted",
        "pictures",
        "twice",
    ] {
        let file = format!("cases/{name}.yaml");
        golden(&format!("{name}.human.txt"), &casebook(&root, &["validate", &file]).stderr);
    }
    let short = casebook(&root, &["validate", "cases", "--message-format", "short"]);
    golden("all.short.txt", &short.stdout);
    let json =
        casebook(&root, &["validate", "cases/unknown-keys.yaml", "--message-format", "json"]);
    golden("unknown-keys.json", &json.stdout);
}

#[test]
fn json_pointers_lead_to_the_fault() {
    let root = repository().join("tests/faults");
    let run = casebook(&root, &["validate", "cases", "--message-format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let pointer = |file: &str, code: &str, nth: usize| {
        let mut all = found["diagnostics"].as_array().unwrap().iter();
        let path = format!("cases/{file}.yaml");
        let found = all.by_ref().filter(|d| d["file"] == path && d["code"] == code).nth(nth);
        found.unwrap()["pointer"].as_str().unwrap().to_owned()
    };
    assert_eq!(pointer("unknown-keys", "unknown-key", 0), "/keywrods");
    assert_eq!(pointer("unknown-keys", "unknown-key", 1), "/organisations/0/web");
    assert_eq!(pointer("missing-keys", "missing-key", 0), "");
    assert_eq!(pointer("missing-keys", "missing-key", 1), "/organisations/0");
    assert_eq!(pointer("wrong-values", "wrong-type", 2), "/results/0/value");
    assert_eq!(pointer("references", "unknown-region", 1), "/regions/1");
    assert_eq!(pointer("references", "unknown-source", 0), "/results/0/source");
    assert_eq!(pointer("references", "unknown-source", 2), "/problem");
    assert_eq!(pointer("references", "period-order", 0), "/period");
}
