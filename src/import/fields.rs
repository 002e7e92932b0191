//! Owns fields of the group's own on their way back out of an export: keys, numbers and what is not
//! published are as they were.

use std::borrow::Cow;

use super::by_roles::FIELDS;
use super::mapping::placeless;
use super::place::{Target, order, set, way};
use crate::form::{Field, Form, Kind, Pattern, Step, readable};
use crate::load::{Entry, Node, Number, Segment, Value, pointer};
use crate::source::Span;

/// A record out of JSON, in which fields of the group's own are back in their places. Those that have none
/// stay under their key, which the form does not know.
pub(super) fn all_restored(form: &Form, mut record: Node<'static>) -> Node<'static> {
    let Value::Map(entries) = &mut record.value else { return record };
    let is_exported = |entry: &Entry<'_>| {
        let items = entry.value.items();
        entry.key == FIELDS && items.iter().all(|item| item.get("pointer").is_some())
    };
    let Some(at) = entries.iter().position(is_exported) else { return record };
    let mut fields = entries.remove(at);
    if let Value::List(items) = &mut fields.value.value {
        items.retain(|field| put_back(form, &mut record, field).is_none());
    }
    if let (Value::Map(entries), false) = (&mut record.value, fields.value.items().is_empty()) {
        entries.push(fields);
    }
    record
}

/// Puts a field back to its pointer; nothing if it has no place.
fn put_back(form: &Form, record: &mut Node<'static>, field: &Node<'static>) -> Option<()> {
    let (pointer, value) = (field.get("pointer")?.as_str()?, field.get("value")?);
    let target = Target::parse(pointer, Span::default());
    let pattern = target.pattern()?;
    if !target.is_each() {
        let value = restored(form, target.steps(), value, None);
        target.put(record, value, "");
        return Some(());
    }
    let entries = value.entries();
    let ways = entries.iter().map(|entry| way_in_entry(&pattern, record, &entry.key));
    let ways: Option<Vec<_>> = ways.collect();
    for (way, entry) in ways?.into_iter().zip(entries) {
        set(record, &way, restored(form, &way, &entry.value, None));
    }
    Some(())
}

/// The way to a field of the one entry of a list that holds a name: values of such fields are gathered under
/// the names of their entries.
pub(super) fn way_in_entry(
    pattern: &Pattern,
    record: &Node<'_>,
    name: &str,
) -> Option<Vec<String>> {
    let (Step::Name(field), above) = pattern.steps().split_last()? else { return None };
    let mut found: Vec<Vec<String>> = Vec::new();
    Pattern::of(above).visit(record, &mut |node, _, path| {
        if node.entries().iter().any(|entry| entry.value.as_str() == Some(name)) {
            found.push(way(path));
        }
    });
    let mut way = found.pop().filter(|_| found.is_empty())?;
    way.push(field.clone());
    Some(way)
}

/// A value as it stands at a way: with the keys of the form, or of the file where the form is silent, in the
/// place of the names that readers see, and with numbers where years were words.
pub(super) fn restored(
    form: &Form,
    way: &[String],
    value: &Node<'static>,
    file: Option<&Node<'_>>,
) -> Node<'static> {
    let place: Pattern =
        pointer(way.iter().map(|step| Segment::Key(step))).parse().unwrap_or_default();
    let field = form.field_at(&place);
    let mut value = value.clone();
    Restoring { form, way: way.to_vec() }.node(&mut value, field, file);
    if let Some(field) = field {
        order(form.fields(), field, &mut value);
    }
    value
}

struct Restoring<'f> {
    form: &'f Form,
    way: Vec<String>,
}

