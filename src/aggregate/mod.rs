//! Owns the figures: cases counted by region, theme, status, outcome and year.
//!
//! Everything here is infallible arithmetic over typed cases: no I/O, no clock. A case with two
//! themes counts once in each; a region counts its own cases and those of the regions inside it;
//! totals are of distinct cases.

mod facet;
mod table;

use crate::model::{Case, Themes};

pub use self::facet::Facet;
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
    pub fn of(cases: &[Case], themes: &Themes) -> Self {
        Self {
            cases: cases.len(),
            by_facet: Facet::ALL.iter().map(|facet| tabulate(cases, themes, &[*facet])).collect(),
            country_theme: cross(cases, themes, Facet::Country, Facet::Theme),
            theme_outcome: cross(cases, themes, Facet::Theme, Facet::Outcome),
        }
    }

    /// The table of one facet.
    pub fn table(&self, facet: Facet) -> Option<&Table> {
        self.by_facet.iter().find(|table| table.facets == [facet])
    }
}
