//! Owns `data/`: the cases and the figures for other programs, without what is private.

use serde_json::{Value, json};

use super::artifact;
use crate::aggregate::{Corpus, Figures, PAIRS, tabulate};
use crate::model::{Artifact, Case, ItemState, Rated, Report};
use crate::vocab::{Checklist, Gazetteer};

/// The columns of `cases.csv` with the types that `datapackage.json` names.
const CASE_COLUMNS: &[(&str, &str)] = &[
    ("id", "string"),
    ("title", "string"),
    ("summary", "string"),
    ("regions", "string"),
    ("countries", "string"),
    ("scope", "string"),
    ("start", "string"),
    ("end", "string"),
    ("themes", "string"),
    ("status", "string"),
    ("outcome", "string"),
    ("evidence_level", "string"),
    ("organisations", "string"),
    ("keywords", "string"),
];

/// The columns of `figures.csv`.
const FIGURE_COLUMNS: &[(&str, &str)] = &[
    ("facet", "string"),
    ("value", "string"),
    ("facet_2", "string"),
    ("value_2", "string"),
    ("cases", "integer"),
    ("case_ids", "string"),
];

/// The columns of `completeness.csv`; `counted` tells what the report counts from its details.
const COMPLETENESS_COLUMNS: &[(&str, &str)] = &[
    ("case", "string"),
    ("list", "string"),
    ("item", "string"),
    ("label", "string"),
    ("section", "string"),
    ("counted", "boolean"),
    ("state", "string"),
    ("reason", "string"),
];

/// What stands between the entries of a list in one cell.
const SEPARATOR: &str = "; ";

/// `cases.csv`, `figures.csv`, `cases.json` and `datapackage.json`, and `completeness.csv` where
/// the report has checklists.
pub fn data(report: &Report, corpus: &Corpus<'_>, figures: &Figures) -> Vec<Artifact> {
    let mut made = vec![
        artifact(
            "data/cases.csv",
            csv(CASE_COLUMNS, report.cases.iter().map(|case| case_row(case, &report.regions))),
        ),
        artifact("data/cases.json", pretty(&json!({ "cases": report.cases }))),
        artifact("data/datapackage.json", pretty(&datapackage(report))),
        artifact("data/figures.csv", csv(FIGURE_COLUMNS, figure_rows(corpus, figures))),
    ];
    let lists = report.manifest.asked_checklists();
    if !lists.is_empty() {
        let rows = csv(COMPLETENESS_COLUMNS, completeness_rows(report, &lists));
        made.push(artifact("data/completeness.csv", rows));
    }
    made
}

