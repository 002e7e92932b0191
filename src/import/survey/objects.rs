//! Owns the reading of JSON: a list of objects, an object that holds one, or an object a line.

use super::{Cells, LARGEST_SURVEY, Row, Survey, TooMuch, diags, owned};
use crate::diag::Sink;
use crate::load::{Limits, Node, Value, parse, parse_part};
use crate::source::{SourceId, SourceMap};

/// Keys and values in all: more than the largest collection of cases has.
const LIMITS: Limits = Limits { bytes: LARGEST_SURVEY, depth: 64, nodes: 4_000_000 };

/// Reads objects. Their keys are the columns, in the order in which they are met.
pub(super) fn read(
    path: &str,
    text: String,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Survey> {
    let text = with_whole_letters(&text);
    let source = sources.add(path, text.clone());
    let before = sink.len();
    let records = if is_a_line_each(path, &text) {
        lines(source, &text, sink)
    } else {
        let root = parse(source, &text, LIMITS, sink)?;
        records_of(&root)
    };
    if sink.len() > before {
        return None;
    }
    if records.is_empty() {
        sink.push(diags::no_objects(path));
        return None;
    }
    match rows(&records) {
        Ok((columns, rows)) => {
            Some(Survey { is_nested: true, ..Survey::new(source, columns, rows) })
        }
        Err(limit) => {
            sink.push(diags::too_much(path, &limit.words()));
            None
        }
    }
}

/// The objects of a list, or of the first list in an object, such as `cases`.
fn records_of(root: &Node<'_>) -> Vec<Node<'static>> {
    let is_record = |node: &&Node<'_>| matches!(node.value, Value::Map(_));
    let lists = root.entries().iter().map(|entry| &entry.value);
    let lists = std::iter::once(root).chain(lists);
    let mut found = lists.map(|list| list.items().iter().filter(is_record).map(owned).collect());
    found.find(|records: &Vec<_>| !records.is_empty()).unwrap_or_default()
}

fn is_a_line_each(path: &str, text: &str) -> bool {
    let path = path.to_lowercase();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
    path.ends_with(".jsonl")
        || path.ends_with(".ndjson")
        || (lines.next().is_some_and(is_object) && lines.next().is_some_and(is_object))
}

fn lines(source: SourceId, text: &str, sink: &mut Sink) -> Vec<Node<'static>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut left = LIMITS.nodes;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let limits = Limits { nodes: left, ..LIMITS };
            let node = parse_part(source, text, at..at + line.len(), limits, sink);
            let node = node.map(|node| owned(&node));
            left = left.saturating_sub(node.as_ref().map_or(0, size));
            found.extend(node.filter(|node| matches!(node.value, Value::Map(_))));
        }
        at += line.len();
    }
    found
}

/// How many keys and values a tree has.
fn size(node: &Node<'_>) -> usize {
    let below = node.entries().iter().map(|entry| &entry.value).chain(node.items());
    1 + below.map(size).sum::<usize>()
}

fn rows(records: &[Node<'static>]) -> Result<(Vec<String>, Vec<Row>), TooMuch> {
    let mut columns: Vec<String> = Vec::new();
    let mut positions = std::collections::BTreeMap::new();
    for entry in records.iter().flat_map(Node::entries) {
        if !positions.contains_key(&*entry.key) {
            positions.insert(entry.key.to_string(), columns.len());
            columns.push(entry.key.to_string());
        }
        if columns.len() > super::MOST_COLUMNS {
            return Err(TooMuch::Columns);
        }
    }
    let mut cells = Cells::default();
    for record in records {
        let mut row = Row::new(record.span, vec![None; columns.len()]);
        for entry in record.entries() {
            let cell = positions.get(&*entry.key).and_then(|at| row.cells.get_mut(*at));
            if let Some(cell) = cell.filter(|_| entry.value.value != Value::Null) {
                *cell = Some(entry.value.clone());
            }
        }
        cells.add(row)?;
    }
    Ok((columns, cells.rows))
}

/// A JSON text in which letters that JSON writes as two numbers (`\ud83d\ude00`) are written out: it is
/// read as YAML, which has no such pairs.
fn with_whole_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let number = |from: usize| {
            let digits = escape.get(from..from + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let pair = number(0).zip(number(6)).map(|(one, two)| [one, two]);
        let letter = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
        let length = match letter.filter(|letter| u32::from(*letter) > 0xffff) {
            Some(letter) => {
                out.push(letter);
                12
            }
            None => {
                // An escape is two letters at least; the second may be a backslash of its own.
                let length = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
                out.push_str(&escape[..length]);
                length
            }
        };
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(path: &str, text: &str) -> Option<Survey> {
        read(path, text.to_owned(), &mut SourceMap::default(), &mut Sink::new())
    }

    #[test]
    fn objects_are_rows_wherever_the_list_lies() {
        for (path, text) in [
            ("a.json", "[{\"a\": 1, \"b\": \"x\"}, {\"b\": null, \"c\": {\"d\": [2]}}]"),
            (
                "a.json",
                "{\"meta\": {}, \"cases\": [{\"a\": 1, \"b\": \"x\"}, {\"c\": {\"d\": [2]}}]}",
            ),
            ("a.jsonl", "{\"a\": 1, \"b\": \"x\"}\n\n{\"c\": {\"d\": [2]}}\n"),
            (
                "a.json",
                "{\n\t\"data\": [\n\t\t{\n\t\t\t\"a\": 1, \"b\": \"x\"\n\t\t},\n\t\t{ \"c\": {\"d\": [2]} }\n\t]\n}",
            ),
        ] {
            let survey = read_text(path, text).unwrap();
            assert_eq!(
                (survey.columns.join(","), survey.rows.len()),
                ("a,b,c".to_owned(), 2),
                "{text}"
            );
            let deep = survey.value(&survey.rows[1], "c.d.0").unwrap();
            assert_eq!(deep.as_word().as_deref(), Some("2"));
        }
    }

    #[test]
    fn letters_beyond_the_first_plane_are_read_as_json_writes_them() {
        let survey = read_text("a.json", r#"[{"a": "\ud83d\ude00 \\ud83d \u00e9 \/"}]"#).unwrap();
        let cell = survey.rows[0].cells[0].as_ref().unwrap();
        assert_eq!(cell.as_str(), Some("😀 \\ud83d é /"));
    }
}
