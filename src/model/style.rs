//! Owns what a group may set of the report's look.

use serde::Deserialize;

use super::{Color, Image};
use crate::source::Spanned;

/// What the manifest sets of the report's look. What it leaves out is the built-in look.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The colour of headings, links and areas, from which shades are derived.
    pub accent: Option<Color>,
    /// The size of the paper.
    #[serde(default)]
    pub paper: Paper,
    /// How many columns the story of a case is set in.
    #[serde(default)]
    pub case_columns: CaseColumns,
    /// The families of letters.
    #[serde(default)]
    pub fonts: FontSettings,
    /// A logo for the cover.
    pub logo: Option<Image>,
    /// A picture for the cover.
    pub cover: Option<Image>,
}

/// The families of letters that a report is set in, and the files that they are in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontSettings {
    /// The family of running text.
    pub text: Option<Spanned<String>>,
    /// The family of headings, labels and tables.
    pub headings: Option<Spanned<String>>,
    /// Files of fonts, by their paths from the manifest's folder.
    #[serde(default)]
    pub files: Vec<Spanned<String>>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    UsLetter,
}

impl Paper {
    /// The name that Typst has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
        }
    }
}

/// How many columns the story of a case is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "u8")]
pub enum CaseColumns {
    /// One, with the names of the parts in the margin.
    #[default]
    One,
    /// Two.
    Two,
}

impl CaseColumns {
    /// The number.
    pub fn count(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

impl TryFrom<u8> for CaseColumns {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            _ => Err("a case has one or two columns"),
        }
    }
}
