//! Owns the rows of an import on their way: each gets a file of its own, and its text is checked as one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use super::join::Joined;
use super::tree_of;
use crate::app::Files;
use crate::app::checklists::{Asked, Lists};
use crate::app::open::{Opened, has_errors, ids, severities};
use crate::app::read::MANIFEST;
use crate::app::records::{Standard, check_file};
use crate::compose::yaml;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::import::{
    Emptied, Made, Maker, Mapping, Memory, Row, Survey, emptied_by_mapping, id_twice, to_cell,
};
use crate::load::{Limits, Node};
use crate::lower::{Lowering, slug};
use crate::source::{Location, SourceId, SourceMap, resolve};
use crate::validate::{Context, ListedFacet, file_stem, requirements};

/// The highest number that a case without a name gets.
const MOST_FALLBACKS: usize = 1_000_000;

/// A row with the name of its case.
pub(super) struct Named<'s> {
    row: &'s Row,
    key: String,
    file: String,
    record: Node<'static>,
}

/// A row whose case was checked.
pub(super) struct Checked {
    /// What the row is known by.
    pub(super) key: String,
    /// The case file.
    pub(super) file: String,
    pub(super) record: Node<'static>,
    /// The record as the text of a file.
    pub(super) text: String,
    /// The row, for messages about all of it.
    pub(super) at: Location,
    /// Whether nothing is wrong with it.
    pub(super) is_sound: bool,
    /// What comes of it and of its case, if a hand wrote or edited that.
    pub(super) joined: Joined,
}

/// What an import works with.
pub(super) struct Run<'a> {
    pub(super) opened: &'a Opened<'a>,
    /// The manifest.
    pub(super) source: SourceId,
    pub(super) survey: &'a Survey,
    pub(super) mapping: &'a Mapping,
    pub(super) maker: &'a Maker<'a>,
}

impl<'a> Run<'a> {
    /// The place of a row: its first cell.
    fn at(&self, row: &Row) -> Location {
        row.cells.iter().flatten().next().map_or(row.span, |cell| cell.span).of(self.survey.source)
    }

    /// The wanted rows, each with a file of its own. Pushes those that share one.
    pub(super) fn named(&self, memory: &Memory, folder: &str, sink: &mut Sink) -> Vec<Named<'a>> {
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
                sink.push(id_twice(key, true, at, first));
                continue;
            }
            let remembered = made.key.as_ref().and_then(|key| memory.of(key));
            let remembered = remembered.filter(|remembered| may_be_a_case(&remembered.file));
            let file = match remembered.filter(|_| !made.has_own_id) {
                Some(remembered) => remembered.file.clone(),
                None => {
                    let id =
                        made.id.clone().unwrap_or_else(|| self.fallback(&made, &files, folder));
                    let id = slug(&id);
                    let there = known.get(id.as_str()).map(|path| (*path).to_owned());
                    there.unwrap_or_else(|| path_of(folder, &id))
                }
            };
            let id = file_stem(&file).to_owned();
            if let Some(first) = files.get(&file) {
                sink.push(id_twice(&id, false, at, *first));
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
        let key = made.key.as_deref().map(slug).filter(|key| !key.is_empty());
        if let Some(key) = key {
            return format!("case-{key}");
        }
        let mut names = (files.len() + 1..MOST_FALLBACKS).map(|number| format!("case-{number}"));
        names.find(|name| !files.contains_key(&path_of(folder, name))).unwrap_or_default()
    }

    /// Adds to the records of casebook's own tables what those do not hold, from the files that are there, and
    /// writes what says the same as those do.
    pub(super) fn complete(&self, files: &dyn Files, rows: &mut [Named<'a>]) {
        for row in rows {
            let Ok(bytes) = files.read(&row.file, Limits::default().bytes) else { continue };
            let complete = |file: &Node<'_>| {
                let record = &row.record;
                if !self.maker.is_of_own_tables() {
                    return self.maker.as_in(file, record);
                }
                self.maker.as_in(file, &self.maker.completed(record.clone(), file))
            };
            if let Some(record) = tree_of(&bytes, complete) {
                row.record = record;
            }
        }
    }

    /// Holds the text of each case against the form and the rules, as if it were a file already, and
    /// says what is wrong with it at the cells that it comes from.
    pub(super) fn checked(
        &self,
        rows: Vec<Named<'a>>,
        sources: &mut SourceMap,
        sink: &mut Sink,
    ) -> Result<Vec<Checked>> {
        let texts: Vec<String> = rows.par_iter().map(|row| yaml(&row.record)).collect();
        let texts: Vec<(String, SourceId)> = (rows.iter().zip(texts))
            .map(|(row, text)| (text.clone(), sources.add(&row.file, text)))
            .collect();
        let files: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
        let made: Vec<SourceId> = texts.iter().map(|(_, made)| *made).collect();
        let sources = &*sources;
        let found = self.judged(&files, &made, sources)?;
        let mut checked = Vec::new();
        let mut told = BTreeSet::new();
        for ((row, (text, made)), found) in rows.into_iter().zip(texts).zip(found) {
            let is_sound = !row.row.is_torn && !has_errors(&found);
            // What is no error is as well looked at in the case, once it is there.
            let errors = found.into_iter().filter(|found| found.severity == Severity::Error);
            let file = sources.get(self.survey.source);
            // Of a row that is torn, no cell is known to be what it seems.
            for error in errors.filter(|_| !row.row.is_torn) {
                let place = (self.survey, row.row);
                let error = match self.emptied(row.row, &error) {
                    Some(emptied) => emptied_by_mapping(error, &emptied),
                    None => to_cell(error, place, (file, made), &row.record, self.mapping),
                };
                // What the mapping says wrong is wrong in every row.
                let at = error.primary.as_ref().map(|label| label.location);
                let is_constant = at.is_some_and(|at| at.source != self.survey.source);
                if !is_constant || told.insert((at, error.message.clone())) {
                    sink.push(error);
                }
            }
            let at = self.at(row.row);
            let Named { key, file, record, .. } = row;
            checked.push(Checked {
                key,
                file,
                record,
                text,
                at,
                is_sound,
                joined: Joined::Nothing,
            });
        }
        Ok(checked)
    }

    /// The word of a row of which the mapping makes nothing, if that is why a key is missing.
    fn emptied(&self, row: &Row, error: &Diagnostic) -> Option<Emptied> {
        let place = error.pointer.as_ref().filter(|_| error.code == Code::MissingKey)?;
        self.maker.emptied(row, place, |key| error.message.contains(&format!("`{key}`")))
    }

    /// What is wrong with the texts of cases, as `validate` would find it once all files are there.
    pub(super) fn judged(
        &self,
        files: &[&str],
        made: &[SourceId],
        sources: &SourceMap,
    ) -> Result<Vec<Sink>> {
        let opened = self.opened;
        let mut known = ids(&opened.found);
        known.extend(files.iter().map(|file| file_stem(file)));
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
        let found = made.par_iter().map(|made| check_file(&standard, sources, *made).sink);
        Ok(found.collect())
    }
}

/// The path of a case file in a folder, which may be that of the manifest.
fn path_of(folder: &str, id: &str) -> String {
    match folder {
        "" if format!("{id}.yaml") == MANIFEST => format!("{id}-case.yaml"),
        "" => format!("{id}.yaml"),
        folder => format!("{folder}/{id}.yaml"),
    }
}

/// Whether a path that was remembered may be that of a case: a memory may be edited too.
fn may_be_a_case(path: &str) -> bool {
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    is_yaml && path != MANIFEST && resolve(MANIFEST, path).as_deref() == Some(path)
}
