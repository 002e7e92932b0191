//! Owns the import: the rows of a survey become case files, and hand edits are left alone.

mod plan;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use self::plan::{Planned, plan};
use super::checklists::{Asked, Lists};
use super::open::{Opened, has_errors, ids, open, severities};
use super::read::{MANIFEST, take_in};
use super::records::{Standard, check_file};
use super::{Files, Outcome};
use crate::compose::yaml;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::form::Form;
use crate::import::{
    self, Made, Maker, Mapping, Memory, Reading, Row, Survey, own_mapping, read_mapping,
    read_survey,
};
use crate::load::{Limits, Node, Value, parse};
use crate::lower::Lowering;
use crate::source::{Location, SourceId, SourceMap, resolve};
use crate::validate::{Context, ListedFacet, check_form, file_stem, requirements};

pub use self::plan::RowFate;

/// The largest mapping that is read, in bytes.
pub const LARGEST_MAPPING: usize = 1 << 20;

/// The folder of cases where there is none yet.
const CASES: &str = "cases";

/// The highest number that a case without a name gets.
const MOST_FALLBACKS: usize = 1_000_000;

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
    /// What the next import needs to know; none if nothing can be imported.
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
    let mut sources = SourceMap::default();
    let mut sink = Sink::new();
    let limits = Limits::default();
    let manifest = files.read(MANIFEST, limits.bytes);
    let Some(source) = take_in(manifest, MANIFEST, None, &mut sources, &mut sink) else {
        return Ok(nothing(sources, sink));
    };
    let text = sources.get(source).text().to_owned();
    let Some(opened) = open(files, source, &text, limits, &mut sources, &mut sink)? else {
        return Ok(nothing(sources, sink));
    };
    // What else the manifest may lack is no matter here.
    sink.clear();
    let mapping = match &options.mapping {
        None => None,
        Some(file) => match mapping_of(&opened.form, file, &mut sources, &mut sink) {
            Some(mapping) => Some(mapping),
            None => return Ok(nothing(sources, sink)),
        },
    };
    let reading = mapping.as_ref().map_or_else(Reading::default, |mapping| mapping.reading.clone());
    let NamedFile { name, bytes } = &options.survey;
    let Some(survey) = read_survey(name, bytes, &reading, &mut sources, &mut sink) else {
        return Ok(nothing(sources, sink));
    };
    let Some(mapping) = mapping.or_else(|| own_mapping(&survey)) else {
        sink.push(import::no_mapping(name));
        return Ok(nothing(sources, sink));
    };
    let memory = match options.memory.as_ref().map(|file| (file, Memory::read(&file.bytes))) {
        None => Memory::default(),
        Some((_, Ok(memory))) => memory,
        Some((file, Err(reason))) => {
            sink.push(import::memory_broken(&file.name, &reason));
            return Ok(nothing(sources, sink));
        }
    };
    let rules = (&opened.manifest.themes, &opened.regions);
    let maker = Maker::new(&opened.form, rules, &mapping, &survey, &mut sink);
    let folder = folder_of(&mapping, &opened.found, &mut sink);
    let (Some(maker), Some(folder)) = (maker, folder) else { return Ok(nothing(sources, sink)) };

    let unused = maker.unused().into_iter().map(str::to_owned).collect();
    let run = Run { opened: &opened, source, survey: &survey, mapping: &mapping, maker: &maker };
    let rows = run.named(&memory, &folder, &mut sink);
    let checked = run.checked(rows, &mut sources, &mut sink)?;
    let (mut rows, mut writes, mut remembered) = (Vec::new(), Vec::new(), memory.clone());
    let mut keys = BTreeSet::new();
    for row in checked {
        keys.insert(row.key.clone());
        let line = sources.get(survey.source).position(row.at.span.start).line;
        let Planned { fate, write, remember } =
            plan(files, &row, &memory, options.overwrite, &mut sink);
        writes.extend(write);
        if let Some(remember) = remember {
            remembered.remember(&row.key, remember);
        }
        rows.push(ImportedRow { line, file: row.file, fate, text: row.text });
    }
    let gone = memory.without(&keys);
    if !gone.is_empty() {
        sink.push(import::gone(&gone, name));
    }
    let count = rows.len();
    let outcome = Outcome::new(sources, sink, count, false);
    Ok(Imported { outcome, rows, writes, memory: Some(remembered.write()), unused })
}

