//! Owns what the manifest says of counting: the order of the themes, groups, and facets of its own.

use std::collections::BTreeMap;

use super::Facet;
use crate::model::{Facets, Manifest, Themes};
use crate::vocab::Gazetteer;

/// What the manifest says of facets.
#[derive(Debug, Clone, Copy)]
pub struct Dimensions<'a> {
    /// The themes.
    pub themes: &'a Themes,
    /// Codes of regions by the name of their group.
    pub groups: &'a BTreeMap<String, Vec<String>>,
    /// The facets that the manifest declares.
    pub facets: &'a Facets,
    /// The regions that codes are looked up in.
    pub regions: &'a Gazetteer,
}

impl<'a> Dimensions<'a> {
    /// The dimensions of a manifest.
    pub fn of(manifest: &'a Manifest, regions: &'a Gazetteer) -> Self {
        Self {
            themes: &manifest.themes,
            groups: &manifest.regions.groups,
            facets: &manifest.facets,
            regions,
        }
    }

    /// All facets: those that are built in, then those of the manifest.
    pub fn all_facets(self) -> Vec<Facet> {
        let own = (0..self.facets.len()).filter_map(|index| u16::try_from(index).ok());
        Facet::BUILT_IN.iter().copied().chain(own.map(Facet::Declared)).collect()
    }
}
