//! Owns the blank submission: a case file with every question of the form, ready to be filled in.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::comment::wrapped;
use super::words;
use crate::compose;
use crate::form::{Answer, Question, Questionnaire, Writing};

/// Stands where an answer is still to come; `validate` knows it for what it is.
const OPEN: &str = "TODO";

/// Values that are listed in one comment; whoever needs more has the guide.
const MOST_LISTED: usize = 60;

/// The longest text that stands on the line of its key.
const LONGEST_LINE: usize = 80;

/// The answers that are known already, by the keys of their questions.
pub type Given = BTreeMap<String, Value>;

/// A blank submission.
#[derive(Debug)]
pub struct Blank<'a> {
    /// What the form asks.
    pub questionnaire: &'a Questionnaire,
    /// What is answered already.
    pub given: &'a Given,
    /// Where the schema for editors lies, from the folder of the file.
    pub schema: Option<&'a str>,
    /// The file's path from the root, if it has one yet.
    pub path: Option<&'a str>,
}

impl Blank<'_> {
    /// The file: required questions first, the others behind, each line of them behind a `#`.
    pub fn to_yaml(&self) -> String {
        let mut lines = Vec::new();
        lines.extend(self.schema.map(|path| format!("# yaml-language-server: $schema={path}")));
        lines.extend(self.introduction());
        let ordered = self.questionnaire.clone().required_first();
        let is_live =
            |question: &&Question| question.is_required || self.given.contains_key(&question.key);
        for question in ordered.questions.iter().filter(is_live) {
            self.put(question, &mut lines);
        }
        let others: Vec<_> = ordered.questions.iter().filter(|one| !is_live(one)).collect();
        if !others.is_empty() {
            lines.push(String::new());
            lines.extend(wrapped(OPTIONAL, ""));
        }
        for question in others {
            self.put(question, &mut lines);
        }
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    fn introduction(&self) -> Vec<String> {
        let path = self.path.unwrap_or("FILE");
        let check = format!(
            "Write your answer in the place of each {OPEN}. Then say what is still open, or wrong, with: \
             casebook validate {path}"
        );
        wrapped(&check, "")
    }

    /// A question of the record itself, with an empty line before it.
    fn put(&self, question: &Question, lines: &mut Vec<String>) {
        let given = self.given.get(&question.key);
        let state = if question.is_required { " (required)" } else { "" };
        lines.push(String::new());
        lines.extend(wrapped(&format!("{}{state}", question.title), ""));
        lines.extend(remarks(question, None));
        let code = match given {
            Some(value) => answered(&question.key, value),
            None => open(question),
        };
        let is_live = question.is_required || given.is_some();
        lines.extend(if is_live { code } else { commented(code) });
    }
}

/// What stands before the questions that may be left out.
const OPTIONAL: &str = "All that follows may be left out. To answer a question, remove the # at the start \
                        of the lines that belong to its key.";

/// What a contributor should know of a question, as lines of a comment.
fn remarks(question: &Question, above: Option<&Question>) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(question.description.clone());
    let tells_itself = match &question.answer {
        Answer::Number(_) | Answer::YesNo | Answer::List(..) | Answer::Named(..) => false,
        Answer::Text(_) | Answer::Choice(_) | Answer::Group(_) | Answer::Open => true,
    };
    if question.description.is_none() && !tells_itself {
        sentences.push(format!("Write {}.", words::kind(question)));
    }
    sentences.extend(words::limits(question));
    sentences.extend(words::privacy(question, above).map(str::to_owned));
    let mut lines = Vec::new();
    if !sentences.is_empty() {
        lines.extend(wrapped(&sentences.join(" "), ""));
    }
    lines.extend(listed(question));
    match words::examples(question).as_slice() {
        [] => {}
        [one] => lines.extend(wrapped(&format!("Example: {one}"), "  ")),
        several => lines.extend(wrapped(&format!("Examples: {}", several.join(", ")), "  ")),
    }
    lines
}

