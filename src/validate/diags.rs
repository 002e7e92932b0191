//! Owns the words of the judgement: what is said for each fault, and nothing about finding it.

mod checklists;
mod directives;
mod regions;
mod themes;

use super::expected::found;
use crate::diag::{Code, Diagnostic};
use crate::form::Meant;
use crate::language::Language;
use crate::load::{Node, Value};
use crate::model::Color;
use crate::source::Location;

pub(super) use self::checklists::*;
pub(super) use self::directives::*;
pub(super) use self::regions::*;
pub(super) use self::themes::*;

/// The longest list of keys that a message spells out.
const SHOWN_KEYS: usize = 12;

/// The longest list of allowed words that a message spells out.
const SHOWN: usize = 24;

/// Why a keyword of the form is shown beside what it refused.
pub(super) fn place_in_form(keyword: &str) -> &'static str {
    match keyword {
        "additionalProperties" | "unevaluatedProperties" => "the form allows no other keys",
        "enum" | "const" | "anyOf" | "oneOf" => "the form allows these",
        _ => "asked for by the form here",
    }
}

/// What is said when a record has more faults than are told of.
pub(super) const MORE_ERRORS: &str =
    "there are more faults than are shown; mend some and check the file again";

/// What was asked for, and where something else was found.
pub(super) struct Asked<'a> {
    /// The key in backticks, or words for the whole file.
    pub(super) name: String,
    /// What the form wants, in words.
    pub(super) expected: &'a str,
    /// What the form says of the field.
    pub(super) words: Option<&'a str>,
    /// The value.
    pub(super) at: Location,
}

pub(super) fn unknown_key(
    key: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownKey, format!("unknown key `{}`", short(key)));
    match meant {
        Some(Meant { word, is_certain }) => {
            let diagnostic = diagnostic
                .at(at, format!("did you mean `{word}`?"))
                .help(format!("write `{word}:` instead"));
            if is_certain { diagnostic.fix(at, word) } else { diagnostic }
        }
        None => {
            let diagnostic = diagnostic.at(at, "not a key of the form");
            match known.len() {
                0 => diagnostic,
                1..=SHOWN_KEYS => diagnostic.help(format!("the keys here are {}", list(known))),
                _ => diagnostic.help("`casebook schema show` lists the keys and what they mean"),
            }
        }
    }
}

/// A key under the name that the form had for it before.
pub(super) fn renamed_key(key: &str, name: &str, at: Location) -> Diagnostic {
    let message = format!("the key `{}` is called `{name}` now", short(key));
    Diagnostic::new(Code::RenamedKey, message)
        .at(at, "its old name")
        .help(format!("write `{name}:` instead; `casebook migrate` does so in all cases"))
        .fix(at, name)
}

/// A key under an old name, beside another key that has or gets its new one.
pub(super) fn named_twice(
    key: &str,
    name: &str,
    at: Location,
    (other, other_at): (&str, Location),
) -> Diagnostic {
    let (key, other) = (short(key), short(other));
    let (message, label) = match other == name {
        true => {
            (format!("the old key `{key}` and the new one `{name}` are both here"), "its new name")
        }
        false => {
            (format!("`{key}` and `{other}` are both old names of `{name}`"), "another old name")
        }
    };
    Diagnostic::new(Code::NamedTwice, message)
        .at(at, "its old name")
        .related(other_at, label)
        .help(format!("move what is still right from `{key}` to `{name}`, then take `{key}` out"))
        .note("`casebook migrate` does not choose between them")
}

/// A key that the form wants no more.
pub(super) fn deprecated_key(key: &str, words: &str, at: Location) -> Diagnostic {
    let found = Diagnostic::new(
        Code::DeprecatedKey,
        format!("the key `{}` is to be used no more", short(key)),
    )
    .at(at, "the form keeps it for older cases");
    if words.is_empty() { found } else { found.help(words) }
}

pub(super) fn missing_key(key: &str, whole: bool, words: Option<&str>, at: Location) -> Diagnostic {
    let label = if whole { "missing in this file" } else { "missing here" };
    let diagnostic =
        Diagnostic::new(Code::MissingKey, format!("the key `{key}` is missing")).at(at, label);
    match words {
        Some(words) => diagnostic.help(format!("add `{key}:` – {words}")),
        None => diagnostic.help(format!("add `{key}:`")),
    }
}

pub(super) fn unknown_language(tag: &str, at: Location) -> Diagnostic {
    let message = format!("the report's fixed words do not exist in `{}`", short(tag));
    let known = Language::ALL.iter().map(|known| format!("{} ({})", known.name(), known.code()));
    Diagnostic::new(Code::UnknownLanguage, message)
        .at(at, "headings and labels will be in English")
        .help(format!("the languages are {}", known.collect::<Vec<_>>().join(", ")))
}

