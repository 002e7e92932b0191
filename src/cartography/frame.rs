//! Owns the frame: which part of the plane is shown, and the way from a place to a point in it.

use super::projection::{Metres, Projection};
use super::{Extent, Place, Point, Size, tenths};

/// The part of the dots' extent that is left free on each side of them.
const MARGIN: f64 = 0.09;
/// The least width that is shown, in metres: a dot alone lies among its neighbours.
const LEAST_WIDTH_OF_EUROPE: f64 = 1_400_000.0;
const LEAST_WIDTH_OF_WORLD: f64 = 9_000_000.0;
/// How much wider than high the frame is at most, if the dots lie in a row.
const WIDEST: f64 = 1.6;
/// What is shown of the world at most: beyond lies no region, but half the height.
const WORLD_SOUTH: Place = Place { longitude: 11.5, latitude: -57.0 };
const WORLD_NORTH: Place = Place { longitude: 11.5, latitude: 84.0 };
const WORLD_WEST: Place = Place { longitude: -168.5, latitude: 0.0 };
const WORLD_EAST: Place = Place { longitude: 191.5, latitude: 0.0 };

/// A rectangle of the plane at a scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) projection: Projection,
    /// Width in points.
    pub(super) width: f64,
    /// Height in points.
    pub(super) height: f64,
    corner: Metres,
    points_per_metre: f64,
}

impl Frame {
    /// The frame that shows all places with room around them; none without any place, or without
    /// room to draw in.
    pub(super) fn around(
        places: impl Iterator<Item = Place>,
        projection: Projection,
        size: Size,
    ) -> Option<Self> {
        if !(size.width >= 1.0 && size.height >= 1.0) {
            return None;
        }
        let needed = Rectangle::around(places.map(|place| projection.project(place)))?;
        let aspect = needed.aspect().min(WIDEST).max(size.width / size.height);
        let shown = match projection.extent() {
            Extent::Europe => needed.widened(LEAST_WIDTH_OF_EUROPE, aspect),
            Extent::World => {
                let ends = [WORLD_SOUTH, WORLD_NORTH, WORLD_WEST, WORLD_EAST];
                let world = Rectangle::around(ends.into_iter().map(|end| projection.project(end)))?;
                needed.widened(LEAST_WIDTH_OF_WORLD, aspect).moved_into(world.joined(needed))
            }
        };
        let points_per_metre = (size.width / shown.width()).min(size.height / shown.height());
        Some(Self {
            projection,
            width: tenths(shown.width() * points_per_metre),
            height: tenths(shown.height() * points_per_metre),
            corner: Metres { east: shown.west, north: shown.north },
            points_per_metre,
        })
    }

    /// Where a place lies in the frame, or outside it.
    pub(super) fn point(&self, place: Place) -> Point {
        self.place(self.projection.project(place))
    }

    /// Whether anything between two corners of the plane lies in the frame.
    pub(super) fn shows(&self, south_west: Metres, north_east: Metres) -> bool {
        let (lower_left, upper_right) = (self.place(south_west), self.place(north_east));
        upper_right.x > 0.0
            && lower_left.x < self.width
            && lower_left.y > 0.0
            && upper_right.y < self.height
    }

    /// Where a point of the plane lies in the frame, or outside it.
    pub(super) fn place(&self, metres: Metres) -> Point {
        Point {
            x: (metres.east - self.corner.east) * self.points_per_metre,
            y: (self.corner.north - metres.north) * self.points_per_metre,
        }
    }
}

/// A part of the plane, in metres.
#[derive(Debug, Clone, Copy)]
struct Rectangle {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Rectangle {
    fn around(points: impl Iterator<Item = Metres>) -> Option<Self> {
        let one = |point: Metres| Self {
            west: point.east,
            east: point.east,
            south: point.north,
            north: point.north,
        };
        points.map(one).reduce(Self::joined)
    }

    fn joined(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            east: self.east.max(other.east),
            south: self.south.min(other.south),
            north: self.north.max(other.north),
        }
    }

    fn width(self) -> f64 {
        self.east - self.west
    }

    fn height(self) -> f64 {
        self.north - self.south
    }

    /// How much wider than high it is; 1 if it has no height.
    fn aspect(self) -> f64 {
        if self.height() > 0.0 { self.width() / self.height() } else { 1.0 }
    }

    /// With margins, at least as wide as asked, and in the proportions asked.
    fn widened(self, least_width: f64, aspect: f64) -> Self {
        let margins = 1.0 + 2.0 * MARGIN;
        let width = (self.width() * margins).max(self.height() * margins * aspect).max(least_width);
        self.resized(width, width / aspect)
    }

    /// Around the same middle.
    fn resized(self, width: f64, height: f64) -> Self {
        let (east, north) = (self.west + self.east, self.south + self.north);
        Self {
            west: (east - width) / 2.0,
            east: (east + width) / 2.0,
            south: (north - height) / 2.0,
            north: (north + height) / 2.0,
        }
    }

    /// Not beyond the bounds: cut to their size and moved as little as that takes.
    fn moved_into(self, bounds: Self) -> Self {
        let cut =
            self.resized(self.width().min(bounds.width()), self.height().min(bounds.height()));
        let shift = |low: f64, high: f64, least: f64, most: f64| {
            (least - low).max(0.0) - (high - most).max(0.0)
        };
        let east = shift(cut.west, cut.east, bounds.west, bounds.east);
        let north = shift(cut.south, cut.north, bounds.south, bounds.north);
        Self {
            west: cut.west + east,
            east: cut.east + east,
            south: cut.south + north,
            north: cut.north + north,
        }
    }
}
