//! Owns the reading of a case off a record of another form, by the roles that the manifest maps.

use super::{diags, is_address, text_at, text_of};
use crate::diag::{Sink, is_faulty};
use crate::form::{Pattern, PeriodPlace, RoleMap, WordPlace, find};
use crate::load::{Node, Value, pointer};
use crate::model::{
    Body, Case, Date, Organisation, Outcome, OwnSection, Period, Role, Source, SourceKey, Sources,
    Status, TimeSpan,
};
use crate::source::{SourceId, Spanned};

/// The case of a record. What has no role is absent.
pub(super) fn case(
    roles: &RoleMap,
    root: &Node<'_>,
    id: String,
    source: SourceId,
    sink: &mut Sink,
) -> Case {
    let title = roles.title.as_ref().and_then(|pattern| text_at(pattern, root));
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
    let outcomes: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.as_str()).collect();
    let status = word(roles.status.as_ref(), "status", &statuses, root, source, sink);
    let outcome = word(roles.outcome.as_ref(), "outcome", &outcomes, root, source, sink);
    Case {
        title: title.unwrap_or_else(|| id.clone()),
        id,
        summary: roles.summary.as_ref().and_then(|pattern| spanned_text(pattern, root)),
        regions: texts(roles.regions.as_ref(), root),
        themes: texts(roles.themes.as_ref(), root),
        period: roles.period.as_ref().and_then(|place| period(place, root, source, sink)),
        status: status.and_then(|word| Status::ALL.iter().find(|s| s.as_str() == word).copied()),
        outcome: outcome.and_then(|word| Outcome::ALL.iter().find(|o| o.as_str() == word).copied()),
        organisations: organisations(roles.organisations.as_ref(), root),
        sources: sources(roles, root),
        ..Case::default()
    }
}

/// Marks the fields whose whole content is the case's under one of casebook's names.
pub(super) fn mark_sections(roles: &RoleMap, case: &Case, sections: &mut [OwnSection]) {
    let date = |date: Option<Date>| Vec::from_iter(date.map(|date| date.to_string()));
    let summary = case.summary.iter().map(|summary| summary.value.clone());
    let held = [
        ("title", vec![case.title.clone()]),
        ("summary", summary.collect()),
        ("regions", case.regions.clone()),
        ("themes", case.themes.clone()),
        ("period/start", date(case.period.map(|period| period.start))),
        ("period/end", date(case.period.and_then(|period| period.end))),
        ("status", Vec::from_iter(case.status.map(|status| status.as_str().to_owned()))),
        ("outcome", Vec::from_iter(case.outcome.map(|outcome| outcome.as_str().to_owned()))),
    ];
    for (role, pattern) in roles.patterns() {
        let Some((_, held)) = held.iter().find(|(name, _)| *name == role) else { continue };
        let place = pattern.to_string();
        for section in sections.iter_mut().filter(|section| section.pointer == place) {
            section.has_role |= words(&section.value).is_some_and(|words| words == *held);
        }
    }
}

/// The words of a field that holds nothing else, without the space around them.
fn words(body: &Body) -> Option<Vec<String>> {
    Some(match body {
        Body::Text(text) => vec![text.value.trim().to_owned()],
        Body::Words(words) | Body::Link(words) => vec![words.trim().to_owned()],
        Body::Date(date) => vec![date.to_string()],
        Body::List(items) => {
            let words: Option<Vec<Vec<String>>> = items.iter().map(words).collect();
            words?.concat()
        }
        _ => return None,
    })
}

fn spanned_text(pattern: &Pattern, root: &Node<'_>) -> Option<Spanned<String>> {
    let nodes = pattern.nodes(root);
    nodes.into_iter().find_map(|node| Some(Spanned { value: text_of(node)?, span: node.span }))
}

fn texts(pattern: Option<&Pattern>, root: &Node<'_>) -> Vec<String> {
    pattern.map_or_else(Vec::new, |pattern| super::facet_values(pattern, root))
}