pub(super) fn wrong_type(asked: &Asked<'_>, node: &Node<'_>) -> Diagnostic {
    let Asked { name, expected, words, at } = asked;
    if matches!(node.value, Value::Null) {
        let diagnostic = Diagnostic::new(Code::WrongType, format!("{name} has no value"))
            .at(*at, format!("expected {expected}"))
            .help("fill it in, or remove the key if there is nothing to say");
        return describe(diagnostic, *words);
    }
    let message = format!("{name} must be {expected}");
    let diagnostic =
        Diagnostic::new(Code::WrongType, message).at(*at, format!("found {}", found(node)));
    let diagnostic = match &node.value {
        Value::String(text) if expected.contains("number") && is_number(text) => {
            diagnostic.help("remove the quotation marks").fix(*at, text.trim())
        }
        Value::String(text) if expected.contains("number") && text.contains(char::is_numeric) => {
            diagnostic.help(
                "write the plain number: no separators, no unit, no words; \
                 those have keys of their own",
            )
        }
        Value::String(text) if expected.starts_with("a list") => {
            let line = text.lines().next().unwrap_or_default();
            diagnostic
                .help(format!("write it as a list: `[{line}]`, or on a line of its own after `- `"))
        }
        Value::String(text) if *expected == "true or false" => match text.as_ref() {
            "yes" | "Yes" | "on" | "true" => diagnostic.help("write `true`").fix(*at, "true"),
            "no" | "No" | "off" | "false" => diagnostic.help("write `false`").fix(*at, "false"),
            _ => diagnostic.help("write `true` for yes, `false` for no"),
        },
        Value::Bool(_) | Value::Number(_) if expected.starts_with("a text") => {
            diagnostic.help("put quotation marks around it")
        }
        Value::Map(_) if expected.contains("a text") => diagnostic
            .help("put the whole text in quotation marks: a colon and a space make it a key"),
        _ => diagnostic,
    };
    describe(diagnostic, *words)
}

/// Whether a text is a plain number, so that only its quotation marks are too much.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && text.parse::<f64>().is_ok()
}

pub(super) fn unknown_value(
    asked: &Asked<'_>,
    found: &str,
    meant: Option<Meant<'_>>,
    allowed: &[&str],
) -> Diagnostic {
    let message = format!("{} cannot be `{}`", asked.name, short(found));
    let diagnostic = Diagnostic::new(Code::UnknownValue, message);
    let diagnostic = match meant {
        Some(Meant { word, is_certain }) => {
            let diagnostic = diagnostic.at(asked.at, format!("did you mean `{word}`?"));
            if is_certain { diagnostic.fix(asked.at, word) } else { diagnostic }
        }
        None => diagnostic.at(asked.at, "not one of the allowed values"),
    };
    let diagnostic = diagnostic.help(format!("allowed are {}", list(allowed)));
    describe(diagnostic, asked.words)
}

/// A value that the manifest's list of a facet does not have.
pub(super) fn not_listed(
    key: &str,
    found: &str,
    meant: Option<Meant<'_>>,
    listed: &[&str],
    at: Location,
) -> Diagnostic {
    let asked = Asked { name: format!("`{}`", short(key)), expected: "", words: None, at };
    unknown_value(&asked, found, meant, listed)
        .help("or add it to the list in casebook.yaml, where the cases are counted by these values")
}

pub(super) fn wrong_constant(name: &str, expected: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::UnknownValue, format!("{name} must be {expected}"))
        .at(at, "")
        .help(format!("write {expected} here"))
}

pub(super) fn wrong_pattern(asked: &Asked<'_>, found: &str) -> Diagnostic {
    let message = format!("{} is not written as the form asks: `{}`", asked.name, short(found));
    let diagnostic = Diagnostic::new(Code::WrongPattern, message).at(asked.at, "written otherwise");
    describe(diagnostic, asked.words)
}

/// A mapping that is asked for, as it could be written.
pub(super) fn written_as(diagnostic: Diagnostic, keys: &str) -> Diagnostic {
    diagnostic.help(format!("write it as `{keys}`, or as keys with values on lines of their own"))
}

/// A text that has the right type and not the right form.
pub(super) fn otherwise_written(mut diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.code = Code::WrongPattern;
    diagnostic
}

/// A date in another writing: the same fault, with the date that was surely meant.
pub(super) fn meant_date(mut diagnostic: Diagnostic, date: &str, at: Location) -> Diagnostic {
    diagnostic = otherwise_written(diagnostic);
    diagnostic.help.clear();
    diagnostic.help(format!("write `{date}`")).fix(at, date)
}

pub(super) fn not_allowed(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormRule, format!("{name} is not allowed here"))
        .at(at, "")
        .help("remove it")
}

