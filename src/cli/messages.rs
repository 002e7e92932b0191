//! Owns where the messages of a run go, and when warnings make it fail.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::args::{MessageFormat, Report};
use crate::app::Outcome;
use crate::diag::render::Format;

/// How much GitHub takes for the summary page of one step, in bytes.
const LARGEST_PAGE: u64 = 1 << 20;

/// The formats that a run is told in, and what it takes to fail.
pub(super) struct Messages {
    formats: Vec<MessageFormat>,
    strict: bool,
    max_warnings: Option<usize>,
    /// The summary page of the GitHub job that this runs in.
    page: Option<PathBuf>,
}

impl Messages {
    /// What the user asks for; for people, and in a GitHub workflow for it too, if nothing is said.
    pub(super) fn wanted(report: &Report) -> Result<Self> {
        let formats = match report.message_format.as_slice() {
            [] => defaults(),
            formats => formats.to_vec(),
        };
        refuse_clashes(&formats)?;
        let annotates = formats.iter().any(|wanted| wanted.format == Format::Github);
        let page = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| annotates && !path.is_empty());
        Ok(Self {
            formats,
            strict: report.strict,
            max_warnings: report.max_warnings,
            page: page.map(PathBuf::from),
        })
    }

    /// Messages for people alone, on standard error: a verb that prints data has no room for others.
    pub(super) fn for_people() -> Self {
        let formats = vec![MessageFormat { format: Format::Human, path: None }];
        Self { formats, strict: false, max_warnings: None, page: None }
    }

    /// The formats and their places.
    pub(super) fn formats(&self) -> &[MessageFormat] {
        &self.formats
    }

    /// The page to add a summary to, with the room that is left on it.
    pub(super) fn summary_page(&self) -> Option<(&Path, usize)> {
        let page = self.page.as_deref()?;
        let written = page.metadata().map_or(0, |found| found.len());
        Some((page, usize::try_from(LARGEST_PAGE.saturating_sub(written)).unwrap_or(0)))
    }

    /// Whether what is no error makes the run fail all the same.
    pub(super) fn fail(&self, outcome: &Outcome) -> bool {
        let warnings = outcome.summary().warnings;
        (self.strict && outcome.has_warnings())
            || self.max_warnings.is_some_and(|most| warnings > most)
    }
}

fn defaults() -> Vec<MessageFormat> {
    let in_workflow = env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let formats: &[Format] =
        if in_workflow { &[Format::Human, Format::Github] } else { &[Format::Human] };
    formats.iter().map(|format| MessageFormat { format: *format, path: None }).collect()
}

/// Refuses two formats in one place: neither could be read.
fn refuse_clashes(formats: &[MessageFormat]) -> Result<()> {
    for (index, one) in formats.iter().enumerate() {
        let place = place(one);
        let before = formats.iter().take(index).find(|other| self::place(other) == place);
        if let Some(other) = before {
            bail!(
                "the formats {} and {} would both go to {place}\n  \
                 write one of them into a file: `--message-format {}=FILE`",
                other.format.as_str(),
                one.format.as_str(),
                one.format.as_str(),
            );
        }
    }
    Ok(())
}

/// Refuses a format on standard output where something else is to stand.
pub(super) fn refuse_beside(what: &str, report: &Report) -> Result<()> {
    let clash = report.message_format.iter().find(|wanted| place(wanted) == "standard output");
    match clash.map(|wanted| wanted.format.as_str()) {
        Some(format) => bail!(
            "{what} and the format {format} would both go to standard output\n  \
             write one of them into a file: `--message-format {format}=FILE`"
        ),
        None => Ok(()),
    }
}

/// Where a format goes, in words.
fn place(wanted: &MessageFormat) -> String {
    match (&wanted.path, wanted.format) {
        (Some(path), _) => path.display().to_string(),
        (None, Format::Human) => "standard error".to_owned(),
        (None, _) => "standard output".to_owned(),
    }
}
