//! Owns what stands in a report, in order: chapters of the group's own and generated sections.

use serde::Deserialize;

use crate::source::{Span, Spanned};

/// An entry of the report's contents: a chapter of the group's own or a generated section.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawContentItem")]
pub enum ContentItem {
    /// A Markdown file.
    Chapter {
        /// Its path.
        path: Spanned<String>,
        /// The reports that it stands in alone.
        only_in: Option<Extent>,
    },
    /// A generated section.
    Section {
        /// Which.
        section: Spanned<Section>,
        /// How cases are grouped.
        by: GroupBy,
        /// The reports that it stands in alone.
        only_in: Option<Extent>,
    },
}

/// Reports by whether they are of all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// The report of all cases.
    Whole,
    /// Reports of a part of them: volumes, and what `--where` chooses.
    Parts,
}

impl Extent {
    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Parts => "parts",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContentItem {
    chapter: Option<Spanned<String>>,
    section: Option<Spanned<Section>>,
    by: Option<GroupBy>,
    #[serde(rename = "in")]
    only_in: Option<Extent>,
}

impl TryFrom<RawContentItem> for ContentItem {
    type Error = &'static str;

    fn try_from(raw: RawContentItem) -> Result<Self, Self::Error> {
        let only_in = raw.only_in;
        match (raw.chapter, raw.section, raw.by) {
            (Some(path), None, None) => Ok(Self::Chapter { path, only_in }),
            (None, Some(section), by) => {
                Ok(Self::Section { section, by: by.unwrap_or_default(), only_in })
            }
            _ => Err("an entry of contents names either a chapter or a section"),
        }
    }
}

impl ContentItem {
    /// Every generated section, for a manifest that names no contents.
    pub(super) fn all() -> Vec<Self> {
        let by = GroupBy::default();
        let section = |section: &Section| Spanned { value: *section, span: Span::default() };
        let item = |known| Self::Section { section: section(known), by, only_in: None };
        Section::ALL.iter().map(item).collect()
    }

    /// The generated section, if it is one.
    pub fn section(&self) -> Option<Section> {
        match self {
            Self::Section { section, .. } => Some(section.value),
            Self::Chapter { .. } => None,
        }
    }

    /// The reports that it stands in, if not in all.
    pub fn only_in(&self) -> Option<Extent> {
        match self {
            Self::Chapter { only_in, .. } | Self::Section { only_in, .. } => *only_in,
        }
    }
}

/// A section that casebook writes from the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Key figures and the table of regions and themes.
    Overview,
    /// What is new since an earlier edition.
    Changes,
    /// What the cases do not cover.
    Coverage,
    /// When the cases ran.
    Timeline,
    /// The cases.
    Cases,
    /// What worked and what did not, by theme.
    Lessons,
    /// What did not succeed, and what it teaches.
    Setbacks,
    /// What stood in the way, by kind.
    Barriers,
    /// What the cases measured.
    Evidence,
    /// What came in and what was spent.
    Money,
    /// Standards and components in use.
    Technologies,
    /// How complete the cases are by the checklists.
    Completeness,
    /// What the group did.
    Activities,
    /// The network around it.
    Network,
    /// Terms and what they mean.
    Glossary,
    /// Indexes by region, theme, organisation and standard.
    Indexes,
    /// All sources.
    Sources,
    /// What the report was made with and from.
    Colophon,
}

impl Section {
    /// All of them, in the order of a report that does not say otherwise.
    pub const ALL: &[Self] = &[
        Self::Overview,
        Self::Changes,
        Self::Coverage,
        Self::Timeline,
        Self::Cases,
        Self::Lessons,
        Self::Setbacks,
        Self::Barriers,
        Self::Evidence,
        Self::Money,
        Self::Technologies,
        Self::Completeness,
        Self::Activities,
        Self::Network,
        Self::Glossary,
        Self::Indexes,
        Self::Sources,
        Self::Colophon,
    ];

    /// Whether a chapter can place it in its text: the cases are pages of their own.
    pub fn stands_in_chapters(self) -> bool {
        self != Self::Cases
    }

    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Changes => "changes",
            Self::Coverage => "coverage",
            Self::Timeline => "timeline",
            Self::Cases => "cases",
            Self::Lessons => "lessons",
            Self::Setbacks => "setbacks",
            Self::Barriers => "barriers",
            Self::Evidence => "evidence",
            Self::Money => "money",
            Self::Technologies => "technologies",
            Self::Completeness => "completeness",
            Self::Activities => "activities",
            Self::Network => "network",
            Self::Glossary => "glossary",
            Self::Indexes => "indexes",
            Self::Sources => "sources",
            Self::Colophon => "colophon",
        }
    }
}

/// What the cases are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// Each under its main theme.
    #[default]
    Theme,
    /// Each under the country of its home region.
    Region,
}
