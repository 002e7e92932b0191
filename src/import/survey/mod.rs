//! Owns the reading of a survey, whatever program saved it: a table whose cells know their place.

pub(super) mod decode;
mod delimited;
mod objects;
mod workbook;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::diags;
use crate::diag::Sink;
use crate::load::{Entry, Node, Value};
use crate::source::{SourceId, SourceMap, Span};

/// The largest file of answers that is read, in bytes.
pub const LARGEST_SURVEY: usize = 64 << 20;

/// More rows than a group can look through.
const MOST_ROWS: usize = 20_000;

/// More columns than a survey has questions.
const MOST_COLUMNS: usize = 1_000;

/// Cells with something in them.
const MOST_CELLS: usize = 2_000_000;

/// The longest text of a cell, in bytes: longer than any text of a case may be.
const LONGEST_CELL: usize = 200_000;

/// How a survey is to be read, where it does not show by itself.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The sheet of a workbook; the first if none.
    pub sheet: Option<String>,
    /// The row that names the columns, from 1.
    pub header: Option<usize>,
    /// The first row with answers, from 1.
    pub first_row: Option<usize>,
    /// The name of a text's encoding.
    pub encoding: Option<String>,
    /// What parts the columns of a text.
    pub separator: Option<u8>,
}

/// The answers of a survey.
#[derive(Debug)]
pub struct Survey {
    /// The text that the cells stand in. Of a workbook it is made here, a row a line.
    pub source: SourceId,
    /// The sheet, if it is of a workbook.
    pub sheet: Option<String>,
    /// The names of the columns, each once.
    pub columns: Vec<String>,
    /// The answers, one a row.
    pub rows: Vec<Row>,
    /// Whether the rows are objects, whose values may lie inside others.
    pub is_nested: bool,
    /// The positions of the columns by their names without letter sizes.
    positions: BTreeMap<String, usize>,
}

/// The answers of one person.
#[derive(Debug)]
pub struct Row {
    /// The bytes of the row.
    pub span: Span,
    /// What stands in each column; nothing where a cell is empty.
    pub cells: Vec<Option<Node<'static>>>,
    /// Whether it has more cells than there are columns, so that none may be where it belongs.
    pub is_torn: bool,
}

impl Row {
    fn new(span: Span, cells: Vec<Option<Node<'static>>>) -> Self {
        Self { span, cells, is_torn: false }
    }
}

impl Survey {
    fn new(source: SourceId, columns: Vec<String>, rows: Vec<Row>) -> Self {
        // Of two names that differ in letter sizes alone, the first counts.
        let positions = columns.iter().enumerate().rev().map(|(at, name)| (fold(name), at));
        let positions = positions.collect();
        Self { source, sheet: None, columns, rows, is_nested: false, positions }
    }

    /// The position of a column by its name, letter sizes and spaces aside if that is needed.
    pub fn column(&self, name: &str) -> Option<usize> {
        let at = self.positions.get(&fold(name)).copied()?;
        if self.columns.get(at).is_some_and(|column| column == name) {
            return Some(at);
        }
        Some(self.columns.iter().position(|column| column == name).unwrap_or(at))
    }

    /// What stands in a row under a name: that of a column or, of objects, a way into one.
    pub fn value<'r>(&self, row: &'r Row, name: &str) -> Option<&'r Node<'static>> {
        if let Some(column) = self.column(name) {
            return row.cells.get(column)?.as_ref();
        }
        let (first, rest) = name.split_once(['.', '/']).filter(|_| self.is_nested)?;
        let start = row.cells.get(self.column(first)?)?.as_ref()?;
        rest.split(['.', '/']).try_fold(start, |node, step| match step.parse() {
            Ok(index) if !node.items().is_empty() => node.items().get::<usize>(index),
            _ => node.get(step),
        })
    }

    /// Whether there are values under a name.
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
            || (self.is_nested && self.rows.iter().any(|row| self.value(row, name).is_some()))
    }

    /// The column in which a place of a row lies.
    pub fn column_at(&self, row: &Row, span: Span) -> Option<usize> {
        let holds = |cell: &Option<Node<'_>>| {
            cell.as_ref().is_some_and(|cell| {
                cell.span.start <= span.start
                    && span.end <= cell.span.end
                    && cell.span.start < cell.span.end
            })
        };
        row.cells.iter().position(holds)
    }
}

