//! What is wrong with a row is said at its cell, and the other rows are imported.

use super::{ANSWERS, MAPPING, cases, import, read, with_survey};
use crate::support::repository;

#[test]
fn a_fault_is_shown_in_its_cell_and_the_other_rows_go_on() {
    let answers = ANSWERS.replace("Estonia", "Limburg") + "3,Third,\"Two\nlines.\",Atlantis\n";
    let casebook = with_survey(&answers, MAPPING);
    let run = import(&casebook, &["--message-format", "short"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("answers.csv:3:36: error[unknown-region]"), "{}", run.stdout);
    assert!(lines[1].starts_with("answers.csv:5:9: error[unknown-region]"), "{}", run.stdout);
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    let human = import(&casebook, &[]).stderr;
    assert!(human.contains("BE22") && human.contains("NL42"), "candidates are listed: {human}");
    assert!(
        human.contains("in the column `Where`") && human.contains("`values: {\"Limburg\": …}`"),
        "{human}"
    );
    assert_eq!(cases(casebook.path()).into_keys().collect::<Vec<_>>(), ["care-at-home.yaml"]);
}

#[test]
fn a_word_that_the_mapping_still_leaves_empty_is_shown_in_the_mapping() {
    let answers = ANSWERS.replace("Where\n", "Where,Stage\n").replace("nia\n", "nia,In use\n");
    let answers = answers.replace("Blekinge\n", "Blekinge,In use\n");
    let mapping = MAPPING
        .replace(" status: pilot,", "")
        .replace("constants:", "  Stage: {to: status, values: {In use: null}}\nconstants:");
    let casebook = with_survey(&answers, &mapping);
    let run = import(&casebook, &["--dry-run"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    // Once, for every row has it, and where it is to be mended.
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    for words in [
        "map.yaml:7:32",
        "the mapping leaves this empty",
        "in place of `null`",
        "`In use`: `planned`, `pilot`, `operational`",
    ] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    casebook.write("map.yaml", mapping.replace("null", "operational"));
    assert_eq!(import(&casebook, &[]).status, Some(0));
}

#[test]
fn a_fault_in_a_workbook_names_sheet_and_cell() {
    let casebook =
        with_survey("", "import: 1\ncolumns: {Service: title, Land: regions, Began: status}\n");
    let answers = repository().join("tests/surveys/answers.xlsx");
    let run = casebook.run(&["import", answers.to_str().unwrap(), "--mapping", "map.yaml"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(
        run.stderr.contains("this is cell D2 of the sheet `Answers`, in the column `Began`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("answers.xlsx:3:"), "the line is the row: {}", run.stderr);
}

#[test]
fn a_wrong_mapping_is_shown_in_its_own_line_and_nothing_is_imported() {
    for (mapping, expected) in [
        (MAPPING.replace("Service: title", "Servise: title"), "did you mean `Service`?"),
        (MAPPING.replace(": title", ": titel"), "map.yaml:4:12"),
        (MAPPING.replace("columns:", "colums:"), "did you mean `columns`?"),
        (MAPPING.replace("key: Nr", "key: Number"), "map.yaml:2:6"),
        (MAPPING.replace("import: 1", "import: 2"), "map.yaml:1:9"),
        (format!("{MAPPING}folder: ../elsewhere\n"), "leads out of the casebook"),
        (format!("{MAPPING}encoding: utf-9\n"), "did you mean `utf-8`?"),
        ("columns: [\n".to_owned(), "map.yaml:"),
    ] {
        let casebook = with_survey(ANSWERS, &mapping);
        let run = import(&casebook, &[]);
        assert_eq!(run.status, Some(2), "{mapping}: {run:?}");
        assert!(run.stderr.contains(expected), "{mapping}: {}", run.stderr);
        assert!(cases(casebook.path()).is_empty());
    }
    let casebook = with_survey(ANSWERS, MAPPING);
    let run = casebook.run(&["import", "answers.csv"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("--draft-mapping answers.csv"), "{}", run.stderr);
}

#[test]
fn rows_that_would_be_one_case_are_told_apart_or_told_of() {
    let twice = ANSWERS.replace("Night line", "Care at home");
    let casebook = with_survey(&twice, MAPPING);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("two rows would become the case `care-at-home`"), "{}", run.stderr);
    let casebook = with_survey(&twice, &format!("{MAPPING}id: \"{{Service}} {{Where}}\"\n"));
    assert_eq!(import(&casebook, &[]).status, Some(0));
    let names: Vec<String> = cases(casebook.path()).into_keys().collect();
    assert_eq!(names, ["care-at-home-blekinge.yaml", "care-at-home-estonia.yaml"]);

    let casebook = with_survey(&ANSWERS.replace("\n2,", "\n1,"), MAPPING);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("two rows have the key `1`"), "{}", run.stderr);
}

#[test]
fn words_of_the_survey_are_understood_by_the_fields_they_go_into() {
    let manifest = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\nlanguage: de\n\
        themes: {telestroke: {title: Telestroke, synonyms: [Stroke by video]}, home: {title: Zu Hause}}\n";
    let answers = "Titel;Land;Themen;Stand;Ergebnis;Beginn;Betrag;Einwilligung;Stichworte;Partner;Text;Text 2\r\n\
        =1+1;Schweden, Estland;stroke by video,zu hause;Too early;Too Early;10/05/2019;1.234,5;Ja;a|b ;A; <p>Eins.</p>;• zwei\r\n";
    let mapping = "import: 1\ndates: day-first\ncolumns:\n  Titel: title\n  Land: regions\n  Themen: themes\n  \
        Stand: {to: status, values: {too early: planned}}\n  Ergebnis: outcome\n  Beginn: period.start\n  \
        Betrag: {to: funding.0.amount, with: {currency: EUR}}\n  Einwilligung: consent.given\n  \
        Stichworte: {to: keywords, split: \"|\"}\n  Partner: {to: organisations.1.name, with: {role: partner}}\n  \
        Text: problem\n  Text 2: problem\nconstants: {summary: A text., licence: CC0-1.0}\n";
    let casebook = with_survey(answers, mapping);
    casebook.write("casebook.yaml", manifest);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let found = cases(casebook.path()).into_values().next().unwrap();
    let expected = "id: 1-1
title: =1+1
summary: A text.
keywords: [a, b]
licence: CC0-1.0
regions: [SE, EE]
period:
  start: \"2019-05-10\"
themes: [telestroke, home]
status: planned
outcome: too-early
organisations:
  - name: A
    role: partner
problem: |
  Eins.

  - zwei
funding:
  - amount: 1234.5
    currency: EUR
consent:
  given: true
";
    assert_eq!(found, expected);
    // What may be read in two ways is asked about.
    casebook.write("answers.csv", answers.replace("1.234,5", "1.234"));
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("decimal: \",\""), "{}", run.stderr);
}

#[test]
fn a_row_that_is_torn_is_left_out() {
    let torn = ANSWERS.replace("2,Night line,", "2,Night, line,");
    let casebook = with_survey(&torn, MAPPING);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("answers.csv:3:37"), "{}", run.stderr);
    assert!(!run.stderr.contains("unknown-region"), "one fault is enough: {}", run.stderr);
    assert_eq!(cases(casebook.path()).into_keys().collect::<Vec<_>>(), ["care-at-home.yaml"]);
}

#[test]
fn what_the_mapping_says_wrong_is_told_once_and_there() {
    let casebook = with_survey(ANSWERS, &MAPPING.replace("[telestroke]", "[telestrok]"));
    let run = import(&casebook, &["--message-format", "short"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("map.yaml:7:13: error[unknown-theme]"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
}

#[test]
fn a_case_is_never_the_manifest() {
    let answers = ANSWERS.replace("Care at home", "Casebook");
    let casebook = with_survey(&answers, &MAPPING.replace("key: Nr\n", ""));
    let manifest = read(&casebook, "casebook.yaml")
        + "cases: {include: [\"*.yaml\"], exclude: [map.yaml, casebook.yaml]}\n";
    casebook.write("casebook.yaml", &manifest);
    casebook.write("night-line.yaml", crate::support::case("night-line"));
    let run = import(&casebook, &["--overwrite"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(read(&casebook, "casebook.yaml"), manifest);
    assert!(read(&casebook, "casebook-case.yaml").contains("title: Casebook\n"));
    assert!(read(&casebook, "night-line.yaml").contains("A line for the night."));
}

#[test]
fn a_form_of_the_group_s_own_is_filled_as_its_roles_say() {
    let example = repository().join("examples/own-form");
    let copy = crate::support::Casebook::new(&[]);
    for path in [
        "casebook.yaml",
        "form/repair-cafe.schema.json",
        "chapters/about.md",
        "reading/chapters.bib",
        "cafes/kettle-clinic.yaml",
    ] {
        copy.write(path, std::fs::read(example.join(path)).unwrap());
    }
    let names = "No;Name;What;Town;Topics;Opened;State;Verdict;Mended";
    copy.write(
        "answers.csv",
        format!(
            "{names}\n7;Lamp night;Lamps;Tirol;Safety, reach;3.4.2022;on trial;Goes well;1 200\n"
        ),
    );
    copy.write(
        "map.yaml",
        "import: 1\nkey: No\ncolumns:\n  Name: name\n  What: in_short\n  Town: region\n  \
        Topics: topics\n  Opened: opened\n  State: state\n  Verdict: verdict\n  Mended: visitors\n\
        constants: {hosts: [{name: A}], insured: true, venue: {kind: library, room: A room}, \
         repairs: [{goods: phones, brought: 3, mended: 1}]}\n",
    );
    let run = import(&copy, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let made = read(&copy, "cafes/lamp-night.yaml");
    for line in [
        "key: lamp-night",
        "region: AT33",
        "topics: [safety, reach]",
        "verdict: goes well",
        "visitors: 1200",
        "opened: \"2022-04-03\"",
    ] {
        assert!(made.lines().any(|found| found == line), "{line}: {made}");
    }
    assert_eq!(copy.run(&["validate"]).status, Some(0), "{made}");
    assert!(import(&copy, &[]).stderr.contains("1 unchanged"));
}

#[test]
fn objects_are_mapped_as_tables_are() {
    let answers = r#"{"meta": {"n": 1}, "responses": [{"nr": 1, "q1": "Care", "q2": "Text \ud83d\ude00.",
        "where": ["Estonia", "Latvia"], "who": {"mail": "a@example.org"}, "publish": true, "costs": 12.5, "year": "2019"}]}"#;
    let mapping = "import: 1\nkey: nr\ncolumns:\n  q1: title\n  q2: summary\n  where: regions\n  \
        who.mail: contact.email\n  publish: consent.given\n  year: period.start\n  \
        costs: {to: costs.0.amount, with: {what: All, currency: EUR}}\n\
        constants: {themes: [telestroke], status: pilot, outcome: mixed}\n";
    let casebook = with_survey("", mapping);
    casebook.write("answers.json", answers);
    let run = casebook.run(&["import", "answers.json", "--mapping", "map.yaml"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let made = read(&casebook, "cases/care.yaml");
    for line in [
        "summary: Text 😀.",
        "regions: [EE, LV]",
        "  start: 2019",
        "  email: a@example.org",
        "  given: true",
        "    amount: 12.5",
    ] {
        assert!(made.lines().any(|found| found == line), "{line}: {made}");
    }
}

#[test]
fn only_the_rows_that_are_wanted_come_in() {
    let mapping = format!("{MAPPING}only: {{Where: [estonia, Latvia]}}\n");
    let casebook = with_survey(ANSWERS, &mapping);
    assert_eq!(import(&casebook, &[]).status, Some(0));
    assert_eq!(cases(casebook.path()).into_keys().collect::<Vec<_>>(), ["night-line.yaml"]);
}

#[test]
fn a_title_in_any_script_gets_a_file_of_its_own() {
    let answers =
        "Nr,Service,About,Where\n7,日本,A text.,JP\nx/y,Ελλάδα,A text.,EL\n3,con,A text.,EE\n";
    let casebook = with_survey(answers, MAPPING);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let names: Vec<String> = cases(casebook.path()).into_keys().collect();
    assert_eq!(names, ["case-7.yaml", "case-x-y.yaml", "con-case.yaml"]);
    assert!(read(&casebook, "cases/case-7.yaml").contains("title: 日本\n"));
}
