//! Owns the index of a facet: which values there are, which a case has, and which cases have a value.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use indexmap::IndexSet;

use super::facet::Values;
use super::{Dimensions, Facet};
use crate::model::Case;

/// Lists by position in one run of memory: list `n` lies between the starts `n` and `n + 1`.
#[derive(Debug, Default)]
struct Lists {
    starts: Vec<usize>,
    entries: Vec<usize>,
}

impl Lists {
    fn with_capacity(lists: usize) -> Self {
        let mut starts = Vec::with_capacity(lists + 1);
        starts.push(0);
        Self { starts, entries: Vec::with_capacity(lists) }
    }

    /// Closes the list that was being filled, its entries sorted and each there once.
    fn close(&mut self) {
        let start = self.starts.last().copied().unwrap_or(0);
        self.entries[start..].sort_unstable();
        let mut end = start;
        for at in start..self.entries.len() {
            if end == start || self.entries[end - 1] != self.entries[at] {
                self.entries[end] = self.entries[at];
                end += 1;
            }
        }
        self.entries.truncate(end);
        self.starts.push(end);
    }

    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn get(&self, list: usize) -> &[usize] {
        match (self.starts.get(list), self.starts.get(list + 1)) {
            (Some(start), Some(end)) => self.entries.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The lists the other way round: for each entry, the lists that hold it, ascending.
    fn inverted(&self, entries: usize) -> Self {
        let mut starts = vec![0; entries + 1];
        for entry in &self.entries {
            starts[entry + 1] += 1;
        }
        for entry in 0..entries {
            starts[entry + 1] += starts[entry];
        }
        let mut next = starts.clone();
        let mut out = vec![0; self.entries.len()];
        for list in 0..self.len() {
            for entry in self.get(list) {
                out[next[*entry]] = list;
                next[*entry] += 1;
            }
        }
        Self { starts, entries: out }
    }
}

/// The values met so far, each at the position at which it was met first.
type Seen<'c> = IndexSet<Cow<'c, str>, RandomState>;

/// The values of one facet over all cases.
#[derive(Debug, Default)]
pub struct FacetIndex {
    /// The values that cases have, in the facet's order.
    values: Vec<String>,
    /// For each case, its values by position, ascending.
    by_case: Lists,
    /// For each value, its cases by position, ascending.
    by_value: Lists,
}

impl FacetIndex {
    /// Collects the values that the cases say.
    pub(super) fn written(facet: Facet, cases: &[Case], dimensions: Dimensions<'_>) -> Self {
        let mut seen = Seen::default();
        let mut by_case = Lists::with_capacity(cases.len());
        for case in cases {
            facet.written(case, dimensions, &mut |value| {
                by_case.entries.push(seen.insert_full(value).0);
            });
            by_case.close();
        }
        Self::ordered(facet, dimensions, seen, &by_case)
    }

    /// Makes the index of a facet whose values follow from another's: what is the same for all cases
    /// of a value is worked out once.
    pub(super) fn derived(facet: Facet, from: &Self, dimensions: Dimensions<'_>) -> Self {
        let mut seen = Seen::default();
        let followers: Vec<Vec<usize>> = (from.values.iter())
            .map(|value| {
                let derived = facet.derived(value, dimensions).into_iter();
                derived.map(|value| seen.insert_full(Cow::Owned(value)).0).collect()
            })
            .collect();
        let mut by_case = Lists::with_capacity(from.by_case.len());
        for case in 0..from.by_case.len() {
            for value in from.by_case.get(case) {
                by_case.entries.extend(&followers[*value]);
            }
            by_case.close();
        }
        Self::ordered(facet, dimensions, seen, &by_case)
    }

    /// Puts the values in the facet's order: the manifest's or the form's, else by their text.
    fn ordered(facet: Facet, dimensions: Dimensions<'_>, found: Seen<'_>, by_case: &Lists) -> Self {
        let known = facet.known_values(dimensions).unwrap_or_default();
        let ranks: HashMap<&str, usize> =
            known.iter().enumerate().map(|(rank, value)| (value.as_str(), rank)).collect();
        let rank = |value: &str| ranks.get(value).copied().unwrap_or(usize::MAX);
        let mut order: Vec<(usize, String, usize)> = (found.into_iter().enumerate())
            .map(|(position, value)| (rank(&value), value.into_owned(), position))
            .collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, _, position)) in order.iter().enumerate() {
            places[*position] = place;
        }
        let mut placed = Lists::with_capacity(by_case.len());
        for case in 0..by_case.len() {
            placed.entries.extend(by_case.get(case).iter().map(|position| places[*position]));
            placed.close();
        }
        let by_value = placed.inverted(order.len());
        let values = order.into_iter().map(|(_, value, _)| value).collect();
        Self { values, by_case: placed, by_value }
    }

    /// The values that cases have, in the facet's order.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The values of a case, by position among the values, ascending.
    pub fn of_case(&self, case: usize) -> &[usize] {
        self.by_case.get(case)
    }

    /// The cases of a value, both by position, ascending.
    pub fn cases(&self, value: usize) -> &[usize] {
        self.by_value.get(value)
    }

    /// The cases that have a value; none if no case has it.
    pub fn cases_of(&self, value: &str) -> &[usize] {
        let position = self.values.iter().position(|known| known == value);
        position.map_or(&[], |position| self.cases(position))
    }
}

/// The index of a facet, whichever way it comes by its values.
pub(super) fn index_of<'i>(
    facet: Facet,
    cases: &[Case],
    dimensions: Dimensions<'_>,
    other: impl Fn(Facet) -> &'i FacetIndex,
) -> FacetIndex {
    match facet.values() {
        Values::Written => FacetIndex::written(facet, cases, dimensions),
        Values::Spelt => {
            let written = FacetIndex::written(facet, cases, dimensions);
            FacetIndex::derived(facet, &written, dimensions)
        }
        Values::Derived(from) => FacetIndex::derived(facet, other(from), dimensions),
    }
}
