//! Owns the way back of a period: into two places, or into one in the shape that it has there.

use super::super::place::at;
use super::super::survey::text;
use super::Returning;
use super::diags::Refused;
use super::places::{expected, fitted, pointer};
use crate::form::{Kind, Pattern, PeriodPlace};
use crate::load::{Node, Value};

impl Returning<'_, '_> {
    pub(super) fn period(&mut self, value: &Node<'static>) -> Result<(), Refused> {
        let roles = self.by.roles;
        let (start, end) = (value.get("start"), value.get("end"));
        match roles.period.as_ref().ok_or(Refused::NoPlace)? {
            PeriodPlace::Two { start: from, end: to } => {
                self.date("start", Some(from), start)?;
                self.date("end", to.as_ref(), end)
            }
            PeriodPlace::One(pattern) => {
                let way = self.way_to(Some(pattern))?;
                let old = at(&self.record, &way).filter(|old| old.value != Value::Null).cloned();
                let wanted = expected(self.by.form, &way);
                let is_map = match &old {
                    Some(old) => matches!(old.value, Value::Map(_)),
                    None => wanted.is_only(&[Kind::Map]),
                };
                if is_map {
                    for (key, date) in [("start", start), ("end", end)] {
                        let pattern =
                            format!("{}/{key}", pointer(&way)).parse().unwrap_or_default();
                        self.date(key, Some(&pattern), date)?;
                    }
                    return Ok(());
                }
                // What the export is silent about stays.
                let said = |date: Option<&Node<'_>>, key: &str| {
                    let held = || Some(self.now.get("period")?.get(key)?.as_str()?.to_owned());
                    date.and_then(|date| Some(date.as_word()?.into_owned())).or_else(held)
                };
                let start = said(start, "start").unwrap_or_default();
                let both = match said(end, "end") {
                    Some(end) => format!("{start}/{end}"),
                    None => start,
                };
                let both = fitted(&wanted, &text(both, value.span), old.as_ref());
                self.set(&way, both);
                Ok(())
            }
        }
    }

    /// Puts a date where it belongs, unless it is there already.
    fn date(
        &mut self,
        key: &str,
        pattern: Option<&Pattern>,
        date: Option<&Node<'static>>,
    ) -> Result<(), Refused> {
        let Some(date) = date else { return Ok(()) };
        let held = self.now.get("period").and_then(|period| period.get(key)?.as_str());
        if held == date.as_word().as_deref() {
            return Ok(());
        }
        self.single(pattern, date)
    }
}
