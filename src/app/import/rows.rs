//! Owns the rows of an import on their way: each gets a file of its own, and its text is checked as one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;

use super::join::Joined;
use super::known::{Known, Place, records_of, tree_of};
use crate::app::Files;
use crate::app::checklists::{Asked, Lists};
use crate::app::open::{Opened, has_errors, ids, severities};
use crate::app::read::MANIFEST;
use crate::app::records::{Standard, check_file};
use crate::compose::yaml;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::import::{
    Emptied, Made, Maker, Mapping, Memory, PutBack, Row, Survey, emptied_by_mapping, id_twice,
    name_taken, to_cell,
};
use crate::load::{Limits, Node, Value};
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
    /// Its number in the file from 0, if that holds several cases.
    index: Option<usize>,
    id: String,
    record: Node<'static>,
    /// What of an export has no sure way back.
    found: Vec<Diagnostic>,
}

/// A row whose case was checked.
pub(super) struct Checked {
    /// What the row is known by.
    pub(super) key: String,
    /// The case file.
    pub(super) file: String,
    /// Its number in the file from 0, if that holds several cases.
    pub(super) index: Option<usize>,
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
    /// The cases that there are.
    pub(super) known: &'a Known,
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
        let mut files: BTreeMap<Place, Location> = BTreeMap::new();
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
            let place = match remembered.filter(|_| !made.has_own_id) {
                Some(remembered) => Place { file: remembered.file.clone(), index: None },
                None => {
                    let id =
                        made.id.clone().unwrap_or_else(|| self.fallback(&made, &files, folder));
                    self.place_of(&slug(&id), folder)
                }
            };
            let id = match made.id.filter(|_| self.maker.is_by_roles()) {
                Some(id) => id,
                None => file_stem(&place.file).to_owned(),
            };
            if let Some(first) = files.get(&place) {
                sink.push(id_twice(&id, false, at, *first));
                continue;
            }
            if place.index.is_none() && self.known.is_of_others(&place.file, &id) {
                sink.push(name_taken(&place.file, &id, at));
                continue;
            }
            files.insert(place.clone(), at);
            let record = self.maker.finish(made.record, &id);
            let Place { file, index } = place;
            let key = made.key.unwrap_or_else(|| id.clone());
            named.push(Named { row, key, file, index, id, record, found: Vec::new() });
        }
        named
    }

    /// Where a case stands, or would stand.
    fn place_of(&self, id: &str, folder: &str) -> Place {
        let new = || Place { file: path_of(folder, id), index: None };
        self.known.of(id).cloned().unwrap_or_else(new)
    }

    /// An id for a case whose title has no Latin letter: by its key, else the first number that is free.
    fn fallback(&self, made: &Made, files: &BTreeMap<Place, Location>, folder: &str) -> String {
        let key = made.key.as_deref().map(slug).filter(|key| !key.is_empty());
        if let Some(key) = key {
            return format!("case-{key}");
        }
        let mut names = (files.len() + 1..MOST_FALLBACKS).map(|number| format!("case-{number}"));
        let is_free =
            |name: &String| !files.keys().any(|place| place.file == path_of(folder, name));
        names.find(is_free).unwrap_or_default()
    }

    /// Adds to the records of casebook's own tables what those do not hold, from the files that are there, and
    /// writes what says the same as those do.
    pub(super) fn complete(&self, files: &dyn Files, rows: &mut [Named<'a>]) {
        if self.maker.is_by_roles() {
            let mut by_file: BTreeMap<String, Vec<&mut Named<'a>>> = BTreeMap::new();
            for row in rows {
                by_file.entry(row.file.clone()).or_default().push(row);
            }
            by_file.into_par_iter().for_each(|(file, rows)| self.put_back(files, &file, rows));
            return;
        }
        for row in rows {
            let Ok(bytes) = files.read(&row.file, Limits::default().bytes) else { continue };
            let complete = |file: &Node<'_>| {
                let record = row.record.clone();
                let PutBack { record, found } = match self.maker.is_of_own_tables() {
                    true => {
                        let record = self.maker.completed(record, file);
                        PutBack { record, found: Vec::new() }
                    }
                    false => self.maker.with_hidden(row.row, record, file),
                };
                PutBack { record: self.maker.as_in(file, &record), found }
            };
            if let Some(PutBack { record, found }) = tree_of(&bytes, complete) {
                (row.record, row.found) = (record, found);
            }
        }
    }

    /// Makes of exported cases records of a form with roles, beside those of their file if it is there.
    fn put_back(&self, files: &dyn Files, file: &str, rows: Vec<&mut Named<'a>>) {
        let bytes = files.read(file, Limits::default().bytes).unwrap_or_default();
        records_of(&bytes, |there, has_several| {
            rows.into_par_iter().for_each(|row| {
                let index = if has_several { row.index } else { Some(0) };
                let there = index.and_then(|index| there.get(index));
                let there = there.filter(|there| matches!(there.value, Value::Map(_)));
                let (record, id) = (row.record.clone(), &row.id);
                let PutBack { record, found } = self.maker.put_back(row.row, record, id, there);
                (row.record, row.found) = (record, found);
            });
        });
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
            let is_sound = !row.row.is_torn && !has_errors(&found) && !has_errors(&row.found);
            // What is no error is as well looked at in the case, once it is there.
            let errors = found.into_iter().filter(|found| found.severity == Severity::Error);
            let file = sources.get(self.survey.source);
            let told_before = sink.len();
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
            let Named { key, file, index, record, found, .. } = row;
            let explained: Vec<Location> =
                sink[told_before..].iter().filter_map(place_of).collect();
            let is_explained = |found: &Diagnostic| {
                place_of(found).is_some_and(|at| explained.iter().any(|inner| holds(at, *inner)))
            };
            // Of a row that is left out, nothing was taken for something; and what the form says of a value
            // says why it cannot be put back.
            let is_news =
                |found: &Diagnostic| is_sound || (found.is_error() && !is_explained(found));
            sink.extend(found.into_iter().filter(is_news));
            checked.push(Checked {
                key,
                file,
                index,
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

/// The place of a diagnostic.
fn place_of(found: &Diagnostic) -> Option<Location> {
    found.primary.as_ref().map(|label| label.location)
}

/// Whether a place lies in another.
fn holds(outer: Location, inner: Location) -> bool {
    outer.source == inner.source
        && outer.span.start <= inner.span.start
        && inner.span.end <= outer.span.end
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
