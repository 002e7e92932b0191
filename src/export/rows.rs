//! Owns rows under a header: figures or cases as CSV, JSON and Markdown.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::csv;

/// Rows under a header, for other programs and for documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    header: Vec<String>,
    rows: Vec<Vec<Entry>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A count.
    Number(usize),
    /// Several texts.
    List(Vec<String>),
}

impl Rows {
    /// Rows that are as long as the header.
    pub fn new(header: Vec<String>, rows: Vec<Vec<Entry>>) -> Self {
        Self { header, rows }
    }

    /// As CSV (RFC 4180), with nothing that a spreadsheet would run.
    pub fn to_csv(&self) -> String {
        let header: Vec<String> = self.header.iter().map(|name| csv::cell(name)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Entry::to_cell).collect());
        let bytes = csv::file(header.iter().map(String::as_str), rows);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// As a JSON array of objects, one a row, whose keys keep the order of the header.
    pub fn to_json(&self) -> String {
        let rows: Vec<Row<'_>> =
            self.rows.iter().map(|row| Row { header: &self.header, row }).collect();
        // Serialising these plain types cannot fail.
        let mut json = serde_json::to_string_pretty(&rows).unwrap_or_default();
        json.push('\n');
        json
    }

    /// As a table of Markdown, numbers to the right.
    pub fn to_markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| -> String {
            let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
            format!("|{cells}\n")
        };
        let is_number = |column: usize| {
            let mut entries = self.rows.iter().filter_map(|row| row.get(column)).peekable();
            entries.peek().is_some() && entries.all(|entry| matches!(entry, Entry::Number(_)))
        };
        let rule = |column| if is_number(column) { "---:" } else { "---" }.to_owned();
        let mut out = line(&mut self.header.iter().map(|name| escaped(name)));
        out.push_str(&line(&mut (0..self.header.len()).map(rule)));
        for row in &self.rows {
            out.push_str(&line(&mut row.iter().map(|entry| escaped(&entry.to_text()))));
        }
        out
    }
}

impl Entry {
    /// As a cell of CSV; a number is no text, and nothing stands before it.
    fn to_cell(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => csv::cell(text),
            Self::Number(number) => number.to_string(),
            Self::List(texts) => csv::cell(&csv::list(texts)),
        }
    }

    /// As one text.
    fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::List(texts) => texts.join(csv::SEPARATOR),
        }
    }
}

/// A row as an object.
struct Row<'a> {
    header: &'a [String],
    row: &'a [Entry],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.row.len()))?;
        for (name, entry) in self.header.iter().zip(self.row) {
            map.serialize_entry(name, entry)?;
        }
        map.end()
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::List(texts) => texts.serialize(serializer),
        }
    }
}

/// A text as it stands in a cell of Markdown: on one line, and nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        let text = |text: &str| Entry::Text(text.to_owned());
        let header = vec!["zone".to_owned(), "cases".to_owned(), "ids".to_owned()];
        let list = Entry::List(vec!["a".to_owned(), "b".to_owned()]);
        Rows::new(
            header,
            vec![
                vec![text("=1+1"), Entry::Number(2), list],
                vec![text("x|*y*\n\"z\", w"), Entry::Number(10), Entry::Nothing],
            ],
        )
    }

    #[test]
    fn csv_quotes_what_it_must_and_runs_nothing() {
        let expected = "zone,cases,ids\n'=1+1,2,a; b\n\"x|*y*\n\"\"z\"\", w\",10,\n";
        assert_eq!(rows().to_csv(), expected);
    }

    #[test]
    fn json_keeps_the_order_and_the_text() {
        let json = rows().to_json();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value[0]["zone"], "=1+1");
        assert_eq!(
            value[1],
            serde_json::json!({"zone": "x|*y*\n\"z\", w", "cases": 10, "ids": null})
        );
        let at = |key: &str| json.find(key).unwrap();
        assert!(at("\"zone\"") < at("\"cases\"") && at("\"cases\"") < at("\"ids\""), "{json}");
    }

    #[test]
    fn markdown_is_a_table_whatever_stands_in_it() {
        let expected = "| zone | cases | ids |\n| --- | ---: | --- |\n| =1+1 | 2 | a; b |\n\
                        | x\\|\\*y\\* \"z\", w | 10 |  |\n";
        assert_eq!(rows().to_markdown(), expected);
    }
}
