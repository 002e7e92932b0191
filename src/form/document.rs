//! Owns one schema file: its value, and the place of every key and value in its text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::resource::base_uri;
use super::{FileReference, to_json};
use crate::load::{Node, Segment, pointer};
use crate::source::{Location, SourceId, Span};

/// A schema file, built in or of a working group's own, read as a tree.
#[derive(Debug, Clone)]
pub struct SchemaDocument {
    /// Path from the casebook's root.
    pub path: String,
    /// The file it was read from.
    pub source: SourceId,
    /// The URI that its relative references start from, and by which others refer to it.
    pub uri: String,
    /// The schema.
    pub value: Value,
    places: BTreeMap<String, Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    key: Option<Span>,
    value: Span,
}

impl SchemaDocument {
    /// Reads a schema off a tree.
    pub fn new(path: &str, source: SourceId, root: &Node<'_>) -> Self {
        let mut places = BTreeMap::new();
        gather(root, None, &mut Vec::new(), &mut places);
        let value = to_json(root);
        let uri = base_uri(&value, path);
        Self { path: path.to_owned(), source, uri, value, places }
    }

    /// The same document under the URI that another refers to it by.
    #[must_use]
    pub fn referred_as(self, reference: &FileReference) -> Self {
        Self { uri: reference.uri().to_owned(), ..self }
    }

    /// Where the value at a pointer stands.
    pub fn value_at(&self, pointer: &str) -> Option<Location> {
        Some(self.places.get(pointer)?.value.of(self.source))
    }

    /// Where the key of the value at a pointer stands; the value itself if it has no key.
    ///
    /// A pointer to nothing gives the nearest place above it.
    pub fn key_at(&self, pointer: &str) -> Location {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return place.key.unwrap_or(place.value).of(self.source);
            }
            match pointer.rfind('/') {
                Some(slash) => pointer = &pointer[..slash],
                None => return Span::default().of(self.source),
            }
        }
    }

    /// The bytes of the key of the value at a pointer, if that is the value of one.
    pub(super) fn key_span(&self, pointer: &str) -> Option<Span> {
        self.places.get(pointer)?.key
    }
}

/// One step of a JSON Pointer.
pub(super) fn step(key: &str) -> String {
    pointer([Segment::Key(key)])
}

fn gather<'a>(
    node: &'a Node<'_>,
    key: Option<Span>,
    path: &mut Vec<Segment<'a>>,
    places: &mut BTreeMap<String, Place>,
) {
    places.insert(pointer(path.iter().copied()), Place { key, value: node.span });
    for entry in node.entries() {
        path.push(Segment::Key(&entry.key));
        gather(&entry.value, Some(entry.key_span), path, places);
        path.pop();
    }
    for (index, item) in node.items().iter().enumerate() {
        path.push(Segment::Index(index));
        gather(item, None, path, places);
        path.pop();
    }
}
