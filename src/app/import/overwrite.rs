//! Owns what a row wins in a case file that a hand wrote or edited: the fields that it speaks of, and no
//! others.

use std::collections::BTreeMap;

use crate::import::{Remembered, fields_of, placeless_entry};
use crate::load::{Entry, Node, Value};

/// The field that editors keep of a case, which no mapping sets back for all cases at once.
const REVIEW: &str = "review";

/// A record with all that its case file has besides. What a row gave and no longer gives is left out, unless
/// a hand changed it.
pub(super) fn won(
    record: &Node<'static>,
    file: &Node<'_>,
    remembered: Option<&Remembered>,
    has_column: impl Fn(&str) -> bool,
) -> Node<'static> {
    let nothing = BTreeMap::new();
    let (held, given) = (fields_of(file), remembered.map_or(&nothing, |earlier| &earlier.fields));
    let is_as_given =
        |key: &str| given.get(key).is_some_and(|digest| held.get(key) == Some(digest));
    let joined = |new: &Entry<'static>| match file.entry(&new.key) {
        Some(old) if new.key == REVIEW && !has_column(REVIEW) => placeless_entry(old),
        Some(old) if !is_as_given(&new.key) => {
            Entry { value: with_others(&new.value, &old.value), ..new.clone() }
        }
        _ => new.clone(),
    };
    let mut entries: Vec<Entry<'static>> = record.entries().iter().map(joined).collect();
    let others = file.entries().iter().filter(|old| record.entry(&old.key).is_none());
    entries.extend(others.filter(|old| !is_as_given(&old.key)).map(placeless_entry));
    Node { span: record.span, value: Value::Map(entries) }
}

/// A group of keys with those that only the file has, in the file's order. Anything else is as it is.
fn with_others(new: &Node<'static>, old: &Node<'_>) -> Node<'static> {
    let (Value::Map(entries), Value::Map(there)) = (&new.value, &old.value) else {
        return new.clone();
    };
    let mut given: BTreeMap<&str, &Entry<'static>> =
        entries.iter().map(|entry| (&*entry.key, entry)).collect();
    let joined = |old: &Entry<'_>| match given.remove(&*old.key) {
        Some(new) => Entry { value: with_others(&new.value, &old.value), ..new.clone() },
        None => placeless_entry(old),
    };
    let mut joined: Vec<Entry<'static>> = there.iter().map(joined).collect();
    joined.extend(entries.iter().filter(|new| given.contains_key(&*new.key)).cloned());
    Node { span: new.span, value: Value::Map(joined) }
}
