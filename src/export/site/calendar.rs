//! Owns `calendar.ics`: the group's activities for the calendars of its readers.
//!
//! A calendar needs days, so it holds the activities whose day is known; the page has all.

use std::collections::BTreeSet;

use icalendar::{Calendar, Component, Event, Parameter, Property};

use super::one_line::one_line;
use crate::model::{Activity, Date, Report};
use crate::source::digest;

/// The path of the calendar in the site.
pub(super) const PATH: &str = "calendar.ics";

/// The calendar of all activities whose day is known; none if there are none.
pub(super) fn calendar(report: &Report, date: Option<Date>) -> Option<Vec<u8>> {
    let mut known = BTreeSet::new();
    let events: Vec<Event> = (report.manifest.activities.iter())
        .filter_map(|activity| {
            let day = activity.date.filter(|date| date.day.is_some())?;
            Some(event(activity, day, date.unwrap_or(day), &mut known))
        })
        .collect();
    if events.is_empty() {
        return None;
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//casebook//casebook//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(text("NAME", &report.distinct_title()));
    calendar.extend(events);
    Some(calendar.to_string().into_bytes())
}

/// An activity; `made` is when the calendar says it was made, which is nobody's clock.
fn event(activity: &Activity, day: Date, made: Date, known: &mut BTreeSet<String>) -> Event {
    let last = activity.end.filter(|end| end.day.is_some()).unwrap_or(day);
    let mut event = Event::new();
    event.uid(&identity(activity, day, known));
    event.add_property("DTSTAMP", format!("{}T000000Z", basic(made)));
    event.append_property(whole_day("DTSTART", day));
    // The end of an event is the day after it.
    event.append_property(whole_day("DTEND", last.next_day()));
    event.append_property(text("SUMMARY", &activity.title));
    if let Some(place) = &activity.place {
        event.append_property(text("LOCATION", place));
    }
    if let Some(url) = &activity.url {
        event.url(&one_line(url));
    }
    // Nobody is busy because of it.
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

/// What an activity is known by: the same in every edition, as long as its title and its day are.
fn identity(activity: &Activity, day: Date, known: &mut BTreeSet<String>) -> String {
    let mut number = 1;
    loop {
        let name = format!("{day} {number} {}", activity.title);
        let mut id = digest([("activity", name.as_bytes())]);
        id.truncate(32);
        if known.insert(id.clone()) {
            return format!("{id}@casebook");
        }
        number += 1;
    }
}

fn whole_day(key: &str, day: Date) -> Property {
    Property::new(key, basic(day)).append_parameter(Parameter::new("VALUE", "DATE")).done()
}

fn text(key: &str, value: &str) -> Property {
    Property::new(key, one_line(value))
}

/// A day as calendars write it.
fn basic(date: Date) -> String {
    let (year, month, day) = date.first_day();
    format!("{year:04}{month:02}{day:02}")
}
