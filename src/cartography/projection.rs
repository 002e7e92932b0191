//! Owns the projections: from degrees to metres on a plane, areas kept.
//!
//! Europe: Lambert azimuthal equal-area as in EPSG:3035, by the formulas of the EPSG Guidance Note
//! 7-2 (method 9820) after J. P. Snyder, Map Projections: A Working Manual, 1987. The world: Equal
//! Earth (method 1078), B. Šavrič, T. Patterson and B. Jenny, International Journal of Geographical
//! Information Science 33(3), 2019. Both on the ellipsoid GRS80.

use super::{Extent, Place};

/// The longer half-axis of GRS80 in metres.
const AXIS: f64 = 6_378_137.0;
/// The flattening of GRS80.
const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// The square of its eccentricity.
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);

/// The origin of EPSG:3035 in degrees, and its coordinates in metres.
const EUROPE_ORIGIN: Place = Place { longitude: 10.0, latitude: 52.0 };
const EUROPE_EASTING: f64 = 4_321_000.0;
const EUROPE_NORTHING: f64 = 3_210_000.0;

/// What counts as Europe: from the Azores to Azerbaijan, from the Canaries to Svalbard.
const EUROPE_WEST_EAST: (f64, f64) = (-32.0, 51.0);
const EUROPE_SOUTH_NORTH: (f64, f64) = (27.0, 82.0);

/// The middle meridian of the world: its edge is the Bering Strait, where no land is cut.
const WORLD_MERIDIAN: f64 = 11.5;
/// The coefficients of Equal Earth.
const A1: f64 = 1.340_264;
const A2: f64 = -0.081_106;
const A3: f64 = 0.000_893;
const A4: f64 = 0.003_796;

/// A point on the plane, in metres east and north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Metres {
    pub(super) east: f64,
    pub(super) north: f64,
}

/// A way from the earth to the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Projection {
    /// Lambert azimuthal equal-area, EPSG:3035.
    Europe(Lambert),
    /// Equal Earth around [`WORLD_MERIDIAN`].
    World(EqualEarth),
}

impl Projection {
    /// The projection whose outlines show all places; none without any place.
    pub(super) fn that_shows(places: impl Iterator<Item = Place>) -> Option<Self> {
        let in_europe = places.map(in_europe).reduce(|all, one| all && one)?;
        Some(if in_europe { Self::Europe(Lambert::new()) } else { Self::World(EqualEarth::new()) })
    }

    /// What its outlines show.
    pub(super) fn extent(self) -> Extent {
        match self {
            Self::Europe(_) => Extent::Europe,
            Self::World(_) => Extent::World,
        }
    }

    /// The place on the plane.
    pub(super) fn project(self, place: Place) -> Metres {
        match self {
            Self::Europe(lambert) => lambert.project(place),
            Self::World(equal_earth) => equal_earth.project(place),
        }
    }
}

fn in_europe(place: Place) -> bool {
    let within = |value: f64, (low, high): (f64, f64)| (low..=high).contains(&value);
    within(place.longitude, EUROPE_WEST_EAST) && within(place.latitude, EUROPE_SOUTH_NORTH)
}

/// EPSG:3035, with what its formulas need of the origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lambert {
    radius: f64,
    sin_origin: f64,
    cos_origin: f64,
    /// The stretch that makes the scale at the origin true in every direction.
    stretch: f64,
}

impl Lambert {
    fn new() -> Self {
        let latitude = EUROPE_ORIGIN.latitude.to_radians();
        let radius = authalic_radius();
        let (sin_origin, cos_origin) = authalic(latitude).sin_cos();
        let curvature = (1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2)).sqrt();
        let stretch = AXIS * latitude.cos() / curvature / (radius * cos_origin);
        Self { radius, sin_origin, cos_origin, stretch }
    }

    fn project(self, place: Place) -> Metres {
        let (sin, cos) = authalic(place.latitude.to_radians()).sin_cos();
        let (sin_east, cos_east) =
            (place.longitude - EUROPE_ORIGIN.longitude).to_radians().sin_cos();
        let toward = self.sin_origin * sin + self.cos_origin * cos * cos_east;
        // Opposite the origin the plane has no point; nothing that is drawn comes near it.
        let scale = self.radius * (2.0 / (1.0 + toward).max(1e-9)).sqrt();
        Metres {
            east: EUROPE_EASTING + scale * self.stretch * cos * sin_east,
            north: EUROPE_NORTHING
                + scale / self.stretch * (self.cos_origin * sin - self.sin_origin * cos * cos_east),
        }
    }
}

/// Equal Earth, with the radius that its formulas need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct EqualEarth {
    radius: f64,
}

impl EqualEarth {
    fn new() -> Self {
        Self { radius: authalic_radius() }
    }

