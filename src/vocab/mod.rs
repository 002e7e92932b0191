//! Owns the code lists that casebook knows by itself: regions and countries.

mod region;

pub use self::region::{Region, RegionError, Retired, Scheme, search};
