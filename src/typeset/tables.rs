//! Owns tables on the web: rows of cells become elements of HTML, and the names of rows are heads there.
//!
//! Typst's own table is laid out as a grid twice before it becomes HTML, which asks for no grid, and makes the
//! cell that names a row one like the others. Who hears a table then does not hear which row a cell is in.

use std::num::NonZeroUsize;

use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{
    Args, Construct, Content, IntoValue, NativeElement, NativeFuncData, Packed, Reflect, Smart,
    StyleChain,
};
use typst::model::{TableCell, TableChild, TableElem, TableItem};
use typst::pdf::{TableCellKind, TableHeaderScope};
use typst_html::{HtmlElem, HtmlTag, attr, tag};

use super::inputs::Fields;
use super::native::native;

/// How many rows a cell may take in HTML: <https://html.spec.whatwg.org/#attr-tdth-rowspan>.
const MOST_ROWS: usize = 65534;

/// Puts the function under the name that templates/target.typ knows.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&TABLE_ON_WEB]);
}

/// `table-on-web(..)`, called as Typst's `table` is. What says how a table looks has no meaning on the web.
static TABLE_ON_WEB: NativeFuncData = native(
    "table-on-web",
    "A table as elements of HTML.",
    &|engine, _, args| Ok(table(engine, args)?.into_value()),
    &<Content as Reflect>::output,
);

fn table(engine: &mut Engine<'_>, args: &mut Args) -> SourceResult<Content> {
    let table = TableElem::construct(engine, args)?;
    let plain = table.to_packed::<TableElem>().and_then(|table| Plain::of(table));
    let in_html = plain.map(Plain::into_html);
    // Of tables that are not plain, Typst knows more.
    Ok(in_html.unwrap_or(table))
}

type Cell = Packed<TableCell>;

/// The rows of a table without lines, feet, gaps, or cells that say where they stand.
struct Plain<'a> {
    head: Vec<Vec<&'a Cell>>,
    body: Vec<Vec<&'a Cell>>,
}

impl<'a> Plain<'a> {
    fn of(table: &'a TableElem) -> Option<Self> {
        let columns = table.columns.get_ref(StyleChain::default()).0.len().max(1);
        let (mut head, mut body) = (Vec::new(), Vec::new());
        for child in &table.children {
            match child {
                TableChild::Header(header) if head.is_empty() && body.is_empty() => {
                    head = header.children.iter().map(cell).collect::<Option<_>>()?;
                }
                TableChild::Item(item) => body.push(cell(item)?),
                TableChild::Header(_) | TableChild::Footer(_) => return None,
            }
        }
        Some(Self { head: rows(head, columns)?, body: rows(body, columns)? })
    }

    fn into_html(self) -> Content {
        let part = |tag, rows: Vec<Vec<&Cell>>, usual| {
            let rows = rows.into_iter().map(|row| {
                let cells = row.into_iter().map(|cell| in_html(cell, usual));
                element(tag::tr, Content::sequence(cells))
            });
            element(tag, Content::sequence(rows))
        };
        let head = (!self.head.is_empty()).then(|| part(tag::thead, self.head, tag::th));
        let body = part(tag::tbody, self.body, tag::td);
        element(tag::table, Content::sequence(head.into_iter().chain([body])))
    }
}

/// A cell that stands where the row has room for it.
fn cell(item: &TableItem) -> Option<&Cell> {
    let TableItem::Cell(cell) = item else { return None };
    let styles = StyleChain::default();
    (cell.x.get(styles).is_auto() && cell.y.get(styles).is_auto()).then_some(cell)
}

/// The cells row by row, each in the first place that is free; none if one has no room in its row, or a place
/// of the last row stays empty.
fn rows(cells: Vec<&Cell>, columns: usize) -> Option<Vec<Vec<&Cell>>> {
    let styles = StyleChain::default();
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    // In how many rows, from this one on, each column is taken.
    let mut taken = vec![0_usize; columns];
    for cell in cells {
        while taken.iter().all(|rows| *rows > 0) {
            rows.push(std::mem::take(&mut row));
            taken.iter_mut().for_each(|rows| *rows -= 1);
        }
        let free = taken.iter().position(|rows| *rows == 0)?;
        let room = taken.get_mut(free..)?.get_mut(..cell.colspan.get(styles).get())?;
        if room.iter().any(|rows| *rows > 0) {
            return None;
        }
        room.fill(cell.rowspan.get(styles).get().min(MOST_ROWS));
        row.push(cell);
    }
    if !row.is_empty() {
        rows.push(row);
    }
    let is_full = rows.is_empty() || taken.iter().all(|rows| *rows > 0);
    is_full.then_some(rows)
}

/// A cell, which is of the usual kind unless it names its row.
fn in_html(cell: &Cell, usual: HtmlTag) -> Content {
    let styles = StyleChain::default();
    let names_row = matches!(
        cell.kind.get(styles),
        Smart::Custom(TableCellKind::Header(_, TableHeaderScope::Row))
    );
    let mut out = HtmlElem::new(if names_row { tag::th } else { usual });
    if names_row {
        out = out.with_attr(attr::scope, "row");
    }
    for (name, count) in
        [(attr::colspan, cell.colspan.get(styles)), (attr::rowspan, cell.rowspan.get(styles))]
    {
        if count > NonZeroUsize::MIN {
            out = out.with_attr(name, count.to_string());
        }
    }
    out.with_body(Some(cell.body.clone())).pack().spanned(cell.span())
}

fn element(tag: HtmlTag, body: Content) -> Content {
    HtmlElem::new(tag).with_body(Some(body)).pack()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lays cells of so many columns and rows; says how many begin in each row.
    #[track_caller]
    fn check(columns: usize, cells: &[(usize, usize)], expected: Option<&[usize]>) {
        let many = |number| NonZeroUsize::new(number).unwrap();
        let cells: Vec<Cell> = (cells.iter())
            .map(|(wide, high)| {
                let cell = TableCell::new(Content::empty());
                Packed::new(cell.with_colspan(many(*wide)).with_rowspan(many(*high)))
            })
            .collect();
        let rows = rows(cells.iter().collect(), columns);
        let found = rows.map(|rows| rows.iter().map(Vec::len).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn cells_stand_row_by_row() {
        check(2, &[], Some(&[]));
        check(2, &[(1, 1), (1, 1), (1, 1), (1, 1)], Some(&[2, 2]));
        check(3, &[(2, 1), (1, 1), (1, 1), (2, 1)], Some(&[2, 2]));
    }

    #[test]
    fn a_cell_takes_room_in_the_rows_below() {
        // The head of a table of several lists: a name beside two groups of three.
        let group = [(1, 1); 6];
        let head = [&[(1, 2), (3, 1), (3, 1)], group.as_slice()].concat();
        check(7, &head, Some(&[3, 6]));
        check(2, &[(1, 1), (1, 2), (1, 1), (1, 1), (1, 1)], Some(&[2, 1, 2]));
        check(2, &[(2, 2), (1, 1), (1, 1)], Some(&[1, 0, 2]));
    }

    #[test]
    fn what_leaves_gaps_or_has_no_room_is_not_plain() {
        check(2, &[(1, 1), (1, 1), (1, 1)], None);
        check(2, &[(1, 1), (2, 1)], None);
        check(2, &[(3, 1)], None);
        check(3, &[(1, 1), (1, 2), (1, 1), (2, 1)], None);
    }
}
