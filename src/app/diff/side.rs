//! Owns one side of a comparison: the case files of an edition, and what is counted in it.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;

use crate::aggregate::Facet;
use crate::app::answer::{Answered, answer};
use crate::app::open::{Opened, open};
use crate::app::read::{MANIFEST, take_in};
use crate::app::{Files, Outcome};
use crate::diag::{Diagnostic, Sink};
use crate::form::Form;
use crate::load::{Limits, Node, Value, parse, parse_all};
use crate::lower::Lowering;
use crate::model::Manifest;
use crate::source::SourceMap;
use crate::validate::file_stem;

/// What is counted on both sides.
const COUNTED: &[Facet] = &[Facet::Theme, Facet::Region, Facet::Outcome];

/// An edition with a sound manifest and a sound form, whatever is wrong with its cases.
pub(super) struct Side {
    /// The bytes of each case file that there is, by its path; none of one that cannot be read.
    pub(super) files: BTreeMap<String, Option<Vec<u8>>>,
    /// How many cases are sound, and counted.
    pub(super) cases: usize,
    /// How many have errors, and are not.
    pub(super) left_out: usize,
    /// The counts by facet and value, with the names of the values, in their order.
    pub(super) counts: Vec<Count>,
    form: crate::app::form::FormInUse,
    manifest: Manifest,
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
    pub(super) id: String,
    pub(super) title: String,
    pub(super) root: Node<'s>,
}

impl Side {
    /// Reads an edition; what was found instead, if its manifest or its form is at fault.
    pub(super) fn read(files: &dyn Files) -> Result<Result<Self, Box<Outcome>>> {
        let counted = answer(files, &[], |asking| {
            let dimensions = asking.corpus.dimensions();
            let counts = COUNTED.iter().flat_map(|facet| {
                let index = asking.corpus.facet_index(*facet);
                let counts = index.values().iter().enumerate().map(|(at, value)| Count {
                    facet: facet.name(dimensions).into_owned(),
                    value: value.clone(),
                    title: facet.title(value, dimensions),
                    cases: index.cases(at).len(),
                });
                counts.collect::<Vec<_>>()
            });
            Ok((counts.collect::<Vec<_>>(), asking.corpus.cases().len()))
        })?;
        let Answered { outcome, left_out, answer: Some((counts, cases)) } = counted else {
            return Ok(Err(Box::new(counted.outcome)));
        };
        let limits = Limits::default();
        let (mut sources, mut sink) = (SourceMap::default(), Sink::new());
        let bytes = files.read(MANIFEST, limits.bytes);
        let Some(source) = take_in(bytes, MANIFEST, None, &mut sources, &mut sink) else {
            return Ok(Err(Box::new(outcome)));
        };
        let text = sources.get(source).text().to_owned();
        let opened = open(files, source, &text, limits, &mut sources, &mut sink)?;
        let Some(Opened { form, manifest, found, .. }) = opened else {
            return Ok(Err(Box::new(outcome)));
        };
        let read = |path: &String| (path.clone(), files.read(path, limits.bytes).ok());
        let files = found.par_iter().map(read).collect::<Vec<_>>().into_iter().collect();
        Ok(Ok(Self { files, cases, left_out, counts, form, manifest }))
    }

    /// The records of a file, without what is private unless that is asked for; none if it cannot be
    /// read.
    pub(super) fn records<'s>(
        &self,
        path: &str,
        bytes: &'s [u8],
        private: bool,
    ) -> Option<Vec<Record<'s>>> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut sources = SourceMap::default();
        let source = sources.add(path, String::new());
        let (mut sink, limits) = (Sink::new(), Limits::default());
        let form: &Form = &self.form;
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
        let lowering = Lowering::new(form, &self.manifest);
        let (stem, several) = (file_stem(path), roots.len() > 1);
        let record = |(index, root): (usize, Node<'s>)| {
            let name = if several { format!("{stem}-{}", index + 1) } else { stem.to_owned() };
            let id = lowering.id_of(&root, &name);
            let title = title(form, &root).unwrap_or_else(|| id.clone());
            let root = if private { root } else { lowering.published(root) };
            Record { id, title, root }
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
