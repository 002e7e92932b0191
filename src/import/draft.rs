//! Owns the proposal of a mapping: for each column of a survey, the field that its name and its values
//! look like.

mod choice;
mod likeness;

use std::collections::BTreeSet;
use std::fmt::Write;

use self::choice::{Beside, Choice, Column, choose};
use self::likeness::{Goal, bare, goals};
use super::meanings::Meanings;
use super::number;
use super::survey::{Row, Survey, fold};
use crate::diag::render::printable;
use crate::form::{Form, Kind};
use crate::load::Node;
use crate::model::Themes;
use crate::vocab::Gazetteer;

/// Rows whose values are looked at.
const LOOKED_AT: usize = 200;

/// Values that are shown of a column.
const SHOWN: usize = 3;

/// The longest value that is shown, in letters.
const LONGEST_SHOWN: usize = 40;

/// Names by which tools call the number or the time of a response.
const KEYS: &[&str] = &[
    "id",
    "response id",
    "responseid",
    "respondent id",
    "submission id",
    "entry id",
    "respondent",
    "nr",
    "no.",
    "number",
    "lfdn",
    "#",
    "timestamp",
    "start time",
    "submission date",
];

/// A mapping for a survey, with the values seen in comments, to be looked through by its editor.
pub fn draft(
    survey: &Survey,
    form: &Form,
    themes: &Themes,
    regions: &Gazetteer,
    name: &str,
) -> String {
    let meanings = Meanings::new(form, themes, regions);
    let goals = goals(form);
    let key = survey.columns.iter().find(|column| KEYS.contains(&fold(column).as_str()));
    let columns = survey.columns.iter().enumerate().map(|(index, name)| Column {
        name,
        seen: seen(survey.rows.iter(), index),
        is_key: Some(name) == key,
    });
    let columns: Vec<Column<'_>> = columns.collect();
    let mut filled = BTreeSet::new();
    let mut out = heading(survey, key, &printable(name));
    for (column, choice) in columns.iter().zip(choose(form, &goals, &columns, &meanings)) {
        if !column.is_key {
            let _ = writeln!(out, "  # {}", examples(&column.seen));
        }
        let proposal = match choice {
            Choice::Key => "ignore # the key".to_owned(),
            Choice::Nothing => "ignore # no field looks like it".to_owned(),
            Choice::Taken { place, by } => {
                format!("ignore # looks like {place} too, which {} fills", scalar(by))
            }
            Choice::Lacking { place, key } => {
                let entry = place.rsplit_once('.').map_or(place, |(entry, _)| entry);
                format!("ignore # looks like {place}, but {entry} needs `{key}` too")
            }
            Choice::Goal(goal, beside) => {
                filled.insert(goal.place.split('.').next().unwrap_or_default());
                rule(goal, &column.seen, &beside)
            }
        };
        let _ = writeln!(out, "  {}: {proposal}", scalar(column.name));
    }
    let is_open = |key: &&String| *key != "id" && !filled.contains(key.as_str());
    let required = form.required();
    let open: Vec<&str> = required.iter().filter(is_open).map(String::as_str).collect();
    if !open.is_empty() {
        let open = open.join(", ");
        let _ = writeln!(out, "# Every case must have these, and no column fills them yet: {open}");
    }
    out
}

/// What stands above the columns.
fn heading(survey: &Survey, key: Option<&String>, name: &str) -> String {
    let mut out = format!(
        "# Where the columns of {name} go: a proposal, to be looked through. Then see what\n\
         # comes of it, without writing anything:\n\
         #   casebook import {name} --mapping THIS_FILE --dry-run\nimport: 1\n"
    );
    if let Some(sheet) = &survey.sheet {
        let _ = writeln!(out, "sheet: {}", scalar(sheet));
    }
    out.push_str("# By this column a row is known again when the survey is imported once more.\n");
    match key {
        Some(key) => {
            let _ = writeln!(out, "key: {}", scalar(key));
        }
        None => out.push_str("# key: the column with the number of the response\n"),
    }
    out.push_str(
        "# The files are named by the titles of the cases. To name them by other columns:\n\
         # id: \"{Country}-{Title}\"\n\
         # What is the same in all cases:\n\
         # constants: {review: {state: submitted}}\n\
         columns:\n",
    );
    out
}

