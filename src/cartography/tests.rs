//! The drawing as its readers see it: inside the frame, readable, and the same every time.

use super::*;

/// Numbers that look random and are the same in every run.
struct Choices(u64);

impl Choices {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        // The generator of Knuth's MMIX; its upper bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (self.0 >> 40) as f64 / f64::from(1_u32 << 24);
        low + share * (high - low)
    }
}

const EUROPE: ((f64, f64), (f64, f64)) = ((-25.0, 45.0), (30.0, 72.0));
const WORLD: ((f64, f64), (f64, f64)) = ((-180.0, 180.0), (-60.0, 85.0));

fn random_dots(number: usize, (west_east, south_north): ((f64, f64), (f64, f64))) -> Vec<Dot> {
    let mut choices = Choices(number as u64);
    let mut dot = |index| {
        let longitude = choices.between(west_east.0, west_east.1);
        let latitude = choices.between(south_north.0, south_north.1);
        let letters = choices.between(3.0, 30.0) as usize;
        Dot {
            name: format!("Næmë {index} {}", "wide".repeat(letters / 4)),
            place: Some(Place { longitude, latitude }),
            count: choices.between(1.0, 5.0).powi(2) as usize,
        }
    };
    (0..number).map(&mut dot).collect()
}

fn draw(dots: &[Dot]) -> Drawing {
    Drawing::of(dots, Size::of_width(440.0)).unwrap()
}

/// Left, right, top and bottom of a name, wider and higher than any of its letters.
fn room(label: &Label) -> [f64; 4] {
    let width = labels::width_of(&label.text);
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - width / 2.0,
        Anchor::End => label.x - width,
    };
    [left, left + width, label.y - 0.75 * LABEL_SIZE, label.y + 0.22 * LABEL_SIZE]
}

#[track_caller]
fn check(dots: &[Dot], extent: Extent) -> Drawing {
    let drawing = draw(dots);
    let (width, height) = (drawing.width, drawing.height);
    assert_eq!(drawing.extent, extent);
    assert_eq!(drawing.marks.len(), dots.len());
    for point in drawing.outlines.iter().flatten() {
        assert!((0.0..=width).contains(&point.x) && (0.0..=height).contains(&point.y), "{point:?}");
    }
    for mark in &drawing.marks {
        let Mark { x, y, radius, .. } = *mark;
        let inside = |at: f64, length: f64| at >= radius - 0.11 && at <= length - radius + 0.11;
        assert!(inside(x, width) && inside(y, height), "{mark:?}");
    }
    let rooms: Vec<[f64; 4]> = drawing.labels.iter().map(room).collect();
    for (index, [left, right, top, bottom]) in rooms.iter().copied().enumerate() {
        let label = &drawing.labels[index];
        assert!(left >= 0.0 && right <= width && top >= 0.0 && bottom <= height, "{label:?}");
        for [l, r, t, b] in rooms[..index].iter().copied() {
            let apart = left >= r || l >= right || top >= b || t >= bottom;
            assert!(apart, "{label:?} lies over another name");
        }
        for mark in &drawing.marks {
            let away =
                (mark.x - mark.x.clamp(left, right)).hypot(mark.y - mark.y.clamp(top, bottom));
            assert!(away >= mark.radius, "{label:?} lies over {mark:?}");
        }
    }
    assert_eq!(draw(dots), drawing);
    drawing
}

#[test]
fn nothing_leaves_the_frame_and_no_name_lies_over_anything() {
    for number in [1, 2, 60, 1000] {
        check(&random_dots(number, EUROPE), Extent::Europe);
        check(&random_dots(number.max(2), WORLD), Extent::World);
    }
}

fn dot(name: &str, (longitude, latitude): (f64, f64), count: usize) -> Dot {
    Dot { name: name.to_owned(), place: Some(Place { longitude, latitude }), count }
}

#[test]
fn a_dot_alone_is_in_the_middle_with_its_name_and_its_neighbours() {
    let drawing = check(&[dot("Luxembourg", (6.1, 49.8), 1)], Extent::Europe);
    let mark = drawing.marks[0];
    assert_eq!((mark.x, mark.y), (220.0, 183.3));
    assert_eq!(drawing.labels[0].text, "Luxembourg");
    assert!(drawing.outlines.len() > 10);
}

#[test]
fn the_area_of_a_mark_grows_with_its_count_and_large_marks_come_first() {
    let drawing = draw(&[dot("one", (0.0, 50.0), 1), dot("nine", (20.0, 50.0), 9)]);
    let [nine, one] = drawing.marks[..] else { panic!() };
    assert_eq!((nine.dot, one.dot), (1, 0));
    assert!((nine.radius - 3.0 * one.radius).abs() < 0.2);
}

#[test]
fn dots_of_one_point_lie_side_by_side() {
    let shared: Vec<Dot> = (1..=7).map(|count| dot("shared", (-2.5, 54.0), count)).collect();
    let drawing = check(&shared, Extent::Europe);
    for (index, a) in drawing.marks.iter().enumerate() {
        for b in &drawing.marks[..index] {
            assert!((a.x - b.x).hypot(a.y - b.y) >= a.radius + b.radius - 0.2, "{a:?} {b:?}");
        }
    }
}

#[test]
fn a_dot_is_not_hidden_by_its_neighbour_and_stays_where_it_belongs() {
    let dots = [dot("near", (12.0, 55.7), 1), dot("nearer", (12.3, 55.6), 1)];
    let far = [dot("north", (20.0, 68.0), 1), dot("south", (24.0, 35.0), 1)];
    let dots = [dots, far].concat();
    let drawing = check(&dots, Extent::Europe);
    let [near, nearer, ..] = drawing.marks[..] else { panic!() };
    let apart = (near.x - nearer.x).hypot(near.y - nearer.y);
    assert!(apart >= near.radius + nearer.radius, "{near:?} {nearer:?}");
    assert!(apart < 16.0, "{near:?} {nearer:?}");
}

#[test]
fn dots_without_a_place_are_named() {
    let nowhere = Dot { name: "Nowhere".to_owned(), place: None, count: 1 };
    let beyond = dot("Beyond", (f64::NAN, 100.0), 1);
    let dots = [nowhere, dot("Malta", (14.4, 35.9), 1), beyond];
    assert_eq!(draw(&dots).unplaced, ["Nowhere", "Beyond"]);
    assert_eq!(Drawing::of(&dots[..1], Size::of_width(440.0)), None);
    assert_eq!(Drawing::of(&[], Size::of_width(440.0)), None);
    assert_eq!(Drawing::of(&dots, Size::of_width(0.0)), None);
}

#[test]
fn hostile_numbers_end_quickly_and_inside() {
    let mut dots: Vec<Dot> = (0..3000).map(|_| dot("", (10.0, 50.0), usize::MAX)).collect();
    dots.push(dot(&"m".repeat(100_000), (10.0, 50.0), 0));
    check(&dots, Extent::Europe);
}
