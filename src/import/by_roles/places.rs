//! Owns the places of single values: where a role leads in a record, and how a value is written there.

use super::super::place::{at, way};
use super::Returning;
use super::diags::{self, Refused};
use crate::form::{Expected, Form, Kind, Pattern, Step, WordPlace};
use crate::load::{Node, Number, Segment, Value};

/// The steps to one value of a record.
pub(super) type Way = Vec<String>;

/// The ways that a pattern takes in a record, in the file's order.
pub(super) fn ways(pattern: &Pattern, record: &Node<'_>) -> Vec<Way> {
    let mut found = Vec::new();
    pattern.visit(record, &mut |_, _, path| found.push(way(path)));
    found
}

/// The one way that a pattern without `*` takes in every record.
pub(super) fn only_way(steps: &[Step]) -> Option<Way> {
    let step = |step: &Step| match step {
        Step::Name(name) => Some(name.clone()),
        Step::Each => None,
    };
    steps.iter().map(step).collect()
}

/// A way as a pointer.
pub(super) fn pointer(way: &[String]) -> String {
    crate::load::pointer(way.iter().map(|step| Segment::Key(step)))
}

/// What a form expects at the end of a way.
pub(super) fn expected(form: &Form, way: &[String]) -> Expected {
    let place: Pattern = pointer(way).parse().unwrap_or_default();
    form.expected_at(&place).unwrap_or_default()
}

/// A value of an export as the form wants it: the export has numbers, years and answers as texts.
pub(super) fn fitted(
    expected: &Expected,
    value: &Node<'static>,
    old: Option<&Node<'_>>,
) -> Node<'static> {
    const NUMBERS: &[Kind] = &[Kind::Number, Kind::Whole];
    let was_number = old.is_some_and(|old| matches!(old.value, Value::Number(_)))
        && NUMBERS.iter().any(|kind| expected.allows(*kind));
    let fitted = match &value.value {
        Value::String(text) if was_number || expected.is_only(NUMBERS) => {
            let whole = text.parse().map(Number::Int).ok();
            let float = || text.parse().ok().filter(|float: &f64| float.is_finite());
            whole.or_else(|| float().map(Number::Float)).map(Value::Number)
        }
        Value::String(text) if expected.is_only(&[Kind::Answer]) => match &**text {
            "yes" => Some(Value::Bool(true)),
            "no" => Some(Value::Bool(false)),
            _ => None,
        },
        Value::Number(number) if expected.is_only(&[Kind::Text]) => {
            Some(Value::String(number.to_string().into()))
        }
        _ => None,
    };
    Node { span: value.span, value: fitted.unwrap_or_else(|| value.value.clone()) }
}

impl Returning<'_, '_> {
    /// The way to the one value that a role leads to: the first that says something, else where one can be.
    pub(super) fn way_to(&self, pattern: Option<&Pattern>) -> Result<Way, Refused> {
        let pattern = pattern.ok_or(Refused::NoPlace)?;
        let ways = ways(pattern, &self.record);
        let node = |way: &Way| at(&self.record, way);
        let says = |way: &&Way| node(way).is_some_and(|node| node.as_word().is_some());
        let said = ways.iter().find(says).or(ways.first()).cloned();
        said.or_else(|| only_way(pattern.steps()))
            .ok_or_else(|| Refused::Shape(pattern.to_string()))
    }

    /// Puts one value where a role leads.
    pub(super) fn single(
        &mut self,
        pattern: Option<&Pattern>,
        value: &Node<'static>,
    ) -> Result<(), Refused> {
        let way = self.way_to(pattern)?;
        let old = at(&self.record, &way);
        let holds_more =
            old.is_some_and(|old| !old.entries().is_empty() || !old.items().is_empty());
        if holds_more {
            return Err(Refused::Shape(pointer(&way)));
        }
        let value = fitted(&expected(self.by.form, &way), value, old);
        self.set(&way, value);
        Ok(())
    }

    /// Puts a word back as the group says it. If it has several for casebook's one, the first is taken, with
    /// a remark.
    pub(super) fn word(
        &mut self,
        role: &str,
        known: &[&str],
        (place, value): (Option<&WordPlace>, &Node<'static>),
    ) -> Result<(), Refused> {
        let place = place.ok_or(Refused::NoPlace)?;
        let word = value.as_word().unwrap_or_default();
        let allowed = expected(self.by.form, &self.way_to(Some(&place.pattern))?).words;
        let is_allowed = |own: &str| allowed.is_empty() || allowed.iter().any(|word| word == own);
        let values = || place.values.iter().filter(|(own, _)| is_allowed(own));
        let mut meant: Vec<&str> =
            values().filter(|(_, meant)| *meant == word).map(|(own, _)| own.as_str()).collect();
        let means_else = place.values.iter().any(|(own, _)| *own == word);
        let is_own = |word: &str| known.contains(&word) && is_allowed(word) && !means_else;
        if meant.is_empty() && is_own(&word) {
            meant.push(&word);
        }
        let Some(taken) = meant.first() else {
            let has_word = |known: &&&str| {
                is_allowed(known) || values().any(|(_, meant)| meant.as_str() == **known)
            };
            let known = known.iter().filter(has_word).map(|word| (*word).to_owned());
            return Err(Refused::NoWord(word.into_owned(), known.collect()));
        };
        let own = super::super::survey::text(*taken, value.span);
        if meant.len() > 1 {
            let at = self.exported.at(value);
            self.found.push(diags::several_words(role, &word, &meant, at));
        }
        self.single(Some(&place.pattern), &own)
    }
}
