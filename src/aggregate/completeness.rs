//! Owns the figures of a checklist over all cases.

use crate::model::{Case, ItemState, Rated, Tally};

/// How the cases do by one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFigures {
    /// For each counted row, in the list's order, how many cases have it in which state.
    pub rows: Vec<Tally>,
    /// Positions of the rows that cases lack, the one that most lack first.
    pub most_missing: Vec<usize>,
}

/// Counts the cases by the rows of a list.
pub fn list_figures<'c>(cases: impl Iterator<Item = &'c Case>, list: &str) -> ListFigures {
    let found: Vec<&[Rated]> =
        cases.filter_map(|case| Some(&*case.completeness_by(list)?.rows)).collect();
    let length = found.first().map_or(0, |rows| rows.len());
    let states = |row: usize| found.iter().filter_map(move |rows| Some(rows.get(row)?.state));
    let rows: Vec<Tally> = (0..length).map(|row| states(row).collect()).collect();
    let missing = |row: usize| rows[row].of(ItemState::Missing);
    let mut most_missing: Vec<usize> = (0..length).filter(|row| missing(*row) > 0).collect();
    most_missing.sort_by_key(|row| std::cmp::Reverse(missing(*row)));
    ListFigures { rows, most_missing }
}
