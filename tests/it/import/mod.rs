//! Surveys become cases: whatever program saved them, and as an editor would go about it.

mod again;
mod by_roles;
mod gardens;
mod hostile;
mod overwrite;
mod own_exports;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Casebook, Run, casebook, repository, tree};

/// A survey of two questions, and how its cases are called.
pub(super) const ANSWERS: &str = "Nr,Service,About,Where\n1,Care at home,Nurses visit by video.,Blekinge\n2,Night line,A line for the night.,Estonia\n";

/// Where its columns go.
pub(super) const MAPPING: &str = "import: 1\nkey: Nr\ncolumns:\n  Service: title\n  About: summary\n  \
    Where: regions\nconstants: {themes: [telestroke], status: pilot, outcome: mixed}\n";

/// An empty casebook with a survey and its mapping.
pub(super) fn with_survey(answers: &str, mapping: &str) -> Casebook {
    let casebook = Casebook::new(&[]);
    casebook.write("answers.csv", answers);
    casebook.write("map.yaml", mapping);
    casebook
}

/// Imports the survey of a casebook.
pub(super) fn import(casebook: &Casebook, more: &[&str]) -> Run {
    casebook.run(&[&["import", "answers.csv", "--mapping", "map.yaml"], more].concat())
}

pub(super) fn read(casebook: &Casebook, path: &str) -> String {
    fs::read_to_string(casebook.path().join(path)).unwrap()
}

/// The case files of a folder.
pub(super) fn cases(folder: &Path) -> BTreeMap<String, String> {
    let files =
        if folder.join("cases").is_dir() { tree(&folder.join("cases")) } else { BTreeMap::new() };
    let text = |bytes| String::from_utf8(bytes).unwrap();
    files.into_iter().map(|(path, bytes)| (path.display().to_string(), text(bytes))).collect()
}

#[test]
fn a_survey_becomes_cases_that_a_person_could_have_written() {
    let casebook = with_survey(ANSWERS, MAPPING);
    let dry = import(&casebook, &["--dry-run"]);
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(
        dry.stdout.contains("     2  new           cases/care-at-home.yaml\n"),
        "{}",
        dry.stdout
    );
    assert!(
        !casebook.path().join("cases").exists()
            && !casebook.path().join("map.imported.json").exists()
    );

    let run = import(&casebook, &[]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stderr.contains("rows: 2 new\n"), "{}", run.stderr);
    assert_eq!(
        read(&casebook, "cases/care-at-home.yaml"),
        "id: care-at-home\ntitle: Care at home\nsummary: Nurses visit by video.\nregions: [SE221]\n\
         themes: [telestroke]\nstatus: pilot\noutcome: mixed\n"
    );
    assert!(read(&casebook, "cases/night-line.yaml").contains("regions: [EE]\n"));
    assert_eq!(casebook.run(&["validate", "--strict"]).status, Some(0));
}

/// What every saving of tests/surveys comes to.
const FROM_SPREADSHEETS: &str = "id: vard-pa-distans-hemma
title: Vård på distans – “hemma”
summary: Nurses, doctors; and “others”. • by video • by phone
regions: [SE221]
period:
  start: \"2019-05-10\"
themes: [telestroke]
status: pilot
outcome: mixed
problem: |
  Nurses, doctors; and “others”.
  - by video
  - by phone
scale:
  - measure: Users
    value: 1234
    unit: people
consent:
  given: true
";

#[test]
fn every_saving_of_a_spreadsheet_is_read_alike() {
    let mapping = "import: 1\nkey: No.\ncolumns:\n  Service: title\n  Land: regions\n  \
        Began: period.start\n  Users: {to: scale.0.value, with: {measure: Users, unit: people}}\n  \
        May we publish?: consent.given\n  Story: [{to: summary}, {to: problem}]\n\
        constants: {themes: [telestroke], status: pilot, outcome: mixed}\n";
    let mut read = 0;
    for entry in fs::read_dir(repository().join("tests/surveys")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "csv" && end != "xlsx") {
            continue;
        }
        let casebook = with_survey("", mapping);
        let run = casebook.run(&["import", path.to_str().unwrap(), "--mapping", "map.yaml"]);
        assert_eq!(run.status, Some(0), "{path:?}: {run:?}");
        let cases = cases(casebook.path());
        assert_eq!(cases["vard-pa-distans-hemma.yaml"], FROM_SPREADSHEETS, "{path:?}");
        let second = &cases["teleslag.yaml"];
        assert!(
            second.contains("regions: [\"NO\"]\n") && second.contains("given: false"),
            "{path:?}: {second}"
        );
        // Nothing calculates what looks like a formula.
        assert!(second.contains("=HYPERLINK(\"https://example.org\")"), "{path:?}: {second}");
        assert!(!second.contains("scale"), "{path:?}: {second}");
        read += 1;
    }
    assert_eq!(read, 4);
}