/// Proposes a mapping for a survey; none if the manifest or the survey cannot be read.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn draft_mapping(files: &dyn Files, survey: &NamedFile) -> Result<(Outcome, Option<String>)> {
    let mut sources = SourceMap::default();
    let mut sink = Sink::new();
    let limits = Limits::default();
    let manifest = files.read(MANIFEST, limits.bytes);
    let Some(source) = take_in(manifest, MANIFEST, None, &mut sources, &mut sink) else {
        return Ok((Outcome::new(sources, sink, 0, true), None));
    };
    let text = sources.get(source).text().to_owned();
    let Some(opened) = open(files, source, &text, limits, &mut sources, &mut sink)? else {
        return Ok((Outcome::new(sources, sink, 0, true), None));
    };
    sink.clear();
    let read =
        read_survey(&survey.name, &survey.bytes, &Reading::default(), &mut sources, &mut sink);
    let (form, regions) = (&opened.form, &opened.regions);
    let draft =
        read.map(|read| import::draft(&read, form, &opened.manifest.themes, regions, &survey.name));
    let outcome = Outcome::new(sources, sink, 1, draft.is_none());
    Ok((outcome, draft))
}

fn nothing(sources: SourceMap, sink: Sink) -> Imported {
    let outcome = Outcome::new(sources, sink, 0, true);
    Imported { outcome, rows: Vec::new(), writes: Vec::new(), memory: None, unused: Vec::new() }
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

/// The folder of new cases: the mapping's, else that of the cases that there are.
fn folder_of(mapping: &Mapping, found: &[String], sink: &mut Sink) -> Option<String> {
    let Some(folder) = &mapping.folder else {
        let first = found.first().and_then(|path| path.rsplit_once('/'));
        return Some(first.map_or(CASES, |(folder, _)| folder).to_owned());
    };
    let inside = resolve(MANIFEST, &folder.value);
    if inside.is_none() {
        let at = mapping.source.map(|source| folder.span.of(source));
        sink.push(import::wrong_folder(&folder.value, at));
    }
    inside
}

/// A row with the name of its case.
struct Named<'s> {
    row: &'s Row,
    key: String,
    file: String,
    record: Node<'static>,
}

/// A row whose case was checked.
pub(in crate::app) struct Checked {
    key: String,
    file: String,
    record: Node<'static>,
    text: String,
    /// The row, for messages about all of it.
    at: Location,
    is_sound: bool,
}

/// What an import works with.
struct Run<'a> {
    opened: &'a Opened<'a>,
    /// The manifest.
    source: SourceId,
    survey: &'a Survey,
    mapping: &'a Mapping,
    maker: &'a Maker<'a>,
}

impl<'a> Run<'a> {
    /// The place of a row: its first cell.
    fn at(&self, row: &Row) -> Location {
        row.cells.iter().flatten().next().map_or(row.span, |cell| cell.span).of(self.survey.source)
    }

