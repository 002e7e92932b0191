//! Owns `figures.csv`: a row for each cell of the counts, with the cases behind it.

use super::Dataset;
use super::sheet::{About, Column, Sheet};
use crate::aggregate::{Cell, Facet, PAIRS, tabulate};

/// What is counted, and the positions of the cases that have it.
struct Row {
    /// None for all cases, one for a count by a facet, two for one by a pair.
    values: Vec<(Facet, String)>,
    cases: Vec<usize>,
}

/// The table of the counts.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "figures",
        title: "Counts of distinct cases, one a row",
        key: &[],
        of_cases: false,
    };
    Sheet::of(about, columns(data), rows(data))
}

/// All cases, each facet, and the pairs that the report shows.
fn rows(data: &Dataset<'_>) -> Vec<Row> {
    let mut rows = vec![Row { values: Vec::new(), cases: (0..data.report.cases.len()).collect() }];
    let row = |facets: &[Facet], cell: &Cell| Row {
        values: facets.iter().copied().zip(cell.values.iter().cloned()).collect(),
        cases: cell.cases.clone(),
    };
    for table in &data.figures.by_facet {
        rows.extend(table.cells.iter().map(|cell| row(&table.facets, cell)));
    }
    for (first, second) in PAIRS {
        let table = tabulate(data.corpus, &[*first, *second]);
        rows.extend(table.cells.iter().map(|cell| row(&table.facets, cell)));
    }
    rows
}

fn columns<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row>> {
    let dimensions = data.corpus.dimensions();
    let facet = move |row: &Row, place: usize| match row.values.get(place) {
        Some((facet, _)) => Some(facet.name(dimensions).into_owned()),
        None if place == 0 => Some("all".to_owned()),
        None => None,
    };
    let value = |row: &Row, place: usize| row.values.get(place).map(|(_, value)| value.clone());
    let title = move |row: &Row, place: usize| {
        row.values.get(place).map(|(facet, value)| facet.title(value, dimensions))
    };
    vec![
        Column::text("facet", "What is counted by; `all` for all cases", move |row| facet(row, 0))
            .required(),
        Column::text("value", "The value that the cases have", move |row| value(row, 0)),
        Column::text("facet_2", "What is counted by as well", move |row| facet(row, 1)),
        Column::text("value_2", "The value of that", move |row| value(row, 1)),
        Column::integer("cases", "How many distinct cases", |row: &Row| Some(row.cases.len()))
            .required(),
        Column::list("case_ids", "Their ids", |row: &Row| {
            let cases = row.cases.iter().filter_map(|case| data.report.cases.get(*case));
            cases.map(|case| &case.id).collect()
        }),
        Column::text("value_title", "Name of the value for readers", move |row| title(row, 0)),
        Column::text("value_2_title", "Name of the second value", move |row| title(row, 1)),
    ]
}
