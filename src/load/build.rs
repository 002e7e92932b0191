//! Owns the builder that turns the parser's events into a tree, within limits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Tag, options};

use super::diags::{self, Fault};
use super::scalar;
use super::tree::{Entry, Node, Value};
use crate::diag::Sink;
use crate::source::{SourceId, Span};

/// How much one file may hold, so that a hostile one costs nothing.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Keys and values in all, each use of an alias counted.
    pub nodes: usize,
}

impl Default for Limits {
    /// Four megabytes, 64 levels, 200,000 nodes: a hundred times what a long case needs.
    fn default() -> Self {
        Self { bytes: 4 << 20, depth: 64, nodes: 200_000 }
    }
}

/// Reads one YAML document. Pushes what is wrong; returns a tree if there is one to go on with.
pub fn parse<'s>(
    source: SourceId,
    text: &'s str,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Node<'s>> {
    let mut documents = read(source, text, limits, Documents::One, sink);
    documents.truncate(1);
    documents.pop()
}

/// Reads one YAML document that is a part of a text, such as a block in a chapter. Places are those of
/// the whole text.
pub fn parse_part<'s>(
    source: SourceId,
    text: &'s str,
    part: Range<usize>,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Node<'s>> {
    let start = part.start;
    let before = sink.len();
    let mut root = parse(source, text.get(part).unwrap_or_default(), limits, sink);
    for diagnostic in sink.iter_mut().skip(before) {
        diagnostic.move_by(start);
    }
    if let Some(root) = &mut root {
        root.move_by(start);
    }
    root
}

/// Reads every YAML document of a text. Pushes what is wrong; returns the trees to go on with.
///
/// The limits hold for the whole text.
pub fn parse_all<'s>(
    source: SourceId,
    text: &'s str,
    limits: Limits,
    sink: &mut Sink,
) -> Vec<Node<'s>> {
    read(source, text, limits, Documents::Several, sink)
}

/// How many documents a text may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Documents {
    One,
    Several,
}

fn read<'s>(
    source: SourceId,
    text: &'s str,
    limits: Limits,
    allowed: Documents,
    sink: &mut Sink,
) -> Vec<Node<'s>> {
    if text.len() > limits.bytes {
        sink.push(diags::too_large(source, text.len(), limits.bytes));
        return Vec::new();
    }
    let mut builder = Builder::new(text, limits);
    if let Err(fault) = builder.run(allowed) {
        builder.faults.push(fault);
    }
    if builder.roots.is_empty() && builder.faults.is_empty() {
        builder.faults.push(Fault::Nothing);
    }
    let sound = builder.faults.iter().all(Fault::leaves_a_tree);
    sink.extend(builder.faults.into_iter().map(|fault| fault.diagnose(source, text)));
    if sound { builder.roots } else { Vec::new() }
}

/// What an open collection has collected.
enum Frame<'s> {
    List { items: Vec<Node<'s>> },
    Map { entries: Vec<Entry<'s>>, pending: Option<Pending<'s>>, seen: HashMap<String, Span> },
}

/// A key that waits for its value.
struct Pending<'s> {
    key: Cow<'s, str>,
    key_span: Span,
    /// Whether the mapping has the key already. What is below it then is not part of the tree, in which a
    /// key leads to one value: a check that found a fault there would show it in the first one.
    is_repeated: bool,
}

struct Open<'s> {
    frame: Frame<'s>,
    start: usize,
    anchor: usize,
    /// Nodes counted before this collection began: the difference is what an alias of it costs.
    nodes_before: usize,
}

struct Anchored<'s> {
    node: Node<'s>,
    cost: usize,
}

struct Builder<'s> {
    text: &'s str,
    limits: Limits,
    stack: Vec<Open<'s>>,
    anchors: Vec<Option<Anchored<'s>>>,
    nodes: usize,
    /// Bytes of text that anchors and aliases have copied.
    copied: usize,
    /// The documents that are finished.
    roots: Vec<Node<'s>>,
    faults: Vec<Fault>,
}

/// Mappings larger than this look for repeated keys in a table instead of one by one.
const LINEAR_KEYS: usize = 16;

