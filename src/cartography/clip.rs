//! Owns what is left of a ring in a frame: cut at its edges, with no more points than show.

use super::{Point, tenths};

/// How far a line may be from where it was, in points.
const TOLERANCE: f64 = 0.25;
/// The least area that is drawn, in square points.
const LEAST_AREA: f64 = 0.4;

/// An edge of the frame: on which side of it a point is, and where it is crossed.
#[derive(Clone, Copy)]
enum Edge {
    Left,
    Right(f64),
    Top,
    Bottom(f64),
}

impl Edge {
    /// How far inside a point is.
    fn depth(self, point: Point) -> f64 {
        match self {
            Self::Left => point.x,
            Self::Right(width) => width - point.x,
            Self::Top => point.y,
            Self::Bottom(height) => height - point.y,
        }
    }
}

/// The part of a ring inside a frame, rounded and simplified; none if nothing would be seen of it.
pub(super) fn within(ring: Vec<Point>, width: f64, height: f64) -> Option<Vec<Point>> {
    let edges = [Edge::Left, Edge::Right(width), Edge::Top, Edge::Bottom(height)];
    if edges.iter().any(|edge| ring.iter().all(|point| edge.depth(*point) <= 0.0)) {
        return None;
    }
    let cut = edges.into_iter().fold(ring, |ring, edge| cut(&ring, edge));
    let mut simple = simplified(&cut);
    for point in &mut simple {
        *point = Point { x: tenths(point.x).min(width), y: tenths(point.y).min(height) };
    }
    simple.dedup();
    (simple.len() >= 3 && area(&simple) >= LEAST_AREA).then_some(simple)
}

/// One step of Sutherland and Hodgman: what lies on the inner side of one edge.
fn cut(ring: &[Point], edge: Edge) -> Vec<Point> {
    let Some(mut before) = ring.last().copied() else { return Vec::new() };
    let mut out = Vec::with_capacity(ring.len() + 4);
    for point in ring.iter().copied() {
        let (from, to) = (edge.depth(before), edge.depth(point));
        if (from < 0.0) != (to < 0.0) {
            let share = from / (from - to);
            out.push(Point {
                x: before.x + (point.x - before.x) * share,
                y: before.y + (point.y - before.y) * share,
            });
        }
        if to >= 0.0 {
            out.push(point);
        }
        before = point;
    }
    out
}

/// The ring without the points that change its line by less than the tolerance: the way of Douglas
/// and Peucker, over both halves between the first point and the one farthest from it.
fn simplified(ring: &[Point]) -> Vec<Point> {
    let Some(first) = ring.first().copied() else { return Vec::new() };
    let closed: Vec<Point> = ring.iter().copied().chain([first]).collect();
    let mut kept = vec![false; closed.len()];
    let mut open = vec![(0, closed.len() - 1)];
    while let Some((start, end)) = open.pop() {
        kept[start] = true;
        let between = start + 1..end;
        let far = between
            .map(|index| (index, squared_distance(closed[index], closed[start], closed[end])))
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((far, _)) = far.filter(|(_, squared)| *squared > TOLERANCE * TOLERANCE) {
            open.extend([(start, far), (far, end)]);
        }
    }
    closed.iter().zip(kept).filter_map(|(point, kept)| kept.then_some(*point)).collect()
}

/// The square of how far a point is from the line between two others: to compare, no root is needed.
fn squared_distance(point: Point, start: Point, end: Point) -> f64 {
    let (along, up) = (end.x - start.x, end.y - start.y);
    let square = along * along + up * up;
    let share = if square > 0.0 {
        (((point.x - start.x) * along + (point.y - start.y) * up) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (point.x - start.x - share * along, point.y - start.y - share * up);
    x * x + y * y
}

/// The area inside a ring.
pub(super) fn area(ring: &[Point]) -> f64 {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    pairs.map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ring: &[(f64, f64)], expected: Option<&[(f64, f64)]>) {
        let ring = ring.iter().map(|&(x, y)| Point { x, y }).collect();
        let found = within(ring, 10.0, 10.0);
        let mut found = found.map(|ring| ring.iter().map(|p| (p.x, p.y)).collect::<Vec<_>>());
        // A ring has no beginning.
        if let Some(found) = &mut found {
            let least = found.iter().enumerate().min_by(|a, b| a.1.partial_cmp(b.1).unwrap());
            let least = least.unwrap().0;
            found.rotate_left(least);
        }
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn a_ring_is_cut_at_the_frame() {
        check(
            &[(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)],
            Some(&[(0.0, 2.0), (5.0, 2.0), (5.0, 8.0), (0.0, 8.0)]),
        );
        check(
            &[(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)],
            Some(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]),
        );
        check(&[(11.0, 0.0), (15.0, 0.0), (15.0, 5.0)], None);
        // Around a corner, with no point in common.
        check(&[(-8.0, 4.0), (4.0, -8.0), (-8.0, -8.0)], None);
    }

    #[test]
    fn points_that_nobody_sees_are_left_out() {
        check(
            &[(2.0, 2.0), (4.0, 2.1), (8.0, 2.0), (8.0, 8.0), (2.04, 7.98), (2.0, 8.0)],
            Some(&[(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)]),
        );
        check(&[(2.0, 2.0), (2.5, 2.0), (2.0, 2.5)], None);
    }
}
