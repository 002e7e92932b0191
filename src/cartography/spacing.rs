//! Owns the room between marks: one that hides another is moved aside a little, so that both show.

use super::frame::Frame;
use super::marks::Mark;

/// How far a mark may be moved, in points: less than would bring it to another region.
const FARTHEST: f64 = 6.0;
/// The room between two marks.
const GAP: f64 = 0.8;
/// How often all pairs are looked at.
const ROUNDS: usize = 30;
/// With more marks than these the map is too full for moving to help, and the pairs are many.
const MOST: usize = 400;

/// Moves marks apart that lie over each other, as far as the small way allowed goes.
pub(super) fn move_apart(marks: &mut [Mark], frame: &Frame) {
    if marks.len() > MOST {
        return;
    }
    let homes: Vec<(f64, f64)> = marks.iter().map(|mark| (mark.x, mark.y)).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for second in 1..marks.len() {
            let (before, after) = marks.split_at_mut(second);
            let Some(mark) = after.first_mut() else { continue };
            for other in before {
                moved |= push(other, mark);
            }
        }
        for (mark, home) in marks.iter_mut().zip(&homes) {
            keep_near(mark, *home);
            mark.move_inside(frame);
        }
        if !moved {
            break;
        }
    }
}

/// Moves both marks by half of what they lack, and says whether they lacked any.
fn push(one: &mut Mark, other: &mut Mark) -> bool {
    let (across, down) = (other.x - one.x, other.y - one.y);
    let apart = across.hypot(down);
    let lacking = one.radius + other.radius + GAP - apart;
    if lacking <= 0.05 {
        return false;
    }
    // Marks of one point part sideways.
    let (across, down) = if apart > 0.0 { (across / apart, down / apart) } else { (1.0, 0.0) };
    one.x -= across * lacking / 2.0;
    one.y -= down * lacking / 2.0;
    other.x += across * lacking / 2.0;
    other.y += down * lacking / 2.0;
    true
}

fn keep_near(mark: &mut Mark, (x, y): (f64, f64)) {
    let away = (mark.x - x).hypot(mark.y - y);
    if away > FARTHEST {
        mark.x = x + (mark.x - x) * FARTHEST / away;
        mark.y = y + (mark.y - y) * FARTHEST / away;
    }
}
