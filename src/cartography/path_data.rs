//! Owns outlines as the data of one path of SVG, which programs draw far quicker than lists of points.

use std::fmt::Write;

use super::Point;

/// The rings as one path, to be filled where anything winds around: `M` and the first point of each
/// ring, then the way from each point to the next. Points are told in tenths, as outlines have them.
///
/// All rings run the same way round, so a ring inside another one is no hole in it.
pub(super) fn of(rings: &[Vec<Point>]) -> String {
    let mut out = String::new();
    for ring in rings {
        let tenths: Vec<(i64, i64)> = if doubled_area(ring) < 0.0 {
            ring.iter().rev().map(in_tenths).collect()
        } else {
            ring.iter().map(in_tenths).collect()
        };
        let Some(first) = tenths.first() else { continue };
        out.push('M');
        push_number(&mut out, first.0);
        push_number(&mut out, first.1);
        out.push('l');
        for (from, to) in tenths.iter().zip(tenths.iter().skip(1)) {
            push_number(&mut out, to.0 - from.0);
            push_number(&mut out, to.1 - from.1);
        }
        out.push('z');
    }
    out
}

fn in_tenths(point: &Point) -> (i64, i64) {
    ((point.x * 10.0).round() as i64, (point.y * 10.0).round() as i64)
}

/// Twice the area inside a ring, negative if it runs the other way round.
fn doubled_area(ring: &[Point]) -> f64 {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    pairs.map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

/// A number of tenths as short as it can be: `12`, `-.5`; a blank parts it from a number before.
fn push_number(out: &mut String, tenths: i64) {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenths < 0 {
        out.push('-');
    } else if out.ends_with(|last: char| last.is_ascii_digit()) {
        out.push(' ');
    }
    // Writing into a text does not fail.
    let _ = match (whole, rest) {
        (whole, 0) => write!(out, "{whole}"),
        (0, rest) => write!(out, ".{rest}"),
        (whole, rest) => write!(out, "{whole}.{rest}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rings: &[&[(f64, f64)]], expected: &str) {
        let ring = |points: &&[(f64, f64)]| points.iter().map(|&(x, y)| Point { x, y }).collect();
        assert_eq!(of(&rings.iter().map(ring).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn a_ring_is_told_by_its_first_point_and_the_way_around() {
        check(&[&[(1.0, 2.0), (3.5, 2.0), (3.0, 12.5)]], "M1 2l2.5 0-.5 10.5z");
        check(&[&[(0.0, 0.0), (0.3, 0.0), (0.3, 0.3)]], "M0 0l.3 0 0 .3z");
    }

    #[test]
    fn rings_run_the_same_way_round() {
        let outer: &[(f64, f64)] = &[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)];
        let other_way: &[(f64, f64)] = &[(8.0, 4.0), (8.0, 2.0), (6.0, 2.0)];
        check(&[outer, other_way], "M0 0l9 0 0 9zM6 2l2 0 0 2z");
        check(&[], "");
    }
}
