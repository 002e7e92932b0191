//! Owns the look for regions that cases name by the codes of two lists.

use std::collections::BTreeMap;

use super::{Facts, diags};
use crate::diag::Sink;
use crate::source::Location;
use crate::vocab::{Gazetteer, Region};

/// Finds codes of ISO 3166-2 whose place other cases name by its code of NUTS.
///
/// A code is looked up once, however many cases have it.
pub(super) fn check<'a>(
    gazetteer: &Gazetteer,
    all: impl Iterator<Item = &'a Facts>,
    sink: &mut Sink,
) {
    let mut uses: BTreeMap<&str, Vec<Location>> = BTreeMap::new();
    for (code, at) in all.flat_map(|facts| &facts.regions) {
        uses.entry(code).or_default().push(*at);
    }
    let known =
        uses.into_iter().filter_map(|(code, uses)| Some((gazetteer.find(code).ok()?, uses)));
    let (subdivisions, others): (Vec<_>, Vec<_>) =
        known.partition(|(region, _)| region.level().is_none());
    let mut first_uses: BTreeMap<Region, (Region, Location)> = BTreeMap::new();
    for (region, uses) in others {
        let Some(first) = uses.first() else { continue };
        // Of several codes of NUTS for one place, the highest comes first.
        first_uses.entry(region.preferred()).or_insert((region, *first));
    }
    for (subdivision, uses) in subdivisions {
        let Some((region, first)) = first_uses.get(&subdivision.preferred()) else { continue };
        for at in uses {
            sink.push(diags::region_twice(&subdivision, region, *first, at));
        }
    }
}