/// Casebook's word for the group's, or nothing with a word why.
fn word(
    place: Option<&WordPlace>,
    role: &str,
    known: &[&'static str],
    root: &Node<'_>,
    source: SourceId,
    sink: &mut Sink,
) -> Option<String> {
    let place = place?;
    let mut places = places(&place.pattern, root).into_iter();
    let (node, own, path) = places.find_map(|(node, path)| Some((node, text_of(node)?, path)))?;
    let mapped =
        place.values.iter().find(|(value, _)| *value == own).map(|(_, word)| word.as_str());
    let word = mapped.unwrap_or(&own);
    if known.contains(&word) {
        return Some(word.to_owned());
    }
    let own_words = place.values.iter().map(|(value, _)| value.as_str());
    let accepted: Vec<&str> = own_words.chain(known.iter().copied()).collect();
    let meant = find(&own, accepted.iter().copied());
    let at = node.span.of(source);
    if !is_faulty(sink, at) {
        sink.push(diags::unknown_word(role, &own, meant, &accepted, at).pointer(path));
    }
    None
}

/// The nodes that a pattern leads to, with their pointers.
fn places<'a>(pattern: &Pattern, root: &'a Node<'a>) -> Vec<(&'a Node<'a>, String)> {
    let mut found = Vec::new();
    pattern.visit(root, &mut |node, _, path| found.push((node, pointer(path.iter().copied()))));
    found
}

fn period(
    place: &PeriodPlace,
    root: &Node<'_>,
    source: SourceId,
    sink: &mut Sink,
) -> Option<Period> {
    let mut read = |node: &Node<'_>, pointer: &str| -> Option<TimeSpan> {
        let text = text_of(node)?;
        // Of a day with a time, the day counts.
        let day = text.split_once('T').map_or(text.as_str(), |(day, _)| day);
        let at = node.span.of(source);
        let span = day.parse();
        if span.is_err() && !is_faulty(sink, at) {
            sink.push(diags::no_period(&text, at).pointer(pointer));
        }
        span.ok()
    };
    let mut date = |pattern: &Pattern| -> Option<Date> {
        let mut places = places(pattern, root).into_iter();
        let (node, path) = places.find(|(node, _)| node.as_word().is_some())?;
        Some(read(node, &path)?.start)
    };
    match place {
        PeriodPlace::Two { start, end } => {
            Some(Period { start: date(start)?, end: end.as_ref().and_then(date) })
        }
        PeriodPlace::One(pattern) => {
            let (node, path) = places(pattern, root).into_iter().next()?;
            if let Value::Map(_) = node.value {
                let mut date = |key: &str| read(node.get(key)?, &format!("{path}/{key}"));
                let start = date("start")?.start;
                return Some(Period { start, end: date("end").map(|span| span.start) });
            }
            let span = read(node, &path)?;
            Some(Period { start: span.start, end: span.end })
        }
    }
}

fn organisations(pattern: Option<&Pattern>, root: &Node<'_>) -> Vec<Organisation> {
    let entries = pattern.map_or_else(Vec::new, |pattern| pattern.values(root)).into_iter();
    entries
        .filter_map(|node| {
            let text = |key: &str| node.get(key).and_then(text_of);
            let name = text_of(node).or_else(|| text("name"))?;
            let role = text("role");
            let role = Role::ALL.iter().find(|known| role.as_deref() == Some(known.as_str()));
            Some(Organisation {
                name,
                role: role.copied(),
                region: text("region"),
                url: url(&text("url")),
            })
        })
        .collect()
}

fn sources(roles: &RoleMap, root: &Node<'_>) -> Sources {
    let entries = roles.sources_of(root).into_iter();
    entries.filter_map(|(key, node)| Some((SourceKey(key), source(node)?))).collect()
}

fn source(node: &Node<'_>) -> Option<Source> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| text_of(node.get(key)?));
    let plain = text_of(node);
    let address = url(&plain).or_else(|| url(&text(&["url", "link", "uri"])));
    let title =
        text(&["title", "name", "citation", "text"]).or(plain).or_else(|| address.clone())?;
    Some(Source {
        title,
        author: text(&["author", "authors"]),
        publisher: text(&["publisher", "journal"]),
        year: text(&["year"]).and_then(|year| year.parse().ok()),
        url: address,
        doi: text(&["doi"]),
        accessed: text(&["accessed"]).and_then(|date| date.parse().ok()),
    })
}

/// An address that a report may lead to.
fn url(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| is_address(text))
}
