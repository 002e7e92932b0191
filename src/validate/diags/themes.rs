//! Owns the words about themes: keys that are not known, and faults in declaring them.

use super::{list, short, suggest};
use crate::diag::{Code, Diagnostic};
use crate::form::Meant;
use crate::source::Location;

pub(in crate::validate) fn unknown_theme(
    key: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownTheme, format!("unknown theme `{}`", short(key)));
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not declared in casebook.yaml"),
    };
    match known {
        [] => diagnostic.help("declare it under `themes:` in casebook.yaml"),
        known => diagnostic.help(format!("the themes are {}", list(known))),
    }
}

pub(in crate::validate) fn theme_twice(key: &str, first: Location, again: Location) -> Diagnostic {
    let message = format!("two themes have the key `{}`", short(key));
    Diagnostic::new(Code::ThemeTwice, message)
        .at(again, "the second time")
        .related(first, "the first time")
        .help("give one of them another key: cases name a theme by its key alone")
}

pub(in crate::validate) fn shared_synonym(
    word: &str,
    (first_key, first): (&str, Location),
    key: &str,
    at: Location,
) -> Diagnostic {
    let message =
        format!("`{}` stands for `{}` and for `{}`", short(word), short(first_key), short(key));
    Diagnostic::new(Code::SharedSynonym, message)
        .at(at, "cannot lead to one theme")
        .related(first, format!("already a word for `{}`", short(first_key)))
        .help("leave it at the theme that it fits better")
}

pub(in crate::validate) fn too_many_themes(most: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongSize, format!("there are more than {most} themes"))
        .at(at, "this one is too many")
        .help("join themes, or use `keywords` in the cases")
}
