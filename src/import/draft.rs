//! Owns the proposal of a mapping: for each column of a survey, the field that its name and its values
//! look like.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::cell::Meanings;
use super::number;
use super::survey::{Row, Survey, fold};
use crate::form::{Expected, Field, Form, Kind, Role};
use crate::load::Node;
use crate::model::Themes;
use crate::vocab::Gazetteer;

/// Rows whose values are looked at.
const LOOKED_AT: usize = 200;

/// Values that are shown of a column.
const SHOWN: usize = 3;

/// The longest value that is shown, in letters.
const LONGEST_SHOWN: usize = 40;

/// How far into a record fields are looked for.
const DEEPEST: usize = 3;

/// The least that a name must have in common with a field.
const ENOUGH: usize = 30;

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

/// A field that a column may go into.
struct Goal<'f> {
    place: String,
    names: Vec<String>,
    words: BTreeSet<String>,
    field: &'f Field,
    expected: Expected,
}

/// A mapping for a survey, with the values seen in comments, to be looked through by its editor.
pub fn draft(
    survey: &Survey,
    form: &Form,
    themes: &Themes,
    regions: &Gazetteer,
    name: &str,
) -> String {
    let meanings = Meanings { form, themes, regions };
    let goals = goals(form);
    let mut taken = BTreeSet::new();
    let key = survey.columns.iter().find(|column| KEYS.contains(&fold(column).as_str()));
    let mut out = format!(
        "# Where the columns of {name} go, as proposed by casebook. Look through it: what is not\n\
         # right is not known to be wrong. Then see what comes of it, without writing anything:\n\
         #   casebook import {name} --mapping THIS_FILE --dry-run\nimport: 1\n"
    );
    if let Some(sheet) = &survey.sheet {
        let _ = writeln!(out, "sheet: {}", scalar(sheet));
    }
    match key {
        Some(key) => {
            let _ = writeln!(out, "# Rows are known again by this column when the survey is imported once more.\nkey: {}", scalar(key));
        }
        None => out.push_str("# Name the column by which rows are known again when the survey is imported once more.\n# key: …\n"),
    }
    out.push_str("# The file names of the cases come from their titles. From other columns: id: \"{Country}-{Title}\"\n");
    out.push_str("# What is the same in all cases:\n# constants:\n#   review: {state: submitted}\ncolumns:\n");
    for (index, column) in survey.columns.iter().enumerate() {
        let seen = seen(survey.rows.iter(), index);
        if Some(column) == key {
            let _ = writeln!(out, "  {}: ignore # the key", scalar(column));
            continue;
        }
        let goal = best(&goals, column, &seen, &meanings, &taken);
        let _ = writeln!(out, "  # {}", examples(&seen));
        match goal {
            Some(goal) => {
                let _ = writeln!(out, "  {}: {}", scalar(column), rule(goal, &seen, &meanings));
                if !goal.expected.is_only(&[Kind::List]) {
                    taken.insert(goal.place.clone());
                }
            }
            None => {
                let _ = writeln!(out, "  {}: ignore # no field looks like it", scalar(column));
            }
        }
    }
    let _ =
        write!(out, "\n# Required, and filled by no column yet: {}\n", missing(form, &taken, &out));
    out
}

/// The required fields of the form that no line of the draft names.
fn missing(form: &Form, taken: &BTreeSet<String>, draft: &str) -> String {
    let required = form.required();
    let is_open = |key: &&String| {
        let line = format!(": {key}\n");
        let list = format!("to: {key},");
        **key != "id" && !taken.contains(*key) && !draft.contains(&line) && !draft.contains(&list)
    };
    let open: Vec<&str> = required.iter().filter(is_open).map(String::as_str).collect();
    if open.is_empty() { "none".to_owned() } else { open.join(", ") }
}

/// The fields that a cell may fill.
fn goals(form: &Form) -> Vec<Goal<'_>> {
    let mut goals = Vec::new();
    if let Some(root) = form.fields().root() {
        collect(form, root, "", 0, &mut goals);
    }
    goals
}

fn collect<'f>(
    form: &'f Form,
    field: &'f Field,
    way: &str,
    depth: usize,
    goals: &mut Vec<Goal<'f>>,
) {
    for (key, below) in form.fields().keys(field) {
        let place = if way.is_empty() { key.to_owned() } else { format!("{way}.{key}") };
        let Some(expected) =
            place.replace('.', "/").parse().ok().and_then(|place| form.expected_at(&place))
        else {
            continue;
        };
        let holds_more = form.fields().keys(below).next().is_some();
        if holds_more && depth < DEEPEST {
            collect(form, below, &place, depth + 1, goals);
            continue;
        }
        let entries = form.fields().items(below);
        let is_list_of_records =
            entries.is_some_and(|entry| form.fields().keys(entry).next().is_some());
        if let Some(entry) = entries.filter(|_| is_list_of_records && depth < DEEPEST) {
            collect(form, entry, &format!("{place}.0"), depth + 2, goals);
            continue;
        }
        if key == "id" || holds_more {
            continue;
        }
        let around =
            way.rsplit('.').find(|step| step.parse::<usize>().is_err()).unwrap_or_default();
        let title = below.name(key);
        let names = [
            key.to_owned(),
            title.clone(),
            format!("{around} {title}"),
            format!("{title} {around}"),
        ];
        let description = below.description.as_deref().unwrap_or_default();
        let words = words(&format!("{key} {title} {around} {description}"));
        let names = names.iter().map(|name| bare(name)).collect();
        goals.push(Goal { place, names, words, field: below, expected });
    }
}

