//! Owns how figures look to people: tables with bars, cross tables, and the cases behind them.

use std::collections::BTreeMap;

use super::page::{Page, shown, width};
use super::table::{Column, Layout};
use crate::app::{Count, Counts, Gap, GapKind, Value};

/// Columns of the page that are kept for bars.
const FOR_BARS: usize = 12;

/// Columns of the page that each column of a cross table takes at least.
const NARROWEST: usize = 3;

/// What stands in a cross table for all values.
const ALL: &str = "all";

/// Counts as a table, with the cases behind each cell if they were asked for.
pub(super) fn table(page: Page, counts: &Counts) -> String {
    let table = cross(page, counts).unwrap_or_else(|| cells(page, counts));
    format!("{table}{}", explanation(page, counts))
}

/// What totals are of, in words.
pub(super) fn totals(counts: &Counts) -> String {
    let distinct = counted(counts.distinct, "distinct case");
    if counts.facets.is_empty() || counts.distinct == 0 {
        return distinct;
    }
    let others = match counts.all.saturating_sub(counts.distinct) {
        0 => String::new(),
        1 => "; 1 more has none".to_owned(),
        others => format!("; {others} more have none"),
    };
    format!("{distinct}; a case counts once in each of its values{others}")
}

/// A number of things: `1 case`, `2 cases`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// One line a cell: its values, its count, a bar.
fn cells(page: Page, counts: &Counts) -> String {
    if counts.cells.is_empty() {
        return String::new();
    }
    let named: Vec<bool> = (0..counts.facets.len())
        .map(|facet| {
            let mut values = counts.cells.iter().filter_map(|cell| cell.values.get(facet));
            values.any(|value| value.title != value.code)
        })
        .collect();
    let mut columns = Vec::new();
    for (facet, named) in counts.facets.iter().zip(&named) {
        columns.push(Column::text(facet, 12));
        if *named {
            columns.push(Column::text("", 12).leaving(1));
        }
    }
    columns.push(Column::number("cases"));
    let row = |cell: &Count| {
        let mut row = Vec::new();
        for (value, named) in cell.values.iter().zip(&named) {
            row.push(shown(&value.code));
            if *named {
                row.push(title(value));
            }
        }
        row.push(cell.cases.to_string());
        row
    };
    let rows: Vec<Vec<String>> = counts.cells.iter().map(row).collect();
    let layout = Layout::of(page, columns, &rows, FOR_BARS);
    let greatest = counts.cells.iter().map(|cell| cell.cases).max().unwrap_or(0);
    let for_bar = page.width.saturating_sub(layout.width() + 2);
    let mut out = format!("{}\n", layout.heading());
    for (row, cell) in rows.iter().zip(&counts.cells) {
        let line = format!("{}  {}", layout.row(row), page.bar(cell.cases, greatest, for_bar));
        out.push_str(&format!("{}\n", line.trim_end()));
    }
    out
}

