//! Owns the fields of a group's own form as the templates get them, each by its shape.

use typst::foundations::{Array, Content, IntoValue, Value};

use super::case::figure;
use super::{Fields, list};
use crate::model::{Body, Markdown, OwnSection};

/// A field with its name and content.
pub(super) fn section(section: &OwnSection, text: &impl Fn(&Markdown) -> Content) -> Value {
    let mut out = Fields::new();
    out.put("title", section.title.as_str());
    out.put("body", body(&section.value, text));
    out.done()
}

/// A content with the name of its shape, by which the templates set it.
fn body(value: &Body, text: &impl Fn(&Markdown) -> Content) -> Value {
    let mut out = Fields::new();
    let mut shape = |name: &str| out.put("shape", name);
    match value {
        Body::Text(markdown) => {
            shape("text");
            out.put("body", text(markdown));
        }
        Body::Words(words) => {
            shape("words");
            out.put("body", words.as_str());
        }
        Body::Date(date) => {
            shape("date");
            out.put("body", date.to_string());
        }
        Body::Answer(answer) => {
            shape("answer");
            out.put("body", *answer);
        }
        Body::Number(number, unit) => {
            shape("number");
            out.put("body", figure(number));
            out.put("unit", unit.as_deref());
        }
        Body::Link(url) => {
            shape("link");
            out.put("body", url.as_str());
        }
        Body::List(items) => {
            shape("list");
            out.put("body", list(items, |item| body(item, text)));
        }
        Body::Table { columns, rows } => {
            shape("table");
            out.put("columns", list(columns, |name| name.as_str().into_value()));
            let row = |row: &Vec<Option<Body>>| -> Value {
                let cells = row.iter().map(|cell| cell.as_ref().map(|cell| body(cell, text)));
                cells.map(IntoValue::into_value).collect::<Array>().into_value()
            };
            out.put("rows", list(rows, row));
        }
        Body::Definitions(entries) => {
            shape("definitions");
            let entry = |(name, value): &(String, Body)| {
                let mut out = Fields::new();
                out.put("title", name.as_str());
                out.put("body", body(value, text));
                out.done()
            };
            out.put("body", list(entries, entry));
        }
    }
    out.done()
}
