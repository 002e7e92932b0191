//! Owns what casebook knows by itself: regions, countries, and reporting checklists.

mod checklist;
mod region;

pub use self::checklist::{Checklist, Item, Mapping, Row};
pub use self::region::{Region, RegionError, Retired, Scheme, look_alike, search};
