//! Every key and entry of every real case deleted, repeated, renamed and given another type in turn:
//! what the schema forbids is found, and found where it is.

use std::ops::Range;

use rayon::prelude::*;
use serde_json::Value as Json;

use casebook::diag::{Diagnostic, Sink};
use casebook::form::{CASE_SCHEMA, Form};
use casebook::load::{Limits, Node, Segment, Value, parse, pointer};
use casebook::source::SourceMap;
use casebook::validate::check_form;

use crate::demands::Demands;
use crate::edits::{Edited, Entry};
use crate::support::sample;

/// One key or list entry of a case.
struct Place<'a> {
    /// The name of the case's file.
    name: &'a str,
    entry: Entry<'a>,
    /// The pointer of the mapping or list.
    parent: String,
    /// What the schema says of the mapping or list.
    demands: Demands<'a>,
    step: Segment<'a>,
    value: &'a Node<'a>,
}

/// Runs a check on every key and entry of all cases, and says how many times it found something.
fn everywhere(check: impl Fn(&Place<'_>) -> bool + Sync) -> usize {
    let files = sample();
    let form: Json = serde_json::from_str(CASE_SCHEMA).unwrap();
    let cases: Vec<_> = files.0.iter().filter(|(name, _)| name.starts_with("cases/")).collect();
    assert_eq!(cases.len(), 41);
    let found = cases.par_iter().map(|(name, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap();
        let source = SourceMap::default().add(name.as_str(), "");
        let root = parse(source, text, Limits::default(), &mut Vec::new()).unwrap();
        let mut hits = 0;
        walk(&root, Demands::of(&form), &mut Vec::new(), &mut |parent, demands, path, index| {
            let step = path.last().copied().unwrap();
            let place = Place {
                name,
                entry: Entry { text, parent, index },
                parent: pointer(path[..path.len() - 1].iter().copied()),
                demands,
                step,
                value: parent.walk([step]).unwrap(),
            };
            hits += usize::from(check(&place));
        });
        hits
    });
    found.sum()
}

/// Takes a collection, what the schema says of it, the path to an entry of it, and which one that is.
type Visit<'a, 'v> = dyn FnMut(&'a Node<'a>, Demands<'a>, &[Segment<'a>], usize) + 'v;

/// Visits all entries of all collections below a node.
fn walk<'a>(
    node: &'a Node<'a>,
    demands: Demands<'a>,
    path: &mut Vec<Segment<'a>>,
    visit: &mut Visit<'a, '_>,
) {
    for (index, entry) in node.entries().iter().enumerate() {
        path.push(Segment::Key(&entry.key));
        visit(node, demands, path, index);
        walk(&entry.value, demands.key(&entry.key), path, visit);
        path.pop();
    }
    for (index, item) in node.items().iter().enumerate() {
        path.push(Segment::Index(index));
        visit(node, demands, path, index);
        walk(item, demands.item(), path, visit);
        path.pop();
    }
}

impl Place<'_> {
    /// What the loader and the form find in a changed text.
    fn check(&self, text: &str) -> Sink {
        let source = SourceMap::default().add(self.name, "");
        let mut sink = Sink::new();
        if let Some(root) = parse(source, text, Limits::default(), &mut sink) {
            check_form(Form::case(), source, &root, &mut sink);
        }
        sink
    }

    fn pointer(&self) -> String {
        format!("{}{}", self.parent, pointer([self.step]))
    }

    fn key(&self) -> Option<&str> {
        match self.step {
            Segment::Key(key) => Some(key),
            Segment::Index(_) => None,
        }
    }

    /// The one fault of a code at a pointer.
    #[track_caller]
    fn fault<'o>(&self, found: &'o Sink, code: &str, pointer: &str) -> &'o Diagnostic {
        let is_it =
            |d: &&Diagnostic| d.code.as_str() == code && d.pointer.as_deref() == Some(pointer);
        let mut hits = found.iter().filter(is_it);
        match (hits.next(), hits.next()) {
            (Some(hit), None) => hit,
            _ => panic!(
                "{} {}: not one {code} at {pointer:?} in {:#?}",
                self.name,
                self.pointer(),
                found
            ),
        }
    }

    /// The pointers of all faults of a code.
    fn pointers<'o>(&self, found: &'o Sink, code: &str) -> Vec<&'o str> {
        let all = found.iter().filter(|d| d.code.as_str() == code);
        all.filter_map(|d| d.pointer.as_deref()).collect()
    }

    /// Checks that a key is missed if, and only if, the schema demands it.
    #[track_caller]
    fn is_missed(&self, found: &Sink, key: &str) -> bool {
        let must_fail = self.demands.requires(key);
        let expected: &[&str] = if must_fail { &[&self.parent] } else { &[] };
        let context = || format!("{} {}", self.name, self.pointer());
        assert_eq!(self.pointers(found, "missing-key"), expected, "{}", context());
        if must_fail {
            let fault = self.fault(found, "missing-key", &self.parent);
            assert_eq!(fault.message, format!("the key `{key}` is missing"), "{}", context());
        }
        must_fail
    }
}

