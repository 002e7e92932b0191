//! Owns what the form says of every field, in a table that a record's tree can be walked beside.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::pattern::Step;
use super::resource::Cursor;
use super::roles::Role;
use crate::load::{Entry, Node, Segment, Value};

/// Names one field of [`Fields`].
pub(super) type FieldId = usize;

/// Fields inside fields that are described: no form is as deep, and no record may be.
const DEEPEST: usize = 64;

/// More fields than any form has; alternatives inside alternatives may multiply.
const MOST: usize = 20_000;

/// What a text of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// Words of a contributor's, which may be Markdown in fields of a group's own.
    Text,
    /// One of the words that the form lists.
    Word,
    /// A web address.
    Link,
    /// A date.
    Date,
}

/// What the form says of one field.
#[derive(Debug)]
pub struct Field {
    /// Its name for readers.
    pub title: Option<String>,
    /// What belongs into it.
    pub description: Option<String>,
    /// The unit of its number.
    pub unit: Option<String>,
    /// What its texts are.
    pub wording: Wording,
    /// Whether its value must not be published.
    pub private: bool,
    /// What it means to casebook.
    pub role: Option<Role>,
    /// What its key was called before.
    pub renamed_from: Vec<String>,
    /// Why its key is to be used no more, in the form's words, which may be none; nothing if it may.
    pub deprecated: Option<String>,
    /// Whether a schema of the group's own describes it.
    pub own: bool,
    /// The most words that its text may have.
    pub max_words: Option<usize>,
    keys: Vec<(String, FieldId)>,
    others: Option<FieldId>,
    items: Option<FieldId>,
    /// Whether anything with a role or a rule of casebook's lies here or below.
    leads: bool,
}

/// The fields of a form, in its order.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

impl Fields {
    /// Reads the fields off a form.
    pub(super) fn of(root: Option<Cursor<'_>>) -> Self {
        let mut fields = Self::default();
        if let Some(root) = root {
            fields.compile(vec![root], 0, &mut HashMap::new());
        }
        fields.mark_leads();
        fields
    }

