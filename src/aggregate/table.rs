//! Owns counting: cells of one or more facets, each with the cases behind it.

use std::collections::BTreeMap;

use super::{Corpus, Facet, FacetIndex};

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

impl Table {
    /// The same counts of the chosen cases alone, without the cells that have none of them.
    #[must_use]
    pub fn among(&self, chosen: &[bool]) -> Self {
        let cells = self
            .cells
            .iter()
            .map(|cell| Cell { values: cell.values.clone(), cases: among(&cell.cases, chosen) });
        let cells: Vec<Cell> = cells.filter(|cell| !cell.cases.is_empty()).collect();
        let mut counted: Vec<usize> =
            cells.iter().flat_map(|cell| cell.cases.iter().copied()).collect();
        counted.sort_unstable();
        counted.dedup();
        Self { facets: self.facets.clone(), cells, distinct: counted.len() }
    }
}

/// Those of some cases that are chosen.
fn among(cases: &[usize], chosen: &[bool]) -> Vec<usize> {
    let is_chosen = |case: &&usize| chosen.get(**case).copied().unwrap_or_default();
    cases.iter().filter(is_chosen).copied().collect()
}

/// One combination of values and the cases that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// A value a facet.
    pub values: Vec<String>,
    /// Positions of the cases, ascending.
    pub cases: Vec<usize>,
}

/// How many combinations of the facets' values the cases have, each case counted for itself: what it
/// takes to [`tabulate`] them.
pub fn combinations(corpus: &Corpus<'_>, facets: &[Facet]) -> usize {
    let indexes: Vec<&FacetIndex> = facets.iter().map(|facet| corpus.facet_index(*facet)).collect();
    let of_case = |case| {
        let values = indexes.iter().map(|index| index.of_case(case).len());
        values.fold(1, usize::saturating_mul)
    };
    (0..corpus.cases().len()).map(of_case).fold(0, usize::saturating_add)
}

/// Counts cases by every combination of the facets' values. Of no facet, there is one cell: all.
pub fn tabulate(corpus: &Corpus<'_>, facets: &[Facet]) -> Table {
    if let [facet] = facets {
        return of_one(corpus, *facet);
    }
    let indexes: Vec<&FacetIndex> = facets.iter().map(|facet| corpus.facet_index(*facet)).collect();
    // A combination as one number, the first facet the highest digit: their order is the cells'.
    let mut found: Vec<(u128, usize)> = Vec::with_capacity(corpus.cases().len());
    let mut combinations: Vec<u128> = Vec::new();
    let mut distinct = 0;
    for case in 0..corpus.cases().len() {
        combinations.clear();
        combinations.push(0);
        for index in &indexes {
            let base = index.values().len() as u128;
            let values = index.of_case(case);
            let begun = std::mem::take(&mut combinations);
            combinations.extend(
                begun.iter().flat_map(|begun| {
                    values.iter().map(move |value| begun * base + *value as u128)
                }),
            );
        }
        distinct += usize::from(!combinations.is_empty());
        found.extend(combinations.iter().map(|combination| (*combination, case)));
    }
    found.sort_unstable();
    let cells = found.chunk_by(|(a, _), (b, _)| a == b).map(|same| Cell {
        values: same
            .first()
            .map_or_else(Vec::new, |(combination, _)| values_of(*combination, &indexes)),
        cases: same.iter().map(|(_, case)| *case).collect(),
    });
    Table { facets: facets.to_vec(), cells: cells.collect(), distinct }
}

/// Counts cases by one facet, whose index knows the answer.
fn of_one(corpus: &Corpus<'_>, facet: Facet) -> Table {
    let index = corpus.facet_index(facet);
    let cells = index.values().iter().enumerate().map(|(position, value)| Cell {
        values: vec![value.clone()],
        cases: index.cases(position).to_vec(),
    });
    let counted = (0..corpus.cases().len()).filter(|case| !index.of_case(*case).is_empty());
    Table { facets: vec![facet], cells: cells.collect(), distinct: counted.count() }
}

