//! Owns what a record and a case file say alike in different writing: the file's writing is taken then, so
//! that it counts as no change.

use std::collections::{BTreeMap, BTreeSet};

use super::meanings::Meanings;
use super::survey::owned;
use crate::form::Role;
use crate::load::{Entry, Node, Number, Segment, Value, pointer};

impl Meanings<'_> {
    /// A record with the order of keys, the years and the numbers of a file as they are written there, where
    /// both say the same.
    pub(super) fn as_in(&self, file: &Node<'_>, record: &Node<'static>) -> Node<'static> {
        let mut dates = BTreeSet::new();
        self.form.in_roles(record, &mut |value| {
            if value.role == Role::Date {
                dates.insert(value.pointer());
            }
        });
        let mut writing = Writing { dates, path: Vec::new() };
        let mut entries = record.entries().to_vec();
        for (entry, written) in record.entries().iter().zip(&mut entries) {
            if let Some(there) = file.get(&entry.key) {
                written.value = writing.below(Segment::Key(&entry.key), &entry.value, there);
            }
        }
        Node { span: record.span, value: Value::Map(entries) }
    }
}

/// A walk through a record beside a file.
struct Writing<'n> {
    /// Where the record has dates.
    dates: BTreeSet<String>,
    path: Vec<Segment<'n>>,
}

impl<'n> Writing<'n> {
    fn below(
        &mut self,
        step: Segment<'n>,
        node: &'n Node<'static>,
        file: &Node<'_>,
    ) -> Node<'static> {
        self.path.push(step);
        let written = self.node(node, file);
        self.path.pop();
        written
    }

    fn node(&mut self, node: &'n Node<'static>, file: &Node<'_>) -> Node<'static> {
        let value = match (&node.value, &file.value) {
            (Value::Map(entries), Value::Map(there)) => Value::Map(self.entries(entries, there)),
            (Value::List(items), Value::List(there)) => {
                let item = |(at, item): (usize, &'n Node<'static>)| match there.get(at) {
                    Some(there) => self.below(Segment::Index(at), item, there),
                    None => item.clone(),
                };
                Value::List(items.iter().enumerate().map(item).collect())
            }
            (Value::Number(one), Value::Number(two)) if is_equal(*one, *two) => Value::Number(*two),
            (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_))
                if node.as_word() == file.as_word() && self.is_date() =>
            {
                owned(file).value
            }
            (value, _) => value.clone(),
        };
        Node { span: node.span, value }
    }

    /// The entries of a mapping in the file's order; those that it does not have come last.
    fn entries(
        &mut self,
        entries: &'n [Entry<'static>],
        there: &[Entry<'_>],
    ) -> Vec<Entry<'static>> {
        let places: BTreeMap<&str, usize> =
            there.iter().enumerate().map(|(at, entry)| (&*entry.key, at)).collect();
        let place = |entry: &Entry<'_>| places.get(&*entry.key).copied();
        let as_in_file = |entry: &'n Entry<'static>| {
            let value = match place(entry).and_then(|at| there.get(at)) {
                Some(there) => self.below(Segment::Key(&entry.key), &entry.value, &there.value),
                None => entry.value.clone(),
            };
            Entry { value, ..entry.clone() }
        };
        let mut written: Vec<Entry<'static>> = entries.iter().map(as_in_file).collect();
        written.sort_by_key(|entry| place(entry).unwrap_or(usize::MAX));
        written
    }

    fn is_date(&self) -> bool {
        self.dates.contains(&pointer(self.path.iter().copied()))
    }
}

/// Whether two numbers are one, with a fraction of nothing or without.
fn is_equal(one: Number, other: Number) -> bool {
    match (one, other) {
        (Number::Int(one), Number::Int(other)) => one == other,
        (Number::Float(one), Number::Float(other)) => one == other,
        (Number::Int(int), Number::Float(float)) | (Number::Float(float), Number::Int(int)) => {
            float.fract() == 0.0 && format!("{float:.0}") == int.to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::yaml;
    use crate::diag::Sink;
    use crate::form::Form;
    use crate::load::{Limits, parse};
    use crate::model::Themes;
    use crate::source::SourceMap;
    use crate::vocab::Gazetteer;

    fn tree(text: &str) -> Node<'_> {
        let source = SourceMap::default().add("t.yaml", "");
        parse(source, text, Limits::default(), &mut Sink::new()).unwrap()
    }

    #[test]
    fn what_says_the_same_is_written_as_in_the_file_and_nothing_else_is() {
        let (themes, regions) = (Themes::default(), Gazetteer::official());
        let meanings = Meanings::new(Form::case(), &themes, &regions);
        let file = "title: 2017\nperiod: {end: \"2017\", start: 1998}\n\
                    results: [{when: 2014, value: 12, measure: Visits}, {value: 2}]\n";
        let record = "title: \"2017\"\nperiod: {start: \"1998\", end: 2018}\n\
                      results: [{measure: Visits, value: 12.0, when: \"2014\"}, {value: \"2\"}]\n";
        let written = meanings.as_in(&tree(file), &owned(&tree(record)));
        // A title is no date, and a number in words no number: these are changes.
        let expected = "title: \"2017\"\nperiod: {end: 2018, start: 1998}\n\
                        results: [{when: 2014, value: 12, measure: Visits}, {value: \"2\"}]\n";
        assert_eq!(yaml(&written), yaml(&tree(expected)));
    }
}
