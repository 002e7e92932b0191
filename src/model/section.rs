//! Owns what the report prints of fields that a group's own form describes.

use serde::{Serialize, Serializer};

use super::{Date, Figure, Markdown};

/// A field of the group's own with its name and its content, whatever shape that has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its place in the record, as a JSON Pointer.
    pub pointer: String,
    /// Its name for readers.
    pub title: String,
    /// Its content.
    pub value: Body,
    /// Whether one of casebook's own names has the same content already; data then have it there alone.
    #[serde(skip)]
    pub has_role: bool,
}

/// Writes the fields that none of casebook's own names has.
pub(super) fn without_roles<S: Serializer>(
    sections: &[Section],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sections.iter().filter(|section| !section.has_role))
}

/// Whether all fields are written elsewhere.
pub(super) fn all_have_roles(sections: &[Section]) -> bool {
    sections.iter().all(|section| section.has_role)
}

/// The content of a field by its shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A text in Markdown.
    Text(Markdown),
    /// Plain words: one of the form's own words.
    Words(String),
    /// A date.
    Date(Date),
    /// A yes or a no.
    Answer(bool),
    /// A number with its unit.
    Number(Figure, Option<String>),
    /// A web address.
    Link(String),
    /// Entries one below the other.
    List(Vec<Body>),
    /// Mappings of one kind: the names of the columns, and the rows.
    Table {
        /// Names of the columns.
        columns: Vec<String>,
        /// A cell for each column, if the mapping has it.
        rows: Vec<Vec<Option<Body>>>,
    },
    /// Names with their values.
    Definitions(Vec<(String, Body)>),
}

impl Serialize for Body {
    /// Writes the value as it would stand in a record; names of readers stand for keys.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.value.serialize(serializer),
            Self::Words(words) | Self::Link(words) => words.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
            Self::Answer(answer) => answer.serialize(serializer),
            Self::Number(figure, _) => figure.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
            Self::Table { columns, rows } => serializer.collect_seq(rows.iter().map(|row| {
                let cells = columns.iter().zip(row);
                Row(cells.filter_map(|(name, cell)| Some((name, cell.as_ref()?))).collect())
            })),
            Self::Definitions(entries) => {
                serializer.collect_map(entries.iter().map(|(name, body)| (name, body)))
            }
        }
    }
}

/// A row of a table as a mapping.
struct Row<'a>(Vec<(&'a String, &'a Body)>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