    /// The wanted rows, each with a file of its own. Pushes those that share one.
    fn named(&self, memory: &Memory, folder: &str, sink: &mut Sink) -> Vec<Named<'a>> {
        let wanted: Vec<&Row> =
            self.survey.rows.iter().filter(|row| self.maker.wants(row)).collect();
        let made: Vec<Made> = wanted.par_iter().map(|row| self.maker.make(row)).collect();
        let known: BTreeMap<&str, &str> =
            self.opened.found.iter().map(|path| (file_stem(path), path.as_str())).collect();
        let mut files: BTreeMap<String, Location> = BTreeMap::new();
        let mut keys: BTreeMap<String, Location> = BTreeMap::new();
        let mut named = Vec::new();
        for (row, made) in wanted.into_iter().zip(made) {
            let at = self.at(row);
            if let Some(key) = &made.key
                && let Some(first) = keys.insert(key.clone(), at)
            {
                sink.push(import::id_twice(key, true, at, first));
                continue;
            }
            let remembered = made.key.as_ref().and_then(|key| memory.of(key));
            let has_own_id = made.record.get("id").is_some();
            let file = match remembered.filter(|_| !has_own_id) {
                Some(remembered) => remembered.file.clone(),
                None => {
                    let id =
                        made.id.clone().unwrap_or_else(|| self.fallback(&made, &files, folder));
                    let id = crate::lower::slug(&id);
                    let there = known.get(id.as_str()).map(|path| (*path).to_owned());
                    there.unwrap_or_else(|| format!("{folder}/{id}.yaml"))
                }
            };
            let id = file_stem(&file).to_owned();
            if let Some(first) = files.get(&file) {
                sink.push(import::id_twice(&id, false, at, *first));
                continue;
            }
            files.insert(file.clone(), at);
            let record = self.maker.finish(made.record, &id);
            named.push(Named { row, key: made.key.unwrap_or(id), file, record });
        }
        named
    }

    /// An id for a case whose title has no Latin letter: by its key, else the first number that is free.
    fn fallback(&self, made: &Made, files: &BTreeMap<String, Location>, folder: &str) -> String {
        let key = made.key.as_deref().map(crate::lower::slug).filter(|key| !key.is_empty());
        if let Some(key) = key {
            return format!("case-{key}");
        }
        let mut names = (files.len() + 1..MOST_FALLBACKS).map(|number| format!("case-{number}"));
        names.find(|name| !files.contains_key(&format!("{folder}/{name}.yaml"))).unwrap_or_default()
    }

    /// Holds the text of each case against the form and the rules, as if it were a file already, and
    /// says what is wrong with it at the cells that it comes from.
    fn checked(
        &self,
        rows: Vec<Named<'a>>,
        sources: &mut SourceMap,
        sink: &mut Sink,
    ) -> Result<Vec<Checked>> {
        let opened = self.opened;
        let texts: Vec<String> = rows.par_iter().map(|row| yaml(&row.record)).collect();
        let texts: Vec<(String, SourceId)> = (rows.iter().zip(texts))
            .map(|(row, text)| (text.clone(), sources.add(&row.file, text)))
            .collect();
        let mut known = ids(&opened.found);
        known.extend(rows.iter().map(|row| file_stem(&row.file)));
        known.sort_unstable();
        let requirements = requirements(&opened.form, self.source, &opened.tree, &mut Sink::new());
        let facets = ListedFacet::all_of(&opened.manifest, &opened.tree, self.source);
        let context = Context {
            themes: &opened.manifest.themes,
            regions: Some(&opened.regions),
            ids: opened.form.roles().is_none().then_some(known.as_slice()),
            requirements: &requirements,
            facets: &facets,
            library: &[],
        };
        let standard = Standard {
            form: &opened.form,
            lowering: &Lowering::new(&opened.form, &opened.manifest),
            context: &context,
            lists: &Lists::of(&opened.manifest, Asked::Named(&[]))?,
            severities: &severities(&opened.manifest),
            limits: Limits::default(),
            wants_cases: false,
        };
        let sources = &*sources;
        let found: Vec<Sink> = (texts.par_iter())
            .map(|(_, made)| check_file(&standard, sources, *made).sink)
            .collect();
        let mut checked = Vec::new();
        for ((row, (text, made)), found) in rows.into_iter().zip(texts).zip(found) {
            let is_sound = !has_errors(&found);
            // What is no error is as well looked at in the case, once it is there.
            let errors = found.into_iter().filter(|found| found.severity == Severity::Error);
            let file = sources.get(self.survey.source);
            sink.extend(errors.map(|error: Diagnostic| {
                let place = (self.survey, row.row);
                import::to_cell(error, place, (file, made), &row.record, self.mapping)
            }));
            let at = self.at(row.row);
            let Named { key, file, record, .. } = row;
            checked.push(Checked { key, file, record, text, at, is_sound });
        }
        Ok(checked)
    }
}

/// Whether a file holds the same fields as a record, however they are written.
fn is_same(bytes: &[u8], record: &Node<'_>) -> bool {
    tree_of(bytes, |tree| import::fields_of(tree) == import::fields_of(record)).unwrap_or_default()
}

/// Does something with the tree of a case file; nothing if it cannot be read.
fn tree_of<T>(bytes: &[u8], act: impl FnOnce(&Node<'_>) -> T) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    let source = SourceMap::default().add("", "");
    let mut sink = Sink::new();
    let tree = parse(source, text, Limits::default(), &mut sink)?;
    matches!(tree.value, Value::Map(_)).then(|| act(&tree))
}
