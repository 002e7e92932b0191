//! Owns the way back of several values: into a list, into the entries of one, or into a single place that
//! has room for one.

use std::borrow::Cow;

use super::super::place::{at, set};
use super::Returning;
use super::diags::Refused;
use super::places::{Way, expected, fitted, only_way, pointer};
use crate::form::{Form, Kind, Pattern, Step};
use crate::load::{Node, Value};

/// What the entries of a role are.
pub(super) trait Entries {
    /// What an entry of a file is known by; none if it is none of the role's.
    fn name(&self, entry: &Node<'_>) -> Option<String>;

    /// Whether an entry of a file holds more than an export has of it.
    fn holds_more(&self, entry: &Node<'_>) -> bool;

    /// What is written at a way for a value of the export, in the place of what is there.
    fn written(
        &self,
        form: &Form,
        way: &Way,
        value: &Node<'static>,
        old: Option<&Node<'static>>,
    ) -> Result<Node<'static>, Refused>;
}

/// Words: codes of regions, keys of themes.
struct Words;

impl Entries for Words {
    fn name(&self, entry: &Node<'_>) -> Option<String> {
        entry.as_word().map(Cow::into_owned)
    }

    fn holds_more(&self, _: &Node<'_>) -> bool {
        false
    }

    fn written(
        &self,
        form: &Form,
        way: &Way,
        value: &Node<'static>,
        old: Option<&Node<'static>>,
    ) -> Result<Node<'static>, Refused> {
        let is_same = |old: &&Node<'_>| old.as_word() == value.as_word();
        let new = || fitted(&expected(form, way), value, old);
        Ok(old.filter(is_same).cloned().unwrap_or_else(new))
    }
}

/// Where the entries of a role stand.
struct Place {
    /// The way to the list, or to the single place.
    around: Way,
    /// The way from an entry of the list to the value.
    inside: Way,
    /// Whether the role says that it is a list.
    is_each: bool,
}

impl Place {
    fn of(pattern: &Pattern) -> Option<Self> {
        let steps = pattern.steps();
        let each = steps.iter().position(|step| *step == Step::Each);
        let (around, inside) = match each {
            Some(each) => (&steps[..each], &steps[each + 1..]),
            None => (steps, &[][..]),
        };
        let (around, inside) = (only_way(around)?, only_way(inside)?);
        Some(Self { around, inside, is_each: each.is_some() })
    }
}

impl Returning<'_, '_> {
    /// Puts words where a role leads.
    pub(super) fn texts(
        &mut self,
        pattern: Option<&Pattern>,
        value: &Node<'static>,
    ) -> Result<(), Refused> {
        self.entries(pattern, value, &Words)
    }

    /// Puts entries where a role leads. Those that are there already are known by their names, and keep what
    /// the export does not have of them.
    pub(super) fn entries(
        &mut self,
        pattern: Option<&Pattern>,
        value: &Node<'static>,
        entries: &dyn Entries,
    ) -> Result<(), Refused> {
        let pattern = pattern.ok_or(Refused::NoPlace)?;
        let new =
            if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
        let shape = || Refused::Shape(pattern.to_string());
        let place = Place::of(pattern).ok_or_else(shape)?;
        let there = at(&self.record, &place.around).filter(|there| there.value != Value::Null);
        let (items, was_list) = match there {
            None => (Vec::new(), false),
            Some(Node { value: Value::List(items), .. }) => (items.clone(), true),
            // Nobody knows the keys of new entries of a mapping.
            Some(_) if place.is_each => return Err(shape()),
            Some(single) => (vec![single.clone()], false),
        };
        let is_new = there.is_none();
        let named: Vec<Option<String>> = items
            .iter()
            .map(|item| at(item, &place.inside).and_then(|value| entries.name(value)))
            .collect();
        let matched = matched(&named, new.iter().map(|value| entries.name(value)));
        let goes = |index: &usize| named[*index].is_some() && !matched.contains(&Some(*index));
        let holds_more = |index: usize| {
            let value = at(&items[index], &place.inside);
            // Beside the way to the value there may be other keys.
            let is_wide = |item: &Node<'_>| !place.inside.is_empty() && item.entries().len() > 1;
            is_wide(&items[index]) || value.is_some_and(|value| entries.holds_more(value))
        };
        if (0..items.len()).filter(goes).any(holds_more) {
            return Err(Refused::Hidden);
        }
        // What has no name is none of the role's, and stays.
        let others = |index: &usize| named[*index].is_none() && !matched.contains(&Some(*index));
        let others: Vec<Node<'static>> =
            (0..items.len()).filter(others).map(|index| items[index].clone()).collect();

        let count = new.len() + others.len();
        let allowed = expected(self.by.form, &place.around);
        let may_be_list = allowed.allows(Kind::List) && (count != 1 || is_new);
        let is_list = was_list || place.is_each || may_be_list;
        if !is_list && count > 1 {
            return Err(Refused::OneOnly(pointer(&place.around)));
        }
        let mut way = place.around.clone();
        way.extend(is_list.then(|| "0".to_owned()));
        way.extend(place.inside.iter().cloned());
        let mut written = Vec::new();
        for (value, index) in new.iter().zip(&matched) {
            let empty = || Node { span: value.span, value: Value::Null };
            let mut item = index.and_then(|index| items.get(index)).cloned().unwrap_or_else(empty);
            let old = at(&item, &place.inside).filter(|old| old.value != Value::Null);
            let value = entries.written(self.by.form, &way, value, old)?;
            set(&mut item, &place.inside, value);
            written.push(item);
        }
        written.extend(others);
        let whole = match (is_list, written.pop()) {
            (false, Some(single)) => single,
            (_, last) => {
                written.extend(last);
                Node { span: value.span, value: Value::List(written) }
            }
        };
        self.set(&place.around, whole);
        Ok(())
    }
}

/// Which entry of a file each new one is: that of its name, else the one in its place if only names changed.
fn matched(
    named: &[Option<String>],
    new: impl Iterator<Item = Option<String>>,
) -> Vec<Option<usize>> {
    let mut free: Vec<usize> = (0..named.len()).collect();
    let mut take = |is_it: &dyn Fn(usize) -> bool| {
        let at = free.iter().position(|index| is_it(*index))?;
        Some(free.remove(at))
    };
    let mut matched: Vec<Option<usize>> =
        new.map(|name| take(&|index| name.is_some() && named[index] == name)).collect();
    if matched.len() == named.len() {
        for (position, index) in matched.iter_mut().enumerate().filter(|(_, index)| index.is_none())
        {
            *index = take(&|index| index == position);
        }
    }
    matched
}
