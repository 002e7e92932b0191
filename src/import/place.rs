//! Owns the places of a record that values are put into, and the order in which they then stand.

use std::borrow::Cow;

use crate::form::{Field, Fields, Form, Pattern};
use crate::load::{Entry, Node, Segment, Value, pointer};
use crate::source::Span;

/// Entries of a list that columns are put into one by one.
const MOST_ENTRIES: usize = 200;

/// The step that stands for an entry of its own for each part of a cell.
const EACH: &str = "*";

/// Steps of a way into a record.
const MOST_STEPS: usize = 12;

/// A field of a record that values are put into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Target {
    steps: Vec<String>,
    /// Where the mapping names it.
    pub(super) at: Span,
}

impl Target {
    /// Reads `organisations.0.name`, `organisations/0/name` or the pointer `/organisations/0/name`.
    pub(super) fn parse(name: &str, at: Span) -> Self {
        let name = name.trim();
        let steps = match name.strip_prefix('/') {
            Some(path) => {
                path.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
            }
            None => name.split(['.', '/']).map(str::to_owned).collect(),
        };
        Self { steps, at }
    }

    /// The place as the form is asked for it; none if nothing can be put there.
    pub(super) fn pattern(&self) -> Option<Pattern> {
        let is_usable = |step: &String| match step.parse::<usize>() {
            Ok(index) => index < MOST_ENTRIES,
            Err(_) => !step.trim().is_empty(),
        };
        let each = self.steps.iter().filter(|step| *step == EACH).count();
        let is_sound = each <= 1
            && self.steps.len() <= MOST_STEPS
            && self.steps.iter().all(is_usable)
            && self.steps.first().is_none_or(|step| step != EACH);
        is_sound.then(|| self.pointer().parse().ok()).flatten()
    }

    /// Its keys and numbers, one behind the other.
    pub(super) fn steps(&self) -> &[String] {
        &self.steps
    }

    /// The place as a JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        pointer(self.steps.iter().map(|step| Segment::Key(step)))
    }

    /// The place of another key beside it.
    pub(super) fn beside(&self, key: &str) -> Self {
        let mut steps = self.steps.clone();
        steps.pop();
        steps.push(key.to_owned());
        Self { steps, at: self.at }
    }

    /// Whether it is a field of a record or lies in it.
    pub(super) fn is_in(&self, field: &str) -> bool {
        self.steps.first().is_some_and(|step| step == field)
    }

    /// Whether every part of a cell gets an entry of its own, as in `organisations.*.name`.
    pub(super) fn is_each(&self) -> bool {
        self.steps.iter().any(|step| step == EACH)
    }

    /// The place in the entry behind those that a record has already, so many further on.
    pub(super) fn in_new_entry(&self, root: &Node<'static>, further: usize) -> Self {
        let around = self.steps.iter().take_while(|step| *step != EACH);
        let list = root.walk(around.map(|step| Segment::Key(step)));
        let index = (list.map_or(0, |list| list.items().len()) + further).min(MOST_ENTRIES);
        let step = |step: &String| if step == EACH { index.to_string() } else { step.clone() };
        Self { steps: self.steps.iter().map(step).collect(), at: self.at }
    }

    /// Puts a value into a record. Texts are joined to those that are there already, entries added to
    /// lists.
    pub(super) fn put(&self, root: &mut Node<'static>, value: Node<'static>, between: &str) {
        put(root, &self.steps, value, between);
    }
}

fn put(node: &mut Node<'static>, steps: &[String], value: Node<'static>, between: &str) {
    let Some((step, rest)) = steps.split_first() else {
        return join(node, value, between);
    };
    let index = step.parse::<usize>().ok().filter(|_| !matches!(node.value, Value::Map(_)));
    let below = match index {
        Some(index) => entry_of_list(node, index),
        None => entry_of_map(node, step, value.span),
    };
    if let Some(below) = below {
        put(below, rest, value, between);
    }
}

/// The steps of a path.
pub(super) fn way(path: &[Segment<'_>]) -> Vec<String> {
    let step = |segment: &Segment<'_>| match segment {
        Segment::Key(key) => (*key).to_owned(),
        Segment::Index(index) => index.to_string(),
    };
    path.iter().map(step).collect()
}

/// Puts a value into a record in the place of what is there.
pub(super) fn set(root: &mut Node<'static>, way: &[String], value: Node<'static>) {
    let Some((step, rest)) = way.split_first() else {
        *root = value;
        return;
    };
    let index = step.parse::<usize>().ok().filter(|_| !matches!(root.value, Value::Map(_)));
    let below = match index {
        Some(index) if index < MOST_ENTRIES || index < root.items().len() => {
            entry_of_list(root, index)
        }
        Some(_) => None,
        None => entry_of_map(root, step, value.span),
    };
    if let Some(below) = below {
        set(below, rest, value);
    }
}

