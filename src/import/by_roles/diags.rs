//! Owns the words for what of an export has no way back into a case, or no sure one.

use crate::diag::{Code, Diagnostic};
use crate::source::Location;

/// Why something cannot be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// The form has no place for it.
    NoPlace,
    /// There are several values, and the form has room for one.
    OneOnly(String),
    /// The form has a text there, and the export has more than a name.
    NameOnly(String),
    /// The place is of another shape than the value.
    Shape(String),
    /// No word of the form means it.
    NoWord(String, Vec<String>),
    /// Entries would go that hold what is not exported.
    Hidden,
    /// It was put there, and would be read as something else.
    Otherwise,
}

/// A value that cannot be put back.
pub(super) fn not_put_back(name: &str, refused: &Refused, at: Location) -> Diagnostic {
    let message = format!("`{name}` cannot be put back into the case");
    let diagnostic = Diagnostic::new(Code::SurveyRow, message);
    match refused {
        Refused::NoPlace => diagnostic
            .at(at, "the form of these cases has no place for it")
            .help("take it out of this file, or say under `form.roles` in casebook.yaml where it stands"),
        Refused::OneOnly(place) => diagnostic
            .at(at, format!("the form has room for one value at `{place}`"))
            .help("leave one of them in this file"),
        Refused::NameOnly(place) => diagnostic
            .at(at, format!("the form has room for a name alone at `{place}`"))
            .help("leave the other keys out of this file"),
        Refused::Shape(place) => diagnostic
            .at(at, format!("nobody can tell where this belongs below `{place}`"))
            .help("change the file of the case by hand"),
        Refused::NoWord(word, known) => diagnostic
            .at(at, format!("no word of the form means `{word}`"))
            .help(match known.as_slice() {
                [] => "say under `values` in casebook.yaml which word means it".to_owned(),
                known => format!(
                    "write one of {}, or say under `values` in casebook.yaml which word means it",
                    known.join(", ")
                ),
            }),
        Refused::Hidden => diagnostic
            .at(at, "entries of this list hold what is not exported, and that would be lost")
            .help("change the file of the case by hand"),
        Refused::Otherwise => diagnostic
            .at(at, "the case would be read otherwise with it")
            .help("another value of this file may stand in the same place of the case: let both say the same, or change the file of the case by hand"),
    }
}

/// Values of a facet that follow from what is not exported.
pub(super) fn facet_left_out(name: &str, at: Location) -> Diagnostic {
    let message = format!("the facet `{name}` of this case is not taken over");
    Diagnostic::new(Code::ImportUnsure, message)
        .at(at, "it follows from fields of the case, and these say otherwise")
        .help("write what it follows from into the file of the case")
}

/// A word that stands for several of the form's.
pub(super) fn several_words(role: &str, word: &str, own: &[&str], at: Location) -> Diagnostic {
    let taken = own.first().copied().unwrap_or_default();
    let all: Vec<String> = own.iter().map(|own| format!("`{own}`")).collect();
    let message = format!("the {role} `{word}` may be any of {} in the form", all.join(", "));
    Diagnostic::new(Code::ImportUnsure, message)
        .at(at, format!("taken as `{taken}`"))
        .help("if another is meant, write that into the file of the case; later imports leave it")
}
