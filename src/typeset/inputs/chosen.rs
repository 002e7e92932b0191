//! Owns which cases a part of the report is about.

use crate::model::Case;

/// The cases that something is about, by their positions in the report.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chosen<'a> {
    /// All of them.
    All,
    /// Those whose entry says so.
    Some(&'a [bool]),
}

impl Chosen<'_> {
    /// Whether the case at a position is one.
    pub(super) fn has(self, position: usize) -> bool {
        match self {
            Self::All => true,
            Self::Some(chosen) => chosen.get(position).copied().unwrap_or_default(),
        }
    }

    /// Those of the report's cases, with their positions.
    pub(super) fn of(self, cases: &[Case]) -> impl Iterator<Item = (usize, &Case)> {
        cases.iter().enumerate().filter(move |(position, _)| self.has(*position))
    }
}
