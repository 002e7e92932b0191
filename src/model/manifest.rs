//! Owns the manifest: what the report is called, who makes it, what stands in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Activity, Checklists, ContentItem, Coverage, Date, FacetSetting, FormSettings, Keyed, Link,
    Markdown, Network, Sources, Style, Themes, WorkingGroup,
};
use crate::source::Spanned;

/// The content of `casebook.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub casebook: u32,
    /// The report's title.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// The report's language.
    #[serde(default = "english")]
    pub language: String,
    /// A notice for cover and imprint.
    pub notice: Option<String>,
    /// Which edition this is.
    pub edition: Option<Edition>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Its number in the book trade.
    pub isbn: Option<String>,
    /// Its digital object identifier.
    pub doi: Option<String>,
    /// Where it is published on the web.
    pub url: Option<String>,
    /// The series that it belongs to, with its number there.
    pub series: Option<String>,
    /// Whom readers may write to.
    pub contact: Option<ReportContact>,
    /// Who edited it.
    #[serde(default)]
    pub editors: Vec<Editor>,
    /// Whose report it is.
    pub working_group: Option<WorkingGroup>,
    /// The network around the group.
    pub network: Option<Network>,
    /// What the group did.
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// Useful links.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What chapters, activities and network rest on.
    #[serde(default)]
    pub sources: Sources,
    /// How sources are printed, and further ones that chapters may cite.
    #[serde(default)]
    pub bibliography: BibliographySettings,
    /// Terms that readers may not know.
    #[serde(default)]
    pub glossary: Glossary,
    /// The themes.
    #[serde(default)]
    pub themes: Themes,
    /// The regions, and which of them the report is meant to cover.
    #[serde(default)]
    pub regions: Coverage,
    /// What an accepted case must have.
    #[serde(default)]
    pub acceptance: Acceptance,
    /// What stands in the report, in order.
    #[serde(default = "ContentItem::all")]
    pub contents: Vec<ContentItem>,
    /// Since when the report tells what is new.
    pub changes: Option<ChangesSettings>,
    /// What `build` writes when it is not told.
    #[serde(default = "Output::all")]
    pub outputs: Vec<Output>,
    /// Where the site goes.
    #[serde(default)]
    pub site: SiteSettings,
    /// The checklists that the report holds cases against.
    #[serde(default)]
    pub checklists: Checklists,
    /// The folder of the casebook's own templates.
    pub templates: Option<Spanned<String>>,
    /// Where the case files lie.
    #[serde(default)]
    pub cases: CaseFiles,
    /// The form that the cases are written in.
    #[serde(default)]
    pub form: FormSettings,
    /// Further dimensions by which cases are counted.
    #[serde(default)]
    pub facets: Facets,
    /// What measures of different names and cases have in common.
    #[serde(default)]
    pub indicators: Indicators,
    /// The currency of the report, and rates into it.
    pub money: Option<MoneySettings>,
    /// The look of the report.
    #[serde(default)]
    pub style: Style,
    /// Severities by the names of diagnostics: `error`, `warning`, `info` or `off`.
    #[serde(default)]
    pub rules: BTreeMap<String, String>,
}

fn english() -> String {
    "en".to_owned()
}

/// An edition of the report.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its number.
    pub number: Option<u32>,
    /// The date of the report.
    pub date: Date,
    /// Draft or final.
    #[serde(default)]
    pub status: EditionStatus,
}

/// Whether an edition is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditionStatus {
    /// Still being worked on, and for editors only.
    Draft,
    /// Finished; what says nothing must not show what is private.
    #[default]
    Final,
}

/// Who edited the report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editor {
    /// A name.
    pub name: String,
    /// An organisation.
    pub affiliation: Option<String>,
    /// How the name stands in a citation: `Doe, Jane`, or the name of an organisation.
    pub cite_as: Option<String>,
}

/// Whom readers of the report may write to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportContact {
    /// A person or an office.
    pub name: Option<String>,
    /// An address for e-mail.
    pub email: Option<String>,
    /// A page.
    pub url: Option<String>,
}

