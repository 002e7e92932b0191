//! Owns `cases.csv`: a row a case, with a column for each facet that the manifest declares.

use super::Dataset;
use super::sheet::{About, Column, DATE, Sheet};
use crate::aggregate::Facet;
use crate::model::{Case, EvidenceLevel, Outcome, Role, Scope, Status};

/// A case with its position among all.
struct Row<'c> {
    case: &'c Case,
    position: usize,
}

/// The table of the cases.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about =
        About { name: "cases", title: "The cases, one a row", key: &["id"], of_cases: false };
    let cases = data.report.cases.iter().enumerate();
    let mut columns = identity();
    columns.extend(place_and_time(data));
    columns.extend(class_and_actors(data));
    columns.extend(content(data));
    add_declared_facets(&mut columns, data);
    Sheet::of(about, columns, cases.map(|(position, case)| Row { case, position }))
}

fn identity<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::text("id", "Short name of the case", |row: &Row<'c>| Some(&row.case.id))
            .required()
            .unique(),
        Column::text("title", "Name for readers", |row: &Row<'c>| Some(&row.case.title)).required(),
        Column::text("summary", "What a busy reader should know", |row: &Row<'c>| {
            row.case.summary.as_ref().map(|summary| &summary.value)
        }),
        Column::text("language", "Language of the text", |row: &Row<'c>| {
            row.case.language.as_ref()
        }),
        Column::list("keywords", "Words to search for", |row: &Row<'c>| row.case.keywords.clone()),
        Column::text("licence", "Licence of the text", |row: &Row<'c>| row.case.licence.as_ref()),
    ]
}

fn place_and_time<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row<'c>>> {
    let dimensions = data.corpus.dimensions();
    vec![
        Column::list(
            "regions",
            "Codes of the regions, the home region first",
            move |row: &Row<'c>| {
                row.case.regions.iter().map(|code| dimensions.regions.canonical(code)).collect()
            },
        ),
        Column::list(
            "region_names",
            "Names of the regions, in the order of their codes",
            move |row: &Row<'c>| {
                let regions = row.case.regions.iter();
                regions.map(|code| Facet::Region.title(code, dimensions)).collect()
            },
        ),
        Column::list("countries", "Codes of the countries that the regions lie in", |row| {
            values(data, Facet::Country, row)
        }),
        Column::list("groups", "Groups of regions, as casebook.yaml declares them", |row| {
            values(data, Facet::Group, row)
        }),
        Column::text("scope", "How far it reaches", |row: &Row<'c>| {
            row.case.scope.map(Scope::as_str)
        })
        .words(Scope::ALL.iter().map(|scope| scope.as_str())),
        Column::text("start", "When it began: a year, a month or a day", |row: &Row<'c>| {
            row.case.period.map(|period| period.start.to_string())
        })
        .pattern(DATE),
        Column::text(
            "end",
            "When it ended; empty if it goes on or nobody knows",
            |row: &Row<'c>| row.case.period?.end.map(|end| end.to_string()),
        )
        .pattern(DATE),
    ]
}

fn class_and_actors<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row<'c>>> {
    let dimensions = data.corpus.dimensions();
    vec![
        Column::list("themes", "Keys of the themes, the main theme first", |row: &Row<'c>| {
            row.case.themes.clone()
        }),
        Column::list(
            "theme_titles",
            "Names of the themes, in the order of their keys",
            move |row: &Row<'c>| {
                row.case.themes.iter().map(|key| Facet::Theme.title(key, dimensions)).collect()
            },
        ),
        Column::text("status", "Where it stands", |row: &Row<'c>| {
            row.case.status.map(Status::as_str)
        })
        .words(Status::ALL.iter().map(|status| status.as_str())),
        Column::text("outcome", "What came of it", |row: &Row<'c>| {
            row.case.outcome.map(Outcome::as_str)
        })
        .words(Outcome::ALL.iter().map(|outcome| outcome.as_str())),
        Column::text(
            "evidence_level",
            "The strongest study behind its results",
            |row: &Row<'c>| row.case.evidence_level.map(EvidenceLevel::as_str),
        )
        .words(EvidenceLevel::ALL.iter().map(|level| level.as_str())),
        Column::list("organisations", "Who was part of it", |row: &Row<'c>| {
            row.case.organisations.iter().map(|organisation| &organisation.name).collect()
        }),
        Column::list("leads", "Those of the organisations that lead it", |row: &Row<'c>| {
            let leads = row.case.organisations.iter().filter(|it| it.role == Some(Role::Lead));
            leads.map(|organisation| &organisation.name).collect()
        }),
    ]
}

fn content<'c>(data: &'c Dataset<'_>) -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::list("standards", "Standards in use", |row: &Row<'c>| {
            row.case.technology.iter().flat_map(|found| &found.standards).collect()
        }),
        Column::list("components", "Products and building blocks in use", |row: &Row<'c>| {
            row.case.technology.iter().flat_map(|found| &found.components).collect()
        }),
        Column::list("challenges", "Kinds of what stood in the way", |row: &Row<'c>| {
            row.case.challenges().map(|(kind, _)| kind).collect()
        }),
        Column::list("programmes", "Programmes that paid, each once", |row| {
            values(data, Facet::Programme, row)
        }),
        Column::integer("measures", "How many rows it has in measures.csv", |row: &Row<'c>| {
            Some(row.case.scale.len() + row.case.results.len())
        })
        .required(),
        Column::integer("sources", "How many sources it rests on", |row: &Row<'c>| {
            Some(row.case.sources.len())
        })
        .required(),
        Column::list("related", "Ids of related cases", |row: &Row<'c>| row.case.related.clone()),
        Column::text("file", "The file that it stands in, from casebook.yaml", |row: &Row<'c>| {
            data.files.get(row.position)
        }),
    ]
}

/// A facet's column has its name; if another column has it already, `facet_` and its name.
fn add_declared_facets<'c>(columns: &mut Vec<Column<'c, Row<'c>>>, data: &'c Dataset<'_>) {
    for (key, facet) in data.report.manifest.facets.iter() {
        let mut name = key.to_owned();
        while columns.iter().any(|column| column.field.name == name) {
            name.insert_str(0, "facet_");
        }
        columns.push(Column::list(name, facet.title.as_str(), move |row: &Row<'c>| {
            row.case.facets.get(key).cloned().unwrap_or_default()
        }));
    }
}

/// The values of a facet that a case has, in the facet's order.
fn values<'c>(data: &Dataset<'c>, facet: Facet, row: &Row<'_>) -> Vec<&'c str> {
    let index = data.corpus.facet_index(facet);
    let values = index.of_case(row.position).iter();
    values.filter_map(|value| Some(index.values().get(*value)?.as_str())).collect()
}
