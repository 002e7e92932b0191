//! Owns what casebook knows by itself: regions, countries, and reporting checklists.

mod checklist;
mod country_names;
mod gazetteer;
mod names;
mod official;
mod own_regions;
mod region;
mod table;

pub use self::checklist::{Checklist, Item, Mapping, Row};
pub use self::gazetteer::{Gazetteer, begins_word};
pub use self::own_regions::{MOST_LEVELS, OwnRegion, OwnRegionFault};
pub use self::region::{Region, RegionError, Retired};