/// The value at the end of a way.
pub(super) fn at<'n, 's>(root: &'n Node<'s>, way: &[String]) -> Option<&'n Node<'s>> {
    way.iter().try_fold(root, |node, step| match &node.value {
        Value::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => node.get(step),
    })
}

fn nothing() -> Node<'static> {
    Node { span: Span::default(), value: Value::Null }
}

fn entry_of_list<'n>(node: &'n mut Node<'static>, index: usize) -> Option<&'n mut Node<'static>> {
    if node.value == Value::Null {
        node.value = Value::List(Vec::new());
    }
    let Value::List(items) = &mut node.value else { return None };
    if items.len() <= index {
        items.resize(index + 1, nothing());
    }
    items.get_mut(index)
}

fn entry_of_map<'n>(
    node: &'n mut Node<'static>,
    key: &str,
    span: Span,
) -> Option<&'n mut Node<'static>> {
    if node.value == Value::Null {
        node.value = Value::Map(Vec::new());
    }
    let Value::Map(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key == key).unwrap_or(entries.len());
    if at == entries.len() {
        let key = Cow::Owned(key.to_owned());
        entries.push(Entry { key, key_span: span, value: nothing() });
    }
    entries.get_mut(at).map(|entry| &mut entry.value)
}

fn join(node: &mut Node<'static>, new: Node<'static>, between: &str) {
    match (&mut node.value, new.value) {
        (_, Value::Null) => {}
        (Value::List(items), Value::List(more)) => items.extend(more),
        (Value::List(items), value) => items.push(Node { span: new.span, value }),
        (Value::String(text), Value::String(more)) => {
            *text = Cow::Owned(format!("{text}{between}{more}"));
        }
        (_, value) => *node = Node { span: new.span, value },
    }
}

/// Takes out what holds nothing, so that the third partner of two leaves no gap.
pub(super) fn prune(node: &mut Node<'static>) {
    let is_empty = |node: &Node<'_>| match &node.value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    match &mut node.value {
        Value::List(items) => {
            items.iter_mut().for_each(prune);
            items.retain(|item| !is_empty(item));
        }
        Value::Map(entries) => {
            entries.iter_mut().for_each(|entry| prune(&mut entry.value));
            entries.retain(|entry| !is_empty(&entry.value));
        }
        _ => {}
    }
}

/// Puts the keys of a record into the order of its form; those that it does not know come last.
pub(super) fn put_in_order(form: &Form, record: &mut Node<'static>) {
    if let Some(root) = form.fields().root() {
        order(form.fields(), root, record);
    }
}

/// Puts the keys of a value of a record into the order of its field, and those of values inside it.
pub(super) fn order(fields: &Fields, field: &Field, node: &mut Node<'static>) {
    match &mut node.value {
        Value::Map(entries) => {
            let rank = |key: &str| fields.keys(field).position(|(known, _)| known == key);
            entries.sort_by_cached_key(|entry| rank(&entry.key).unwrap_or(usize::MAX));
            for entry in entries {
                if let Some(below) = fields.key(field, &entry.key) {
                    order(fields, below, &mut entry.value);
                }
            }
        }
        Value::List(items) => {
            let Some(below) = fields.items(field) else { return };
            items.iter_mut().for_each(|item| order(fields, below, item));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::survey::text;
    use super::*;

    #[test]
    fn values_find_their_place_and_gaps_close() {
        let mut record = nothing();
        let mut put = |place: &str, value: &str| {
            let value = text(value, Span::default());
            Target::parse(place, Span::default()).put(&mut record, value, " ");
        };
        put("status", "pilot");
        put("organisations.2.name", "C");
        put("organisations/0/role", "lead");
        put("/organisations/0/name", "A");
        put("title", "One");
        put("title", "case");
        put("sources.S1.title", "Book");
        prune(&mut record);
        put_in_order(Form::case(), &mut record);
        let expected = "title: One case\nstatus: pilot\norganisations:\n  - name: A\n    role: lead\n  \
                        - name: C\nsources:\n  S1:\n    title: Book\n";
        assert_eq!(crate::compose::yaml(&record), expected);
    }

    #[test]
    fn a_way_that_leads_nowhere_is_none() {
        let pattern = |name: &str| Target::parse(name, Span::default()).pattern();
        assert!(pattern("period.start").is_some());
        for name in ["", "a..b", "*.value", "a.*.b.*", "results.99999999.value"] {
            assert!(pattern(name).is_none(), "{name}");
        }
    }
}
