//! Owns the colours that follow from a group's own accent, for pages and for the web.
//!
//! Each keeps the luminance of the built-in colour whose place it takes. Contrast is a matter of
//! luminance alone, so what can be read in the built-in colours can be read in these.

use crate::model::{Color, TINT_LUMINANCE};

/// The name of each colour that follows from the accent, with its luminance by day and by night:
/// those of templates/system.typ and templates/report.css.
const DERIVED: [(&str, f64, f64); 6] = [
    ("tint", TINT_LUMINANCE, 0.0190),
    ("shade-1", 0.8081, 0.0310),
    ("shade-2", 0.6414, 0.0606),
    ("shade-3", 0.4636, 0.1074),
    ("shade-4", 0.1759, 0.3815),
    ("shade-5", 0.0747, 0.6386),
];

/// The luminance of the accent by night.
const ACCENT_BY_NIGHT: f64 = 0.4847;

/// The colours that follow from an accent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    accent: Color,
}

impl Palette {
    /// The colours of an accent.
    pub(super) fn of(accent: Color) -> Self {
        Self { accent }
    }

    /// The colours by day, each with the name that templates have for it.
    pub(super) fn by_day(self) -> impl Iterator<Item = (&'static str, Color)> {
        let derived = DERIVED.map(|(name, day, _)| (name, self.accent.at_luminance(day)));
        [("accent", self.accent)].into_iter().chain(derived)
    }

    /// The colours by night.
    fn by_night(self) -> impl Iterator<Item = (&'static str, Color)> {
        let derived = DERIVED.map(|(name, _, night)| (name, self.accent.at_luminance(night)));
        [("accent", self.accent.at_luminance(ACCENT_BY_NIGHT))].into_iter().chain(derived)
    }

    /// A style sheet that sets the variables of templates/report.css.
    pub(super) fn css(self) -> String {
        let variables = |colors: &mut dyn Iterator<Item = (&'static str, Color)>| {
            colors.map(|(name, color)| format!(" --{name}: {color};")).collect::<String>()
        };
        let day = variables(&mut self.by_day().chain([("band", self.accent)]));
        let night = variables(&mut self.by_night());
        format!(
            ":root {{{day} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{{night} }} }}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TEXT_CONTRAST;

    /// Words, in ink or on paper, stand on these colours; the ink and the paper of day and night.
    const GROUNDS: [(&str, bool); 6] = [
        ("tint", true),
        ("shade-1", true),
        ("shade-2", true),
        ("shade-3", true),
        ("shade-4", false),
        ("shade-5", false),
    ];

    #[test]
    fn words_can_be_read_on_the_colours_of_any_accent() {
        let color = |text: &str| text.parse::<Color>().unwrap();
        let (day, night) = ((color("#1d2529"), Color::WHITE), (color("#e4eaec"), color("#14191c")));
        for accent in ["#0b5563", "#7a6100", "#8a1538", "#003399", "#000000", "#4b2e83", "#00663c"]
        {
            let palette = Palette::of(color(accent));
            let colors: [(Vec<_>, _); 2] =
                [(palette.by_day().collect(), day), (palette.by_night().collect(), night)];
            for (colors, (ink, paper)) in colors {
                let of = |wanted| colors.iter().find(|(name, _)| *name == wanted).unwrap().1;
                assert!(of("accent").contrast(paper) >= TEXT_CONTRAST, "{accent}");
                assert!(of("accent").contrast(of("tint")) >= TEXT_CONTRAST, "{accent}");
                for (ground, in_ink) in GROUNDS {
                    let words = if in_ink { ink } else { paper };
                    let found = words.contrast(of(ground));
                    assert!(found >= TEXT_CONTRAST, "{accent}, {ground}: {found}");
                }
            }
        }
    }
}
