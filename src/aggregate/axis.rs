//! Owns axes: all values that a table can have along a facet, and the cells that have no case.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Corpus, Facet, Table};

/// The values of a facet in its order, whether a case has them or not.
#[derive(Debug)]
pub struct Axis {
    values: Vec<String>,
    positions: BTreeMap<String, usize>,
    /// Whether the values are known beyond those that cases have.
    is_known: bool,
}

impl Axis {
    /// The values that are known of a facet, and those that cases have.
    pub fn of(facet: Facet, corpus: &Corpus<'_>) -> Self {
        let known = facet.known_values(corpus.dimensions());
        let is_known = known.is_some();
        let mut values = known.unwrap_or_default();
        let all: BTreeSet<&String> = values.iter().collect();
        let used = corpus.facet_index(facet).values().iter();
        let others: Vec<String> = used.filter(|value| !all.contains(value)).cloned().collect();
        values.extend(others);
        let positions =
            values.iter().enumerate().map(|(position, value)| (value.clone(), position)).collect();
        Self { values, positions, is_known }
    }

    /// The values, in the facet's order.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Where a value stands among them.
    pub fn position(&self, value: &str) -> Option<usize> {
        self.positions.get(value).copied()
    }
}

/// Adds the cells without a case to a table: of a facet whose values are known, each value; of any
/// other, what cases have. None if the table would have more than `most` cells.
pub fn with_zeros(table: Table, axes: &[Axis], most: usize) -> Option<Table> {
    let place = |cell: &Cell| -> Option<Vec<usize>> {
        axes.iter().zip(&cell.values).map(|(axis, value)| axis.position(value)).collect()
    };
    let mut cells: BTreeMap<Vec<usize>, Vec<usize>> =
        table.cells.into_iter().filter_map(|cell| Some((place(&cell)?, cell.cases))).collect();
    let known = || axes.iter().enumerate().filter(|(_, axis)| axis.is_known);

    // What cases have along the other facets, with the first value of each that is known.
    let mut all: BTreeSet<Vec<usize>> = cells.keys().cloned().collect();
    if axes.iter().all(|axis| axis.is_known) {
        all.insert(vec![0; axes.len()]);
    }
    for (facet, _) in known() {
        all = all.into_iter().map(|place| moved(&place, facet, 0)).collect();
    }
    if known().map(|(_, axis)| axis.values.len()).fold(all.len(), usize::saturating_mul) > most {
        return None;
    }
    for (facet, axis) in known() {
        let along = |place: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..axis.values.len()).map(|position| moved(place, facet, position)).collect()
        };
        all = all.iter().flat_map(along).collect();
    }
    for place in all {
        cells.entry(place).or_default();
    }
    let cells = cells.into_iter().map(|(place, cases)| {
        let values = axes.iter().zip(&place).filter_map(|(axis, at)| axis.values.get(*at).cloned());
        Cell { values: values.collect(), cases }
    });
    Some(Table { cells: cells.collect(), ..table })
}

/// A place in a table with another position along one facet.
fn moved(place: &[usize], facet: usize, position: usize) -> Vec<usize> {
    let positions = place.iter().enumerate();
    positions.map(|(at, old)| if at == facet { position } else { *old }).collect()
}
