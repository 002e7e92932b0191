//! Owns the tables that casebook exports beside `cases.csv`: which fields of the cases their rows are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::own::{cell, list};
use super::survey::{Row, Survey};
use crate::load::{Entry, Node, Number, Value};
use crate::source::Span;

/// The names of the files, which lie beside the cases.
pub const TABLES: &[&str] = &["measures.csv", "organisations.csv", "money.csv", "sources.csv"];

/// The column that says which case a row belongs to.
const CASE: &str = "case";

/// The place of a row that names none: behind the others.
const LAST_PLACE: i64 = i64::MAX;

/// What the tables hold of the cases.
#[derive(Debug, Default)]
pub struct OfCases {
    /// Fields with their values, by the ids of the cases.
    held: BTreeMap<String, Vec<(&'static str, Node<'static>)>>,
    /// The fields that the tables speak of, whichever case has them.
    fields: Vec<&'static str>,
}

/// How a value is made of cells.
#[derive(Clone, Copy)]
enum Made {
    Text,
    Number,
    /// A number in the first column, else words in the second.
    Figure,
    /// Two numbers.
    Interval,
    /// A time, or two.
    Span,
    /// A list, or its only entry.
    Citation,
}

/// A key of an entry, the columns that it is made of, and how.
type Part = (&'static str, &'static [&'static str], Made);

const MEASURE: &[Part] = &[
    ("measure", &["measure"], Made::Text),
    ("value", &["value", "value_text"], Made::Figure),
    ("qualifier", &["qualifier"], Made::Text),
    ("unit", &["unit"], Made::Text),
    ("baseline", &["baseline", "baseline_text"], Made::Figure),
    ("interval", &["interval_low", "interval_high"], Made::Interval),
    ("when", &["when_start", "when_end"], Made::Span),
    ("note", &["note"], Made::Text),
    ("source", &["sources"], Made::Citation),
];

const ORGANISATION: &[Part] = &[
    ("name", &["name"], Made::Text),
    ("role", &["role"], Made::Text),
    ("region", &["region"], Made::Text),
    ("url", &["url"], Made::Text),
];

const MONEY: &[Part] = &[
    ("what", &["what"], Made::Text),
    ("funder", &["funder"], Made::Text),
    ("programme", &["programme"], Made::Text),
    ("amount", &["amount", "amount_text"], Made::Figure),
    ("qualifier", &["qualifier"], Made::Text),
    ("currency", &["currency"], Made::Text),
    ("year", &["year"], Made::Number),
    ("frequency", &["frequency"], Made::Text),
    ("note", &["note"], Made::Text),
    ("source", &["sources"], Made::Citation),
];

const SOURCE: &[Part] = &[
    ("title", &["title"], Made::Text),
    ("author", &["author"], Made::Text),
    ("publisher", &["publisher"], Made::Text),
    ("year", &["year"], Made::Number),
    ("url", &["url"], Made::Text),
    ("doi", &["doi"], Made::Text),
    ("accessed", &["accessed"], Made::Text),
];

/// Which table a survey is, by its columns.
#[derive(Clone, Copy)]
enum Table {
    Measures,
    Organisations,
    Money,
    Sources,
}

impl Table {
    fn of(survey: &Survey) -> Option<Self> {
        let has = |names: &[&str]| {
            names.iter().all(|name| survey.columns.iter().any(|column| column == name))
        };
        if !has(&[CASE]) {
            return None;
        }
        let known = [
            (&["list", "position", "measure", "value_text"][..], Self::Measures),
            (&["kind", "position", "amount", "amount_text"], Self::Money),
            (&["position", "name", "role", "region_name"], Self::Organisations),
            (&["key", "title", "publisher", "doi"], Self::Sources),
        ];
        known.into_iter().find(|(signs, _)| has(signs)).map(|(_, table)| table)
    }

    /// The fields of a case that the table holds.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Measures => &["scale", "results"],
            Self::Organisations => &["organisations"],
            Self::Money => &["funding", "costs"],
            Self::Sources => &["sources"],
        }
    }

    fn parts(self) -> &'static [Part] {
        match self {
            Self::Measures => MEASURE,
            Self::Organisations => ORGANISATION,
            Self::Money => MONEY,
            Self::Sources => SOURCE,
        }
    }

    /// The field of a row, by the word that tells the fields of a table apart.
    fn field(self, word: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
        let word = match self {
            Self::Measures => word("list"),
            Self::Money => word("kind"),
            Self::Organisations | Self::Sources => None,
        };
        match (self.fields(), word.as_deref()) {
            ([only], _) => Some(only),
            (_, Some("cost")) => Some("costs"),
            (fields, Some(word)) => fields.iter().find(|field| **field == word).copied(),
            _ => None,
        }
    }
}

