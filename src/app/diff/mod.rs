//! Owns the comparison of two editions: which cases came, went and changed, which counts moved, and what
//! the texts around them say.

mod around;
mod fields;
mod pictures;
mod side;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use self::fields::field_changes;
use self::pictures::{are_replaced, picture_changes};
use self::side::{Count, Reading, Record};
pub(in crate::app) use self::side::{Side, read_edition};
use super::{Files, Outcome};
use crate::load::{Node, Value};
use crate::model::{BeforeAndNow, ChangedCase, Changes, Moved, NamedCase, RenamedCase, Unread};
use crate::validate::file_stem;

/// What came of a comparison.
#[derive(Debug)]
pub enum Compared {
    /// What has changed, and how many cases of either side have errors: they are compared, and not
    /// counted.
    Changes(Box<Changes>, BeforeAndNow),
    /// What is wrong with the earlier edition as a whole.
    BadBefore(Box<Outcome>),
    /// What is wrong with this one.
    BadNow(Box<Outcome>),
}

/// Compares an earlier edition with this one. What is private is compared only if that is asked for.
///
/// # Errors
///
/// If a folder cannot be searched.
pub fn diff(before: &dyn Files, now: &dyn Files, private: bool) -> Result<Compared> {
    let (now_sources, now) = match read_edition(now)? {
        Ok(now) => now,
        Err(outcome) => return Ok(Compared::BadNow(outcome)),
    };
    let (sources, before) = match read_edition(before)? {
        Ok(before) => before,
        Err(outcome) => return Ok(Compared::BadBefore(outcome)),
    };
    let left_out = BeforeAndNow { before: before.left_out, now: now.left_out };
    let (before, now) = (Side::new(&sources, &before), Side::new(&now_sources, &now));
    let changes = Changes {
        figures: moved(&before.counts(), &now.counts()),
        manifest: around::manifest(before, now),
        chapters: around::chapters(before, now),
        ..compare_cases(before, now, private)
    };
    Ok(Compared::Changes(Box::new(changes), left_out))
}

/// What has changed in the cases of two editions and in what they say.
pub(in crate::app) fn compare_cases(before: Side<'_>, now: Side<'_>, private: bool) -> Changes {
    let reading = Reading { now, private };
    let (old, unread_before) = records(before, now, reading);
    let (new, unread_now) = records(now, before, reading);
    let mut changes = Changes {
        cases: BeforeAndNow {
            before: before.sound.report.cases.len(),
            now: now.sound.report.cases.len(),
        },
        unread: Unread { before: unread_before, now: unread_now },
        ..Changes::default()
    };
    let named =
        |record: &Record<'_>| NamedCase { id: record.id.clone(), title: record.title.clone() };
    // A case whose file cannot be read on one side neither came nor went.
    let names = |unread: &[String]| -> BTreeSet<String> {
        unread.iter().map(|path| file_stem(path).to_owned()).collect()
    };
    let (missing_before, missing_now) = (names(&changes.unread.before), names(&changes.unread.now));
    let came = |new: &&Record<'_>| !old.contains_key(&new.id) && !missing_before.contains(&new.id);
    let went = |old: &&Record<'_>| !new.contains_key(&old.id) && !missing_now.contains(&old.id);
    let added = new.values().filter(came).map(named).collect();
    let removed = old.values().filter(went).map(named).collect();
    (changes.added, changes.removed) = (added, removed);
    pair_renamed(&mut changes, &old, &new);
    let both: Vec<(&Record<'_>, &Record<'_>)> =
        new.values().filter_map(|new| Some((old.get(&new.id)?, new))).collect();
    let changed = both.par_iter().filter_map(|(old, new)| {
        let mut fields = field_changes(&old.root, &new.root);
        fields.extend(picture_changes((before, old), (now, new)));
        let is_changed = !fields.is_empty();
        is_changed.then(|| ChangedCase { id: new.id.clone(), title: new.title.clone(), fields })
    });
    changes.changed = changed.collect();
    changes
}

