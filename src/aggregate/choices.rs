//! Owns what readers may choose cases by: each facet with the values that cases have, a broad value with
//! those inside it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corpus, Facet, FacetIndex};
use crate::vocab::Region;

/// A facet with the values that choose any case.
#[derive(Debug, PartialEq, Eq)]
pub struct Choices {
    /// The facet.
    pub facet: Facet,
    /// Its values in their order; those of regions are in the order of their codes.
    pub values: Vec<Choosable>,
}

/// A value of a facet, with the cases that a filter by it chooses.
#[derive(Debug, PartialEq, Eq)]
pub struct Choosable {
    /// The value, as filters take it.
    pub value: String,
    /// What stands for it in print; words of the form stay as they are.
    pub title: String,
    /// Whether any case says the value itself, rather than one inside it.
    pub is_said: bool,
    /// The cases by position, ascending.
    pub cases: Vec<usize>,
    /// Values that lie in this one.
    pub inside: Vec<Choosable>,
}

/// All that cases may be chosen by, but for what only editors may see.
///
/// Countries and levels of regions are no facets of their own here: they stand in the tree of the
/// regions, as themes of the first level stand in that of the themes.
pub fn choices(corpus: &Corpus<'_>) -> Vec<Choices> {
    let facets = corpus.dimensions().all_facets().into_iter();
    let facets = facets
        .filter(|facet| !matches!(facet, Facet::Country | Facet::RegionAt(_) | Facet::BroadTheme));
    let made = facets.map(|facet| Choices {
        facet,
        values: match facet {
            Facet::Region => regions(corpus),
            Facet::Theme => themes(corpus),
            _ => flat(corpus, facet),
        },
    });
    made.filter(|choices| !choices.values.is_empty()).collect()
}

fn flat(corpus: &Corpus<'_>, facet: Facet) -> Vec<Choosable> {
    let index = corpus.facet_index(facet);
    let values = index.values().iter().enumerate();
    values
        .map(|(position, value)| Choosable {
            value: value.clone(),
            title: facet.title(value, corpus.dimensions()),
            is_said: true,
            cases: index.cases(position).to_vec(),
            inside: Vec::new(),
        })
        .collect()
}

fn themes(corpus: &Corpus<'_>) -> Vec<Choosable> {
    let themes = corpus.dimensions().themes;
    tree(corpus.facet_index(Facet::Theme), themes.keys(), &|key| {
        Place::new(Facet::Theme.title(key, corpus.dimensions()), themes.parent(key))
    })
}

fn regions(corpus: &Corpus<'_>) -> Vec<Choosable> {
    let regions = corpus.dimensions().regions;
    tree(corpus.facet_index(Facet::Region), [], &|code| {
        let found = regions.find(code).ok();
        let parent = found.as_ref().and_then(Region::parent);
        let title = found.as_ref().map_or(code, Region::name);
        Place::new(title.to_owned(), parent.as_ref().map(Region::code))
    })
}

/// A value in a tree in the making.
struct Place {
    title: String,
    parent: Option<String>,
    is_said: bool,
    cases: BTreeSet<usize>,
}

impl Place {
    fn new(title: String, parent: Option<&str>) -> Self {
        Self { title, parent: parent.map(str::to_owned), is_said: false, cases: BTreeSet::new() }
    }
}

/// The values of an index and all that they lie in, each with its own cases and those inside it. Values
/// come in an order that is given, the others behind by their text.
fn tree<'v>(
    index: &FacetIndex,
    order: impl IntoIterator<Item = &'v str>,
    place: &dyn Fn(&str) -> Place,
) -> Vec<Choosable> {
    let mut found: BTreeMap<String, Place> = BTreeMap::new();
    for (position, said) in index.values().iter().enumerate() {
        let mut next = Some(said.clone());
        while let Some(value) = next {
            let place = found.entry(value.clone()).or_insert_with(|| place(&value));
            place.is_said |= value == *said;
            place.cases.extend(index.cases(position));
            next = place.parent.clone();
        }
    }
    let mut rest: BTreeSet<String> = found.keys().cloned().collect();
    let mut ordered: Vec<String> = order.into_iter().filter_map(|value| rest.take(value)).collect();
    ordered.extend(rest);
    let mut below: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for value in ordered {
        let parent = found.get(&value).and_then(|place| place.parent.clone());
        below.entry(parent).or_default().push(value);
    }
    branches(None, &mut below, &mut found)
}

/// The values inside one, or those inside none. A list of regions or themes is never deep.
fn branches(
    parent: Option<String>,
    below: &mut BTreeMap<Option<String>, Vec<String>>,
    found: &mut BTreeMap<String, Place>,
) -> Vec<Choosable> {
    let values = below.remove(&parent).unwrap_or_default().into_iter();
    values
        .filter_map(|value| {
            let Place { title, is_said, cases, .. } = found.remove(&value)?;
            let inside = branches(Some(value.clone()), below, found);
            Some(Choosable { value, title, is_said, cases: cases.into_iter().collect(), inside })
        })
        .collect()
}
