//! Owns the words about directives: blocks in chapters that ask for a figure, a table, cases or a section.

use super::{list, short, suggest, unknown_key};
use crate::diag::{Code, Diagnostic};
use crate::form::Meant;
use crate::source::Location;

/// How a block can begin, for who has written none before.
const KINDS: &str =
    "write `figure:`, `table:`, `cases:` or `section:` in it, such as `figure: region-theme`";

pub(in crate::validate) fn directive_in_case(at: Location) -> Diagnostic {
    Diagnostic::new(Code::DirectivePlace, "only chapters may hold a block of casebook")
        .at(at, "this text is no chapter")
        .help("move the block to a chapter, or write another word behind the fence")
}

pub(in crate::validate) fn directive_inside(at: Location) -> Diagnostic {
    Diagnostic::new(Code::DirectivePlace, "a block of casebook stands in a list or quotation")
        .at(at, "a figure has no room here")
        .help("move it out: put its fence at the beginning of a line, with empty lines around the block")
}

pub(in crate::validate) fn too_many_directives(most: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongSize, format!("the chapter has more than {most} blocks of casebook"))
        .at(at, "this one is too many")
        .help("split the chapter up")
}

pub(in crate::validate) fn no_kind(at: Location) -> Diagnostic {
    Diagnostic::new(Code::DirectiveKind, "the block does not say what it places")
        .at(at, "no `figure`, `table`, `cases` or `section` in this block")
        .help(KINDS)
}

pub(in crate::validate) fn two_kinds(first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::DirectiveKind, "the block places more than one thing")
        .at(again, "the second")
        .related(first, "the first")
        .help("make two blocks of it")
}

pub(in crate::validate) fn unknown_directive_key(
    key: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let mut diagnostic = unknown_key(key, meant, known, at);
    if let Some(label) = diagnostic.primary.as_mut().filter(|_| meant.is_none()) {
        "not a key of such a block".clone_into(&mut label.text);
    }
    diagnostic
}

pub(in crate::validate) fn unknown_figure(
    kind: &str,
    name: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("there is no {kind} `{}`", short(name));
    let diagnostic = Diagnostic::new(Code::UnknownFigure, message);
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not a name that casebook knows"),
    };
    diagnostic
        .help(format!("there are {}; or count by facets: `{kind}: {{by: theme}}`", list(known)))
}

pub(in crate::validate) fn unknown_section(
    name: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownFigure, format!("there is no section `{}`", short(name)));
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not a name that casebook knows"),
    };
    diagnostic.help(format!("there are {}", list(known)))
}

pub(in crate::validate) fn section_of_pages(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::DirectivePlace, format!("the section `{name}` cannot stand in a chapter"))
        .at(at, "has pages of its own")
        .help(format!(
            "write `- section: {name}` under `contents` in casebook.yaml; here, `cases: {{as: cards}}` shows the cases as cards"
        ))
}

pub(in crate::validate) fn section_twice(
    name: &str,
    first: Location,
    again: Location,
) -> Diagnostic {
    Diagnostic::new(Code::NotUnique, format!("the report has the section `{name}` twice"))
        .at(again, "placed here too")
        .related(first, "its other place")
        .help("remove one of them: links lead to one place")
}

pub(in crate::validate) fn wrong_facet_count(count: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongSize, "`by` names one facet or two")
        .at(at, format!("{count} here"))
        .help("write `by: theme`, or `by: [country, theme]`")
}

pub(in crate::validate) fn unknown_facet(
    name: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("there is no facet `{}`", short(name));
    let diagnostic = Diagnostic::new(Code::UnknownFacet, message);
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not a facet of this casebook"),
    };
    diagnostic.help(format!("the facets are {}", list(known)))
}

pub(in crate::validate) fn unknown_order(
    name: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("cases cannot be ordered by `{}`", short(name));
    let diagnostic = Diagnostic::new(Code::UnknownFacet, message);
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not a facet of this casebook"),
    };
    diagnostic.help(format!("they can by {}", list(known)))
}

pub(in crate::validate) fn no_year(found: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongPattern, format!("`{}` is no year", short(found)))
        .at(at, "written otherwise")
        .help("write a year or a span, such as 2010..2015, 2010.. or ..2015")
}

pub(in crate::validate) fn figure_size(
    facet: &str,
    found: usize,
    most: usize,
    at: Location,
) -> Diagnostic {
    let message = format!("the cases have too many values of `{}` for a figure", short(facet));
    Diagnostic::new(Code::FigureSize, message)
        .at(at, format!("{found} values, and no reader follows more than {most}"))
        .help("choose fewer cases by `where`, or count by a facet with fewer values")
}

pub(in crate::validate) fn empty_directive(has_cases: bool, at: Location) -> Diagnostic {
    let (message, label, help) = if has_cases {
        (
            "the cases hold nothing that could be shown here",
            "nothing to show",
            "remove the block, or choose other cases",
        )
    } else {
        (
            "no case meets the conditions of this block",
            "no case left",
            "choose other cases by `where`",
        )
    };
    Diagnostic::new(Code::EmptyDirective, message)
        .at(at, label)
        .help(help)
        .note("the report says in one sentence that there are none")
}
