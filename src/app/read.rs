//! Owns reading and checking: from files to typed data and everything that is wrong with them.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::checklists::{Asked, Lists};
use super::form::{Settings, read_form};
use super::records::{Checked, Standard, check_file};
use super::{BrokenPattern, Files, Outcome, ReadError, diags};
use crate::diag::{Diagnostic, Severities, Sink};
use crate::form::Form;
use crate::load::{Limits, Node, from_node, parse};
use crate::lower::Lowering;
use crate::model::{Asset, CaseFiles, Chapter, ContentItem, Manifest, Markdown, Report};
use crate::source::{Location, SourceId, SourceMap, Span, resolve};
use crate::validate::{
    Context, ListedFacet, References, check_chapter, check_checklists, check_corpus,
    check_coverage, check_manifest, check_picture, file_stem, requirements,
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

/// What reading gives: a report if nothing is wrong, and all that is.
pub(super) struct Read {
    pub(super) sources: SourceMap,
    pub(super) diagnostics: Sink,
    pub(super) files: usize,
    /// Whether the manifest or the environment is at fault rather than a submission.
    pub(super) unusable: bool,
    pub(super) report: Option<Report>,
}

impl Read {
    fn unusable(sources: SourceMap, diagnostics: Sink) -> Self {
        Self { sources, diagnostics, files: 0, unusable: true, report: None }
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
    let tree = parse(manifest_source, &manifest_text, limits, &mut sink);
    let Some(tree) = tree.filter(|_| !has_errors(&sink)) else {
        return Ok(Read::unusable(sources, sink));
    };

    // The patterns are needed to know which cases there are, before all is known to be right.
    let patterns: CaseFiles = read_part(&tree, "cases");
    let include = patterns.included(&read_part(&tree, "form"));
    let found = match files.discover(&include, &patterns.exclude) {
        Ok(found) => found,
        Err(error) => {
            let broken = error.downcast::<BrokenPattern>()?;
            sink.push(diags::bad_pattern(
                &broken,
                place_of_pattern(&tree, &broken, manifest_source),
            ));
            return Ok(Read::unusable(sources, sink));
        }
    };
    let mut ids: Vec<&str> = found.iter().map(|path| file_stem(path)).collect();
    ids.sort_unstable();

    let form = Form::manifest();
    let manifest_file = sources.get(manifest_source);
    let mut references =
        check_manifest(form, manifest_file, manifest_source, &tree, &ids, &mut sink);
    let manifest = lower_manifest(&tree, manifest_source, &mut sink);
    let Some(manifest) = manifest.filter(|_| !has_errors(&sink)) else {
        return Ok(Read::unusable(sources, sink));
    };
    let rules = manifest.rules.iter().map(|(code, word)| (code.as_str(), word.as_str()));
    let severities = Severities::of(rules);
    let lists = Lists::of(&manifest, checklists)?;

    let settings = Settings { manifest: &manifest, tree: &tree, source: manifest_source };
    let Some(form) = read_form(files, &settings, limits, &mut sources, &mut sink) else {
        return Ok(Read::unusable(sources, sink));
    };

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
    let mut cases = Vec::new();
    for (path, bytes) in read {
        cases.extend(take_in(bytes, path, None, &mut sources, &mut sink));
    }
    if let Selection::Text { name, bytes } = selection {
        cases.extend(take_in(Ok(bytes.clone()), name, None, &mut sources, &mut sink));
    } else if paths.is_empty() {
        sink.push(diags::no_cases(&include));
        return Ok(Read::unusable(sources, sink));
    }

    let themes: Vec<&str> = manifest.themes.keys().collect();
    // The records of another form have names of their own.
    let ids = if form.roles().is_none() { Some(ids.as_slice()) } else { None };
    let facets = ListedFacet::all_of(&manifest, &tree, manifest_source);
    let context = Context { themes: &themes, ids, requirements: &requirements, facets: &facets };
    let lowering = Lowering::new(&form, &manifest);
    let standard = Standard {
        form: &form,
        lowering: &lowering,
        context: &context,
        lists: &lists,
        severities: &severities,
        limits,
    };
    let checked: Vec<Checked> =
        cases.par_iter().map(|source| check_file(&standard, &sources, *source)).collect();
    let facts = checked.iter().flat_map(|checked| &checked.facts);
    check_corpus(facts.clone(), &mut sink);
    if matches!(selection, Selection::All) {
        check_coverage(manifest_source, &tree, facts, &mut sink);
    }
    let mut report_cases = Vec::new();
    for checked in checked {
        sink.extend(checked.sink);
        report_cases.extend(checked.cases);
        references.extend(checked.references);
    }

    let mut chapters = BTreeMap::new();
    if matches!(selection, Selection::All) {
        for item in &manifest.contents {
            let ContentItem::Chapter(path) = item else { continue };
            let at = path.span.of(manifest_source);
            let source = read_chapter(files, &path.value, at, limits, &mut sources, &mut sink);
            let Some(source) = source else { continue };
            let file = sources.get(source);
            references.extend(check_chapter(file, source, &tree, &context, &mut sink));
            let text = file.text().to_owned();
            let text = Markdown { span: Span::new(0, text.len()), value: text };
            chapters.insert(path.value.clone(), Chapter { source, text });
        }
    }
    let files_read = cases.len() + chapters.len() + 1;
    let assets = read_assets(files, &references, &mut sink);
    severities.apply(&mut sink);
    report_cases.sort_by(|a, b| a.id.cmp(&b.id));
    let report = (!has_errors(&sink)).then_some(Report {
        manifest,
        manifest_source,
        chapters,
        cases: report_cases,
        assets,
    });
    Ok(Read { sources, diagnostics: sink, files: files_read, unusable: false, report })
}

fn has_errors(sink: &Sink) -> bool {
    sink.iter().any(Diagnostic::is_error)
}

/// A part of the manifest before all of it is known to be right; nothing where it is not.
fn read_part<T: DeserializeOwned + Default>(tree: &Node<'_>, key: &str) -> T {
    tree.get(key).and_then(|node| from_node(node).ok()).unwrap_or_default()
}

/// Where the manifest has a pattern.
fn place_of_pattern(tree: &Node<'_>, broken: &BrokenPattern, source: SourceId) -> Location {
    let cases = tree.get("cases");
    let lists = ["include", "exclude"].into_iter().filter_map(|key| cases?.get(key));
    let found = lists.flat_map(Node::items).find(|node| node.as_str() == Some(&broken.pattern));
    found.or(cases).unwrap_or(tree).span.of(source)
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

fn lower_manifest(tree: &Node<'_>, source: SourceId, sink: &mut Sink) -> Option<Manifest> {
    if has_errors(sink) {
        return None;
    }
    from_node(tree).map_err(|error| sink.push(diags::unlowered(&error.to_string(), source))).ok()
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
                check_picture(path, &bytes, *at, sink);
                assets.insert(path.clone(), Asset { path: path.clone(), bytes });
            }
            Err(error) => sink.push(diags::image_unreadable(path, &error, *at)),
        }
    }
    assets
}
