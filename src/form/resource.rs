//! Owns the schemas of a form as a set that references lead through, and a cursor that walks it.

use std::collections::HashSet;

use jsonschema::Draft;
use serde_json::Value;

use super::document::{SchemaDocument, step};
use super::references::REFERENCES;
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
    /// The file that it was read from. That of an extended form is the built-in one.
    pub(super) document: SchemaDocument,
    /// Whether that is a file of the group's own.
    pub(super) own: bool,
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
    /// Which parts those are, sorted by where they stand.
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
        self.with_parts(usize::MAX)
    }

    /// The first of [`Self::with_all_parts`], where it is enough to know these.
    pub(super) fn with_parts(self, most: usize) -> Vec<Self> {
        let mut known = HashSet::from([self.identity()]);
        let mut parts = vec![self];
        let mut next = 0;
        while let Some(here) = parts.get(next).filter(|_| next < MOST_PARTS) {
            let joined = here.joined(most);
            // Schemas may lead in circles.
            let new = joined.into_iter().filter(|part| known.insert(part.identity()));
            let room = most.saturating_sub(parts.len());
            parts.extend(new.take(room));
            next += 1;
        }
        parts
    }

    /// The schemas that this one refers to or is joined from, a step away; of a list, so many.
    pub(super) fn joined(&self, most: usize) -> Vec<Self> {
        let mut joined: Vec<Self> =
            REFERENCES.iter().filter_map(|keyword| self.referred(keyword)).collect();
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let Some(list) = self.key(keyword) else { continue };
            let count = list.value.as_array().map_or(0, Vec::len).min(most);
            joined.extend((0..count).filter_map(|index| list.index(index)));
        }
        let conditional = ["if", "then", "else"];
        joined.extend(conditional.into_iter().filter_map(|keyword| self.key(keyword)));
        for keyword in ["dependentSchemas", "dependencies"] {
            let Some(schemas) = self.key(keyword) else { continue };
            joined.extend(schemas.keys().into_iter().filter_map(|key| schemas.key(key)));
        }
        joined
    }

    /// The keys of the mapping here, in the file's order; what an extension adds comes last, in its.
    pub(super) fn keys(&self) -> Vec<&'f str> {
        let entries = self.value.as_object().into_iter().flatten();
        let mut keys: Vec<&str> = entries.map(|(key, _)| key.as_str()).collect();
        let home = self.resources.all.get(self.home);
        keys.sort_by_cached_key(|key| {
            let below = self.at(self.value, step(key));
            let (added, place) = match below.document() {
                Some((own, pointer)) => (true, own.key_span(&pointer)),
                None => (false, home.and_then(|home| home.document.key_span(&below.pointer))),
            };
            (added || place.is_none(), place)
        });
        keys
    }

    /// Which of the form's schemas this lies in, from 0 for the form itself, and where in it.
    pub(super) fn place(&self) -> (usize, &str) {
        (self.home, &self.pointer)
    }

    /// What the schema that this lies in is called.
    pub(super) fn base(&self) -> &'f str {
        self.resources.all.get(self.home).map_or("", |resource| &resource.base)
    }

    /// The draft of JSON Schema that the schema here is written in.
    pub(super) fn draft(&self) -> Draft {
        let home = self.resources.all.get(self.home);
        home.map_or_else(Draft::default, |home| Draft::default().detect(&home.value))
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
        if resource.own {
            return Some((&resource.document, self.pointer.clone()));
        }
        if self.home != 0 {
            return None;
        }
        let grafts = &self.resources.grafts;
        let mut at = self.pointer.as_str();
        let graft = loop {
            match grafts.binary_search_by(|graft| graft.at.as_str().cmp(at)) {
                Ok(index) => break grafts.get(index)?,
                Err(_) => at = &at[..at.rfind('/')?],
            }
        };
        let rest = &self.pointer[at.len()..];
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
