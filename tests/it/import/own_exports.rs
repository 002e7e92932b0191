//! What casebook exported becomes the same cases again, without a mapping.

use std::fs;
use std::path::Path;

use super::cases;
use crate::support::{Casebook, casebook, repository};

/// An empty copy of a casebook: its manifest and all that this names, but no case.
fn without_cases(of: &Path, folder: &str) -> Casebook {
    let copy = Casebook::new(&[]);
    for (path, bytes) in crate::support::tree(of) {
        let is_build =
            path.starts_with("build") || path.starts_with("target") || path.starts_with(".git");
        let is_part = ["casebook.yaml"]
            .iter()
            .any(|name| path.ends_with(name) && path.components().count() == 1);
        if !is_build
            && (is_part || path.starts_with("chapters") || path.starts_with("form"))
            && !path.starts_with(folder)
        {
            copy.write(path.to_str().unwrap(), bytes);
        }
    }
    copy
}

fn export(folder: &Path, format: &[&str]) -> String {
    let run = casebook(folder, &[&["export"], format].concat());
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    run.stdout
}

/// A copy of the repository's own casebook without its cases, made without walking all that lies there.
fn sample_without_cases() -> Casebook {
    let copy = Casebook::new(&[]);
    copy.write("casebook.yaml", fs::read(repository().join("casebook.yaml")).unwrap());
    for entry in fs::read_dir(repository().join("chapters")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        copy.write(&format!("chapters/{name}"), fs::read(&path).unwrap());
    }
    copy
}

#[test]
fn the_sample_report_goes_out_and_comes_in_unchanged() {
    for format in ["json", "jsonl"] {
        let exported = export(repository(), &["--format", format]);
        let copy = sample_without_cases();
        copy.write(&format!("cases.{format}"), &exported);
        let run = copy.run(&["import", &format!("cases.{format}")]);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert_eq!(cases(copy.path()).len(), 41);
        assert!(
            export(copy.path(), &["--format", format]) == exported,
            "{format} came in otherwise"
        );
        let again = copy.run(&["import", &format!("cases.{format}")]);
        assert!(again.stderr.contains("rows: 41 unchanged"), "{}", again.stderr);
    }
}

#[test]
fn a_data_package_comes_in_by_its_description() {
    let example = repository().join("examples/minimal");
    let copy = without_cases(&example, "cases");
    let package = copy.path().join("package");
    let run =
        casebook(&example, &["export", "--format", "datapackage", "-o", package.to_str().unwrap()]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(copy.run(&["import", "package/datapackage.json"]).status, Some(0));
    assert_eq!(export(copy.path(), &["--format", "json"]), export(&example, &["--format", "json"]));
}

#[test]
fn fields_of_the_group_s_own_come_back_to_their_places() {
    let example = repository().join("examples/extended-form");
    let copy = without_cases(&example, "cases");
    let exported = export(&example, &["--format", "json"]);
    copy.write("cases.json", &exported);
    let run = copy.run(&["import", "cases.json"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(export(copy.path(), &["--format", "json"]), exported);
}

#[test]
fn the_table_of_cases_comes_back_as_far_as_it_holds_them() {
    let copy = sample_without_cases();
    let table = export(repository(), &["--format", "csv"]);
    copy.write("cases.csv", &table);
    let run = copy.run(&["import", "cases.csv"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let columns = |table: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        let held = [
            "id",
            "title",
            "summary",
            "keywords",
            "regions",
            "scope",
            "start",
            "end",
            "themes",
            "status",
            "outcome",
            "evidence_level",
            "standards",
            "components",
            "related",
        ];
        let at: Vec<usize> =
            held.iter().map(|name| header.iter().position(|n| n == *name).unwrap()).collect();
        reader
            .records()
            .map(|row| {
                let row = row.unwrap();
                at.iter().map(|at| row[*at].to_owned()).collect()
            })
            .collect()
    };
    assert_eq!(columns(&export(copy.path(), &["--format", "csv"])), columns(&table));
}
