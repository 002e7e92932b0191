//! Owns `money.csv`: a row for each amount that a case was given or spent.

use super::Dataset;
use super::cited::{self, Cites};
use super::sheet::{About, Column, Decimal, Sheet, in_words};
use crate::model::{Case, Citation, Cost, Figure, Funding, Qualifier};

struct Row<'c> {
    case: &'c Case,
    /// Its place in the list, from 1.
    position: usize,
    entry: Entry<'c>,
}

enum Entry<'c> {
    Funding(&'c Funding),
    Cost(&'c Cost),
}

impl<'c> Row<'c> {
    fn kind(&self) -> &'static str {
        match self.entry {
            Entry::Funding(_) => "funding",
            Entry::Cost(_) => "cost",
        }
    }

    fn funding(&self) -> Option<&'c Funding> {
        match self.entry {
            Entry::Funding(funding) => Some(funding),
            Entry::Cost(_) => None,
        }
    }

    fn cost(&self) -> Option<&'c Cost> {
        match self.entry {
            Entry::Funding(_) => None,
            Entry::Cost(cost) => Some(cost),
        }
    }

    fn amount(&self) -> Option<&'c Figure> {
        match self.entry {
            Entry::Funding(it) => it.amount.as_ref(),
            Entry::Cost(it) => it.amount.as_ref(),
        }
    }

    fn qualifier(&self) -> Option<Qualifier> {
        match self.entry {
            Entry::Funding(it) => it.qualifier,
            Entry::Cost(it) => it.qualifier,
        }
    }

    fn currency(&self) -> Option<&'c String> {
        match self.entry {
            Entry::Funding(it) => it.currency.as_ref(),
            Entry::Cost(it) => it.currency.as_ref(),
        }
    }

    fn year(&self) -> Option<i32> {
        match self.entry {
            Entry::Funding(it) => it.year,
            Entry::Cost(it) => it.year,
        }
    }

    fn note(&self) -> Option<&'c String> {
        match self.entry {
            Entry::Funding(it) => it.note.as_ref(),
            Entry::Cost(it) => it.note.as_ref(),
        }
    }
}

impl<'c> Cites<'c> for Row<'c> {
    fn case(&self) -> &'c Case {
        self.case
    }

    fn citation(&self) -> Option<&'c Citation> {
        match self.entry {
            Entry::Funding(it) => it.source.as_ref(),
            Entry::Cost(it) => it.source.as_ref(),
        }
    }
}

/// The table of the money.
pub(super) fn sheet(data: &Dataset<'_>) -> Sheet {
    let about = About {
        name: "money",
        title: "What the cases were given and what they cost, one amount a row",
        key: &["case", "kind", "position"],
        of_cases: true,
    };
    let mut columns = columns();
    columns.extend(cited::columns());
    Sheet::of(about, columns, data.report.cases.iter().flat_map(rows))
}

fn rows<'c>(case: &'c Case) -> impl Iterator<Item = Row<'c>> {
    let row = move |(index, entry)| Row { case, position: index + 1, entry };
    let funding = case.funding.iter().map(Entry::Funding).enumerate();
    funding.chain(case.costs.iter().map(Entry::Cost).enumerate()).map(row)
}

fn columns<'c>() -> Vec<Column<'c, Row<'c>>> {
    vec![
        Column::text("case", "Id of the case", |row: &Row<'c>| Some(&row.case.id)).required(),
        Column::text("kind", "Whether it came in or was spent", |row: &Row<'c>| Some(row.kind()))
            .required()
            .words(["funding", "cost"]),
        Column::integer(
            "position",
            "Its place among those of its kind, from 1",
            |row: &Row<'c>| Some(row.position),
        )
        .required(),
        Column::text("what", "What it was spent on", |row: &Row<'c>| {
            row.cost().map(|cost| &cost.what)
        }),
        Column::text("funder", "Who gave it", |row: &Row<'c>| row.funding()?.funder.as_ref()),
        Column::text("programme", "The programme that it came from", |row: &Row<'c>| {
            row.funding()?.programme.as_ref()
        }),
        Column::number("amount", "How much", |row: &Row<'c>| Decimal::of(row.amount()?)),
        Column::text("amount_text", "How much, where it is words", |row: &Row<'c>| {
            in_words(row.amount()?)
        }),
        Column::text("qualifier", "How exact the amount is", |row: &Row<'c>| {
            row.qualifier().map(Qualifier::as_str)
        })
        .words(Qualifier::ALL.iter().map(|word| word.as_str())),
        Column::text("currency", "Its currency, ISO 4217", |row: &Row<'c>| row.currency())
            .pattern("[A-Z]{3}"),
        Column::integer("year", "Its year", |row: &Row<'c>| row.year()),
        Column::text("frequency", "Whether it is paid once or every year", |row: &Row<'c>| {
            row.cost()?.frequency.as_ref()
        })
        .words(["one-off", "yearly"]),
        Column::text("note", "A remark", |row: &Row<'c>| row.note()),
    ]
}
