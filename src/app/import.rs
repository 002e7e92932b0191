//! Owns the import: the rows of a survey become case files, and hand edits are left alone.

mod flow;
mod join;
mod known;
mod merge;
mod overwrite;
mod plan;
mod rows;
mod shared;

use std::collections::BTreeSet;

use anyhow::Result;

use self::known::Known;
use self::plan::{Planned, plan};
use self::rows::Run;
use super::open::{Opened, has_errors, open};
use super::read::{MANIFEST, take_in};
use super::{Files, Outcome, new_case};
use crate::diag::Sink;
use crate::form::Form;
use crate::import::{
    self, Maker, Mapping, Memory, OfCases, Reading, own_mapping, read_mapping, read_survey,
};
use crate::load::{Limits, parse};
use crate::source::{SourceId, SourceMap, resolve};
use crate::validate::check_form;

pub use self::plan::RowFate;

/// The largest mapping that is read, in bytes.
pub const LARGEST_MAPPING: usize = 1 << 20;

/// A file that lies anywhere, with the name to show for it.
#[derive(Debug, Clone)]
pub struct NamedFile {
    /// Name for messages.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The answers.
    pub survey: NamedFile,
    /// Where they go; what casebook exports itself needs none.
    pub mapping: Option<NamedFile>,
    /// What the last import left.
    pub memory: Option<NamedFile>,
    /// Whether rows win over what was written by hand.
    pub overwrite: bool,
    /// Tables that lie beside the answers, if those are casebook's own.
    pub beside: Vec<NamedFile>,
}

/// What an import comes to. Nothing is written yet.
#[derive(Debug)]
pub struct Imported {
    /// What was found.
    pub outcome: Outcome,
    /// What becomes of each row.
    pub rows: Vec<ImportedRow>,
    /// The files to write.
    pub writes: Vec<CaseFile>,
    /// What the next import needs to know; none if that is what this one knew.
    pub memory: Option<Vec<u8>>,
    /// Columns that go nowhere.
    pub unused: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// Its line in a text, its row in a workbook.
    pub line: usize,
    /// The case file, from the root.
    pub file: String,
    /// What becomes of it.
    pub fate: RowFate,
    /// The text of the case.
    pub text: String,
}

/// A case file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its path from the root.
    pub path: String,
    /// What stands there now, if anything does.
    pub before: Option<Vec<u8>>,
    /// Its new text.
    pub text: String,
}

/// Makes case files of the rows of a survey.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn import(files: &dyn Files, options: &ImportOptions) -> Result<Imported> {
    let mut start = Start::default();
    let made = start.with_casebook(files, |opened, manifest, sources, sink| {
        make(files, options, (opened, manifest), sources, sink)
    })?;
    let Start { sources, sink } = start;
    let made = made.flatten();
    let outcome = Outcome::new(
        sources,
        sink,
        made.as_ref().map_or(0, |made| made.rows.len()),
        made.is_none(),
    );
    let made = made.unwrap_or_default();
    let Made { rows, writes, memory, unused } = made;
    Ok(Imported { outcome, rows, writes, memory, unused })
}

/// Proposes a mapping for a survey; none if the manifest or the survey cannot be read.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn draft_mapping(files: &dyn Files, survey: &NamedFile) -> Result<(Outcome, Option<String>)> {
    let mut start = Start::default();
    let NamedFile { name, bytes } = survey;
    let draft = start.with_casebook(files, |opened, _, sources, sink| {
        let read = read_survey(name, bytes, &Reading::default(), sources, sink);
        let (themes, regions) = (&opened.manifest.themes, &opened.regions);
        Ok(read.map(|read| import::draft(&read, &opened.form, themes, regions, name)))
    })?;
    let draft = draft.flatten();
    Ok((Outcome::new(start.sources, start.sink, 1, draft.is_none()), draft))
}

/// What is read before anything is imported, and what is wrong with it.
#[derive(Default)]
struct Start {
    sources: SourceMap,
    sink: Sink,
}

