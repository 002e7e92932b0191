//! The figures of the sample report against a recount that shares no code with the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::support::{casebook, repository};

/// The cases as another YAML reader gives them.
fn cases() -> Vec<Value> {
    let mut paths: Vec<_> = fs::read_dir(repository().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
        })
        .collect()
}

fn words(case: &Value, key: &str) -> Vec<String> {
    let list = case[key].as_array().unwrap().iter();
    list.map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// The values of a facet, found the simple way: NUTS codes begin with their parents'.
fn values(case: &Value, facet: &str) -> BTreeSet<String> {
    let cut = |length: usize| {
        let codes = words(case, "regions").into_iter();
        codes.filter(|code| code.len() >= length).map(|code| code[..length].to_owned()).collect()
    };
    match facet {
        "country" => cut(2),
        "region:1" => cut(3),
        "region:2" => cut(4),
        "region:3" => cut(5),
        "theme" => words(case, "themes").into_iter().collect(),
        "year" => {
            let start = &case["period"]["start"];
            let text = start.as_str().map_or_else(|| start.to_string(), str::to_owned);
            if start.is_null() { BTreeSet::new() } else { [text[..4].to_owned()].into() }
        }
        "region" => words(case, "regions").into_iter().collect(),
        // The sample declares one group; its members are read from the manifest by eye.
        "group" => {
            let members = ["DK", "EE", "FI", "DE8", "DEF", "LV", "LT", "PL", "SE"];
            let is_in = |code: &String| members.iter().any(|member| code.starts_with(member));
            let found = words(case, "regions").iter().any(is_in);
            found.then(|| "Around the Baltic Sea".to_owned()).into_iter().collect()
        }
        "evidence" => case["evidence_level"].as_str().map(str::to_owned).into_iter().collect(),
        "organisation" => each(&case["organisations"], |it| it["name"].as_str()),
        "programme" => each(&case["funding"], |it| it["programme"].as_str()),
        "standard" => each(&case["technology"]["standards"], Value::as_str),
        "component" => each(&case["technology"]["components"], Value::as_str),
        "keyword" => each(&case["keywords"], Value::as_str),
        "challenge" => {
            let kinds = case["challenges"].as_object();
            kinds.into_iter().flat_map(|kinds| kinds.keys().cloned()).collect()
        }
        key => case[key].as_str().map(str::to_owned).into_iter().collect(),
    }
}

fn each(list: &Value, word: fn(&Value) -> Option<&str>) -> BTreeSet<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(word).map(|word| word.trim().to_owned()).collect()
}

/// The facets that are built in; the sample has themes on one level and no facets of its own.
const FACETS: &[&str] = &[
    "country",
    "group",
    "region",
    "region:1",
    "region:2",
    "region:3",
    "theme",
    "status",
    "outcome",
    "scope",
    "year",
    "evidence",
    "organisation",
    "standard",
    "component",
    "programme",
    "challenge",
    "keyword",
];

