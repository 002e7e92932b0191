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
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
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
    let list = |items: &[&str]| node(Value::List(items.iter().map(|item| text(*item)).collect()));
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