pub(super) fn more_entries(name: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongSize, format!("{name} has more entries than the form describes"))
        .at(at, "")
        .help("remove the entries at the end")
}

pub(super) fn several_alternatives(name: &str, alternatives: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormRule, format!("{name} fits more than one alternative of the form"))
        .at(at, "only one may fit")
        .note(alternatives.to_owned())
        .help("keep what belongs to one of them, and remove the rest")
}

pub(super) fn wrong_key(key: &str, pattern: Option<&str>, at: Location) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::WrongPattern, format!("`{}` cannot be a key here", short(key)))
            .at(at, "")
            .help("use a short key of letters, digits and hyphens");
    match pattern {
        Some(pattern) => diagnostic.note(format!("keys here match {pattern}")),
        None => diagnostic,
    }
}

pub(super) fn wrong_size(
    name: &str,
    fault: &str,
    limit: &str,
    found: Option<usize>,
    at: Location,
) -> Diagnostic {
    let label = found.map_or_else(String::new, |found| format!("{found} here"));
    Diagnostic::new(Code::WrongSize, format!("{name} {fault}: {limit}")).at(at, label)
}

pub(super) fn empty_text(name: &str, words: Option<&str>, at: Location) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::WrongSize, format!("{name} is an empty text"))
        .at(at, "nothing between the quotation marks")
        .help("fill it in, or remove the key if there is nothing to say");
    describe(diagnostic, words)
}

pub(super) fn not_unique(name: &str, first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::NotUnique, format!("{name} holds the same entry twice"))
        .at(again, "the second time")
        .related(first, "the first time")
        .help("remove one of them")
}

pub(super) fn form_rule(
    name: &str,
    message: &str,
    words: Option<&str>,
    at: Location,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::FormRule, format!("{name} breaks a rule of the form")).at(at, "");
    describe(diagnostic.note(message.to_owned()), words)
}

pub(super) fn id_not_file_name(id: &str, stem: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::IdNotFileName, format!("the id `{}` is not the file's name", short(id)))
        .at(at, format!("the file is called `{stem}`"))
        .help(format!("write `id: {stem}`, or rename the file to {}.yaml", short(id)))
        .fix(at, stem)
}

pub(super) fn unknown_source(
    key: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let message = format!("`{}` is cited, but `sources` has no such entry", short(key));
    let diagnostic = Diagnostic::new(Code::UnknownSource, message);
    match meant {
        Some(meant) => suggest(diagnostic, meant, at)
            .help(format!("cite one of {}, or add `{key}` to `sources`", list(known))),
        None if known.is_empty() => diagnostic
            .at(at, "cited here")
            .help(format!("add it: `sources:`, and under it `{}:` with a `title:`", short(key))),
        None => diagnostic
            .at(at, "cited here")
            .help(format!("add it to `sources`, or cite one of {}", list(known))),
    }
}

pub(super) fn unknown_case(id: &str, meant: Option<Meant<'_>>, at: Location) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownCase, format!("there is no case `{}`", short(id)));
    match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic
            .at(at, "no case has this id")
            .help("write the id of a case: its file's name without .yaml"),
    }
}

pub(super) fn period_order(start: Location, end: Location) -> Diagnostic {
    Diagnostic::new(Code::PeriodOrder, "the period ends before it starts")
        .at(end, "this is earlier")
        .related(start, "than this")
        .help("swap the two, or mend the one that is wrong")
}

pub(super) fn no_such_day(text: &str, reason: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::WrongPattern, format!("`{}` is not a date: {reason}", short(text)))
        .at(at, "")
        .help("write a year (2007), a month (2007-05) or a day (2007-05-10)")
}

pub(super) fn path_outside(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::PathOutside, format!("the path `{}` leaves the casebook", short(path)))
        .at(at, "files are read from inside the casebook only")
        .help("put the file into the casebook, for example beside this one, and name it from here")
}

pub(super) fn image_type(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::ImageType, format!("`{}` is not a picture by its name", short(path)))
        .at(at, "")
        .help("use a PNG, JPEG, GIF, WebP or SVG file")
}

pub(super) fn alt_missing(at: Location) -> Diagnostic {
    Diagnostic::new(Code::AltMissing, "the picture has no alternative text")
        .at(at, "readers who cannot see it get nothing")
        .help("say what it shows: `alt:` beside `file:`, or ![what it shows](file) in a text")
}

pub(super) fn raw_html(at: Location) -> Diagnostic {
    Diagnostic::new(Code::RawHtml, "HTML is shown as text").at(at, "appears as it stands").help(
        "use Markdown (**bold**, *italic*, lists, tables); \
         put code between backticks to show it on purpose",
    )
}