/// What is written behind a column.
fn rule(goal: &Goal<'_>, seen: &[String], beside: &[Beside]) -> String {
    let mut settings = vec![format!("to: {}", goal.place)];
    // Lines below, for the words of the form make them long.
    let mut notes = Vec::new();
    match goal.expected.is_only(&[Kind::List]) {
        true => settings.extend(split(seen)),
        false => {
            if let Some((values, allowed)) = values(goal, seen) {
                settings.push(values);
                notes.push(format!("write for each null one of: {allowed}"));
            }
        }
    }
    if !beside.is_empty() {
        let pair = |beside: &Beside| format!("{}: {}", scalar(&beside.key), scalar(&beside.value));
        let pairs: Vec<String> = beside.iter().map(pair).collect();
        settings.push(format!("with: {{{}}}", pairs.join(", ")));
        let open = beside.iter().filter(|beside| !beside.others.is_empty());
        notes.extend(
            open.map(|beside| format!("{} may also be: {}", beside.key, beside.others.join(", "))),
        );
    }
    let rule = match settings.as_slice() {
        [_] => goal.place.clone(),
        settings => format!("{{{}}}", settings.join(", ")),
    };
    notes.iter().fold(rule, |rule, note| format!("{rule}\n  # {}", printable(note)))
}

/// What parts the entries of a list in the cells of a column, if anything does.
fn split(seen: &[String]) -> Option<String> {
    let separator = [";", "|", "\n", ","].into_iter().find(|mark| {
        let with = seen.iter().filter(|value| value.contains(mark)).count();
        with > 0 && with * 3 >= seen.len()
    })?;
    Some(match separator {
        "\n" => "split: lines".to_owned(),
        mark => format!("split: \"{mark}\""),
    })
}

/// The words of a column that only the survey knows, to be explained, and what they may stand for.
fn values(goal: &Goal<'_>, seen: &[String]) -> Option<(String, String)> {
    let known = &goal.expected.words;
    let is_answer = goal.expected.is_only(&[Kind::Answer]);
    let is_known = |value: &&String| match is_answer {
        true => number::answer(value).is_some(),
        false => known.is_empty() || known.iter().any(|word| bare(word) == bare(value)),
    };
    let strange: Vec<&String> = seen.iter().filter(|value| !is_known(value)).take(8).collect();
    if strange.is_empty() {
        return None;
    }
    let values: Vec<String> =
        strange.iter().map(|value| format!("{}: null", scalar(value))).collect();
    let allowed = if is_answer { "true, false".to_owned() } else { known.join(", ") };
    Some((format!("values: {{{}}}", values.join(", ")), allowed))
}

/// The different values of a column, in the order in which they were met.
fn seen<'r>(rows: impl Iterator<Item = &'r Row>, column: usize) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for row in rows.take(LOOKED_AT) {
        let word = row.cells.get(column).and_then(Option::as_ref).and_then(Node::as_word);
        if let Some(word) = word.filter(|word| !seen.iter().any(|known| known == word)) {
            seen.push(word.into_owned());
        }
    }
    seen
}

fn examples(seen: &[String]) -> String {
    if seen.is_empty() {
        return "empty in all rows".to_owned();
    }
    let short = |value: &String| {
        let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = line.chars().take(LONGEST_SHOWN).collect();
        let cut = printable(&cut);
        if line.chars().count() > LONGEST_SHOWN { format!("{cut}…") } else { cut }
    };
    let shown: Vec<String> = seen.iter().take(SHOWN).map(short).collect();
    format!("such as: {}", shown.join(" / "))
}

/// A text as a scalar of YAML on one line.
fn scalar(text: &str) -> String {
    let is_mark = |c: char| matches!(c, ' ' | '-' | '_' | '(' | ')' | '/' | '.');
    let is_word = |text: &str| {
        text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || is_mark(c))
            && text == text.trim()
    };
    let other = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"];
    let is_plain = is_word(text) && !other.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
