//! Owns the shape in which a field of the group's own is shown: text, list, table, definitions.

use super::is_address;
use crate::form::{Field, Form, Pattern, Step, Wording, readable};
use crate::load::{Node, Number, Segment, Value, pointer};
use crate::model::{Body, Figure, OwnSection};
use crate::source::Spanned;

/// A table with more columns than this does not fit a page; its rows are shown one by one.
const WIDEST: usize = 4;

/// The group's own fields of a record, in the order of the form.
pub(super) fn sections(form: &Form, root: &Node<'_>) -> Vec<OwnSection> {
    let mut sections = Vec::new();
    for pattern in form.shown() {
        if let [above @ .., _] = pattern.steps()
            && above.contains(&Step::Each)
        {
            sections.extend(gathered(form, pattern, root));
            continue;
        }
        pattern.visit(root, &mut |node, _, path| {
            let field = form.fields().along(path);
            let Some(value) = body(form, node, field, &mut path.to_vec()) else { return };
            let title = title(field, path);
            let pointer = pointer(path.iter().copied());
            sections.push(OwnSection { pointer, title, value, has_role: false });
        });
    }
    sections
}

/// One section for a field of the entries of a list, each value by its entry's name.
fn gathered(form: &Form, pattern: &Pattern, root: &Node<'_>) -> Option<OwnSection> {
    let mut heading = None;
    let mut entries = Vec::new();
    pattern.visit(root, &mut |node, parent, path| {
        let field = form.fields().along(path);
        let Some(value) = body(form, node, field, &mut path.to_vec()) else { return };
        let name = parent.entries().iter().find_map(|entry| entry.value.as_str());
        entries.push((name.unwrap_or_default().to_owned(), value));
        heading.get_or_insert_with(|| {
            let list = path.iter().position(|segment| matches!(segment, Segment::Index(_)));
            let list = &path[..list.unwrap_or(path.len())];
            format!("{}: {}", title(form.fields().along(list), list), title(field, path))
        });
    });
    let value = Body::Definitions(entries);
    Some(OwnSection { pointer: pattern.to_string(), title: heading?, value, has_role: false })
}

fn title(field: Option<&Field>, path: &[Segment<'_>]) -> String {
    let key = path.iter().rev().find_map(|segment| match segment {
        Segment::Key(key) => Some(*key),
        Segment::Index(_) => None,
    });
    let key = key.unwrap_or_default();
    field.map_or_else(|| readable(key), |field| field.name(key))
}

/// The content of a value; nothing for an empty one.
fn body<'a>(
    form: &Form,
    node: &'a Node<'a>,
    field: Option<&Field>,
    path: &mut Vec<Segment<'a>>,
) -> Option<Body> {
    let wording = field.map_or(Wording::Text, |field| field.wording);
    match &node.value {
        Value::Null => None,
        Value::Bool(answer) => Some(Body::Answer(*answer)),
        Value::Number(number) => Some(self::number(*number, field)),
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) if wording == Wording::Link || is_address(text) => {
            // Only what a report may lead to is a link.
            Some(if is_address(text) {
                Body::Link(text.to_string())
            } else {
                Body::Words(text.to_string())
            })
        }
        Value::String(text) if form.is_markdown(path) || is_markdown(field) => {
            Some(Body::Text(Spanned { value: text.to_string(), span: node.span }))
        }
        Value::String(text) => {
            let date = (wording == Wording::Date).then(|| text.trim().parse().ok()).flatten();
            Some(date.map_or_else(|| Body::Words(text.to_string()), Body::Date))
        }
        Value::List(items) => list(form, items, field, path),
        Value::Map(_) => definitions(form, node, field, path),
    }
}

fn is_markdown(field: Option<&Field>) -> bool {
    field.is_some_and(|field| field.role == Some(crate::form::Role::Markdown))
}

fn number(number: Number, field: Option<&Field>) -> Body {
    let unit = field.and_then(|field| field.unit.clone());
    match number {
        // A number of four digits without a unit is a year as likely as not.
        Number::Int(int) if unit.is_none() && (1000..=2999).contains(&int) => {
            Body::Words(int.to_string())
        }
        Number::Int(int) => Body::Number(Figure::Int(int), unit),
        Number::Float(float) => Body::Number(Figure::Float(float), unit),
    }
}

fn list<'a>(
    form: &Form,
    items: &'a [Node<'a>],
    field: Option<&Field>,
    path: &mut Vec<Segment<'a>>,
) -> Option<Body> {
    let below = field.and_then(|field| form.fields().items(field));
    let all_maps = !items.is_empty() && items.iter().all(|item| !item.entries().is_empty());
    let columns = if all_maps { columns(form, items, below) } else { Vec::new() };
    if all_maps && columns.len() <= WIDEST {
        let mut rows = Vec::new();
        for (index, item) in items.iter().enumerate() {
            path.push(Segment::Index(index));
            rows.push(
                columns.iter().map(|(key, _)| value_of(form, item, key, below, path)).collect(),
            );
            path.pop();
        }
        let columns = columns.into_iter().map(|(_, name)| name).collect();
        return Some(Body::Table { columns, rows });
    }
    let mut bodies = Vec::new();
    for (index, item) in items.iter().enumerate() {
        path.push(Segment::Index(index));
        bodies.extend(body(form, item, below, path));
        path.pop();
    }
    (!bodies.is_empty()).then_some(Body::List(bodies))
}

/// The keys that any of the mappings has, with their names: the order of the group's form, then the
/// file's.
fn columns<'a>(
    form: &Form,
    items: &'a [Node<'a>],
    field: Option<&Field>,
) -> Vec<(&'a str, String)> {
    let mut columns: Vec<(&str, String)> = Vec::new();
    for entry in items.iter().flat_map(|item| item.entries()) {
        let key: &'a str = &entry.key;
        let known = field.and_then(|field| form.fields().key(field, key));
        if columns.iter().any(|(seen, _)| *seen == key) {
            continue;
        }
        columns.push((key, known.map_or_else(|| readable(key), |known| known.name(key))));
    }
    let rank = |key: &str| {
        let named =
            field.and_then(|field| form.fields().keys(field).position(|(known, _)| known == key));
        named.unwrap_or(usize::MAX)
    };
    // Of the built-in form's own mappings, contributors know the order better.
    if field.is_some_and(|field| field.own) {
        columns.sort_by_key(|(key, _)| rank(key));
    }
    columns
}

fn value_of<'a>(
    form: &Form,
    item: &'a Node<'a>,
    key: &str,
    field: Option<&Field>,
    path: &mut Vec<Segment<'a>>,
) -> Option<Body> {
    let entry = item.entry(key)?;
    let below = field.and_then(|field| form.fields().key(field, key));
    path.push(Segment::Key(&entry.key));
    let found = body(form, &entry.value, below, path);
    path.pop();
    found
}

fn definitions<'a>(
    form: &Form,
    node: &'a Node<'a>,
    field: Option<&Field>,
    path: &mut Vec<Segment<'a>>,
) -> Option<Body> {
    let columns = columns(form, std::slice::from_ref(node), field);
    let entries: Vec<(String, Body)> = (columns.into_iter())
        .filter_map(|(key, name)| Some((name, value_of(form, node, key, field, path)?)))
        .collect();
    (!entries.is_empty()).then_some(Body::Definitions(entries))
}
