//! Owns what the manifest says of regions: which codes there are, and which are to be covered.

use serde::Deserialize;

use super::Keyed;
use crate::vocab::{Gazetteer, OwnRegion, OwnRegionFault};

/// The regions of a report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Coverage {
    /// Which codes there are.
    pub scheme: RegionScheme,
    /// The group's own regions by their codes.
    pub codes: Keyed<RegionSetting>,
    /// Codes of regions by the name of their group.
    pub groups: Keyed<Vec<String>>,
}

/// Which codes of regions there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegionScheme {
    /// Those of NUTS 2024 and ISO 3166.
    #[default]
    Nuts,
    /// Those that the manifest lists.
    Custom,
}

/// A region of the group's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionSetting {
    /// Its name for readers.
    pub name: String,
    /// The code of the region that it lies in.
    pub parent: Option<String>,
    /// Where it is.
    pub point: Option<Point>,
}

/// A place on the globe, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Point {
    /// Latitude, then longitude.
    Pair([f64; 2]),
    /// Each by its name.
    Named {
        /// North of the equator, or negative.
        latitude: f64,
        /// East of Greenwich, or negative.
        longitude: f64,
    },
}

impl Coverage {
    /// The regions that codes are looked up in, and what is wrong with the group's own.
    pub fn gazetteer(&self) -> (Gazetteer, Vec<OwnRegionFault>) {
        match self.scheme {
            RegionScheme::Nuts => (Gazetteer::official(), Vec::new()),
            RegionScheme::Custom => Gazetteer::own(self.codes.iter().map(own_region).collect()),
        }
    }
}

fn own_region((code, setting): (&str, &RegionSetting)) -> OwnRegion {
    OwnRegion {
        code: code.to_owned(),
        name: setting.name.clone(),
        parent: setting.parent.clone(),
        point: setting.point.map(|point| match point {
            Point::Pair([latitude, longitude]) => (latitude, longitude),
            Point::Named { latitude, longitude } => (latitude, longitude),
        }),
    }
}
