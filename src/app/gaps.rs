//! Owns the question what the cases leave out: themes and regions without one.

use anyhow::Result;

use super::Files;
use super::answer::{Answered, answer};
use super::count::Value;
use crate::aggregate::{Corpus, Coverage, Facet};
use crate::export::{Entry, Rows};

/// Something that no case covers.
#[derive(Debug, PartialEq, Eq)]
pub struct Gap {
    /// What kind of thing is missing where.
    pub kind: GapKind,
    /// The country or the group that lacks it; nothing if all cases do.
    pub place: Option<Value>,
    /// The theme or the region that is missing.
    pub missing: Value,
}

/// A kind of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// A theme without a case.
    Theme,
    /// A theme that none of a country's cases has.
    Country,
    /// A region of a declared group without a case.
    Group,
}

/// Finds what the sound cases of a casebook do not cover.
///
/// # Errors
///
/// If a filter is none, or if the folder cannot be searched.
pub fn gaps(files: &dyn Files, filters: &[String]) -> Result<Answered<Vec<Gap>>> {
    answer(files, filters, |asking| Ok(gaps_of(asking.corpus)))
}

fn gaps_of(corpus: &Corpus<'_>) -> Vec<Gap> {
    let value = |facet: Facet, code: &str| Value {
        code: code.to_owned(),
        title: facet.title(code, corpus.dimensions()),
    };
    let coverage = Coverage::of(corpus);
    let themes = coverage.themes.iter().map(|theme| Gap {
        kind: GapKind::Theme,
        place: None,
        missing: value(Facet::Theme, theme),
    });
    let countries = coverage.countries.iter().flat_map(|gaps| {
        gaps.lacking.iter().map(|theme| Gap {
            kind: GapKind::Country,
            place: Some(value(Facet::Country, &gaps.country)),
            missing: value(Facet::Theme, theme),
        })
    });
    let groups = coverage.groups.iter().flat_map(|group| {
        group.gaps().map(|region| Gap {
            kind: GapKind::Group,
            place: Some(value(Facet::Group, &group.name)),
            missing: value(Facet::Region, region),
        })
    });
    themes.chain(countries).chain(groups).collect()
}

impl GapKind {
    /// The word in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Country => "country",
            Self::Group => "group",
        }
    }
}

/// Gaps as rows: `kind`, `where`, `missing`.
pub fn gap_rows(gaps: &[Gap]) -> Rows {
    let row = |gap: &Gap| {
        let place = gap.place.as_ref();
        vec![
            Entry::Text(gap.kind.as_str().to_owned()),
            place.map_or(Entry::Nothing, |place| Entry::Text(place.code.clone())),
            Entry::Text(gap.missing.code.clone()),
        ]
    };
    let header = ["kind", "where", "missing"].map(str::to_owned).to_vec();
    Rows::new(header, gaps.iter().map(row).collect())
}
