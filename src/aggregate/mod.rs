//! Owns the figures: cases counted by region, theme, status, outcome and year.
//!
//! Everything here is infallible arithmetic over typed cases: no I/O, no clock. A case with two
//! themes counts once in each; a region counts its own cases and those of the regions inside it;
//! totals are of distinct cases.

mod completeness;
mod facet;
mod table;

use crate::model::Case;

pub use self::completeness::{ListFigures, list_figures};
pub use self::facet::{Dimensions, Facet};
pub use self::table::{Cell, CrossTable, Table, cross, tabulate};

/// The figures that every report carries.
#[derive(Debug)]
pub struct Figures {
    /// The number of cases.
    pub cases: usize,
    /// One table a facet.
    pub by_facet: Vec<Table>,
    /// Countries by themes.
    pub country_theme: CrossTable,
    /// Themes by outcomes.
    pub theme_outcome: CrossTable,
}

impl Figures {
    /// Counts all that there is to count.
    pub fn of(cases: &[Case], dimensions: Dimensions<'_>) -> Self {
        Self {
            cases: cases.len(),
            by_facet: (dimensions.facets().into_iter())
                .map(|facet| tabulate(cases, dimensions, &[facet]))
                .collect(),
            country_theme: cross(cases, dimensions, Facet::Country, Facet::Theme),
            theme_outcome: cross(cases, dimensions, Facet::Theme, Facet::Outcome),
        }
    }

    /// The table of one facet.
    pub fn table(&self, facet: Facet) -> Option<&Table> {
        self.by_facet.iter().find(|table| table.facets == [facet])
    }
}
