//! Owns the figures: cases counted by facets, and what they measured, cost and leave open.
//!
//! Everything here is infallible arithmetic over typed cases: no I/O, no clock. A case with two
//! themes counts once in each; a region counts its own cases and, at a coarser level, those of the
//! regions inside it; totals are of distinct cases. Every figure knows the cases behind it.

mod axis;
mod choices;
mod comparable;
mod completeness;
mod corpus;
mod coverage;
mod dimensions;
mod evidence;
mod facet;
mod filter;
mod index;
mod money;
mod order;
mod table;
mod timeline;

use rayon::prelude::*;

use crate::model::Manifest;

pub use self::axis::{Axis, with_zeros};
pub use self::choices::{Choices, Choosable, choices};
pub use self::completeness::{ListFigures, list_figures};
pub use self::corpus::Corpus;
pub use self::coverage::{CountryGaps, Coverage, GroupCoverage};
pub use self::dimensions::Dimensions;
pub use self::evidence::{Change, Direction, Evidence, Gathered, List, MeasureAt};
pub use self::facet::Facet;
pub use self::filter::{Filter, FilterError};
pub use self::index::FacetIndex;
pub use self::money::{Money, MoneyRow};
pub use self::order::Order;
pub use self::table::{Cell, CrossTable, Table, combinations, cross, cross_among, tabulate};
pub use self::timeline::{Span, timeline};

/// The pairs of facets that data count by.
pub const PAIRS: &[(Facet, Facet)] = &[
    (Facet::Country, Facet::Theme),
    (Facet::Theme, Facet::Outcome),
    (Facet::Country, Facet::Outcome),
];

/// The figures that every report carries.
#[derive(Debug)]
pub struct Figures {
    /// The number of cases.
    pub cases: usize,
    /// One table a facet.
    pub by_facet: Vec<Table>,
    /// Countries by themes of the first level.
    pub country_theme: CrossTable,
    /// Themes of the first level by outcomes.
    pub theme_outcome: CrossTable,
    /// What is not covered.
    pub coverage: Coverage,
    /// What was measured.
    pub evidence: Evidence,
    /// What was paid.
    pub money: Money,
    /// When the cases ran.
    pub timeline: Vec<Span>,
    /// The years in which the cases began by outcomes.
    pub year_outcome: CrossTable,
}

impl Figures {
    /// Counts all that there is to count.
    pub fn of(corpus: &Corpus<'_>, manifest: &Manifest) -> Self {
        let cases = corpus.cases();
        let facets = corpus.dimensions().all_facets();
        let broad_theme = corpus.dimensions().broad_theme();
        let count = || -> (Vec<Table>, _, _, _) {
            let by_facet = facets.into_par_iter().map(|facet| tabulate(corpus, &[facet])).collect();
            let country_theme = cross(corpus, Facet::Country, broad_theme);
            let theme_outcome = cross(corpus, broad_theme, Facet::Outcome);
            (by_facet, country_theme, theme_outcome, Coverage::of(corpus))
        };
        let (evidence, (by_facet, country_theme, theme_outcome, coverage)) =
            rayon::join(|| Evidence::of(cases, &manifest.indicators), count);
        Self {
            cases: cases.len(),
            by_facet,
            country_theme,
            theme_outcome,
            coverage,
            evidence,
            money: Money::of(cases, manifest.money.as_ref()),
            timeline: timeline(cases),
            year_outcome: cross(corpus, Facet::Year, Facet::Outcome),
        }
    }

    /// The table of one facet.
    pub fn table(&self, facet: Facet) -> Option<&Table> {
        self.by_facet.iter().find(|table| table.facets == [facet])
    }
}
