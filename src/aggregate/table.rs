//! Owns counting: cells of one or more facets, each with the cases behind it.

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
    let (by_row, by_column) = (corpus.facet_index(row_facet), corpus.facet_index(column_facet));
    let has_row = |case: &&usize| !by_row.of_case(**case).is_empty();
    let has_column = |case: &&usize| !by_column.of_case(**case).is_empty();
    let cells = (rows.iter())
        .map(|row| {
            let of_row = by_row.cases_of(row);
            columns.iter().map(|column| common(of_row, by_column.cases_of(column))).collect()
        })
        .collect();
    let total_of = |index: &FacetIndex, value: &String, counts: &dyn Fn(&&usize) -> bool| {
        index.cases_of(value).iter().filter(counts).copied().collect::<Vec<usize>>()
    };
    let all = 0..corpus.cases().len();
    CrossTable {
        row_totals: rows.iter().map(|row| total_of(by_row, row, &has_column)).collect(),
        column_totals: (columns.iter())
            .map(|column| total_of(by_column, column, &has_row))
            .collect(),
        total: all.filter(|case| has_row(&case) && has_column(&case)).collect(),
        row_facet,
        column_facet,
        rows,
        columns,
        cells,
    }
}

/// What two ascending lists have in common.
fn common(mut one: &[usize], mut two: &[usize]) -> Vec<usize> {
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.first(), two.first()) {
        if a == b {
            both.push(*a);
        }
        if a <= b {
            one = &one[1..];
        }
        if b <= a {
            two = &two[1..];
        }
    }
    both
}
