//! Owns the way back of sources: a mapping by keys, a list that is cited by numbers, or a single text.

use serde_json::Value as Json;

use super::super::place::{at, set, way};
use super::super::survey::text;
use super::Returning;
use super::compared::says;
use super::diags::Refused;
use super::places::{Way, expected, fitted, only_way, pointer};
use crate::form::{Kind, Pattern};
use crate::load::{Node, Value};
use crate::model::SourceKey;

/// What an export says of a source, and the keys that a record may have for it.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["title", "name", "citation", "text"]),
    ("author", &["author", "authors"]),
    ("publisher", &["publisher", "journal"]),
    ("year", &["year"]),
    ("url", &["url", "link", "uri"]),
    ("doi", &["doi"]),
    ("accessed", &["accessed"]),
];

/// The keys under which an entry of a list may say what it is cited by.
const NAMES: &[&str] = &["id", "key"];

impl Returning<'_, '_> {
    pub(super) fn sources(&mut self, value: &Node<'static>) -> Result<(), Refused> {
        let pattern = self.by.roles.sources.as_ref().ok_or(Refused::NoPlace)?;
        let mut new: Vec<(&str, &Node<'static>)> =
            value.entries().iter().map(|entry| (&*entry.key, &entry.value)).collect();
        new.sort_by_cached_key(|(key, _)| SourceKey((*key).to_owned()));
        let held: Vec<(String, Way)> = self.held();
        let (there, new): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|(key, _)| held.iter().any(|(held, _)| held == key));
        for (key, source) in there {
            let way = held.iter().find(|(held, _)| held == key).map(|(_, way)| way);
            let said = self.now.get("sources").and_then(|sources| sources.get(key)).cloned();
            if let Some(way) = way.filter(|_| !says(said.as_ref(), &crate::form::to_json(source))) {
                let written = self.source(way, source, said.as_ref())?;
                self.set(way, written);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        self.add(pattern, &in_order_of_numbers(new, held.len()))
    }

    /// The sources of the record, each with the way to it.
    fn held(&self) -> Vec<(String, Way)> {
        let mut held = Vec::new();
        self.by.roles.visit_sources(&self.record, &mut |key, _, path| held.push((key, way(path))));
        held
    }

    /// Adds sources that the record does not have.
    fn add(&mut self, pattern: &Pattern, new: &[(&str, &Node<'static>)]) -> Result<(), Refused> {
        let shape = || Refused::Shape(pattern.to_string());
        let around = only_way(pattern.steps()).ok_or_else(shape)?;
        let allowed = expected(self.by.form, &around);
        let there = at(&self.record, &around).filter(|there| there.value != Value::Null).cloned();
        let is_map = match there.as_ref().map(|there| &there.value) {
            Some(value) => matches!(value, Value::Map(_)),
            None if allowed.allows(Kind::List) && allowed.allows(Kind::Map) => {
                !new.iter().enumerate().all(|(at, (key, _))| *key == (at + 1).to_string())
            }
            None => allowed.allows(Kind::Map),
        };
        if is_map {
            for (key, source) in new {
                let mut way = around.clone();
                way.push((*key).to_owned());
                let source = self.source(&way, source, None)?;
                self.set(&way, source);
            }
            return Ok(());
        }
        let mut items = match there {
            Some(Node { value: Value::List(items), .. }) => items,
            Some(single) => vec![single],
            None => Vec::new(),
        };
        if !allowed.allows(Kind::List) {
            let [(_, source)] = new else { return Err(Refused::OneOnly(pointer(&around))) };
            if !items.is_empty() {
                return Err(Refused::OneOnly(pointer(&around)));
            }
            let source = self.source(&around, source, None)?;
            self.set(&around, source);
            return Ok(());
        }
        let mut entry = around.clone();
        entry.push("0".to_owned());
        for (key, source) in new {
            let source = self.source(&entry, source, None)?;
            let is_number = *key == (items.len() + 1).to_string();
            items.push(if is_number { source } else { self.named(&entry, key, source)? });
        }
        let span = items.last().map_or(self.exported.row, |last| last.span);
        self.set(&around, Node { span, value: Value::List(items) });
        Ok(())
    }

    /// An entry of a list that says by what it is cited.
    fn named(&self, way: &Way, key: &str, source: Node<'static>) -> Result<Node<'static>, Refused> {
        let mut named = Node { span: source.span, value: Value::Map(Vec::new()) };
        let name = self.known(way, NAMES).ok_or_else(|| Refused::Shape(pointer(way)))?;
        set(&mut named, &[name.to_owned()], text(key, source.span));
        match source.value {
            Value::Map(entries) => {
                if let Value::Map(all) = &mut named.value {
                    all.extend(entries);
                }
            }
            value => {
                let title = self.known(way, KEYS[0].1).unwrap_or("title");
                set(&mut named, &[title.to_owned()], Node { span: source.span, value });
            }
        }
        Ok(named)
    }

    /// The first of some keys that the form knows at a way; of a silent form, the first.
    fn known(&self, way: &Way, keys: &[&'static str]) -> Option<&'static str> {
        let place = |key: &str| format!("{}/{key}", pointer(way)).parse().unwrap_or_default();
        keys.iter().find(|key| self.by.form.has_place(&place(key))).copied()
    }

    /// A source as it is written at a way: what the record says of it already stays.
    fn source(
        &self,
        way: &Way,
        source: &Node<'static>,
        said: Option<&Json>,
    ) -> Result<Node<'static>, Refused> {
        let allowed = expected(self.by.form, way);
        let old = at(&self.record, way).filter(|_| said.is_some());
        let was_map = old.is_some_and(|old| matches!(old.value, Value::Map(_)));
        let word = |key: &str| source.get(key).and_then(Node::as_word);
        // An address is its own title.
        let is_text = |key: &str| key == "title" || (key == "url" && word("url") == word("title"));
        let has_more = source.entries().iter().any(|entry| !is_text(&entry.key));
        let may_be_map = allowed.allows(Kind::Map) && (has_more || !allowed.allows(Kind::Text));
        if !was_map && !may_be_map {
            return match source.get("title") {
                Some(title) if !has_more => Ok(fitted(&allowed, title, old)),
                _ => Err(Refused::NameOnly(pointer(way))),
            };
        }
        let empty = || Node { span: source.span, value: Value::Map(Vec::new()) };
        let mut written = old.filter(|_| was_map).cloned().unwrap_or_else(empty);
        for (key, names) in KEYS {
            let Some(value) = source.get(key) else { continue };
            let said = said.filter(|_| was_map).and_then(|said| said.get(key));
            if says(said, &crate::form::to_json(value)) {
                continue;
            }
            let held =
                |name: &&&str| written.get(name).is_some_and(|held| held.as_word().is_some());
            let name = names.iter().find(held).copied().or_else(|| self.known(way, names));
            let name = name.unwrap_or(key).to_owned();
            let mut below = way.clone();
            below.push(name.clone());
            let value = fitted(&expected(self.by.form, &below), value, written.get(&name));
            set(&mut written, &[name], value);
        }
        Ok(written)
    }
}

/// New sources in the order in which entries of a list get the numbers that they are cited by; what has a
/// name of its own stands between.
fn in_order_of_numbers<'k, 'n>(
    new: Vec<(&'k str, &'n Node<'static>)>,
    there: usize,
) -> Vec<(&'k str, &'n Node<'static>)> {
    let last = there + new.len();
    let place = |key: &str| key.parse::<usize>().ok().filter(|at| (there + 1..=last).contains(at));
    let (numbered, mut named): (Vec<_>, Vec<_>) =
        new.into_iter().partition(|(key, _)| place(key).is_some());
    named.reverse();
    let at = |at: usize| numbered.iter().find(|(key, _)| place(key) == Some(at)).copied();
    (there + 1..=last).filter_map(|number| at(number).or_else(|| named.pop())).collect()
}
