//! Owns what a manifest says of the group's own form: its file, its roles, and further facets.

use serde::Deserialize;

use super::Keyed;

/// Which form the cases are written in; the built-in one if nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormSettings {
    /// Path of a JSON Schema that is added to the built-in form.
    pub extend: Option<String>,
    /// Path of a JSON Schema that takes the place of the built-in form.
    pub schema: Option<String>,
    /// Where the records of that schema keep what casebook knows by name.
    pub roles: RoleSettings,
}

/// The roles of a form: pointers into a record, with `*` for every entry of a list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RoleSettings {
    /// The short name of a record.
    pub id: Option<String>,
    /// Its name for readers.
    pub title: Option<String>,
    /// What a busy reader should know.
    pub summary: Option<String>,
    /// Region codes.
    pub regions: Option<String>,
    /// Theme keys.
    pub themes: Option<String>,
    /// When it ran.
    pub period: Option<PeriodSetting>,
    /// Where it stands.
    pub status: Option<WordSetting>,
    /// What came of it.
    pub outcome: Option<WordSetting>,
    /// Who was part of it.
    pub organisations: Option<String>,
    /// What it rests on.
    pub sources: Option<String>,
    /// What the report prints as sections, in this order.
    pub sections: Vec<String>,
}

/// Where a record's period stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PeriodSetting {
    /// In one value.
    One(String),
    /// In two values.
    Two {
        /// The beginning.
        start: String,
        /// The end.
        end: Option<String>,
    },
}

/// Where a word stands, and what the group's words mean in casebook's.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum WordSetting {
    /// The group uses casebook's words.
    Pointer(String),
    /// It has words of its own.
    Mapped {
        /// Where the word stands.
        pointer: String,
        /// Casebook's word for each of the group's.
        values: Keyed<String>,
    },
}

impl WordSetting {
    /// Where the word stands.
    pub fn pointer(&self) -> &str {
        match self {
            Self::Pointer(pointer) | Self::Mapped { pointer, .. } => pointer,
        }
    }

    /// Casebook's word for each of the group's.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = match self {
            Self::Pointer(_) => None,
            Self::Mapped { values, .. } => Some(values),
        };
        values.into_iter().flat_map(Keyed::iter).map(|(own, word)| (own, word.as_str()))
    }
}

/// A further dimension by which cases are counted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetSetting {
    /// Its name for readers.
    pub title: String,
    /// Where a record has its value or values.
    pub pointer: String,
    /// The values that there are, in their order; any if none are listed.
    #[serde(default)]
    pub values: FacetValues,
}

/// The values of a facet, in their order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum FacetValues {
    /// Words that are their own names.
    Words(Vec<String>),
    /// Codes with their names for readers.
    Named(Keyed<String>),
}

impl Default for FacetValues {
    fn default() -> Self {
        Self::Words(Vec::new())
    }
}

impl FacetValues {
    /// The codes with their names for readers, in their order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        match self {
            Self::Words(words) => Box::new(words.iter().map(|word| (word.as_str(), word.as_str()))),
            Self::Named(named) => Box::new(named.iter().map(|(code, name)| (code, name.as_str()))),
        }
    }

    /// Whether none are listed, so that any value counts.
    pub fn is_open(&self) -> bool {
        self.iter().next().is_none()
    }
}