/// Rows by columns, with totals of distinct cases; none if there are not two facets, or the page is too
/// narrow.
fn cross(page: Page, counts: &Counts) -> Option<String> {
    let ([row_facet, column_facet], [rows, columns]) = (counts.facets.as_slice(), &counts.totals)
    else {
        return None;
    };
    if rows.is_empty() || columns.is_empty() || columns.len() * NARROWEST > page.width {
        return None;
    }
    let cells: BTreeMap<(&str, &str), usize> = (counts.cells.iter())
        .filter_map(|cell| match cell.values.as_slice() {
            [row, column] => Some(((row.code.as_str(), column.code.as_str()), cell.cases)),
            _ => None,
        })
        .collect();
    let named = rows.iter().any(|(row, _)| row.title != row.code);
    let mut head = vec![Column::text(row_facet, 12)];
    head.extend(named.then(|| Column::text("", 12).leaving(1)));
    head.extend(columns.iter().map(|(column, _)| Column::number(&shown(&column.code))));
    head.push(Column::number(ALL));
    let number = |number: usize| match number {
        0 => page.nothing().to_owned(),
        number => number.to_string(),
    };
    let line = |code: String, title: String, cells: &mut dyn Iterator<Item = usize>, all: usize| {
        let mut line = vec![code];
        line.extend(named.then_some(title));
        line.extend(cells.chain([all]).map(number));
        line
    };
    let mut lines: Vec<Vec<String>> = Vec::new();
    for (row, total) in rows {
        let mut cells = columns.iter().map(|(column, _)| {
            cells.get(&(row.code.as_str(), column.code.as_str())).copied().unwrap_or(0)
        });
        lines.push(line(shown(&row.code), title(row), &mut cells, *total));
    }
    let mut totals = columns.iter().map(|(_, total)| *total);
    lines.push(line(ALL.to_owned(), String::new(), &mut totals, counts.distinct));
    let layout = Layout::of(page, head, &lines, 0);
    if layout.is_squeezed() {
        return None;
    }
    let caption = format!("cases by {row_facet} and {column_facet}");
    let mut out = format!("{}\n{}\n", page.dim(&page.cut(&caption, page.width)), layout.heading());
    for line in &lines {
        out.push_str(&format!("{}\n", layout.row(line).trim_end()));
    }
    Some(out)
}

/// The name for readers of a value, if it is not the value itself.
fn title(value: &Value) -> String {
    if value.title == value.code { String::new() } else { shown(&value.title) }
}

/// A value with its name for readers.
fn label(value: &Value) -> String {
    format!("{} {}", shown(&value.code), title(value)).trim_end().to_owned()
}

/// The cases behind each cell, with the places that make them count.
fn explanation(page: Page, counts: &Counts) -> String {
    let mut out = String::new();
    for cell in counts.cells.iter().filter(|cell| !cell.behind.is_empty()) {
        let labels: Vec<String> = cell.values.iter().map(label).collect();
        let heading = labels.join(", ");
        let room = page.width.saturating_sub(2 + cell.cases.to_string().len());
        let heading = format!("{}: {}", page.cut(&heading, room), cell.cases);
        out.push_str(&format!("\n{}\n", page.bold(heading.trim_start_matches(": "))));
        for case in &cell.behind {
            for (index, place) in case.places.iter().enumerate() {
                let title = if index == 0 { shown(&case.title) } else { String::new() };
                let room = page.width.saturating_sub(width(place) + 4);
                let line = format!("  {place}  {}", page.cut(&title, room));
                out.push_str(&format!("{}\n", line.trim_end()));
            }
        }
    }
    out
}

/// What is not covered, by its kind.
pub(super) fn gaps(page: Page, gaps: &[Gap]) -> String {
    let kinds = [
        (GapKind::Theme, "themes without a case"),
        (GapKind::Country, "themes that no case of a country has"),
        (GapKind::Group, "regions of a group without a case"),
    ];
    let mut parts = Vec::new();
    for (kind, heading) in kinds {
        let found: Vec<&Gap> = gaps.iter().filter(|gap| gap.kind == kind).collect();
        if found.is_empty() {
            continue;
        }
        let mut part = format!("{}\n", page.bold(&page.cut(heading, page.width)));
        for same in found.chunk_by(|one, two| one.place == two.place) {
            let place = same.first().and_then(|gap| gap.place.as_ref());
            let name = |gap: &&Gap| match kind {
                GapKind::Country => shown(&gap.missing.code),
                GapKind::Theme | GapKind::Group => label(&gap.missing),
            };
            let names: Vec<String> = same.iter().map(name).collect();
            match place {
                Some(place) => {
                    let place = label(place);
                    part.push_str(&format!("  {}\n", page.cut(&place, page.width - 2)));
                    part.push_str(&page.filled(&names.join(", "), 4));
                }
                None => {
                    let line = |name: &String| format!("  {}\n", page.cut(name, page.width - 2));
                    part.extend(names.iter().map(line));
                }
            }
        }
        parts.push(part);
    }
    parts.join("\n")
}
