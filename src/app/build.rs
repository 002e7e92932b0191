//! Owns building: from checked data to figures, documents and files.

use anyhow::Result;

use super::checklists::Asked;
use super::open::severities;
use super::read::{Selection, read};
use super::{Files, Outcome};
use crate::aggregate::{Corpus, Dimensions, Figures};
use crate::diag::{Code, Severity, Sink};
use crate::export;
use crate::model::{Artifact, Output, Report};
use crate::source::SourceMap;
use crate::typeset::Typesetter;

/// What to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The outputs; those of the manifest if none are named.
    pub outputs: Vec<Output>,
    /// Seconds since 1970 to date the outputs with, if the manifest has no date.
    pub timestamp: Option<i64>,
    /// Whether to stop at warnings.
    pub strict: bool,
}

/// Checks a casebook and makes its outputs. Nothing is made if an error was found.
///
/// # Errors
///
/// If a pattern of the manifest is broken, or the folder cannot be searched.
pub fn build(files: &dyn Files, options: &BuildOptions) -> Result<Outcome> {
    let mut read = read(files, &Selection::All, Asked::ByManifest)?;
    let report = read.take_report();
    let mut sink = read.diagnostics;
    let mut artifacts = Vec::new();
    let outputs = outputs(report.as_ref(), options);
    let dated = settle_date(&mut sink, &outputs, options);
    let may_go_on =
        dated && (!options.strict || sink.iter().all(|found| found.severity == Severity::Info));
    if let Some(report) = report.filter(|_| may_go_on) {
        artifacts = make(&report, &read.sources, &outputs, options.timestamp, &mut sink);
    }
    let unusable = read.unusable || !dated;
    let mut outcome = Outcome::new(read.sources, sink, read.files, unusable);
    if outcome.status == super::Status::Clean {
        outcome.artifacts = artifacts;
    }
    Ok(outcome)
}

/// The outputs asked for, else the manifest's, each once.
fn outputs(report: Option<&Report>, options: &BuildOptions) -> Vec<Output> {
    let mut outputs = match (options.outputs.as_slice(), report) {
        ([], Some(report)) => report.manifest.outputs.clone(),
        (outputs, _) => outputs.to_vec(),
    };
    outputs.sort_unstable();
    outputs.dedup();
    outputs
}

/// Whether the outputs have the date that they need: the edition's, or one from outside.
///
/// A date from outside answers the warning that there is none; without it, a PDF makes the warning
/// an error.
fn settle_date(sink: &mut Sink, outputs: &[Output], options: &BuildOptions) -> bool {
    let Some(index) = sink.iter().position(|found| found.code == Code::DateMissing) else {
        return true;
    };
    if options.timestamp.is_some() {
        sink.remove(index);
        return true;
    }
    let needs_date = outputs.contains(&Output::Pdf);
    if needs_date {
        sink[index].severity = Severity::Error;
    }
    !needs_date
}

fn make(
    report: &Report,
    sources: &SourceMap,
    outputs: &[Output],
    timestamp: Option<i64>,
    sink: &mut Sink,
) -> Vec<Artifact> {
    let corpus = Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    let figures = Figures::of(&corpus, &report.manifest);
    let typesetter = Typesetter::new(report, &figures, sources, timestamp);
    let mut artifacts = Vec::new();
    let mut remarks = Sink::new();
    match export::documents(&typesetter, outputs, &mut remarks) {
        Ok(made) => artifacts.extend(made),
        Err(faults) => remarks.extend(faults),
    }
    severities(&report.manifest).apply(&mut remarks);
    sink.extend(remarks);
    if outputs.contains(&Output::Data) {
        let files = super::data::paths(report, sources);
        let dataset =
            export::data::Dataset { report, corpus: &corpus, figures: &figures, files: &files };
        artifacts.extend(export::data::data(&dataset));
    }
    // The same remark from two outputs is one remark.
    let mut seen = Vec::new();
    sink.retain(|diagnostic| {
        let new = !seen.contains(diagnostic);
        if new {
            seen.push(diagnostic.clone());
        }
        new
    });
    artifacts
}
