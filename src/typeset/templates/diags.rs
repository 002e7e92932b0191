//! Owns the words for what is wrong with a casebook's own templates.

use super::labels::Labelled;
use crate::diag::{Code, Diagnostic};
use crate::source::{Location, SourceId, Span};

/// A fault in Typst's words.
pub(in crate::typeset) fn faulty(message: &str, at: Location, label: &str) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, message).at(at, label)
}

/// A remark in Typst's words.
pub(in crate::typeset) fn remarkable(message: &str, at: Location, label: &str) -> Diagnostic {
    Diagnostic::new(Code::TemplateWarning, message).at(at, label)
}

/// Why a place in an own template is shown for a fault that showed in a built-in one.
pub(in crate::typeset) fn used_by(name: &str, path: &str, line: Option<usize>) -> String {
    format!("this `{name}` is used by the {}", built_in_place(path, line))
}

/// Where a fault showed that began elsewhere.
pub(in crate::typeset) fn shown_in(path: &str, line: Option<usize>) -> String {
    format!("it showed in the {}", built_in_place(path, line))
}

fn built_in_place(path: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("built-in {path}, line {line}"),
        None => format!("built-in {path}"),
    }
}

/// A field that a dictionary does not have, where one of the report's fields was probably meant.
pub(in crate::typeset) fn meant_field(field: &str) -> String {
    format!("did you mean `{field}`? docs/template-data.md lists what a template gets")
}

/// A template that does not set the labels that the rest of the report leads to.
pub(super) fn no_label(labelled: Labelled, at: Location) -> Diagnostic {
    let lost = |what: &str, help: &str| {
        let message = format!("the report leads to {what}, and this template sets no label for it");
        Diagnostic::new(Code::TemplateError, message).at(at, "").help(help)
    };
    match labelled {
        Labelled::Case => lost(
            "a case",
            "set its title as `labelled-heading(level, case.title, case.label)`, which \
             components/parts.typ defines",
        ),
        Labelled::Source => lost(
            "a source of a case",
            "set them as `source-list(case.sources)`, which components/sources.typ defines",
        ),
        Labelled::Reference => lost(
            "a source",
            "set them as `all-sources(report)`, which sections/sources.typ defines, or leave \
             `sources` out of `contents:` in casebook.yaml",
        ),
        Labelled::Term => lost(
            "a term of the glossary",
            "set them as `glossary(report)`, which sections/glossary.typ defines",
        ),
        Labelled::Chapter => lost(
            "a chapter",
            "set the texts among its `parts` as they are: the label is that of its title",
        ),
        Labelled::Section(name) => lost(
            &format!("the section `{name}`"),
            &format!(
                "set its heading as `labelled-heading(1, …, \"section__{name}\")`, which \
                 components/parts.typ defines"
            ),
        ),
        Labelled::CaseList => lost(
            "the list of cases behind a count",
            "set them as `case-lists(report)`, which sections/case-lists.typ defines",
        ),
    }
}

/// A package of Typst's, which would have to be fetched.
pub(super) fn package(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, format!("the package `{path}` cannot be imported"))
        .at(at, "imported here")
        .help(
            "copy the package's files into the folder of your templates, and import them by their \
             path, such as `packages/name/lib.typ`; its licence must allow that",
        )
        .note(
            "casebook fetches nothing from the network: a report must come out the same every time",
        )
}

/// A path that leads out of the templates.
pub(super) fn outside(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, format!("`{path}` leads out of the templates"))
        .at(at, "imported here")
        .help("put the file into the folder of your templates")
}

/// An import of a file that is not there.
pub(super) fn no_template(path: &str, meant: Option<&str>, at: Location) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::TemplateError, format!("there is no template `{path}`"));
    match meant {
        Some(meant) => diagnostic.at(at, format!("did you mean `{meant}`?")),
        None => diagnostic.at(at, "imported here"),
    }
    .help("a path starts from the folder of the file that names it, or with `/` from that of the templates")
}

/// An import of a name that the other file does not have.
pub(super) fn no_such_name(
    name: &str,
    file: &str,
    meant: Option<&str>,
    at: Location,
) -> Diagnostic {
    let message = format!("`{file}` defines no `{name}`");
    let diagnostic = Diagnostic::new(Code::TemplateError, message);
    match meant {
        Some(meant) => diagnostic.at(at, format!("did you mean `{meant}`?")),
        None => diagnostic.at(at, "imported here"),
    }
}

/// A template that lacks what the built-in ones import from it.
pub(super) fn lacks(
    name: &str,
    importer: Option<&str>,
    near: Option<Location>,
    source: SourceId,
) -> Diagnostic {
    let message = format!("this template does not define `{name}`");
    let diagnostic = Diagnostic::new(Code::TemplateError, message);
    let top = Span::default().of(source);
    match near {
        Some(at) => diagnostic.at(at, format!("did you mean `{name}`?")),
        None => diagnostic.at(top, ""),
    }
    .help(format!(
        "define it: `#let {name}(…) = …`; docs/template-files.md lists what each file must define"
    ))
    .note(match importer {
        Some(importer) => format!("the built-in `{importer}` imports it from this file"),
        None => "casebook begins with it".to_owned(),
    })
}

/// A template that nothing uses.
pub(super) fn unused(path: &str, meant: Option<&str>, source: SourceId) -> Diagnostic {
    let message = format!("the template `{path}` has no effect");
    let diagnostic = Diagnostic::new(Code::TemplateUnused, message).at(
        Span::default().of(source),
        "no built-in template has this name, and no template imports it",
    );
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("import it in a template, or remove it"),
    }
}

/// A template of a name by which built-in ones are asked for.
pub(super) fn hidden(path: &str, source: SourceId) -> Diagnostic {
    Diagnostic::new(Code::TemplateUnused, format!("the template `{path}` has no effect"))
        .at(Span::default().of(source), "this name stands for the built-in template")
        .help("give the file another name")
}

/// A template of which the built-in counterpart has changed since it was copied.
pub(super) fn old(path: &str, version: &str, at: Location) -> Diagnostic {
    let now = env!("CARGO_PKG_VERSION");
    Diagnostic::new(
        Code::TemplateOld,
        format!("the built-in `{path}` has changed since this copy was made"),
    )
    .at(at, format!("copied from casebook {version}; this is {now}"))
    .help(format!(
        "compare it with the new one: move yours aside, run `casebook init --template {path}`, \
         and put your changes in again"
    ))
}
