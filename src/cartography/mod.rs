//! Owns the map: from places with counts to a drawing in points, by equal-area projections.
//!
//! Everything here is arithmetic over numbers and names: no I/O, no clock. The same dots give the
//! same drawing. Outlines of countries are Natural Earth's, in the public domain.

mod clip;
mod frame;
mod labels;
mod marks;
mod outlines;
mod path_data;
mod projection;
mod spacing;

use self::frame::Frame;
use self::projection::Projection;

pub use self::labels::{Anchor, LABEL_SIZE, Label};
pub use self::marks::Mark;

/// A place on the earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// East of Greenwich.
    pub longitude: f64,
    /// North of the equator.
    pub latitude: f64,
}

/// What is to be shown at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What it is called.
    pub name: String,
    /// Where it is, if that is known.
    pub place: Option<Place>,
    /// How much it stands for: the area of its mark.
    pub count: usize,
}

/// The room for a drawing, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// The width that the drawing has.
    pub width: f64,
    /// The height that it has at most.
    pub height: f64,
}

impl Size {
    /// A frame of the width that is at least a fifth wider than high.
    pub fn of_width(width: f64) -> Self {
        Self { width, height: width / 1.2 }
    }
}

/// A point of a drawing, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// What the outlines of a drawing show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Europe or a part of it.
    Europe,
    /// The world or a part of it.
    World,
}

/// A map: land, marks on it, and names beside them, all inside the frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What is shown.
    pub extent: Extent,
    /// Outlines of countries, each closed and without its first point repeated; large ones first.
    pub outlines: Vec<Vec<Point>>,
    /// The marks of the dots in the order to draw them: large ones first, so that none hides a
    /// smaller one.
    pub marks: Vec<Mark>,
    /// The names that found room.
    pub labels: Vec<Label>,
    /// The names of dots whose place is not known.
    pub unplaced: Vec<String>,
}

impl Drawing {
    /// Draws the dots: on Europe if all lie there, else on the world. None if no dot has a place.
    pub fn of(dots: &[Dot], size: Size) -> Option<Self> {
        let placed: Vec<(usize, Place)> = (dots.iter().enumerate())
            .filter_map(|(index, dot)| Some((index, dot.place.filter(Place::is_on_earth)?)))
            .collect();
        let projection = Projection::that_shows(placed.iter().map(|(_, place)| *place))?;
        let frame = Frame::around(placed.iter().map(|(_, place)| *place), projection, size)?;
        let spots: Vec<(usize, Point)> =
            placed.iter().map(|(index, place)| (*index, frame.point(*place))).collect();
        let marks = marks::of(dots, &spots, &frame);
        let unplaced =
            dots.iter().filter(|dot| !dot.place.is_some_and(|place| place.is_on_earth()));
        Some(Self {
            width: frame.width,
            height: frame.height,
            extent: projection.extent(),
            outlines: outlines::within(&frame),
            labels: labels::of(dots, &marks, &frame),
            marks,
            unplaced: unplaced.map(|dot| dot.name.clone()).collect(),
        })
    }
}

impl Drawing {
    /// All outlines as the data of one path of SVG, to be filled by the rule `nonzero`.
    pub fn land(&self) -> String {
        path_data::of(&self.outlines)
    }
}

impl Place {
    fn is_on_earth(&self) -> bool {
        self.latitude.abs() <= 90.0 && self.longitude.abs() <= 360.0
    }
}

/// A tenth of a point: finer than any printer or screen shows.
fn tenths(length: f64) -> f64 {
    // Adding nothing takes the sign from a zero.
    (length * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests;
