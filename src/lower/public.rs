//! Owns the public part of a record: what its form marks as private goes before anything is read.

use std::borrow::Cow;

use crate::form::{Field, Form};
use crate::load::{Entry, Node, Value};

/// The record itself if its form hides nothing, else a copy without what is private.
pub(super) fn part<'n>(form: &Form, root: &'n Node<'n>) -> Cow<'n, Node<'n>> {
    if form.fields().hide_anything() {
        Cow::Owned(without_private(form, root, form.fields().root()))
    } else {
        Cow::Borrowed(root)
    }
}

fn without_private<'s>(form: &Form, node: &Node<'s>, field: Option<&Field>) -> Node<'s> {
    let is_public = |field: &Option<&Field>| !field.is_some_and(|field| field.private);
    let value = match &node.value {
        Value::Map(entries) => {
            let public = entries.iter().filter_map(|entry| {
                let below = field.and_then(|field| form.fields().key(field, &entry.key));
                is_public(&below).then(|| Entry {
                    key: entry.key.clone(),
                    key_span: entry.key_span,
                    value: without_private(form, &entry.value, below),
                })
            });
            Value::Map(public.collect())
        }
        Value::List(items) => {
            let below = field.and_then(|field| form.fields().items(field));
            let public = items.iter().filter(|_| is_public(&below));
            Value::List(public.map(|item| without_private(form, item, below)).collect())
        }
        value => value.clone(),
    };
    Node { span: node.span, value }
}
