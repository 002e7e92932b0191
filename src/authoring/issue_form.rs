//! Owns the form for GitHub: an issue template that asks what the form asks, of people without git.

use std::collections::BTreeSet;

use super::words;
use crate::compose::quoted;
use crate::form::{Answer, Choice, Purpose, Question, Questionnaire, Role, Writing};

/// A word that GitHub keeps for itself, whatever the size of its letters.
const RESERVED: &str = "none";

/// What stands before the first question. An issue is public, so what is private is not asked here.
const INTRODUCTION: &str = "Thank you for your case. Answer what is required, and of the rest what you \
    know; what did not work is worth as much as what did. Everything written here can be read by \
    everybody: leave out patients, private addresses and telephone numbers.";

/// Writes the form as a template for `.github/ISSUE_TEMPLATE`.
pub fn issue_form(questionnaire: &Questionnaire) -> String {
    let name = questionnaire.title.as_deref().unwrap_or("A case");
    let description = "Hand in a case for the report, without a file and without git.";
    let mut form = IssueForm { body: String::new(), ids: BTreeSet::new(), labels: BTreeSet::new() };
    let introduction =
        Element { kind: "markdown", attributes: vec![("value", quoted(INTRODUCTION))] };
    form.put(None, &introduction, false);
    for question in &questionnaire.clone().required_first().questions {
        // The editors name the file.
        if question.purpose != Some(Purpose::Id) {
            form.question(question, None, true);
        }
    }
    format!(
        "name: {}\ndescription: {}\ntitle: {}\nlabels: [\"case\"]\nbody:\n{}",
        quoted(name),
        quoted(description),
        quoted("Case: "),
        form.body
    )
}

/// A form that is being written.
struct IssueForm {
    body: String,
    ids: BTreeSet<String>,
    labels: BTreeSet<String>,
}

/// One element of the form.
struct Element {
    kind: &'static str,
    /// Its attributes, ready to be written.
    attributes: Vec<(&'static str, String)>,
}

/// A question that those inside it are named after.
#[derive(Clone, Copy)]
struct Above<'a> {
    id: &'a str,
    title: &'a str,
}

impl IssueForm {
    /// Asks a question; one that is a group asks those inside it.
    fn question(&mut self, question: &Question, above: Option<Above<'_>>, must_be: bool) {
        if question.is_private {
            return;
        }
        let must_be = must_be && question.is_required;
        let id = match above {
            Some(above) => format!("{}-{}", above.id, plain_id(&question.key)),
            None => plain_id(&question.key),
        };
        if let (Answer::Group(inner), None) = (&question.answer, above)
            && inner.iter().all(is_short)
        {
            let here = Above { id: &id, title: &question.title };
            inner.iter().for_each(|inner| self.question(inner, Some(here), must_be));
            return;
        }
        let title = match above {
            Some(above) => format!("{}: {}", above.title, question.title),
            None => question.title.clone(),
        };
        let label = self.free_label(title, &question.key);
        let mut element = element(question);
        element.attributes.insert(0, ("label", quoted(&label)));
        let id = free(&mut self.ids, id);
        self.put(Some(&id), &element, must_be);
    }

    fn put(&mut self, id: Option<&str>, element: &Element, must_be: bool) {
        self.body.push_str(&format!("  - type: {}\n", element.kind));
        if let Some(id) = id {
            self.body.push_str(&format!("    id: {id}\n"));
        }
        self.body.push_str("    attributes:\n");
        for (key, value) in &element.attributes {
            let gap = if value.starts_with('\n') { "" } else { " " };
            self.body.push_str(&format!("      {key}:{gap}{value}\n"));
        }
        if must_be {
            self.body.push_str("    validations:\n      required: true\n");
        }
    }

    /// A label that no other element has; the key tells two of the same title apart.
    fn free_label(&mut self, title: String, key: &str) -> String {
        let label = if self.labels.contains(&title) { format!("{title} ({key})") } else { title };
        free(&mut self.labels, label)
    }
}

