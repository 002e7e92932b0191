//! Owns the taking over of single fields into a case file that a hand edited: each is written in its place,
//! and every byte around it stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::compose::{edited, line_break, yaml};
use crate::diag::Sink;
use crate::import::fields_of;
use crate::load::{Entry, Limits, Node, Value, parse};
use crate::source::SourceMap;

/// A part of a text and what takes its place.
pub(super) type Edit = (Range<usize>, String);

/// The text of a case file with some fields as a record has them; none if they cannot be written without
/// touching others.
pub(super) fn merged(text: &str, record: &Node<'_>, fields: &[String]) -> Option<String> {
    let root = tree(text)?;
    // A case between braces is better written anew, unless it is JSON and others read it as that.
    let first = root.entries().first()?.key_span.range();
    if text.get(root.span.range())?.starts_with('{') && !text.get(first)?.starts_with('"') {
        return None;
    }
    let merged = edited(text, edits(text, &root, record, fields)?)?;
    let expected = fields_after(&root, record, fields);
    (fields_of(&tree(&merged)?) == expected).then_some(merged)
}

/// What changes in a text so that one of its cases has some fields as a record has them; none if that cannot
/// be said.
pub(super) fn edits(
    text: &str,
    root: &Node<'_>,
    record: &Node<'_>,
    fields: &[String],
) -> Option<Vec<Edit>> {
    let fields: BTreeSet<&str> = fields.iter().map(String::as_str).collect();
    if text.get(root.span.range())?.starts_with('{') {
        return super::flow::edits(text, root, record, &fields);
    }
    let is_taken = |entry: &Entry<'_>| fields.contains(&*entry.key);
    let indent = indent(text, root)?;
    let mut page = Page { text, eol: line_break(text), indent, root, edits: Vec::new() };
    for (at, new) in record.entries().iter().enumerate().filter(|(_, new)| is_taken(new)) {
        match root.entry(&new.key) {
            Some(old) => page.replace(old, new)?,
            None => page.insert(new, &record.entries()[..at])?,
        }
    }
    for old in root.entries().iter().filter(|old| is_taken(old)) {
        if record.entry(&old.key).is_none() {
            page.remove(old)?;
        }
    }
    Some(page.edits)
}

/// How far the keys of a case are indented, each on a line of its own; the first may stand behind the mark of
/// an entry of a list.
fn indent(text: &str, root: &Node<'_>) -> Option<usize> {
    let lead = |entry: &Entry<'_>| {
        let before = text.get(..entry.key_span.range().start)?;
        let line = before.rsplit('\n').next().unwrap_or(before);
        Some(line.strip_prefix('\u{feff}').unwrap_or(line))
    };
    let (first, rest) = root.entries().split_first()?;
    let first = lead(first).filter(|lead| lead.chars().all(|c| matches!(c, ' ' | '-')))?;
    let is_below = |entry: &Entry<'_>| {
        lead(entry).is_some_and(|lead| lead.len() == first.len() && lead.chars().all(|c| c == ' '))
    };
    rest.iter().all(is_below).then_some(first.len())
}

/// The tree of a text in which nothing at all is wrong.
fn tree(text: &str) -> Option<Node<'_>> {
    let source = SourceMap::default().add("", "");
    let mut sink = Sink::new();
    let tree = parse(source, text, Limits::default(), &mut sink)?;
    (sink.is_empty() && matches!(tree.value, Value::Map(_))).then_some(tree)
}

/// The digests that the fields of a case shall have.
pub(super) fn fields_after(
    file: &Node<'_>,
    record: &Node<'_>,
    taken: &[String],
) -> BTreeMap<String, String> {
    let mut fields = fields_of(file);
    fields.retain(|key, _| !taken.contains(key));
    fields.extend(fields_of(record).into_iter().filter(|(key, _)| taken.contains(key)));
    fields
}

/// The remark that a part of a line ends with.
fn remark(line: &str) -> Option<&str> {
    line.find('#').and_then(|at| line.get(at..)).map(str::trim_end)
}

/// A case file and what changes in it.
struct Page<'t> {
    text: &'t str,
    eol: &'static str,
    /// How far its keys are indented.
    indent: usize,
    root: &'t Node<'t>,
    edits: Vec<Edit>,
}

