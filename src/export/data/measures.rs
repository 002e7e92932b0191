//! Owns `measures.csv`: a row for each figure that a case gives, with its unit, date and sources.

use std::collections::BTreeMap;

use super::Dataset;
use super::cited::{self, Cites};
use super::sheet::{About, Column, DATE, Decimal, Sheet, in_words};
use crate::aggregate::{Change, Direction, List, MeasureAt};
use crate::model::{Case, Citation, Measure, Qualifier};

struct Row<'c> {
    case: &'c Case,
    measure: &'c Measure,
    list: List,
    /// Its place in the list, from 1.
    position: usize,
    /// The key of its indicator.
    indicator: Option<&'c str>,
    change: Option<Change>,
}

impl<'c> Cites<'c> for Row<'c> {
    fn case(&self) -> &'c Case {
        self.case
    }

    fn citation(&self) -> Option<&'c Citation> {
        self.measure.source.as_ref()
    }
}

/// The table of the measures.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "measures",
        title: "What the cases counted and measured, one figure a row",
        key: &["case", "list", "position"],
        of_cases: true,
    };
    let mut columns = place();
    columns.extend(value());
    columns.extend(comparison());
    columns.extend(cited::columns());
    Sheet::of(about, columns, rows(data))
}

fn rows<'c>(data: &Dataset<'c>) -> Vec<Row<'c>> {
    let gathered = data.figures.evidence.gathered.iter();
    let indicators: BTreeMap<MeasureAt, &str> = gathered
        .filter_map(|found| Some((found.indicator.as_deref()?, &found.measures)))
        .flat_map(|(key, measures)| measures.iter().map(move |at| (*at, key)))
        .collect();
    let mut rows = Vec::new();
    for (position, case) in data.report.cases.iter().enumerate() {
        for list in [List::Scale, List::Results] {
            for (index, measure) in list.of(case).iter().enumerate() {
                let at = MeasureAt { case: position, list, index };
                rows.push(Row {
                    case,
                    measure,
                    list,
                    position: index + 1,
                    indicator: indicators.get(&at).copied(),
                    change: Change::of(measure),
                });
            }
        }
    }
    rows
}

fn place<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::text("case", "Id of the case", |row: &Row<'c>| Some(&row.case.id)).required(),
        Column::text("list", "The list of the case that it stands in", |row: &Row<'c>| {
            Some(row.list.as_str())
        })
        .required()
        .words([List::Scale.as_str(), List::Results.as_str()]),
        Column::integer("position", "Its place in the list, from 1", |row: &Row<'c>| {
            Some(row.position)
        })
        .required(),
        Column::text(
            "indicator",
            "Key of its indicator in casebook.yaml, which measures of other cases share",
            |row: &Row<'c>| row.indicator,
        ),
        Column::text("measure", "What is counted", |row: &Row<'c>| Some(&row.measure.measure))
            .required(),
    ]
}

fn value<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::number("value", "The figure", |row: &Row<'c>| Decimal::of(&row.measure.value)),
        Column::text("value_text", "The figure, where it is words", |row: &Row<'c>| {
            in_words(&row.measure.value)
        }),
        Column::text("qualifier", "How exact the figure is", |row: &Row<'c>| {
            row.measure.qualifier.map(Qualifier::as_str)
        })
        .words(Qualifier::ALL.iter().map(|word| word.as_str())),
        Column::text("unit", "Its unit", |row: &Row<'c>| row.measure.unit.as_ref()),
        Column::number("baseline", "What it is compared with", |row: &Row<'c>| {
            Decimal::of(row.measure.baseline.as_ref()?)
        }),
        Column::text("baseline_text", "What it is compared with, in words", |row: &Row<'c>| {
            in_words(row.measure.baseline.as_ref()?)
        }),
    ]
}

fn comparison<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::number("change", "Value less baseline, to twelve digits", |row: &Row<'c>| {
            Decimal::computed(row.change?.absolute)
        }),
        Column::number(
            "relative_change",
            "The change as a part of the baseline, to twelve digits: 0.25 for a quarter more; \
             empty unless the baseline is above zero",
            |row: &Row<'c>| Decimal::computed(row.change?.relative?),
        ),
        Column::text(
            "direction",
            "Which way the value went from the baseline; not whether that is good",
            |row: &Row<'c>| row.change.map(|change| word(change.direction)),
        )
        .words([Direction::Up, Direction::Down, Direction::Level].map(word)),
        Column::number(
            "interval_low",
            "Low end of the 95% confidence interval",
            |row: &Row<'c>| Decimal::written(row.measure.interval?.0),
        ),
        Column::number(
            "interval_high",
            "High end of the 95% confidence interval",
            |row: &Row<'c>| Decimal::written(row.measure.interval?.1),
        ),
        Column::text("when_start", "The time it speaks of, or its beginning", |row: &Row<'c>| {
            row.measure.when.map(|when| when.start.to_string())
        })
        .pattern(DATE),
        Column::text("when_end", "The end of that time, if it is a span", |row: &Row<'c>| {
            row.measure.when?.end.map(|end| end.to_string())
        })
        .pattern(DATE),
        Column::text("note", "A remark", |row: &Row<'c>| row.measure.note.as_ref()),
    ]
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Level => "level",
    }
}
