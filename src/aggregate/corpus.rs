//! Owns the corpus: all cases with the indexes of their facets, each made when first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::index::index_of;
use super::{Dimensions, Facet, FacetIndex};
use crate::model::Case;

/// Cases to be counted.
#[derive(Debug)]
pub struct Corpus<'a> {
    cases: &'a [Case],
    dimensions: Dimensions<'a>,
    indexes: BTreeMap<Facet, OnceLock<FacetIndex>>,
}

impl<'a> Corpus<'a> {
    /// Cases under the dimensions of their manifest.
    pub fn new(cases: &'a [Case], dimensions: Dimensions<'a>) -> Self {
        let levels = (0..=super::facet::DEEPEST).map(Facet::RegionAt);
        let private = Facet::PRIVATE.iter().copied();
        let facets = dimensions.all_facets().into_iter().chain(levels).chain(private);
        let indexes = facets.map(|facet| (facet, OnceLock::new())).collect();
        Self { cases, dimensions, indexes }
    }

    /// The cases.
    pub fn cases(&self) -> &'a [Case] {
        self.cases
    }

    /// What the manifest says of facets.
    pub fn dimensions(&self) -> Dimensions<'a> {
        self.dimensions
    }

    /// The index of a facet; an empty one for a facet that the manifest does not have.
    pub fn facet_index(&self, facet: Facet) -> &FacetIndex {
        static EMPTY: OnceLock<FacetIndex> = OnceLock::new();
        let Some(slot) = self.indexes.get(&facet) else {
            return EMPTY.get_or_init(FacetIndex::default);
        };
        // Made by one thread from start to end: one that waited for others in between would be given
        // tasks meanwhile, and could come to wait for what it is making.
        slot.get_or_init(|| {
            index_of(facet, self.cases, self.dimensions, |other| self.facet_index(other))
        })
    }
}
