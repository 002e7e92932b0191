//! Owns the reference page of the data that templates get.

use super::{Kind, RECORDS, Record};

/// The page, in Markdown.
pub fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    for record in RECORDS {
        out.push_str(&section(record));
    }
    out
}

const INTRODUCTION: &str = "\
# The data that a template gets

A template of your own gets the report as one dictionary, `report`, and most get a part of it: a case,
a list of measures. This page says what is in them. It is made from casebook's own description of the
data, which the tests hold against the data of every example; UPDATE=1 makes it anew.

Every field is always there, unless its dictionary says that it has only the fields of its kind:
`case.summary` is `none` if there is no summary, and `case.results` an empty array if there are no
results. What is private (`consent`, `review`, a `contact` that may not be published) is not among the
data; only a draft has where the review of a case stands.

- *text*, *integer*, *boolean*: `str`, `int` and `bool`, as Typst calls them. *number*: `int` or `float`.
- *figure*: a number, or a text where a case gives a figure in words.
- *content*: a picture, or a text with its links, citations and footnotes, ready to be set.
- *color*, *datetime*: values of these types of Typst's. Other dates are texts as they were written: 2026, 2026-11 or 2026-11-21;
  `format-date` of words.typ sets them.
- A *word of the form*, such as `no-effect`, is a key: `word-of` of words.typ gives it in the report's
  language.
- A *label* is a text to lead to: `link(label(case.label), …)`.

";

fn section(record: &Record) -> String {
    let mut out = format!("## {}\n\n{}\n\n", record.name, record.about);
    out.push_str("| field | what it is | meaning |\n|---|---|---|\n");
    for field in record.fields {
        let kind = Kind::parse(field.kind).map(|kind| described(&kind)).unwrap_or_default();
        out.push_str(&format!("| `{}` | {kind} | {} |\n", field.name, field.about));
    }
    out.push('\n');
    out
}

/// Several kinds in words.
fn joined(kinds: &[Kind], between: &str) -> String {
    kinds.iter().map(described).collect::<Vec<_>>().join(between)
}

/// A kind in words.
fn described(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Figure => "figure".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Content => "content".to_owned(),
        Kind::Datetime => "datetime".to_owned(),
        Kind::Color => "color".to_owned(),
        Kind::Map(of) => format!("dictionary of {}", described(of)),
        Kind::Record(record) => format!("[{0}](#{0})", record.name),
        Kind::List(of) => match &**of {
            Kind::Either(kinds) => format!("list of {}", joined(kinds, " and ")),
            Kind::Optional(of) => format!("list, each {} or none", described(of)),
            of => format!("list of {}", described(of)),
        },
        Kind::Either(kinds) => joined(kinds, ", or "),
        Kind::Optional(kind) => format!("{}, or none", described(kind)),
    }
}
