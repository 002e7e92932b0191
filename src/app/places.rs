//! Owns the way from a figure back to its cases: where a record says the value that it is counted by.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::answer::Asking;
use super::ask::Named;
use crate::aggregate::{Dimensions, Facet};
use crate::form::{Pattern, PeriodPlace, RoleMap, WordPlace};
use crate::load::{Limits, Node, parse, parse_all};
use crate::model::Case;
use crate::source::{Location, SourceId, Span};

/// Where each case says its values of some facets.
pub(super) struct Places {
    by_case: Vec<Vec<Said>>,
}

/// Where one record says its values of one facet.
enum Said {
    /// It has one value at most, and says it here; nowhere that was found, if none.
    Once(Option<Span>),
    /// Each value where it stands first.
    Each(BTreeMap<String, Span>),
}

impl Places {
    /// Finds the places by reading the files of the cases again: their trees are gone by now.
    pub(super) fn of(asking: &Asking<'_>, facets: &[Named]) -> Self {
        let cases = asking.corpus.cases();
        let mut by_file: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
        for (position, case) in cases.iter().enumerate() {
            if let Some(source) = case.source {
                by_file.entry(source).or_default().push(position);
            }
        }
        let by_file: Vec<(SourceId, Vec<usize>)> = by_file.into_iter().collect();
        let found: Vec<Vec<(usize, Vec<Said>)>> = by_file
            .par_iter()
            .map(|(source, positions)| in_file(asking, facets, *source, positions))
            .collect();
        let mut by_case: Vec<Vec<Said>> = cases.iter().map(|_| Vec::new()).collect();
        for (position, said) in found.into_iter().flatten() {
            by_case[position] = said;
        }
        Self { by_case }
    }

    /// The places that make a case one of a cell's, one a facet; the first line of its record where a
    /// value is not found, or there is no facet.
    pub(super) fn of_cell(&self, case: &Case, position: usize, values: &[String]) -> Vec<Location> {
        let Some(source) = case.source else { return Vec::new() };
        let start = Span { start: case.record.start, end: case.record.start };
        if values.is_empty() {
            return vec![start.of(source)];
        }
        let said = self.by_case.get(position).map_or(&[][..], Vec::as_slice);
        let place = |(facet, value): (usize, &String)| {
            let found = match said.get(facet)? {
                Said::Once(place) => *place,
                Said::Each(places) => places.get(value).copied(),
            };
            Some(found?.of(source))
        };
        let places = values.iter().enumerate();
        places.map(|facet| place(facet).unwrap_or_else(|| start.of(source))).collect()
    }
}

/// What the records of a file say, for those that became cases.
fn in_file(
    asking: &Asking<'_>,
    facets: &[Named],
    source: SourceId,
    positions: &[usize],
) -> Vec<(usize, Vec<Said>)> {
    let text = asking.sources.get(source).text();
    let (limits, mut faults) = (Limits::default(), Vec::new());
    let roots = match asking.form.roles() {
        None => parse(source, text, limits, &mut faults).into_iter().collect(),
        Some(_) => parse_all(source, text, limits, &mut faults),
    };
    let items = roots.iter().flat_map(Node::items);
    let records: BTreeMap<Span, &Node<'_>> =
        roots.iter().chain(items).map(|node| (node.span, node)).collect();
    let cases = asking.corpus.cases();
    let dimensions = asking.corpus.dimensions();
    let said = |position: &usize| {
        let root = records.get(&cases.get(*position)?.record)?;
        let said = |named: &Named| said(named.facet, root, asking.form.roles(), dimensions);
        Some((*position, facets.iter().map(said).collect()))
    };
    positions.iter().filter_map(said).collect()
}

/// Where a record says its values of a facet.
fn said(
    facet: Facet,
    root: &Node<'_>,
    roles: Option<&RoleMap>,
    dimensions: Dimensions<'_>,
) -> Said {
    let words = match (facet, roles) {
        (Facet::Declared(_), _) => values_at(&declared(facet, dimensions), root),
        (Facet::Organisation, Some(roles)) => organisations(roles, root),
        (_, None) => match built_in(facet) {
            Some(Place::One(pointer)) => return Said::Once(first_at(&pattern(pointer), root)),
            Some(Place::Each(pointer)) => values_at(&pattern(pointer), root),
            Some(Place::Keys(key)) => keys_of(key, root),
            None => Vec::new(),
        },
        (Facet::Status, Some(roles)) => return Said::Once(word_at(roles.status.as_ref(), root)),
        (Facet::Outcome, Some(roles)) => return Said::Once(word_at(roles.outcome.as_ref(), root)),
        (Facet::Year, Some(roles)) => return Said::Once(start_at(roles.period.as_ref(), root)),
        (Facet::Theme | Facet::BroadTheme, Some(roles)) => all_at(roles.themes.as_ref(), root),
        (Facet::Country | Facet::Region | Facet::RegionAt(_) | Facet::Group, Some(roles)) => {
            all_at(roles.regions.as_ref(), root)
        }
        // No other facet is known by a role.
        (_, Some(_)) => Vec::new(),
    };
    let mut places = BTreeMap::new();
    for (word, span) in words {
        for value in facet.of_word(&word, dimensions) {
            places.entry(value).or_insert(span);
        }
    }
    Said::Each(places)
}

