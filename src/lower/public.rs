//! Owns the public part of a record: what its form marks as private goes before anything is read.

use std::borrow::Cow;

use crate::form::{Field, Form};
use crate::load::{Entry, Node, Value};
use crate::source::Span;

/// The keys of the built-in form below which nothing is published unasked.
const PRIVATE: &[&str] = &["contact", "consent"];

/// The one below which only the state is for the eyes of editors other than those who wrote it.
const REVIEW: (&str, &str) = ("review", "state");

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

/// A record without anything that is private: what its form hides, and what the built-in form keeps to
/// editors, be it published with consent or not.
pub(super) fn published<'s>(form: &Form, root: Node<'s>) -> Node<'s> {
    let mut root = match form.fields().hide_anything() {
        true => without_private(form, &root, form.fields().root()),
        false => root,
    };
    if let (None, Value::Map(entries)) = (form.roles(), &mut root.value) {
        entries.retain(|entry| entry.key != REVIEW.0 && !PRIVATE.contains(&&*entry.key));
    }
    root
}

/// Where a record says what must not be told even of a fault in it.
pub(super) fn hidden(form: &Form, root: &Node<'_>) -> Vec<Span> {
    let mut hidden = Vec::new();
    if form.roles().is_none() {
        hidden.extend(PRIVATE.iter().filter_map(|key| Some(root.get(key)?.span)));
        let review = root.get(REVIEW.0).map_or(&[][..], Node::entries).iter();
        let notes = review.filter(|entry| entry.key != REVIEW.1);
        hidden.extend(notes.map(|entry| entry.value.span));
    }
    if form.fields().hide_anything() {
        gather(form, root, form.fields().root(), &mut hidden);
    }
    hidden
}

/// Gathers the places of what a form marks as private; what lies below is private with it.
fn gather(form: &Form, node: &Node<'_>, field: Option<&Field>, hidden: &mut Vec<Span>) {
    if field.is_some_and(|field| field.private) {
        hidden.push(node.span);
        return;
    }
    for entry in node.entries() {
        let below = field.and_then(|field| form.fields().key(field, &entry.key));
        gather(form, &entry.value, below, hidden);
    }
    let below = field.and_then(|field| form.fields().items(field));
    for item in node.items() {
        gather(form, item, below, hidden);
    }
}
