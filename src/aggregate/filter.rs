//! Owns filters: which cases are meant by `theme=telestroke`, `region=SE` or `year=2010..2015`.

use std::collections::BTreeMap;

use super::{Corpus, Dimensions, Facet};
use crate::model::Choice;
use crate::vocab::{Gazetteer, Region};

/// A choice of cases by one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    facet: Facet,
    wanted: Wanted,
    /// Whether the cases that fit are left out rather than kept.
    negated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    /// One value.
    Value(String),
    /// A theme by its key, with the keys of its parts.
    Theme(Vec<String>),
    /// A region with all that lies in it.
    Within(Region),
    /// Years from and to, both included.
    Years(Option<i32>, Option<i32>),
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterError {
    /// It has no `=`.
    Shape,
    /// There is no such facet.
    Facet {
        /// The word that stands for it.
        name: String,
    },
    /// The facet has no such value.
    Value {
        /// The facet's name as it is written.
        facet: String,
        /// The value as it is written.
        value: String,
        /// The values that there are; empty if there are too many to say.
        known: Vec<String>,
    },
}

impl Filter {
    /// Reads `FACET=VALUE` or `FACET!=VALUE`.
    ///
    /// A region stands for itself and all that lies in it, a theme for itself and its parts; both may
    /// be written as their names. Years may be a span: `2010..2015`, `2010..`, `..2015`.
    ///
    /// # Errors
    ///
    /// If the facet is not known, or the value cannot be one of it.
    pub fn parse(text: &str, dimensions: Dimensions<'_>) -> Result<Self, FilterError> {
        let (name, value) = text.split_once('=').ok_or(FilterError::Shape)?;
        let (name, negated) = match name.strip_suffix('!') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let facet = Facet::parse_choice(name.trim(), dimensions);
        Self::by(facet, name.trim(), value.trim(), negated, dimensions)
    }

    /// A filter of a facet's name and a value, each as it may be written for [`Self::parse`]; what only
    /// editors may see is no facet here.
    ///
    /// # Errors
    ///
    /// As [`Self::parse`].
    pub fn of(
        name: &str,
        value: &str,
        negated: bool,
        dimensions: Dimensions<'_>,
    ) -> Result<Self, FilterError> {
        let facet = Facet::parse(name.trim(), dimensions);
        Self::by(facet, name.trim(), value.trim(), negated, dimensions)
    }

    fn by(
        facet: Option<Facet>,
        name: &str,
        value: &str,
        negated: bool,
        dimensions: Dimensions<'_>,
    ) -> Result<Self, FilterError> {
        let facet = facet.ok_or_else(|| FilterError::Facet { name: name.to_owned() })?;
        let wanted = Wanted::parse(facet, value, dimensions).map_err(|known| {
            FilterError::Value { facet: name.to_owned(), value: value.to_owned(), known }
        })?;
        Ok(Self { facet, wanted, negated })
    }

    /// The facet that it looks at.
    pub fn facet(&self) -> Facet {
        self.facet
    }

    /// Whether the cases that fit are left out rather than kept.
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// What stands for the value in print; words of the form stay as they are.
    pub fn title(&self, dimensions: Dimensions<'_>) -> String {
        match &self.wanted {
            Wanted::Value(value) => self.facet.title(value, dimensions),
            Wanted::Theme(keys) => {
                let key = keys.first().map_or("", String::as_str);
                self.facet.title(key, dimensions)
            }
            Wanted::Within(region) => region.name().to_owned(),
            Wanted::Years(from, to) if from == to => year(*from),
            Wanted::Years(from, to) => {
                format!("{}–{}", year(*from), year(*to))
            }
        }
    }

    /// The value as it is written for [`Self::parse`], by its key or code.
    pub fn value(&self) -> String {
        match &self.wanted {
            Wanted::Value(value) => value.clone(),
            Wanted::Theme(keys) => keys.first().cloned().unwrap_or_default(),
            Wanted::Within(region) => region.code().to_owned(),
            Wanted::Years(from, to) if from == to => year(*from),
            Wanted::Years(from, to) => format!("{}..{}", year(*from), year(*to)),
        }
    }

    /// Chooses the cases that have a value of a facet, as `FACET=VALUE` does.
    pub fn of_value(facet: Facet, value: &str, dimensions: Dimensions<'_>) -> Self {
        let wanted = Wanted::parse(facet, value, dimensions);
        let wanted = wanted.unwrap_or_else(|_| Wanted::Value(value.to_owned()));
        Self { facet, wanted, negated: false }
    }

    /// Whether only editors may see what is chosen by.
    pub fn is_private(&self) -> bool {
        self.facet.is_private()
    }

    /// Where a filter stands among others, in the order of the facets.
    pub fn place(&self) -> (Facet, bool) {
        (self.facet, self.negated)
    }

