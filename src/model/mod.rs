//! Owns the plain typed data that everything after validation works on.

mod case;
mod changes;
mod checklist;
mod color;
mod contents;
mod date;
mod directive;
mod draft;
mod earlier;
mod group;
mod keyed;
mod manifest;
mod own_form;
mod part;
mod regions;
mod section;
mod style;
mod templates;
mod themes;
mod volume;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::{SourceId, Spanned};
use crate::vocab::Gazetteer;

pub use self::case::{
    Case, Consent, Contact, Cost, Figure, Funding, Image, Interval, Lessons, Measure, Organisation,
    Period, Review, Technology, Transfer,
};
pub use self::changes::{
    BeforeAndNow, ChangedCase, ChangedChapter, ChangedChapters, Changes, FieldChange, Moved,
    NamedCase, Piece, RenamedCase, Unread,
};
pub use self::checklist::{
    ChecklistSettings, Checklists, Completeness, Fields, ItemNumber, ItemSettings, OwnItem, Rated,
    Tally,
};
pub use self::color::{Color, TEXT_CONTRAST, TINT_LUMINANCE};
pub use self::contents::{ContentItem, Extent, GroupBy, Section};
pub use self::date::{Date, NO_SUCH_DAY, TimeSpan};
pub use self::directive::{CasesAs, Condition, Directive, Drawn, Placed, Subject};
pub use self::draft::{Draft, FaultyFile, Remark, Remarks};
pub use self::earlier::{ChangedFields, Earlier, FieldName};
pub use self::group::{Activity, ActivityKind, Described, Member, Network, Project, WorkingGroup};
pub use self::keyed::Keyed;
pub use self::manifest::{
    Acceptance, Better, BibliographySettings, CaseFiles, ChangesSettings, Edition, EditionStatus,
    Editor, Facets, Glossary, Indicator, Indicators, Manifest, MoneySettings, Output, Rate,
    ReportContact, SiteSettings, Term, Unreviewed,
};
pub use self::own_form::{
    FacetSetting, FacetValues, FormSettings, PeriodSetting, RoleSettings, WordSetting,
};
pub use self::part::{Choice, Elsewhere, Part};
pub use self::regions::{Coverage, Point, RegionScheme, RegionSetting};
pub use self::section::{Body, Section as OwnSection};
pub use self::style::{CaseColumns, FontSettings, Paper, Style};
pub use self::templates::{OwnTemplates, TemplateFile};
pub use self::themes::{Theme, Themes};
pub use self::volume::{Volume, Volumes};
pub use self::words::{
    EvidenceLevel, ItemState, Outcome, Qualifier, ReviewState, Role, Scope, Status,
};

/// A text in Markdown, with the bytes that it was read from.
pub type Markdown = Spanned<String>;

/// Something that figures and statements rest on.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the paper, page or report.
    pub title: String,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its digital object identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// When it was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Date>,
}

/// Sources by their keys, in the order of the keys with numbers compared as numbers.
pub type Sources = BTreeMap<SourceKey, Source>;

/// A source's key; `S2` comes before `S10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SourceKey(pub String);

impl SourceKey {
    /// The key as letters before its first digit, the number there, and the rest.
    fn natural(&self) -> (&str, u64, &str) {
        let digits = self.0.find(|c: char| c.is_ascii_digit()).unwrap_or(self.0.len());
        let (head, tail) = self.0.split_at(digits);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        (head, tail[..end].parse().unwrap_or(0), &tail[end..])
    }
}

impl Ord for SourceKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.natural().cmp(&other.natural()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for SourceKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The entries of bibliography files by their keys.
pub type Library = BTreeMap<String, hayagriva::Entry>;

/// A page where a reader can go on.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What is there.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One citation key or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Citation {
    /// One key.
    One(String),
    /// Several keys.
    Many(Vec<String>),
}

impl Citation {
    /// The keys.
    pub fn keys(&self) -> &[String] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Many(keys) => keys,
        }
    }
}

/// A chapter of the group's own, in Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The file it was read from.
    pub source: SourceId,
    /// The whole text.
    pub text: Markdown,
    /// What it places in its text, in the text's order.
    pub directives: Vec<Directive>,
}

impl Chapter {
    /// The generated sections that it places in its text.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        self.directives.iter().filter_map(|directive| match &directive.places {
            Placed::Section(section) => Some(section.value),
            _ => None,
        })
    }
}

/// A file that was read as bytes, such as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// Path from the casebook's root, with forward slashes.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A file to be written, by its path from the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path with forward slashes.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Everything that the report is made of.
#[derive(Debug)]
pub struct Report {
    /// What the report is called, who makes it, and what stands in it.
    pub manifest: Manifest,
    /// The file that the manifest was read from.
    pub manifest_source: SourceId,
    /// The chapters by the path that the manifest names.
    pub chapters: BTreeMap<String, Chapter>,
    /// What the bibliography files hold.
    pub library: Library,
    /// The cases, by id.
    pub cases: Vec<Case>,
    /// The regions that codes are looked up in.
    pub regions: Gazetteer,
    /// The pictures that cases and chapters show, by path from the root.
    pub assets: BTreeMap<String, Asset>,
    /// The casebook's own fonts, by path as the manifest names it.
    pub fonts: BTreeMap<String, Asset>,
    /// Which part of the cases these are; nothing if they are all.
    pub part: Option<Part>,
    /// What is shown to editors only; nothing unless this is a draft.
    pub draft: Option<Draft>,
    /// The edition since which the report tells what is new, if it is told which.
    pub earlier: Option<Earlier>,
    /// The templates that take the place of casebook's own.
    pub templates: OwnTemplates,
}

impl Report {
    /// The title, with what chose the cases if they are a part: no other part has the same.
    pub fn distinct_title(&self) -> String {
        let title = &self.manifest.title;
        self.part.as_ref().map_or_else(|| title.clone(), |part| format!("{title} ({part})"))
    }

    /// Whether a generated section stands in the report, by itself or in a chapter.
    pub fn has_section(&self, wanted: Section) -> bool {
        self.manifest.contents.iter().any(|item| match item {
            ContentItem::Section { section, .. } => section.value == wanted,
            // Most ask for the cases, and often.
            ContentItem::Chapter { .. } if !wanted.stands_in_chapters() => false,
            ContentItem::Chapter { path, .. } => {
                let chapter = self.chapters.get(&path.value);
                chapter.is_some_and(|chapter| chapter.sections().any(|placed| placed == wanted))
            }
        })
    }

    /// The case of an id.
    pub fn case(&self, id: &str) -> Option<&Case> {
        let index = self.cases.binary_search_by(|case| case.id.as_str().cmp(id)).ok()?;
        self.cases.get(index)
    }
}
