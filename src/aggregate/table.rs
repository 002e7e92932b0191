//! Owns counting: cells of one or more facets, each with the cases behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dimensions, Facet};
use crate::model::Case;

/// Counts by one or more facets.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// The facets, in the order asked for.
    pub facets: Vec<Facet>,
    /// The cells that have cases, ordered by their values: the manifest's order, else by text.
    pub cells: Vec<Cell>,
    /// How many distinct cases stand in any cell.
    pub distinct: usize,
}

/// One combination of values and the cases that have it.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    /// A value a facet.
    pub values: Vec<String>,
    /// Positions of the cases, ascending.
    pub cases: Vec<usize>,
}

/// Counts cases by every combination of the facets' values.
pub fn tabulate(cases: &[Case], dimensions: Dimensions<'_>, facets: &[Facet]) -> Table {
    let mut cells: BTreeMap<Vec<(usize, String)>, Vec<usize>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let mut combinations: Vec<Vec<(usize, String)>> = vec![Vec::new()];
        for facet in facets {
            let values = facet.values(case, dimensions);
            combinations = combinations
                .iter()
                .flat_map(|begun| {
                    values.iter().map(move |value| {
                        let mut longer = begun.clone();
                        longer.push(value.clone());
                        longer
                    })
                })
                .collect();
        }
        for combination in combinations {
            cells.entry(combination).or_default().push(index);
        }
    }
    let distinct: BTreeSet<usize> = cells.values().flatten().copied().collect();
    let cells = cells
        .into_iter()
        .map(|(values, cases)| Cell {
            values: values.into_iter().map(|(_, value)| value).collect(),
            cases,
        })
        .collect();
    Table { facets: facets.to_vec(), cells, distinct: distinct.len() }
}

/// Counts by two facets, empty cells included, with totals of distinct cases.
#[derive(Debug, PartialEq, Eq)]
pub struct CrossTable {
    /// The facet of the rows.
    pub row_facet: Facet,
    /// The facet of the columns.
    pub column_facet: Facet,
    /// Values of the rows.
    pub rows: Vec<String>,
    /// Values of the columns; of themes all, used or not.
    pub columns: Vec<String>,
    /// The cases of each cell, row by row.
    pub cells: Vec<Vec<Vec<usize>>>,
    /// Distinct cases of each row.
    pub row_totals: Vec<usize>,
    /// Distinct cases of each column.
    pub column_totals: Vec<usize>,
    /// Distinct cases of the table.
    pub total: usize,
}

/// Counts cases by two facets, as a table with every cell.
pub fn cross(
    cases: &[Case],
    dimensions: Dimensions<'_>,
    row_facet: Facet,
    column_facet: Facet,
) -> CrossTable {
    let values = |facet| {
        let table = tabulate(cases, dimensions, &[facet]);
        match facet {
            // A theme without a case is a finding too.
            Facet::Theme => dimensions.themes.keys().map(str::to_owned).collect(),
            _ => table.cells.into_iter().flat_map(|cell| cell.values).collect::<Vec<_>>(),
        }
    };
    let (rows, columns): (Vec<String>, Vec<String>) = (values(row_facet), values(column_facet));
    let mut cells = vec![vec![Vec::new(); columns.len()]; rows.len()];
    for cell in tabulate(cases, dimensions, &[row_facet, column_facet]).cells {
        let row = rows.iter().position(|value| *value == cell.values[0]);
        let column = columns.iter().position(|value| *value == cell.values[1]);
        if let (Some(row), Some(column)) = (row, column) {
            cells[row][column] = cell.cases;
        }
    }
    let distinct = |cases: &mut dyn Iterator<Item = &Vec<usize>>| {
        cases.flatten().copied().collect::<BTreeSet<usize>>().len()
    };
    let row_totals = cells.iter().map(|row| distinct(&mut row.iter())).collect();
    let column_totals = (0..columns.len())
        .map(|column| distinct(&mut cells.iter().map(|row| &row[column])))
        .collect();
    let total = distinct(&mut cells.iter().flatten());
    CrossTable { row_facet, column_facet, rows, columns, cells, row_totals, column_totals, total }
}
