//! Owns the writing of a form as one schema: in the form's order, with what it refers to taken in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::step;
use super::editor::Editor;
use super::ordered::Ordered;
use super::references::REFERENCES;
use super::resource::Cursor;

/// Keywords whose value is a schema, or a list of schemas.
const SCHEMAS: &[&str] = &[
    "items",
    "additionalItems",
    "prefixItems",
    "contains",
    "unevaluatedItems",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "allOf",
    "anyOf",
    "oneOf",
    "contentSchema",
];

/// Keywords whose value is a mapping of schemas.
const NAMED_SCHEMAS: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependencies",
];

/// Keywords that give a file, or a place in one, a name. What is taken in from another file loses
/// them, and its definitions: whatever is referred to is taken in on its own.
const NAMES: &[&str] = &[
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$defs",
    "definitions",
];

/// Writes a form as one schema that refers to nothing outside itself.
///
/// All of it counts by the draft of the form's own file.
pub(super) fn bundle<'f>(root: &Cursor<'f>, editor: &Editor<'_>) -> Ordered {
    let container = if root.value.get("definitions").is_some() && root.value.get("$defs").is_none()
    {
        "definitions"
    } else {
        "$defs"
    };
    let known = root.value.get(container).and_then(Value::as_object);
    let names = known.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let mut bundle = Bundle { editor, container, names, taken: BTreeMap::new(), open: Vec::new() };
    let mut entries = match bundle.schema(root) {
        Ordered::Map(entries) => entries,
        other => return other,
    };
    let definitions = bundle.definitions();
    if definitions.is_empty() {
        return Ordered::Map(entries);
    }
    match entries.iter_mut().find(|(key, _)| key == container) {
        Some((_, Ordered::Map(known))) => known.extend(definitions),
        _ => entries.push((container.to_owned(), Ordered::Map(definitions))),
    }
    Ordered::Map(entries)
}

struct Bundle<'e, 'f> {
    editor: &'e Editor<'e>,
    /// The keyword under which definitions stand.
    container: &'static str,
    /// The names of definitions that are in use.
    names: BTreeSet<String>,
    /// What was taken in from other files, by where it stands there, with its name here.
    taken: BTreeMap<(usize, String), String>,
    /// What is still to be written of that.
    open: Vec<(String, Cursor<'f>)>,
}

impl<'f> Bundle<'_, 'f> {
    /// What was taken in, in the order in which it was first referred to.
    fn definitions(&mut self) -> Vec<(String, Ordered)> {
        let mut written = Vec::new();
        let mut next = 0;
        while let Some((name, cursor)) = self.open.get(next).cloned() {
            written.push((name, self.schema(&cursor)));
            next += 1;
        }
        written
    }

    fn schema(&mut self, here: &Cursor<'f>) -> Ordered {
        if !here.value.is_object() {
            return copy(here);
        }
        let is_elsewhere = here.place().0 != 0;
        let mut entries = Vec::new();
        for key in here.keys() {
            let Some(below) = here.key(key) else { continue };
            if is_elsewhere && NAMES.contains(&key) {
                continue;
            }
            let value = if REFERENCES.contains(&key) {
                self.reference(here, key, &below)
            } else if SCHEMAS.contains(&key) {
                self.one_or_several(&below)
            } else if NAMED_SCHEMAS.contains(&key) {
                self.named(&below)
            } else {
                copy(&below)
            };
            entries.push((key.to_owned(), value));
        }
        self.editor.add_to(here, &mut entries);
        Ordered::Map(entries)
    }

    fn one_or_several(&mut self, here: &Cursor<'f>) -> Ordered {
        match here.value {
            Value::Array(list) => {
                let items = (0..list.len()).filter_map(|index| here.index(index));
                Ordered::List(items.map(|item| self.schema(&item)).collect())
            }
            _ => self.schema(here),
        }
    }

    fn named(&mut self, here: &Cursor<'f>) -> Ordered {
        let keys = here.keys().into_iter();
        let schemas = keys.filter_map(|key| Some((key.to_owned(), here.key(key)?)));
        Ordered::Map(schemas.map(|(key, below)| (key, self.one_or_several(&below))).collect())
    }

    /// A reference, turned to where its target stands in the one schema.
    ///
    /// What cannot be followed stays as it is written: it leads to a schema inside the file that has
    /// an address of its own.
    fn reference(&mut self, here: &Cursor<'f>, key: &str, written: &Cursor<'f>) -> Ordered {
        let is_local = written.value.as_str().is_some_and(|target| target.starts_with('#'));
        let Some(target) = here.referred(key).filter(|_| here.place().0 != 0 || !is_local) else {
            return copy(written);
        };
        let (home, pointer) = target.place();
        if home == 0 {
            return Ordered::text(format!("#{pointer}"));
        }
        let place = (home, pointer.to_owned());
        let name = match self.taken.get(&place) {
            Some(name) => name.clone(),
            None => {
                let name = self.free_name(&target);
                self.taken.insert(place, name.clone());
                self.open.push((name.clone(), target));
                name
            }
        };
        Ordered::text(format!("#/{}{}", self.container, step(&name)))
    }

    /// A name for a definition: its own, or that of its file, with a number if that is taken.
    fn free_name(&mut self, target: &Cursor<'_>) -> String {
        let (_, pointer) = target.place();
        let last = |text: &'_ str| text.rsplit('/').next().unwrap_or_default().to_owned();
        let name = match pointer {
            "" => last(target.base()).split('.').next().unwrap_or_default().to_owned(),
            pointer => last(pointer),
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let mut free = plain.clone();
        // Begins where no search for a free number is long, however many share one name.
        let mut number = self.taken.len() + 1;
        while !self.names.insert(free.clone()) {
            free = format!("{plain}-{number}");
            number += 1;
        }
        free
    }
}

/// What is no schema, as it stands.
fn copy(here: &Cursor<'_>) -> Ordered {
    match here.value {
        Value::Object(_) => {
            let keys = here.keys().into_iter();
            let entries = keys.filter_map(|key| Some((key.to_owned(), copy(&here.key(key)?))));
            Ordered::Map(entries.collect())
        }
        Value::Array(list) => {
            let items = (0..list.len()).filter_map(|index| here.index(index));
            Ordered::List(items.map(|item| copy(&item)).collect())
        }
        scalar => Ordered::Scalar(scalar.clone()),
    }
}
