//! Owns the export: the data of the cases that filters choose, without typesetting anything.

use anyhow::{Result, bail};

use super::checklists::Asked;
use super::read::{Selection, read};
use super::{Files, Outcome, diags, part};
use crate::aggregate::{Corpus, Dimensions, Figures};
use crate::export::data::{self, Dataset, Table};
use crate::model::{Artifact, Report};
use crate::source::SourceMap;

/// What to export.
#[derive(Debug, Clone)]
pub struct DataOptions {
    /// In which form.
    pub format: DataFormat,
    /// Filters as they are written, such as `theme=telestroke`; all cases if there are none.
    pub filters: Vec<String>,
}

/// The form of exported data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFormat {
    /// One table as CSV.
    Csv(Table),
    /// The cases in full.
    Json,
    /// The cases in full, one a line.
    JsonLines,
    /// All files with a description: a data package.
    Package,
}

/// Checks a casebook and makes its data. Nothing is made if an error was found.
///
/// # Errors
///
/// If a filter is not understood or no case fits, if there are no checklists to make a table of, and
/// as [`super::build()`].
pub fn export_data(files: &dyn Files, options: &DataOptions) -> Result<Outcome> {
    let mut read = read(files, &Selection::All, Asked::ByManifest)?;
    let mut artifacts = Vec::new();
    if let Some(report) = read.take_report()? {
        let report = part::keep(report, &options.filters)?;
        artifacts = make(&report, &read.sources, options.format)?;
    }
    let mut outcome = Outcome::new(read.sources, read.diagnostics, read.files, read.unusable);
    outcome.artifacts = artifacts;
    Ok(outcome)
}

/// The path of each case's file.
pub(super) fn paths<'s>(report: &Report, sources: &'s SourceMap) -> Vec<&'s str> {
    let path = |source| sources.get(source).path();
    report.cases.iter().map(|case| case.source.map_or("", path)).collect()
}

fn make(report: &Report, sources: &SourceMap, format: DataFormat) -> Result<Vec<Artifact>> {
    let corpus = Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    let figures = Figures::of(&corpus, &report.manifest);
    let files = paths(report, sources);
    let dataset = Dataset { report, corpus: &corpus, figures: &figures, files: &files };
    let alone = |path: &str, bytes| vec![Artifact { path: path.to_owned(), bytes }];
    Ok(match format {
        DataFormat::Csv(table) => match data::csv(&dataset, table) {
            Some(bytes) => alone("table.csv", bytes),
            None => bail!(diags::no_checklists()),
        },
        DataFormat::Json => alone("cases.json", data::json(&dataset)),
        DataFormat::JsonLines => alone("cases.jsonl", data::json_lines(&dataset)),
        DataFormat::Package => data::data(&dataset),
    })
}
