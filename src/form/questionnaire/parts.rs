//! Owns the schemas that speak of one value, and whether what they say holds for every answer.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::super::references::REFERENCES;
use super::super::resource::Cursor;

/// Schemas of one value that are asked: no form has as many.
const MOST: usize = 256;

/// Alternatives inside alternatives that are looked into for what all of them ask.
const DEEPEST: usize = 8;

/// Alternatives of one value that are looked into so.
const MOST_BRANCHES: usize = 256;

/// The schemas that speak of one value; those that hold for every answer come first.
#[derive(Clone)]
pub(super) struct Parts<'f> {
    certain: Vec<Cursor<'f>>,
    possible: Vec<Cursor<'f>>,
    /// Whether they speak of the value only where something else holds.
    is_conditional: bool,
}

impl<'f> Parts<'f> {
    /// Gathers what some schemas refer to or are joined from.
    ///
    /// What they say together holds for every answer, unless they are `alternatives`.
    pub(super) fn of(schemas: Vec<Cursor<'f>>, alternatives: bool) -> Self {
        let mut known = HashSet::new();
        let certain = match alternatives {
            true => Vec::new(),
            false => with_binding(schemas.clone(), &mut known),
        };
        let outer = if alternatives { schemas } else { Vec::new() };
        let mut possible: Vec<Cursor<'f>> = Vec::new();
        let mut add = |found: Vec<Cursor<'f>>, possible: &mut Vec<Cursor<'f>>| {
            let room = MOST.saturating_sub(possible.len());
            possible
                .extend(found.into_iter().filter(|part| known.insert(part.identity())).take(room));
        };
        certain.iter().for_each(|part| add(part.joined(MOST), &mut possible));
        add(outer, &mut possible);
        let mut next = 0;
        while let Some(here) = possible.get(next).cloned() {
            add(here.joined(MOST), &mut possible);
            next += 1;
        }
        Self { certain, possible, is_conditional: false }
    }

    /// The same ones, said only where something else holds.
    fn conditional(self, is_conditional: bool) -> Self {
        Self { is_conditional, ..self }
    }

    /// Whether they speak of the value only where something else holds.
    pub(super) fn is_conditional(&self) -> bool {
        self.is_conditional
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Cursor<'f>> {
        self.certain.iter().chain(&self.possible)
    }

    /// Those that hold for every answer.
    pub(super) fn certain(&self) -> &[Cursor<'f>] {
        &self.certain
    }

    /// Those that hold for some.
    pub(super) fn possible(&self) -> &[Cursor<'f>] {
        &self.possible
    }

    /// What the first of them says under a keyword.
    pub(super) fn first(&self, keyword: &str) -> Option<&'f Value> {
        self.all().find_map(|part| part.value.get(keyword))
    }

    /// The text that the first of them has under a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<&'f str> {
        self.first(keyword).and_then(Value::as_str)
    }

    /// The keys that every answer must have.
    pub(super) fn required(&self) -> BTreeSet<&'f str> {
        let mut left = MOST_BRANCHES;
        self.certain.iter().flat_map(|part| required(part, DEEPEST, &mut left)).collect()
    }

    /// The schemas that speak of the value of each key, in the form's order.
    pub(super) fn keys(&self) -> Vec<Below<'f>> {
        let mut keys: Vec<Below<'f>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let certain = self.certain.iter().map(|part| (part, true));
        for (part, is_certain) in certain.chain(self.possible.iter().map(|part| (part, false))) {
            let Some(properties) = part.key("properties") else { continue };
            for key in properties.keys() {
                let Some(schema) = properties.key(key).filter(|schema| schema.value != false)
                else {
                    continue;
                };
                match places.get(key).and_then(|place| keys.get_mut(*place)) {
                    // Alternatives add nothing to what is said for all.
                    Some(known) if known.is_certain && !is_certain => {}
                    Some(known) => known.schemas.push(schema),
                    None => {
                        places.insert(key, keys.len());
                        keys.push(Below { key, schemas: vec![schema], is_certain });
                    }
                }
            }
        }
        keys
    }

    /// What speaks of the values under a keyword that holds one schema; none if no schema does.
    pub(super) fn below(&self, keyword: &str) -> Option<Parts<'f>> {
        let schemas = |parts: &[Cursor<'f>]| -> Vec<Cursor<'f>> {
            let found = parts.iter().filter_map(|part| part.key(keyword));
            found.filter(|schema| schema.value.is_object()).collect()
        };
        let certain = schemas(&self.certain);
        if !certain.is_empty() {
            return Some(Parts::of(certain, false));
        }
        let possible = schemas(&self.possible);
        let alternatives = possible.len() > 1;
        (!possible.is_empty()).then(|| Parts::of(possible, alternatives).conditional(true))
    }
}

