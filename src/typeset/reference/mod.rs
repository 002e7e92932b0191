//! Owns the description of the data that templates get, and the page that is made of it.
//!
//! `inputs` makes the data, field by field; `records` says what each field is. A test holds the data of
//! many casebooks against the description, both ways.

mod page;
mod records;

pub use self::page::page;
pub use self::records::RECORDS;

/// A dictionary among the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The name by which other records speak of it.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub about: &'static str,
    /// What it holds. Every field is always there; what is not known is `none`.
    pub fields: &'static [Field],
}

/// A field of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What its value is, as [`Kind::parse`] reads it.
    pub kind: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// An integer.
    Integer,
    /// An integer or a float.
    Number,
    /// A number, or a text that stands in its place.
    Figure,
    /// True or false.
    Boolean,
    /// Something that can be set as it is.
    Content,
    /// A point in time of Typst's own.
    Datetime,
    /// A colour of Typst's own.
    Color,
    /// A dictionary with known keys.
    Record(&'static Record),
    /// A dictionary with any keys.
    Map(Box<Kind>),
    /// An array.
    List(Box<Kind>),
    /// One of several, by what another field says.
    Either(Vec<Kind>),
    /// `none` or a value.
    Optional(Box<Kind>),
}

impl Kind {
    /// Reads a kind: a word or a record's name, `[…]` for a list, `{…}` for a dictionary of any keys,
    /// `…?` for what may be `none`, `…|…` for one of several.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(known) = text.strip_suffix('?') {
            return Some(Self::Optional(Box::new(Self::parse(known)?)));
        }
        if let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            return Some(Self::List(Box::new(Self::parse(inner)?)));
        }
        if let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            return Some(Self::Map(Box::new(Self::parse(inner)?)));
        }
        if text.contains('|') {
            return text.split('|').map(Self::parse).collect::<Option<_>>().map(Self::Either);
        }
        Some(match text {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "figure" => Self::Figure,
            "boolean" => Self::Boolean,
            "content" => Self::Content,
            "datetime" => Self::Datetime,
            "color" => Self::Color,
            name => Self::Record(RECORDS.iter().find(|record| record.name == name)?),
        })
    }
}

/// The names of all fields.
pub(super) fn field_names() -> impl Iterator<Item = &'static str> {
    RECORDS.iter().flat_map(|record| record.fields).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_of_a_known_kind_and_every_record_is_used() {
        // What templates get without a way to it.
        let mut used = vec!["report", "site", "page"];
        for field in RECORDS.iter().flat_map(|record| record.fields) {
            assert!(Kind::parse(field.kind).is_some(), "{}: {}", field.name, field.kind);
            used.extend(field.kind.split(['[', ']', '?', '|']));
        }
        for record in RECORDS {
            assert!(used.contains(&record.name), "nothing holds a {}", record.name);
            let mut names: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), record.fields.len(), "{} names a field twice", record.name);
        }
    }

    #[test]
    fn kinds_are_read_from_the_outside_in() {
        let list = Kind::List(Box::new(Kind::Optional(Box::new(Kind::Text))));
        assert_eq!(Kind::parse("[text?]?"), Some(Kind::Optional(Box::new(list))));
        let either = Kind::Either(vec![Kind::Content, Kind::List(Box::new(Kind::Integer))]);
        assert_eq!(Kind::parse("content|[integer]"), Some(either));
        assert_eq!(Kind::parse("[txt]"), None);
    }
}
