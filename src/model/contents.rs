//! Owns what stands in a report, in order: chapters of the group's own and generated sections.

use serde::Deserialize;

use crate::source::Spanned;

/// An entry of the report's contents: a chapter of the group's own or a generated section.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawContentItem")]
pub enum ContentItem {
    /// A Markdown file.
    Chapter(Spanned<String>),
    /// A generated section.
    Section {
        /// Which.
        section: Section,
        /// How cases are grouped.
        by: GroupBy,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContentItem {
    chapter: Option<Spanned<String>>,
    section: Option<Section>,
    by: Option<GroupBy>,
}

impl TryFrom<RawContentItem> for ContentItem {
    type Error = &'static str;

    fn try_from(raw: RawContentItem) -> Result<Self, Self::Error> {
        match (raw.chapter, raw.section, raw.by) {
            (Some(path), None, None) => Ok(Self::Chapter(path)),
            (None, Some(section), by) => Ok(Self::Section { section, by: by.unwrap_or_default() }),
            _ => Err("an entry of contents names either a chapter or a section"),
        }
    }
}

impl ContentItem {
    /// Every generated section, for a manifest that names no contents.
    pub(super) fn all() -> Vec<Self> {
        let by = GroupBy::default();
        Section::ALL.iter().map(|section| Self::Section { section: *section, by }).collect()
    }
}

/// A section that casebook writes from the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Key figures and the table of regions and themes.
    Overview,
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

    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
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
