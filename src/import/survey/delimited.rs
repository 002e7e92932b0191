//! Owns the reading of text tables: comma, semicolon, tab or bar, each cell with its bytes.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::{Cells, LONGEST_CELL, Reading, Row, Survey, TooMuch, diags, table};
use crate::diag::Sink;
use crate::source::{SourceMap, Span};

/// What may stand between columns. Of those that fit equally, the first is taken.
const SEPARATORS: &[u8] = b";\t,|";

/// How many rows are looked at to find the separator.
const LOOKED_AT: usize = 40;

/// Reads a text table.
pub(super) fn read(
    path: &str,
    text: String,
    reading: &Reading,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Survey> {
    let (start, told) = separator_line(&text);
    let separator = reading.separator.or(told).unwrap_or_else(|| separator_of(&text, start));
    let rows = rows(&text, start, separator, usize::MAX);
    let source = sources.add(path, text);
    match rows {
        Ok(rows) => table(source, None, rows, reading, path, sink),
        Err(limit) => {
            sink.push(diags::too_much(path, &limit.words()));
            None
        }
    }
}

/// A first line `sep=;`, by which Excel is told the separator: where the rest begins, and what it says.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let told = line.trim_matches('"').strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    match told.filter(|_| line.len() <= 8) {
        Some(separator) => (text.find('\n').map_or(text.len(), |end| end + 1), Some(separator)),
        None => (0, None),
    }
}

/// The separator that parts most rows into as many cells as the header has, and into the most.
fn separator_of(text: &str, start: usize) -> u8 {
    let fit = |separator: u8| -> (usize, usize) {
        let rows = rows(text, start, separator, LOOKED_AT).unwrap_or_default();
        let width = rows.first().map_or(0, |(_, row)| row.cells.len());
        let alike = rows.iter().filter(|(_, row)| row.cells.len() == width).count();
        if width < 2 { (0, 0) } else { (alike * 100 / rows.len().max(1), width) }
    };
    let best = SEPARATORS.iter().rev().max_by_key(|separator| fit(**separator));
    best.copied().filter(|separator| fit(*separator) > (0, 0)).unwrap_or(b',')
}

/// The rows of a text with their numbers, at most so many.
fn rows(
    text: &str,
    start: usize,
    separator: u8,
    most: usize,
) -> Result<Vec<(usize, Row)>, TooMuch> {
    let mut fields = Fields { text, at: start, reader: reader(separator), cell: vec![0; 1024] };
    let mut cells = Cells::default();
    let mut numbers = Vec::new();
    let mut row = Row::new(Span::new(start, start), Vec::new());
    // A line that Excel is told the separator by is a row to it.
    let mut number = usize::from(start > 0);
    while let Some(field) = fields.next()? {
        if row.cells.is_empty() {
            row.span = Span::new(field.span.start as usize, field.span.start as usize);
            number += field.lines_before;
        }
        row.span = Span::new(row.span.start as usize, field.span.end as usize);
        let is_empty = field.text.trim().is_empty();
        row.cells.push((!is_empty).then(|| super::text(field.text, field.span)));
        if field.ends_row {
            number += 1;
            numbers.push(number);
            let next = Row::new(row.span, Vec::new());
            cells.add(std::mem::replace(&mut row, next))?;
            if numbers.len() >= most {
                break;
            }
        }
    }
    Ok(numbers.into_iter().zip(cells.rows).collect())
}

fn reader(separator: u8) -> Reader {
    ReaderBuilder::new().delimiter(separator).build()
}

/// A walk over the cells of a text.
struct Fields<'t> {
    text: &'t str,
    at: usize,
    reader: Reader,
    /// What the cell is unquoted into.
    cell: Vec<u8>,
}

/// A cell as it stands in the text.
struct Field {
    text: String,
    span: Span,
    ends_row: bool,
    /// Empty lines in front of it, which are rows to a spreadsheet.
    lines_before: usize,
}

impl Fields<'_> {
    fn next(&mut self) -> Result<Option<Field>, TooMuch> {
        let begin = self.at;
        let mut filled = 0;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let room = self.cell.get_mut(filled..).unwrap_or_default();
            let (result, read, written) = self.reader.read_field(rest, room);
            self.at += read;
            filled += written;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull if filled > LONGEST_CELL => {
                    return Err(TooMuch::LongCell);
                }
                ReadFieldResult::OutputFull => self.cell.resize(self.cell.len() * 2, 0),
                ReadFieldResult::End => return Ok(None),
                ReadFieldResult::Field { record_end } => {
                    let bytes = self.cell.get(..filled).unwrap_or_default();
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    return Ok(Some(self.field(text, begin, read > 0, record_end)));
                }
            }
        }
    }

    /// The cell that was read from a place on. What parts it from the next was read with it, unless it
    /// is the last of the text.
    fn field(&self, text: String, begin: usize, is_parted: bool, ends_row: bool) -> Field {
        let raw = self.text.get(begin..self.at).unwrap_or_default();
        let raw =
            if is_parted { raw.get(..raw.len().saturating_sub(1)).unwrap_or(raw) } else { raw };
        let bare = raw.trim_start_matches(['\r', '\n']);
        let skipped = &raw[..raw.len() - bare.len()];
        // The line break of a row's end may be two letters, the second of which is read here.
        let breaks = skipped.matches('\n').count();
        let of_last_row =
            usize::from(skipped.starts_with('\n') && self.text[..begin].ends_with('\r'));
        let start = begin + skipped.len();
        let span = Span::new(start, start + bare.trim_end_matches(['\r', '\n']).len());
        Field { text, span, ends_row, lines_before: breaks - of_last_row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, separator: u8, expected: &[&[&str]]) {
        assert_eq!(char::from(separator_of(text, 0)), char::from(separator));
        let found = rows(text, 0, separator, usize::MAX).unwrap();
        let cells: Vec<Vec<&str>> = (found.iter())
            .map(|(_, row)| {
                let text = |cell: &Option<crate::load::Node<'static>>| match cell {
                    Some(node) => text[node.span.range()].to_owned().leak() as &str,
                    None => "",
                };
                row.cells.iter().map(text).collect()
            })
            .collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn cells_know_where_they_stand() {
        check("a;b\r\n\"x;\r\ny\";2,5\r\n", b';', &[&["a", "b"], &["\"x;\r\ny\"", "2,5"]]);
        check("a\tb\n1\t\n\n2\t3", b'\t', &[&["a", "b"], &["1", ""], &["2", "3"]]);
        check(
            "a,b,c\n\"1, 2\",\"say \"\"x\"\"\",3\n",
            b',',
            &[&["a", "b", "c"], &["\"1, 2\"", "\"say \"\"x\"\"\"", "3"]],
        );
        check("only\none\n", b',', &[&["only"], &["one"]]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let numbers = |text: &str| -> Vec<usize> {
            let rows = rows(text, 0, b';', usize::MAX).unwrap();
            rows.into_iter().map(|(number, _)| number).collect()
        };
        assert_eq!(numbers("a;b\n1;2\n\n\n3;4\n"), [1, 2, 5]);
        assert_eq!(numbers("a;b\r\n1;2\r\n\r\n3;4"), [1, 2, 4]);
    }
}