/// How sources are printed, and which files hold further ones.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BibliographySettings {
    /// The name of a citation style.
    pub style: String,
    /// Files in BibLaTeX or Hayagriva's YAML, as paths from the root.
    pub files: Vec<Spanned<String>>,
}

impl Default for BibliographySettings {
    fn default() -> Self {
        Self { style: "apa".to_owned(), files: Vec::new() }
    }
}

/// Terms with what they mean, in the manifest's order.
pub type Glossary = Keyed<Term>;

/// What a term means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Spanned<RawTerm>")]
pub struct Term {
    /// In a sentence or two.
    pub definition: Markdown,
    /// Other terms of the glossary that say more.
    pub see: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawTerm {
    Text(String),
    Fields {
        definition: String,
        #[serde(default)]
        see: Vec<String>,
    },
}

impl From<Spanned<RawTerm>> for Term {
    fn from(raw: Spanned<RawTerm>) -> Self {
        let (value, see) = match raw.value {
            RawTerm::Text(definition) => (definition, Vec::new()),
            RawTerm::Fields { definition, see } => (definition, see),
        };
        // Alternatives forget where their parts stood: all of the term is where messages point.
        Self { definition: Markdown { value, span: raw.span }, see }
    }
}

/// Further facets by their names in commands and data.
pub type Facets = Keyed<FacetSetting>;

/// Indicators by key, in the manifest's order.
pub type Indicators = Keyed<Indicator>;

/// What measures of several cases have in common, under whatever names they stand there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its name for readers.
    pub title: String,
    /// Which way is better: `higher` or `lower`.
    pub better: Option<Better>,
    /// The names that measures of it have, beside the title.
    #[serde(default)]
    pub measures: Vec<String>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The currency of the report, and what others are worth in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneySettings {
    /// The currency into which others are converted, by its ISO 4217 code.
    pub currency: String,
    /// Rates by the code of the other currency.
    #[serde(default)]
    pub rates: BTreeMap<String, Rate>,
}

/// What one unit of a currency is worth in the report's, on a day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How much of the report's currency one unit is.
    pub rate: f64,
    /// The day of the rate.
    pub date: Date,
    /// Where it was published.
    pub source: Option<String>,
}

/// What the editors ask of a case before they accept it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Acceptance {
    /// The keys that must be filled in, as paths with slashes.
    pub requires: Vec<String>,
    /// What becomes of cases that nobody reviewed, if the group has decided it.
    pub unreviewed: Option<Unreviewed>,
}

/// Since when the report tells what is new.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangesSettings {
    /// The earlier edition: a folder of the casebook, or a revision of its git repository.
    pub since: Spanned<String>,
}

/// What becomes of a case without a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreviewed {
    /// It is published as if it had been accepted.
    Accepted,
    /// It waits until it is accepted.
    LeftOut,
}

/// Something that `build` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// `report.pdf`.
    Pdf,
    /// `report.html`.
    Html,
    /// `site/`.
    Site,
    /// `data/`.
    Data,
}

impl Output {
    /// All of them.
    pub fn all() -> Vec<Self> {
        vec![Self::Pdf, Self::Html, Self::Site, Self::Data]
    }
}

/// Where the site goes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteSettings {
    /// The address that its folder gets on the web.
    pub url: Option<String>,
}

/// Where the case files lie, as patterns from the root.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseFiles {
    /// Files to read; where nothing is said, YAML files below `cases`.
    pub include: Option<Vec<String>>,
    /// Files to leave out.
    pub exclude: Vec<String>,
}

impl CaseFiles {
    /// The patterns of files to read. Records of a form of the group's own may be JSON too.
    pub fn included(&self, form: &FormSettings) -> Vec<String> {
        let usual = if form.schema.is_some() {
            "cases/**/*.{yaml,yml,json}"
        } else {
            "cases/**/*.{yaml,yml}"
        };
        self.include.clone().unwrap_or_else(|| vec![usual.to_owned()])
    }
}