/// Reads a survey. Pushes what is wrong; there is one only if it can be read.
pub fn read_survey(
    path: &str,
    bytes: &[u8],
    reading: &Reading,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Survey> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(path, bytes, reading, sources, sink);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        sink.push(diags::old_workbook(path));
        return None;
    }
    let text = match decode::decode(bytes, reading.encoding.as_deref()) {
        Ok(text) => text,
        Err(fault) => {
            sink.push(diags::undecodable(path, &fault));
            return None;
        }
    };
    if text.trim().is_empty() {
        sink.push(diags::no_answers(path));
        return None;
    }
    let is_json =
        [".json", ".jsonl", ".ndjson"].iter().any(|end| path.to_lowercase().ends_with(end));
    if is_json || text.trim_start().starts_with(['{', '[']) {
        return objects::read(path, text, sources, sink);
    }
    delimited::read(path, text, reading, sources, sink)
}

/// Rows of cells while they are read, within limits.
#[derive(Default)]
struct Cells {
    rows: Vec<Row>,
    count: usize,
}

/// A limit that a survey breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TooMuch {
    Rows,
    Columns,
    Cells,
    LongCell,
}

impl TooMuch {
    /// The limit in words.
    fn words(self) -> String {
        match self {
            Self::Rows => format!("more than {MOST_ROWS} rows"),
            Self::Columns => format!("more than {MOST_COLUMNS} columns"),
            Self::Cells => format!("more than {MOST_CELLS} cells"),
            Self::LongCell => format!("a cell of more than {LONGEST_CELL} bytes"),
        }
    }
}

impl Cells {
    fn add(&mut self, row: Row) -> Result<(), TooMuch> {
        self.count += row.cells.iter().flatten().count();
        if row.cells.len() > MOST_COLUMNS {
            return Err(TooMuch::Columns);
        }
        if self.count > MOST_CELLS {
            return Err(TooMuch::Cells);
        }
        self.rows.push(row);
        if self.rows.len() > MOST_ROWS { Err(TooMuch::Rows) } else { Ok(()) }
    }
}

/// A table of rows under a header, from all rows of a file with their numbers.
fn table(
    source: SourceId,
    sheet: Option<String>,
    rows: Vec<(usize, Row)>,
    reading: &Reading,
    path: &str,
    sink: &mut Sink,
) -> Option<Survey> {
    let is_filled = |row: &Row| row.cells.iter().any(Option::is_some);
    let mut rows = rows.into_iter().filter(|(_, row)| is_filled(row));
    let wanted = reading.header.unwrap_or(1);
    let Some((_, header)) = rows.find(|(number, _)| *number >= wanted) else {
        sink.push(diags::no_answers(path));
        return None;
    };
    let columns = names(&header);
    let first = reading.first_row.unwrap_or(0);
    let mut found = Vec::new();
    for (_, mut row) in rows.filter(|(number, _)| *number >= first) {
        let more = row.cells.iter().skip(columns.len()).flatten().next();
        if let Some(more) = more {
            sink.push(diags::more_cells(columns.len(), more.span.of(source)));
            row.is_torn = true;
        }
        row.cells.resize(columns.len(), None);
        found.push(row);
    }
    if found.is_empty() {
        sink.push(diags::no_answers(path));
        return None;
    }
    Some(Survey { sheet, ..Survey::new(source, columns, found) })
}

/// The names of columns by their header: each once, and one for those without.
fn names(header: &Row) -> Vec<String> {
    let last = header.cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for (index, cell) in header.cells.iter().take(last).enumerate() {
        let text = cell.as_ref().and_then(Node::as_word).unwrap_or_default();
        let mut name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            name = format!("column {}", letters(index));
        }
        let mut times = 1;
        let mut own = name.clone();
        while !seen.insert(own.clone()) {
            times += 1;
            own = format!("{name} ({times})");
        }
        names.push(own);
    }
    names
}

/// The letters by which spreadsheets name a column: A, B, … Z, AA.
pub(super) fn letters(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or(0)));
        match index / 26 {
            0 => break,
            rest => index = rest - 1,
        }
    }
    letters.iter().rev().collect()
}

/// A name without its letter sizes and with single spaces, for comparing.
pub(super) fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A text as a node.
pub(super) fn text(text: impl Into<String>, span: Span) -> Node<'static> {
    Node { span, value: Value::String(Cow::Owned(text.into())) }
}

/// A tree that holds its texts itself.
pub(super) fn owned(node: &Node<'_>) -> Node<'static> {
    let value = match &node.value {
        Value::Null => Value::Null,
        Value::Bool(answer) => Value::Bool(*answer),
        Value::Number(number) => Value::Number(*number),
        Value::String(text) => Value::String(Cow::Owned(text.to_string())),
        Value::List(items) => Value::List(items.iter().map(owned).collect()),
        Value::Map(entries) => Value::Map(
            (entries.iter())
                .map(|entry| Entry {
                    key: Cow::Owned(entry.key.to_string()),
                    key_span: entry.key_span,
                    value: owned(&entry.value),
                })
                .collect(),
        ),
    };
    Node { span: node.span, value }
}
