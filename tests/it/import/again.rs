//! Importing again: rows bring their cases up to date, and no hand's work is lost.

use std::fs;

use super::{ANSWERS, MAPPING, cases, import, read, with_survey};
use crate::support::Casebook;

const CASE: &str = "cases/care-at-home.yaml";

fn imported() -> Casebook {
    let casebook = with_survey(ANSWERS, MAPPING);
    assert_eq!(import(&casebook, &[]).status, Some(0));
    casebook
}

fn edit(casebook: &Casebook, from: &str, to: &str) {
    let text = read(casebook, CASE);
    assert!(text.contains(from), "{text}");
    casebook.write(CASE, text.replace(from, to));
}

#[test]
fn a_row_that_changed_changes_its_case_and_no_other_file() {
    let casebook = imported();
    let memory = read(&casebook, "map.imported.json");
    let again = import(&casebook, &[]);
    assert!(again.stderr.contains("rows: 2 unchanged"), "{}", again.stderr);
    assert_eq!(read(&casebook, "map.imported.json"), memory);

    // Its title may change: the row is known by its key, and the file keeps its name.
    casebook.write("answers.csv", ANSWERS.replace("Care at home", "Care at your home"));
    let run = import(&casebook, &[]);
    assert!(run.stderr.contains("rows: 1 updated, 1 unchanged"), "{}", run.stderr);
    assert!(read(&casebook, CASE).contains("id: care-at-home\ntitle: Care at your home\n"));
    assert_eq!(cases(casebook.path()).len(), 2);
}

#[test]
fn a_hand_edit_is_never_replaced_unasked() {
    let casebook = imported();
    edit(&casebook, "outcome: mixed", "outcome: success # agreed by telephone");
    let edited = read(&casebook, CASE);
    // The row has nothing new.
    let run = import(&casebook, &["--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("1 unchanged, 1 kept"), "{}", run.stderr);
    assert_eq!(read(&casebook, CASE), edited);

    // The row has something new in another field, and both are kept.
    let news = ANSWERS.replace("by video.", "by video and by car.");
    casebook.write("answers.csv", &news);
    let dry = import(&casebook, &["--dry-run"]);
    assert!(dry.stdout.contains("merged"), "{}", dry.stdout);
    assert_eq!(read(&casebook, CASE), edited);
    let run = import(&casebook, &["--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("rows: 1 merged, 1 unchanged"), "{}", run.stderr);
    assert_eq!(read(&casebook, CASE), edited.replace("by video.", "by video and by car."));
    // What a hand wrote stays its own from then on.
    assert!(import(&casebook, &["--strict"]).stderr.contains("1 unchanged, 1 kept"));

    // Or the row wins, because the editor says so.
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by boat."));
    let run = import(&casebook, &["--overwrite"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let text = read(&casebook, CASE);
    assert!(text.contains("by boat.") && text.contains("outcome: mixed"), "{text}");
    assert!(import(&casebook, &[]).stderr.contains("rows: 2 unchanged"));
}

#[test]
fn what_both_changed_is_left_to_the_editor_and_the_rest_is_taken_over() {
    let casebook = imported();
    edit(&casebook, "Nurses visit by video.", "Nurses visit. # as they say");
    let edited = read(&casebook, CASE);
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by boat."));
    let run = import(&casebook, &[]);
    assert!(run.stderr.contains("changed in both: `summary`"), "{}", run.stderr);
    assert_eq!(read(&casebook, CASE), edited);

    // A field that only the survey changed is taken over beside that.
    let news = ANSWERS.replace("by video.", "by boat.").replace("Care at home", "Care in homes");
    casebook.write("answers.csv", news);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    for words in [
        "warning[hand-edited]: a hand and the survey both changed `summary`",
        "answers.csv:2:1",
        "what else is new in this row was taken over",
    ] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert_eq!(read(&casebook, CASE), edited.replace("Care at home", "Care in homes"));
    // It is asked for again until both say the same.
    let again = import(&casebook, &["--strict"]);
    assert_eq!(again.status, Some(1));
    assert!(again.stderr.contains("changed in both: `summary`"), "{}", again.stderr);
    edit(&casebook, "Nurses visit.", "Nurses visit by boat.");
    assert_eq!(import(&casebook, &["--strict"]).status, Some(0));
}

#[test]
fn what_is_not_sound_together_is_not_joined() {
    let casebook = imported();
    edit(&casebook, "outcome: mixed", "outcome: quite good");
    let edited = read(&casebook, CASE);
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by boat."));
    let run = import(&casebook, &[]);
    for words in ["1 hand-edited", "new in the survey: `summary`", "changed by hand: `outcome`"] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert_eq!(read(&casebook, CASE), edited);
}

#[test]
fn line_ends_that_git_changed_are_no_edit() {
    let casebook = imported();
    let text = read(&casebook, CASE).replace('\n', "\r\n");
    casebook.write(CASE, &text);
    casebook.write("answers.csv", ANSWERS.replace("by video.", "by boat."));
    let run = import(&casebook, &[]);
    assert!(run.stderr.contains("1 updated"), "{}", run.stderr);
}

#[test]
fn a_case_that_was_removed_stays_away_and_one_that_was_there_stays() {
    let casebook = imported();
    fs::remove_file(casebook.path().join(CASE)).unwrap();
    let run = import(&casebook, &[]);
    assert!(run.stderr.contains("is no longer there"), "{}", run.stderr);
    assert!(!casebook.path().join(CASE).exists());
    assert_eq!(import(&casebook, &["--overwrite"]).status, Some(0));
    assert!(casebook.path().join(CASE).exists());

    let casebook = with_survey(ANSWERS, MAPPING);
    casebook.write(CASE, "somebody else's\n");
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("did not come from this survey"), "{}", run.stderr);
    assert_eq!(read(&casebook, CASE), "somebody else's\n");
    assert_eq!(cases(casebook.path()).len(), 2, "the other row is imported");
}

#[test]
fn a_row_that_is_gone_is_told_of() {
    let casebook = imported();
    let first = ANSWERS.lines().take(2).map(|line| format!("{line}\n")).collect::<String>();
    casebook.write("answers.csv", first);
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(0));
    assert!(
        run.stderr.contains("no longer has the rows of `cases/night-line.yaml`"),
        "{}",
        run.stderr
    );
    assert_eq!(cases(casebook.path()).len(), 2);
}

#[test]
fn a_failing_row_leaves_its_case_as_it_was() {
    let casebook = imported();
    let before = read(&casebook, CASE);
    casebook.write("answers.csv", ANSWERS.replace("Blekinge", "Atlantis"));
    assert_eq!(import(&casebook, &[]).status, Some(1));
    assert_eq!(read(&casebook, CASE), before);
}

#[test]
fn a_broken_memory_stops_the_import() {
    let casebook = imported();
    casebook.write("map.imported.json", "{}");
    let run = import(&casebook, &[]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("map.imported.json"), "{}", run.stderr);
}
