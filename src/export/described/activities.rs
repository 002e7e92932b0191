//! Owns the group's activities as schema.org describes events.

use serde_json::{Value, json};

use super::named;
use crate::model::{Activity, Report};

/// The activities that have a date.
pub(super) fn events(report: &Report) -> impl Iterator<Item = Value> {
    let group = report.manifest.working_group.as_ref().map(|group| group.name.as_str());
    let dated = report.manifest.activities.iter().filter(|activity| activity.date.is_some());
    dated.map(move |activity| event(activity, group))
}

fn event(activity: &Activity, group: Option<&str>) -> Value {
    json!({
        "@type": "Event",
        "name": activity.title,
        "startDate": activity.date.map(|date| date.to_string()),
        "endDate": activity.end.map(|date| date.to_string()),
        "location": activity.place.as_ref().map(|place| named("Place", place)),
        "url": activity.url,
        // Whoever held it, the group took part.
        "attendee": group.map(|name| named("Organization", name)),
    })
}