/// Whether a question can be asked in one element.
fn is_short(question: &Question) -> bool {
    match &question.answer {
        Answer::List(entry, _) => entry.is_simple(),
        _ => question.is_simple(),
    }
}

/// How a question is asked.
fn element(question: &Question) -> Element {
    let (kind, how, options): (_, _, &[Choice]) = match &question.answer {
        Answer::Choice(choices) => ("dropdown", None, choices),
        Answer::YesNo => {
            let options = "[\"yes\", \"no\"]".to_owned();
            let mut attributes = described(question, None);
            attributes.push(("options", options));
            return Element { kind: "dropdown", attributes };
        }
        Answer::Text(rules) => match rules.writing {
            Writing::Lines | Writing::Markdown => ("textarea", None, &[]),
            Writing::Line | Writing::Date | Writing::Link => ("input", None, &[]),
        },
        Answer::Number(_) => ("input", None, &[]),
        Answer::List(entry, _) => match (&entry.answer, entry.role) {
            (Answer::Choice(choices), _) => ("dropdown", None, choices),
            (_, Some(Role::Region | Role::Case)) => {
                ("input", Some("Several with commas between them; names will do.".to_owned()), &[])
            }
            (Answer::Group(inner), _) => ("textarea", Some(parts_of(inner)), &[]),
            _ => ("textarea", Some("One a line.".to_owned()), &[]),
        },
        Answer::Named(entry, _) => match &entry.answer {
            Answer::Group(inner) => ("textarea", Some(parts_of(inner)), &[]),
            _ => ("textarea", Some("One a line.".to_owned()), &[]),
        },
        Answer::Group(inner) => ("textarea", Some(parts_of(inner)), &[]),
        Answer::Open => ("textarea", None, &[]),
    };
    let mut attributes = described(question, how);
    if options.is_empty() {
        let example = words::examples(question).into_iter().next();
        attributes.extend(example.map(|example| ("placeholder", quoted(&example))));
    } else {
        if matches!(question.answer, Answer::List(..)) {
            attributes.push(("multiple", "true".to_owned()));
        }
        attributes.push(("options", listed(options)));
    }
    Element { kind, attributes }
}

/// What is said below the label.
fn described(question: &Question, how: Option<String>) -> Vec<(&'static str, String)> {
    let mut sentences = Vec::new();
    sentences.extend(question.description.clone());
    sentences.extend(how);
    sentences.extend(words::limits(question));
    if sentences.is_empty() {
        return Vec::new();
    }
    vec![("description", quoted(&sentences.join(" ")))]
}

/// What each entry of a list of groups consists of.
fn parts_of(inner: &[Question]) -> String {
    let public = inner.iter().filter(|question| !question.is_private);
    let titles: Vec<&str> = public.map(|question| question.title.as_str()).collect();
    format!("One a paragraph. Of each, as far as you know: {}.", titles.join(", "))
}

/// Values to choose from, each with its meaning: the word before the dash is the form's.
fn listed(choices: &[Choice]) -> String {
    let mut known = BTreeSet::new();
    let mut out = String::new();
    for choice in choices {
        let value = choice.typed();
        let option = match words::meaning(choice) {
            Some(meaning) => format!("{value} – {meaning}"),
            None if value.eq_ignore_ascii_case(RESERVED) => format!("{value} – this word itself"),
            None => value,
        };
        let option = option.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("\n        - {}", quoted(&free(&mut known, option))));
    }
    out
}

/// A key in the letters that GitHub takes for an id.
fn plain_id(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let id: String = key.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    if id.is_empty() { "_".to_owned() } else { id }
}

/// A name that is not in use yet: the wanted one, else with a number.
fn free(known: &mut BTreeSet<String>, wanted: String) -> String {
    let mut name = wanted.clone();
    let mut number = 2;
    while !known.insert(name.clone()) {
        name = format!("{wanted}-{number}");
        number += 1;
    }
    name
}
