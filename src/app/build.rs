//! Owns building: from checked data to figures, documents and files.

use anyhow::Result;

use super::read::{Selection, read};
use super::{Artifact, Files, Outcome};
use crate::aggregate::Figures;
use crate::diag::{Diagnostic, Sink};
use crate::export;
use crate::model::{Output, Report};
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
/// If the built-in form is broken, or the folder cannot be searched.
pub fn build(files: &dyn Files, options: &BuildOptions) -> Result<Outcome> {
    let read = read(files, &Selection::All)?;
    let mut sink = read.diagnostics;
    let mut artifacts = Vec::new();
    let may_go_on = !options.strict || sink.is_empty();
    if let Some(report) = read.report.filter(|_| may_go_on) {
        artifacts = make(&report, &read.sources, options, &mut sink);
    }
    let mut outcome = Outcome::new(read.sources, sink, read.files, read.unusable);
    if outcome.status == super::Status::Clean {
        outcome.artifacts = artifacts;
    }
    Ok(outcome)
}

fn make(
    report: &Report,
    sources: &SourceMap,
    options: &BuildOptions,
    sink: &mut Sink,
) -> Vec<Artifact> {
    let figures = Figures::of(&report.cases, &report.manifest.themes);
    let mut outputs = match options.outputs.as_slice() {
        [] => report.manifest.outputs.clone(),
        outputs => outputs.to_vec(),
    };
    outputs.sort_unstable();
    outputs.dedup();
    let typesetter = Typesetter::new(report, &figures, sources, options.timestamp);
    let mut artifacts = Vec::new();
    for output in outputs {
        let made: Result<Vec<Artifact>, Vec<Diagnostic>> = match output {
            Output::Pdf => export::pdf(&typesetter, sink),
            Output::Html => export::html(&typesetter, sink),
            Output::Site => export::site(&typesetter, sink),
            Output::Data => Ok(export::data(report, &figures)),
        };
        match made {
            Ok(made) => artifacts.extend(made),
            Err(faults) => sink.extend(faults),
        }
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
