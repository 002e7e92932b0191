//! Owns the marks: how large each dot is drawn, and where, if several lie at one point.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::f64::consts::PI;

use super::frame::Frame;
use super::{Dot, Point, spacing, tenths};

/// The radius of a mark that stands for one, where there is room.
const RADIUS_OF_ONE: f64 = 5.2;
/// The least and the greatest radius.
const LEAST_RADIUS: f64 = 1.5;
const GREATEST_RADIUS: f64 = 22.0;
/// The part of the frame that all marks together cover at most.
const COVER: f64 = 0.14;
/// The turn from one mark to the next around a point that they share: the golden angle spreads any
/// number of them evenly.
const TURN: f64 = 2.399_963_229_728_653;

/// A dot in the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The dot's position among those that were given.
    pub dot: usize,
    /// The middle, from the left edge.
    pub x: f64,
    /// The middle, from the upper edge.
    pub y: f64,
    /// Its area grows with the dot's count.
    pub radius: f64,
}

impl Mark {
    /// Moves the mark to the nearest middle at which it lies in the frame.
    pub(super) fn move_inside(&mut self, frame: &Frame) {
        self.x = self.x.min(frame.width - self.radius).max(self.radius);
        self.y = self.y.min(frame.height - self.radius).max(self.radius);
    }
}

/// A mark for each spot, large ones first.
pub(super) fn of(dots: &[Dot], spots: &[(usize, Point)], frame: &Frame) -> Vec<Mark> {
    let mut spots: Vec<(usize, Point, usize)> =
        spots.iter().map(|(dot, at)| (*dot, *at, count(dots, *dot))).collect();
    spots.sort_by_key(|(.., count)| Reverse(*count));
    let area = area_of_one(&spots, frame);
    let mut points = SharedPoints::default();
    let mark = |(dot, at, count): (usize, Point, usize)| {
        let radius = (area * count as f64 / PI).sqrt().clamp(LEAST_RADIUS, GREATEST_RADIUS);
        let at = points.room_at(at, radius);
        let mut mark = Mark { dot, x: at.x, y: at.y, radius: tenths(radius) };
        mark.move_inside(frame);
        mark
    };
    let mut marks: Vec<Mark> = spots.into_iter().map(mark).collect();
    spacing::move_apart(&mut marks, frame);
    for mark in &mut marks {
        (mark.x, mark.y) = (tenths(mark.x), tenths(mark.y));
    }
    marks
}

/// How many marks stand at each point already, and how large the first and largest of them is.
#[derive(Default)]
struct SharedPoints(BTreeMap<(i64, i64), (usize, f64)>);

impl SharedPoints {
    /// Where the next mark of a point stands: the first has the point itself, the others lie
    /// around it.
    fn room_at(&mut self, at: Point, radius: f64) -> Point {
        let point = (at.x.round() as i64, at.y.round() as i64);
        let (before, largest) = self.0.entry(point).or_insert((0, radius));
        let away = 2.0 * *largest * (*before as f64).sqrt();
        let (sin, cos) = (*before as f64 * TURN).sin_cos();
        *before += 1;
        Point { x: at.x + away * cos, y: at.y - away * sin }
    }
}

fn count(dots: &[Dot], dot: usize) -> usize {
    dots.get(dot).map_or(0, |dot| dot.count)
}

/// The area for a count of one: less if the largest mark, or all together, would be too large.
fn area_of_one(spots: &[(usize, Point, usize)], frame: &Frame) -> f64 {
    let total: f64 = spots.iter().map(|(.., count)| *count as f64).sum();
    let most = spots.iter().map(|(.., count)| *count).max().unwrap_or(1) as f64;
    let wanted = PI * RADIUS_OF_ONE.powi(2);
    wanted
        .min(PI * GREATEST_RADIUS.powi(2) / most.max(1.0))
        .min(COVER * frame.width * frame.height / total.max(1.0))
}
