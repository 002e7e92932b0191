//! Owns which column goes into which field, all columns considered: what two of them would fill, and what
//! the form demands beside a field.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{Goal, best, parts};
use crate::form::{Form, Kind, Pattern, Role, Wording};
use crate::import::meanings::Meanings;

/// A column with the values that were seen in it.
pub(super) struct Column<'s> {
    pub(super) name: &'s str,
    pub(super) seen: Vec<String>,
    /// Whether rows are known by it.
    pub(super) is_key: bool,
}

/// What is proposed for a column.
pub(super) enum Choice<'g> {
    /// Nothing: rows are known by it.
    Key,
    /// Nothing: no field looks like it.
    Nothing,
    /// Nothing: it looks like a field that another column fills better.
    Taken { place: &'g str, by: &'g str },
    /// Nothing: the form demands something beside the field that no column fills.
    Lacking { place: &'g str, key: String },
    /// A field, with what the form demands beside it.
    Goal(&'g Goal<'g>, Vec<Beside>),
}

/// A key that the form demands beside a field, and a value that it may have.
pub(super) struct Beside {
    pub(super) key: String,
    pub(super) value: String,
    /// The other words that it may be.
    pub(super) others: Vec<String>,
}

/// Chooses a field for each column.
pub(super) fn choose<'g>(
    form: &Form,
    goals: &'g [Goal<'g>],
    columns: &'g [Column<'g>],
    meanings: &Meanings<'_>,
) -> Vec<Choice<'g>> {
    let mut filled = BTreeSet::new();
    let choice = |column: &'g Column<'g>| {
        if column.is_key {
            return Choice::Key;
        }
        let goal = best(goals, column.name, &column.seen, meanings, &filled);
        goal.map_or(Choice::Nothing, |goal| {
            filled.insert(goal.place.as_str());
            Choice::Goal(goal, Vec::new())
        })
    };
    let mut choices: Vec<Choice<'g>> = columns.iter().map(choice).collect();
    keep_finest_regions(&mut choices, columns, meanings);
    add_demanded(form, &mut choices, columns);
    choices
}

/// Of several columns that look like the regions, keeps the one that says most: a case that named its
/// country beside its region would be at home in the country.
fn keep_finest_regions<'g>(
    choices: &mut [Choice<'g>],
    columns: &'g [Column<'g>],
    meanings: &Meanings<'_>,
) {
    let mut alike: BTreeMap<&'g str, Vec<usize>> = BTreeMap::new();
    for (index, choice) in choices.iter().enumerate() {
        if let Choice::Goal(goal, _) = choice
            && goal.role == Some(Role::Region)
        {
            alike.entry(&goal.place).or_default().push(index);
        }
    }
    for (place, indices) in alike {
        let says = |index: &usize| (precision(&columns[*index].seen, meanings), Reverse(*index));
        let Some(finest) = indices.iter().copied().max_by_key(says) else { continue };
        for other in indices.into_iter().filter(|index| *index != finest) {
            choices[other] = Choice::Taken { place, by: columns[finest].name };
        }
    }
}

/// How many values are regions, and how deep these lie in their countries.
fn precision(seen: &[String], meanings: &Meanings<'_>) -> (usize, usize) {
    let codes = seen.iter().filter_map(|value| parts(value).find_map(|part| meanings.region(part)));
    let regions: Vec<_> = codes.filter_map(|code| meanings.regions.find(&code).ok()).collect();
    (regions.len(), regions.iter().map(|region| region.with_all_around().count()).sum())
}

/// Adds what the form demands beside fields, once for each entry, at the column that is demanded itself if
/// there is one. What cannot be proposed takes the field back: no row would come through.
fn add_demanded<'g>(form: &Form, choices: &mut [Choice<'g>], columns: &'g [Column<'g>]) {
    let mut entries: BTreeMap<&'g str, Vec<(usize, &'g str)>> = BTreeMap::new();
    for (index, choice) in choices.iter().enumerate() {
        if let Choice::Goal(goal, _) = choice
            && let Some((entry, key)) = goal.place.rsplit_once('.')
        {
            entries.entry(entry).or_default().push((index, key));
        }
    }
    for (entry, filled) in entries {
        let Ok(pattern) = entry.replace('.', "/").parse::<Pattern>() else { continue };
        let required = form.required_at(&pattern);
        let is_required = |key: &str| required.iter().any(|required| required == key);
        let carrier = filled.iter().find(|(_, key)| is_required(key)).or(filled.first());
        let Some(&(carrier, _)) = carrier else { continue };
        let mut beside = Vec::new();
        for key in required.iter().filter(|key| filled.iter().all(|(_, filled)| filled != key)) {
            match value_for(form, &pattern, key, columns[carrier].name) {
                Some(found) => beside.push(found),
                None => {
                    for &(index, _) in &filled {
                        if let Choice::Goal(goal, _) = &choices[index] {
                            choices[index] =
                                Choice::Lacking { place: &goal.place, key: key.clone() };
                        }
                    }
                }
            }
        }
        if let Choice::Goal(_, demanded) = &mut choices[carrier] {
            *demanded = beside;
        }
    }
}

/// A value that a key may have: the first of its words, or for a text the question itself.
fn value_for(form: &Form, entry: &Pattern, key: &str, column: &str) -> Option<Beside> {
    let place = entry.key(key);
    let expected = form.expected_at(&place)?;
    let key = key.to_owned();
    if let Some((first, others)) = expected.words.split_first() {
        return Some(Beside { key, value: first.clone(), others: others.to_vec() });
    }
    let field = form.field_at(&place)?;
    let is_text = expected.is_only(&[Kind::Text])
        && field.wording == Wording::Text
        && matches!(field.role, None | Some(Role::Markdown));
    is_text.then(|| Beside { key, value: column.to_owned(), others: Vec::new() })
}
