//! Owns the tree that YAML text becomes: plain JSON-like values, each with its span.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    /// The bytes of the value; of an alias, the bytes of the alias.
    pub span: Span,
    /// The value.
    pub value: Value<'s>,
}

/// A value of the YAML 1.2 core schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(Cow<'s, str>),
    /// A sequence.
    List(Vec<Node<'s>>),
    /// A mapping, in the file's order.
    Map(Vec<Entry<'s>>),
}

/// A number, kept as it was written: with or without a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole number.
    Int(i64),
    /// A finite number with a fraction or an exponent, or a whole number beyond 64 bits.
    Float(f64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(int) => int.fmt(f),
            Self::Float(float) => float.fmt(f),
        }
    }
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'s> {
    /// The key's text.
    pub key: Cow<'s, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

/// One step from a node to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'a> {
    /// The value of a key.
    Key(&'a str),
    /// An entry of a list, from 0.
    Index(usize),
}

impl<'s> Node<'s> {
    /// The entry of a key, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry<'s>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry<'s>] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The entries of a list; none for anything else.
    pub fn items(&self) -> &[Node<'s>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A text, number or answer as a text; nothing for lists, mappings and empty values.
    pub fn as_word(&self) -> Option<Cow<'_, str>> {
        match &self.value {
            Value::String(text) => Some(Cow::Borrowed(text.trim())).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            Value::Bool(true) => Some(Cow::Borrowed("yes")),
            Value::Bool(false) => Some(Cow::Borrowed("no")),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether two nodes say the same, wherever they stand and however they are written. The order of
    /// keys says nothing. The nesting of a tree is limited.
    pub fn says_the_same_as(&self, other: &Node<'_>) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Number(one), Value::Number(two)) => one == two,
            (Value::String(one), Value::String(two)) => one == two,
            (Value::List(one), Value::List(two)) => {
                let mut pairs = one.iter().zip(two);
                one.len() == two.len() && pairs.all(|(one, two)| one.says_the_same_as(two))
            }
            (Value::Map(one), Value::Map(two)) => {
                let two: BTreeMap<&str, &Node<'_>> =
                    two.iter().map(|entry| (&*entry.key, &entry.value)).collect();
                let is_there = |entry: &Entry<'_>| {
                    two.get(&*entry.key).is_some_and(|two| entry.value.says_the_same_as(two))
                };
                one.len() == two.len() && one.iter().all(is_there)
            }
            _ => false,
        }
    }

    /// Moves this node and all below it by so many bytes. The nesting of a tree is limited.
    pub(super) fn move_by(&mut self, bytes: usize) {
        self.span = self.span.moved_by(bytes);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_by(bytes)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key_span = entry.key_span.moved_by(bytes);
                    entry.value.move_by(bytes);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The node at the end of a path.
    pub fn walk<'a>(&self, path: impl IntoIterator<Item = Segment<'a>>) -> Option<&Node<'s>> {
        path.into_iter().try_fold(self, |node, segment| match segment {
            Segment::Key(key) => node.get(key),
            Segment::Index(index) => node.items().get(index),
        })
    }

    /// What kind of value this is, in words for a contributor.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(Number::Int(_)) => "a whole number",
            Value::Number(Number::Float(_)) => "a number",
            Value::String(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
        }
    }
}

/// A JSON Pointer (RFC 6901) from path segments.
pub fn pointer<'a>(path: impl IntoIterator<Item = Segment<'a>>) -> String {
    let mut out = String::new();
    for segment in path {
        out.push('/');
        match segment {
            Segment::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Index(index) => {
                let _ = write!(out, "{index}");
            }
        }
    }
    out
}