#[test]
fn the_example_s_cases_are_what_its_survey_comes_to() {
    let example = repository().join("examples/survey");
    let made = cases(&example);
    assert_eq!(made.len(), 4);
    for answers in ["answers.csv", "answers.xlsx"] {
        let copy = Casebook::new(&[]);
        for file in ["casebook.yaml", "mapping.yaml", answers] {
            copy.write(file, fs::read(example.join(file)).unwrap());
        }
        let run = casebook(copy.path(), &["import", answers, "--mapping", "mapping.yaml"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert_eq!(cases(copy.path()), made, "{answers}");
        let memory = read(&copy, "mapping.imported.json");
        assert_eq!(memory, fs::read_to_string(example.join("mapping.imported.json")).unwrap());
        assert!(!memory.contains("example.org"), "the memory tells nobody's address");
    }
}

#[test]
fn a_proposed_mapping_asks_for_what_the_form_demands_and_names_one_home() {
    let survey = "Nr,Name,In short,Country,Town or region,Topic,Stage,How did it go,Who runs it,Web page,Ended\n\
                  1,Video,Nurses visit by video.,Sweden,Blekinge,telestroke,pilot,mixed,Blekinge,https://example.org,2021\n\
                  2,Portal,Citizens see data.,Germany,Bavaria,telestroke,pilot,success,A ward,,2022\n";
    let casebook = with_survey(survey, "");
    let run = casebook.run(&["import", "answers.csv", "--draft-mapping"]);
    for line in [
        "  Country: ignore # looks like regions too, which Town or region fills",
        "  Town or region: regions",
        "  Who runs it: {to: organisations.0.name, with: {role: lead}}",
        "  # role may also be: partner, supplier, funder",
        "  Web page: {to: links.0.url, with: {title: Web page}}",
        "  Ended: ignore # looks like period.end, but period needs `start` too",
    ] {
        assert!(run.stdout.lines().any(|found| found == line), "{line}: {}", run.stdout);
    }
    // Nothing has to be changed in it for the cases to come.
    casebook.write("map.yaml", &run.stdout);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(read(&casebook, "cases/video.yaml").contains("regions: [SE221]"));
    assert!(read(&casebook, "cases/portal.yaml").contains("regions: [DE2]"));
    // With a column for it, the demand is met there.
    casebook.write(
        "answers.csv",
        survey.replace("Ended\n", "Ended,Started\n").replace("2021\n", "2021,2020\n"),
    );
    let run = casebook.run(&["import", "answers.csv", "--draft-mapping"]);
    assert!(run.stdout.contains("  Ended: period.end\n"), "{}", run.stdout);
}

#[test]
fn a_proposed_mapping_fits_the_survey_it_is_for() {
    let example = repository().join("examples/survey");
    let copy = Casebook::new(&[]);
    for file in ["casebook.yaml", "answers.csv", "answers.xlsx"] {
        copy.write(file, fs::read(example.join(file)).unwrap());
    }
    for answers in ["answers.csv", "answers.xlsx"] {
        let run = copy.run(&["import", answers, "--draft-mapping"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        for line in [
            "key: Response ID",
            "  Name of the initiative: title",
            "  Topics: {to: themes, split: \";\"}",
            "  \"Where?\": regions",
            "  Your e-mail address: contact.email",
            "  # such as: 07/2023",
        ] {
            assert!(run.stdout.lines().any(|found| found == line), "{line}: {}", run.stdout);
        }
        copy.write("draft.yaml", &run.stdout);
        // The words that only the survey knows are left to the editor; all else is in order.
        let tried = copy.run(&["import", answers, "--mapping", "draft.yaml", "--dry-run"]);
        assert_eq!(tried.status, Some(1), "{tried:?}");
        assert!(tried.stderr.contains("missing-key"), "{}", tried.stderr);
    }
    let out = copy.run(&["import", "answers.csv", "--draft-mapping", "-o", "in/a/new/map.yaml"]);
    assert_eq!((out.status, out.stdout.as_str()), (Some(0), ""), "{out:?}");
    let again = copy.run(&["import", "answers.csv", "--draft-mapping", "-o", "in/a/new/map.yaml"]);
    assert_eq!(again.status, Some(2), "a mapping is never replaced: {again:?}");
}