impl Restoring<'_> {
    fn node(&mut self, node: &mut Node<'static>, field: Option<&Field>, file: Option<&Node<'_>>) {
        let fields = self.form.fields();
        match &mut node.value {
            Value::Map(entries) => {
                for entry in entries {
                    entry.key = Cow::Owned(self.key(&entry.key, field, file));
                    let below = field.and_then(|field| fields.key(field, &entry.key));
                    self.way.push(entry.key.to_string());
                    self.node(&mut entry.value, below, file.and_then(|file| file.get(&entry.key)));
                    self.way.pop();
                }
            }
            Value::List(items) => {
                let below = field.and_then(|field| fields.items(field));
                for (index, item) in items.iter_mut().enumerate() {
                    self.way.push("0".to_owned());
                    self.node(item, below, file.and_then(|file| file.items().get(index)));
                    self.way.pop();
                }
            }
            Value::String(text) => {
                if let Some(year) = self.year(text, file) {
                    node.value = Value::Number(year);
                }
            }
            _ => {}
        }
    }

    /// The key that readers see under a name.
    fn key(&self, name: &str, field: Option<&Field>, file: Option<&Node<'_>>) -> String {
        let fields = self.form.fields();
        let mut named = field.into_iter().flat_map(|field| fields.keys(field));
        if let Some((key, _)) = named.find(|(key, below)| below.name(key) == name) {
            return key.to_owned();
        }
        let is_other = |key: &str| {
            let below = field.and_then(|field| fields.key(field, key));
            below.map_or_else(|| readable(key), |below| below.name(key)) == name
        };
        let held = file.map_or(&[][..], Node::entries).iter().map(|entry| &*entry.key);
        held.into_iter().find(|key| is_other(key)).unwrap_or(name).to_owned()
    }

    /// A year: a whole number without a unit is exported as a word.
    fn year(&self, text: &str, file: Option<&Node<'_>>) -> Option<Number> {
        let year = Some(text).filter(|text| text.len() == 4)?.parse().ok()?;
        let place: Pattern =
            pointer(self.way.iter().map(|step| Segment::Key(step))).parse().ok()?;
        let was_number = file.is_some_and(|file| matches!(file.value, Value::Number(_)));
        let expected = self.form.expected_at(&place)?;
        (was_number || expected.is_only(&[Kind::Number, Kind::Whole])).then_some(Number::Int(year))
    }
}

/// A new value with all that a file has beside it and an export has not; none if nobody can tell any more
/// where that belongs.
pub(super) fn joined(
    new: Node<'static>,
    file: &Node<'_>,
    public: &Node<'_>,
) -> Option<Node<'static>> {
    let Node { span, value } = new;
    let value = match (value, &file.value) {
        (Value::Map(mut new), Value::Map(there)) => {
            let mut entries = Vec::new();
            for old in there {
                let at = new.iter().position(|new| new.key == old.key);
                entries.push(match (at.map(|at| new.remove(at)), public.get(&old.key)) {
                    (Some(new), Some(public)) => {
                        Entry { value: joined(new.value, &old.value, public)?, ..new }
                    }
                    (Some(new), None) => new,
                    (None, _) => super::placeless_entry(old),
                });
            }
            entries.extend(new);
            Value::Map(entries)
        }
        (Value::List(new), Value::List(there)) if !file.says_the_same_as(public) => {
            Value::List(entries_joined(new, there, public.items())?)
        }
        (value, _) => value,
    };
    Some(Node { span, value })
}

/// The entries of a list of which some hold what is not published.
fn entries_joined(
    new: Vec<Node<'static>>,
    file: &[Node<'_>],
    public: &[Node<'_>],
) -> Option<Vec<Node<'static>>> {
    if file.len() != public.len() {
        return None;
    }
    let mut left: Vec<usize> = (0..file.len()).collect();
    let mut take = |is_it: &dyn Fn(usize) -> bool| {
        let at = left.iter().position(|index| is_it(*index))?;
        Some(left.remove(at))
    };
    let mut same: Vec<Option<usize>> =
        new.iter().map(|new| take(&|index| public[index].says_the_same_as(new))).collect();
    if new.len() == file.len() {
        for (position, index) in same.iter_mut().enumerate().filter(|(_, index)| index.is_none()) {
            *index = take(&|index| index == position);
        }
    }
    let hides = |index: &usize| !file[*index].says_the_same_as(&public[*index]);
    if left.iter().any(hides) {
        return None;
    }
    let entries = new.into_iter().zip(same).map(|(new, index)| match index {
        Some(index) if public[index].says_the_same_as(&new) => Some(placeless(&file[index])),
        Some(index) => joined(new, &file[index], &public[index]),
        None => Some(new),
    });
    entries.collect()
}
