//! Owns directives: what a chapter asks for at a point of its text.

use super::contents::Section;
use crate::source::{Span, Spanned};

/// A figure, a table, cases or a generated section that a chapter places in its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// The bytes of its block in the chapter.
    pub span: Span,
    /// What it places.
    pub places: Placed,
    /// Which cases it is about: all if nothing is said.
    pub conditions: Vec<Condition>,
    /// The words below it instead of those that casebook has.
    pub caption: Option<String>,
}

/// What a directive places.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// A chart.
    Figure(Subject),
    /// A table.
    Table(Subject),
    /// The cases themselves.
    Cases {
        /// What is shown of each.
        shown_as: CasesAs,
        /// What they are ordered by, as `list --sort` takes it, the first the most important.
        order: Vec<Spanned<String>>,
    },
    /// A generated section, as a part of the chapter.
    Section(Spanned<Section>),
}

/// What a figure or table is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// One that the report has a name for.
    Named(Drawn),
    /// Cases counted by one facet or two, by their names.
    By(Vec<Spanned<String>>),
}

/// One condition that cases must meet: a facet with a value, in the words of `--where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The name of the facet.
    pub facet: Spanned<String>,
    /// The value.
    pub value: Spanned<String>,
    /// Whether the cases that have the value are left out rather than kept.
    pub negated: bool,
}

/// A figure that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Regions with their cases.
    Map,
    /// Countries by themes.
    RegionTheme,
    /// Themes by outcomes.
    ThemeOutcome,
    /// When the cases ran.
    Timeline,
    /// What stood in the way.
    Barriers,
    /// Measures beside what they are compared with.
    BeforeAfter,
    /// How complete the cases are by the checklists of the manifest.
    Completeness,
}

impl Drawn {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Map,
        Self::RegionTheme,
        Self::ThemeOutcome,
        Self::Timeline,
        Self::Barriers,
        Self::BeforeAfter,
        Self::Completeness,
    ];

    /// The word in a chapter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::RegionTheme => "region-theme",
            Self::ThemeOutcome => "theme-outcome",
            Self::Timeline => "timeline",
            Self::Barriers => "barriers",
            Self::BeforeAfter => "before-after",
            Self::Completeness => "completeness",
        }
    }

    /// Whether it can be had as a table too.
    pub fn has_table(self) -> bool {
        self != Self::Map
    }
}

/// What is shown of each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CasesAs {
    /// A card with its title, place, time, outcome and the beginning of its summary.
    #[default]
    Cards,
    /// Its title in a list.
    List,
    /// A row of a table.
    Table,
}

impl CasesAs {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Cards, Self::List, Self::Table];

    /// The word in a chapter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::List => "list",
            Self::Table => "table",
        }
    }
}
