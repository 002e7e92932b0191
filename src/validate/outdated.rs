//! Owns what a form has left behind: keys under their old names, which are read by their new ones, and keys
//! that are to be used no more.

use std::collections::BTreeSet;

use super::diags;
use crate::diag::Sink;
use crate::form::{Field, Form};
use crate::load::{Node, Segment, Value, pointer};
use crate::source::SourceId;

/// Gives keys their new names in a tree, and says which are old.
///
/// A key that stands there under both names keeps both: which of them counts is for its author to say.
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
        let fields = self.form.fields();
        let mut given = BTreeSet::new();
        let mut new_name = |key: &str| {
            let name = fields.new_name(field, key)?;
            (node.entry(name).is_none() && given.insert(name)).then(|| name.to_owned())
        };
        let names: Vec<Option<String>> =
            node.entries().iter().map(|entry| new_name(&entry.key)).collect();
        let Value::Map(entries) = &mut node.value else { return };
        for (entry, name) in entries.iter_mut().zip(names) {
            let at = entry.key_span.of(self.source);
            if let Some(name) = name {
                let found = diags::renamed_key(&entry.key, &name, at);
                self.path.push(Step::Key(entry.key.to_string()));
                self.sink.push(found.pointer(self.pointer()));
                self.path.pop();
                entry.key = name.into();
            }
            let Some(below) = fields.key(field, &entry.key) else { continue };
            self.path.push(Step::Key(entry.key.to_string()));
            if let Some(words) = &below.deprecated {
                let found = diags::deprecated_key(&entry.key, words, at);
                self.sink.push(found.pointer(self.pointer()));
            }
            self.enter(below, &mut entry.value);
            self.path.pop();
        }
    }

    fn pointer(&self) -> String {
        pointer(self.path.iter().map(|step| match step {
            Step::Key(key) => Segment::Key(key),
            Step::Index(index) => Segment::Index(*index),
        }))
    }
}
