//! Owns the words for what can be wrong with a form.

use super::check::Nowhere;
use super::nearest;
use crate::diag::{Code, Diagnostic};
use crate::source::Location;

pub(super) fn unknown_draft(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::FormBroken,
        format!("`{name}` is not a draft of JSON Schema that is known"),
    )
    .at(at, "")
    .help("use https://json-schema.org/draft/2020-12/schema, or one of the drafts from 4 on")
}

pub(super) fn broken(reason: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, "the form is not a sound JSON Schema")
        .at(at, "the fault is here")
        .note(reason.to_owned())
        .help("https://json-schema.org/understanding-json-schema says what each keyword takes")
}

pub(super) fn dangling(target: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, format!("`{target}` leads to nothing"))
        .at(at, "referred to here")
        .help("name a definition of this file (`#/$defs/…`) or of a file of the casebook (`parts.json#/$defs/…`)")
}

pub(super) fn not_a_record(at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, "the form does not describe a record")
        .at(at, "a form describes one record: keys with values")
        .help(
            "write `type: object` with `properties`; files may hold lists of records all the same",
        )
}

pub(super) fn taken(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormBroken, format!("`{name}` is a definition of the built-in form"))
        .at(at, "this name is taken")
        .help("give the definition another name; `$ref: \"#/$defs/…\"` may use the built-in one")
}

pub(super) fn unknown_role(word: &str, meant: Option<&str>, at: Location) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownRole, format!("unknown role `{word}`"));
    let diagnostic = match meant {
        Some(meant) => diagnostic.at(at, format!("did you mean `{meant}`?")),
        None => diagnostic.at(at, "not a role of casebook's"),
    };
    diagnostic.help(format!("the roles are {}", super::Role::WORDS.join(", ")))
}

/// A pointer of the manifest that leads to nothing in the form, with the new name of the step that does so,
/// if its key was only renamed.
pub(super) fn pointer_nowhere(
    pointer: &str,
    nowhere: &Nowhere,
    new_name: Option<&str>,
    at: Location,
) -> Diagnostic {
    let Nowhere { step, keys } = nowhere;
    let message = format!("`{pointer}` leads to nothing in the form");
    let diagnostic = Diagnostic::new(Code::PointerNowhere, message);
    if let Some(name) = new_name {
        return diagnostic
            .at(at, format!("`{step}` is called `{name}` now"))
            .help(format!("write `{name}` in place of `{step}`"));
    }
    let diagnostic = match nearest(step, keys.iter().map(String::as_str)) {
        Some(meant) => diagnostic.at(at, format!("there is no `{step}`; did you mean `{meant}`?")),
        None => diagnostic.at(at, format!("there is no `{step}`")),
    };
    match keys.as_slice() {
        [] => diagnostic.help("the form describes nothing below this"),
        keys => diagnostic.help(format!("the keys there are {}", keys.join(", "))),
    }
}

/// Fields that a form leaves without words: the keys, and where they stand.
pub(super) fn silent(fields: &[(&str, Location)]) -> Option<Diagnostic> {
    let ((_, first), others) = fields.split_first()?;
    let keys: Vec<String> =
        fields.iter().take(MOST_NAMED).map(|(key, _)| format!("`{key}`")).collect();
    let more = match fields.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("no description says what belongs into {}{more}", keys.join(", "));
    let mut diagnostic = Diagnostic::new(Code::FormSilent, message)
        .at(*first, "contributors see only this name")
        .help("add a `description` to each: messages and editors show it");
    for (_, at) in others.iter().take(MOST_NAMED - 1) {
        diagnostic = diagnostic.related(*at, "and this one");
    }
    Some(diagnostic)
}

/// Fields that one message names.
const MOST_NAMED: usize = 5;