impl Start {
    /// Opens the casebook and does something with it; nothing if its manifest or form is not sound.
    fn with_casebook<T>(
        &mut self,
        files: &dyn Files,
        act: impl FnOnce(&Opened<'_>, SourceId, &mut SourceMap, &mut Sink) -> Result<T>,
    ) -> Result<Option<T>> {
        let Self { sources, sink } = self;
        let limits = Limits::default();
        let manifest = files.read(MANIFEST, limits.bytes);
        let Some(source) = take_in(manifest, MANIFEST, None, sources, sink) else {
            return Ok(None);
        };
        let text = sources.get(source).text().to_owned();
        let Some(opened) = open(files, source, &text, limits, sources, sink)? else {
            return Ok(None);
        };
        // What else the manifest may lack is no matter here.
        sink.clear();
        act(&opened, source, sources, sink).map(Some)
    }
}

/// What an import makes.
#[derive(Default)]
struct Made {
    rows: Vec<ImportedRow>,
    writes: Vec<CaseFile>,
    memory: Option<Vec<u8>>,
    unused: Vec<String>,
}

/// Reads mapping, survey and memory, and goes through the rows; nothing if one of them cannot be read.
fn make(
    files: &dyn Files,
    options: &ImportOptions,
    (opened, manifest): (&Opened<'_>, SourceId),
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Result<Option<Made>> {
    let read = |file: &NamedFile, sources: &mut SourceMap, sink: &mut Sink| {
        mapping_of(&opened.form, file, sources, sink)
    };
    let mapping = options.mapping.as_ref().map(|file| read(file, sources, sink));
    if matches!(mapping, Some(None)) {
        return Ok(None);
    }
    let mapping = mapping.flatten();
    let reading = mapping.as_ref().map(|mapping| mapping.reading.clone()).unwrap_or_default();
    let NamedFile { name, bytes } = &options.survey;
    let Some(survey) = read_survey(name, bytes, &reading, sources, sink) else { return Ok(None) };
    let Some(mapping) = mapping.or_else(|| own_mapping(&survey, &opened.form, &opened.manifest))
    else {
        sink.push(import::no_mapping(name));
        return Ok(None);
    };
    let Some(memory) = memory_of(options, sink) else { return Ok(None) };
    let rules = (&opened.manifest, &opened.regions);
    let maker = Maker::new(&opened.form, rules, &mapping, &survey, sink);
    let folder = folder_of(&mapping, opened, sink);
    let (Some(mut maker), Some(folder)) = (maker, folder) else { return Ok(None) };
    if maker.is_of_own_tables() && !take_tables(&options.beside, &mut maker, sources, sink) {
        return Ok(None);
    }

    let known = match maker.is_by_roles() {
        true => Known::by_records(files, opened),
        false => Known::by_names(&opened.found),
    };
    let run = Run {
        opened,
        source: manifest,
        survey: &survey,
        mapping: &mapping,
        maker: &maker,
        known: &known,
    };
    let mut rows = run.named(&memory, &folder, sink);
    run.complete(files, &mut rows);
    let mut checked = run.checked(rows, sources, sink)?;
    run.join(files, (&memory, options.overwrite), &mut checked, sources)?;
    let unused = maker.unused().into_iter().map(str::to_owned).collect();
    let mut made = Made { unused, ..Made::default() };
    let mut remembered = memory.clone();
    let mut keys = BTreeSet::new();
    for row in checked {
        let line = sources.get(survey.source).position(row.at.span.start).line;
        let Planned { fate, write, remember } = plan(files, &row, &memory, options.overwrite, sink);
        let alone = write.as_ref().filter(|_| row.index.is_none());
        let text = alone.map_or(row.text, |written| written.text.clone());
        made.writes.extend(write);
        if let Some(remember) = remember {
            remembered.remember(&row.key, remember);
        }
        keys.insert(row.key);
        made.rows.push(ImportedRow { line, file: row.file, fate, text });
    }
    let gone = memory.without(&keys);
    if !gone.is_empty() {
        sink.push(import::gone(&gone, name));
    }
    // An export that came back to its own casebook unchanged leaves nothing there.
    let is_idle = mapping.source.is_none() && options.memory.is_none() && made.writes.is_empty();
    made.memory = (remembered != memory && !is_idle).then(|| remembered.write());
    Ok(Some(made))
}

/// Reads the tables beside the cases; false if one of them cannot be read.
fn take_tables(
    beside: &[NamedFile],
    maker: &mut Maker<'_>,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> bool {
    let mut of_cases = OfCases::default();
    for NamedFile { name, bytes } in beside {
        // Of a survey, a header alone is refused; a casebook may have nothing for a table.
        if bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).nth(1).is_none() {
            continue;
        }
        let Some(table) = read_survey(name, bytes, &Reading::default(), sources, sink) else {
            return false;
        };
        of_cases.add(&table);
    }
    maker.take_beside(of_cases);
    true
}

/// What the last import left; none if it cannot be read.
fn memory_of(options: &ImportOptions, sink: &mut Sink) -> Option<Memory> {
    let Some(file) = &options.memory else { return Some(Memory::default()) };
    let broken = |reason: String| sink.push(import::memory_broken(&file.name, &reason));
    Memory::read(&file.bytes).map_err(broken).ok()
}

/// Reads a mapping; none if anything is wrong with it.
fn mapping_of(
    form: &Form,
    file: &NamedFile,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Mapping> {
    let source = take_in(Ok(file.bytes.clone()), &file.name, None, sources, sink)?;
    let text = sources.get(source).text().to_owned();
    let tree = parse(source, &text, Limits::default(), sink)?;
    check_form(Form::mapping(), source, &tree, sink);
    if has_errors(sink) {
        return None;
    }
    let mapping = read_mapping(form, source, &tree, sink);
    (!has_errors(sink)).then_some(mapping)
}

/// The folder of new cases: the mapping's, else that of the cases that there are, else where the manifest
/// looks for them.
fn folder_of(mapping: &Mapping, opened: &Opened<'_>, sink: &mut Sink) -> Option<String> {
    let Some(folder) = &mapping.folder else {
        let found = opened.found.iter();
        let folders = found.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder));
        // The others lie inside it, or are as good.
        let outermost = folders.min_by_key(|folder| (folder.split('/').count(), folder.len()));
        let wanted = || new_case::folder_of(&opened.include).trim_end_matches('/').to_owned();
        return Some(outermost.map_or_else(wanted, str::to_owned));
    };
    let inside = resolve(MANIFEST, &folder.value);
    if inside.is_none() {
        let at = mapping.source.map(|source| folder.span.of(source));
        sink.push(import::wrong_folder(&folder.value, at));
    }
    inside
}
