//! Owns what casebook exports itself: how it is known, and how it becomes cases again.

use std::borrow::Cow;

use super::mapping::{Mapping, Rule, Split, placeless_entry};
use super::place::Target;
use super::survey::Survey;
use crate::export::csv;
use crate::form::{Field, Form, Pattern};
use crate::load::{Entry, Node, Value};
use crate::source::{Span, Spanned};

/// Columns of `cases.csv` and the fields that they are; those that are not here follow from them.
const COLUMNS: &[(&str, &str, bool)] = &[
    ("id", "id", false),
    ("title", "title", false),
    ("summary", "summary", false),
    ("language", "language", false),
    ("keywords", "keywords", true),
    ("licence", "licence", false),
    ("regions", "regions", true),
    ("scope", "scope", false),
    ("start", "period.start", false),
    ("end", "period.end", false),
    ("themes", "themes", true),
    ("status", "status", false),
    ("outcome", "outcome", false),
    ("evidence_level", "evidence_level", false),
    ("standards", "technology.standards", true),
    ("components", "technology.components", true),
    ("related", "related", true),
];

/// Groups of which [`COLUMNS`] hold some keys and not others, with those that they hold.
const HELD_IN_PART: &[(&str, &[&str])] = &[("technology", &["standards", "components"])];

/// Columns by which `cases.csv` is known beside the others: no survey has all of them.
const SIGNS: &[&str] = &["region_names", "theme_titles", "countries", "programmes", "file"];

/// The key of a case in JSON under which its fields of the group's own stand.
const OWN_FIELDS: &str = "fields";

/// The key of a case in JSON under which stands what follows from other fields.
const FACETS: &str = "facets";

/// The mapping of an export of casebook's, or of records that are written in the form already; none for
/// tables of others.
pub fn own_mapping(survey: &Survey) -> Option<Mapping> {
    let has = |name: &str| survey.columns.iter().any(|column| column == name);
    let rule = |column: &str, field: &str| Rule {
        column: Spanned { value: column.to_owned(), span: Span::default() },
        to: Some(Target::parse(field, Span::default())),
        ..Rule::default()
    };
    let rules: Vec<Rule> = if survey.is_nested {
        let columns = survey.columns.iter().filter(|name| *name != FACETS);
        columns
            .map(|name| rule(name, &format!("/{}", name.replace('~', "~0").replace('/', "~1"))))
            .collect()
    } else if has("id") && SIGNS.iter().all(|sign| has(sign)) {
        let known = COLUMNS.iter().filter(|(column, ..)| has(column));
        let split = |is_list: bool| is_list.then_some(Split::Own);
        known
            .map(|(column, to, is_list)| Rule { split: split(*is_list), ..rule(column, to) })
            .collect()
    } else {
        return None;
    };
    let id = || Spanned { value: "id".to_owned(), span: Span::default() };
    Some(Mapping { key: has("id").then(id), rules, is_own: true, ..Mapping::default() })
}

/// Completes a record that was made of casebook's own tables by what they do not hold, from the case as it
/// stands in its file.
pub(super) fn completed(record: &mut Node<'static>, file: &Node<'_>, of_tables: &[&str]) {
    let is_column = |key: &str| {
        let field = |to: &'static str| to.split('.').next().unwrap_or(to);
        COLUMNS.iter().any(|(_, to, _)| field(to) == key)
    };
    let held_of = |key: &str| HELD_IN_PART.iter().find(|(group, _)| *group == key);
    let Value::Map(entries) = &mut record.value else { return };
    for entry in file.entries() {
        let key = &*entry.key;
        let there = entries.iter_mut().find(|known| known.key == key);
        match (held_of(key), there) {
            (Some((_, held)), there) => {
                let others = entry.value.entries().iter();
                let others =
                    others.filter(|inner| !held.contains(&&*inner.key)).map(placeless_entry);
                match there.map(|known| &mut known.value.value) {
                    Some(Value::Map(known)) => known.extend(others),
                    _ => {
                        let mut group = placeless_entry(entry);
                        group.value.value = Value::Map(others.collect());
                        if !group.value.entries().is_empty() {
                            entries.push(group);
                        }
                    }
                }
            }
            (None, Some(_)) => {}
            (None, None) if is_column(key) || of_tables.contains(&key) => {}
            (None, None) => entries.push(placeless_entry(entry)),
        }
    }
}

/// The text of a cell of casebook's tables, as it was.
pub(super) fn cell(text: &str) -> String {
    csv::text_of(text)
}

/// The entries of a list in a cell of casebook's tables.
pub(super) fn list(text: &str) -> Vec<String> {
    csv::entries_of(text)
}

/// A record out of JSON, in which fields of the group's own are back in their places.
pub(super) fn restored(form: &Form, mut record: Node<'static>) -> Node<'static> {
    let Value::Map(entries) = &mut record.value else { return record };
    let is_exported = |entry: &Entry<'_>| {
        let items = entry.value.items();
        entry.key == OWN_FIELDS && items.iter().all(|item| item.get("pointer").is_some())
    };
    let Some(at) = entries.iter().position(is_exported) else { return record };
    let fields = entries.remove(at).value;
    for field in fields.items() {
        let pointer = field.get("pointer").and_then(Node::as_str);
        let (Some(pointer), Some(value)) = (pointer, field.get("value")) else { continue };
        let target = Target::parse(pointer, Span::default());
        let mut value = value.clone();
        let place: Pattern = target.pointer().parse().unwrap_or_default();
        rekey(form, form.field_at(&place), &mut value);
        target.put(&mut record, value, "");
    }
    record
}

/// Gives the names that readers see back their keys.
fn rekey(form: &Form, field: Option<&Field>, node: &mut Node<'static>) {
    let Some(field) = field else { return };
    let fields = form.fields();
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                let key = fields.keys(field).find(|(key, below)| below.name(key) == entry.key);
                if let Some((key, _)) = key {
                    entry.key = Cow::Owned(key.to_owned());
                }
                rekey(form, fields.key(field, &entry.key), &mut entry.value);
            }
        }
        Value::List(items) => {
            let below = fields.items(field);
            items.iter_mut().for_each(|item| rekey(form, below, item));
        }
        _ => {}
    }
}
