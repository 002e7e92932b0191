//! Owns the edition: what is built of a casebook, once it is known that it may be.

use anyhow::Result;

use super::checklists::Asked;
use super::earlier::{self, Compared};
use super::open::{has_errors, severities};
use super::read::{Read, Selection, read};
use super::{Files, Outcome};
use crate::aggregate::{Corpus, Dimensions, Figures};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::export::{self, Awaiting, KeptPages, Progress, Publication};
use crate::model::{Artifact, EditionStatus, Output, Report, Volumes};
use crate::source::SourceMap;
use crate::typeset::{Typesetter, VolumeIndex};

/// What to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The outputs; those of the manifest if none are named.
    pub outputs: Vec<Output>,
    /// Which cases, as `FACET=VALUE`; all if nothing is said.
    pub filters: Vec<String>,
    /// Seconds since 1970 to date the outputs with, if the manifest has no date.
    pub timestamp: Option<i64>,
    /// Whether to build a draft, whatever the manifest says.
    pub draft: bool,
    /// The edition to tell what is new since, as a folder or a revision; the manifest's if none is named.
    pub since: Option<String>,
    /// Whether to stop at warnings.
    pub strict: bool,
    /// How many warnings are too many.
    pub max_warnings: Option<usize>,
    /// Who is told how far the work is.
    pub progress: Progress,
}

impl BuildOptions {
    /// Whether nothing that was found keeps anybody from building.
    fn permit<'d>(&self, found: impl Iterator<Item = &'d Diagnostic>) -> bool {
        let most = if self.strict { Some(0) } else { self.max_warnings };
        let mut warnings = 0;
        for diagnostic in found {
            if diagnostic.is_error() {
                return false;
            }
            warnings += usize::from(diagnostic.severity == Severity::Warning);
        }
        most.is_none_or(|most| warnings <= most)
    }
}

/// A casebook that was read to be built.
pub(super) struct Edition<'o> {
    options: &'o BuildOptions,
    sources: SourceMap,
    found: Sink,
    /// How much of it was found before anything was made.
    when_read: usize,
    files: usize,
    unusable: bool,
    /// Whether what is wrong is shown to editors rather than in the way.
    is_draft: bool,
    outputs: Vec<Output>,
    /// The pages of the last build of the site, if it is built again and again.
    kept: Option<&'o KeptPages>,
    /// Who waits for one of its pages.
    awaiting: Option<&'o dyn Awaiting>,
}

impl<'o> Edition<'o> {
    /// Reads a casebook; there is a report only if it may be built.
    ///
    /// # Errors
    ///
    /// If a pattern of the manifest is broken, if the folder cannot be searched, or if the editors have
    /// accepted no case.
    pub(super) fn read(
        files: &dyn Files,
        options: &'o BuildOptions,
    ) -> Result<(Self, Option<Report>)> {
        let mut read = read(files, &Selection::All, Asked::ByManifest)?;
        let status = read.sound.as_ref().and_then(|sound| sound.report.manifest.edition);
        let status = status.map(|edition| edition.status);
        let is_draft = options.draft || status == Some(EditionStatus::Draft);
        let compared = compared(files, options, &mut read);
        let report = if is_draft { read.take_draft() } else { read.take_report()? };
        let report = report.map(|report| Report {
            earlier: compared.map(|compared| compared.with(&report)),
            ..report
        });
        settle_comparison(&mut read.diagnostics, is_draft, options);
        let outputs = outputs(report.as_ref(), options);
        if let Some(report) = &report {
            let since = options.since.as_deref();
            earlier::settle_untold(report, &outputs, since, &read.sources, &mut read.diagnostics);
        }
        let dated = settle_date(&mut read.diagnostics, &outputs, options);
        let edition = Self {
            options,
            sources: read.sources,
            when_read: read.diagnostics.len(),
            found: read.diagnostics,
            files: read.files,
            unusable: read.unusable || !dated,
            is_draft,
            outputs,
            kept: None,
            awaiting: None,
        };
        let report = report.filter(|_| dated && (is_draft || options.permit(edition.found.iter())));
        Ok((edition, report))
    }

    /// Keeps pages of the site for the next time, and takes those that were kept.
    pub(super) fn keeping(self, kept: Option<&'o KeptPages>) -> Self {
        Self { kept, ..self }
    }

    /// Shows one page before the rest, to whoever waits for it.
    pub(super) fn showing(self, awaiting: Option<&'o dyn Awaiting>) -> Self {
        Self { awaiting, ..self }
    }

    /// Makes the outputs of a report; none if something is in the way, which is then told.
    ///
    /// What is in the way of one volume is in no other's way.
    pub(super) fn make(&mut self, report: &Report) -> Option<Vec<Artifact>> {
        let mut remarks = Sink::new();
        let made = make(self, report, &mut remarks);
        self.judge(made, remarks)
    }

