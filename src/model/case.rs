//! Owns the case: one submission, checked and typed.
//!
//! The built-in form asks for a title, a summary, regions, themes, a status and an outcome. A form
//! of the group's own may know none of these: what it does not map is absent here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Citation, Completeness, Date, EvidenceLevel, Link, Markdown, Outcome, OwnSection, Qualifier,
    ReviewState, Role, Scope, Sources, Status, TimeSpan,
};
use crate::source::{SourceId, Span, Spanned};

/// A case study. Serialising it leaves out what is private.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The file it was read from; filled in after reading.
    #[serde(skip)]
    pub source: Option<SourceId>,
    /// The bytes of its record there, which may be one of many; filled in after reading.
    #[serde(skip)]
    pub record: Span,
    /// Short name, the same as the file's.
    pub id: String,
    /// Name for readers.
    pub title: String,
    /// Language of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Plain text for a busy reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Spanned<String>>,
    /// Words to search for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Licence of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Region codes; the first is the home region.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// How far it reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// When it ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Theme keys; the first is the main theme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Who was part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Organisation>,
    /// What it set out to achieve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aims: Option<Markdown>,
    /// What was wrong before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Markdown>,
    /// Whom it was meant for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_group: Option<Markdown>,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution: Option<Markdown>,
    /// How it was brought in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implementation: Option<Markdown>,
    /// How it was studied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Markdown>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_summary: Option<Markdown>,
    /// What nobody had meant to happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unintended: Option<Markdown>,
    /// Life after the project money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sustainability: Option<Markdown>,
    /// Approvals and interests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declarations: Option<Markdown>,
    /// What it is built with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technology: Option<Technology>,
    /// What stood in the way, by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub challenges: BTreeMap<String, Markdown>,
    /// Figures on size and use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scale: Vec<Measure>,
    /// Figures on what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<Measure>,
    /// The strongest study behind the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_level: Option<EvidenceLevel>,
    /// Where the money came from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Funding>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Cost>,
    /// What others can learn.
    #[serde(default)]
    pub lessons: Lessons,
    /// What it takes to do the same elsewhere.
    #[serde(default)]
    pub transfer: Transfer,
    /// What it all rests on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: Sources,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Ids of related cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Pages where a reader can go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What the group's own form adds; filled in after reading.
    #[serde(
        skip_deserializing,
        rename = "fields",
        serialize_with = "super::section::without_roles",
        skip_serializing_if = "super::section::all_have_roles"
    )]
    pub sections: Vec<OwnSection>,
    /// Its values of the facets that the manifest declares; filled in after reading.
    #[serde(skip_deserializing, skip_serializing_if = "BTreeMap::is_empty")]
    pub facets: BTreeMap<String, Vec<String>>,
    /// Why items of checklists are left out, by the item's name: `icheck-dh/13`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub checklist_notes: BTreeMap<String, String>,
    /// How complete it is by the checklists asked for; filled in after reading.
    #[serde(skip)]
    pub completeness: Vec<Completeness>,
    /// Whom readers may ask; written out only if the contact agreed to be published.
    #[serde(default, skip_serializing_if = "Contact::is_private")]
    pub contact: Contact,
    /// Agreement to publish. Private.
    #[serde(default, skip_serializing)]
    pub consent: Option<Consent>,
    /// The editors' notes. Private.
    #[serde(default, skip_serializing)]
    pub review: Option<Review>,
}

impl Case {
    /// The kinds of challenges, in the form's order.
    pub const CHALLENGES: &[&str] = &[
        "interoperability",
        "standardisation",
        "integrity",
        "security",
        "organisation",
        "legal",
        "funding",
    ];

    /// The story fields that are filled in, in the form's order, each with its name in the form.
    pub fn story(&self) -> impl Iterator<Item = (&'static str, &Markdown)> {
        [
            ("aims", &self.aims),
            ("problem", &self.problem),
            ("target_group", &self.target_group),
            ("solution", &self.solution),
            ("implementation", &self.implementation),
            ("evaluation", &self.evaluation),
            ("results_summary", &self.results_summary),
            ("unintended", &self.unintended),
            ("sustainability", &self.sustainability),
            ("declarations", &self.declarations),
        ]
        .into_iter()
        .filter_map(|(field, text)| text.as_ref().map(|text| (field, text)))
    }

    /// How complete the case is by a checklist that was asked for.
    pub fn completeness_by(&self, list: &str) -> Option<&Completeness> {
        self.completeness.iter().find(|found| found.list == list)
    }

    /// The challenges that are filled in, in the form's order.
    pub fn challenges(&self) -> impl Iterator<Item = (&'static str, &Markdown)> {
        Self::CHALLENGES
            .iter()
            .filter_map(|kind| self.challenges.get(*kind).map(|text| (*kind, text)))
    }
}

/// When a case ran; an open end means that it goes on, or that its end is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// From.
    pub start: Date,
    /// To.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
}

/// An organisation and its part in a case.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Code of its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What a case is built with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Technology {
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Standards in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
    /// Products and building blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

/// The value of a measure: a number, or words where there is none.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Words.
    Text(String),
}

/// The 95% confidence interval: low, high.
pub type Interval = (f64, f64);

/// One figure with what it counts, its unit, its date and its source.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What is counted.
    pub measure: String,
    /// The figure.
    pub value: Figure,
    /// How exact it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// What it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Figure>,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its confidence interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The time it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<TimeSpan>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// Who gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    /// The programme it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Figure>,
    /// How exact the amount is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// In which currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// In which year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
}

/// Money that was or will be spent.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// What for.
    pub what: String,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Figure>,
    /// How exact the amount is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// In which currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// In which year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// `one-off` or `yearly`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
}

/// What others can learn, one lesson an entry.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lessons {
    /// What worked.
    pub worked: Vec<Markdown>,
    /// What did not.
    pub did_not_work: Vec<Markdown>,
    /// Advice.
    pub advice: Vec<Markdown>,
}

/// What it takes to do the same elsewhere.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transfer {
    /// What must be there first.
    pub conditions: Vec<Markdown>,
    /// Where it was taken to.
    pub transferred_to: Vec<Markdown>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Path from the case file's folder.
    pub file: Spanned<String>,
    /// What it shows, for readers who cannot see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The line under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
}

/// Whom the editors may ask.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// A name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// An organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Whether they agreed to be named in the report.
    #[serde(skip_serializing)]
    pub publish: bool,
}

impl Contact {
    /// Whether nothing of this may leave the casebook.
    pub fn is_private(&self) -> bool {
        !self.publish
    }
}

/// Agreement to publish a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Whether it was given.
    pub given: bool,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// The editors' decision on a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// How far it has come.
    pub state: ReviewState,
    /// Who decided.
    pub reviewer: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Why.
    pub notes: Option<String>,
}
