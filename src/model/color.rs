//! Owns colours: how they are written, how light they are, and how well one is read on another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// An opaque colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    parts: [u8; 3],
}

/// The contrast that WCAG 2 asks of text at level AA (success criterion 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// The luminance of a report's tint, the lightest ground but paper that words in its accent stand on.
pub const TINT_LUMINANCE: f64 = 0.8947;

impl Color {
    /// White, the colour of the paper.
    pub const WHITE: Self = Self::new(0xff, 0xff, 0xff);

    /// A colour by its red, green and blue.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { parts: [red, green, blue] }
    }

    /// Its red, green and blue.
    pub fn parts(self) -> [u8; 3] {
        self.parts
    }

    /// The relative luminance, from 0 for black to 1 for white, as WCAG 2 defines it
    /// (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another colour, from 1 to 21, as WCAG 2 defines it
    /// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// The contrast of words in this colour with a tint of it.
    pub fn contrast_on_tint(self) -> f64 {
        self.contrast(self.at_luminance(TINT_LUMINANCE))
    }

    /// The lightest of this hue in which words can be read on a tint of it.
    #[must_use]
    pub fn readable_on_tint(self) -> Self {
        // A little more than what is asked for, since parts are rounded.
        self.at_luminance((TINT_LUMINANCE + 0.05) / (TEXT_CONTRAST + 0.05) - 0.05)
    }

    /// The same hue with a given luminance: mixed with black or white in linear light, where
    /// luminances add up.
    #[must_use]
    pub fn at_luminance(self, wanted: f64) -> Self {
        let own = self.luminance();
        let mixed = if wanted <= own {
            let kept = if own > 0.0 { wanted / own } else { 0.0 };
            self.linear().map(|part| part * kept)
        } else {
            let white = (wanted - own) / (1.0 - own);
            self.linear().map(|part| part + (1.0 - part) * white)
        };
        Self { parts: mixed.map(encoded) }
    }

    /// How much light each part gives, from 0 to 1.
    fn linear(self) -> [f64; 3] {
        self.parts.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }
}

/// A part of a colour out of its light.
fn encoded(light: f64) -> u8 {
    let part =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    // From 0 to 255 by the clamp.
    (part * 255.0).round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.parts;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Color {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] =
            number.ok_or("a colour is `#` and six hexadecimal digits")?.to_be_bytes();
        Ok(Self::new(red, green, blue))
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        text.parse().unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        // Black on white and the grey just below 4.5 are the examples that WCAG is taught by; the others
        // were worked out by hand.
        for (one, two, wanted) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#0b5563", "#ffffff", 8.42),
            ("#ffcc00", "#ffffff", 1.51),
        ] {
            let found = color(one).contrast(color(two));
            assert!((found - wanted).abs() < 0.01, "{one} on {two}: {found}");
        }
    }

    #[test]
    fn a_hue_keeps_its_order_of_parts_at_any_luminance() {
        for wanted in [0.01, 0.1, 0.4, 0.9] {
            let found = color("#c02040").at_luminance(wanted);
            assert!((found.luminance() - wanted).abs() < 0.01, "{found} for {wanted}");
            let [red, green, blue] = found.parts;
            assert!(red > blue && blue >= green, "{found} for {wanted}");
        }
        assert_eq!(color("#000000").at_luminance(1.0), Color::WHITE);
    }

    #[test]
    fn what_is_offered_instead_can_be_read() {
        for light in ["#ffcc00", "#ffffff", "#00ff00", "#ff9999", "#12c4d9", "#888888"] {
            let instead = color(light).readable_on_tint();
            assert!(color(light).contrast_on_tint() < TEXT_CONTRAST, "{light}");
            let found = instead.contrast_on_tint();
            assert!((TEXT_CONTRAST..4.7).contains(&found), "{instead} for {light}: {found}");
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(color("#0B5563").to_string(), "#0b5563");
        for wrong in ["0b5563", "#0b556", "#0b55633", "#+b5563", "#0b556g", "teal", "#é5563", ""] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
    }
}