    /// Reads the field that some schemas speak of together.
    fn compile(
        &mut self,
        schemas: Vec<Cursor<'_>>,
        depth: usize,
        known: &mut HashMap<Vec<usize>, FieldId>,
    ) -> FieldId {
        let identity: Vec<usize> = schemas.iter().map(Cursor::identity).collect();
        if let Some(id) = known.get(&identity) {
            return *id;
        }
        let own = schemas.iter().any(|schema| schema.location().is_some());
        let parts = all_parts(schemas);
        let id = self.0.len();
        known.insert(identity, id);
        self.0.push(field(&parts, own));
        if depth >= DEEPEST || id >= MOST {
            // What is too intricate to be followed must not be published by mistake.
            self.0[id].private = true;
            return id;
        }
        let mut keys: Vec<(String, Vec<Cursor<'_>>)> = Vec::new();
        for properties in parts.iter().filter_map(|part| part.key("properties")) {
            for key in properties.keys() {
                let Some(below) = properties.key(key) else { continue };
                match keys.iter_mut().find(|(known, _)| known == key) {
                    Some((_, schemas)) => schemas.push(below),
                    None => keys.push((key.to_owned(), vec![below])),
                }
            }
        }
        let mut named = Vec::new();
        for (key, schemas) in keys {
            named.push((key, self.compile(schemas, depth + 1, known)));
        }
        let mut below = |keywords: &[&str]| {
            let schemas = below(&parts, keywords);
            (!schemas.is_empty()).then(|| self.compile(schemas, depth + 1, known))
        };
        let others = below(&["additionalProperties", "unevaluatedProperties", "patternProperties"]);
        let items = below(&["items", "prefixItems", "additionalItems", "unevaluatedItems"]);
        let field = &mut self.0[id];
        (field.keys, field.others, field.items) = (named, others, items);
        id
    }

    /// Whether the form keeps anything from being published.
    pub fn hide_anything(&self) -> bool {
        self.0.iter().any(|field| field.private)
    }

    /// Whether the form knows keys by old names, or wants some no more.
    pub fn leave_anything_behind(&self) -> bool {
        self.0.iter().any(|field| !field.renamed_from.is_empty() || field.deprecated.is_some())
    }

    /// The name that a key has now; none if the form knows it as it is, or not at all.
    pub fn new_name<'f>(&'f self, field: &'f Field, key: &str) -> Option<&'f str> {
        if field.keys.iter().any(|(known, _)| known == key) {
            return None;
        }
        let was_called =
            |(_, below): &(&str, &Field)| below.renamed_from.iter().any(|name| name == key);
        self.keys(field).find(was_called).map(|(name, _)| name)
    }

    /// The name that the first step of a way has now which the form knows by an old name alone.
    pub(super) fn new_name_along(&self, steps: &[Step]) -> Option<&str> {
        let mut field = self.root()?;
        for step in steps {
            let key = match step {
                Step::Each => None,
                Step::Name(key) => Some(key),
            };
            if let Some(name) = key.and_then(|key| self.new_name(field, key)) {
                return Some(name);
            }
            let below = key.and_then(|key| self.key(field, key));
            field = below.or_else(|| self.items(field))?;
        }
        None
    }

    /// Finds the fields that a walk for roles has to enter; schemas may lead in circles.
    fn mark_leads(&mut self) {
        for field in &mut self.0 {
            field.leads = field.role.is_some() || field.max_words.is_some();
        }
        loop {
            let mut changed = false;
            for id in 0..self.0.len() {
                let field = &self.0[id];
                let named = field.keys.iter().map(|(_, id)| *id);
                let mut below = named.chain(field.others).chain(field.items);
                if !field.leads && below.any(|id| self.0[id].leads) {
                    self.0[id].leads = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// The field of the whole record.
    pub fn root(&self) -> Option<&Field> {
        self.0.first()
    }

    /// The field at the end of a way through a record.
    pub fn along(&self, path: &[Segment<'_>]) -> Option<&Field> {
        path.iter().try_fold(self.root()?, |field, segment| match segment {
            Segment::Key(key) => self.key(field, key),
            Segment::Index(_) => self.items(field),
        })
    }

    /// The field of a key.
    pub fn key(&self, field: &Field, key: &str) -> Option<&Field> {
        let named = field.keys.iter().find(|(known, _)| known == key).map(|(_, id)| *id);
        self.0.get(named.or(field.others)?)
    }

    /// The field of a list's entries.
    pub fn items(&self, field: &Field) -> Option<&Field> {
        self.0.get(field.items?)
    }

    /// The keys that the form names, in its order.
    pub fn keys<'f>(&'f self, field: &'f Field) -> impl Iterator<Item = (&'f str, &'f Field)> {
        field.keys.iter().filter_map(|(key, id)| Some((key.as_str(), self.0.get(*id)?)))
    }

    /// Visits every value that the form gives a role or a rule of casebook's, in the file's order,
    /// with the mapping that holds it and the way to it.
    pub(super) fn visit<'a>(&self, root: &'a Node<'a>, visit: &mut Visit<'_, 'a>) {
        if let Some(field) = self.root() {
            self.enter(field, root, root, &mut Vec::new(), visit);
        }
    }

    fn enter<'a>(
        &self,
        field: &Field,
        node: &'a Node<'a>,
        parent: &'a Node<'a>,
        path: &mut Vec<Segment<'a>>,
        visit: &mut Visit<'_, 'a>,
    ) {
        if !field.leads {
            return;
        }
        visit(field, node, parent, path);
        match &node.value {
            Value::Map(entries) => {
                for (at, Entry { key, value, .. }) in entries.iter().enumerate() {
                    // Contributors keep to the form's order, so the next key is near.
                    let guess = field.keys.get(at).filter(|(known, _)| known == key);
                    let below = match guess {
                        Some((_, id)) => self.0.get(*id),
                        None => self.key(field, key),
                    };
                    let Some(below) = below.filter(|below| below.leads) else { continue };
                    path.push(Segment::Key(key));
                    self.enter(below, value, node, path, visit);
                    path.pop();
                }
            }
            Value::List(items) => {
                let Some(below) = self.items(field) else { return };
                for (index, item) in items.iter().enumerate() {
                    path.push(Segment::Index(index));
                    self.enter(below, item, parent, path, visit);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

/// What is called with a field, a value of it, the mapping that holds that, and the way to it.
pub(super) type Visit<'v, 'a> = dyn FnMut(&Field, &'a Node<'a>, &'a Node<'a>, &[Segment<'a>]) + 'v;

impl Field {
    /// The name for readers: the form's title, else the key made readable.
    pub fn name(&self, key: &str) -> String {
        self.title.clone().unwrap_or_else(|| readable(key))
    }
}

/// A key as words: `soil_type` and `soilType` become "Soil type".
pub fn readable(key: &str) -> String {
    let mut words = String::new();
    for c in key.chars() {
        if matches!(c, '_' | '-') {
            words.push(' ');
        } else if c.is_uppercase() && words.ends_with(|last: char| last.is_lowercase()) {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else if words.is_empty() {
            words.extend(c.to_uppercase());
        } else {
            words.push(c);
        }
    }
    words
}

/// Some schemas with all that they refer to or are joined from, each once: alternatives that all lead back
/// to the same ones would double them with every step.
fn all_parts(schemas: Vec<Cursor<'_>>) -> Vec<Cursor<'_>> {
    let mut known = HashSet::new();
    let parts = schemas.into_iter().flat_map(Cursor::with_all_parts);
    parts.filter(|part| known.insert(part.identity())).collect()
}

/// The schemas under some keywords, whether these hold one, a list or a mapping of them.
fn below<'f>(parts: &[Cursor<'f>], keywords: &[&str]) -> Vec<Cursor<'f>> {
    let mut found = Vec::new();
    for keyword in keywords {
        for here in parts.iter().filter_map(|part| part.key(keyword)) {
            match here.value {
                Json::Object(_) if *keyword == "patternProperties" => {
                    found.extend(here.keys().into_iter().filter_map(|key| here.key(key)));
                }
                Json::Object(_) => found.push(here),
                Json::Array(list) => found.extend((0..list.len()).filter_map(|at| here.index(at))),
                _ => {}
            }
        }
    }
    found
}

/// A name, or a list of names.
fn names(value: Option<&Json>) -> Vec<String> {
    let list = value.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let names = value.into_iter().chain(list).filter_map(Json::as_str);
    names.map(str::to_owned).collect()
}

/// What the parts of a schema say of its values; where two speak of the same, the first wins.
fn field(parts: &[Cursor<'_>], own: bool) -> Field {
    let first = |keyword: &str| parts.iter().find_map(|part| part.value.get(keyword));
    let text = |keyword: &str| first(keyword).and_then(Json::as_str);
    let role = text("x-role").and_then(Role::parse);
    let format = text("format");
    let wording = if matches!(format, Some("uri" | "iri" | "url" | "uri-reference")) {
        Wording::Link
    } else if role == Some(Role::Date) || matches!(format, Some("date" | "date-time")) {
        Wording::Date
    } else if first("enum").is_some() || first("const").is_some() {
        Wording::Word
    } else {
        Wording::Text
    };
    let max_words = first("x-max-words").and_then(Json::as_u64);
    Field {
        title: text("title").map(str::to_owned),
        description: text("description").map(str::to_owned),
        unit: text("x-unit").map(str::to_owned),
        wording,
        private: parts.iter().any(|part| part.value.get("x-private") == Some(&Json::Bool(true))),
        role,
        renamed_from: names(first("x-renamed-from")),
        deprecated: (first("deprecated") == Some(&Json::Bool(true)))
            .then(|| text("x-deprecated-message").unwrap_or_default().to_owned()),
        own,
        max_words: max_words.and_then(|words| usize::try_from(words).ok()),
        keys: Vec::new(),
        others: None,
        items: None,
        leads: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_words() {
        assert_eq!(readable("soil_type"), "Soil type");
        assert_eq!(readable("soilType"), "Soil type");
        assert_eq!(readable("pH"), "PH");
        assert_eq!(readable("did-not-work"), "Did not work");
    }
}