fn csv(columns: &[(&str, &str)], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory fails only if a row has another length than the first.
    let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut written = writer.write_record(header);
    for row in rows {
        written = written.and_then(|()| writer.write_record(row));
    }
    debug_assert!(written.is_ok(), "{written:?}");
    writer.into_inner().unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn case_row(case: &Case, regions: &Gazetteer) -> Vec<String> {
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let mut countries: Vec<String> = (case.regions.iter())
        .filter_map(|code| Some(regions.find(code).ok()?.country().code().to_owned()))
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let organisations: Vec<&str> =
        case.organisations.iter().map(|organisation| organisation.name.as_str()).collect();
    vec![
        case.id.clone(),
        case.title.clone(),
        case.summary.as_ref().map_or_else(String::new, |summary| summary.value.trim().to_owned()),
        case.regions.join(SEPARATOR),
        countries.join(SEPARATOR),
        word(case.scope.map(|scope| scope.as_str())),
        case.period.map_or_else(String::new, |period| period.start.to_string()),
        case.period.and_then(|period| period.end).map_or_else(String::new, |end| end.to_string()),
        case.themes.join(SEPARATOR),
        word(case.status.map(|status| status.as_str())),
        word(case.outcome.map(|outcome| outcome.as_str())),
        word(case.evidence_level.map(|level| level.as_str())),
        organisations.join(SEPARATOR),
        case.keywords.join(SEPARATOR),
    ]
}

/// A row for every cell: all cases, each facet, and the pairs that the report shows.
fn figure_rows(corpus: &Corpus<'_>, figures: &Figures) -> Vec<Vec<String>> {
    let ids = |cases: &[usize]| {
        let ids: Vec<&str> = cases.iter().map(|index| corpus.cases()[*index].id.as_str()).collect();
        ids.join(SEPARATOR)
    };
    let all: Vec<usize> = (0..corpus.cases().len()).collect();
    let dimensions = corpus.dimensions();
    let mut rows = vec![row("all", "", "", "", all.len(), ids(&all))];
    for table in &figures.by_facet {
        for cell in &table.cells {
            let facet = table.facets[0].name(dimensions);
            rows.push(row(&facet, &cell.values[0], "", "", cell.cases.len(), ids(&cell.cases)));
        }
    }
    for (first, second) in PAIRS {
        for cell in tabulate(corpus, &[*first, *second]).cells {
            let (one, two) = (&cell.values[0], &cell.values[1]);
            let count = cell.cases.len();
            let (first, second) = (first.name(dimensions), second.name(dimensions));
            rows.push(row(&first, one, &second, two, count, ids(&cell.cases)));
        }
    }
    rows
}

/// A row for each case, list and item, and for each section of a list that counts sections.
fn completeness_rows(report: &Report, lists: &[Checklist]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for case in &report.cases {
        for list in lists {
            let Some(found) = case.completeness_by(&list.key) else { continue };
            let mut push = |rated: &Rated, label: &str, section: &str, counted: bool| {
                let reason = case.checklist_notes.get(&format!("{}/{}", list.key, rated.no));
                let reason = reason.filter(|_| rated.state == ItemState::Explained);
                rows.push(vec![
                    case.id.clone(),
                    list.key.clone(),
                    rated.no.clone(),
                    label.to_owned(),
                    section.to_owned(),
                    counted.to_string(),
                    rated.state.as_str().to_owned(),
                    reason.map_or_else(String::new, |reason| reason.trim().to_owned()),
                ]);
            };
            if list.by_section {
                for (row, rated) in list.rows().zip(&found.rows) {
                    push(rated, row.label, row.label, true);
                }
            }
            for (item, rated) in list.items.iter().zip(&found.items) {
                let section = item.section.as_deref().unwrap_or_default();
                push(rated, &item.label, section, !list.by_section);
            }
        }
    }
    rows
}

fn row(
    facet: &str,
    value: &str,
    facet_2: &str,
    value_2: &str,
    count: usize,
    ids: String,
) -> Vec<String> {
    let text = |text: &str| text.to_owned();
    vec![text(facet), text(value), text(facet_2), text(value_2), count.to_string(), ids]
}

/// A description of the files in the form of a Frictionless Data Package
/// (<https://specs.frictionlessdata.io/data-package/>).
fn datapackage(report: &Report) -> Value {
    let manifest = &report.manifest;
    let table = |name: &str, title: &str, columns: &[(&str, &str)]| {
        let fields: Vec<Value> =
            columns.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect();
        json!({
            "name": name,
            "title": title,
            "path": format!("{name}.csv"),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": { "fields": fields },
        })
    };
    let mut package = json!({
        "name": "casebook",
        "title": manifest.title,
        "profile": "data-package",
        "resources": [
            table("cases", "The cases, one a row", CASE_COLUMNS),
            table("figures", "Counts of distinct cases, one a cell", FIGURE_COLUMNS),
            {
                "name": "cases-in-full",
                "title": "The cases in full",
                "path": "cases.json",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
            },
        ],
    });
    if let (false, Some(resources)) =
        (manifest.asked_checklists().is_empty(), package["resources"].as_array_mut())
    {
        let title = "How complete the cases are by checklists, one item of a case a row";
        resources.push(table("completeness", title, COMPLETENESS_COLUMNS));
    }
    if let Some(licence) = &manifest.licence {
        package["licenses"] = json!([{ "name": licence }]);
    }
    if let Some(edition) = manifest.edition {
        package["version"] = json!(edition.date.to_string());
    }
    package
}
