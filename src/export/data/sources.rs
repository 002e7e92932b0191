//! Owns `sources.csv`: a row for each source that a case rests on.

use super::Dataset;
use super::sheet::{About, Column, DATE, Sheet};
use crate::model::{Case, Source};

struct Row<'c> {
    case: &'c Case,
    key: &'c str,
    source: &'c Source,
}

/// The table of the sources.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "sources",
        title: "What the cases rest on, one source of a case a row",
        key: &["case", "key"],
        of_cases: true,
    };
    let rows = data.report.cases.iter().flat_map(|case| {
        let sources = case.sources.iter();
        sources.map(move |(key, source)| Row { case, key: &key.0, source })
    });
    Sheet::of(about, columns(), rows)
}

fn columns<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::text("case", "Id of the case", |row: &Row<'c>| Some(&row.case.id)).required(),
        Column::text("key", "The key by which the case cites it", |row: &Row<'c>| Some(row.key))
            .required(),
        Column::text("title", "Its title", |row: &Row<'c>| Some(&row.source.title)).required(),
        Column::text("author", "Who wrote it", |row: &Row<'c>| row.source.author.as_ref()),
        Column::text("publisher", "Who published it", |row: &Row<'c>| {
            row.source.publisher.as_ref()
        }),
        Column::integer("year", "When it was published", |row: &Row<'c>| row.source.year),
        Column::text("url", "Where it is", |row: &Row<'c>| row.source.url.as_ref()),
        Column::text("doi", "Its digital object identifier", |row: &Row<'c>| {
            row.source.doi.as_ref()
        }),
        Column::text("accessed", "When it was last read", |row: &Row<'c>| {
            row.source.accessed.map(|date| date.to_string())
        })
        .pattern(DATE),
    ]
}
