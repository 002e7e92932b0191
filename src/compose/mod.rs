//! Owns the way from data to YAML text, as a person would have written it.

mod edits;
mod scalar;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_saphyr::{FlowSeq, FoldStr, SerializerOptions, ser_options};

use crate::load::{Node, Number, Value};

pub use self::edits::{edited, line_break};
pub use self::scalar::{quoted, scalar};

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
mod tests {
    //! The writer against casebook's own reader.

    use std::borrow::Cow;

    use super::*;
    use crate::diag::Code;
    use crate::load::{Entry, Limits, parse};
    use crate::source::{SourceMap, Span};

    fn node(value: Value<'static>) -> Node<'static> {
        Node { span: Span::default(), value }
    }

    fn text(text: impl Into<String>) -> Node<'static> {
        node(Value::String(Cow::Owned(text.into())))
    }

    fn map<const N: usize>(entries: [(&str, Node<'static>); N]) -> Node<'static> {
        let entry = |(key, value): (&str, Node<'static>)| Entry {
            key: Cow::Owned(key.to_owned()),
            key_span: Span::default(),
            value,
        };
        node(Value::Map(entries.into_iter().map(entry).collect()))
    }

    /// A tree without its places, for comparing.
    fn bare(node: &Node<'_>) -> String {
        match &node.value {
            Value::List(items) => {
                format!("[{}]", items.iter().map(bare).collect::<Vec<_>>().join(","))
            }
            Value::Map(entries) => {
                let entries = entries.iter().map(|e| format!("{:?}:{}", e.key, bare(&e.value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            }
            value => format!("{value:?}"),
        }
    }

    #[track_caller]
    fn check_reads_back(tree: &Node<'_>) {
        let text = yaml(tree);
        let source = SourceMap::default().add("t.yaml", "");
        let mut sink = Vec::new();
        let read = parse(source, &text, Limits::default(), &mut sink);
        // A control character is told of in whatever it stands, and is read all the same.
        let other = sink.iter().find(|found| found.code != Code::ControlCharacter);
        assert_eq!(other, None, "{text:?}");
        assert_eq!(read.as_ref().map(bare), Some(bare(tree)), "{text}");
    }

    /// What makes trouble in YAML, alone and next to each other.
    const BITS: &[&str] = &[
        "a",
        "B",
        "word",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "-",
        "- ",
        ": ",
        ":",
        " #",
        "#",
        "'",
        "\"",
        "\\",
        "\r",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{a0}",
        "\u{200b}",
        "\u{e000}",
        "\u{7}",
        "\u{9f}",
        "\u{10ffff}",
        "\u{ad}",
        "😀",
        "é",
        "\u{202e}",
        "NO",
        "yes",
        "1.10",
        "1_000",
        "~",
        "null",
        "2020-01-05",
        "2020-01",
        "12:30",
        "@",
        "`",
        "%",
        "!",
        "&",
        "*",
        "[",
        "]",
        "{",
        "}",
        "|",
        ">",
        "?",
        ",",
        "---",
        "...",
        "=",
        "<<",
        "1e3",
        "0x1F",
        "0o7",
        ".5",
        "+1",
        "- a\n- b\n",
        "> quoted",
        "a long run of words that goes on until no line of a file has room for it any more, and on ",
    ];

    /// Numbers that are the same in every run (Knuth's MMIX constants).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) as usize) % limit
        }
    }

    #[test]
    fn any_text_reads_back_as_it_is_wherever_it_stands() {
        let mut numbers = Numbers(7);
        for _ in 0..20_000 {
            let parts = numbers.below(8);
            let some: String = (0..parts).map(|_| BITS[numbers.below(BITS.len())]).collect();
            let list = |items| node(Value::List(items));
            check_reads_back(&map([
                ("text", text(&some)),
                ("words", list(vec![text(&some), text("b")])),
                ("deep", list(vec![map([("k", text(&some)), ("l", list(vec![text(&some)]))])])),
                ("lists", list(vec![list(vec![list(vec![text(&some)])])])),
                (if some.is_empty() { "empty" } else { &some }, text("value")),
            ]));
        }
    }

    #[test]
    fn values_that_are_no_texts_read_back_too() {
        let number = |number| node(Value::Number(number));
        for float in [0.5, -1.25, 1e21, 1e-7, 0.1 + 0.2, 3.0, f64::MAX] {
            check_reads_back(&map([("f", number(Number::Float(float)))]));
        }
        check_reads_back(&map([
            ("int", number(Number::Int(i64::MIN))),
            ("null", node(Value::Null)),
            ("answer", node(Value::Bool(false))),
            ("none", node(Value::List(Vec::new()))),
            ("nothing", map([])),
            ("pair", node(Value::List(vec![number(Number::Int(1)), number(Number::Float(2.5))]))),
        ]));
    }

    #[test]
    fn the_text_is_what_a_person_would_have_written() {
        let list =
            |items: &[&str]| node(Value::List(items.iter().map(|item| text(*item)).collect()));
        let tree = map([
            ("id", text("oulu")),
            ("title", text("Care at home: a trial")),
            ("summary", text("long words ".repeat(14).trim())),
            ("regions", list(&["NO", "SE221"])),
            (
                "period",
                map([("start", node(Value::Number(Number::Int(2019)))), ("end", text("2020-01"))]),
            ),
            ("problem", text("First.\n\n- one\n- two\n")),
            ("version", text("1.10")),
            (
                "organisations",
                node(Value::List(vec![map([("name", text("A & B")), ("role", text("lead"))])])),
            ),
            ("advice", list(&["Begin small.", "Ask the nurses first, they know."])),
        ]);
        let expected = "\
id: oulu
title: \"Care at home: a trial\"
summary: >-
  long words long words long words long words long words long words long words long words
  long words long words long words long words long words long words
regions: [\"NO\", SE221]
period:
  start: 2019
  end: 2020-01
problem: |
  First.

  - one
  - two
version: \"1.10\"
organisations:
  - name: A & B
    role: lead
advice:
  - Begin small.
  - Ask the nurses first, they know.
";
        assert_eq!(yaml(&tree), expected);
    }
}
