//! Owns changes in a case that is written between braces, as JSON is: single values are written anew in their
//! places.

use std::collections::BTreeSet;

use super::merge::Edit;
use crate::form::to_json;
use crate::load::{Entry, Node, Value};

/// What changes in a text so that a mapping between braces has some fields as a record has them; none if
/// that cannot be said.
pub(super) fn edits(
    text: &str,
    root: &Node<'_>,
    record: &Node<'_>,
    fields: &BTreeSet<&str>,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let is_taken = |entry: &&Entry<'_>| fields.contains(&*entry.key);
    let new: Vec<&Entry<'_>> = record.entries().iter().filter(is_taken).collect();
    let is_gone = |entry: &Entry<'_>| record.entry(&entry.key).is_none();
    if root.entries().iter().filter(is_taken).any(is_gone) {
        return None;
    }
    entries(text, root, &new, &mut edits)?;
    Some(edits)
}

/// Writes entries into a mapping, which keeps its others.
fn entries(text: &str, map: &Node<'_>, new: &[&Entry<'_>], edits: &mut Vec<Edit>) -> Option<()> {
    for new in new {
        match map.entry(&new.key) {
            Some(old) => value(text, &old.value, &new.value, edits)?,
            None => {
                let last = map.entries().last()?;
                let end = last.value.span.range().end;
                let key = serde_json::json!(new.key);
                let space = space_before(text, last)?;
                edits.push((end..end, format!(",{space}{key}: {}", written(&new.value))));
            }
        }
    }
    Some(())
}

/// What stands between a key and the mark before it: a new line, or a space.
fn space_before<'t>(text: &'t str, entry: &Entry<'_>) -> Option<&'t str> {
    let before = text.get(..entry.key_span.range().start)?;
    Some(&before[before.trim_end().len()..])
}

fn value(text: &str, old: &Node<'_>, new: &Node<'_>, edits: &mut Vec<Edit>) -> Option<()> {
    if old.says_the_same_as(new) {
        return Some(());
    }
    match (&old.value, &new.value) {
        (Value::Map(there), Value::Map(wanted))
            if !there.is_empty() && there.iter().all(|entry| new.entry(&entry.key).is_some()) =>
        {
            entries(text, old, &wanted.iter().collect::<Vec<_>>(), edits)
        }
        (Value::List(there), Value::List(wanted)) if there.len() == wanted.len() => {
            let mut pairs = there.iter().zip(wanted);
            pairs.try_for_each(|(old, new)| value(text, old, new, edits))
        }
        _ => {
            let range = old.span.range();
            // An alias or nothing at all has no place of its own.
            let slice = text.get(range.clone()).filter(|slice| !slice.starts_with('*'))?;
            let range = range.start..range.start + slice.trim_end().len();
            edits.push((Some(range).filter(|range| !range.is_empty())?, written(new)));
            Some(())
        }
    }
}

/// A value on one line, with a space behind each mark.
fn written(node: &Node<'_>) -> String {
    match &node.value {
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |entry: &Entry<'_>| {
                format!("{}: {}", serde_json::json!(entry.key), written(&entry.value))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        _ => to_json(node).to_string(),
    }
}