    fn project(self, place: Place) -> Metres {
        let half_root = 3.0_f64.sqrt() / 2.0;
        let angle = (half_root * authalic(place.latitude.to_radians()).sin()).asin();
        let square = angle * angle;
        let sixth = square.powi(3);
        let slope = A1 + 3.0 * A2 * square + sixth * (7.0 * A3 + 9.0 * A4 * square);
        let east = east_of(WORLD_MERIDIAN, place.longitude).to_radians();
        Metres {
            east: self.radius * east * angle.cos() / (half_root * slope),
            north: self.radius * angle * (A1 + A2 * square + sixth * (A3 + A4 * square)),
        }
    }
}

/// How far a longitude lies east of a meridian, from -180 to 180 degrees.
fn east_of(meridian: f64, longitude: f64) -> f64 {
    let east = longitude - meridian;
    if east.abs() <= 180.0 { east } else { east - 360.0 * (east / 360.0).round() }
}

/// The latitude on the sphere that has the ellipsoid's areas, in radians.
fn authalic(latitude: f64) -> f64 {
    (zone(latitude.sin()) / zone(1.0)).clamp(-1.0, 1.0).asin()
}

/// The radius of that sphere in metres.
fn authalic_radius() -> f64 {
    AXIS * (zone(1.0) / 2.0).sqrt()
}

/// A measure of the ellipsoid's area between the equator and the latitude of a sine.
fn zone(sine: f64) -> f64 {
    let eccentricity = ECCENTRICITY_SQUARED.sqrt();
    let along = eccentricity * sine;
    (1.0 - ECCENTRICITY_SQUARED) * (sine / (1.0 - along * along) + along.atanh() / eccentricity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(projection: Projection, (longitude, latitude): (f64, f64), expected: (f64, f64)) {
        let found = projection.project(Place { longitude, latitude });
        let apart = (found.east - expected.0).hypot(found.north - expected.1);
        assert!(apart < 0.01, "{found:?} is not {expected:?}");
    }

    /// The example of the EPSG Guidance Note 7-2, and the origin.
    #[test]
    fn europe_agrees_with_its_control_points() {
        let europe = Projection::Europe(Lambert::new());
        check(europe, (5.0, 50.0), (3_962_799.45, 2_999_718.85));
        check(europe, (10.0, 52.0), (4_321_000.0, 3_210_000.0));
    }

    /// The bounds of EPSG:8857, moved to another middle meridian, which changes no distance.
    #[test]
    fn the_world_agrees_with_its_control_points() {
        let world = Projection::World(EqualEarth::new());
        check(world, (WORLD_MERIDIAN + 180.0, 0.0), (17_243_959.06, 0.0));
        check(world, (WORLD_MERIDIAN - 180.0, -90.0), (-10_216_474.79, -8_392_927.60));
        check(world, (WORLD_MERIDIAN, 90.0), (0.0, 8_392_927.60));
    }

    /// The area of a cell on the ellipsoid, by its radii of curvature.
    fn true_area(south: f64, side: f64) -> f64 {
        let latitude = (south + side / 2.0).to_radians();
        let root = (1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2)).sqrt();
        let meridian = AXIS * (1.0 - ECCENTRICITY_SQUARED) / root.powi(3);
        let parallel = AXIS / root * latitude.cos();
        meridian * parallel * side.to_radians().powi(2)
    }

    fn drawn_area(projection: Projection, west: f64, south: f64, side: f64) -> f64 {
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(east, north)| {
            projection.project(Place { longitude: west + east, latitude: south + north })
        });
        let pairs = corners.iter().zip(corners.iter().cycle().skip(1));
        pairs.map(|(a, b)| a.east * b.north - b.east * a.north).sum::<f64>() / 2.0
    }

    #[track_caller]
    fn check_areas(projection: Projection, longitudes: (i32, i32), latitudes: (i32, i32)) {
        for west in (longitudes.0..longitudes.1).step_by(7) {
            for south in (latitudes.0..latitudes.1).step_by(7) {
                let (west, south) = (f64::from(west), f64::from(south));
                let ratio = drawn_area(projection, west, south, 0.05) / true_area(south, 0.05);
                assert!((ratio - 1.0).abs() < 0.001, "{ratio} at {west}, {south}");
            }
        }
    }

    #[test]
    fn areas_are_kept() {
        check_areas(Projection::Europe(Lambert::new()), (-32, 50), (27, 82));
        check_areas(Projection::World(EqualEarth::new()), (-168, 190), (-85, 85));
    }

    #[test]
    fn one_place_beyond_europe_asks_for_the_world() {
        let at = |longitude, latitude| Place { longitude, latitude };
        let (crete, reunion) = (at(24.9, 35.2), at(55.5, -21.1));
        let extent =
            |places: Vec<Place>| Projection::that_shows(places.into_iter()).map(Projection::extent);
        assert_eq!(extent(vec![crete]), Some(Extent::Europe));
        assert_eq!(extent(vec![crete, reunion]), Some(Extent::World));
        assert_eq!(extent(vec![]), None);
    }
}