/// The records of one side by their ids, and the files that cannot be read. Files that are the same on
/// both sides are left out, unless they may show pictures that are not: nothing changed in them.
fn records<'s>(
    side: Side<'s>,
    other: Side<'_>,
    reading: Reading<'_>,
) -> (BTreeMap<String, Record<'s>>, Vec<String>) {
    let others = other.files();
    let is_same = |path: &str, text: &Option<&str>| others.get(path) == Some(text);
    let all = are_replaced(side, other);
    let differing: Vec<_> =
        (side.files().into_iter()).filter(|(path, text)| all || !is_same(path, text)).collect();
    let parsed: Vec<Option<Vec<Record<'s>>>> =
        differing.par_iter().map(|(path, text)| side.records(path, (*text)?, reading)).collect();
    let (mut records, mut unread) = (BTreeMap::new(), Vec::new());
    for (parsed, (path, text)) in parsed.into_iter().zip(differing) {
        match parsed {
            Some(found) => {
                for record in found {
                    records.entry(record.id.clone()).or_insert(record);
                }
            }
            None if is_same(path, &text) => {}
            None => unread.push(path.to_owned()),
        }
    }
    (records, unread)
}

/// Takes those that came and went with the same content for one case under another id.
fn pair_renamed(
    changes: &mut Changes,
    old: &BTreeMap<String, Record<'_>>,
    new: &BTreeMap<String, Record<'_>>,
) {
    let mut gone: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in changes.removed.iter().rev() {
        if let Some(record) = old.get(&case.id) {
            gone.entry(content(&record.root)).or_default().push(case.id.clone());
        }
    }
    for case in &changes.added {
        let Some(record) = new.get(&case.id) else { continue };
        if let Some(before) = gone.get_mut(&content(&record.root)).and_then(Vec::pop) {
            let (now, title) = (case.id.clone(), case.title.clone());
            changes.renamed.push(RenamedCase { before, now, title });
        }
    }
    let before: BTreeSet<&str> = changes.renamed.iter().map(|case| case.before.as_str()).collect();
    let now: BTreeSet<&str> = changes.renamed.iter().map(|case| case.now.as_str()).collect();
    changes.removed.retain(|case| !before.contains(case.id.as_str()));
    changes.added.retain(|case| !now.contains(case.id.as_str()));
}

/// What a record says but for its id, the same for the same content.
fn content(root: &Node<'_>) -> String {
    fn write(node: &Node<'_>, out: &mut String, is_root: bool) {
        match &node.value {
            Value::Null => out.push('~'),
            Value::Bool(value) => out.push_str(&value.to_string()),
            Value::Number(number) => out.push_str(&number.to_string()),
            Value::String(text) => out.push_str(&format!("{text:?}")),
            Value::List(items) => {
                out.push('[');
                for item in items {
                    write(item, out, false);
                    out.push(',');
                }
                out.push(']');
            }
            Value::Map(entries) => {
                let mut entries: Vec<_> =
                    entries.iter().filter(|entry| !is_root || entry.key != "id").collect();
                entries.sort_by(|one, two| one.key.cmp(&two.key));
                out.push('{');
                for entry in entries {
                    out.push_str(&format!("{:?}:", entry.key));
                    write(&entry.value, out, false);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }
    let mut out = String::new();
    write(root, &mut out, true);
    out
}

/// The counts that are others than before: in this edition's order, then those that are gone.
fn moved(before: &[Count], now: &[Count]) -> Vec<Moved> {
    let key = |count: &Count| (count.facet.clone(), count.value.clone());
    let by_key = |counts: &[Count]| -> BTreeMap<(String, String), usize> {
        counts.iter().map(|count| (key(count), count.cases)).collect()
    };
    let (were, are) = (by_key(before), by_key(now));
    let gone = before.iter().filter(|count| !are.contains_key(&key(count)));
    let moved = |count: &Count| {
        let number = |counts: &BTreeMap<_, usize>| counts.get(&key(count)).copied().unwrap_or(0);
        let cases = BeforeAndNow { before: number(&were), now: number(&are) };
        (cases.before != cases.now).then(|| Moved {
            facet: count.facet.clone(),
            value: count.value.clone(),
            title: count.title.clone(),
            cases,
        })
    };
    let mut moved: Vec<Moved> = now.iter().chain(gone).filter_map(moved).collect();
    // Counts come facet by facet, so this is their order.
    let mut facets: Vec<&str> = now.iter().map(|count| &*count.facet).collect();
    facets.dedup();
    moved.sort_by_key(|moved| {
        facets.iter().position(|facet| *facet == moved.facet).unwrap_or(facets.len())
    });
    moved
}
