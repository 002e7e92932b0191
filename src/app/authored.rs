//! Owns what is written for contributors out of a casebook's form: the guide, blanks, forms to fill in.

use anyhow::Result;

use super::open::Opened;
use super::read::MANIFEST;
use super::schema::{vocabulary, with_form};
use super::{Files, Outcome, ReadError};
use crate::authoring::{
    Blank, CASE_SCHEMA_PATH, Given, Guide, WebForm, html, issue_form, markdown, web_form,
};
use crate::diag::Sink;
use crate::form::{Form, Questionnaire, Vocabulary};
use crate::load::Limits;
use crate::source::SourceMap;
use crate::vocab::Gazetteer;

/// Where the schema for editors lies: as `init` puts it, and as the README names it.
const SCHEMAS: &[&str] = &[CASE_SCHEMA_PATH, "case.schema.json"];

/// What is written for contributors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForContributors {
    /// The guide to the form, as Markdown.
    GuideAsMarkdown,
    /// The guide to the form, as a page of HTML.
    GuideAsHtml,
    /// A blank submission.
    Blank,
    /// A form of the issues on GitHub.
    IssueForm,
    /// A form to fill in, as a page of HTML.
    WebForm,
}

/// A text for contributors.
#[derive(Debug)]
pub struct Authored {
    /// What is wrong with the manifest or the form.
    pub outcome: Outcome,
    /// The text, if nothing is.
    pub text: Option<String>,
    /// Whether there is no casebook, so that the built-in form is meant.
    pub is_at_large: bool,
}

/// Writes something for the contributors of a casebook; where there is none, by the built-in form.
///
/// `place` is where it goes, from the casebook's root, if it goes into a file there.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn author(files: &dyn Files, wanted: ForContributors, place: Option<&str>) -> Result<Authored> {
    let manifest = files.read(MANIFEST, Limits::default().bytes);
    if manifest == Err(ReadError::Missing) {
        let outcome = Outcome::new(SourceMap::default(), Sink::new(), 0, false);
        let questionnaire = Form::case().questionnaire(&Vocabulary::default());
        let known = Known { schema: None, regions: &Gazetteer::official(), library: Vec::new() };
        let text = Some(write(wanted, None, &questionnaire, known));
        return Ok(Authored { outcome, text, is_at_large: true });
    }
    let schema = place.and_then(|place| schema_from(files, place));
    let (outcome, text) = with_form(files, manifest, |opened, _| {
        let library = opened.library.keys().cloned().collect();
        let known = Known { schema: schema.as_deref(), regions: &opened.regions, library };
        write(wanted, Some(&opened.manifest.title), &questionnaire(opened), known)
    })?;
    Ok(Authored { outcome, text, is_at_large: false })
}

/// What the form of a casebook asks.
pub(super) fn questionnaire(opened: &Opened<'_>) -> Questionnaire {
    opened.form.questionnaire(&vocabulary(&opened.manifest, &opened.form, &opened.found))
}

/// What is known beside the form.
struct Known<'a> {
    /// The way to the schema for editors.
    schema: Option<&'a str>,
    /// The regions that codes are looked up in.
    regions: &'a Gazetteer,
    /// Keys of the sources that every case may cite.
    library: Vec<String>,
}

fn write(
    wanted: ForContributors,
    report: Option<&str>,
    questionnaire: &Questionnaire,
    known: Known<'_>,
) -> String {
    let guide = Guide { report, questionnaire };
    match wanted {
        ForContributors::GuideAsMarkdown => markdown(&guide),
        ForContributors::GuideAsHtml => html(&guide),
        ForContributors::IssueForm => issue_form(questionnaire),
        ForContributors::WebForm => {
            let regions = known.regions.official_codes().collect();
            web_form(&WebForm { report, questionnaire, regions, library: known.library })
        }
        ForContributors::Blank => {
            Blank { questionnaire, given: &Given::new(), schema: known.schema, path: None }
                .to_yaml()
        }
    }
}

/// The way from a file to the schema for editors, if the casebook has one.
pub(super) fn schema_from(files: &dyn Files, path: &str) -> Option<String> {
    let most = Limits::default().bytes;
    let schema = SCHEMAS.iter().find(|schema| files.read(schema, most).is_ok())?;
    Some(format!("{}{schema}", "../".repeat(path.matches('/').count())))
}
