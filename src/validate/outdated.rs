//! Owns what a form has left behind: keys under their old names, which are read by their new ones, and keys
//! that are to be used no more.

use std::collections::BTreeMap;

use super::diags;
use crate::diag::{Diagnostic, Sink};
use crate::form::{Field, Fields, Form};
use crate::load::{Entry, Node, Segment, Value, pointer};
use crate::source::{SourceId, Span};

/// Gives keys their new names in a tree, and says which are old.
///
/// A key that stands there under two names keeps both: which of them counts is for its author to say.
pub fn bring_up_to_date(form: &Form, source: SourceId, root: &mut Node<'_>, sink: &mut Sink) {
    let fields = form.fields();
    if let Some(field) = fields.root().filter(|_| fields.leave_anything_behind()) {
        let mut walk = Walk { form, source, sink, path: Vec::new() };
        walk.enter(field, root);
    }
}

struct Walk<'a> {
    form: &'a Form,
    source: SourceId,
    sink: &'a mut Sink,
    path: Vec<Step>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Walk<'_> {
    /// The nesting of a tree is limited.
    fn enter(&mut self, field: &Field, node: &mut Node<'_>) {
        match &mut node.value {
            Value::Map(_) => self.enter_keys(field, node),
            Value::List(items) => {
                let Some(below) = self.form.fields().items(field) else { return };
                for (index, item) in items.iter_mut().enumerate() {
                    self.path.push(Step::Index(index));
                    self.enter(below, item);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    fn enter_keys(&mut self, field: &Field, node: &mut Node<'_>) {
        let names = new_names(self.form.fields(), field, node);
        let Value::Map(entries) = &mut node.value else { return };
        for (entry, name) in entries.iter_mut().zip(names) {
            self.path.push(Step::Key(entry.key.to_string()));
            if let Some(name) = name {
                self.rename(entry, name);
            }
            self.path.pop();
            let Some(below) = self.form.fields().key(field, &entry.key) else { continue };
            self.path.push(Step::Key(entry.key.to_string()));
            if let Some(words) = &below.deprecated {
                let at = entry.key_span.of(self.source);
                self.push(diags::deprecated_key(&entry.key, words, at));
            }
            self.enter(below, &mut entry.value);
            self.path.pop();
        }
    }

    fn rename(&mut self, entry: &mut Entry<'_>, NewName { name, taken }: NewName) {
        let at = entry.key_span.of(self.source);
        match taken {
            None => {
                self.push(diags::renamed_key(&entry.key, &name, at));
                entry.key = name.into();
            }
            Some((other, span)) => {
                let other = (other.as_str(), span.of(self.source));
                self.push(diags::named_twice(&entry.key, &name, at, other));
            }
        }
    }

    fn push(&mut self, found: Diagnostic) {
        let found = found.pointer(self.pointer());
        self.sink.push(found);
    }

    fn pointer(&self) -> String {
        pointer(self.path.iter().map(|step| match step {
            Step::Key(key) => Segment::Key(key),
            Step::Index(index) => Segment::Index(*index),
        }))
    }
}

/// What a key is called now.
struct NewName {
    name: String,
    /// The key that has this name already, or gets it, with its place.
    taken: Option<(String, Span)>,
}

/// The new names of the keys of a mapping, each beside its key; none of a key that has its name still.
fn new_names(fields: &Fields, field: &Field, node: &Node<'_>) -> Vec<Option<NewName>> {
    let mut given = BTreeMap::new();
    let new_name = |entry: &Entry<'_>| {
        let name = fields.new_name(field, &entry.key)?;
        let taken = node.entry(name).map(|other| (other.key.to_string(), other.key_span));
        let taken = taken.or_else(|| given.get(name).cloned());
        given.entry(name).or_insert_with(|| (entry.key.to_string(), entry.key_span));
        Some(NewName { name: name.to_owned(), taken })
    };
    node.entries().iter().map(new_name).collect()
}
