//! Owns the list of the cases: what a reader looks for in each, in the order that is asked for.

use anyhow::Result;

use super::Files;
use super::answer::{Answered, answer};
use super::ask;
use crate::aggregate::Order;
use crate::export::{Entry, Rows};
use crate::model::Case;

/// Which cases are listed, and how.
#[derive(Debug, Clone, Default)]
pub struct ListOptions {
    /// Which cases, as `FACET=VALUE`; all if nothing is said.
    pub filters: Vec<String>,
    /// What they are ordered by: a facet, `id`, `title` or `start`, the first the most important; with
    /// a `-` before it, the other way round.
    pub sort: Vec<String>,
}

/// A case in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Codes of its regions, the home region first.
    pub regions: Vec<String>,
    /// Keys of its themes, the main theme first.
    pub themes: Vec<String>,
    /// Where it stands.
    pub status: Option<&'static str>,
    /// What came of it.
    pub outcome: Option<&'static str>,
    /// When it began.
    pub start: Option<String>,
}

/// Lists the sound cases of a casebook.
///
/// # Errors
///
/// If a filter is none, if the cases cannot be ordered by what is asked for, or if the folder cannot be
/// searched.
pub fn list(files: &dyn Files, options: &ListOptions) -> Result<Answered<Vec<Listed>>> {
    answer(files, &options.filters, |asking| {
        let dimensions = asking.corpus.dimensions();
        let parse = |word: &String| {
            Order::parse(word, dimensions)
                .ok_or_else(|| anyhow::Error::msg(ask::no_order(word, dimensions)))
        };
        let orders: Vec<Order> = options.sort.iter().map(parse).collect::<Result<_>>()?;
        let cases = asking.corpus.cases();
        // Without anything else to go by, the cases stay in the order of their ids.
        let mut positions: Vec<usize> = (0..cases.len()).collect();
        Order::sort_all(&orders, &mut positions, asking.corpus);
        Ok(positions.iter().filter_map(|at| cases.get(*at)).map(Listed::of).collect())
    })
}

impl Listed {
    fn of(case: &Case) -> Self {
        Self {
            id: case.id.clone(),
            title: case.title.clone(),
            regions: case.regions.clone(),
            themes: case.themes.clone(),
            status: case.status.map(|status| status.as_str()),
            outcome: case.outcome.map(|outcome| outcome.as_str()),
            start: case.period.map(|period| period.start.to_string()),
        }
    }
}

/// Listed cases as rows.
pub fn list_rows(cases: &[Listed]) -> Rows {
    let header = ["id", "title", "regions", "themes", "status", "outcome", "start"];
    let row = |case: &Listed| {
        let word = |word: Option<&str>| match word {
            Some(word) => Entry::Text(word.to_owned()),
            None => Entry::Nothing,
        };
        vec![
            Entry::Text(case.id.clone()),
            Entry::Text(case.title.clone()),
            Entry::List(case.regions.clone()),
            Entry::List(case.themes.clone()),
            word(case.status),
            word(case.outcome),
            word(case.start.as_deref()),
        ]
    };
    Rows::new(header.map(str::to_owned).to_vec(), cases.iter().map(row).collect())
}