/// The values that a combination stands for.
fn values_of(mut combination: u128, indexes: &[&FacetIndex]) -> Vec<String> {
    let mut values: Vec<String> = Vec::with_capacity(indexes.len());
    for index in indexes.iter().rev() {
        let base = (index.values().len() as u128).max(1);
        let value = usize::try_from(combination % base).ok();
        let value = value.and_then(|value| index.values().get(value));
        values.push(value.cloned().unwrap_or_default());
        combination /= base;
    }
    values.reverse();
    values
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
    pub row_totals: Vec<Vec<usize>>,
    /// Distinct cases of each column.
    pub column_totals: Vec<Vec<usize>>,
    /// Distinct cases of the table.
    pub total: Vec<usize>,
}

/// Counts cases by two facets, as a table with every cell. A theme without a case is a finding too,
/// and so it has a row or column.
pub fn cross(corpus: &Corpus<'_>, row_facet: Facet, column_facet: Facet) -> CrossTable {
    let values = |facet: Facet| match facet {
        Facet::Theme | Facet::BroadTheme => {
            facet.known_values(corpus.dimensions()).unwrap_or_default()
        }
        _ => corpus.facet_index(facet).values().to_vec(),
    };
    let (rows, columns) = (values(row_facet), values(column_facet));
    lay_out(corpus, (row_facet, rows), (column_facet, columns), &|_| true)
}

/// Counts the chosen cases by two facets. What none of them has gets no row and no column.
pub fn cross_among(
    corpus: &Corpus<'_>,
    row_facet: Facet,
    column_facet: Facet,
    chosen: &[bool],
) -> CrossTable {
    let is_counted = |case: usize| chosen.get(case).copied().unwrap_or_default();
    let has = |facet: Facet, case: usize| !corpus.facet_index(facet).of_case(case).is_empty();
    // A value of one facet alone would have a row or column of nothing.
    let values = |facet: Facet, other: Facet| {
        let index = corpus.facet_index(facet);
        let values = index.values().iter().enumerate();
        let is_used = |position: usize| {
            let mut cases = index.cases(position).iter();
            cases.any(|case| is_counted(*case) && has(other, *case))
        };
        values.filter(|(at, _)| is_used(*at)).map(|(_, value)| value.clone()).collect()
    };
    let rows = values(row_facet, column_facet);
    let columns = values(column_facet, row_facet);
    lay_out(corpus, (row_facet, rows), (column_facet, columns), &is_counted)
}

/// Counts cases by the given values of two facets.
fn lay_out(
    corpus: &Corpus<'_>,
    (row_facet, rows): (Facet, Vec<String>),
    (column_facet, columns): (Facet, Vec<String>),
    is_counted: &dyn Fn(usize) -> bool,
) -> CrossTable {
    let (by_row, by_column) = (corpus.facet_index(row_facet), corpus.facet_index(column_facet));
    let (row_of, column_of) = (places(by_row, &rows), places(by_column, &columns));
    let mut cells = vec![vec![Vec::new(); columns.len()]; rows.len()];
    let mut row_totals = vec![Vec::new(); rows.len()];
    let mut column_totals = vec![Vec::new(); columns.len()];
    let mut total = Vec::new();
    for case in (0..corpus.cases().len()).filter(|case| is_counted(*case)) {
        let (in_rows, in_columns) = (by_row.of_case(case), by_column.of_case(case));
        if in_rows.is_empty() || in_columns.is_empty() {
            continue;
        }
        total.push(case);
        let its_columns = || in_columns.iter().filter_map(|value| column_of[*value]);
        its_columns().for_each(|column| column_totals[column].push(case));
        for row in in_rows.iter().filter_map(|value| row_of[*value]) {
            row_totals[row].push(case);
            its_columns().for_each(|column| cells[row][column].push(case));
        }
    }
    CrossTable { row_facet, column_facet, rows, columns, cells, row_totals, column_totals, total }
}

/// Where each value of an index stands among those of the rows or columns, if it does.
fn places(index: &FacetIndex, values: &[String]) -> Vec<Option<usize>> {
    let places: BTreeMap<&String, usize> =
        values.iter().enumerate().map(|(place, value)| (value, place)).collect();
    index.values().iter().map(|value| places.get(value).copied()).collect()
}