/// The schemas that speak of the value of one key.
pub(super) struct Below<'f> {
    /// The key.
    pub(super) key: &'f str,
    schemas: Vec<Cursor<'f>>,
    /// Whether they hold for every answer.
    is_certain: bool,
}

impl<'f> Below<'f> {
    /// What they say, with all that they refer to.
    pub(super) fn parts(self) -> Parts<'f> {
        let alternatives = !self.is_certain && self.schemas.len() > 1;
        Parts::of(self.schemas, alternatives).conditional(!self.is_certain)
    }
}

/// Some schemas with those that hold wherever they do.
fn with_binding<'f>(schemas: Vec<Cursor<'f>>, known: &mut HashSet<usize>) -> Vec<Cursor<'f>> {
    let mut certain = schemas;
    certain.retain(|schema| known.insert(schema.identity()));
    let mut next = 0;
    while let Some(here) = certain.get(next).filter(|_| next < MOST) {
        let found = binding(here).into_iter();
        let new: Vec<_> = found.filter(|part| known.insert(part.identity())).collect();
        certain.extend(new);
        next += 1;
    }
    certain
}

/// The schemas that hold wherever this one does, a step away.
fn binding<'f>(here: &Cursor<'f>) -> Vec<Cursor<'f>> {
    let mut found: Vec<_> =
        REFERENCES.iter().filter_map(|keyword| here.referred(keyword)).collect();
    if let Some(list) = here.key("allOf") {
        let count = list.value.as_array().map_or(0, Vec::len).min(MOST);
        found.extend((0..count).filter_map(|index| list.index(index)));
    }
    found.extend(["anyOf", "oneOf"].iter().filter_map(|keyword| only_one(&here.key(keyword)?)));
    found
}

/// The one alternative that an answer has, if the others are to give none.
fn only_one<'f>(alternatives: &Cursor<'f>) -> Option<Cursor<'f>> {
    let is_none = |schema: &Value| {
        let entries = schema.as_object();
        entries.is_some_and(|all| all.len() == 1 && schema.get("type") == Some(&"null".into()))
    };
    let list = alternatives.value.as_array()?;
    let mut answers = list.iter().enumerate().filter(|(_, schema)| !is_none(schema));
    let (index, _) = answers.next()?;
    answers.next().is_none().then(|| alternatives.index(index)).flatten()
}

/// The keys that one schema requires; of alternatives, those that each of them does.
///
/// Where there are more alternatives than are looked into, they are taken to require nothing.
fn required<'f>(here: &Cursor<'f>, deepest: usize, left: &mut usize) -> BTreeSet<&'f str> {
    let listed = here.value.get("required").and_then(Value::as_array).into_iter().flatten();
    let mut keys: BTreeSet<&str> = listed.filter_map(Value::as_str).collect();
    let Some(deeper) = deepest.checked_sub(1) else { return keys };
    for keyword in ["anyOf", "oneOf"] {
        let Some(list) = here.key(keyword) else { continue };
        let count = list.value.as_array().map_or(0, Vec::len);
        let mut shared: Option<BTreeSet<&str>> = None;
        for branch in (0..count).filter_map(|index| list.index(index)) {
            *left = left.saturating_sub(1);
            let each: BTreeSet<&str> = match *left {
                0 => BTreeSet::new(),
                _ => {
                    let certain = with_binding(vec![branch], &mut HashSet::new());
                    certain.iter().flat_map(|part| required(part, deeper, left)).collect()
                }
            };
            let both = shared.map_or_else(|| each.clone(), |known| &known & &each);
            let is_done = both.is_empty();
            shared = Some(both);
            if is_done {
                break;
            }
        }
        keys.extend(shared.unwrap_or_default());
    }
    keys
}
