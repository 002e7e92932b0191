//! Owns `completeness.csv`: a row for each case and item of the checklists that the report shows.

use super::Dataset;
use super::sheet::{About, Column, Sheet};
use crate::model::{Case, ItemState, Rated};
use crate::vocab::Checklist;

struct Row<'c> {
    case: &'c Case,
    list: &'c str,
    rated: &'c Rated,
    label: &'c str,
    section: Option<&'c str>,
    /// Whether the report counts it, rather than what it is made of.
    counted: bool,
}

/// The table of the items; none if the report shows no checklist.
pub(super) fn sheet(data: &Dataset<'_>) -> Option<Sheet> {
    let lists = data.report.manifest.asked_checklists();
    if lists.is_empty() {
        return None;
    }
    let about = About {
        name: "completeness",
        title: "How complete the cases are by checklists, one item of a case a row",
        key: &["case", "list", "item", "counted"],
        of_cases: true,
    };
    let cases = data.report.cases.iter();
    let rows = cases.flat_map(|case| lists.iter().flat_map(move |list| rows(case, list)));
    Some(Sheet::of(about, columns(), rows))
}

/// A row for each item, and for each section of a list that counts sections.
fn rows<'c>(case: &'c Case, list: &'c Checklist) -> Vec<Row<'c>> {
    let Some(found) = case.completeness_by(&list.key) else { return Vec::new() };
    let row = |rated: &'c Rated, label: &'c str, section: Option<&'c str>, counted: bool| Row {
        case,
        list: &list.key,
        rated,
        label,
        section,
        counted,
    };
    let mut rows = Vec::new();
    if list.by_section {
        let sections = list.rows().zip(&found.rows);
        rows.extend(sections.map(|(it, rated)| row(rated, it.label, Some(it.label), true)));
    }
    let items = list.items.iter().zip(&found.items);
    rows.extend(
        items.map(|(item, rated)| {
            row(rated, &item.label, item.section.as_deref(), !list.by_section)
        }),
    );
    rows
}

fn columns<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::text("case", "Id of the case", |row: &Row<'c>| Some(&row.case.id)).required(),
        Column::text("list", "Key of the checklist", |row: &Row<'c>| Some(row.list)).required(),
        Column::text("item", "Number of the item in the list", |row: &Row<'c>| Some(&row.rated.no))
            .required(),
        Column::text("label", "What it asks", |row: &Row<'c>| Some(row.label)).required(),
        Column::text("section", "The section of the list", |row: &Row<'c>| row.section),
        Column::boolean("counted", "Whether the report counts it", |row: &Row<'c>| row.counted),
        Column::text("state", "How far the case meets it", |row: &Row<'c>| {
            Some(row.rated.state.as_str())
        })
        .required()
        .words(ItemState::ALL.iter().map(|state| state.as_str())),
        Column::text("reason", "Why the case leaves it out", |row: &Row<'c>| {
            let reason = row.case.checklist_notes.get(&format!("{}/{}", row.list, row.rated.no));
            reason.filter(|_| row.rated.state == ItemState::Explained)
        }),
    ]
}