impl Page<'_> {
    /// Writes a field in the place of what it was. Remarks behind its key and behind its value stay with it.
    fn replace(&mut self, old: &Entry<'_>, new: &Entry<'_>) -> Option<()> {
        let (start, mut end) = (old.key_span.range().start, self.end(old)?);
        let written = self.written(new);
        let between = self.text.get(old.key_span.range().end..old.value.span.range().start);
        let mut above: Vec<&str> = between.unwrap_or_default().lines().filter_map(remark).collect();
        let line_end = self.line_end(end);
        // Behind a text of several lines it would be a part of that.
        if let Some(remark) =
            remark(self.text.get(end..line_end)?).filter(|_| written.contains('\n'))
        {
            above.push(remark);
            end = line_end;
        }
        above.push(&written);
        let lead = self.lead();
        self.edits.push((start..end, above.join(&format!("{}{lead}", self.eol))));
        Some(())
    }

    /// Writes a field behind the last of those before it that the file has, else at the beginning.
    fn insert(&mut self, new: &Entry<'_>, before: &[Entry<'_>]) -> Option<()> {
        let last = before.iter().rev().find_map(|entry| self.root.entry(&entry.key));
        let (written, eol, lead) = (self.written(new), self.eol, self.lead());
        let Some(last) = last else {
            let at = self.root.entries().first()?.key_span.range().start;
            self.edits.push((at..at, format!("{written}{eol}{lead}")));
            return Some(());
        };
        let at = self.next_line(self.end(last)?);
        let start = if at > 0 && !self.text[..at].ends_with('\n') { eol } else { "" };
        self.edits.push((at..at, format!("{start}{lead}{written}{eol}")));
        Some(())
    }

    fn remove(&mut self, old: &Entry<'_>) -> Option<()> {
        let end = self.next_line(self.end(old)?);
        let lead = self.lead();
        let before = self.text.get(..old.key_span.range().start)?;
        // Behind the mark of an entry of a list, another key would have to come first.
        let start = before.strip_suffix(&lead)?.len();
        self.edits.push((start..end, String::new()));
        Some(())
    }

    /// What stands before a key.
    fn lead(&self) -> String {
        " ".repeat(self.indent)
    }

    /// A field as it is written behind what stands before its key, without the end of its last line.
    fn written(&self, entry: &Entry<'_>) -> String {
        let alone = Node { span: entry.value.span, value: Value::Map(vec![entry.clone()]) };
        let (text, lead) = (yaml(&alone), self.lead());
        let line = |(at, line): (usize, &str)| match line {
            line if at == 0 || line.is_empty() => line.to_owned(),
            line => format!("{lead}{line}"),
        };
        let lines: Vec<String> = text.trim_end().split('\n').enumerate().map(line).collect();
        lines.join(self.eol)
    }

    /// Where the value of a key ends; right behind the colon, if there is none.
    fn end(&self, entry: &Entry<'_>) -> Option<usize> {
        if entry.value.span.range().is_empty() {
            let key = entry.key_span.range();
            let colon = self.text.get(key.end..)?.find(':')?;
            return Some(key.end + colon + 1);
        }
        self.value_end(&entry.value)
    }

    /// Where a value ends. The span of a block of lines may reach over the remarks behind it.
    fn value_end(&self, node: &Node<'_>) -> Option<usize> {
        let span = node.span.range();
        if span.is_empty() {
            return None;
        }
        let slice = self.text.get(span.clone())?;
        let is_whole = slice.starts_with(['[', '{', '*', '"', '\'']);
        match &node.value {
            Value::Map(entries) if !is_whole => self.end(entries.last()?),
            Value::List(items) if !is_whole => self.value_end(items.last()?),
            _ => Some(span.start + slice.trim_end().len()),
        }
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find(['\r', '\n']).map_or(self.text.len(), |end| at + end)
    }

    fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |end| at + end + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, record: &str, fields: &[&str], expected: Option<&str>) {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        let record = tree(record).unwrap();
        assert_eq!(merged(file, &record, &fields).as_deref(), expected);
    }

    #[test]
    fn fields_are_taken_over_in_their_places_and_remarks_stay() {
        let file = "# head\nid: a # the name\n# about b\nb: |\n  one\n  two\n# about c\nc:\n  - x\n  - y: 1\n\n# about d\nd: {k: 1} # why\ne: 5\n";
        let record = "id: a\nb: three\nc: [z]\nnew: 7\nd: 'a\n\n  b'\n";
        check(
            file,
            record,
            &["b", "c", "new", "d", "e"],
            Some(
                "# head\nid: a # the name\n# about b\nb: three\n# about c\nc: [z]\nnew: 7\n\n# about d\n# why\nd: |-\n  a\n  b\n",
            ),
        );
        check(file, record, &["b"], Some(&file.replace("b: |\n  one\n  two", "b: three")));
        check("b: 1\r\n", "a: 2\nb: 1\n", &["a"], Some("a: 2\r\nb: 1\r\n"));
        check("b: 1", "b: 1\nc: 2\n", &["c"], Some("b: 1\nc: 2\n"));
        check("a:\nb: 1\n", "a: x\nb: 1\n", &["a"], Some("a: x\nb: 1\n"));
        check(
            "a: # counted\n  # by hand\n  - 1\nb: | # why\n  one\n",
            "a: [2]\nb: two\n",
            &["a", "b"],
            Some("# counted\n# by hand\na: [2]\n# why\nb: two\n"),
        );
    }

    #[test]
    fn what_cannot_be_written_alone_is_left() {
        check("{a: 1, b: 2}\n", "a: 3\nb: 2\n", &["a"], None);
        // Another field repeats what would go.
        check("a: &x [1]\nb: *x\n", "a: [2]\nb: [1]\n", &["a"], None);
        check("a: 1\na: 2\n", "a: 3\n", &["a"], None);
    }
}
