//! Owns the way of a decision into the text of a case: the `review` block is written, and every byte
//! around it stays.

use std::ops::Range;

use super::scalar::{literal, scalar};
use crate::compose::{edited, line_break, quoted as in_quotes};
use crate::load::{Entry, Node, Value};

/// The key that the editors' decision stands under.
pub(super) const REVIEW: &str = "review";

/// How much deeper than its key a block is written.
const STEP: &str = "  ";

/// What a review shall say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) state: &'a str,
    /// Who decided; whoever stood there before, if none.
    pub(super) reviewer: Option<&'a str>,
    pub(super) date: &'a str,
    /// What is added to the notes.
    pub(super) note: Option<&'a str>,
}

/// The text of a case with another review; none if it is written in a way in which this cannot be said
/// for sure.
pub(super) fn write(text: &str, root: &Node<'_>, block: Block<'_>) -> Option<String> {
    let mut page = Page { text, eol: line_break(text), edits: Vec::new() };
    match root.entry(REVIEW) {
        None => page.add_review(root, block)?,
        Some(entry) => match &entry.value.value {
            Value::Null if entry.value.span.range().is_empty() => page.fill_review(entry, block)?,
            Value::Map(entries) if entries.is_empty() => {
                page.replace(entry.value.span.range(), page.flow(block, false));
            }
            Value::Map(_) => page.change_review(&entry.value, block)?,
            _ => return None,
        },
    }
    edited(text, page.edits)
}

