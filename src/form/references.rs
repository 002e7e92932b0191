//! Owns the references of a schema: where they stand, and which other files they lead to.

use serde_json::Value;

use super::document::{SchemaDocument, step};
use super::resource::join;

/// The keywords that refer to another schema.
pub(super) const REFERENCES: &[&str] = &["$ref", "$dynamicRef", "$recursiveRef"];

/// The other files of the casebook that a schema refers to, as its references name them.
pub fn references_of(document: &SchemaDocument) -> Vec<FileReference> {
    let base = &document.uri;
    let mut inside = vec![base.clone()];
    gather(&document.value, "", &["$id", "id"], &mut |id, _| inside.push(join(base, id)));
    let mut found = Vec::new();
    gather(&document.value, "", REFERENCES, &mut |target, pointer| {
        let (target, _) = target.split_once('#').unwrap_or((target, ""));
        let uri = join(base, target);
        // The drafts themselves are built in, and a file may bundle others.
        let is_draft =
            uri.split("://").nth(1).is_some_and(|rest| rest.starts_with("json-schema.org/"));
        if !target.is_empty() && !is_draft && !inside.contains(&uri) {
            let (target, pointer) = (target.to_owned(), pointer.to_owned());
            found.push(FileReference { target, pointer, uri });
        }
    });
    found.sort_by(|a, b| a.uri.cmp(&b.uri));
    found.dedup_by(|a, b| a.uri == b.uri);
    found
}

/// A reference from one schema file to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReference {
    /// As it is written, without what stands behind `#`.
    pub target: String,
    /// The pointer of the reference in its own file.
    pub pointer: String,
    uri: String,
}

impl FileReference {
    /// The whole URI that it means.
    pub fn uri(&self) -> &str {
        &self.uri
    }
}

/// Visits the texts of certain keys with their pointers, wherever a schema may have them.
pub(super) fn gather(
    value: &Value,
    pointer: &str,
    keys: &[&str],
    found: &mut dyn FnMut(&str, &str),
) {
    match value {
        Value::Object(entries) => {
            for (key, below) in entries {
                let pointer = format!("{pointer}{}", step(key));
                match below {
                    Value::String(text) if keys.contains(&key.as_str()) => found(text, &pointer),
                    // What is only an example has no meaning.
                    _ if ["const", "enum", "default", "examples"].contains(&key.as_str()) => {}
                    _ => gather(below, &pointer, keys, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, &format!("{pointer}/{index}"), keys, found);
            }
        }
        _ => {}
    }
}
