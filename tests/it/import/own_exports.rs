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
fn in_its_own_casebook_an_export_changes_nothing() {
    let of_sample = |copy: &Casebook| {
        for entry in fs::read_dir(repository().join("cases")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                copy.write(&format!("cases/{name}"), fs::read(&path).unwrap());
            }
        }
    };
    let copy = sample_without_cases();
    of_sample(&copy);
    let formats =
        [("json", "out/a.json"), ("jsonl", "out/a.jsonl"), ("datapackage", "out/package")];
    fs::create_dir(copy.path().join("out")).unwrap();
    for (format, out) in formats {
        assert_eq!(copy.run(&["export", "--format", format, "-o", out]).status, Some(0));
    }
    let before = crate::support::tree(copy.path());
    for (format, out) in formats {
        for more in [&[][..], &["--overwrite"]] {
            let run = copy.run(&[&["import", out, "--strict"], more].concat());
            assert_eq!(run.status, Some(0), "{format}: {run:?}");
            assert!(run.stderr.contains("rows: 41 unchanged\n"), "{format}: {}", run.stderr);
        }
    }
    assert!(crate::support::tree(copy.path()) == before, "a file was written");
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

/// An extension with fields in entries of lists, of which some are private.
const EXTENSION: &str = "$schema: https://json-schema.org/draft/2020-12/schema\nproperties:\n  \
    founded: {type: integer, title: Founded in}\n  staff: {type: array, items: {type: object, properties: \
    {who: {type: string, title: Who}, phone: {type: string, x-private: true}}}}\n  organisations: {items: \
    {properties: {size: {type: string, title: Size}, phone: {type: string, x-private: true}}}}\n";

#[test]
fn private_fields_in_entries_of_lists_stay_and_the_others_come_back() {
    let case = format!(
        "{}organisations:\n  - {{name: A, role: lead, size: big, phone: \"1\"}}\n  \
         - {{name: B, role: lead, phone: \"2\"}}\nfounded: 1999\nstaff: [{{who: nurses, phone: \"3\"}}]\n",
        crate::support::case("one")
    );
    let casebook = Casebook::new(&[("one", &case)]);
    let manifest = crate::support::MANIFEST;
    casebook.write("casebook.yaml", format!("{manifest}form: {{extend: form.yaml}}\n"));
    casebook.write("form.yaml", EXTENSION);
    let exported = export(casebook.path(), &["--format", "json"]);
    casebook.write("cases.json", &exported);
    for more in [&[][..], &["--overwrite"]] {
        let run = casebook.run(&[&["import", "cases.json", "--strict"], more].concat());
        assert!(run.stderr.contains("rows: 1 unchanged"), "{run:?}");
    }
    casebook.write("cases.json", exported.replace("\"B\"", "\"Bee\""));
    assert_eq!(casebook.run(&["import", "cases.json", "--overwrite"]).status, Some(0));
    let text = fs::read_to_string(casebook.path().join("cases/one.yaml")).unwrap();
    assert!(text.contains("  - name: Bee\n    role: lead\n    phone: \"2\"\n"), "{text}");

    fs::remove_file(casebook.path().join("cases/one.yaml")).unwrap();
    fs::remove_file(casebook.path().join("imported.json")).unwrap();
    casebook.write("cases.json", &exported);
    assert_eq!(casebook.run(&["import", "cases.json"]).status, Some(0));
    assert_eq!(export(casebook.path(), &["--format", "json"]), exported);
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

/// The tables of a casebook, each in its file of a folder.
fn export_tables(of: &Path, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for table in ["cases", "measures", "organisations", "money", "sources"] {
        let text = export(of, &["--format", "csv", "--table", table]);
        fs::write(folder.join(format!("{table}.csv")), text).unwrap();
    }
}

/// A table as rows, without some columns.
fn rows_without(folder: &Path, table: &str, left_out: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
    let header = reader.headers().unwrap().clone();
    let kept = |at: &usize| !left_out.contains(&&header[*at]);
    let row = |row: csv::Result<csv::StringRecord>| -> Vec<String> {
        let row = row.unwrap();
        (0..row.len()).filter(kept).map(|at| row[at].to_owned()).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn all_tables_of_an_export_come_back_together() {
    let copy = sample_without_cases();
    let (out, back) = (copy.path().join("out"), copy.path().join("back"));
    export_tables(repository(), &out);
    let run = copy.run(&["import", "out"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("rows: 41 new"), "{}", run.stderr);
    assert_eq!(copy.run(&["validate"]).status, Some(0));
    export_tables(copy.path(), &back);
    for table in ["measures", "organisations", "money", "sources"] {
        let rows = rows_without(&out, table, &[]);
        assert!(rows.len() > 20, "{table}: {}", rows.len());
        assert_eq!(rows_without(&back, table, &[]), rows, "{table}");
    }
    // Of what stood in the way, the table names only the kinds.
    let left_out = ["challenges", "file"];
    assert_eq!(rows_without(&back, "cases", &left_out), rows_without(&out, "cases", &left_out));
}

#[test]
fn tables_change_what_they_hold_in_a_case_and_nothing_else() {
    let case = format!(
        "{}# how it began\nproblem: |\n  Too far to drive [@S1].\n\
         technology:\n  description: Video.\n  standards: [HL7]\n\
         results: # counted by hand\n  - {{measure: Patients, value: 12, source: S1}}\n\
         sources:\n  S1: {{title: A report, year: 2007}}\nlessons:\n  worked: [Begin small]\n",
        crate::support::case("one")
    );
    let casebook = Casebook::new(&[("one", &case)]);
    let tables = casebook.path().join("tables");
    export_tables(casebook.path(), &tables);
    // They say the same as the case.
    let run = casebook.run(&["import", "tables/cases.csv"]);
    assert!(run.stderr.contains("rows: 1 unchanged"), "{run:?}");

    let change = |table: &str, from: &str, to: &str| {
        let path = tables.join(format!("{table}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replace(from, to)).unwrap();
    };
    change("measures", ",12,", ",13,");
    change("cases", "HL7", "HL7; DICOM");
    let refused = casebook.run(&["import", "tables"]);
    assert_eq!(refused.status, Some(1), "nothing is replaced unasked: {refused:?}");
    let run = casebook.run(&["import", "tables", "--overwrite"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let written = fs::read_to_string(casebook.path().join("cases/one.yaml")).unwrap();
    let expected = case
        .replace(
            "technology:\n  description: Video.\n  standards: [HL7]",
            "technology:\n  description: Video.\n  standards: [HL7, DICOM]",
        )
        .replace(
            "results: # counted by hand\n  - {measure: Patients, value: 12, source: S1}",
            "# counted by hand\nresults:\n  - measure: Patients\n    value: 13\n    source: S1",
        );
    assert_eq!(written, expected);
}
