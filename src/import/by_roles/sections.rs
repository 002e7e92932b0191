//! Owns the way back of fields of the group's own and of facets, by their pointers.

use super::super::fields::{joined, restored, way_in_entry};
use super::super::place::at;
use super::diags::Refused;
use super::places::{Way, expected, fitted, only_way, pointer};
use super::{FIELDS, Returning};
use crate::form::{Kind, Pattern, Step};
use crate::load::{Node, Value};

/// The fields of the group's own in an exported case: pointers and values.
pub(super) fn fields_of<'e>(case: &'e Node<'static>) -> Vec<(&'e str, &'e Node<'static>)> {
    let fields = case.get(FIELDS).map_or(&[][..], Node::items).iter();
    fields
        .filter_map(|field| Some((field.get("pointer")?.as_str()?, field.get("value")?)))
        .collect()
}

impl Returning<'_, '_> {
    /// Puts a field back to its pointer.
    pub(super) fn field(&mut self, place: &str, value: &Node<'static>) -> Result<(), Refused> {
        let pattern: Pattern = place.parse().map_err(|_| Refused::NoPlace)?;
        let way = only_way(pattern.steps()).ok_or(Refused::NoPlace)?;
        if way.is_empty() || !self.by.form.has_place(&pattern) {
            return Err(Refused::NoPlace);
        }
        self.put_field(&way, value)
    }

    /// Puts values back that were gathered from the entries of a list, each by the name of its entry.
    pub(super) fn gathered(&mut self, place: &str, value: &Node<'static>) -> Result<(), Refused> {
        let shape = || Refused::Shape(place.to_owned());
        let pattern: Pattern = place.parse().map_err(|_| shape())?;
        for entry in value.entries() {
            let way = way_in_entry(&pattern, &self.record, &entry.key).ok_or_else(shape)?;
            self.put_field(&way, &entry.value)?;
        }
        Ok(())
    }

    fn put_field(&mut self, way: &Way, value: &Node<'static>) -> Result<(), Refused> {
        let public = self.by.lowering.public(&self.record).into_owned();
        let old = at(&self.record, way);
        let new = restored(self.by.form, way, value, old);
        let new = match (old, at(&public, way)) {
            (Some(old), Some(public)) => joined(new, old, public).ok_or(Refused::Hidden)?,
            _ => new,
        };
        self.set(way, new);
        Ok(())
    }

    /// Whether a facet follows from what else the export says.
    pub(super) fn follows(&self, facet: &str) -> bool {
        let Some((_, facet)) = self.by.facets.iter().find(|(name, _)| name == facet) else {
            return false;
        };
        let case = self.exported.case;
        let mut fields = fields_of(case).into_iter();
        let is_said =
            |role: &str| role.split('/').next().is_some_and(|name| case.get(name).is_some());
        let mut roles = self.by.roles.patterns().into_iter().filter(|(role, _)| is_said(role));
        fields.any(|(pointer, _)| pointer.parse().is_ok_and(|place| meets(&place, facet)))
            || roles.any(|(_, place)| meets(place, facet))
    }

    /// Puts the values of a facet where its pointer leads, if nothing else says them.
    pub(super) fn facet(&mut self, name: &str, value: &Node<'static>) -> Result<(), Refused> {
        let facets = &self.by.facets;
        let (_, pattern) =
            facets.iter().find(|(known, _)| known == name).ok_or(Refused::NoPlace)?;
        let way = only_way(pattern.steps()).ok_or(Refused::NoPlace)?;
        // A part alone of what another field holds would be no answer to that.
        let (_, around) = way.split_last().ok_or(Refused::NoPlace)?;
        at(&self.record, around).ok_or(Refused::NoPlace)?;
        let wanted = expected(self.by.form, &way);
        let old = at(&self.record, &way);
        let was_list = old.is_some_and(|old| matches!(old.value, Value::List(_)));
        let holds_more = old.is_some_and(|old| matches!(old.value, Value::Map(_)));
        let value = match value.items() {
            _ if holds_more => return Err(Refused::Shape(pointer(&way))),
            [only] if !was_list && !wanted.is_only(&[Kind::List]) => fitted(&wanted, only, old),
            several if wanted.allows(Kind::List) => {
                let mut entry = way.clone();
                entry.push("0".to_owned());
                let wanted = expected(self.by.form, &entry);
                let several = several.iter().map(|value| fitted(&wanted, value, None));
                Node { span: value.span, value: Value::List(several.collect()) }
            }
            _ => return Err(Refused::OneOnly(pointer(&way))),
        };
        self.set(&way, value);
        Ok(())
    }
}

/// Whether one place may lie in the other.
fn meets(one: &Pattern, other: &Pattern) -> bool {
    let is_alike = |(one, other): (&Step, &Step)| {
        one == other || matches!(one, Step::Each) || matches!(other, Step::Each)
    };
    one.steps().iter().zip(other.steps()).all(is_alike)
}
