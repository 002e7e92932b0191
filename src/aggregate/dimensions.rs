//! Owns what the manifest says of counting: the order of the themes, groups, and facets of its own.

use super::Facet;
use crate::model::{Facets, Keyed, Manifest, Themes};
use crate::vocab::Gazetteer;

/// What the manifest says of facets.
#[derive(Debug, Clone, Copy)]
pub struct Dimensions<'a> {
    /// The themes.
    pub themes: &'a Themes,
    /// Codes of regions by the name of their group.
    pub groups: &'a Keyed<Vec<String>>,
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
        let built_in = Facet::BUILT_IN.iter().copied();
        // On one level, both facets of themes are the same.
        let built_in = built_in.filter(|facet| *facet != Facet::BroadTheme || self.has_levels());
        built_in.chain(own.map(Facet::Declared)).collect()
    }

    /// The names of all facets, those of the levels of regions among them.
    pub fn facet_names(self) -> Vec<String> {
        let all = self.all_facets().into_iter();
        all.map(|facet| facet.name(self).into_owned()).collect()
    }

    /// The themes by which tables are laid out: those of the first level.
    pub fn broad_theme(self) -> Facet {
        if self.has_levels() { Facet::BroadTheme } else { Facet::Theme }
    }

    /// Whether any theme is a part of another.
    fn has_levels(self) -> bool {
        self.themes.keys().any(|key| self.themes.parent(key).is_some())
    }
}