impl OfCases {
    /// Adds what a table holds to what others do; nothing if it is no table of casebook's.
    pub fn add(&mut self, survey: &Survey) {
        let Some(table) = Table::of(survey) else { return };
        self.fields.extend(table.fields());
        let mut rows: Vec<&Row> = survey.rows.iter().collect();
        rows.sort_by_cached_key(|row| place(survey, row));
        for row in rows {
            let word = |column: &str| word(survey, row, column);
            let (Some(case), Some(field)) = (word(CASE), table.field(word)) else { continue };
            let parts = table.parts().iter();
            let entries = parts.filter_map(|part| Some(entry(part.0, value(part, &word)?)));
            let entry = node(Value::Map(entries.collect()));
            let fields = self.held.entry(case).or_default();
            let at = fields.iter().position(|(known, _)| *known == field).unwrap_or(fields.len());
            if at == fields.len() {
                let empty = match table {
                    Table::Sources => Value::Map(Vec::new()),
                    _ => Value::List(Vec::new()),
                };
                fields.push((field, node(empty)));
            }
            match fields.get_mut(at).map(|(_, held)| &mut held.value) {
                Some(Value::List(list)) => list.push(entry),
                Some(Value::Map(map)) => {
                    map.extend(word("key").map(|key| self::entry(&key, entry)));
                }
                _ => {}
            }
        }
    }

    /// The fields that they hold of a case.
    pub(super) fn of(&self, id: &str) -> &[(&'static str, Node<'static>)] {
        self.held.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The fields that they speak of, whichever case has them.
    pub(super) fn fields(&self) -> &[&'static str] {
        &self.fields
    }
}

fn place(survey: &Survey, row: &Row) -> i64 {
    word(survey, row, "position").and_then(|place| place.parse().ok()).unwrap_or(LAST_PLACE)
}

/// What stands in a cell, as it was before it was written for spreadsheets.
fn word(survey: &Survey, row: &Row, column: &str) -> Option<String> {
    Some(cell(&survey.value(row, column)?.as_word()?)).filter(|text| !text.is_empty())
}

/// A value out of its cells; none if they are empty.
fn value(
    (_, columns, made): &Part,
    word: &impl Fn(&str) -> Option<String>,
) -> Option<Node<'static>> {
    let first = columns.first().and_then(|column| word(column));
    let second = columns.get(1).and_then(|column| word(column));
    Some(match made {
        Made::Text => text(first?),
        Made::Number => number(first?),
        Made::Figure => first.map(number).or(second.map(text))?,
        Made::Interval => node(Value::List(vec![number(first?), number(second?)])),
        Made::Span => text(match second {
            Some(end) => format!("{}/{end}", first?),
            None => first?,
        }),
        Made::Citation => {
            let mut keys = list(&first?);
            match keys.len() {
                1 => text(keys.remove(0)),
                _ => node(Value::List(keys.into_iter().map(text).collect())),
            }
        }
    })
}

/// A number as it is written; what is none is kept as a text, and refused by the form.
fn number(written: String) -> Node<'static> {
    let float = || written.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float);
    match written.parse().ok().map(Number::Int).or_else(float) {
        Some(number) => node(Value::Number(number)),
        None => text(written),
    }
}

fn text(text: String) -> Node<'static> {
    node(Value::String(Cow::Owned(text)))
}

fn entry(key: &str, value: Node<'static>) -> Entry<'static> {
    Entry { key: Cow::Owned(key.to_owned()), key_span: Span::default(), value }
}

/// A value without a place: it stands in another file than the cases.
fn node(value: Value<'static>) -> Node<'static> {
    Node { span: Span::default(), value }
}