/// A text and what changes in it.
struct Page<'t> {
    text: &'t str,
    eol: &'static str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'t> Page<'t> {
    /// Writes a review where there is none: at the end of the case.
    fn add_review(&mut self, root: &Node<'_>, block: Block<'_>) -> Option<()> {
        let last = root.entries().last()?;
        if self.is_flow(root) {
            let quoted = self.is_quoted(last);
            let key = if quoted { in_quotes(REVIEW) } else { REVIEW.to_owned() };
            let added = format!(", {key}: {}", self.flow(block, quoted));
            self.insert(last.value.span.range().end, added);
            return Some(());
        }
        let indent = self.indent_of(root.entries().first()?)?;
        let start = if self.text.ends_with('\n') { "" } else { self.eol };
        let deeper = format!("{indent}{STEP}");
        let lines = self.lines(block, &deeper).join(self.eol);
        let added = format!("{start}{indent}{REVIEW}:{}{lines}{}", self.eol, self.eol);
        self.insert(self.text.len(), added);
        Some(())
    }

    /// Writes a review under its key, under which nothing stands.
    fn fill_review(&mut self, entry: &Entry<'_>, block: Block<'_>) -> Option<()> {
        let deeper = format!("{}{STEP}", self.indent_of(entry)?);
        let lines = self.lines(block, &deeper).join(self.eol);
        let at = self.line_end(entry.key_span.range().end);
        self.insert(at, format!("{}{lines}", self.eol));
        Some(())
    }

    /// Changes the keys of a review that is there, and adds those that it lacks where they belong.
    fn change_review(&mut self, review: &Node<'_>, block: Block<'_>) -> Option<()> {
        let first = review.entries().first()?;
        let is_flow = self.is_flow(review);
        let quoted = self.is_quoted(first);
        let indent = if is_flow { String::new() } else { self.indent_of(first)? };
        let mut before: Option<&Entry<'_>> = None;
        let mut added = String::new();
        for (key, value) in block.plain() {
            let there = review.entry(key);
            if let Some(entry) = there {
                self.add_behind(before, first, &mut added, is_flow, &indent);
                let span = entry.value.span.range();
                before = Some(entry).filter(|_| !self.slice(&span).contains('\n'));
                if let Some(value) = value {
                    self.set(entry, scalar(value, self.slice(&span), quoted));
                }
            } else if let Some(value) = value {
                let key = if quoted { in_quotes(key) } else { key.to_owned() };
                added.push_str(&self.joined(is_flow, &indent));
                added.push_str(&format!("{key}: {}", scalar(value, "", quoted)));
            }
        }
        if let Some(note) = block.note {
            match review.entry("notes") {
                Some(entry) => self.add_note(entry, note, is_flow, &indent),
                None => {
                    added.push_str(&self.joined(is_flow, &indent));
                    added.push_str(&match is_flow {
                        true if quoted => format!("\"notes\": {}", in_quotes(note)),
                        true => format!("notes: {}", in_quotes(note)),
                        false => self.note_lines(note, &indent),
                    });
                }
            }
        }
        self.add_behind(before, first, &mut added, is_flow, &indent);
        Some(())
    }

    /// Puts what was gathered behind a key, or before the first one.
    fn add_behind(
        &mut self,
        before: Option<&Entry<'_>>,
        first: &Entry<'_>,
        added: &mut String,
        is_flow: bool,
        indent: &str,
    ) {
        if added.is_empty() {
            return;
        }
        let added = std::mem::take(added);
        let Some(entry) = before else {
            let joint = self.joined(is_flow, indent);
            let added = added.strip_prefix(&joint).unwrap_or(&added).to_owned();
            return self.insert(first.key_span.range().start, added + &joint);
        };
        let end = entry.value.span.range().end.max(entry.key_span.range().end);
        self.insert(if is_flow { end } else { self.line_end(end) }, added);
    }

    /// What stands before a further key.
    fn joined(&self, is_flow: bool, indent: &str) -> String {
        if is_flow { ", ".to_owned() } else { format!("{}{indent}", self.eol) }
    }

    /// Adds to the notes, in the way in which they are written.
    fn add_note(&mut self, entry: &Entry<'_>, note: &str, is_flow: bool, indent: &str) {
        let span = entry.value.span.range();
        let raw = self.slice(&span);
        let old = entry.value.as_str().map_or("", str::trim_end);
        let mark = self.block_mark(entry);
        if let Some(mark) = mark
            && !old.is_empty()
        {
            let before = self.text.get(..span.start).unwrap_or_default();
            let inner = before.rsplit('\n').next().unwrap_or_default();
            // In a folded text, lines with nothing between them become one.
            let joint = self.eol.repeat(if mark == '>' { 2 } else { 1 });
            let added = format!("{joint}{}", literal(note, inner, self.eol));
            return self.insert(span.start + raw.trim_end().len(), added);
        }
        let all = if old.is_empty() { note.to_owned() } else { format!("{old}\n{note}") };
        let rest = self.text.get(span.end..self.line_end(span.end)).unwrap_or_default();
        let fits_a_block = !is_flow
            && !span.is_empty()
            && mark.is_none()
            && rest.trim().is_empty()
            && !all.starts_with(char::is_whitespace);
        let value = match fits_a_block {
            true => {
                let inner = format!("{indent}{STEP}");
                format!("|-{}{}", self.eol, literal(&all, &inner, self.eol))
            }
            false => in_quotes(&all),
        };
        self.set(entry, value);
    }

    /// The mark of a text that is written as a block of lines, which stands behind its key.
    fn block_mark(&self, entry: &Entry<'_>) -> Option<char> {
        let between = entry.key_span.range().end..entry.value.span.range().start;
        let between = self.slice(&between).trim_start_matches(['"', '\'']).trim_start();
        let mark = between.strip_prefix(':')?.trim_start().chars().next()?;
        ['|', '>'].contains(&mark).then_some(mark)
    }

    /// Puts a value in the place of another; where there is none, behind its key.
    fn set(&mut self, entry: &Entry<'_>, value: String) {
        let span = entry.value.span.range();
        if !span.is_empty() {
            let end = if self.slice(&span).ends_with('\n') { self.eol } else { "" };
            return self.replace(span, value + end);
        }
        let key_end = entry.key_span.range().end;
        let colon = self.text.get(key_end..).and_then(|rest| rest.find(':'));
        let at = colon.map_or(key_end, |colon| key_end + colon + 1);
        self.insert(at, format!(" {value}"));
    }

    /// A whole review, a key a line.
    fn lines(&self, block: Block<'_>, indent: &str) -> Vec<String> {
        let keys = block.plain().into_iter().filter_map(|(key, value)| Some((key, value?)));
        let mut lines: Vec<String> = keys
            .map(|(key, value)| format!("{indent}{key}: {}", scalar(value, "", false)))
            .collect();
        lines.extend(block.note.map(|note| format!("{indent}{}", self.note_lines(note, indent))));
        lines
    }

    fn note_lines(&self, note: &str, indent: &str) -> String {
        let inner = format!("{indent}{STEP}");
        format!("notes: |-{}{}", self.eol, literal(note, &inner, self.eol))
    }

    /// A whole review in one line.
    fn flow(&self, block: Block<'_>, quoted: bool) -> String {
        let name = |key: &str| if quoted { in_quotes(key) } else { key.to_owned() };
        let keys = block.plain().into_iter().filter_map(|(key, value)| Some((key, value?)));
        let mut parts: Vec<String> = keys
            .map(|(key, value)| format!("{}: {}", name(key), scalar(value, "", quoted)))
            .collect();
        parts.extend(block.note.map(|note| format!("{}: {}", name("notes"), in_quotes(note))));
        format!("{{{}}}", parts.join(", "))
    }

    fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn is_flow(&self, node: &Node<'_>) -> bool {
        self.slice(&node.span.range()).starts_with('{')
    }

    fn is_quoted(&self, entry: &Entry<'_>) -> bool {
        self.slice(&entry.key_span.range()).starts_with('"')
    }

    /// The blanks before a key; none if anything else stands there.
    fn indent_of(&self, entry: &Entry<'_>) -> Option<String> {
        let before = self.text.get(..entry.key_span.range().start)?;
        let line = before.rsplit('\n').next()?.trim_start_matches('\u{feff}');
        line.chars().all(|c| c == ' ').then(|| line.to_owned())
    }

    /// Where the line ends that an offset lies in.
    fn line_end(&self, offset: usize) -> usize {
        let rest = self.text.get(offset..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        offset + line.trim_end_matches('\r').len()
    }

    fn insert(&mut self, at: usize, text: String) {
        self.edits.push((at..at, text));
    }

    fn replace(&mut self, range: Range<usize>, text: String) {
        self.edits.push((range, text));
    }
}

impl<'a> Block<'a> {
    /// The keys of one line, in the form's order.
    fn plain(&self) -> [(&'static str, Option<&'a str>); 3] {
        [("state", Some(self.state)), ("reviewer", self.reviewer), ("date", Some(self.date))]
    }
}
