//! Owns what pages of the site say of themselves to search engines and other software: JSON-LD in the
//! words of schema.org, put together field by field, so that nothing private is in it.

mod activities;
mod case;
mod dataset;
mod report;
mod way;

use serde_json::{Value, json};
use typst_html::HtmlElement;

use super::inert_json::inert;
use super::site::Address;
use crate::model::{Report, Section};
use crate::typeset::{Page, Shows};

/// What pages are described from.
pub(super) struct Description<'a> {
    /// The report.
    pub(super) report: &'a Report,
    /// Where the site is published.
    pub(super) address: Option<&'a Address>,
    /// The paths of the files that can be had from the site.
    pub(super) files: &'a [String],
}

impl Description<'_> {
    /// What a page is, if there is anything to say; its links still tell the paths of pages.
    pub(super) fn of(&self, page: &Page, root: &mut HtmlElement) -> Option<String> {
        let mut graph = Vec::new();
        match &page.shows {
            Shows::Home => graph.push(report::whole(self, way::contents(self, page, root))),
            Shows::About => graph.extend(dataset::dataset(self, page)),
            Shows::Section(Section::Activities) => graph.extend(activities::events(self.report)),
            Shows::Case(position) => {
                let case = self.report.cases.get(*position);
                graph.extend(case.map(|case| case::article(self, page, case)));
            }
            _ => {}
        }
        graph.extend(way::crumbs(self, page, root));
        if graph.is_empty() {
            return None;
        }
        let graph: Vec<Value> = graph.into_iter().map(known).collect();
        let described = json!({ "@context": "https://schema.org", "@graph": graph });
        Some(inert(&described.to_string()))
    }

    /// Where a page or a file of the site is, as a page names it.
    fn place(&self, page: &Page, path: &str) -> String {
        self.address.map_or_else(|| super::site::relative(&page.path, path), |own| own.of(path))
    }
}

/// A value without what is not known.
fn known(value: Value) -> Value {
    let says_something = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| says_something(value));
            Value::Object(fields.map(|(key, value)| (key, known(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(known).collect(),
        value => value,
    }
}

/// Something that has a name.
fn named(kind: &str, name: &str) -> Value {
    json!({ "@type": kind, "name": name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let value = json!({ "a": null, "b": [], "c": { "d": null, "e": 1 }, "f": [{ "g": null }] });
        assert_eq!(known(value), json!({ "c": { "e": 1 }, "f": [{}] }));
    }
}
