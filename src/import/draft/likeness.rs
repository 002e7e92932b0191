//! Owns which field a column looks like: by its name, by words that surveys ask with, and by its values.

use std::collections::BTreeSet;

use crate::form::{Expected, Field, Form, Kind, Role};
use crate::import::meanings::Meanings;
use crate::import::number;
use crate::import::survey::fold;

/// How far into a record fields are looked for.
const DEEPEST: usize = 3;

/// The least that a column must have in common with a field.
const ENOUGH: usize = 40;

/// How many letters a text has on the average that is more than a few words.
const LONG: usize = 60;

/// A field that a column may go into.
pub(super) struct Goal<'f> {
    pub(super) place: String,
    pub(super) expected: Expected,
    names: Vec<String>,
    words: BTreeSet<String>,
    pub(super) role: Option<Role>,
    field: &'f Field,
}

/// How surveys ask for fields of the built-in form, beside the fields' own names.
const ASKED: &[(&str, &[&str])] = &[
    ("title", &["name of the", "project name", "title of", "name"]),
    ("summary", &["nutshell", "short description", "in short", "abstract", "briefly", "in brief"]),
    ("regions", &["where", "country", "region", "location", "town or region", "place"]),
    ("themes", &["topic", "topics", "theme", "area", "field of"]),
    ("status", &["stage", "phase", "status", "still running"]),
    ("outcome", &["how did it go", "outcome", "success", "how well"]),
    ("period.start", &["started", "start", "began", "begin", "since"]),
    ("period.end", &["ended", "end", "finished", "until"]),
    ("organisations.0.name", &["who runs", "organisation", "organization", "institution", "lead"]),
    ("problem", &["problem", "need", "why"]),
    ("solution", &["what did you do", "solution", "approach", "how does it work", "description"]),
    ("results_summary", &["what came of it", "results", "findings", "impact"]),
    ("target_group", &["for whom", "target group", "users", "beneficiaries"]),
    ("lessons.worked", &["what worked", "worked well", "success factors", "went well"]),
    ("lessons.did_not_work", &["did not work", "didn't work", "went wrong", "difficulties"]),
    ("lessons.advice", &["advice", "recommend", "recommendations", "would you tell"]),
    ("links.0.url", &["web page", "website", "web site", "homepage", "link"]),
    ("contact.email", &["e-mail", "email", "mail"]),
    ("contact.name", &["your name", "contact person"]),
    ("consent.given", &["may we publish", "publish", "consent", "agree"]),
];

/// Words that every question has.
const COMMON: &[&str] = &[
    "the", "and", "for", "what", "was", "were", "with", "your", "you", "has", "have", "are", "any",
    "how", "did", "does", "this", "that", "which", "please", "from", "when", "who", "where",
    "case", "project", "service", "such", "markdown", "one", "its", "not", "per", "line", "some",
    "other",
];

/// What the values of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Nothing,
    Answers,
    Numbers,
    Dates,
    Links,
    Mails,
    Words,
    Texts,
}

/// The fields that a cell may fill.
pub(super) fn goals(form: &Form) -> Vec<Goal<'_>> {
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
    let fields = form.fields();
    for (key, below) in fields.keys(field) {
        let place = if way.is_empty() { key.to_owned() } else { format!("{way}.{key}") };
        let pattern = place.replace('.', "/").parse().ok();
        let Some(expected) = pattern.and_then(|pattern| form.expected_at(&pattern)) else {
            continue;
        };
        let entry = fields.items(below);
        let is_record = |field: &Field| fields.keys(field).next().is_some();
        match entry.filter(|entry| is_record(entry)) {
            _ if depth >= DEEPEST => {}
            Some(entry) => collect(form, entry, &format!("{place}.0"), depth + 1, goals),
            None if is_record(below) => collect(form, below, &place, depth + 1, goals),
            None if key == "id" || expected.is_only(&[Kind::Map]) => {}
            None => {
                let role = below.role.or_else(|| entry?.role);
                goals.push(Goal::new(key, place, way, below, role, expected));
            }
        }
    }
}

impl<'f> Goal<'f> {
    fn new(
        key: &str,
        place: String,
        way: &str,
        field: &'f Field,
        role: Option<Role>,
        expected: Expected,
    ) -> Self {
        let mut steps = way.rsplit('.');
        let around = steps.find(|step| step.parse::<usize>().is_err()).unwrap_or_default();
        let title = field.name(key);
        let mut names =
            vec![bare(&format!("{around} {title}")), bare(&format!("{title} {around}"))];
        if way.is_empty() {
            names.extend([bare(key), bare(&title)]);
        }
        let words = words(&format!("{key} {title} {around}"));
        Self { place, expected, names, words, role, field }
    }

