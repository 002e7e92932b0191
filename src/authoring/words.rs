//! Owns the plain words for what a form asks: how an answer is written, and what its limits are.

use serde_json::Value;

use crate::compose;
use crate::form::{Answer, Choice, Question, Role, Size, TextRules, Writing};

/// How an answer is written, in a few words: "one of these words", "a list of texts".
pub(super) fn kind(question: &Question) -> String {
    match &question.answer {
        Answer::Text(rules) => text_kind(question.role, rules).to_owned(),
        Answer::Number(rules) if rules.is_whole => "a whole number".to_owned(),
        Answer::Number(_) => "a number".to_owned(),
        Answer::YesNo => "true or false".to_owned(),
        Answer::Choice(choices) => match choices.as_slice() {
            [only] => format!("always {}", plain(&only.value)),
            _ => "one of the values below".to_owned(),
        },
        Answer::List(entry, _) => match &entry.answer {
            Answer::Choice(_) => "a list, of the values below".to_owned(),
            Answer::Group(_) => "a list; each entry is a group of keys".to_owned(),
            Answer::Text(rules) => match text_kind(entry.role, rules) {
                "a text on one line" => "a list of short texts".to_owned(),
                kind => format!("a list; each entry is {kind}"),
            },
            _ => format!("a list; each entry is {}", kind(entry)),
        },
        Answer::Group(_) => "a group of keys".to_owned(),
        Answer::Named(_, _) => "entries, each under a short key of your choice".to_owned(),
        Answer::Open => "left open by the form".to_owned(),
    }
}

fn text_kind(role: Option<Role>, rules: &TextRules) -> &'static str {
    match (role, rules.writing) {
        (Some(Role::Region), _) => "the code of a region",
        (Some(Role::Theme), _) => "the key of a theme",
        (Some(Role::Case), _) => "the id of another case",
        (Some(Role::Image), _) => "the path of a picture",
        (Some(Role::Citation), _) => "the key of a source, or a list of keys",
        (_, Writing::Markdown) => "a text, in Markdown",
        (_, Writing::Lines) => "a text",
        (_, Writing::Date) => "a date",
        (_, Writing::Link) => "a web address",
        (_, Writing::Line) if rules.may_be_number => "a number, or a short text",
        (_, Writing::Line) => "a text on one line",
    }
}

/// The limits of an answer, a sentence each, but for what its description says already.
pub(super) fn limits(question: &Question) -> Vec<String> {
    let mut limits = Vec::new();
    let told = question.description.as_deref().unwrap_or_default();
    let is_told = |number: u64| told.contains(&number.to_string());
    match &question.answer {
        // What is looked up in a list, or has one writing, is as long as it is.
        Answer::Text(rules) if is_measured(question.role, rules.writing) => {
            text_limits(rules, &is_told, &mut limits);
        }
        Answer::Text(rules) => limits.extend(rules.pattern_message.as_deref().map(sentence)),
        Answer::Number(rules) => limits.extend(match (rules.at_least, rules.at_most) {
            (Some(least), Some(most)) => Some(format!("From {least} to {most}.")),
            (Some(least), None) => Some(format!("At least {least}.")),
            (None, Some(most)) => Some(format!("At most {most}.")),
            (None, None) => None,
        }),
        Answer::List(entry, size) => {
            limits.extend(count(*size, "entry", "entries"));
            limits
                .extend(self::limits(entry).iter().map(|limit| format!("Each: {}", small(limit))));
        }
        Answer::Named(_, rules) => limits.extend(count(rules.size, "entry", "entries")),
        Answer::YesNo | Answer::Choice(_) | Answer::Group(_) | Answer::Open => {}
    }
    limits.extend(question.unit.as_ref().map(|unit| format!("In {unit}.")));
    limits
}

/// Says that an answer is private, unless its description says so; of what is inside a private group it
/// has been said.
pub(super) fn privacy(question: &Question, above: Option<&Question>) -> Option<&'static str> {
    let told = question.description.as_deref().unwrap_or_default().to_lowercase();
    let is_told = told.contains("private")
        || told.contains("never printed")
        || above.is_some_and(|above| above.is_private);
    (question.is_private && !is_told).then_some("Private: never published.")
}

/// Whether the length of a text is its writer's to choose.
fn is_measured(role: Option<Role>, writing: Writing) -> bool {
    matches!(role, None | Some(Role::Markdown))
        && matches!(writing, Writing::Line | Writing::Lines | Writing::Markdown)
}

fn text_limits(rules: &TextRules, is_told: &dyn Fn(u64) -> bool, limits: &mut Vec<String>) {
    if let Some(words) = rules.most_words.filter(|words| !is_told(*words)) {
        limits.push(format!("At most {words} words."));
    }
    let most = rules.length.at_most.filter(|most| rules.most_words.is_none() && !is_told(*most));
    limits.extend(most.map(|most| format!("At most {most} characters.")));
    let least = rules.length.at_least.filter(|least| *least > 1);
    limits.extend(least.map(|least| format!("At least {least} characters.")));
    limits.extend(rules.pattern_message.as_deref().map(sentence));
}

/// How many entries there may be.
fn count(size: Size, one: &str, several: &str) -> Option<String> {
    let noun = |count: u64| if count == 1 { one } else { several };
    match (size.at_least.filter(|least| *least > 0), size.at_most) {
        (Some(least), Some(most)) if least == most => Some(format!("{least} {}.", noun(least))),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {several}.")),
        (Some(least), None) => Some(format!("At least {least} {}.", noun(least))),
        (None, Some(most)) => Some(format!("At most {most} {}.", noun(most))),
        (None, None) => None,
    }
}

/// A message as a sentence: it begins with a large letter and ends with a full stop.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text: String = first.chain(letters).collect();
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// A sentence as it goes on behind a colon.
fn small(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// What a value that may be chosen means: its name for readers and its explanation, as far as there
/// are any.
pub(super) fn meaning(choice: &Choice) -> Option<String> {
    match (&choice.title, &choice.meaning) {
        (Some(title), Some(meaning)) => Some(format!("{title}: {meaning}")),
        (Some(title), None) => Some(title.clone()),
        (None, meaning) => meaning.clone(),
    }
}

/// The values that may be chosen, in the answer itself or in each of its entries.
pub(super) fn choices(question: &Question) -> &[Choice] {
    match &question.answer {
        Answer::Choice(choices) => choices,
        Answer::List(entry, _) => choices(entry),
        _ => &[],
    }
}

/// The questions inside an answer, be it one group or several.
pub(super) fn inner(question: &Question) -> &[Question] {
    match &question.answer {
        Answer::Group(questions) => questions,
        Answer::List(entry, _) | Answer::Named(entry, _) => inner(entry),
        _ => &[],
    }
}

/// The examples of an answer, or of the entries of a list, as they are typed.
pub(super) fn examples(question: &Question) -> Vec<String> {
    let own = &question.examples;
    let examples = match &question.answer {
        Answer::List(entry, _) if own.is_empty() => &entry.examples,
        _ => own,
    };
    examples.iter().filter(|value| !value.is_object()).map(plain).collect()
}

/// A plain value as it is typed.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => compose::scalar(text),
        value => value.to_string(),
    }
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
