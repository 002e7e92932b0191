//! Owns `coverage.csv`: a row for each theme and each region of a group that has no case.

use super::Dataset;
use super::sheet::{About, Column, Sheet};
use crate::aggregate::Facet;

struct Row<'c> {
    place: Place<'c>,
    /// How many cases the place has.
    cases: usize,
    /// What is missing there, by the facet that it is a value of.
    missing: (Facet, &'c str),
}

/// Where something is missing.
#[derive(Clone, Copy)]
enum Place<'c> {
    /// In all cases.
    Everywhere,
    Country(&'c str),
    Group(&'c str),
}

impl<'c> Place<'c> {
    fn kind(self) -> &'static str {
        match self {
            Self::Everywhere => "all",
            Self::Country(_) => "country",
            Self::Group(_) => "group",
        }
    }

    fn value(self) -> Option<&'c str> {
        match self {
            Self::Everywhere => None,
            Self::Country(value) | Self::Group(value) => Some(value),
        }
    }
}

/// The table of the gaps.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "coverage",
        title: "What no case covers: themes, and regions of the groups that casebook.yaml declares",
        key: &[],
        of_cases: false,
    };
    Sheet::of(about, columns(data), rows(data))
}

fn rows<'c>(data: &Dataset<'c>) -> Vec<Row<'c>> {
    let coverage = &data.figures.coverage;
    let row =
        |place, cases: usize, facet, value: &'c str| Row { place, cases, missing: (facet, value) };
    let mut rows = Vec::new();
    for theme in &coverage.themes {
        rows.push(row(Place::Everywhere, data.report.cases.len(), Facet::Theme, theme));
    }
    for gaps in &coverage.countries {
        let place = Place::Country(&gaps.country);
        let lacking = gaps.lacking.iter();
        rows.extend(lacking.map(|theme| row(place, gaps.cases.len(), Facet::Theme, theme)));
    }
    for group in &coverage.groups {
        let place = Place::Group(&group.name);
        rows.extend(group.gaps().map(|code| row(place, group.cases.len(), Facet::Region, code)));
    }
    rows
}

fn columns<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row<'c>>> {
    let dimensions = data.corpus.dimensions();
    vec![
        Column::text("place_kind", "Where: in `all` cases, a country, a group", |row: &Row<'c>| {
            Some(row.place.kind())
        })
        .required()
        .words(["all", "country", "group"]),
        Column::text("place", "Code of the country, or name of the group", |row: &Row<'c>| {
            row.place.value()
        }),
        Column::text("place_title", "Name of the place for readers", move |row: &Row<'c>| {
            Some(match row.place {
                Place::Country(code) => Facet::Country.title(code, dimensions),
                place => place.value()?.to_owned(),
            })
        }),
        Column::integer("cases", "How many cases the place has", |row: &Row<'c>| Some(row.cases))
            .required(),
        Column::text(
            "missing_kind",
            "Whether a theme or a region is missing",
            move |row: &Row<'c>| Some(row.missing.0.name(dimensions).into_owned()),
        )
        .required()
        .words(["theme", "region"]),
        Column::text("missing", "Key of the theme, or code of the region", |row: &Row<'c>| {
            Some(row.missing.1)
        })
        .required(),
        Column::text("missing_title", "Its name for readers", move |row: &Row<'c>| {
            let (facet, value) = row.missing;
            Some(facet.title(value, dimensions))
        }),
    ]
}
