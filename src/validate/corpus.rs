//! Owns the rules over all cases together.

use std::collections::BTreeMap;

use super::diags;
use crate::diag::Sink;
use crate::form::Form;
use crate::load::Node;
use crate::source::{Location, SourceId};

/// What one file tells the rules over all: kept while its tree is let go.
pub struct Facts {
    /// The id that the file claims, and where.
    pub id: Option<(String, Location)>,
}

impl Facts {
    /// Reads the facts off a record with a name.
    pub fn of(form: &Form, source: SourceId, root: &Node<'_>, id: String) -> Self {
        let place = match form.roles() {
            None => root.get("id"),
            Some(roles) => roles.id.as_ref().and_then(|id| id.nodes(root).into_iter().next()),
        };
        // A record without a name of its own is told by its first line.
        let first = root.entries().first().map_or(root.span, |entry| entry.key_span);
        let span = place.map_or(first, |node| node.span);
        let named = place.is_some() || form.roles().is_some();
        Self { id: named.then(|| (id, span.of(source))) }
    }
}

/// Checks all cases against each other, in the order of their files.
pub fn check_corpus<'a>(all: impl IntoIterator<Item = &'a Facts>, sink: &mut Sink) {
    let mut first_use: BTreeMap<&str, Location> = BTreeMap::new();
    for (id, at) in all.into_iter().filter_map(|facts| facts.id.as_ref()) {
        match first_use.get(id.as_str()) {
            Some(first) => sink.push(diags::duplicate_id(id, *first, *at).pointer("/id")),
            None => {
                first_use.insert(id, *at);
            }
        }
    }
}
