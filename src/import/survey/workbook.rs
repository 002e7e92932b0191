//! Owns the reading of XLSX workbooks. Formulas and macros are never run: what was saved is read.

use std::io::{Cursor, Read, sink};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::{LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Reading, Row, Survey, TooMuch};
use super::{diags, table};
use crate::diag::Sink;
use crate::form::nearest;
use crate::load::{Node, Number, Value};
use crate::source::{SourceMap, Span};

/// The most that a workbook may hold when it is unpacked, in bytes.
const LARGEST_UNPACKED: u64 = 256 << 20;

/// The most text that its cells may hold together, in bytes: many cells may share one text.
const MOST_TEXT: usize = 128 << 20;

/// What parts the cells of a row in the text that stands for it.
const BETWEEN: &str = " | ";

/// Why a workbook cannot be read.
enum Fault {
    Broken(String),
    TooMuch(String),
    NoSheet(String, Vec<String>),
}

impl From<TooMuch> for Fault {
    fn from(limit: TooMuch) -> Self {
        Self::TooMuch(limit.words())
    }
}

impl From<calamine::XlsxError> for Fault {
    fn from(error: calamine::XlsxError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Reads a sheet of a workbook.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    reading: &Reading,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Survey> {
    match sheet(bytes, reading.sheet.as_deref()) {
        Ok((name, grid)) => {
            let (text, rows) = lay_out(grid);
            let source = sources.add(path, text);
            table(source, Some(name), rows, reading, path, sink)
        }
        Err(fault) => {
            sink.push(match fault {
                Fault::Broken(reason) => diags::broken_workbook(path, &reason),
                Fault::TooMuch(limit) => diags::too_much(path, &limit),
                Fault::NoSheet(name, sheets) => {
                    let meant = nearest(&name, sheets.iter().map(String::as_str));
                    diags::no_sheet(path, &name, meant, &sheets)
                }
            });
            None
        }
    }
}

/// The cells of a row by their columns, for each row by its number from 0.
type Grid = Vec<(usize, Vec<(usize, Value<'static>)>)>;

fn sheet(bytes: &[u8], wanted: Option<&str>) -> Result<(String, Grid), Fault> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let sheets = book.sheet_names();
    let name = match wanted {
        None => sheets.first().cloned(),
        Some(wanted) => sheets.iter().find(|name| *name == wanted).cloned(),
    };
    let Some(name) = name else {
        return Err(Fault::NoSheet(wanted.unwrap_or_default().to_owned(), sheets));
    };
    // Cells are read one by one: a sheet that has one in its last row and column holds no others.
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut grid = Grid::new();
    let (mut count, mut bytes) = (0, 0);
    while let Some(cell) = reader.next_cell()? {
        let Some(value) = value(cell.get_value()) else { continue };
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        count += 1;
        if column >= MOST_COLUMNS {
            return Err(TooMuch::Columns.into());
        }
        if row > MOST_ROWS {
            return Err(TooMuch::Rows.into());
        }
        if count > MOST_CELLS {
            return Err(TooMuch::Cells.into());
        }
        if let Value::String(text) = &value {
            bytes += text.len();
            if text.len() > LONGEST_CELL {
                return Err(TooMuch::LongCell.into());
            }
        }
        if bytes > MOST_TEXT {
            return Err(Fault::TooMuch(format!("more than {} MB of text", MOST_TEXT >> 20)));
        }
        match grid.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, value)),
            _ => grid.push((row, vec![(column, value)])),
        }
    }
    // A file may hold its rows in any order; what comes twice counts once.
    grid.sort_by_key(|(row, _)| *row);
    grid.dedup_by(|next, row| {
        let is_same = next.0 == row.0;
        if is_same {
            row.1.append(&mut next.1);
        }
        is_same
    });
    for (_, cells) in &mut grid {
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
    }
    Ok((name, grid))
}

/// Unpacks every part into nothing, so that a small file that grows beyond all bounds is refused before
/// it is read into memory. What the file says of itself is not believed.
fn measure(bytes: &[u8]) -> Result<(), Fault> {
    let broken = |error: String| Fault::Broken(error);
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut left = LARGEST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut sink());
        let read = read.map_err(|error| broken(error.to_string()))?;
        if read > left {
            return Err(Fault::TooMuch(format!(
                "more than {} MB unpacked",
                LARGEST_UNPACKED >> 20
            )));
        }
        left -= read;
    }
    Ok(())
}

/// What a cell holds: of a formula, what it came to when the file was saved.
fn value(cell: &DataRef<'_>) -> Option<Value<'static>> {
    let text = |text: String| (!text.trim().is_empty()).then(|| Value::String(text.into()));
    match cell {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Value::Number(Number::Int(*number))),
        DataRef::Float(number) => Some(number_of(*number)),
        DataRef::Bool(answer) => Some(Value::Bool(*answer)),
        DataRef::String(string) => text(string.clone()),
        DataRef::SharedString(string) => text((*string).to_owned()),
        DataRef::DateTimeIso(string) | DataRef::DurationIso(string) => text(string.clone()),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            text(if (hour, minute) == (0, 0) {
                day
            } else {
                format!("{day} {hour:02}:{minute:02}")
            })
        }
        DataRef::DateTime(duration) => Some(number_of(duration.as_f64())),
        DataRef::Error(error) => text(error.to_string()),
    }
}

/// A number as a person would write it: spreadsheets keep whole ones with a fraction of nought.
fn number_of(number: f64) -> Value<'static> {
    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
    Value::Number(if is_whole { Number::Int(number as i64) } else { Number::Float(number) })
}

/// A text that stands for a sheet, a row a line, and its rows with their places in it.
fn lay_out(grid: Grid) -> (String, Vec<(usize, Row)>) {
    let mut out = String::new();
    let mut rows = Vec::new();
    let mut line = 0;
    for (number, values) in grid {
        while line < number {
            out.push('\n');
            line += 1;
        }
        let start = out.len();
        let mut cells = Vec::new();
        for (column, value) in values {
            if out.len() > start {
                out.push_str(BETWEEN);
            }
            let begin = out.len();
            let bare = Node { span: Span::default(), value };
            let shown = match bare.as_word() {
                Some(word) => word.split_whitespace().collect::<Vec<_>>().join(" "),
                None => String::new(),
            };
            out.push_str(&shown);
            cells.resize(column, None);
            cells.push(Some(Node { span: Span::new(begin, out.len()), ..bare }));
        }
        rows.push((number + 1, Row::new(Span::new(start, out.len()), cells)));
    }
    out.push('\n');
    (out, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Value<'static> {
        Value::String(text.to_owned().into())
    }

    #[test]
    fn a_row_is_a_line_and_cells_are_found_in_it() {
        let grid =
            vec![(0, vec![(0, cell("a")), (2, cell("b\nc"))]), (2, vec![(1, number_of(3.0))])];
        let (text, rows) = lay_out(grid);
        assert_eq!(text, "a | b c\n\n3\n");
        let shown = |row: usize, column: usize| {
            let cell = rows[row].1.cells[column].as_ref().unwrap();
            &text[cell.span.range()]
        };
        assert_eq!((shown(0, 2), shown(1, 1), rows[1].0), ("b c", "3", 3));
        assert_eq!(number_of(2.5), Value::Number(Number::Float(2.5)));
    }
}
