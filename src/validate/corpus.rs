//! Owns the rules over all cases together.

use std::collections::BTreeMap;

use super::diags;
use crate::diag::Sink;
use crate::load::Node;
use crate::source::{Location, SourceId};

/// What one file tells the rules over all: kept while its tree is let go.
pub struct Facts {
    /// The id that the file claims, and where.
    pub id: Option<(String, Location)>,
}

impl Facts {
    /// Reads the facts off a tree.
    pub fn of(source: SourceId, root: &Node<'_>) -> Self {
        let id = root.get("id").and_then(|node| {
            let id = node.as_str()?.to_owned();
            Some((id, node.span.of(source)))
        });
        Self { id }
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