/// The goal that a column looks like most, if it looks like one enough.
fn best<'g>(
    goals: &'g [Goal<'g>],
    column: &str,
    seen: &[String],
    meanings: &Meanings<'_>,
    taken: &BTreeSet<String>,
) -> Option<&'g Goal<'g>> {
    let asked = words(column);
    let name = bare(column);
    let mut best: Option<(usize, &Goal<'_>)> = None;
    for goal in goals.iter().filter(|goal| !taken.contains(&goal.place)) {
        let by_name = if goal.names.contains(&name) {
            100
        } else {
            let shared = asked.intersection(&goal.words).count();
            shared * 60 / asked.len().max(1)
        };
        let by_values = values_fit(goal, seen, meanings);
        // A field of its own is meant sooner than one inside another.
        let depth = goal.place.matches('.').count();
        let score = (by_name + by_values).saturating_sub(3 * depth);
        if score >= ENOUGH && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, goal));
        }
    }
    best.map(|(_, goal)| goal)
}

/// How well the values of a column fit a field whose values are codes or words.
fn values_fit(goal: &Goal<'_>, seen: &[String], meanings: &Meanings<'_>) -> usize {
    if seen.is_empty() {
        return 0;
    }
    let role = goal
        .field
        .role
        .or_else(|| meanings.form.fields().items(goal.field).and_then(|entry| entry.role));
    let fits = |value: &&String| match role {
        Some(Role::Theme) => parts(value).iter().any(|part| meanings.themes.called(part).is_some()),
        Some(Role::Region) => parts(value).iter().any(|part| meanings.region(part).is_some()),
        _ => goal.expected.words.iter().any(|word| bare(word) == bare(value)),
    };
    let is_telling =
        matches!(role, Some(Role::Theme | Role::Region)) || !goal.expected.words.is_empty();
    if is_telling { seen.iter().filter(fits).count() * 70 / seen.len() } else { 0 }
}

/// What is written behind a column.
fn rule(goal: &Goal<'_>, seen: &[String], meanings: &Meanings<'_>) -> String {
    let place = &goal.place;
    if goal.expected.is_only(&[Kind::List]) {
        let separator = [";", "|", "\n", ","].into_iter().find(|mark| {
            let with = seen.iter().filter(|value| value.contains(mark)).count();
            with > 0 && with * 3 >= seen.len()
        });
        return match separator {
            Some("\n") => format!("{{to: {place}, split: lines}}"),
            Some(mark) => format!("{{to: {place}, split: \"{mark}\"}}"),
            None => place.clone(),
        };
    }
    // Words that only the survey knows have to be explained.
    let known = &goal.expected.words;
    let strange = seen.iter().filter(|value| !known.iter().any(|word| bare(word) == bare(value)));
    let strange: Vec<&String> = strange.take(8).collect();
    let is_answer = goal.expected.is_only(&[Kind::Answer]);
    let needs_values = (!known.is_empty() && !strange.is_empty())
        || (is_answer && strange.iter().any(|value| number::answer(value).is_none()));
    if !needs_values || meanings.form.fields().root().is_none() {
        return place.clone();
    }
    let values: Vec<String> =
        strange.iter().map(|value| format!("{}: null", scalar(value))).collect();
    let allowed = if is_answer { "true, false".to_owned() } else { known.join(", ") };
    format!("{{to: {place}, values: {{{}}}}} # each is one of: {allowed}", values.join(", "))
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
        let cut: String = line.chars().filter(|c| !c.is_control()).take(LONGEST_SHOWN).collect();
        if cut.len() < line.len() { format!("{cut}…") } else { cut }
    };
    let shown: Vec<String> = seen.iter().take(SHOWN).map(short).collect();
    format!("such as: {}", shown.join(" / "))
}

fn parts(value: &str) -> Vec<&str> {
    value.split(['\n', ';', '|', ',']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The words of a text that say something.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let said = words.filter(|word| word.chars().count() > 2 && !COMMON.contains(&word.as_str()));
    // The plural of a word is the same word here.
    said.map(|word| word.strip_suffix('s').map(str::to_owned).unwrap_or(word)).collect()
}

/// Words that every question has.
const COMMON: &[&str] = &[
    "the", "and", "for", "what", "was", "were", "with", "your", "you", "has", "have", "are", "any",
    "how", "did", "does", "this", "that", "which", "please", "from", "when", "who", "where",
    "case", "project", "service", "such", "markdown", "one", "its",
];

fn bare(name: &str) -> String {
    let letters = name.to_lowercase();
    letters.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text as a scalar of YAML on one line.
fn scalar(text: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '(' | ')' | '/' | '.');
    let is_plain = text.chars().all(plain)
        && text.starts_with(char::is_alphabetic)
        && text == text.trim()
        && !["yes", "no", "true", "false", "null", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
