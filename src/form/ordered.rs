//! Owns JSON that keeps its keys in the order of its source.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A JSON value whose mappings have an order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ordered {
    /// Anything but a list or a mapping.
    Scalar(Value),
    /// A list.
    List(Vec<Ordered>),
    /// A mapping.
    Map(Vec<(String, Ordered)>),
}

impl Ordered {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Value::String(text.into()))
    }

    /// A list of texts.
    pub(super) fn texts(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// The value as a file: indented by two, with a line break at its end.
    pub(super) fn to_file(&self) -> String {
        // Its keys are texts and its numbers finite, which is all that could go wrong.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(value) => value.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
