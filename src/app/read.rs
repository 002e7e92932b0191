//! Owns reading and checking: from files to typed data and everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use super::accepted::keep_accepted;
use super::checklists::{Asked, Lists};
use super::draft::draft;
use super::fonts::read_fonts;
use super::form::FormInUse;
use super::open::{Opened, has_errors, ids, open, severities};
use super::records::{Checked, Standard, check_file};
use super::templates::read_templates;
use super::{Files, Outcome, ReadError, diags};
use crate::diag::{Sink, sort};
use crate::language::Language;
use crate::load::Limits;
use crate::lower::Lowering;
use crate::model::{Asset, Case, Chapter, ContentItem, Markdown, OwnTemplates, Report};
use crate::source::{Location, SourceId, SourceMap, Span, resolve};
use crate::validate::{
    Context, ListedFacet, References, check_chapter, check_checklists, check_corpus,
    check_coverage, check_directives, check_picture, requirements,
};

/// The manifest's path from the root.
pub(super) const MANIFEST: &str = "casebook.yaml";

/// The largest picture that is read, in bytes.
const LARGEST_IMAGE: usize = 32 << 20;

/// Which cases to check.
pub enum Selection {
    /// All that the manifest's patterns choose.
    All,
    /// Files by their paths from the root.
    Paths(Vec<String>),
    /// One text that was not read from the root, with the name to show for it.
    Text {
        /// Name for messages.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Checks a casebook or some of its cases.
///
/// # Errors
///
/// If a pattern of the manifest is broken, or the folder cannot be searched.
pub fn validate(files: &dyn Files, selection: &Selection) -> Result<Outcome> {
    validate_against(files, selection, &[])
}

/// Checks a casebook or some of its cases, and holds each case against checklists.
///
/// # Errors
///
/// If a checklist is not known, and as [`validate`].
pub fn validate_against(
    files: &dyn Files,
    selection: &Selection,
    checklists: &[String],
) -> Result<Outcome> {
    let read = read(files, selection, Asked::Named(checklists))?;
    Ok(Outcome::new(read.sources, read.diagnostics, read.files, read.unusable))
}

/// What reading gives: what is sound, and all that is wrong.
pub(super) struct Read {
    pub(super) sources: SourceMap,
    pub(super) diagnostics: Sink,
    pub(super) files: usize,
    /// Whether the manifest or the environment is at fault rather than a submission.
    pub(super) unusable: bool,
    /// What is sound, if the manifest and the form are and the caller wants cases.
    pub(super) sound: Option<Sound>,
}

/// The sound part of a casebook.
pub(super) struct Sound {
    /// The report with the cases that have no error.
    pub(super) report: Report,
    /// The form that the cases are written in.
    pub(super) form: FormInUse,
    /// How many cases have errors and are not in the report; a file that cannot be read counts as one.
    pub(super) left_out: usize,
    /// The case files by their paths, each with its text if it has one that can be read.
    pub(super) files: Vec<(String, Option<SourceId>)>,
    /// Where the records say what is private.
    pub(super) hidden: Vec<Location>,
}

impl Read {
    fn unusable(sources: SourceMap, diagnostics: Sink) -> Self {
        Self { sources, diagnostics, files: 0, unusable: true, sound: None }
    }

    /// Takes the report out, with the cases that may be published, if nothing at all is wrong with the
    /// casebook.
    ///
    /// # Errors
    ///
    /// If the editors have accepted no case.
    pub(super) fn take_report(&mut self) -> Result<Option<Report>> {
        let sound = self.sound.take().filter(|_| !has_errors(&self.diagnostics));
        let Some(Sound { mut report, .. }) = sound else { return Ok(None) };
        keep_accepted(&mut report, &mut self.diagnostics)?;
        Ok(Some(report))
    }

    /// Takes the sound part of the report out as a draft, which names all that is wrong.
    pub(super) fn take_draft(&mut self) -> Option<Report> {
        let Sound { mut report, hidden, .. } = self.sound.take()?;
        if report.cases.is_empty() {
            return None;
        }
        sort(&mut self.diagnostics, &self.sources);
        report.draft = Some(draft(&report.cases, &self.diagnostics, &hidden, &self.sources));
        Some(report)
    }
}

pub(super) fn read(
    files: &dyn Files,
    selection: &Selection,
    checklists: Asked<'_>,
) -> Result<Read> {
    let limits = Limits::default();
    let mut sources = SourceMap::default();
    let mut sink = Sink::new();

    let Some(manifest_source) =
        take_in(files.read(MANIFEST, limits.bytes), MANIFEST, None, &mut sources, &mut sink)
    else {
        return Ok(Read::unusable(sources, sink));
    };
    let manifest_text = sources.get(manifest_source).text().to_owned();
    let opened = open(files, manifest_source, &manifest_text, limits, &mut sources, &mut sink)?;
    let Some(Opened {
        tree, manifest, regions, form, include, found, library, mut references, ..
    }) = opened
    else {
        return Ok(Read::unusable(sources, sink));
    };
    let ids = ids(&found);
    let severities = severities(&manifest);
    let lists = Lists::of(&manifest, checklists)?;

    check_checklists(&form, manifest_source, &tree, &mut sink);
    let requirements = requirements(&form, manifest_source, &tree, &mut sink);
    if has_errors(&sink) {
        return Ok(Read::unusable(sources, sink));
    }

    let paths: &[String] = match selection {
        Selection::All => &found,
        Selection::Paths(paths) => paths,
        Selection::Text { .. } => &[],
    };
    let read: Vec<(&str, Result<Vec<u8>, ReadError>)> =
        paths.par_iter().map(|path| (path.as_str(), files.read(path, limits.bytes))).collect();
    let mut case_files = Vec::new();
    for (path, bytes) in read {
        let source = take_in(bytes, path, None, &mut sources, &mut sink);
        case_files.push((path.to_owned(), source));
    }
    let mut cases: Vec<SourceId> = case_files.iter().filter_map(|(_, source)| *source).collect();
    if let Selection::Text { name, bytes } = selection {
        cases.extend(take_in(Ok(bytes.clone()), name, None, &mut sources, &mut sink));
    } else if paths.is_empty() {
        sink.push(diags::no_cases(&include));
        return Ok(Read::unusable(sources, sink));
    }

    // The records of another form have names of their own.
    let ids = if form.roles().is_none() { Some(ids.as_slice()) } else { None };
    let facets = ListedFacet::all_of(&manifest, &tree, manifest_source);
    let context = Context {
        themes: &manifest.themes,
        regions: Some(&regions),
        ids,
        requirements: &requirements,
        facets: &facets,
        library: &[],
    };
    let keys: Vec<&str> = library.keys().map(String::as_str).collect();
    let in_chapter = Context { library: &keys, ..context };
    let mut in_chapters = References::new();
    let mut chapters = BTreeMap::new();
    if matches!(selection, Selection::All) {
        for item in &manifest.contents {
            let ContentItem::Chapter { path, .. } = item else { continue };
            if chapters.contains_key(&path.value) {
                // It stands in the whole report and, elsewhere, in those of parts.
                continue;
            }
            let at = path.span.of(manifest_source);
            let source = read_chapter(files, &path.value, at, limits, &mut sources, &mut sink);
            let Some(source) = source else { continue };
            let file = sources.get(source);
            let checked = check_chapter(file, source, &tree, &in_chapter, &mut sink);
            in_chapters.extend(checked.references);
            let text = file.text().to_owned();
            let text = Markdown { span: Span::new(0, text.len()), value: text };
            let chapter = Chapter { source, text, directives: checked.directives };
            chapters.insert(path.value.clone(), chapter);
        }
    }
    // Whether a chapter places what is there shows in the cases alone.
    let places = chapters.values().any(|chapter: &Chapter| !chapter.directives.is_empty());
    let wants_cases = places || matches!(checklists, Asked::ByManifest);
    let lowering = Lowering::new(&form, &manifest);
    let standard = Standard {
        form: &form,
        lowering: &lowering,
        context: &context,
        lists: &lists,
        severities: &severities,
        limits,
        wants_cases,
    };
    let checked: Vec<Checked> =
        cases.par_iter().map(|source| check_file(&standard, &sources, *source)).collect();
    let unread = paths.len().saturating_sub(cases.len());
    let submitted = unread + checked.iter().map(|checked| checked.facts.len()).sum::<usize>();
    let facts = checked.iter().flat_map(|checked| &checked.facts);
    check_corpus(&regions, facts.clone(), &mut sink);
    if matches!(selection, Selection::All) {
        check_coverage(manifest_source, &tree, &regions, facts, &mut sink);
    }
    let mut report_cases = Vec::new();
    let mut hidden = Vec::new();
    for checked in checked {
        sink.extend(checked.sink);
        report_cases.extend(checked.cases);
        hidden.extend(checked.hidden);
        references.extend(checked.references);
    }
    references.extend(in_chapters);
    let templates = match selection {
        Selection::All => {
            read_templates(files, &manifest, manifest_source, &mut sources, &mut sink)?
        }
        _ => OwnTemplates::default(),
    };
    let files_read = cases.len() + chapters.len() + templates.files.len() + 1;
    let assets = read_assets(files, &references, &mut sink);
    let fonts = read_fonts(files, &manifest.style.fonts, manifest_source, &mut sink);
    severities.apply(&mut sink);
    drop_faulty(&mut report_cases, &sink);
    report_cases.sort_by(|a, b| a.id.cmp(&b.id));
    let left_out = submitted.saturating_sub(report_cases.len());
    // Messages are in English; what people read of a casebook is in its own language.
    let regions = match Language::of(&manifest.language) {
        Some(language) => regions.naming(language.code()),
        None => regions,
    };
    let report = Report {
        manifest,
        manifest_source,
        chapters,
        library,
        cases: report_cases,
        regions,
        assets,
        fonts,
        templates,
        part: None,
        draft: None,
        earlier: None,
    };
    let mut found = Sink::new();
    check_directives(&report, left_out == 0, &mut found);
    severities.apply(&mut found);
    sink.extend(found);
    let sound = wants_cases.then_some(Sound { report, form, left_out, files: case_files, hidden });
    Ok(Read { sources, diagnostics: sink, files: files_read, unusable: false, sound })
}

/// Drops the cases in whose records an error was found after they were checked one by one: an id that
/// another has too, a picture that is not there.
fn drop_faulty(cases: &mut Vec<Case>, sink: &Sink) {
    let errors = sink.iter().filter(|found| found.is_error());
    let places = errors.filter_map(|found| Some(found.primary.as_ref()?.location));
    let places: BTreeSet<(SourceId, u32)> =
        places.map(|place| (place.source, place.span.start)).collect();
    cases.retain(|case| {
        let Some(source) = case.source else { return true };
        let record = (source, case.record.start)..(source, case.record.end);
        places.range(record).next().is_none()
    });
}

/// Takes a file's bytes in as text.
pub(super) fn take_in(
    bytes: Result<Vec<u8>, ReadError>,
    path: &str,
    at: Option<Location>,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<SourceId> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) if path == MANIFEST => {
            sink.push(diags::manifest_missing());
            return None;
        }
        Err(error) => {
            sink.push(diags::unreadable(path, &error, at));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let is_empty = text.trim_start_matches('\u{feff}').trim().is_empty();
            let source = sources.add(path, text);
            if is_empty {
                sink.push(diags::empty_file(source));
                return None;
            }
            Some(source)
        }
        Err(error) => {
            sink.push(diags::not_utf8(path, error.as_bytes(), sources));
            None
        }
    }
}

fn read_chapter(
    files: &dyn Files,
    path: &str,
    at: Location,
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<SourceId> {
    // The manifest lies at the root, so a chapter's path starts there.
    let bytes = match resolve(MANIFEST, path) {
        Some(inside) => files.read(&inside, limits.bytes),
        None => Err(ReadError::Outside),
    };
    match bytes {
        Err(error) => {
            sink.push(diags::chapter_unreadable(path, &error, at));
            None
        }
        bytes => take_in(bytes, path, Some(at), sources, sink),
    }
}

fn read_assets(
    files: &dyn Files,
    references: &References,
    sink: &mut Sink,
) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    for (path, at) in references {
        match files.read(path, LARGEST_IMAGE) {
            Ok(bytes) => {
                let before = sink.len();
                check_picture(path, &bytes, *at, sink);
                // What is no picture cannot be shown; a draft goes on without it.
                if !has_errors(sink.get(before..).unwrap_or_default()) {
                    assets.insert(path.clone(), Asset { path: path.clone(), bytes });
                }
            }
            Err(error) => sink.push(diags::image_unreadable(path, &error, *at)),
        }
    }
    assets
}
