//! Owns the comparison of two records or texts, place by place, with the words marked that are others.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::load::{Node, Segment, Value, pointer};
use crate::model::{FieldChange, Piece};
use crate::source::Span;

/// How much work the comparison of two records may be: pairs of words and of entries. Beyond it, what
/// changed is shown as a whole. Nobody reads the words of texts that are so long.
const MOST_PAIRS: usize = 30_000_000;

/// What the second record says otherwise than the first.
pub(super) fn field_changes(old: &Node<'_>, new: &Node<'_>) -> Vec<FieldChange> {
    let mut comparison = Comparison { path: Vec::new(), found: Vec::new(), left: MOST_PAIRS };
    comparison.compare(old, new);
    comparison.found
}

/// What the second text says otherwise than the first, paragraph by paragraph.
pub(super) fn paragraph_changes(old: &str, new: &str) -> Vec<FieldChange> {
    field_changes(&paragraphs(old), &paragraphs(new))
}

/// A text as a list of its paragraphs, which blank lines part.
fn paragraphs(text: &str) -> Node<'static> {
    let lines: Vec<&str> = text.lines().collect();
    let parts = lines.split(|line| line.trim().is_empty()).filter(|part| !part.is_empty());
    let node = |value| Node { span: Span::default(), value };
    node(Value::List(parts.map(|part| node(Value::String(part.join("\n").into()))).collect()))
}

/// One step to a place.
#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

struct Comparison {
    path: Vec<Step>,
    found: Vec<FieldChange>,
    left: usize,
}

impl Comparison {
    fn compare(&mut self, old: &Node<'_>, new: &Node<'_>) {
        match (&old.value, &new.value) {
            _ if old.says_the_same_as(new) => {}
            (Value::Map(_), Value::Map(_)) => self.compare_keys(old, new),
            (Value::List(one), Value::List(two)) => self.compare_entries(one, two),
            (Value::String(one), Value::String(two)) => {
                let words = self.words(one, two);
                if words.iter().any(|piece| !matches!(piece, Piece::Same(_))) {
                    self.push(words);
                }
            }
            _ => self.push(replaced(said(old), said(new))),
        }
    }

    fn compare_keys(&mut self, old: &Node<'_>, new: &Node<'_>) {
        let by_key = |node: &Node<'_>| -> BTreeMap<String, usize> {
            let keys = node.entries().iter().enumerate();
            keys.map(|(at, entry)| (entry.key.clone().into_owned(), at)).collect()
        };
        let (before, now) = (by_key(old), by_key(new));
        for entry in new.entries() {
            self.path.push(Step::Key(entry.key.clone().into_owned()));
            let was = before.get(&*entry.key).and_then(|at| old.entries().get(*at));
            match was {
                Some(was) => self.compare(&was.value, &entry.value),
                None => self.push(vec![Piece::Added(said(&entry.value))]),
            }
            self.path.pop();
        }
        for entry in old.entries().iter().filter(|entry| !now.contains_key(&*entry.key)) {
            self.path.push(Step::Key(entry.key.clone().into_owned()));
            self.push(vec![Piece::Removed(said(&entry.value))]);
            self.path.pop();
        }
    }

    fn compare_entries(&mut self, old: &[Node<'_>], new: &[Node<'_>]) {
        let texts = |nodes: &[Node<'_>]| nodes.iter().map(said).collect::<Vec<_>>();
        let (before, now) = (texts(old), texts(new));
        for operation in self.operations(&before, &now) {
            let (was, is) = (operation.old_range(), operation.new_range());
            if matches!(operation, DiffOp::Equal { .. }) {
                continue;
            }
            // What stands in the place of something like it is compared with that.
            let pairs = was.clone().zip(is.clone()).take_while(|(was, is)| {
                matches!((old.get(*was), new.get(*is)), (Some(was), Some(is)) if are_alike(was, is))
            });
            let pairs: Vec<(usize, usize)> = pairs.collect();
            for (was, is) in &pairs {
                if let (Some(was), Some(new)) = (old.get(*was), new.get(*is)) {
                    self.path.push(Step::Index(*is));
                    self.compare(was, new);
                    self.path.pop();
                }
            }
            let rest = |texts: &[String], range: std::ops::Range<usize>| {
                texts.get(range).unwrap_or_default().iter().skip(pairs.len()).cloned().collect()
            };
            let gone: Vec<String> = rest(&before, was);
            let come: Vec<String> = rest(&now, is);
            let pieces = (gone.into_iter().map(Piece::Removed))
                .chain(come.into_iter().map(Piece::Added))
                .collect::<Vec<_>>();
            if !pieces.is_empty() {
                self.push(pieces);
            }
        }
    }

    /// The words of two texts, side by side. Where lines end says nothing.
    fn words(&mut self, old: &str, new: &str) -> Vec<Piece> {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (before, now) = (split(old), split(new));
        let mut pieces = Vec::new();
        for operation in self.operations(&before, &now) {
            let was = before.get(operation.old_range()).unwrap_or_default().join(" ");
            let is = now.get(operation.new_range()).unwrap_or_default().join(" ");
            match operation {
                DiffOp::Equal { .. } => pieces.push(Piece::Same(is)),
                _ => pieces.extend(replaced(was, is)),
            }
        }
        pieces
    }

    /// What makes one list of texts into another; as a whole, if it would take too long to tell.
    fn operations(&mut self, old: &[String], new: &[String]) -> Vec<DiffOp> {
        let pairs = old.len().saturating_mul(new.len());
        match self.left.checked_sub(pairs) {
            Some(left) => {
                self.left = left;
                capture_diff_slices(Algorithm::Myers, old, new)
            }
            None => vec![DiffOp::Replace {
                old_index: 0,
                old_len: old.len(),
                new_index: 0,
                new_len: new.len(),
            }],
        }
    }

    fn push(&mut self, words: Vec<Piece>) {
        let segments = self.path.iter().map(|step| match step {
            Step::Key(key) => Segment::Key(key),
            Step::Index(index) => Segment::Index(*index),
        });
        self.found.push(change_at(&segments.collect::<Vec<_>>(), words));
    }
}

/// What changed at the end of a way.
pub(super) fn change_at(path: &[Segment<'_>], words: Vec<Piece>) -> FieldChange {
    let place = path.iter().map(|segment| match segment {
        Segment::Key(key) => (*key).to_owned(),
        Segment::Index(index) => (index + 1).to_string(),
    });
    let place = place.collect::<Vec<_>>().join(" ");
    FieldChange { pointer: pointer(path.iter().copied()), place, words }
}

/// Whether two entries of a list are so alike that one may have become the other: groups of keys, or
/// sentences. A word in a list is there or not.
fn are_alike(old: &Node<'_>, new: &Node<'_>) -> bool {
    match (&old.value, &new.value) {
        (Value::Map(_), Value::Map(_)) => true,
        (Value::String(old), Value::String(new)) => {
            [old, new].iter().all(|text| text.contains(' '))
        }
        _ => false,
    }
}

fn replaced(old: String, new: String) -> Vec<Piece> {
    let pieces = [Piece::Removed(old), Piece::Added(new)];
    pieces.into_iter().filter(|piece| !piece.text().is_empty()).collect()
}

/// A value in one line.
fn said(node: &Node<'_>) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::List(items) => items.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Map(entries) => {
            let entry =
                |entry: &crate::load::Entry<'_>| format!("{}: {}", entry.key, said(&entry.value));
            entries.iter().map(entry).collect::<Vec<_>>().join("; ")
        }
    }
}
