//! Owns the way back of organisations: names, or mappings that may hold more than casebook knows.

use std::borrow::Cow;

use super::super::place::set;
use super::Returning;
use super::diags::Refused;
use super::entries::Entries;
use super::places::{Way, expected, fitted, pointer};
use crate::form::{Form, Kind};
use crate::load::{Entry, Node, Value};
use crate::lower::is_address;
use crate::model::Role;

/// The keys of an organisation that an export has.
const KEYS: &[&str] = &["name", "role", "region", "url"];

struct Organisations;

impl Entries for Organisations {
    fn name(&self, entry: &Node<'_>) -> Option<String> {
        let name = entry.as_word().or_else(|| entry.get("name")?.as_word());
        name.map(Cow::into_owned)
    }

    fn holds_more(&self, entry: &Node<'_>) -> bool {
        let is_more = |entry: &Entry<'_>| !is_exported(&entry.key, &entry.value);
        entry.entries().iter().any(is_more)
    }

    fn written(
        &self,
        form: &Form,
        way: &Way,
        value: &Node<'static>,
        old: Option<&Node<'static>>,
    ) -> Result<Node<'static>, Refused> {
        let allowed = expected(form, way);
        let has_more = value.entries().iter().any(|entry| entry.key != "name");
        let was_map = old.is_some_and(|old| matches!(old.value, Value::Map(_)));
        let may_be_map = allowed.allows(Kind::Map) && (has_more || !allowed.allows(Kind::Text));
        if !was_map && !may_be_map {
            if has_more {
                return Err(Refused::NameOnly(pointer(way)));
            }
            let name = value.get("name").unwrap_or(value);
            let is_same = |old: &&Node<'_>| old.as_word() == name.as_word();
            let new = || fitted(&allowed, name, old);
            return Ok(old.filter(is_same).cloned().unwrap_or_else(new));
        }
        let empty = || Node { span: value.span, value: Value::Map(Vec::new()) };
        let mut written = old.filter(|_| was_map).cloned().unwrap_or_else(empty);
        for key in KEYS {
            let (held, new) = (written.get(key), value.get(key));
            let is_said = held.and_then(Node::as_word) == new.and_then(Node::as_word);
            match (new, &mut written.value) {
                _ if is_said => {}
                (Some(new), _) => {
                    let mut below = way.clone();
                    below.push((*key).to_owned());
                    let new = fitted(&expected(form, &below), new, written.get(key));
                    set(&mut written, &[(*key).to_owned()], new);
                }
                (None, Value::Map(entries)) => {
                    entries.retain(|entry| entry.key != *key || !is_exported(key, &entry.value));
                }
                (None, _) => {}
            }
        }
        Ok(written)
    }
}

/// Whether an export has what stands under a key. What it does not have stays.
fn is_exported(key: &str, value: &Node<'_>) -> bool {
    let Some(word) = value.as_word() else { return false };
    match key {
        "role" => Role::ALL.iter().any(|role| role.as_str() == word),
        "url" => is_address(&word),
        key => KEYS.contains(&key),
    }
}

impl Returning<'_, '_> {
    pub(super) fn organisations(&mut self, value: &Node<'static>) -> Result<(), Refused> {
        self.entries(self.by.roles.organisations.as_ref(), value, &Organisations)
    }
}
