//! Owns the way from a checked record to a case: typed data, whatever form it was written in.

mod by_roles;
mod diags;
mod public;
mod shape;
mod slug;

use std::borrow::Cow;

use crate::diag::Sink;
use crate::form::{Form, Pattern, Step};
use crate::load::{Entry, Node, Value, from_node};
use crate::model::{Case, Manifest};
use crate::source::{SourceId, Span};

pub use self::slug::slug;

/// How records become cases: their form, and the facets that the manifest declares.
pub struct Lowering<'f> {
    form: &'f Form,
    facets: Vec<(String, Pattern)>,
}

impl<'f> Lowering<'f> {
    /// The lowering of a form under a manifest.
    pub fn new(form: &'f Form, manifest: &Manifest) -> Self {
        let facets = manifest.facets.iter();
        let pattern = |pointer: &str| pointer.parse().unwrap_or_default();
        let facets = facets.map(|(name, facet)| (name.to_owned(), pattern(&facet.pointer)));
        Self { form, facets: facets.collect() }
    }

    /// A record without what its form keeps from being published.
    pub fn public<'n>(&self, root: &'n Node<'n>) -> Cow<'n, Node<'n>> {
        public::part(self.form, root)
    }

    /// A record without anything that somebody may not want published.
    pub fn published<'s>(&self, root: Node<'s>) -> Node<'s> {
        public::published(self.form, root)
    }

    /// Where a record says what nobody but its editors may see.
    pub fn hidden(&self, root: &Node<'_>) -> Vec<Span> {
        public::hidden(self.form, root)
    }

    /// The short name of a record: its file's, or what the form's roles say.
    pub fn id_of(&self, root: &Node<'_>, fallback: &str) -> String {
        let roles = self.form.roles();
        let Some(roles) = roles else {
            let own = root.get("id").and_then(text_of);
            return own.unwrap_or_else(|| slug(fallback));
        };
        let own = roles.id.as_ref().and_then(|id| text_at(id, root)).unwrap_or_default();
        let names = [slug(&own), slug(fallback), slug::code_points(fallback)];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// Makes a case of the public part of a record that its form has accepted. Pushes what does not
    /// fit after all.
    pub fn lower(
        &self,
        source: SourceId,
        root: &Node<'_>,
        fallback: &str,
        sink: &mut Sink,
    ) -> Option<Case> {
        let case = match self.form.roles() {
            Some(roles) => by_roles::case(roles, root, self.id_of(root, fallback), source, sink),
            None => self.built_in(source, root, sink)?,
        };
        let facet =
            |(name, pattern): &(String, Pattern)| (name.clone(), facet_values(pattern, root));
        let mut sections = shape::sections(self.form, root);
        if let Some(roles) = self.form.roles() {
            by_roles::mark_sections(roles, &case, &mut sections);
        }
        Some(Case {
            source: Some(source),
            record: root.span,
            sections,
            facets: self.facets.iter().map(facet).collect(),
            ..case
        })
    }

    fn built_in(&self, source: SourceId, root: &Node<'_>, sink: &mut Sink) -> Option<Case> {
        let steps: Vec<&[Step]> = self.form.shown().iter().map(Pattern::steps).collect();
        let case = if steps.is_empty() {
            from_node::<Case>(root)
        } else {
            from_node::<Case>(&without(root, &steps))
        };
        case.map_err(|error| sink.push(diags::unlowered(&error.to_string(), source))).ok()
    }
}

/// The values of a facet: texts, numbers and answers as text, each once.
pub(crate) fn facet_values(pattern: &Pattern, root: &Node<'_>) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in pattern.values(root).into_iter().filter_map(text_of) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A tree without what the patterns lead to.
fn without<'s>(node: &Node<'s>, patterns: &[&[Step]]) -> Node<'s> {
    let below = |name: &dyn Fn(&Step) -> bool| -> Option<Vec<&[Step]>> {
        let mut rest = Vec::new();
        for pattern in patterns {
            match pattern.split_first() {
                Some((first, [])) if name(first) => return None,
                Some((first, more)) if name(first) => rest.push(more),
                _ => {}
            }
        }
        Some(rest)
    };
    let value = match &node.value {
        Value::Map(entries) => Value::Map(
            (entries.iter())
                .filter_map(|entry| {
                    let fits = |step: &Step| match step {
                        Step::Each => true,
                        Step::Name(name) => entry.key == name.as_str(),
                    };
                    let value = without(&entry.value, &below(&fits)?);
                    Some(Entry { key: entry.key.clone(), key_span: entry.key_span, value })
                })
                .collect(),
        ),
        Value::List(items) => {
            let rest = below(&|step| *step == Step::Each).unwrap_or_default();
            Value::List(items.iter().map(|item| without(item, &rest)).collect())
        }
        value => value.clone(),
    };
    Node { span: node.span, value }
}

/// Whether a text is an address that a report may lead to.
pub(crate) fn is_address(text: &str) -> bool {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && !text.contains(char::is_whitespace)
}

/// The first text, number or answer at a pattern.
fn text_at(pattern: &Pattern, root: &Node<'_>) -> Option<String> {
    pattern.nodes(root).into_iter().find_map(text_of)
}

/// A text, number or answer as a text; nothing for lists, mappings and empty values.
fn text_of(node: &Node<'_>) -> Option<String> {
    node.as_word().map(Cow::into_owned)
}
