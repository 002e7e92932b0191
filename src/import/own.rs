//! Owns what casebook exports itself: how it is known, and how it becomes cases again.

use super::by_roles::FACETS;
use super::mapping::{Mapping, Rule, Split, placeless_entry};
use super::place::Target;
use super::survey::Survey;
use crate::export::csv;
use crate::form::Form;
use crate::load::{Node, Value};
use crate::model::Manifest;
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

/// Keys by which a case in JSON is known beside records of a form with roles: every exported case has them.
const SIGNS_IN_JSON: &[&str] = &["id", "title", "lessons", "transfer"];

/// The mapping of an export of casebook's, or of records that are written in the form already; none for
/// tables of others. With roles, it makes a case under casebook's names, which is put back by the roles later.
pub fn own_mapping(survey: &Survey, form: &Form, manifest: &Manifest) -> Option<Mapping> {
    let has = |name: &str| survey.columns.iter().any(|column| column == name);
    let has_all = |names: &[&str]| names.iter().all(|name| has(name));
    let rule = |column: &str, field: &str| Rule {
        column: Spanned { value: column.to_owned(), span: Span::default() },
        to: Some(Target::parse(field, Span::default())),
        ..Rule::default()
    };
    let is_table = !survey.is_nested && has("id") && has_all(SIGNS);
    let by_roles = form.roles().is_some() && (is_table || has_all(SIGNS_IN_JSON));
    let rules: Vec<Rule> = if survey.is_nested {
        // Facets follow from other fields, which another form need not export.
        let columns = survey.columns.iter().filter(|name| by_roles || *name != FACETS);
        columns
            .map(|name| rule(name, &format!("/{}", name.replace('~', "~0").replace('/', "~1"))))
            .collect()
    } else if is_table {
        let known = COLUMNS.iter().filter(|(column, ..)| has(column));
        let split = |is_list: bool| is_list.then_some(Split::Own);
        let mut rules: Vec<Rule> = known
            .map(|(column, to, is_list)| Rule { split: split(*is_list), ..rule(column, to) })
            .collect();
        let facets = manifest.facets.iter().filter(|_| by_roles);
        rules.extend(facets.filter_map(|(key, _)| {
            let column = column_of_facet(survey, key)?;
            Some(Rule { split: Some(Split::Own), ..rule(column, &format!("/{FACETS}/{key}")) })
        }));
        rules
    } else {
        return None;
    };
    let id = || Spanned { value: "id".to_owned(), span: Span::default() };
    let key = has("id").then(id);
    Some(Mapping { key, rules, is_own: true, by_roles, ..Mapping::default() })
}

/// The column of a facet, which has its name, with a prefix if another column has that.
fn column_of_facet<'s>(survey: &'s Survey, key: &str) -> Option<&'s str> {
    let last = survey.columns.iter().position(|column| column == "file")?;
    let facets = survey.columns.get(last + 1..)?;
    let name = |column: &&String| {
        let mut column = column.as_str();
        while column != key {
            match column.strip_prefix("facet_") {
                Some(rest) => column = rest,
                None => return false,
            }
        }
        true
    };
    facets.iter().find(name).map(String::as_str)
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
