//! Owns the names in the drawing: each beside its mark, over no other name and no mark, or left out.

use super::frame::Frame;
use super::marks::Mark;
use super::{Dot, tenths};

/// The size of names in points.
pub const LABEL_SIZE: f64 = 7.0;

/// The room above the baseline and below it, in sizes of the type.
const ASCENT: f64 = 0.80;
const DESCENT: f64 = 0.26;
/// The room between a mark and its name, and between a name and all else, in points.
const GAP: f64 = 1.8;
const MARGIN: f64 = 0.8;
/// How many names are tried: a page has no room for more.
const TRIED: usize = 200;

/// A name in the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The position of its dot among those that were given.
    pub dot: usize,
    /// What it says.
    pub text: String,
    /// Where it is anchored, from the left edge.
    pub x: f64,
    /// Its baseline, from the upper edge.
    pub y: f64,
    /// Which end stands there.
    pub anchor: Anchor,
}

/// The part of a name that stands where it is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Where a name may stand around its mark: across from -1, left of it, to 1, and down likewise.
/// Ordered by how well a name reads there.
const PLACES: [(f64, f64); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -1.0),
    (1.0, 1.0),
    (-1.0, -1.0),
    (-1.0, 1.0),
];

/// The names that find room, those of large marks first.
pub(super) fn of(dots: &[Dot], marks: &[Mark], frame: &Frame) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut taken: Vec<Area> = Vec::new();
    for mark in marks.iter().take(TRIED) {
        let Some(dot) = dots.get(mark.dot).filter(|dot| !dot.name.is_empty()) else { continue };
        let width = width_of(&dot.name);
        let free = |area: &Area| {
            area.is_inside(frame)
                && !taken.iter().any(|other| area.meets(other))
                && !marks.iter().any(|mark| area.meets_mark(mark))
        };
        let mut places = PLACES.iter().map(|place| (*place, Area::beside(mark, *place, width)));
        let Some(((across, _), area)) = places.find(|(_, area)| free(area)) else { continue };
        labels.push(area.label(mark.dot, dot.name.clone(), across));
        taken.push(area);
    }
    labels
}

/// The room of a name.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn beside(mark: &Mark, (across, down): (f64, f64), width: f64) -> Self {
        let height = (ASCENT + DESCENT) * LABEL_SIZE;
        // At a corner the mark is round, and the name comes nearer.
        let near = if across != 0.0 && down != 0.0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
        let away = (mark.radius + GAP) * near;
        let x = mark.x + across * (away + width / 2.0);
        // The capitals, not the whole line, are level with the middle of the mark.
        let y = mark.y + down * (away + height / 2.0 * near);
        Self {
            left: x - width / 2.0,
            right: x + width / 2.0,
            top: y - height / 2.0,
            bottom: y + height / 2.0,
        }
    }

    fn is_inside(&self, frame: &Frame) -> bool {
        self.left >= MARGIN
            && self.top >= MARGIN
            && self.right <= frame.width - MARGIN
            && self.bottom <= frame.height - MARGIN
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right + MARGIN
            && other.left < self.right + MARGIN
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn meets_mark(&self, mark: &Mark) -> bool {
        let across = mark.x - mark.x.clamp(self.left, self.right);
        let down = mark.y - mark.y.clamp(self.top, self.bottom);
        across.hypot(down) < mark.radius + MARGIN
    }

    fn label(&self, dot: usize, text: String, across: f64) -> Label {
        let (x, anchor) = match across {
            across if across > 0.0 => (self.left, Anchor::Start),
            across if across < 0.0 => (self.right, Anchor::End),
            _ => (f64::midpoint(self.left, self.right), Anchor::Middle),
        };
        let y = self.top + ASCENT * LABEL_SIZE;
        Label { dot, text, x: tenths(x), y: tenths(y), anchor }
    }
}

/// The width of a name in points, by the average advance of its kinds of letters in Noto Sans,
/// rounded up: other fonts of the web are hardly wider.
pub(super) fn width_of(text: &str) -> f64 {
    let advance = |letter: char| match letter {
        'i' | 'j' | 'l' | 'í' | 'ì' | 'î' | 'ï' | 'ı' | 'I' | '.' | ',' | '\'' | '’' | ' ' => {
            0.30
        }
        'f' | 'r' | 't' | '-' | '(' | ')' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '—' => 0.95,
        letter if u32::from(letter) >= 0x1100 => 1.0,
        letter if letter.is_uppercase() => 0.72,
        _ => 0.61,
    };
    text.chars().map(advance).sum::<f64>() * LABEL_SIZE
}
