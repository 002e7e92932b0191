//! Owns the list of the cases: what a reader looks for in each, in the order that is asked for.

use anyhow::{Result, bail};

use super::Files;
use super::answer::{Answered, Asking, answer};
use super::ask;
use crate::aggregate::{Facet, FacetIndex};
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
        let keys: Vec<SortKey<'_>> =
            options.sort.iter().map(|word| SortKey::parse(word, asking)).collect::<Result<_>>()?;
        let cases = asking.corpus.cases();
        // Without anything else to go by, the cases stay in the order of their ids.
        let mut order: Vec<usize> = (0..cases.len()).collect();
        for key in keys.iter().rev() {
            key.sort(&mut order, cases);
        }
        Ok(order.iter().filter_map(|position| cases.get(*position)).map(Listed::of).collect())
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

/// Something that cases are ordered by.
struct SortKey<'a> {
    what: What<'a>,
    reversed: bool,
}

/// What is compared.
enum What<'a> {
    Id,
    Title,
    Start,
    /// The values of a facet, in its order.
    Facet(&'a FacetIndex),
}

impl<'a> SortKey<'a> {
    fn parse(word: &str, asking: &Asking<'a>) -> Result<Self> {
        let word = word.trim();
        let (name, reversed) = match word.strip_prefix('-') {
            Some(name) => (name, true),
            None => (word, false),
        };
        let dimensions = asking.corpus.dimensions();
        let what = match name {
            "id" => What::Id,
            "title" => What::Title,
            "start" => What::Start,
            name => match Facet::parse(name, dimensions) {
                Some(facet) => What::Facet(asking.corpus.facet_index(facet)),
                None => bail!(ask::no_order(name, dimensions)),
            },
        };
        Ok(Self { what, reversed })
    }

    /// Puts cases in order; those that compare alike stay as they are, and those of which nothing is
    /// known come last either way.
    fn sort(&self, order: &mut [usize], cases: &[Case]) {
        match self.what {
            What::Id => self.sort_by(order, |position| Some(&cases.get(position)?.id)),
            What::Title => {
                self.sort_by(order, |position| Some(cases.get(position)?.title.to_lowercase()));
            }
            What::Start => {
                self.sort_by(order, |position| Some(cases.get(position)?.period?.start.first_day()))
            }
            What::Facet(index) => self.sort_by(order, |position| {
                Some(index.of_case(position)).filter(|values| !values.is_empty())
            }),
        }
    }

    fn sort_by<K: Ord>(&self, order: &mut [usize], key: impl Fn(usize) -> Option<K>) {
        order.sort_by_cached_key(|position| {
            let key = key(*position);
            let is_unknown = key.is_none();
            let (up, down) = match self.reversed {
                false => (key, None),
                true => (None, Some(std::cmp::Reverse(key))),
            };
            (is_unknown, up, down)
        });
    }
}
