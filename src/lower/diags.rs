//! Owns the words for what does not fit after the form has accepted it.

use crate::diag::{Code, Diagnostic};
use crate::form::Meant;
use crate::source::{Location, SourceId, Span};

/// Something that the form let through and that still does not fit: a fault in casebook's form.
pub(super) fn unlowered(reason: &str, source: SourceId) -> Diagnostic {
    Diagnostic::new(Code::FormRule, format!("the file cannot be read as a case: {reason}"))
        .at(Span::default().of(source), "")
}

/// A word of the group's own that has no meaning in casebook's words.
pub(super) fn unknown_word(
    role: &str,
    word: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownValue, format!("`{word}` is no {role} that is known"));
    let diagnostic = match meant {
        Some(Meant { word, is_certain }) => {
            let diagnostic = diagnostic.at(at, format!("did you mean `{word}`?"));
            if is_certain { diagnostic.fix(at, word) } else { diagnostic }
        }
        None => diagnostic.at(at, "means nothing to the report"),
    };
    diagnostic
        .help(format!("write one of {}", known.join(", ")))
        .help(format!(
            "or say in casebook.yaml what it means: `form.roles.{role}: {{pointer: …, values: {{\"{word}\": …}}}}`"
        ))
}

/// A period that cannot be read.
pub(super) fn no_period(text: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongPattern, format!("`{text}` is not a date")).at(at, "").help(
        "write a year (2007), a month (2007-05) or a day (2007-05-10); two with a slash between",
    )
}
