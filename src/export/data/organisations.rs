//! Owns `organisations.csv`: a row for each organisation of a case and its part in it.

use super::Dataset;
use super::sheet::{About, Column, Sheet};
use crate::aggregate::Facet;
use crate::model::{Case, Organisation, Role};

struct Row<'c> {
    case: &'c Case,
    organisation: &'c Organisation,
    /// Its place in the case, from 1.
    position: usize,
}

/// The table of the organisations.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "organisations",
        title: "Who was part of the cases, one organisation of a case a row",
        key: &["case", "position"],
        of_cases: true,
    };
    let rows = data.report.cases.iter().flat_map(|case| {
        let organisations = case.organisations.iter().enumerate();
        organisations.map(move |(index, organisation)| Row {
            case,
            organisation,
            position: index + 1,
        })
    });
    Sheet::of(about, columns(data), rows)
}

fn columns<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row<'c>>> {
    let dimensions = data.corpus.dimensions();
    // As figures name it.
    let region = move |row: &Row<'c>| {
        let code = row.organisation.region.as_deref()?;
        Some(dimensions.regions.canonical(code).into_owned())
    };
    vec![
        Column::text("case", "Id of the case", |row: &Row<'c>| Some(&row.case.id)).required(),
        Column::integer("position", "Its place in the case, from 1", |row: &Row<'c>| {
            Some(row.position)
        })
        .required(),
        Column::text("name", "Its name", |row: &Row<'c>| Some(&row.organisation.name)).required(),
        Column::text("role", "Its part in the case", |row: &Row<'c>| {
            row.organisation.role.map(Role::as_str)
        })
        .words(Role::ALL.iter().map(|role| role.as_str())),
        Column::text("region", "Code of its region", move |row: &Row<'c>| region(row)),
        Column::text("region_name", "Name of its region", move |row: &Row<'c>| {
            Some(Facet::Region.title(&region(row)?, dimensions))
        }),
        Column::text("country", "Code of the country of its region", move |row: &Row<'c>| {
            let region = dimensions.regions.find(row.organisation.region.as_ref()?).ok()?;
            Some(region.country().code().to_owned())
        }),
        Column::text("url", "Its page", |row: &Row<'c>| row.organisation.url.as_ref()),
    ]
}
