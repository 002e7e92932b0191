//! The colours of both targets: the same by day, to be read by day and by night, and told apart by
//! readers who do not see red, green or blue.

use std::collections::BTreeMap;

const SYSTEM: &str = include_str!("../../../templates/system.typ");
const CSS: &str = include_str!("../../../templates/report.css");

const OUTCOMES: [&str; 5] = ["success", "mixed", "no-effect", "failed", "too-early"];

type Palette = BTreeMap<String, [u8; 3]>;

fn color(hex: &str) -> [u8; 3] {
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    assert_eq!(hex.len(), 6, "{hex}");
    [part(0), part(2), part(4)]
}

/// The colours of pages: `name: rgb("#123456")`.
fn of_pages() -> Palette {
    let (_, colors) = SYSTEM.split_once("#let colors = (").unwrap();
    let (colors, _) = colors.split_once("\n)").unwrap();
    let lines = colors.lines().map(str::trim).filter(|line| line.contains(": rgb("));
    lines
        .map(|line| {
            let (name, value) = line.split_once(": rgb(\"#").unwrap();
            (name.to_owned(), color(value.strip_suffix("\"),").unwrap()))
        })
        .collect()
}

/// The variables that a `:root` of a style sheet sets to colours: `--name: #123456;`.
fn of_root(css: &str) -> Palette {
    let (_, rest) = css.split_once(":root {").unwrap();
    let (root, _) = rest.split_once('}').unwrap();
    let declarations = root.split(';').filter_map(|one| one.trim().strip_prefix("--"));
    declarations
        .map(|one| {
            let (name, value) = one.split_once(": #").unwrap();
            (name.to_owned(), color(value))
        })
        .collect()
}

fn by_day() -> Palette {
    of_root(CSS)
}

/// The colours by night; what is not set there is as by day.
fn by_night() -> Palette {
    let (_, night) = CSS.split_once("(prefers-color-scheme: dark)").unwrap();
    let mut palette = by_day();
    palette.extend(of_root(night));
    palette
}

/// The light of a colour's three parts.
fn linear(color: [u8; 3]) -> [f64; 3] {
    color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// The contrast of two colours as WCAG 2 defines it.
fn contrast(one: [u8; 3], two: [u8; 3]) -> f64 {
    let luminance = |color| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, two) = (luminance(one), luminance(two));
    one.max(two) / one.min(two)
}

type Matrix = [[f64; 3]; 3];

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(factor, part)| factor * part).sum())
}

/// What readers see of linear light: all of it, or as Machado, Oliveira and Fernandes (2009) model
/// protanopia, deuteranopia and tritanopia.
const SIGHTS: [(&str, Matrix); 4] = [
    ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no red",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "no green",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "no blue",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// Linear light as a place in Oklab, where distances are as the eye sees them.
fn oklab(light: [f64; 3]) -> [f64; 3] {
    const TO_CONES: Matrix = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    const TO_LAB: Matrix = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    let cones = times(&TO_CONES, light.map(|part| part.clamp(0.0, 1.0)));
    times(&TO_LAB, cones.map(f64::cbrt))
}

#[track_caller]
fn assert_readable(palette: &Palette, when: &str, words: &str, ground: &str, least: f64) {
    let found = contrast(palette[words], palette[ground]);
    assert!(found >= least, "{when}, {words} on {ground}: {found:.2}:1 is below {least}:1");
}

#[test]
fn the_web_has_the_colours_of_pages() {
    let (pages, web) = (of_pages(), by_day());
    assert!(pages.len() >= 16);
    for (name, color) in &pages {
        assert_eq!(web.get(name), Some(color), "{name}");
        let rule = |paint: &str| format!(".{paint}-{name} {{ {paint}: var(--{name}); }}");
        assert!(["fill", "stroke"].iter().any(|paint| CSS.contains(&rule(paint))), "{name}");
    }
    let (_, night) = CSS.split_once("(prefers-color-scheme: dark)").unwrap();
    let night = of_root(night);
    for name in pages.keys() {
        assert!(night.contains_key(name), "{name} by night");
    }
}

#[test]
fn words_and_shapes_stand_out_by_day_and_by_night() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    for (when, palette) in [("by day", by_day()), ("by night", by_night())] {
        for ground in ["paper", "tint"] {
            for words in ["ink", "muted", "accent"].iter().chain(&OUTCOMES) {
                // 3:1 would do for shapes, but outcomes carry words, which are as the paper.
                assert_readable(&palette, when, words, ground, 4.5);
            }
        }
        for (shade, words) in [(1, "ink"), (2, "ink"), (3, "ink"), (4, "paper"), (5, "paper")] {
            assert_readable(&palette, when, words, &format!("shade-{shade}"), 4.5);
        }
        for ground in ["sea", "land"] {
            for dot in ["accent"].iter().chain(&OUTCOMES) {
                assert_readable(&palette, when, dot, ground, 3.0);
            }
            assert_readable(&palette, when, "ink", ground, 4.5);
        }
        assert_readable(&palette, when, "on-band", "band", 4.5);
    }
}

#[test]
fn outcomes_are_told_apart_by_every_reader() {
    for (when, palette) in [("by day", by_day()), ("by night", by_night())] {
        for (who, sight) in &SIGHTS {
            let seen = OUTCOMES.map(|name| (name, oklab(times(sight, linear(palette[name])))));
            for (index, (one, place)) in seen.iter().enumerate() {
                for (two, other) in &seen[..index] {
                    let squares = place.iter().zip(other).map(|(a, b)| (a - b).powi(2));
                    let distance = squares.sum::<f64>().sqrt();
                    // Ten hundredths are a difference that is seen without looking for it.
                    assert!(
                        distance >= 0.1,
                        "{when}, {who}: {one} and {two} are {distance:.3} apart"
                    );
                }
            }
        }
    }
}
