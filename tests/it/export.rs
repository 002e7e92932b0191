//! The verb `export`: what goes where, what is chosen, what is left out, and what the README says of it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{
    Casebook, MANIFEST, Run, case, casebook, command, finish, repository, same, tree,
};

/// Two cases of two regions; the first has a figure, an organisation and money.
fn two() -> Casebook {
    let full = format!(
        "{}results: [{{measure: Visits, value: 12, baseline: -8.5, unit: visits, when: 2007, source: S}}]\n\
         organisations: [{{name: =SUM(1;2), role: lead}}]\n\
         sources: {{S: {{title: A study}}}}\n\
         costs: [{{what: '@Rent', amount: -1500.5, currency: EUR}}]\n",
        case("a")
    );
    Casebook::new(&[("a", &full), ("b", &case("b").replace("SE221", "EE"))])
}

/// The table that goes to standard output.
#[track_caller]
fn printed(casebook: &Casebook, args: &[&str]) -> String {
    let args: Vec<&str> = ["export", "-q"].iter().chain(args).copied().collect();
    let run = casebook.run(&args);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{}", run.stdout);
    run.stdout
}

/// The cells of a table's only row by the names of their columns.
#[track_caller]
fn only_row(text: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    header.iter().zip(row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
}

#[track_caller]
fn check(row: &BTreeMap<String, String>, expected: &[(&str, &str)]) {
    for (name, cell) in expected {
        assert_eq!(row[*name], *cell, "{name}");
    }
}

#[test]
fn tables_go_to_standard_output() {
    let casebook = two();
    let cases = printed(&casebook, &[]);
    assert!(cases.starts_with("id,title,summary,"), "{cases}");
    assert_eq!(cases.lines().count(), 3);
    let measure = only_row(&printed(&casebook, &["--table", "measures"]));
    check(
        &measure,
        &[
            ("case", "a"),
            ("list", "results"),
            ("position", "1"),
            ("value", "12"),
            ("baseline", "-8.5"),
            ("change", "20.5"),
            // Of a baseline below zero nothing can be a part.
            ("relative_change", ""),
            ("direction", "up"),
        ],
    );
    let organisation = only_row(&printed(&casebook, &["--table", "organisations"]));
    check(&organisation, &[("name", "'=SUM(1;2)"), ("role", "lead")]);
    let cost = only_row(&printed(&casebook, &["--table", "money"]));
    check(&cost, &[("kind", "cost"), ("what", "'@Rent"), ("amount", "-1500.5")]);
}

#[test]
fn json_holds_the_cases_in_full() {
    let casebook = two();
    let one: Value = serde_json::from_str(&printed(&casebook, &["--format", "json"])).unwrap();
    assert_eq!(one["cases"][0]["organisations"][0]["name"], "=SUM(1;2)");
    let lines = printed(&casebook, &["--format", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines), one["cases"]);
}

#[test]
fn filters_choose_before_anything_is_counted() {
    let casebook = two();
    let row = only_row(&printed(&casebook, &["--where", "region=Estonia"]));
    check(&row, &[("id", "b"), ("countries", "EE"), ("file", "cases/b.yaml")]);
    let figures = printed(&casebook, &["--table", "figures", "--where", "region!=EE"]);
    assert!(figures.contains("\nall,,,,1,a,,\n"), "{figures}");
    assert!(!figures.contains("EE"), "{figures}");
}

#[track_caller]
fn refused(run: &Run, status: i32, words: &str) {
    assert_eq!((run.status, run.stdout.as_str()), (Some(status), ""), "{}", run.stderr);
    assert!(run.stderr.contains(words), "{}", run.stderr);
}

#[test]
fn what_cannot_be_exported_is_said_and_nothing_is_printed() {
    let casebook = two();
    let run = |args: &[&str]| casebook.run(&[&["export"], args].concat());
    refused(&run(&["--where", "theme"]), 2, "`theme` is no choice of cases");
    refused(&run(&["--where", "colour=red"]), 2, "there is no facet `colour`");
    refused(&run(&["--where", "status=open"]), 2, "there are planned, pilot");
    refused(&run(&["--where", "year=1900..1950"]), 2, "no case fits year=1900..1950");
    refused(&run(&["--format", "json", "--table", "money"]), 2, "`--table` chooses");
    refused(&run(&["--table", "completeness"]), 2, "name the checklists");
    casebook.write("cases/b.yaml", "id: b\n");
    refused(&run(&[]), 1, "nothing was exported");
    casebook.write("casebook.yaml", "casebook: [");
    refused(&run(&[]), 2, "nothing was exported");
}

#[test]
fn warnings_do_not_mix_with_the_data() {
    let casebook = two();
    casebook.write("cases/b.yaml", format!("{}problem: a <b>bold</b> word\n", case("b")));
    let mut in_workflow = command(casebook.path());
    let run = finish(in_workflow.arg("export").env("GITHUB_ACTIONS", "true"));
    assert_eq!(run.status, Some(0));
    assert!(run.stderr.contains("raw-html"), "{}", run.stderr);
    assert!(run.stdout.starts_with("id,") && !run.stdout.contains("raw-html"), "{}", run.stdout);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = command(repository())
        .args(["export", "--format", "json", "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_package_never_replaces_what_casebook_did_not_make() {
    let casebook = two();
    casebook.write("mine/cases.csv", "years of work");
    let run = casebook.run(&["export", "--format", "datapackage", "-o", "mine"]);
    refused(&run, 2, "cases.csv is in the way");
    assert_eq!(fs::read(casebook.path().join("mine/cases.csv")).unwrap(), b"years of work");
    for _ in 0..2 {
        let run = casebook.run(&["export", "--format", "datapackage", "-o", "ours"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
    }
    // Where a build writes its data, an export may write too, and the other way round.
    assert_eq!(casebook.run(&["export", "--format", "datapackage"]).status, Some(0));
    let exported = tree(&casebook.path().join("build/data"));
    assert_eq!(casebook.run(&["build", "--format", "data"]).status, Some(0));
    same(&exported, &tree(&casebook.path().join("build/data")));
    let mut ours = tree(&casebook.path().join("ours"));
    ours.retain(|path, _| !path.ends_with(".casebook-outputs"));
    same(&exported, &ours);
}

#[test]
fn a_file_is_written_whole() {
    let casebook = two();
    for path in ["cases.csv", "some/new/folder/cases.csv"] {
        let run = casebook.run(&["export", "-o", path]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
        let written = fs::read_to_string(casebook.path().join(path)).unwrap();
        assert_eq!(written, printed(&casebook, &[]));
    }
}

#[test]
fn a_file_is_what_its_name_says_unless_another_form_is_asked_for() {
    let casebook = two();
    let written = |args: &[&str], path: &str| {
        let run = casebook.run(&[&["export", "-o", path], args].concat());
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        fs::read_to_string(casebook.path().join(path)).unwrap()
    };
    assert_eq!(written(&[], "cases.JSON"), printed(&casebook, &["--format", "json"]));
    assert_eq!(written(&[], "cases.jsonl"), printed(&casebook, &["--format", "jsonl"]));
    assert_eq!(written(&["--format", "csv"], "cases.json"), printed(&casebook, &[]));
    let run = casebook.run(&["export", "--table", "money", "-o", "money.json"]);
    refused(&run, 2, "let the file end in `.csv`");
}

#[test]
fn nothing_private_is_exported() {
    let casebook = Casebook::new(&[(
        "a",
        &format!(
            "{}contact: {{name: Nomen Nescio, email: nn@example.org, organisation: Secret Office}}\n\
             consent: {{given: true, by: Consenting Person, date: 1999-12-31}}\n\
             review: {{state: accepted, reviewer: Reviewing Person, notes: Internal remark}}\n\
             plan: Hidden plan\ndesk: [{{key: Hidden key}}]\n",
            case("a")
        ),
    )]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "properties:\n  plan: {title: Secret title, type: string, x-private: true}\n  \
         desk: {type: array, items: {properties: {key: {type: string, x-private: true}}}}\n",
    );
    let run = casebook.run(&["export", "--format", "datapackage", "-o", "out"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    for (path, bytes) in tree(&casebook.path().join("out")) {
        let text = String::from_utf8(bytes).unwrap();
        for word in [
            "Nescio",
            "nn@",
            "Secret",
            "Consenting",
            "1999",
            "Reviewing",
            "Internal",
            "Hidden",
            "contact",
            "consent",
            "review",
        ] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
}

#[test]
fn the_readme_names_every_column_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = casebook(repository(), &["export", "--format", "datapackage", "-o", out]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let package = fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&package).unwrap();
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let tables = package["resources"].as_array().unwrap().iter();
    for table in tables.filter(|resource| resource["type"] == "table") {
        let file = table["path"].as_str().unwrap();
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{file}` |")));
        let row = row.unwrap_or_else(|| panic!("{file} is not in the README"));
        let columns = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let said: Vec<&str> = columns.split('`').skip(1).step_by(2).collect();
        let fields = table["schema"]["fields"].as_array().unwrap().iter();
        let names: Vec<&str> = fields.map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(said, names, "{file}");
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        assert_eq!(text.lines().next(), Some(names.join(",").as_str()));
    }
}
