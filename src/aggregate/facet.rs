//! Owns the facets: the dimensions by which cases are counted. A new one is added here.

use crate::model::{Case, Facets, Manifest, Themes};
use crate::vocab::Region;

/// What the manifest says of facets: the order of the themes, and the group's own facets.
#[derive(Debug, Clone, Copy)]
pub struct Dimensions<'a> {
    /// The themes.
    pub themes: &'a Themes,
    /// The facets that the manifest declares.
    pub facets: &'a Facets,
}

impl<'a> Dimensions<'a> {
    /// The dimensions of a manifest.
    pub fn of(manifest: &'a Manifest) -> Self {
        Self { themes: &manifest.themes, facets: &manifest.facets }
    }

    /// All facets: those that are built in, then those of the manifest.
    pub fn facets(self) -> Vec<Facet> {
        let own = (0..self.facets.len()).map(Facet::Declared);
        Facet::BUILT_IN.iter().copied().chain(own).collect()
    }
}

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
    /// A facet that the manifest declares, by its position there.
    Declared(usize),
}

impl Facet {
    /// All that are built in.
    pub const BUILT_IN: &[Self] = &[
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
    pub fn name(self, dimensions: Dimensions<'_>) -> &str {
        match self {
            Self::Country => "country",
            Self::Nuts1 => "region:1",
            Self::Nuts2 => "region:2",
            Self::Nuts3 => "region:3",
            Self::Theme => "theme",
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::Year => "year",
            Self::Declared(index) => dimensions.facets.keys().nth(index).unwrap_or_default(),
        }
    }

    /// The values that a case has, each once, with the rank that orders them before their text.
    pub(super) fn values(self, case: &Case, dimensions: Dimensions<'_>) -> Vec<(usize, String)> {
        let mut values: Vec<(usize, String)> = match self {
            Self::Country => regions(case, 0),
            Self::Nuts1 => regions(case, 1),
            Self::Nuts2 => regions(case, 2),
            Self::Nuts3 => regions(case, 3),
            Self::Theme => (case.themes.iter())
                .map(|key| {
                    let rank = dimensions.themes.keys().position(|known| known == key);
                    (rank.unwrap_or(usize::MAX), key.clone())
                })
                .collect(),
            Self::Status => {
                case.status.iter().map(|word| (*word as usize, word.as_str().to_owned())).collect()
            }
            Self::Outcome => {
                case.outcome.iter().map(|word| (*word as usize, word.as_str().to_owned())).collect()
            }
            Self::Declared(index) => declared(case, dimensions, index),
            Self::Year => {
                case.period.iter().map(|period| (0, period.start.year.to_string())).collect()
            }
        };
        values.sort_unstable();
        values.dedup();
        values
    }
}

/// The values of a facet of the manifest, in the order that it lists them.
fn declared(case: &Case, dimensions: Dimensions<'_>, index: usize) -> Vec<(usize, String)> {
    let Some((name, facet)) = dimensions.facets.iter().nth(index) else { return Vec::new() };
    let rank = |value: &str| facet.values.iter().position(|(code, _)| code == value);
    let values = case.facets.get(name).into_iter().flatten();
    values.map(|value| (rank(value).unwrap_or(usize::MAX), value.clone())).collect()
}

fn regions(case: &Case, level: usize) -> Vec<(usize, String)> {
    (case.regions.iter())
        .filter_map(|code| Region::parse(code).ok()?.at_level(level))
        .map(|region| (0, region.code().to_owned()))
        .collect()
}
