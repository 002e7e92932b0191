//! Owns tables for people: columns that share the width of a page, and rows that keep to it.

use super::page::{Page, width};

/// What stands between two columns.
const GAP: usize = 2;

/// Columns of the page that are left of a text however narrow that is.
const SHORTEST: usize = 3;

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    heading: String,
    /// The fewest columns of the page that it is of use in, if it can be cut at all.
    fewest: Option<usize>,
    /// How early it leaves a table that the page is too narrow for; it stays if this is zero.
    leaves: u8,
    /// Whether its cells stand to the right.
    is_number: bool,
}

impl Column {
    /// A column of texts that can be cut, down to `fewest` columns of the page.
    pub(super) fn text(heading: &str, fewest: usize) -> Self {
        Self { heading: heading.to_owned(), fewest: Some(fewest), leaves: 0, is_number: false }
    }

    /// A column of numbers, which are never cut.
    pub(super) fn number(heading: &str) -> Self {
        Self { heading: heading.to_owned(), fewest: None, leaves: 0, is_number: true }
    }

    /// The same, but it leaves a table that the page is too narrow for; the greatest number first.
    pub(super) fn leaving(self, leaves: u8) -> Self {
        Self { leaves, ..self }
    }

    /// Lets its texts be cut beyond use, so that a table of many columns is a table still.
    fn squeeze(&mut self) {
        self.fewest = self.fewest.map(|fewest| fewest.min(SHORTEST));
    }
}

/// A table, laid out.
#[derive(Debug)]
pub(super) struct Layout {
    page: Page,
    columns: Vec<Column>,
    /// How wide each column is; nothing for one that left.
    widths: Vec<Option<usize>>,
    /// Whether the page is too narrow for the table to be of use.
    is_squeezed: bool,
}

impl Layout {
    /// Gives each column what it needs and takes from the widest what the page does not have. Columns
    /// that cannot be of use then leave; where none is left that can, all are cut as far as it takes.
    pub(super) fn of(
        page: Page,
        mut columns: Vec<Column>,
        rows: &[Vec<String>],
        reserved: usize,
    ) -> Self {
        let needed = |index: usize, column: &Column| {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| width(cell));
            cells.max().unwrap_or(0).max(width(&column.heading))
        };
        let natural: Vec<usize> =
            columns.iter().enumerate().map(|(index, column)| needed(index, column)).collect();
        let room = page.width.saturating_sub(reserved);
        let mut there = vec![true; columns.len()];
        let mut is_squeezed = false;
        loop {
            let least = columns.iter().zip(&natural).zip(&there).filter(|(_, there)| **there);
            let least: usize = least
                .map(|((column, natural), _)| GAP + column.fewest.unwrap_or(*natural).min(*natural))
                .sum();
            if least.saturating_sub(GAP) <= room {
                break;
            }
            let leaving = columns.iter().zip(&mut there);
            let leaving = leaving.filter(|(column, there)| **there && column.leaves > 0);
            match leaving.max_by_key(|(column, _)| column.leaves) {
                Some((_, there)) => *there = false,
                None => {
                    columns.iter_mut().for_each(Column::squeeze);
                    is_squeezed = true;
                    break;
                }
            }
        }
        let widths = shared(&columns, &natural, &there, room);
        Self { page, columns, widths, is_squeezed }
    }

    /// Whether the page is too narrow for the table to be of use.
    pub(super) fn is_squeezed(&self) -> bool {
        self.is_squeezed
    }

    /// The headings of the columns that there is no room for.
    pub(super) fn left_out(&self) -> Vec<&str> {
        let columns = self.columns.iter().zip(&self.widths);
        let left = columns.filter(|(_, width)| width.is_none());
        left.map(|(column, _)| column.heading.as_str()).collect()
    }

    /// How many columns of the page the table takes.
    pub(super) fn width(&self) -> usize {
        let widths: Vec<usize> = self.widths.iter().flatten().copied().collect();
        widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
    }

    /// The line of the headings.
    pub(super) fn heading(&self) -> String {
        let headings: Vec<String> =
            self.columns.iter().map(|column| column.heading.clone()).collect();
        self.page.bold(self.row(&headings).trim_end())
    }

    /// The line of a row, without its end.
    pub(super) fn row(&self, cells: &[String]) -> String {
        let mut line = String::new();
        let columns = self.columns.iter().zip(&self.widths).zip(cells);
        for ((column, columns), cell) in columns {
            let Some(columns) = *columns else { continue };
            if !line.is_empty() {
                line.push_str(&" ".repeat(GAP));
            }
            let cell = self.page.cut(cell, columns);
            let space = " ".repeat(columns.saturating_sub(width(&cell)));
            let (before, after) =
                if column.is_number { (space.as_str(), "") } else { ("", space.as_str()) };
            line.push_str(&format!("{before}{cell}{after}"));
        }
        line
    }
}

/// The widths of the columns that are there: what they need, as far as the room goes. Where it ends,
/// those that take most are made as narrow as each other.
fn shared(
    columns: &[Column],
    natural: &[usize],
    there: &[bool],
    room: usize,
) -> Vec<Option<usize>> {
    let gaps = GAP * there.iter().filter(|there| **there).count().saturating_sub(1);
    let room = room.saturating_sub(gaps);
    let at_most = |limit: usize| -> Vec<Option<usize>> {
        let columns = columns.iter().zip(natural).zip(there);
        let width = |((column, natural), there): ((&Column, &usize), &bool)| {
            let fewest = column.fewest.unwrap_or(*natural).min(*natural);
            there.then_some((*natural).min(limit).max(fewest))
        };
        columns.map(width).collect()
    };
    let total = |widths: &[Option<usize>]| widths.iter().flatten().sum::<usize>();
    let greatest = natural.iter().copied().max().unwrap_or(0);
    if total(&at_most(greatest)) <= room {
        return at_most(greatest);
    }
    // The widest limit that fits; the few columns that are left over go to the first that wants them.
    let limit = (0..=room).rev().find(|limit| total(&at_most(*limit)) <= room).unwrap_or(0);
    let mut widths = at_most(limit);
    let mut over = room.saturating_sub(total(&widths));
    for (width, natural) in widths.iter_mut().zip(natural) {
        if let Some(width) = width.as_mut().filter(|width| **width < *natural && over > 0) {
            *width += 1;
            over -= 1;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_columns_give_way_first() {
        let columns = vec![Column::text("a", 4), Column::text("b", 4), Column::number("n")];
        let natural = [10, 40, 3];
        let there = [true, true, true];
        let widths = |room| shared(&columns, &natural, &there, room);
        assert_eq!(widths(60), [Some(10), Some(40), Some(3)]);
        assert_eq!(widths(37), [Some(10), Some(20), Some(3)]);
        assert_eq!(widths(22), [Some(8), Some(7), Some(3)]);
    }
}
