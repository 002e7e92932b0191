//! Owns the schemas of a form as a set that references lead through, and a cursor that walks it.

use std::collections::HashSet;

use serde_json::Value;

use super::document::{SchemaDocument, step};
use crate::source::Location;

/// Where the URIs of a casebook's own schema files begin.
const BASE: &str = "casebook:///";

/// Schemas that speak of one value: no form has as many.
const MOST_PARTS: usize = 1024;

/// One schema that references may lead to.
#[derive(Debug)]
pub(super) struct Resource {
    /// The URI that relative references start from.
    pub(super) base: String,
    /// The schema.
    pub(super) value: Value,
    /// The file that it was read from; none for what is built in.
    pub(super) document: Option<SchemaDocument>,
}

/// A part of the first resource that was taken from another place.
#[derive(Debug)]
pub(super) struct Graft {
    /// Where it stands in the first resource.
    pub(super) at: String,
    /// Where it stands in the document that it was taken from.
    pub(super) from: String,
}

/// The schemas of a form.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// All of them; the first is the form itself.
    pub(super) all: Vec<Resource>,
    /// The file of an extension, parts of which were grafted into the first resource.
    pub(super) extension: Option<SchemaDocument>,
    /// Which parts those are.
    pub(super) grafts: Vec<Graft>,
}

/// The URI of a casebook's own schema file.
pub(super) fn file_uri(path: &str) -> String {
    format!("{BASE}{path}")
}

/// The URI that a schema's relative references start from: its own `$id`, else its file's.
pub(super) fn base_uri(value: &Value, path: &str) -> String {
    let id = value.get("$id").or_else(|| value.get("id")).and_then(Value::as_str);
    match id {
        Some(id) if id.contains(':') => id.trim_end_matches('#').to_owned(),
        _ => file_uri(path),
    }
}

/// A reference's URI, made whole.
pub(super) fn join(base: &str, reference: &str) -> String {
    if reference.contains(':') {
        return reference.to_owned();
    }
    let folder = base.rfind('/').map_or("", |slash| &base[..=slash]);
    format!("{folder}{reference}")
}

impl Resources {
    /// A cursor at the form's root.
    pub(super) fn root(&self) -> Option<Cursor<'_>> {
        let value = &self.all.first()?.value;
        Some(Cursor { resources: self, home: 0, pointer: String::new(), value })
    }

    /// What a reference in one of the resources leads to.
    pub(super) fn resolve(&self, target: &str, home: usize) -> Option<Cursor<'_>> {
        let (uri, fragment) = target.split_once('#').unwrap_or((target, ""));
        let home = if uri.is_empty() {
            home
        } else {
            let whole = join(&self.all.get(home)?.base, uri);
            self.all.iter().position(|resource| resource.base == whole)?
        };
        let value = &self.all.get(home)?.value;
        let root = Cursor { resources: self, home, pointer: String::new(), value };
        if fragment.is_empty() || fragment.starts_with('/') {
            let value = root.value.pointer(fragment)?;
            return Some(Cursor { value, pointer: fragment.to_owned(), ..root });
        }
        root.anchor(fragment)
    }
}

/// A place in the schemas of a form.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'f> {
    resources: &'f Resources,
    home: usize,
    pointer: String,
    /// The schema, or the part of one, that stands here.
    pub(super) value: &'f Value,
}

impl<'f> Cursor<'f> {
    /// The value of a key.
    pub(super) fn key(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(self.at(value, step(key)))
    }

    /// The entry of a list.
    pub(super) fn index(&self, index: usize) -> Option<Self> {
        let value = self.value.as_array()?.get(index)?;
        Some(self.at(value, format!("/{index}")))
    }

    fn at(&self, value: &'f Value, step: String) -> Self {
        Self { value, pointer: format!("{}{step}", self.pointer), ..self.clone() }
    }

    /// What a key of this schema refers to.
    pub(super) fn referred(&self, keyword: &str) -> Option<Self> {
        let target = self.value.get(keyword)?.as_str()?;
        self.resources.resolve(target, self.home)
    }

