//! Owns the working group and the network around it: bodies, members, projects, activities.

use serde::Deserialize;

use super::{Date, Markdown, Period};

/// The group whose report this is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingGroup {
    /// Its name.
    pub name: String,
    /// What it is and wants.
    pub description: Option<Markdown>,
    /// Its page.
    pub url: Option<String>,
}

/// The network around the group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<Markdown>,
    /// Where it comes from.
    pub origin: Option<Markdown>,
    /// Codes of its partner countries.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Its members.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Its bodies with their tasks.
    #[serde(default)]
    pub bodies: Vec<Described>,
    /// Its projects.
    #[serde(default)]
    pub projects: Vec<Project>,
    /// Related expert groups.
    #[serde(default)]
    pub expert_groups: Vec<Described>,
    /// Kinds of events in its calendar.
    #[serde(default)]
    pub event_types: Vec<Described>,
}

/// An organisation in the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Code of its region or country.
    pub region: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Its page.
    pub url: Option<String>,
}

/// Something with a name and a description.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// The name.
    pub name: String,
    /// What it is.
    pub description: Option<Markdown>,
    /// Its page.
    pub url: Option<String>,
}

/// A project of the network.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// When it ran.
    pub period: Option<Period>,
    /// What it did.
    pub description: Option<Markdown>,
    /// Its page.
    pub url: Option<String>,
}

/// Something that the group did.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// What it was.
    pub title: String,
    /// What kind of thing it was.
    #[serde(rename = "type")]
    pub kind: ActivityKind,
    /// When it was or began.
    pub date: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
    /// Where it was.
    pub place: Option<String>,
    /// What happened.
    pub description: Option<Markdown>,
    /// A page about it.
    pub url: Option<String>,
}

/// A kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityKind {
    /// Collecting case studies.
    CaseCollection,
    /// A meeting.
    Meeting,
    /// A seminar.
    Seminar,
    /// A conference attended.
    Conference,
    /// Working with others.
    Collaboration,
}

impl ActivityKind {
    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CaseCollection => "case-collection",
            Self::Meeting => "meeting",
            Self::Seminar => "seminar",
            Self::Conference => "conference",
            Self::Collaboration => "collaboration",
        }
    }
}