/// The values that may be chosen, one a line with what it means.
fn listed(question: &Question) -> Vec<String> {
    let choices = words::choices(question);
    if choices.len() < 2 {
        return Vec::new();
    }
    let lead = if matches!(question.answer, Answer::List(..)) { "# Any of:" } else { "# One of:" };
    let mut lines = vec![lead.to_owned()];
    for choice in choices.iter().take(MOST_LISTED) {
        let value = words::plain(&choice.value);
        let line = match words::meaning(choice) {
            Some(meaning) => format!("- {value} = {meaning}"),
            None => format!("- {value}"),
        };
        lines.extend(wrapped(&line, "  "));
    }
    let more = choices.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        lines.push(format!("# - and {more} more"));
    }
    lines
}

/// The key of a question with a place for its answer.
fn open(question: &Question) -> Vec<String> {
    let key = &compose::scalar(&question.key);
    match &question.answer {
        Answer::Text(rules) => match rules.writing {
            Writing::Lines => vec![format!("{key}: >-"), format!("  {OPEN}")],
            Writing::Markdown => vec![format!("{key}: |"), format!("  {OPEN}")],
            _ => vec![format!("{key}: {OPEN}")],
        },
        Answer::Choice(choices) => match choices.as_slice() {
            [only] => vec![format!("{key}: {}", words::plain(&only.value))],
            _ => vec![format!("{key}: {OPEN}")],
        },
        Answer::Number(_) | Answer::YesNo | Answer::Open => vec![format!("{key}: {OPEN}")],
        Answer::List(entry, _) => with_key(key, entry_of_list(entry)),
        Answer::Group(questions) => with_key(key, group(questions, question)),
        Answer::Named(entry, _) => {
            let name = if key == "sources" { "S1" } else { OPEN };
            let named = Question { key: name.to_owned(), ..(**entry).clone() };
            with_key(key, open(&named))
        }
    }
}

/// One entry of a list, to be repeated by whoever has more.
fn entry_of_list(entry: &Question) -> Vec<String> {
    let (before, code) = match &entry.answer {
        Answer::Group(questions) => {
            let mut lines = group(questions, entry);
            let first = lines.iter().position(|line| !line.starts_with('#')).unwrap_or_default();
            (lines.drain(..first).collect(), lines)
        }
        Answer::Text(rules) if matches!(rules.writing, Writing::Markdown | Writing::Lines) => {
            (Vec::new(), vec![">-".to_owned(), format!("  {OPEN}")])
        }
        _ => (Vec::new(), vec![OPEN.to_owned()]),
    };
    let mut lines: Vec<String> = before;
    for (at, line) in code.into_iter().enumerate() {
        lines.push(format!("{}{line}", if at == 0 { "- " } else { "  " }));
    }
    lines
}

/// The questions of a group. Where none of them must be answered, the first stands for all.
fn group(questions: &[Question], above: &Question) -> Vec<String> {
    let has_required = questions.iter().any(|question| question.is_required);
    let mut lines = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        if question.description.is_none() {
            lines.extend(wrapped(&question.title, ""));
        }
        lines.extend(remarks(question, Some(above)));
        let is_live = question.is_required || (at == 0 && !has_required);
        let code = open(question);
        lines.extend(if is_live { code } else { commented(code) });
    }
    lines
}

fn with_key(key: &str, below: Vec<String>) -> Vec<String> {
    let mut lines = vec![format!("{key}:")];
    lines.extend(below.into_iter().map(|line| format!("  {line}")));
    lines
}

/// Lines that are left out until somebody removes the `#` before them.
fn commented(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("#{line}")).collect()
}

/// A key with its answer.
fn answered(key: &str, value: &Value) -> Vec<String> {
    let key = compose::scalar(key);
    match value {
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(words::plain).collect();
            vec![format!("{key}: [{}]", values.join(", "))]
        }
        Value::String(text) if text.width() > LONGEST_LINE => {
            // A line of a comment, without its mark, is a line of a folded text.
            let lines = wrapped(text, "");
            let lines =
                lines.iter().map(|line| format!(" {}", line.strip_prefix('#').unwrap_or(line)));
            std::iter::once(format!("{key}: >-")).chain(lines).collect()
        }
        Value::String(text) => vec![format!("{key}: {}", compose::scalar(text))],
        value => vec![format!("{key}: {value}")],
    }
}
