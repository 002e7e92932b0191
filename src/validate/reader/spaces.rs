//! Owns the look for white space at the ends of lines, where it means nothing.

use std::ops::Range;

use super::{Submission, diags};
use crate::diag::Sink;
use crate::load::{Node, Value};
use crate::source::{SourceFile, SourceId, Span};

/// The most lines of a file that are told of.
const MOST: usize = 20;

/// A text whose lines YAML keeps: what stands at their ends may mean something.
struct Block {
    range: Range<usize>,
    /// Folded (`>`) rather than literal (`|`): a line of spaces keeps its neighbours apart.
    is_folded: bool,
}

/// The white space at the end of a line.
struct Trail<'a> {
    /// The bytes of the white space.
    range: Range<usize>,
    /// The line before it.
    bare: &'a str,
}

/// Looks through a YAML file.
pub(super) fn check(submission: Submission<'_>, sink: &mut Sink) {
    let text = submission.file.text();
    // Nearly every file is without any, which a look at pairs of bytes tells quickest.
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let ends = |pair: &[u8]| matches!(pair, [first, b'\n' | b'\r'] if blank(first));
    if !text.as_bytes().windows(2).any(ends) && !text.as_bytes().last().is_some_and(blank) {
        return;
    }
    let blocks = blocks(text, submission.root);
    report(submission.source, trails(text).filter(|trail| trail.is_idle(text, &blocks)), sink);
}

/// Looks through a Markdown file, which is all one block.
pub(super) fn check_markdown(file: &SourceFile, source: SourceId, sink: &mut Sink) {
    let text = file.text();
    let idle = trails(text).filter(|trail| trail.bare.is_empty() || !trail.is_break(text));
    report(source, idle, sink);
}

fn report<'a>(source: SourceId, mut trails: impl Iterator<Item = Trail<'a>>, sink: &mut Sink) {
    let first = sink.len();
    sink.extend(trails.by_ref().take(MOST).map(|trail| {
        diags::trailing_space(Span::new(trail.range.start, trail.range.end).of(source))
    }));
    let more = trails.count();
    if more > 0
        && let Some(last) = sink[first..].last_mut()
    {
        last.notes.push(diags::more_lines(more));
    }
}

fn trails(text: &str) -> impl Iterator<Item = Trail<'_>> {
    let ends = text.match_indices('\n').map(|(at, _)| at).chain(std::iter::once(text.len()));
    let mut start = 0;
    ends.filter_map(move |end| {
        let line = start;
        start = end + 1;
        let written = text.get(line..end)?;
        let written = written.strip_suffix('\r').unwrap_or(written);
        let bare = written.trim_end_matches([' ', '\t']);
        let range = line + bare.len()..line + written.len();
        (!range.is_empty()).then_some(Trail { range, bare })
    })
}

impl Trail<'_> {
    /// Whether nothing is lost without it.
    fn is_idle(&self, text: &str, blocks: &[Block]) -> bool {
        let after = blocks.partition_point(|block| block.range.start <= self.range.start);
        let block = after.checked_sub(1).and_then(|index| blocks.get(index));
        match block.filter(|block| self.range.start < block.range.end) {
            // A backslash makes the space after it part of a text between quotation marks.
            None => !self.bare.ends_with('\\'),
            Some(block) if self.bare.is_empty() => !block.is_folded,
            Some(_) => !self.is_break(text),
        }
    }

    /// Whether Markdown reads it as the end of a line in print.
    fn is_break(&self, text: &str) -> bool {
        text[self.range.clone()].ends_with("  ")
    }
}

/// The block scalars of a tree, in the file's order.
fn blocks(text: &str, root: &Node<'_>) -> Vec<Block> {
    let mut spans = Vec::new();
    collect_texts(root, &mut spans);
    // What an alias repeats stands in the file once.
    spans.sort_unstable();
    spans.dedup();
    let block = |span: Span| {
        let range = span.range();
        let sign = block_sign(text.get(..range.start)?)?;
        Some(Block { range, is_folded: sign == '>' })
    };
    spans.into_iter().filter_map(block).collect()
}

fn collect_texts(node: &Node<'_>, spans: &mut Vec<Span>) {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().for_each(|entry| collect_texts(&entry.value, spans));
        }
        Value::List(items) => items.iter().for_each(|item| collect_texts(item, spans)),
        Value::String(_) => spans.push(node.span),
        _ => {}
    }
}

/// The sign that opened the block whose lines begin after a text: `|`, `>-`, `|2 # a remark`.
fn block_sign(before: &str) -> Option<char> {
    let header = before.trim_end_matches(' ').strip_suffix('\n')?.trim_end();
    let header = header.rsplit('\n').next().unwrap_or(header);
    let header = header.split(" #").next().unwrap_or(header).trim_end();
    let header = header.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
    header.chars().next_back().filter(|sign| matches!(sign, '|' | '>'))
}