fn primary(fault: &Diagnostic) -> Range<usize> {
    fault.primary.as_ref().unwrap().location.span.range()
}

#[test]
fn what_is_deleted_is_missed_if_it_must_be_there() {
    let missed = everywhere(|place| {
        let found = place.check(&place.entry.delete());
        match place.key() {
            Some(key) => place.is_missed(&found, key),
            None => {
                let left = place.entry.parent.items().len() - 1;
                let must_fail = left < place.demands.fewest_items();
                if must_fail {
                    place.fault(&found, "wrong-size", &place.parent);
                }
                must_fail
            }
        }
    });
    assert!(missed > 1000, "{missed}");
}

#[test]
fn what_stands_twice_is_found_the_second_time() {
    let found = everywhere(|place| {
        let Edited { text, changed } = place.entry.duplicate();
        let found = place.check(&text);
        if place.key().is_none() {
            let left = place.entry.parent.items().len() + 1;
            if place.demands.forbids_repetition() {
                let fault = place.fault(&found, "not-unique", &place.parent);
                assert_eq!(primary(fault), changed, "{} {}", place.name, place.pointer());
            }
            if left > place.demands.most_items() {
                place.fault(&found, "wrong-size", &place.parent);
            }
            return place.demands.forbids_repetition();
        }
        let twice: Vec<_> = found.iter().filter(|d| d.code.as_str() == "duplicate-key").collect();
        let [fault] = twice.as_slice() else {
            panic!("{} {}: {:#?}", place.name, place.pointer(), found)
        };
        let first = place.entry.parent.entries()[place.entry.index].key_span.range();
        assert_eq!(primary(fault), changed.start..changed.start + first.len());
        assert_eq!(fault.related[0].location.span.range(), first);
        true
    });
    assert!(found > 4000, "{found}");
}

#[test]
fn a_renamed_key_is_unknown_and_its_old_name_is_proposed() {
    let found = everywhere(|place| {
        let Some(key) = place.key() else { return false };
        if place.demands.leaves_keys_free() {
            let found = place.check(&place.entry.rename('q').text);
            assert_eq!(place.pointers(&found, "unknown-key"), [""; 0], "{}", place.pointer());
            // What is free must be written like a key all the same.
            let Edited { text, changed } = place.entry.rename('!');
            let found = place.check(&text);
            let fault = place.fault(&found, "wrong-pattern", &place.parent);
            assert_eq!(primary(fault), changed, "{} {}", place.name, place.pointer());
            return true;
        }
        let Edited { text, changed } = place.entry.rename('q');
        let found = place.check(&text);
        let fault = place.fault(&found, "unknown-key", &format!("{}q", place.pointer()));
        assert_eq!(primary(fault), changed);
        let label = &fault.primary.as_ref().unwrap().text;
        assert_eq!(*label, format!("did you mean `{key}`?"), "{} {}", place.name, place.pointer());
        if fault.fix.is_some() {
            // What is surely this key is not told of as missing too.
            assert_eq!(place.pointers(&found, "missing-key"), [""; 0], "{}", place.pointer());
        } else {
            place.is_missed(&found, key);
        }
        true
    });
    assert!(found > 3500, "{found}");
}

#[test]
fn a_value_of_another_type_is_refused() {
    let found = everywhere(|place| {
        let (value, kind) = match &place.value.value {
            Value::String(_) => ("[casebook]", "array"),
            Value::Map(_) => ("7", "integer"),
            _ => ("casebook", "string"),
        };
        let demands = match place.key() {
            Some(key) => place.demands.key(key),
            None => place.demands.item(),
        };
        let Some(code) = demands.fault_of_type(kind) else { return false };
        let Edited { text, changed } = place.entry.retype(value);
        let found = place.check(&text);
        let fault = place.fault(&found, code, &place.pointer());
        assert_eq!(primary(fault), changed, "{} {}", place.name, place.pointer());
        true
    });
    assert!(found > 4000, "{found}");
}