impl<'s> Builder<'s> {
    fn new(text: &'s str, limits: Limits) -> Self {
        Self {
            text,
            limits,
            stack: Vec::new(),
            anchors: Vec::new(),
            nodes: 0,
            copied: 0,
            roots: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn run(&mut self, allowed: Documents) -> Result<(), Fault> {
        let mut begun = 0;
        let options: Options = options! {
            emit_comments: false,
            flow_nesting_limit: self.limits.depth,
            block_nesting_limit: self.limits.depth,
        };
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = event.map_err(|error| Fault::scan(&error, self.text.len()))?;
            let bytes = span.byte_range().unwrap_or_default();
            let span = Span::new(bytes.start, bytes.end);
            match event {
                Event::DocumentStart(..) => {
                    begun += 1;
                    if begun > 1 && allowed == Documents::One {
                        self.faults.push(Fault::SeveralDocuments(span));
                        break;
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.count(1, span)?;
                    let value = self.scalar(text, style, tag.as_deref(), span);
                    self.place(Node { span, value }, anchor, 1)?;
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.collection_tag(tag.as_deref(), "seq", span);
                    self.open(Frame::List { items: Vec::new() }, span, anchor)?;
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.collection_tag(tag.as_deref(), "map", span);
                    let frame =
                        Frame::Map { entries: Vec::new(), pending: None, seen: HashMap::new() };
                    self.open(frame, span, anchor)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
                Event::Alias(anchor) => self.alias(anchor, span)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Fault> {
        self.nodes = self.nodes.saturating_add(nodes);
        self.within_limits(span)
    }

    fn open(&mut self, frame: Frame<'s>, span: Span, anchor: usize) -> Result<(), Fault> {
        if self.stack.len() >= self.limits.depth {
            return Err(Fault::TooDeep(span, self.limits.depth));
        }
        let nodes_before = self.nodes;
        self.count(1, span)?;
        self.stack.push(Open { frame, start: span.range().start, anchor, nodes_before });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Fault> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        // A block ends where the next token begins: the blanks before it are not part of it.
        let end = self
            .text
            .get(open.start..end.range().end)
            .map_or(end.range().end, |slice| open.start + slice.trim_end().len());
        let value = match open.frame {
            Frame::List { items } => Value::List(items),
            Frame::Map { entries, .. } => Value::Map(entries),
        };
        let node = Node { span: Span::new(open.start, end), value };
        self.place(node, open.anchor, self.nodes - open.nodes_before)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fault> {
        let Some(Some(anchored)) = self.anchors.get(anchor) else {
            return Err(Fault::AliasInItself(span));
        };
        let cost = anchored.cost;
        // Counted before it is copied: a bomb is refused by its arithmetic.
        self.nodes = self.nodes.saturating_add(cost);
        self.copied = self.copied.saturating_add(text_bytes(&anchored.node));
        self.within_limits(span)?;
        let node = Node { span, ..anchored.node.clone() };
        self.place(node, 0, cost)
    }

    fn within_limits(&self, span: Span) -> Result<(), Fault> {
        if self.nodes > self.limits.nodes {
            return Err(Fault::TooManyNodes(span, self.limits.nodes));
        }
        if self.copied > self.limits.bytes {
            return Err(Fault::TooMuchCopied(span, self.limits.bytes));
        }
        Ok(())
    }

    /// Puts a finished node where it belongs: into the open collection, or at the root.
    fn place(&mut self, node: Node<'s>, anchor: usize, cost: usize) -> Result<(), Fault> {
        if anchor != 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize_with(anchor + 1, || None);
            }
            // The copy that waits for its aliases is memory too.
            self.copied = self.copied.saturating_add(text_bytes(&node));
            self.count(cost, node.span)?;
            self.anchors[anchor] = Some(Anchored { node: node.clone(), cost });
        }
        let Some(open) = self.stack.last_mut() else {
            self.roots.push(node);
            return Ok(());
        };
        match &mut open.frame {
            Frame::List { items } => items.push(node),
            Frame::Map { entries, pending, seen } => match pending.take() {
                Some(Pending { is_repeated: true, .. }) => {}
                Some(Pending { key, key_span, .. }) => {
                    entries.push(Entry { key, key_span, value: node });
                }
                None => {
                    let key_span = node.span;
                    let key = match node.value {
                        Value::String(key) => key,
                        // A year or a word such as true is a fair key: its text is what is meant.
                        Value::Null | Value::Bool(_) | Value::Number(_) => {
                            Cow::Borrowed(self.text.get(key_span.range()).unwrap_or_default())
                        }
                        Value::List(_) | Value::Map(_) => {
                            self.faults.push(Fault::KeyNotText(key_span));
                            Cow::Borrowed("")
                        }
                    };
                    let first = if entries.len() < LINEAR_KEYS {
                        entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span)
                    } else {
                        if seen.is_empty() {
                            let earlier = entries.iter().rev();
                            seen.extend(earlier.map(|e| (e.key.to_string(), e.key_span)));
                        }
                        let first = *seen.entry(key.to_string()).or_insert(key_span);
                        (first != key_span).then_some(first)
                    };
                    if let Some(first) = first {
                        self.faults.push(Fault::DuplicateKey {
                            key: key.to_string(),
                            first,
                            again: key_span,
                        });
                    }
                    *pending = Some(Pending { key, key_span, is_repeated: first.is_some() });
                }
            },
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
    ) -> Value<'s> {
        if let Some(control) = text.chars().find(|c| !is_text(*c)) {
            self.faults.push(Fault::Control(span, control));
        }
        let Some(tag) = tag else {
            return match style {
                ScalarStyle::Plain => scalar::resolve(text),
                _ => Value::String(text),
            };
        };
        match tag.core_suffix() {
            Some("str") => Value::String(text),
            Some("null" | "bool" | "int" | "float") => scalar::resolve(text),
            _ if is_lone_mark(tag) => Value::String(text),
            _ => {
                self.faults.push(Fault::UnknownTag(span, tag.original()));
                Value::String(text)
            }
        }
    }

    fn collection_tag(&mut self, tag: Option<&Tag>, expected: &str, span: Span) {
        if let Some(tag) = tag
            && tag.core_suffix() != Some(expected)
            && !is_lone_mark(tag)
        {
            self.faults.push(Fault::UnknownTag(span, tag.original()));
        }
    }
}

/// Whether a tag is a lone `!`, which makes a text of a plain scalar and has no other meaning.
fn is_lone_mark(tag: &Tag) -> bool {
    tag.parts() == ("", "!")
}

/// The bytes of all texts in a tree.
fn text_bytes(node: &Node<'_>) -> usize {
    match &node.value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(text_bytes).sum(),
        Value::Map(entries) => {
            entries.iter().map(|entry| entry.key.len() + text_bytes(&entry.value)).sum()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Whether a character may stand in a text of the report: HTML and PDF can carry it.
///
/// The set is that of the WHATWG HTML standard: no control characters but white space, no
/// Unicode non-characters.
fn is_text(c: char) -> bool {
    let non_character = matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    !non_character && (!c.is_control() || c.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn load(text: &str) -> (Option<Node<'_>>, Sink) {
        let source = SourceMap::default().add("t.yaml", "");
        let mut sink = Sink::new();
        let node = parse(source, text, Limits::default(), &mut sink);
        (node, sink)
    }

    fn codes(text: &str) -> Vec<&'static str> {
        load(text).1.iter().map(|d| d.code.as_str()).collect()
    }

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        let text = "id: a\nlist:\n  - één\n  - {k: [1, 2]}\ntext: |\n  line\n  two\nlast: \"q\"\n";
        let root = load(text).0.unwrap();
        let slice = |span: Span| &text[span.range()];
        let entry = |key| root.entry(key).unwrap();
        assert_eq!(slice(entry("list").key_span), "list");
        assert_eq!(slice(entry("list").value.items()[0].span), "één");
        assert_eq!(slice(entry("list").value.items()[1].span), "{k: [1, 2]}");
        assert_eq!(slice(entry("last").value.span), "\"q\"");
        assert!(slice(entry("text").value.span).contains("line\n  two"));
        assert_eq!(entry("text").value.as_str(), Some("line\ntwo\n"));
    }

    #[test]
    fn a_part_of_a_text_has_its_places_in_the_whole() {
        let text = "é: [\n~~~\na: {b: [c, ü]}\na: 1\n~~~\n";
        let source = SourceMap::default().add("t.md", "");
        let (start, end) = (text.find("a:").unwrap(), text.rfind("~~~").unwrap());
        let mut sink = Sink::new();
        let root = parse_part(source, text, start..end, Limits::default(), &mut sink).unwrap();
        let slice = |span: Span| &text[span.range()];
        let first = &root.entries()[0];
        assert_eq!((slice(first.key_span), slice(first.value.span)), ("a", "{b: [c, ü]}"));
        assert_eq!(slice(first.value.get("b").unwrap().items()[1].span), "ü");
        let [found] = sink.as_slice() else { panic!("{sink:?}") };
        let (again, before) = (found.primary.as_ref().unwrap(), &found.related[0]);
        assert_eq!(
            again.location.span.range(),
            text.rfind("a:").unwrap()..text.rfind(": 1").unwrap()
        );
        assert_eq!(before.location.span.range().start, start);
    }

    #[test]
    fn an_alias_is_a_copy_with_its_own_place() {
        let text = "a: &x {k: v}\nb: *x\n";
        let root = load(text).0.unwrap();
        let b = root.get("b").unwrap();
        assert_eq!(&text[b.span.range()], "*x");
        assert_eq!(b.get("k").and_then(Node::as_str), Some("v"));
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(codes("a: 1\nb: 2\na: 3\n"), ["duplicate-key"]);
        assert_eq!(codes("a: *nowhere\n"), ["yaml-syntax"]);
        assert_eq!(codes("a: &x [*x]\n"), ["yaml-syntax"]);
        assert_eq!(codes("a: 1\n---\nb: 1\n"), ["several-documents"]);
        assert_eq!(codes("a:\n\tb: 1\n"), ["yaml-tab"]);
        assert_eq!(codes("a: \"open\n"), ["yaml-syntax"]);
        assert_eq!(codes("a: \"bell \\a\"\n"), ["control-character"]);
        assert_eq!(codes("a: !python/object x\n"), ["yaml-tag"]);
        assert_eq!(codes("[a, b]: 1\n"), ["yaml-key"]);
        assert_eq!(codes("a: !!str 12\n"), [""; 0]);
        assert_eq!(codes("a: ! 12\nb: ! [c]\n"), [""; 0]);
        assert_eq!(codes("# only a comment\n"), ["empty-file"]);
    }

    #[test]
    fn a_key_that_stands_twice_has_its_first_value() {
        let text = "a: {b: 1, b: {c: 2}, d: 3}\na: &x [4]\ne: *x\n";
        let (root, sink) = load(text);
        let root = root.unwrap();
        let keys = |node: &Node<'_>| -> Vec<String> {
            node.entries().iter().map(|entry| entry.key.to_string()).collect()
        };
        assert_eq!(sink.len(), 2);
        assert_eq!(keys(&root), ["a", "e"]);
        let a = root.get("a").unwrap();
        assert_eq!(keys(a), ["b", "d"]);
        assert_eq!(&text[a.get("b").unwrap().span.range()], "1");
        // What the second one is called by is there all the same.
        assert_eq!(root.get("e").unwrap().items().len(), 1);
    }

    #[test]
    fn many_keys_are_compared_without_looking_at_all() {
        let mut text: String = (0..5000).map(|i| format!("key{i}: 1\n")).collect();
        text.push_str("key4321: 2\n");
        assert_eq!(codes(&text), ["duplicate-key"]);
    }

    #[test]
    fn bombs_are_refused_by_arithmetic() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let prior = format!("*a{}, ", i - 1).repeat(9);
            bomb.push_str(&format!("a{i}: &a{i} [{prior}]\n"));
        }
        assert_eq!(codes(&bomb), ["yaml-limit"]);
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(100));
        assert_eq!(codes(&long), ["yaml-limit"]);
        assert_eq!(codes(&"[".repeat(100_000)), ["yaml-limit"]);
        assert_eq!(codes(&"- ".repeat(100_000)), ["yaml-limit"]);
        assert_eq!(codes(&"[".repeat(10 << 20)), ["file-too-large"]);
    }
}