    /// This schema and those that it refers to or is joined from, itself first.
    ///
    /// All of them speak of the same value; of alternatives, each may.
    pub(super) fn with_all_parts(self) -> Vec<Self> {
        let mut known = HashSet::from([self.identity()]);
        let mut parts = vec![self];
        let mut next = 0;
        while let Some(here) = parts.get(next).filter(|_| next < MOST_PARTS).cloned() {
            let referred = ["$ref", "$dynamicRef", "$recursiveRef"];
            let mut found: Vec<Self> =
                referred.into_iter().filter_map(|keyword| here.referred(keyword)).collect();
            for keyword in ["allOf", "anyOf", "oneOf"] {
                let Some(list) = here.key(keyword) else { continue };
                let count = list.value.as_array().map_or(0, Vec::len);
                found.extend((0..count).filter_map(|index| list.index(index)));
            }
            let conditional = ["if", "then", "else"];
            found.extend(conditional.into_iter().filter_map(|keyword| here.key(keyword)));
            for keyword in ["dependentSchemas", "dependencies"] {
                let Some(schemas) = here.key(keyword) else { continue };
                found.extend(schemas.keys().into_iter().filter_map(|key| schemas.key(key)));
            }
            // Schemas may lead in circles.
            found.retain(|part| known.insert(part.identity()));
            parts.extend(found);
            next += 1;
        }
        parts
    }

    /// The keys of the mapping here, in the file's order.
    pub(super) fn keys(&self) -> Vec<&'f str> {
        match self.document() {
            Some((document, pointer)) => document.keys_of(&pointer, self.value),
            None => {
                let entries = self.value.as_object().into_iter().flatten();
                entries.map(|(key, _)| key.as_str()).collect()
            }
        }
    }

    /// Where the key of what stands here is written, if in a file of the group's own.
    pub(super) fn location(&self) -> Option<Location> {
        let (document, pointer) = self.document()?;
        Some(document.key_at(&pointer))
    }

    /// Where the value here is written, if in a file of the group's own.
    pub(super) fn value_location(&self) -> Option<Location> {
        let (document, pointer) = self.document()?;
        document.value_at(&pointer)
    }

    /// What names this place among all: for telling whether one was seen before.
    pub(super) fn identity(&self) -> usize {
        std::ptr::from_ref(self.value) as usize
    }

    /// The file and the pointer in it that this place comes from.
    fn document(&self) -> Option<(&'f SchemaDocument, String)> {
        let resource = self.resources.all.get(self.home)?;
        if let Some(document) = &resource.document {
            return Some((document, self.pointer.clone()));
        }
        if self.home != 0 {
            return None;
        }
        let covers = |graft: &&Graft| {
            self.pointer
                .strip_prefix(&graft.at)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let grafts = self.resources.grafts.iter().filter(covers);
        let graft = grafts.max_by_key(|graft| graft.at.len())?;
        let rest = &self.pointer[graft.at.len()..];
        Some((self.resources.extension.as_ref()?, format!("{}{rest}", graft.from)))
    }

    /// The schema below here with a name given by `$anchor` (by `$id` in older drafts).
    fn anchor(self, name: &str) -> Option<Self> {
        let mut open = vec![self];
        while let Some(here) = open.pop() {
            let id = here.value.get("$id").or_else(|| here.value.get("id")).and_then(Value::as_str);
            let anchors = ["$anchor", "$dynamicAnchor"];
            let anchored = anchors
                .iter()
                .any(|anchor| here.value.get(anchor).is_some_and(|found| found == name));
            if anchored || id.is_some_and(|id| id.strip_prefix('#') == Some(name)) {
                return Some(here);
            }
            match here.value {
                Value::Object(entries) => {
                    open.extend(entries.keys().filter_map(|key| here.key(key)))
                }
                Value::Array(items) => {
                    open.extend((0..items.len()).filter_map(|at| here.index(at)))
                }
                _ => {}
            }
        }
        None
    }
}