    /// What is chosen, for readers.
    pub fn choice(&self, dimensions: Dimensions<'_>) -> Choice {
        Choice {
            facet: self.facet.name(dimensions).into_owned(),
            value: self.title(dimensions),
            negated: self.negated,
        }
    }

    /// Which cases all filters choose, by position: of several filters of one facet any must fit, of
    /// several facets each. What is left out is left out in any case.
    pub fn choose(filters: &[Self], corpus: &Corpus<'_>) -> Vec<bool> {
        let mut chosen = vec![true; corpus.cases().len()];
        let mut by_facet: BTreeMap<Facet, Vec<bool>> = BTreeMap::new();
        for filter in filters {
            let fit = filter.matching(corpus);
            if filter.negated {
                chosen.iter_mut().zip(fit).for_each(|(chosen, fit)| *chosen &= !fit);
            } else if let Some(any) = by_facet.get_mut(&filter.facet) {
                any.iter_mut().zip(fit).for_each(|(any, fit)| *any |= fit);
            } else {
                by_facet.insert(filter.facet, fit);
            }
        }
        for any in by_facet.into_values() {
            chosen.iter_mut().zip(any).for_each(|(chosen, any)| *chosen &= any);
        }
        chosen
    }

    /// Which cases have the value.
    fn matching(&self, corpus: &Corpus<'_>) -> Vec<bool> {
        let index = match self.wanted {
            Wanted::Within(_) => corpus.facet_index(Facet::Region),
            Wanted::Theme(_) => corpus.facet_index(Facet::Theme),
            _ => corpus.facet_index(self.facet),
        };
        let mut fit = vec![false; corpus.cases().len()];
        for (position, value) in index.values().iter().enumerate() {
            if self.wanted.is(value, corpus.dimensions().regions) {
                for case in index.cases(position) {
                    fit[*case] = true;
                }
            }
        }
        fit
    }
}

impl Wanted {
    /// Reads a value; gives the values that there are if it cannot be one.
    fn parse(facet: Facet, value: &str, dimensions: Dimensions<'_>) -> Result<Self, Vec<String>> {
        match facet {
            Facet::Country | Facet::Region | Facet::RegionAt(_) => {
                region(value, dimensions.regions).map(Self::Within).ok_or_else(Vec::new)
            }
            Facet::Year => years(value).ok_or_else(Vec::new),
            Facet::Theme | Facet::BroadTheme => theme(value, dimensions)
                .ok_or_else(|| facet.known_values(dimensions).unwrap_or_default()),
            _ => match facet.known_values(dimensions) {
                Some(known) if !known.iter().any(|it| it == value) => {
                    let named = known
                        .iter()
                        .find(|key| facet.title(key, dimensions).eq_ignore_ascii_case(value));
                    named.cloned().map(Self::Value).ok_or(known)
                }
                _ => Ok(Self::Value(value.to_owned())),
            },
        }
    }

    fn is(&self, value: &str, regions: &Gazetteer) -> bool {
        match self {
            Self::Value(wanted) => wanted == value,
            Self::Theme(keys) => keys.iter().any(|key| key == value),
            Self::Within(region) => regions.find(value).is_ok_and(|found| region.contains(&found)),
            Self::Years(from, to) => value.parse().is_ok_and(|year: i32| {
                from.is_none_or(|from| year >= from) && to.is_none_or(|to| year <= to)
            }),
        }
    }
}

/// A theme by its key, its title or a synonym, with its parts.
fn theme(text: &str, dimensions: Dimensions<'_>) -> Option<Wanted> {
    let themes = dimensions.themes;
    let key = if themes.get(text).is_some() { text } else { themes.called(text)? };
    let keys = std::iter::once(key).chain(themes.children(key));
    Some(Wanted::Theme(keys.map(str::to_owned).collect()))
}

/// A region by its code, or by a name that only one has.
fn region(text: &str, regions: &Gazetteer) -> Option<Region> {
    if let Ok(region) = regions.find(text) {
        return Some(region);
    }
    regions.meant(text).or_else(|| match regions.search(text).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    })
}

/// A year as it is written; nothing where a span is open.
fn year(year: Option<i32>) -> String {
    year.map_or_else(String::new, |year| format!("{year:04}"))
}

/// A year, or a span of years with one or both ends.
fn years(text: &str) -> Option<Wanted> {
    let year = |text: &str| text.parse::<i32>().ok();
    match text.split_once("..") {
        None => year(text).map(|year| Wanted::Years(Some(year), Some(year))),
        Some((from, to)) => {
            let end = |text: &str| if text.is_empty() { Some(None) } else { year(text).map(Some) };
            Some(Wanted::Years(end(from)?, end(to)?))
        }
    }
}
