//! Owns one side of a comparison: the files of an edition, and what is counted in it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::aggregate::{Corpus, Dimensions, Facet};
use crate::app::checklists::Asked;
use crate::app::read::{Read, Selection, Sound, read};
use crate::app::{Files, Outcome};
use crate::diag::{Diagnostic, Sink};
use crate::form::Form;
use crate::load::{Limits, Node, Value, parse, parse_all};
use crate::lower::Lowering;
use crate::model::ContentItem;
use crate::source::{SourceId, SourceMap};
use crate::validate::{bring_up_to_date, file_stem};

/// What is counted on both sides.
const COUNTED: &[Facet] = &[Facet::Theme, Facet::Region, Facet::Outcome];

/// An edition with a sound manifest and a sound form, whatever is wrong with its cases.
#[derive(Clone, Copy)]
pub(in crate::app) struct Side<'e> {
    sources: &'e SourceMap,
    pub(in crate::app) sound: &'e Sound,
}

/// How many cases have a value.
#[derive(Debug)]
pub(super) struct Count {
    pub(super) facet: String,
    pub(super) value: String,
    pub(super) title: String,
    pub(super) cases: usize,
}

/// One record of a file.
pub(super) struct Record<'s> {
    /// The path of its file.
    pub(super) path: &'s str,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) root: Node<'s>,
}

/// How the records of both sides are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'e> {
    /// The edition of now: on both sides keys have the names that its form has for them, and what it hides
    /// is hidden.
    pub(super) now: Side<'e>,
    /// Whether what is private is read as well.
    pub(super) private: bool,
}

/// Reads an edition; what was found instead, if its manifest or its form is at fault.
pub(in crate::app) fn read_edition(
    files: &dyn Files,
) -> Result<Result<(SourceMap, Sound), Box<Outcome>>> {
    let Read { sources, diagnostics, files, unusable, sound } =
        read(files, &Selection::All, Asked::ByManifest)?;
    Ok(match sound {
        Some(sound) => Ok((sources, sound)),
        None => Err(Box::new(Outcome::new(sources, diagnostics, files, unusable))),
    })
}

impl<'e> Side<'e> {
    /// What is sound of an edition, with the files that it was read from.
    pub(in crate::app) fn new(sources: &'e SourceMap, sound: &'e Sound) -> Self {
        Self { sources, sound }
    }

    /// The text of each case file by its path; none of one that has no text that can be read.
    pub(super) fn files(self) -> BTreeMap<&'e str, Option<&'e str>> {
        let text = |source: SourceId| self.sources.get(source).text();
        self.sound.files.iter().map(|(path, source)| (path.as_str(), source.map(text))).collect()
    }

    /// The ids of cases that have errors, as far as these leave them one.
    pub(in crate::app) fn unsound(self) -> BTreeSet<String> {
        if self.sound.left_out == 0 {
            return BTreeSet::new();
        }
        let reading = Reading { now: self, private: false };
        let ids = self.files().into_iter().flat_map(|(path, text)| {
            match text.and_then(|text| self.records(path, text, reading)) {
                Some(records) => records.into_iter().map(|record| record.id).collect(),
                None => vec![file_stem(path).to_owned()],
            }
        });
        let sound = &self.sound.report;
        ids.filter(|id| sound.case(id).is_none()).collect()
    }

    /// The text of the manifest.
    pub(super) fn manifest(self) -> &'e str {
        self.sources.get(self.sound.report.manifest_source).text()
    }

    /// The paths of the chapters that the manifest names.
    pub(super) fn chapters(self) -> BTreeSet<&'e str> {
        let contents = self.sound.report.manifest.contents.iter();
        let path = |item: &'e ContentItem| match item {
            ContentItem::Chapter { path, .. } => Some(path.value.as_str()),
            ContentItem::Section { .. } => None,
        };
        contents.filter_map(path).collect()
    }

    /// The text of a chapter, if it could be read.
    pub(super) fn chapter(self, path: &str) -> Option<&'e str> {
        Some(self.sound.report.chapters.get(path)?.text.value.as_str())
    }

    /// The counts by facet and value, with the names of the values, in their order.
    pub(super) fn counts(self) -> Vec<Count> {
        let report = &self.sound.report;
        let dimensions = Dimensions::of(&report.manifest, &report.regions);
        let corpus = Corpus::new(&report.cases, dimensions);
        let counts = COUNTED.iter().flat_map(|facet| {
            let index = corpus.facet_index(*facet);
            let count = |(at, value): (usize, &String)| Count {
                facet: facet.name(dimensions).into_owned(),
                value: value.clone(),
                title: facet.title(value, dimensions),
                cases: index.cases(at).len(),
            };
            index.values().iter().enumerate().map(count).collect::<Vec<_>>()
        });
        counts.collect()
    }

    fn lowering(self) -> Lowering<'e> {
        Lowering::new(&self.sound.form, &self.sound.report.manifest)
    }

    /// The records of a file, without what is private in either edition unless that is asked for; none if it
    /// cannot be read.
    pub(super) fn records(
        self,
        path: &'e str,
        text: &'e str,
        reading: Reading<'_>,
    ) -> Option<Vec<Record<'e>>> {
        let mut sources = SourceMap::default();
        let source = sources.add(path, String::new());
        let (mut sink, limits) = (Sink::new(), Limits::default());
        let form: &Form = &self.sound.form;
        let mut roots = Vec::new();
        if form.roles().is_none() {
            roots.extend(parse(source, text, limits, &mut sink));
        } else {
            for document in parse_all(source, text, limits, &mut sink) {
                match document.value {
                    Value::List(items) => roots.extend(items),
                    _ => roots.push(document),
                }
            }
        }
        if roots.is_empty() || sink.iter().any(Diagnostic::is_error) {
            return None;
        }
        let (lowering, lowering_now) = (self.lowering(), reading.now.lowering());
        let (stem, several) = (file_stem(path), roots.len() > 1);
        let record = |(index, mut root): (usize, Node<'e>)| {
            // What was found of the names is told where the edition itself is checked.
            bring_up_to_date(form, source, &mut root, &mut Sink::new());
            let name = if several { format!("{stem}-{}", index + 1) } else { stem.to_owned() };
            let id = lowering.id_of(&root, &name);
            let title = title(form, &root).unwrap_or_else(|| id.clone());
            // Each edition hides by the names that are its own.
            let mut root = if reading.private { root } else { lowering.published(root) };
            bring_up_to_date(&reading.now.sound.form, source, &mut root, &mut Sink::new());
            let root = if reading.private { root } else { lowering_now.published(root) };
            Record { path, id, title, root }
        };
        Some(roots.into_iter().enumerate().map(record).collect())
    }
}

/// The title of a record.
fn title(form: &Form, root: &Node<'_>) -> Option<String> {
    let node = match form.roles() {
        Some(roles) => roles.title.as_ref()?.nodes(root).into_iter().next()?,
        None => root.get("title")?,
    };
    node.as_word().map(|title| title.into_owned())
}