    /// Makes the page that leads to volumes, if any of their outputs is for the web.
    pub(super) fn make_index(
        &mut self,
        report: &Report,
        volumes: &Volumes,
    ) -> Option<Vec<Artifact>> {
        if !self.outputs.iter().any(|output| matches!(output, Output::Html | Output::Site)) {
            return Some(Vec::new());
        }
        let mut remarks = Sink::new();
        let figures = Figures::of(&Corpus::new(&[], dimensions(report)), &report.manifest);
        let index = VolumeIndex { volumes, outputs: &self.outputs };
        let timestamp = self.options.timestamp;
        let typesetter = Typesetter::of_volumes(report, &figures, index, &self.sources, timestamp);
        let made = export::volumes(&typesetter, self.is_draft, &mut remarks);
        let made = settled(made, report, &mut remarks);
        self.judge(made, remarks)
    }

    /// What was made, if nothing that was found is in its way.
    fn judge(&mut self, made: Option<Vec<Artifact>>, remarks: Sink) -> Option<Vec<Artifact>> {
        let fine = match self.is_draft {
            true => !has_errors(&remarks),
            false => self.options.permit(self.found.iter().take(self.when_read).chain(&remarks)),
        };
        for remark in remarks {
            // The same remark from two volumes is one remark.
            if !self.found.iter().skip(self.when_read).any(|known| *known == remark) {
                self.found.push(remark);
            }
        }
        made.filter(|_| fine)
    }

    /// How the run ended.
    pub(super) fn outcome(self, artifacts: Vec<Artifact>) -> Outcome {
        let mut outcome = Outcome::new(self.sources, self.found, self.files, self.unusable);
        outcome.artifacts = artifacts;
        outcome.is_draft = self.is_draft;
        outcome
    }
}

/// The outputs asked for, else the manifest's, each once.
pub(super) fn outputs(report: Option<&Report>, options: &BuildOptions) -> Vec<Output> {
    let mut outputs = match (options.outputs.as_slice(), report) {
        ([], Some(report)) => report.manifest.outputs.clone(),
        (outputs, _) => outputs.to_vec(),
    };
    outputs.sort_unstable();
    outputs.dedup();
    outputs
}

/// The edition to tell what is new since, compared with the casebook that was read. Says so if it cannot
/// be.
fn compared(files: &dyn Files, options: &BuildOptions, read: &mut Read) -> Option<Compared> {
    let sound = read.sound.as_ref()?;
    let wanted = earlier::wanted(options, &sound.report)?;
    let sink = &mut read.diagnostics;
    match earlier::compare(files, wanted, (&read.sources, sound), sink) {
        Ok(compared) => Some(compared),
        Err(found) => {
            read.unusable = true;
            read.diagnostics.push(*found);
            None
        }
    }
}

/// Settles what is to be said of a section that tells what is new since nobody knows when: the caller may
/// know. Else there is no report but a draft, since nobody would miss the section in it before readers do.
fn settle_comparison(sink: &mut Sink, is_draft: bool, options: &BuildOptions) {
    if options.since.is_some() {
        sink.retain(|found| found.code != Code::EarlierMissing);
    }
    for found in sink.iter_mut().filter(|found| found.code == Code::EarlierMissing && !is_draft) {
        found.severity = Severity::Error;
    }
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

/// Counts, typesets and exports. None if Typst refused anything.
fn make(edition: &Edition<'_>, report: &Report, sink: &mut Sink) -> Option<Vec<Artifact>> {
    let Edition { sources, outputs, .. } = edition;
    let corpus = Corpus::new(&report.cases, dimensions(report));
    let figures = Figures::of(&corpus, &report.manifest);
    let typesetter = Typesetter::new(report, &figures, sources, outputs, edition.options.timestamp);
    let data = if outputs.contains(&Output::Data) {
        let files = super::data::paths(report, sources);
        let dataset =
            export::data::Dataset { report, corpus: &corpus, figures: &figures, files: &files };
        export::data::data(&dataset)
    } else {
        Vec::new()
    };
    let publication = Publication {
        typesetter: &typesetter,
        report,
        corpus: &corpus,
        data: &data,
        kept: edition.kept,
        awaiting: edition.awaiting,
        progress: &edition.options.progress,
    };
    let made = export::documents(&publication, outputs, sink);
    let mut artifacts = settled(made, report, sink)?;
    artifacts.extend(data);
    Some(artifacts)
}

/// What was made, with what was found on the way in the severities of the casebook.
fn settled(
    made: Result<Vec<Artifact>, Vec<Diagnostic>>,
    report: &Report,
    sink: &mut Sink,
) -> Option<Vec<Artifact>> {
    // The same remark from two outputs is one remark.
    let mut seen = Sink::new();
    for remark in sink.drain(..).chain(made.as_ref().err().into_iter().flatten().cloned()) {
        if !seen.contains(&remark) {
            seen.push(remark);
        }
    }
    severities(&report.manifest).apply(&mut seen);
    *sink = seen;
    made.ok()
}

/// What the manifest says of facets.
fn dimensions(report: &Report) -> Dimensions<'_> {
    Dimensions::of(&report.manifest, &report.regions)
}