/// A word of a record with its place.
type Word = (String, Span);

/// Where the built-in form has the values of a facet.
enum Place {
    /// One value at most.
    One(&'static str),
    /// Any number of values.
    Each(&'static str),
    /// The keys below a key.
    Keys(&'static str),
}

/// Where the built-in form has a facet; nowhere if the manifest declares it.
fn built_in(facet: Facet) -> Option<Place> {
    Some(match facet {
        Facet::Country | Facet::Region | Facet::RegionAt(_) | Facet::Group => {
            Place::Each("/regions")
        }
        Facet::Theme | Facet::BroadTheme => Place::Each("/themes"),
        Facet::Status => Place::One("/status"),
        Facet::Outcome => Place::One("/outcome"),
        Facet::Scope => Place::One("/scope"),
        Facet::Year => Place::One("/period/start"),
        Facet::Evidence => Place::One("/evidence_level"),
        Facet::Organisation => Place::Each("/organisations/*/name"),
        Facet::Standard => Place::Each("/technology/standards"),
        Facet::Component => Place::Each("/technology/components"),
        Facet::Programme => Place::Each("/funding/*/programme"),
        Facet::Challenge => Place::Keys("challenges"),
        Facet::Keyword => Place::Each("/keywords"),
        Facet::Review => Place::One("/review/state"),
        Facet::Declared(_) => return None,
    })
}

fn pattern(pointer: &str) -> Pattern {
    pointer.parse().unwrap_or_default()
}

/// Where the manifest says that a facet of its own has its values.
fn declared(facet: Facet, dimensions: Dimensions<'_>) -> Pattern {
    let name = facet.name(dimensions);
    dimensions.facets.get(&name).map(|setting| pattern(&setting.pointer)).unwrap_or_default()
}

/// The words that a pattern leads to, lists taken apart.
fn values_at(pattern: &Pattern, root: &Node<'_>) -> Vec<Word> {
    let values = pattern.values(root).into_iter();
    values.filter_map(|node| Some((node.as_word()?.into_owned(), node.span))).collect()
}

fn all_at(pattern: Option<&Pattern>, root: &Node<'_>) -> Vec<Word> {
    pattern.map_or_else(Vec::new, |pattern| values_at(pattern, root))
}

/// Where the first word stands that a pattern leads to.
fn first_at(pattern: &Pattern, root: &Node<'_>) -> Option<Span> {
    let nodes = pattern.nodes(root).into_iter();
    nodes.filter(|node| node.as_word().is_some()).map(|node| node.span).next()
}

fn word_at(place: Option<&WordPlace>, root: &Node<'_>) -> Option<Span> {
    first_at(&place?.pattern, root)
}

/// Where a period begins.
fn start_at(place: Option<&PeriodPlace>, root: &Node<'_>) -> Option<Span> {
    match place? {
        PeriodPlace::Two { start, .. } => first_at(start, root),
        PeriodPlace::One(pattern) => {
            let node = pattern.nodes(root).into_iter().next()?;
            Some(node.get("start").unwrap_or(node).span)
        }
    }
}

fn keys_of(key: &str, root: &Node<'_>) -> Vec<Word> {
    let entries = root.get(key).map_or(&[][..], Node::entries).iter();
    entries.map(|entry| (entry.key.to_string(), entry.key_span)).collect()
}

/// The organisations of a record: names, or mappings that have one.
fn organisations(roles: &RoleMap, root: &Node<'_>) -> Vec<Word> {
    let pattern = roles.organisations.as_ref();
    let values = pattern.map_or_else(Vec::new, |pattern| pattern.values(root)).into_iter();
    values
        .filter_map(|node| {
            let name = if node.as_word().is_some() { Some(node) } else { node.get("name") }?;
            Some((name.as_word()?.into_owned(), name.span))
        })
        .collect()
}
