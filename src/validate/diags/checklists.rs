//! Owns the words about checklists: faults in naming them, and what a case has left open.

use super::{list, short};
use crate::diag::{Code, Diagnostic};
use crate::model::Completeness;
use crate::source::Location;
use crate::validate::completeness::{Open, Wanted, Weight};
use crate::vocab::{Checklist, Row};

pub(in crate::validate) fn unknown_checklist(
    key: &str,
    meant: Option<&str>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("there is no checklist `{}`", short(key));
    let diagnostic = Diagnostic::new(Code::UnknownChecklist, message);
    let diagnostic = match meant {
        Some(meant) => diagnostic.at(at, format!("did you mean `{meant}`?")),
        None => diagnostic.at(at, "not a checklist that casebook knows"),
    };
    diagnostic
        .help(format!("the checklists are {}", list(known)))
        .help("a list of your own stands in casebook.yaml, with a `title:` and `items:`")
}

pub(in crate::validate) fn unknown_checklist_item(
    key: &str,
    no: &str,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("the checklist `{}` has no item `{}`", short(key), short(no));
    Diagnostic::new(Code::UnknownChecklist, message)
        .at(at, "no item has this number")
        .help(format!("the items are {}", known.join(", ")))
}

pub(in crate::validate) fn checklist_words(key: &str, word: &str, at: Location) -> Diagnostic {
    let message = format!("the checklist `{key}` keeps its own words");
    Diagnostic::new(Code::FormRule, message)
        .at(at, format!("`{word}` is for a list of your own"))
        .help("remove it here, or give your list another key")
}

pub(in crate::validate) fn checklist_empty(key: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, format!("the checklist `{}` has no items", short(key)))
        .at(at, "a list of your own")
        .help("add `items:`, and under it a number with `label:` and `fields:`")
}

pub(in crate::validate) fn checklist_label(no: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, format!("the item `{}` has no label", short(no)))
        .at(at, "an item of a list of your own")
        .help("write `label:` and `fields:` under it")
}

/// A field that no case has, with the key on the way to it that was renamed and its name now, if one was.
pub(in crate::validate) fn no_such_field(
    field: &str,
    renamed: Option<(&str, &str)>,
    at: Location,
) -> Diagnostic {
    let message = format!("no case has the field `{}`", short(field));
    let diagnostic = Diagnostic::new(Code::PointerNowhere, message);
    if let Some((key, name)) = renamed {
        return diagnostic
            .at(at, format!("`{key}` is called `{name}` now"))
            .help(format!("write `{name}` in place of `{key}`"));
    }
    diagnostic
        .at(at, "not a field of the form")
        .help("write the keys that lead to it from the top of a case: /costs, /challenges/legal")
        .help("`casebook schema show` lists the keys and what they mean")
}

/// The line that says how complete a case is; what the form itself cannot cover stands below.
pub(in crate::validate) fn checklist_result(
    id: &str,
    found: &Completeness,
    limits: &[Open<'_>],
    path: &str,
) -> Diagnostic {
    let message = format!("{}: {} {}", short(id), found.name, found.tally());
    let diagnostic = Diagnostic::new(Code::ChecklistResult, message).about(path);
    let numbers: Vec<&str> = limits.iter().map(|open| open.row.no).collect();
    match numbers.as_slice() {
        [] => diagnostic,
        numbers => diagnostic.note(format!(
            "the form lacks fields to meet these as a whole: {}",
            numbers.join(", ")
        )),
    }
}

/// What is open and can be closed, a line each.
pub(in crate::validate) fn checklist_open(
    weight: Weight,
    id: &str,
    list: &Checklist,
    open: &[Open<'_>],
    at: Location,
) -> Diagnostic {
    let noun = if list.by_section { "section" } else { "item" };
    let plural = if open.len() == 1 { "" } else { "s" };
    let counted = format!("{}: {} {noun}{plural} of {}", short(id), open.len(), list.name);
    let mut diagnostic = match weight {
        Weight::Gap => Diagnostic::new(Code::ChecklistGap, format!("{counted} to fill in")),
        Weight::Hint => {
            Diagnostic::new(Code::ChecklistHint, format!("{counted} that may be worth filling in"))
                .note("these are optional, or casebook’s account of them is not confirmed")
        }
    }
    .at(at, "");
    for open in open {
        diagnostic = diagnostic.help(format!("{}: {}", row(open), remedies(open)));
    }
    let no = open.first().map_or("1", |open| open.row.no);
    let example = format!("`checklist_notes: {{{}/{no}: the reason}}`", list.key);
    diagnostic.help(format!("where there is nothing to say, say why: {example}"))
}

/// `13 Budget and time frame (Methods)`
fn row(open: &Open<'_>) -> String {
    let Row { no, label, items } = open.row;
    let alone = if let [item] = items { Some(item) } else { None };
    let places: Vec<&str> = alone
        .into_iter()
        .flat_map(|item| [item.section.as_deref(), item.strand.as_deref()])
        .flatten()
        .filter(|place| *place != label)
        .collect();
    let place = if places.is_empty() { String::new() } else { format!(" ({})", places.join("; ")) };
    format!("{no} {}{place}", label.lines().next().unwrap_or_default())
}

/// `missing; add `funding:` and `costs:``
fn remedies(open: &Open<'_>) -> String {
    let state = open.state.as_str();
    if open.wanted.is_empty() {
        return format!("{state}; the form has no field for it");
    }
    let remedies: Vec<String> = open.wanted.iter().map(remedy).collect();
    format!("{state}; add {}", remedies.join("; "))
}

fn remedy(wanted: &Wanted<'_>) -> String {
    let joint = if wanted.all { " and " } else { " or " };
    // Keys of one parent are named together: `legal:` and `funding:` under `challenges:`.
    let parent = |field: &str| field.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
    let groups = wanted.fields.chunk_by(|a, b| parent(a) == parent(b)).map(|fields| {
        let keys: Vec<String> = fields.iter().map(|field| last_key(field)).collect();
        let parent = fields.first().map(|field| parent(field)).unwrap_or_default();
        format!("{}{}", keys.join(joint), place_below(&parent))
    });
    let fields = groups.collect::<Vec<_>>().join(joint);
    if wanted.whole { fields } else { format!("{fields} (meets it in part)") }
}

/// The end of a pointer as a contributor writes it: `costs:`, `role: lead`.
fn last_key(field: &str) -> String {
    let end = field.rsplit('/').next().unwrap_or(field);
    match (end.split_once('='), end.parse::<usize>()) {
        (Some((key, word)), _) => format!("`{key}: {word}`"),
        (None, Ok(index)) => format!("entry {}", index + 1),
        (None, Err(_)) => format!("`{end}:`"),
    }
}

/// Where a key stands: ` under `challenges:``, ` in an entry of `organisations:``.
fn place_below(parent: &str) -> String {
    let mut steps: Vec<&str> = parent.split('/').skip(1).collect();
    let mut place = String::new();
    while let Some(step) = steps.pop() {
        let words = match step {
            "*" => " in an entry".to_owned(),
            step if place.ends_with("entry") => format!(" of `{step}:`"),
            step => format!(" under `{step}:`"),
        };
        place.push_str(&words);
    }
    place
}
