//! Owns the facets: the dimensions by which cases are counted. A new one is added here.

use crate::model::{Case, Themes};
use crate::vocab::Region;

/// A dimension of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Countries of the regions.
    Country,
    /// Regions of NUTS level 1.
    Nuts1,
    /// Regions of NUTS level 2.
    Nuts2,
    /// Regions of NUTS level 3.
    Nuts3,
    /// Themes.
    Theme,
    /// Where the cases stand.
    Status,
    /// What came of them.
    Outcome,
    /// The year in which they began.
    Year,
}

impl Facet {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Country,
        Self::Nuts1,
        Self::Nuts2,
        Self::Nuts3,
        Self::Theme,
        Self::Status,
        Self::Outcome,
        Self::Year,
    ];

    /// The facet's name in commands and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Nuts1 => "region:1",
            Self::Nuts2 => "region:2",
            Self::Nuts3 => "region:3",
            Self::Theme => "theme",
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::Year => "year",
        }
    }

    /// The values that a case has, each once, with the rank that orders them before their text.
    pub(super) fn values(self, case: &Case, themes: &Themes) -> Vec<(usize, String)> {
        let mut values: Vec<(usize, String)> = match self {
            Self::Country => regions(case, 0),
            Self::Nuts1 => regions(case, 1),
            Self::Nuts2 => regions(case, 2),
            Self::Nuts3 => regions(case, 3),
            Self::Theme => (case.themes.iter())
                .map(|key| {
                    let rank = themes.keys().position(|known| known == key);
                    (rank.unwrap_or(usize::MAX), key.clone())
                })
                .collect(),
            Self::Status => vec![(case.status as usize, case.status.as_str().to_owned())],
            Self::Outcome => vec![(case.outcome as usize, case.outcome.as_str().to_owned())],
            Self::Year => {
                case.period.iter().map(|period| (0, period.start.year.to_string())).collect()
            }
        };
        values.sort_unstable();
        values.dedup();
        values
    }
}

fn regions(case: &Case, level: usize) -> Vec<(usize, String)> {
    (case.regions.iter())
        .filter_map(|code| Region::parse(code).ok()?.at_level(level))
        .map(|region| (0, region.code().to_owned()))
        .collect()
}
