//! Owns the way from data to YAML text, as a person would have written it.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_saphyr::{FlowSeq, FoldStr, SerializerOptions, ser_options};

use crate::load::{Node, Number, Value};

/// The width, in characters, that a list of words may take on one line.
const WIDEST_LIST: usize = 90;

/// How wide the lines of a long text are, in characters, without its indentation.
pub const WIDTH: usize = 90;

/// A tree as the text of a YAML file, which reads as the same tree again.
///
/// Keys keep their order. Texts of several lines stand under `|`, long ones of one line under `>`; what
/// another reader of YAML would take for something else stands between quotation marks. Short lists
/// of words stand on one line.
pub fn yaml(tree: &Node<'_>) -> String {
    let text = serde_saphyr::to_string_with_options(&Written(&tree.value), options());
    // Writing into memory fails for options that do not fit together, and these do.
    debug_assert!(text.is_ok(), "{text:?}");
    text.unwrap_or_default()
}

fn options() -> SerializerOptions {
    ser_options! { compact_list_indent: false, folded_wrap_chars: WIDTH }
}

/// A value that is written as people write it.
struct Written<'a>(&'a Value<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(answer) => serializer.serialize_bool(*answer),
            Value::Number(Number::Int(number)) => serializer.serialize_i64(*number),
            Value::Number(Number::Float(number)) => serializer.serialize_f64(*number),
            Value::String(text) if is_one_long_line(text) => FoldStr(text).serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(items) => match words(items) {
                Some(words) => FlowSeq(words).serialize(serializer),
                None => {
                    let mut list = serializer.serialize_seq(Some(items.len()))?;
                    for item in items {
                        list.serialize_element(&Written(&item.value))?;
                    }
                    list.end()
                }
            },
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&*entry.key, &Written(&entry.value.value))?;
                }
                map.end()
            }
        }
    }
}

/// Whether a text is one line, longer than one is wide, with a line break behind it. (Without, the
/// library chooses by itself; what is told to fold always ends with a line break.)
fn is_one_long_line(text: &str) -> bool {
    let line = text.strip_suffix('\n').unwrap_or_default();
    line.len() > WIDTH && !line.contains(char::is_control) && line == line.trim()
}

/// The entries of a list that one line has room for: words, or pairs of numbers.
fn words<'a>(items: &'a [Node<'a>]) -> Option<Vec<Written<'a>>> {
    let mut width = 0;
    for item in items {
        width += match &item.value {
            Value::String(text) if !text.contains(is_mark) => text.chars().count() + 2,
            Value::Number(number) => number.to_string().len() + 2,
            _ => return None,
        };
    }
    (!items.is_empty() && width <= WIDEST_LIST)
        .then(|| items.iter().map(|item| Written(&item.value)).collect())
}

/// Whether a letter has a meaning between brackets, or makes an entry more than a word or two.
fn is_mark(c: char) -> bool {
    c.is_control() || matches!(c, ',' | '.' | ';' | '[' | ']' | '{' | '}' | ':' | '#' | '"' | '\'')
}

#[cfg(test)]
mod tests;
