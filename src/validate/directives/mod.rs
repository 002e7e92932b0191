//! Owns the rules over directives: what a block in a chapter may say, and whether it means something.
//!
//! A block is read with its chapter, when only its words are known. What they mean is checked once the
//! cases are.

mod meaning;
mod sections;

use std::ops::Range;

pub use self::meaning::check_directives;

use super::diags::{self, Asked};
use crate::diag::{Code, Sink};
use crate::form::find;
use crate::load::{Entry, Limits, Node, Value, parse_part};
use crate::model::{CasesAs, Condition, Directive, Drawn, Placed, Section, Subject};
use crate::source::{Location, SourceFile, SourceId, Span, Spanned};

/// What one block may hold: a hundred times what a long one needs.
const LIMITS: Limits = Limits { bytes: 64 << 10, depth: 16, nodes: 1000 };

/// The most blocks of a chapter: each is a figure of its own.
const MOST_BLOCKS: usize = 100;

/// The keys of a block, the first four of which say what it places.
const KEYS: &[&str] = &["figure", "table", "cases", "section", "where", "caption"];

/// How many of the keys say what a block places.
const KINDS: usize = 4;

/// The keys of a block that places a section, which is about all cases and has words of its own.
const SECTION_KEYS: &[&str] = &["section"];

/// The keys below `cases`.
const CASES_KEYS: &[&str] = &["where", "as", "sort"];

/// Reads the blocks of a chapter, each by its bytes and those of what it says. Pushes what is wrong
/// with them, and returns those that are sound as far as their words go.
pub(super) fn read_directives(
    file: &SourceFile,
    source: SourceId,
    blocks: &[(Span, Range<usize>)],
    sink: &mut Sink,
) -> Vec<Directive> {
    if let Some((block, _)) = blocks.get(MOST_BLOCKS) {
        sink.push(diags::too_many_directives(MOST_BLOCKS, first_line(file, *block).of(source)));
    }
    let blocks = blocks.iter().take(MOST_BLOCKS);
    blocks
        .filter_map(|(block, said)| {
            let fence = first_line(file, *block).of(source);
            let root = parse_block(file, source, said.clone(), fence, sink)?;
            let before = sink.len();
            let read = Reader { source, fence, sink: &mut *sink }.directive(*block, &root);
            // A fix is applied to a case as a whole, and a chapter is none.
            sink.iter_mut().skip(before).for_each(|found| found.fix = None);
            let is_sound = sink.iter().skip(before).all(|found| !found.is_error());
            read.filter(|_| is_sound)
        })
        .collect()
}

/// The tree of what a block says.
fn parse_block<'t>(
    file: &'t SourceFile,
    source: SourceId,
    said: Range<usize>,
    fence: Location,
    sink: &mut Sink,
) -> Option<Node<'t>> {
    let mut found = Sink::new();
    let root = parse_part(source, file.text(), said, LIMITS, &mut found);
    if found.iter().any(|fault| fault.code == Code::EmptyFile) {
        sink.push(diags::no_kind(fence));
        return None;
    }
    let is_sound = found.iter().all(|fault| !fault.is_error());
    sink.extend(found);
    root.filter(|_| is_sound)
}

/// The line of the opening fence.
fn first_line(file: &SourceFile, block: Span) -> Span {
    let line = file.slice(block).lines().next().unwrap_or_default();
    let start = block.range().start;
    Span::new(start, start + line.trim_end().len())
}

struct Reader<'s> {
    source: SourceId,
    /// The opening fence, for what is wrong with the block as a whole.
    fence: Location,
    sink: &'s mut Sink,
}

