//! Owns the outlines of countries, and what a frame shows of them.
//!
//! Made with Natural Earth (public domain): Europe from the scale 1:50m, the world from 1:110m.
//! scripts/pack-outlines.py says how the files are packed, and makes them.

use std::sync::OnceLock;

use super::frame::Frame;
use super::projection::{Metres, Projection};
use super::{Extent, Place, Point, clip};

const EUROPE: &[u8] = include_bytes!("outlines/europe.bin");
const WORLD: &[u8] = include_bytes!("outlines/world.bin");

/// The outlines inside a frame, in points, large ones first.
pub(super) fn within(frame: &Frame) -> Vec<Vec<Point>> {
    let rings = on_plane(frame.projection).iter();
    let rings = rings.filter(|ring| frame.shows(ring.south_west, ring.north_east));
    let rings = rings.map(|ring| ring.points.iter().map(|point| frame.place(*point)).collect());
    let mut rings: Vec<Vec<Point>> =
        rings.filter_map(|ring| clip::within(ring, frame.width, frame.height)).collect();
    // A country inside another one is drawn over it.
    rings.sort_by(|a, b| clip::area(b).total_cmp(&clip::area(a)));
    rings
}

/// An outline on the plane.
struct Ring {
    points: Vec<Metres>,
    /// The corners around it.
    south_west: Metres,
    north_east: Metres,
}

impl Ring {
    fn of(points: Vec<Metres>) -> Self {
        let around = |choose: fn(f64, f64) -> f64, start: f64| Metres {
            east: points.iter().map(|point| point.east).fold(start, choose),
            north: points.iter().map(|point| point.north).fold(start, choose),
        };
        let (south_west, north_east) =
            (around(f64::min, f64::INFINITY), around(f64::max, f64::NEG_INFINITY));
        Self { points, south_west, north_east }
    }
}

/// All outlines of a projection on its plane. A report may have a map for each theme and region, and the
/// plane is the same for all of them.
fn on_plane(projection: Projection) -> &'static [Ring] {
    static EUROPE_ON_PLANE: OnceLock<Vec<Ring>> = OnceLock::new();
    static WORLD_ON_PLANE: OnceLock<Vec<Ring>> = OnceLock::new();
    let (kept, packed) = match projection.extent() {
        Extent::Europe => (&EUROPE_ON_PLANE, EUROPE),
        Extent::World => (&WORLD_ON_PLANE, WORLD),
    };
    kept.get_or_init(|| {
        let project = |ring: Vec<Place>| ring.into_iter().map(|place| projection.project(place));
        Rings::of(packed).map(|ring| Ring::of(project(ring).collect())).collect()
    })
}

/// The rings of a packed file, one after the other.
struct Rings {
    numbers: Numbers,
    degrees_per_unit: f64,
    /// The last point in units: the next is told as the difference from it.
    longitude: i32,
    latitude: i32,
}

impl Rings {
    fn of(packed: &'static [u8]) -> Self {
        let mut numbers = Numbers(packed.iter());
        let units = numbers.next().unwrap_or(1);
        Self { numbers, degrees_per_unit: 1.0 / f64::from(units), longitude: 0, latitude: 0 }
    }

    fn place(&mut self) -> Option<Place> {
        self.longitude += unzigzag(self.numbers.next()?);
        self.latitude += unzigzag(self.numbers.next()?);
        Some(Place {
            longitude: f64::from(self.longitude) * self.degrees_per_unit,
            latitude: f64::from(self.latitude) * self.degrees_per_unit,
        })
    }
}

impl Iterator for Rings {
    type Item = Vec<Place>;

    fn next(&mut self) -> Option<Vec<Place>> {
        let points = self.numbers.next()?;
        (0..points).map(|_| self.place()).collect()
    }
}

/// Whole numbers of seven bits a byte, the lowest first.
struct Numbers(std::slice::Iter<'static, u8>);

impl Iterator for Numbers {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..28).step_by(7) {
            let byte = *self.0.next()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// 0, 1, 2, 3, 4 stand for 0, -1, 1, -2, 2.
fn unzigzag(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(packed: &'static [u8], rings: usize, west_east: (f64, f64), south_north: (f64, f64)) {
        let found: Vec<Vec<Place>> = Rings::of(packed).collect();
        assert_eq!(found.len(), rings);
        for place in found.iter().flatten() {
            assert!((west_east.0..=west_east.1).contains(&place.longitude), "{place:?}");
            assert!((south_north.0..=south_north.1).contains(&place.latitude), "{place:?}");
        }
        // A ring that jumped over the edge of the world would draw a line across it.
        for ring in &found {
            assert!(ring.len() >= 3);
            for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let apart = (from.longitude - to.longitude).hypot(from.latitude - to.latitude);
                assert!(apart < 60.0, "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn all_rings_are_read_and_none_jumps() {
        check(EUROPE, 180, (-74.0, 191.5), (3.0, 84.0));
        check(WORLD, 258, (-168.5, 191.5), (-57.0, 84.0));
    }
}