pub(super) fn forbidden_link(url: &str, at: Location) -> Diagnostic {
    let message = format!("the link `{}` is neither http, https nor mailto", short(url));
    Diagnostic::new(Code::ForbiddenLink, message).at(at, "").help(
        "write the whole address, from https:// on; a link to a case is written (case:its-id)",
    )
}

pub(super) fn heading_depth(limit: usize, at: Location) -> Diagnostic {
    Diagnostic::new(Code::HeadingDepth, "the heading is nested too deeply")
        .at(at, "shown as a paragraph in bold")
        .help(match limit {
            1 => "use one level of headings in a text, or a list".to_owned(),
            limit => format!("use at most {limit} levels of headings"),
        })
}

pub(super) fn markdown_depth(at: Location) -> Diagnostic {
    Diagnostic::new(Code::MarkdownDepth, "lists or quotations are nested too deeply")
        .at(at, "")
        .help("split the text up: three levels are as many as readers follow")
}

pub(super) fn content_item(at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormRule, "an entry of contents names both a chapter and a section")
        .at(at, "")
        .help("make two entries: `- chapter: …` and `- section: …`")
}

pub(super) fn by_without_cases(at: Location) -> Diagnostic {
    Diagnostic::new(Code::FormRule, "`by` has a meaning for the section `cases` alone")
        .at(at, "")
        .help("remove it here")
}

pub(super) fn content_twice(first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::NotUnique, "`contents` holds the same entry twice")
        .at(again, "the second time")
        .related(first, "the first time")
        .help("remove one of them")
}

pub(super) fn color_contrast(
    color: Color,
    contrast: f64,
    darker: Color,
    at: Location,
) -> Diagnostic {
    Diagnostic::new(Code::ColorContrast, format!("`{color}` is too light to be read"))
        .at(at, format!("its contrast with the ground is {contrast:.1} to 1, and words need 4.5"))
        .help(format!(
            "take a darker colour: `{darker}` is the lightest of this hue that can be read"
        ))
}

pub(super) fn wrong_check_digit(isbn: &str, found: u32, expected: u32, at: Location) -> Diagnostic {
    let digit = |value: u32| if value == 10 { "X".to_owned() } else { value.to_string() };
    let (found, expected) = (digit(found), digit(expected));
    Diagnostic::new(Code::WrongCheckDigit, format!("`{}` is not an ISBN", short(isbn)))
        .at(at, format!("with these digits the last is {expected}, and not {found}"))
        .help(
            "compare it with the number that you were given: a digit is wrong, or two are swapped",
        )
}

pub(super) fn unknown_term(term: &str, meant: Option<Meant<'_>>, at: Location) -> Diagnostic {
    let message = format!("`{}` is not in the glossary", short(term));
    let diagnostic = Diagnostic::new(Code::UnknownTerm, message);
    match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic
            .at(at, "referred to here")
            .help("write a term as it stands in `glossary`, or add it there"),
    }
}

pub(super) fn no_date(at: Location) -> Diagnostic {
    Diagnostic::new(Code::DateMissing, "the report has no date")
        .at(at, "no `edition` in this file")
        .help("add `edition: { date: 2026-11-21 }` with the date of your edition")
        .note("the PDF is made for archives (PDF/A), which ask for a date")
}

pub(super) fn earlier_missing(at: Location) -> Diagnostic {
    Diagnostic::new(Code::EarlierMissing, "the report tells what is new, but not since when")
        .at(at, "new since which edition?")
        .help(
            "add `changes: { since: v1 }` to casebook.yaml, with a tag of the git repository or a \
             folder with the earlier edition",
        )
        .help("or name it when you build: `casebook build --since v1`")
}

/// A folder of an earlier edition that lies elsewhere.
pub(super) fn earlier_outside(since: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::PathOutside, format!("`{}` leads out of the casebook", short(since)))
        .at(at, "the earlier edition")
        .help("copy the earlier edition into a folder of the casebook, or name a tag of git")
        .help("or name the folder when you build: `casebook build --since FOLDER`")
}

/// Points at a word with the one that was meant, and mends it if nothing else can be.
fn suggest(diagnostic: Diagnostic, meant: Meant<'_>, at: Location) -> Diagnostic {
    let diagnostic = diagnostic.at(at, format!("did you mean `{}`?", meant.word));
    if meant.is_certain { diagnostic.fix(at, meant.word) } else { diagnostic }
}

fn describe(diagnostic: Diagnostic, words: Option<&str>) -> Diagnostic {
    match words {
        Some(words) => diagnostic.note(words.to_owned()),
        None => diagnostic,
    }
}

fn list(words: &[&str]) -> String {
    let shown: Vec<&str> = words.iter().take(SHOWN).copied().collect();
    let more = words.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

/// A text cut to a length that fits a message.
pub(super) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 60 && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    let cut: String = line.chars().take(57).collect();
    format!("{cut}…")
}
