//! Rows win where they say something, and nowhere else: what a hand added to a case outlives `--overwrite`.

use super::{ANSWERS, MAPPING, import, read, with_survey};
use crate::support::{Casebook, case};

const CASE: &str = "cases/care-at-home.yaml";

/// A mapping as the proposed one has it: all that comes in is to be reviewed.
fn mapping() -> String {
    MAPPING.replace("constants: {", "constants: {review: {state: submitted}, ")
}

/// What an editor adds to an imported case.
const BY_HAND: &str = "aims: |\n  # is no comment\n  To see fewer people travel.\n\
    contact: # by telephone\n  name: Anna\n  email: anna@example.org\nconsent:\n  given: true\n";
const REVIEWED: &str =
    "review:\n  state: accepted # in May\n  reviewer: Bo\n  notes: Agreed with Anna.\n";
const MODELINE: &str = "# yaml-language-server: $schema=../case.schema.json\n\n";

/// The imported case as its editor left it.
fn edited(casebook: &Casebook) -> String {
    let text = read(casebook, CASE);
    let submitted = "review:\n  state: submitted\n";
    assert!(text.contains(submitted), "{text}");
    let text = format!("{MODELINE}{}", text.replace(submitted, &format!("{BY_HAND}{REVIEWED}")));
    let text = text.replace("title: Care at home\n", "# as agreed\ntitle: Care close to home\n");
    casebook.write(CASE, &text);
    text
}

#[test]
fn what_no_column_has_outlives_an_overwriting_import() {
    let casebook = with_survey(ANSWERS, &mapping());
    assert_eq!(import(&casebook, &[]).status, Some(0));
    let before = edited(&casebook);
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by boat."));
    let run = import(&casebook, &["--overwrite", "--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("rows: 1 updated, 1 unchanged"), "{}", run.stderr);
    let after =
        before.replace("by video.", "by boat.").replace("Care close to home", "Care at home");
    assert_eq!(read(&casebook, CASE), after);
    // Nothing is left to ask for.
    assert!(import(&casebook, &["--strict"]).stderr.contains("1 unchanged, 1 kept"));

    // The same without any memory of what came from the survey.
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by train."));
    std::fs::remove_file(casebook.path().join("map.imported.json")).unwrap();
    assert_eq!(import(&casebook, &["--overwrite"]).status, Some(0));
    assert_eq!(read(&casebook, CASE), after.replace("by boat.", "by train."));
}

#[test]
fn a_review_is_set_back_by_nothing_but_a_column_of_its_own() {
    let answers = ANSWERS.replace("Where\n", "Where,State\n").replace("Blekinge", "Blekinge,draft");
    let mapping = MAPPING.replace("constants:", "  State: review.state\nconstants:");
    let casebook = with_survey(&answers, &mapping);
    assert_eq!(import(&casebook, &[]).status, Some(0));
    let text = read(&casebook, CASE).replace("review:\n  state: draft\n", REVIEWED);
    casebook.write(CASE, &text);
    casebook.write("answers.csv", answers.replace("Blekinge,draft", "Blekinge,submitted"));
    assert_eq!(import(&casebook, &["--overwrite"]).status, Some(0));
    let after = read(&casebook, CASE);
    assert!(
        after.contains("state: submitted\n  reviewer: Bo\n  notes: Agreed with Anna.\n"),
        "{after}"
    );
}

#[test]
fn what_a_row_no_longer_gives_goes_unless_a_hand_changed_it() {
    let answers = "Nr,Service,About,Where,Why,Begun\n\
                   1,Care at home,Nurses visit by video.,Blekinge,Far to go.,2019\n";
    let mapping =
        MAPPING.replace("constants:", "  Why: problem\n  Begun: period.start\nconstants:");
    for (by_hand, stays) in [("Far to go.", false), ("Very far to go.", true)] {
        let casebook = with_survey(answers, &mapping);
        assert_eq!(import(&casebook, &[]).status, Some(0));
        let text = read(&casebook, CASE).replace("Far to go.", by_hand);
        let text = text.replace("  start: 2019\n", "  start: 2019\n  end: 2021 # as Anna says\n");
        casebook.write(CASE, &text);
        casebook.write("answers.csv", answers.replace("Far to go.", ""));
        assert_eq!(import(&casebook, &["--overwrite"]).status, Some(0));
        let after = read(&casebook, CASE);
        assert_eq!(after.contains("problem"), stays, "{after}");
        // A key beside those of the row, in one group with them, is none of its business.
        assert!(after.contains("  start: 2019\n  end: 2021 # as Anna says\n"), "{after}");
    }
}

#[test]
fn records_of_a_casebook_leave_what_is_private_as_it_is() {
    let text = format!("{MODELINE}{}{BY_HAND}{REVIEWED}", case("one"));
    let casebook = Casebook::new(&[("one", &text)]);
    for format in ["json", "jsonl"] {
        casebook.write("cases/one.yaml", &text);
        let file = format!("cases.{format}");
        assert_eq!(casebook.run(&["export", "--format", format, "-o", &file]).status, Some(0));
        let records = read(&casebook, &file);
        assert!(!records.contains("anna@") && records.contains("fewer people"), "{records}");
        casebook.write(&file, records.replace("fewer people", "nobody"));
        assert_eq!(casebook.run(&["import", &file]).status, Some(1));
        assert_eq!(read(&casebook, "cases/one.yaml"), text);
        let run = casebook.run(&["import", &file, "--overwrite"]);
        assert!(run.stderr.contains("rows: 1 updated"), "{run:?}");
        assert_eq!(read(&casebook, "cases/one.yaml"), text.replace("fewer people", "nobody"));
        std::fs::remove_file(casebook.path().join("imported.json")).unwrap();
    }
}

#[test]
fn a_file_that_cannot_be_edited_in_place_loses_no_field_and_says_so() {
    let casebook = with_survey(ANSWERS, MAPPING);
    // Flow style has no lines to write between.
    let flow = "{id: care-at-home, title: Old, consent: {given: true}}\n";
    casebook.write(CASE, flow);
    let run = import(&casebook, &["--overwrite"]);
    assert!(run.stderr.contains("is written anew as a whole"), "{}", run.stderr);
    let text = read(&casebook, CASE);
    assert!(text.contains("title: Care at home\n") && text.contains("given: true"), "{text}");

    let casebook = with_survey(ANSWERS, MAPPING);
    casebook.write(CASE, "title: [open\n");
    let run = import(&casebook, &["--overwrite"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("cannot be read as YAML"), "{}", run.stderr);
    assert!(read(&casebook, CASE).starts_with("id: care-at-home\n"));

    // What the row does not speak of may be wrong: then it is for a hand to mend.
    let casebook = with_survey(ANSWERS, MAPPING);
    let wrong = "id: care-at-home\ntitle: Old\nperiod: {begin: 2019}\n";
    casebook.write(CASE, wrong);
    let run = import(&casebook, &["--overwrite"]);
    assert!(run.stderr.contains("1 hand-edited"), "{}", run.stderr);
    assert!(run.stderr.contains("mend that by hand"), "{}", run.stderr);
    assert_eq!(read(&casebook, CASE), wrong);
}