impl Reader<'_> {
    fn directive(&mut self, span: Span, root: &Node<'_>) -> Option<Directive> {
        if !matches!(root.value, Value::Map(_)) {
            self.wrong_type("the block", "keys with values such as `figure: map`", root);
            return None;
        }
        self.known_keys(root, KEYS);
        let kinds = root.entries().iter().filter(|entry| is_kind(&entry.key));
        let kinds: Vec<&Entry<'_>> = kinds.collect();
        let entry = match kinds.as_slice() {
            [] => {
                // A misspelt key has been told already, and is probably what is missing.
                if root.entries().iter().all(|entry| KEYS.contains(&entry.key.as_ref())) {
                    self.sink.push(diags::no_kind(self.fence));
                }
                return None;
            }
            [entry] => *entry,
            [first, again, ..] => {
                let at = |entry: &Entry<'_>| entry.key_span.of(self.source);
                self.sink.push(diags::two_kinds(at(first), at(again)));
                return None;
            }
        };
        let mut conditions = self.conditions(root);
        let caption = self.caption(root);
        let places = match entry.key.as_ref() {
            "figure" => Placed::Figure(self.subject(entry, |_| true)?),
            "table" => Placed::Table(self.subject(entry, Drawn::has_table)?),
            "section" => {
                self.known_keys(root, SECTION_KEYS);
                Placed::Section(self.section(entry)?)
            }
            _ => {
                let cases = &entry.value;
                if !matches!(cases.value, Value::Map(_)) {
                    let expected = "keys with values such as `{where: {status: pilot}, as: cards}`";
                    self.wrong_type("`cases`", expected, cases);
                    return None;
                }
                self.known_keys(cases, CASES_KEYS);
                conditions.extend(self.conditions(cases));
                Placed::Cases { shown_as: self.shown_as(cases), order: self.words(cases, "sort") }
            }
        };
        Some(Directive { span, places, conditions, caption })
    }

    fn at(&self, node: &Node<'_>) -> Location {
        node.span.of(self.source)
    }

    fn known_keys(&mut self, node: &Node<'_>, known: &[&str]) {
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.key.as_ref())) {
            let meant = find(&entry.key, known.iter().copied());
            let at = entry.key_span.of(self.source);
            self.sink.push(diags::unknown_directive_key(&entry.key, meant, known, at));
        }
    }

    fn wrong_type(&mut self, name: &str, expected: &str, node: &Node<'_>) {
        let at = self.at(node);
        let asked = Asked { name: name.to_owned(), expected, words: None, at };
        self.sink.push(diags::wrong_type(&asked, node));
    }

    /// The name of a figure, or the facets that are counted.
    fn subject(&mut self, entry: &Entry<'_>, fits: impl Fn(Drawn) -> bool) -> Option<Subject> {
        let (key, node) = (&entry.key, &entry.value);
        let name = format!("`{key}`");
        if let Some(word) = node.as_str() {
            let drawn = Drawn::ALL.iter().copied().filter(|drawn| fits(*drawn));
            let names: Vec<&str> = drawn.clone().map(Drawn::as_str).collect();
            let known = drawn.into_iter().find(|drawn| drawn.as_str() == word);
            if known.is_none() {
                let meant = find(word, names.iter().copied());
                self.sink.push(diags::unknown_figure(key, word, meant, &names, self.at(node)));
            }
            return known.map(Subject::Named);
        }
        let Some(by) = node.get("by") else {
            let expected =
                "the name of a figure such as region-theme, or facets such as `{by: theme}`";
            self.wrong_type(&name, expected, node);
            return None;
        };
        self.known_keys(node, &["by"]);
        let facets = self.words(node, "by");
        if facets.is_empty() || facets.len() > 2 {
            self.sink.push(diags::wrong_facet_count(facets.len(), self.at(by)));
            return None;
        }
        Some(Subject::By(facets))
    }

    /// The generated section.
    fn section(&mut self, entry: &Entry<'_>) -> Option<Spanned<Section>> {
        let (node, at) = (&entry.value, self.at(&entry.value));
        let Some(word) = node.as_str() else {
            self.wrong_type("`section`", "the name of a section such as lessons", node);
            return None;
        };
        let Some(section) = Section::ALL.iter().copied().find(|known| known.as_str() == word)
        else {
            let known = Section::ALL.iter().filter(|section| section.stands_in_chapters());
            let known: Vec<&str> = known.map(|section| section.as_str()).collect();
            let meant = find(word, known.iter().copied());
            self.sink.push(diags::unknown_section(word, meant, &known, at));
            return None;
        };
        if !section.stands_in_chapters() {
            self.sink.push(diags::section_of_pages(section.as_str(), at));
            return None;
        }
        Some(Spanned { value: section, span: node.span })
    }

    fn shown_as(&mut self, cases: &Node<'_>) -> CasesAs {
        let Some(node) = cases.get("as") else { return CasesAs::default() };
        let word = node.as_word().unwrap_or_default();
        let known = CasesAs::ALL.iter().find(|known| known.as_str() == word);
        if known.is_none() {
            let words: Vec<&str> = CasesAs::ALL.iter().map(|known| known.as_str()).collect();
            let at = self.at(node);
            let asked = Asked { name: "`as`".to_owned(), expected: "", words: None, at };
            let meant = find(&word, words.iter().copied());
            self.sink.push(diags::unknown_value(&asked, &word, meant, &words));
        }
        known.copied().unwrap_or_default()
    }

    fn caption(&mut self, root: &Node<'_>) -> Option<String> {
        let node = root.get("caption")?;
        let words = node.as_str().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let words = words.filter(|words| !words.is_empty());
        if words.is_none() {
            self.wrong_type("`caption`", "a text", node);
        }
        words
    }

    /// The conditions below `where`: facets, each with a value or a list of values.
    fn conditions(&mut self, node: &Node<'_>) -> Vec<Condition> {
        let Some(conditions) = node.get("where") else { return Vec::new() };
        if !matches!(conditions.value, Value::Map(_)) {
            self.wrong_type(
                "`where`",
                "facets with values such as `{theme: telestroke}`",
                conditions,
            );
            return Vec::new();
        }
        let mut found = Vec::new();
        for entry in conditions.entries() {
            let (facet, negated) = match entry.key.strip_suffix('!') {
                Some(facet) => (facet, true),
                None => (entry.key.as_ref(), false),
            };
            let facet = Spanned { value: facet.trim().to_owned(), span: entry.key_span };
            let values = self.words_of(&format!("`{}`", diags::short(&entry.key)), &entry.value);
            let condition = |value| Condition { facet: facet.clone(), value, negated };
            found.extend(values.into_iter().map(condition));
        }
        found
    }

    /// The word or the words of a key.
    fn words(&mut self, node: &Node<'_>, key: &str) -> Vec<Spanned<String>> {
        let Some(value) = node.get(key) else { return Vec::new() };
        self.words_of(&format!("`{key}`"), value)
    }

    fn words_of(&mut self, name: &str, node: &Node<'_>) -> Vec<Spanned<String>> {
        let mut words = Vec::new();
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for item in items {
            match item.as_word() {
                Some(word) => {
                    words.push(Spanned { value: word.into_owned(), span: item.span });
                }
                None => self.wrong_type(name, "a word or a list of words", item),
            }
        }
        words
    }
}

/// Whether a key says what a block places.
fn is_kind(key: &str) -> bool {
    KEYS.iter().take(KINDS).any(|kind| *kind == key)
}
