//! Owns the figures that are asked for: cases by facets, with the cases behind each cell.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::answer::{Answered, Asking, answer};
use super::ask::{self, Named};
use super::places::Places;
use super::{Files, diags};
use crate::aggregate::{Axis, Cell, Corpus, Facet, combinations, tabulate, with_zeros};
use crate::diag::render::place;
use crate::export::{Entry, Rows};

/// Cells that are counted in one table: nobody reads more, and they must fit into memory.
const MOST_CELLS: usize = 1_000_000;

/// What is to be counted.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// The facets by their names; all cases are one cell if there is none.
    pub by: Vec<String>,
    /// Which cases, as `FACET=VALUE`; all if nothing is said.
    pub filters: Vec<String>,
    /// Whether cells without a case are there too, of facets whose values are known.
    pub zeros: bool,
    /// Whether each cell names its cases.
    pub explain: bool,
}

/// Cases counted by facets.
#[derive(Debug)]
pub struct Counts {
    /// The facets, as they were asked for.
    pub facets: Vec<String>,
    /// The cells in the order of their values.
    pub cells: Vec<Count>,
    /// Of two facets, the distinct cases of each value of either; of any other number, nothing.
    pub totals: [Vec<(Value, usize)>; 2],
    /// How many distinct cases stand in any cell.
    pub distinct: usize,
    /// How many cases there are.
    pub all: usize,
    /// Whether the cells name their cases.
    explained: bool,
}

/// A cell.
#[derive(Debug)]
pub struct Count {
    /// A value a facet.
    pub values: Vec<Value>,
    /// How many cases have all of them.
    pub cases: usize,
    /// These cases, if they were asked for.
    pub behind: Vec<Behind>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// The value in commands and data.
    pub code: String,
    /// Its name for readers, which may be the same.
    pub title: String,
}

/// A case behind a cell.
#[derive(Debug)]
pub struct Behind {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it says each value of the cell, as `file:line:column`.
    pub places: Vec<String>,
}

/// Counts the sound cases of a casebook.
///
/// # Errors
///
/// If a facet or a filter is none, if there would be too many cells, or if the folder cannot be
/// searched.
pub fn count(files: &dyn Files, options: &CountOptions) -> Result<Answered<Counts>> {
    answer(files, &options.filters, |asking| {
        let facets = ask::facets(&options.by, asking.corpus.dimensions())?;
        counts(asking, &facets, options.zeros, options.explain)
    })
}

/// Counts the sound cases by the facets that give a first impression, one after the other.
///
/// # Errors
///
/// As [`count`].
pub fn overview(files: &dyn Files, options: &CountOptions) -> Result<Answered<Vec<Counts>>> {
    const FACETS: &[Facet] = &[Facet::Country, Facet::Theme, Facet::Status, Facet::Outcome];
    answer(files, &options.filters, |asking| {
        let dimensions = asking.corpus.dimensions();
        let named = |facet: &Facet| Named { name: facet.name(dimensions).into(), facet: *facet };
        let count = |facet| counts(asking, &[named(facet)], options.zeros, options.explain);
        FACETS.iter().map(count).collect()
    })
}

fn counts(asking: &Asking<'_>, facets: &[Named], zeros: bool, explain: bool) -> Result<Counts> {
    let corpus = asking.corpus;
    let plain: Vec<Facet> = facets.iter().map(|named| named.facet).collect();
    if combinations(corpus, &plain) > MOST_CELLS {
        bail!(diags::too_many_cells(MOST_CELLS));
    }
    let axes: Vec<Axis> = plain.iter().map(|facet| Axis::of(*facet, corpus)).collect();
    let mut table = tabulate(corpus, &plain);
    // Of no facet there is one cell, even if no case is in it.
    if zeros || plain.is_empty() {
        let Some(filled) = with_zeros(table, &axes, MOST_CELLS) else {
            bail!(diags::too_many_cells(MOST_CELLS));
        };
        table = filled;
    }
    let titles: Vec<Titles> =
        plain.iter().zip(&axes).map(|(facet, axis)| Titles::of(*facet, axis, corpus)).collect();
    let places = explain.then(|| Places::of(asking, facets));
    let cells = table.cells.iter().map(|cell| Count {
        values: titles.iter().zip(&cell.values).map(|(titles, code)| titles.value(code)).collect(),
        cases: cell.cases.len(),
        behind: places.as_ref().map_or_else(Vec::new, |places| behind(asking, places, cell)),
    });
    let totals = |facet: usize| match (axes.get(facet), titles.get(facet), plain.len()) {
        (Some(axis), Some(titles), 2) => totals(&table.cells, facet, axis, titles),
        _ => Vec::new(),
    };
    Ok(Counts {
        facets: facets.iter().map(|named| named.name.clone()).collect(),
        totals: [totals(0), totals(1)],
        cells: cells.collect(),
        distinct: table.distinct,
        all: corpus.cases().len(),
        explained: explain,
    })
}

/// The names for readers of a facet's values.
struct Titles(BTreeMap<String, String>);

impl Titles {
    fn of(facet: Facet, axis: &Axis, corpus: &Corpus<'_>) -> Self {
        let title = |code: &String| (code.clone(), facet.title(code, corpus.dimensions()));
        Self(axis.values().iter().map(title).collect())
    }

    fn value(&self, code: &str) -> Value {
        let title = self.0.get(code).map_or(code, String::as_str);
        Value { code: code.to_owned(), title: title.to_owned() }
    }
}

/// The distinct cases of each value of one facet, in the facet's order.
fn totals(cells: &[Cell], facet: usize, axis: &Axis, titles: &Titles) -> Vec<(Value, usize)> {
    let mut cases: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cell in cells {
        let position = cell.values.get(facet).and_then(|value| axis.position(value));
        cases.entry(position.unwrap_or_default()).or_default().extend(&cell.cases);
    }
    let total = |(position, mut cases): (usize, Vec<usize>)| {
        cases.sort_unstable();
        cases.dedup();
        let code = axis.values().get(position)?;
        Some((titles.value(code), cases.len()))
    };
    cases.into_iter().filter_map(total).collect()
}

/// The cases behind a cell, by id, with the places that make them count.
fn behind(asking: &Asking<'_>, places: &Places, cell: &Cell) -> Vec<Behind> {
    let cases = asking.corpus.cases();
    let behind = |position: &usize| {
        let case = cases.get(*position)?;
        let places = places.of_cell(case, *position, &cell.values).into_iter();
        let places = places.map(|at| place(asking.sources.get(at.source), at.span.start));
        Some(Behind { id: case.id.clone(), title: case.title.clone(), places: places.collect() })
    };
    cell.cases.iter().filter_map(behind).collect()
}

impl Counts {
    /// The cells as rows: the facets in the order asked for, then `cases`; then the cases themselves,
    /// if they were asked for.
    pub fn rows(&self) -> Rows {
        let mut header = self.facets.clone();
        header.push("cases".to_owned());
        if self.explained {
            header.extend(["case_ids", "places"].map(str::to_owned));
        }
        let row = |cell: &Count| {
            let mut row: Vec<Entry> =
                cell.values.iter().map(|value| Entry::Text(value.code.clone())).collect();
            row.push(Entry::Number(cell.cases));
            if self.explained {
                let behind = cell.behind.iter();
                row.push(Entry::List(behind.clone().map(|case| case.id.clone()).collect()));
                row.push(Entry::List(behind.flat_map(|case| case.places.clone()).collect()));
            }
            row
        };
        Rows::new(header, self.cells.iter().map(row).collect())
    }
}