#[test]
fn every_figure_agrees_with_the_recount() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = casebook(repository(), &["build", "--format", "data", "-o", out]);
    assert_eq!(run.status, Some(0), "{run:?}");

    let cases = cases();
    assert!(cases.len() >= 29);
    let mut expected: BTreeMap<[String; 4], BTreeSet<String>> = BTreeMap::new();
    let mut count = |key: [&str; 4], case: &Value| {
        let id = case["id"].as_str().unwrap().to_owned();
        expected.entry(key.map(str::to_owned)).or_default().insert(id);
    };
    for case in &cases {
        count(["all", "", "", ""], case);
        for facet in FACETS {
            for value in values(case, facet) {
                count([facet, &value, "", ""], case);
            }
        }
        for (one, two) in [("country", "theme"), ("theme", "outcome"), ("country", "outcome")] {
            for first in values(case, one) {
                for second in values(case, two) {
                    count([one, &first, two, &second], case);
                }
            }
        }
    }

    let mut reader = csv::Reader::from_path(folder.path().join("data/figures.csv")).unwrap();
    let mut found = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let key = [0, 1, 2, 3].map(|column| record[column].to_owned());
        let ids: BTreeSet<String> = record[5].split("; ").map(str::to_owned).collect();
        assert_eq!(record[4], ids.len().to_string(), "{record:?}");
        assert!(found.insert(key, ids).is_none(), "{record:?} stands twice");
    }
    let differing: Vec<_> = (expected.iter().chain(&found))
        .filter(|(key, _)| expected.get(*key) != found.get(*key))
        .map(|(key, ids)| (key, ids, found.get(key)))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn the_data_hold_what_the_submissions_say() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    casebook(repository(), &["build", "--format", "data", "-o", out]);
    let text = fs::read_to_string(folder.path().join("data/cases.json")).unwrap();
    let exported: Value = serde_json::from_str(&text).unwrap();
    let mut originals = cases();
    originals.sort_by_key(|case| case["id"].as_str().unwrap().to_owned());
    let exported = exported["cases"].as_array().unwrap();
    assert_eq!(exported.len(), originals.len());
    for (exported, original) in exported.iter().zip(&originals) {
        for (key, value) in original.as_object().unwrap() {
            match key.as_str() {
                "review" => assert!(exported.get(key).is_none()),
                // A lone year is a number in YAML and a date in the data.
                "period" => assert!(exported["period"]["start"].is_string()),
                "summary" | "title" | "id" | "themes" | "regions" | "status" | "outcome"
                | "organisations" | "lessons" | "challenges" | "problem" | "solution" => {
                    let mut found = exported[key].clone();
                    if let Value::Object(map) = &mut found {
                        // Lists that are left out are empty in the data.
                        map.retain(|_, value| value.as_array().is_none_or(|all| !all.is_empty()));
                    }
                    assert_eq!(&found, value, "{key} of {}", original["id"]);
                }
                _ => assert!(exported.get(key).is_some(), "{key} of {}", original["id"]),
            }
        }
    }
}

#[test]
fn the_figures_asked_for_agree_with_the_recount() {
    let cases = cases();
    let count = |facets: &[&str]| -> BTreeMap<Vec<String>, usize> {
        let mut cells: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for case in &cases {
            let mut combinations = vec![Vec::new()];
            for facet in facets {
                let values = values(case, facet);
                let longer = |begun: &Vec<String>| -> Vec<Vec<String>> {
                    values
                        .iter()
                        .map(|value| [begun.as_slice(), std::slice::from_ref(value)].concat())
                        .collect()
                };
                combinations = combinations.iter().flat_map(longer).collect();
            }
            for combination in combinations {
                *cells.entry(combination).or_default() += 1;
            }
        }
        cells
    };
    let pairs = FACETS.windows(2).map(<[&str]>::to_vec);
    let asked = FACETS.iter().map(|facet| vec![*facet]).chain(pairs);
    for facets in asked.chain([vec!["country", "theme", "status", "outcome"]]) {
        let run = casebook(repository(), &["stats", "--by", &facets.join(","), "--format", "csv"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
        let columns = facets.len();
        let header: Vec<&str> = facets.iter().copied().chain(["cases"]).collect();
        assert_eq!(reader.headers().unwrap(), header);
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            let values: Vec<String> = row.iter().take(columns).map(str::to_owned).collect();
            (values, row[columns].parse().unwrap())
        });
        assert_eq!(rows.collect::<BTreeMap<_, usize>>(), count(&facets), "{facets:?}");
        let counted = |case: &&Value| facets.iter().all(|facet| !values(case, facet).is_empty());
        let distinct = cases.iter().filter(counted).count();
        let sentence = format!("{distinct} distinct case");
        assert!(run.stderr.starts_with(&sentence), "{facets:?}: {}", run.stderr);
    }
}