    /// Whether values that look so may stand in the field.
    fn takes(&self, look: Look) -> bool {
        let last = self.place.rsplit('.').next().unwrap_or_default();
        let is_text = self.expected.allows(Kind::Text) || self.expected.is_only(&[Kind::List]);
        match look {
            Look::Nothing => true,
            Look::Answers => {
                self.expected.is_only(&[Kind::Answer]) || !self.expected.words.is_empty()
            }
            Look::Numbers => {
                self.role == Some(Role::Date)
                    || self.expected.allows(Kind::Number)
                    || self.expected.allows(Kind::Whole)
            }
            Look::Dates => self.role == Some(Role::Date),
            Look::Links => matches!(last, "url" | "doi" | "link"),
            Look::Mails => last.contains("mail"),
            Look::Words => {
                is_text && !matches!(last, "url" | "doi" | "email") && self.role != Some(Role::Date)
            }
            Look::Texts => {
                is_text
                    && self.expected.words.is_empty()
                    && !matches!(last, "url" | "doi" | "email")
            }
        }
    }
}

/// The goal that a column looks like most, if it looks like one enough. One that holds a list may be
/// filled by several columns.
pub(super) fn best<'g>(
    goals: &'g [Goal<'g>],
    column: &str,
    seen: &[String],
    meanings: &Meanings<'_>,
    filled: &BTreeSet<&str>,
) -> Option<&'g Goal<'g>> {
    let look = look(seen);
    let mut best: Option<(usize, &Goal<'_>)> = None;
    for goal in goals {
        let is_free = !filled.contains(goal.place.as_str()) || goal.expected.is_only(&[Kind::List]);
        if !is_free || !goal.takes(look) {
            continue;
        }
        // A field of its own is meant sooner than one inside another.
        let depth = goal.place.matches('.').count();
        let likeness = by_name(goal, column) + by_values(goal, seen, meanings);
        let score = likeness.saturating_sub(4 * depth);
        if score >= ENOUGH && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, goal));
        }
    }
    best.map(|(_, goal)| goal)
}

fn by_name(goal: &Goal<'_>, column: &str) -> usize {
    if goal.names.contains(&bare(column)) {
        return 120;
    }
    let folded = format!(
        " {} ",
        fold(column).replace(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-', " ")
    );
    let phrases =
        ASKED.iter().filter(|(place, _)| *place == goal.place).flat_map(|(_, phrases)| *phrases);
    let hits = phrases.filter(|phrase| {
        folded.contains(&format!(" {phrase} ")) || folded.contains(&format!(" {phrase}s "))
    });
    // More words in common tell more, and a question of these words alone the most.
    let whole = |phrase: &str| if folded.trim() == phrase { 50 } else { 0 };
    let asked = hits.map(|phrase| 50 + phrase.len() + whole(phrase)).max().unwrap_or(0);
    let words_of_column = words(column);
    let shared = words_of_column.intersection(&goal.words).count();
    asked.max(shared * 60 / words_of_column.len().max(1))
}

/// How well the values of a column fit a field whose values are codes or words.
fn by_values(goal: &Goal<'_>, seen: &[String], meanings: &Meanings<'_>) -> usize {
    let is_one = |part: &str| match goal.role {
        Some(Role::Theme) => meanings.themes.called(part).is_some(),
        Some(Role::Region) => goal.field.role.is_none() && meanings.region(part).is_some(),
        _ => goal.expected.words.iter().any(|word| bare(word) == bare(part)),
    };
    let fits = seen.iter().filter(|value| parts(value).any(is_one)).count();
    fits * 70 / seen.len().max(1)
}

/// What most of the values look like.
fn look(seen: &[String]) -> Look {
    if seen.is_empty() {
        return Look::Nothing;
    }
    let all = |test: fn(&str) -> bool| seen.iter().all(|value| test(value.trim()));
    let is_link = |value: &str| value.starts_with("http://") || value.starts_with("https://");
    let is_date = |value: &str| {
        let is_part =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let day = value.split([' ', 'T']).next().unwrap_or_default();
        day.len() <= 10
            && day.split(['.', '/', '-']).all(is_part)
            && day.split(['.', '/', '-']).any(|part| part.len() == 4)
    };
    let letters: usize = seen.iter().map(|value| value.chars().count()).sum();
    if all(|value| number::answer(value).is_some()) {
        Look::Answers
    } else if all(is_date) {
        Look::Dates
    } else if all(|value| {
        number::number(value, Some(',')).is_some() || number::number(value, None).is_some()
    }) {
        Look::Numbers
    } else if all(is_link) {
        Look::Links
    } else if all(|value| value.contains('@') && !value.contains(' ')) {
        Look::Mails
    } else if letters / seen.len() > LONG {
        Look::Texts
    } else {
        Look::Words
    }
}

/// The parts of a value that names several things.
pub(super) fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(['\n', ';', '|', ',']).map(str::trim).filter(|part| !part.is_empty())
}

/// The words of a text that say something.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let said = words.filter(|word| word.chars().count() > 2 && !COMMON.contains(&word.as_str()));
    // The plural of a word is the same word here.
    said.map(|word| word.strip_suffix('s').map(str::to_owned).unwrap_or(word)).collect()
}

/// The letters and digits of a name.
pub(super) fn bare(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}
