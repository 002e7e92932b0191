//! Owns the cases that there are before an import: which file each stands in and where in it, if that holds
//! several.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::app::Files;
use crate::app::open::Opened;
use crate::diag::Sink;
use crate::load::{Limits, Node, Value, parse, parse_all};
use crate::lower::Lowering;
use crate::source::SourceMap;
use crate::validate::file_stem;

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The file.
    pub(super) file: String,
    /// Its number in the file from 0, if that holds several cases.
    pub(super) index: Option<usize>,
}

/// The cases that there are, by their ids.
#[derive(Debug, Default)]
pub(super) struct Known {
    cases: BTreeMap<String, Place>,
    files: BTreeSet<String>,
}

impl Known {
    /// The cases by the names of their files, as the built-in form has it.
    pub(super) fn by_names(found: &[String]) -> Self {
        let place = |file: &String| Place { file: file.clone(), index: None };
        let cases = found.iter().map(|file| (file_stem(file).to_owned(), place(file)));
        Self { cases: cases.collect(), files: BTreeSet::new() }
    }

    /// The cases by what their records say; a file that cannot be read is a case of its name.
    pub(super) fn by_records(files: &dyn Files, opened: &Opened<'_>) -> Self {
        let lowering = Lowering::new(&opened.form, &opened.manifest);
        let ids = |file: &String| -> Vec<(String, Option<usize>)> {
            let stem = file_stem(file);
            let bytes = files.read(file, Limits::default().bytes).unwrap_or_default();
            let id = |root: &Node<'_>, name: &str| lowering.id_of(&lowering.public(root), name);
            records_of(&bytes, |roots, has_several| {
                let roots = roots.iter().enumerate();
                let ids = roots.map(|(index, root)| match has_several {
                    true => (id(root, &format!("{stem}-{}", index + 1)), Some(index)),
                    false => (id(root, stem), None),
                });
                let ids: Vec<_> = ids.collect();
                if ids.is_empty() { vec![(stem.to_owned(), None)] } else { ids }
            })
        };
        let all: Vec<_> = opened.found.par_iter().map(ids).collect();
        let mut known = Self { files: opened.found.iter().cloned().collect(), ..Self::default() };
        for (file, ids) in opened.found.iter().zip(all) {
            for (id, index) in ids {
                known.cases.entry(id).or_insert_with(|| Place { file: file.clone(), index });
            }
        }
        known
    }

    /// Where a case stands.
    pub(super) fn of(&self, id: &str) -> Option<&Place> {
        self.cases.get(id)
    }

    /// Whether a file is there and holds other cases alone.
    pub(super) fn is_of_others(&self, file: &str, id: &str) -> bool {
        self.files.contains(file) && self.of(id).is_none_or(|place| place.file != file)
    }
}

/// Does something with the records of a file, of which there are none if it cannot be read, and with whether
/// there are or may be several.
pub(super) fn records_of<T>(bytes: &[u8], act: impl FnOnce(&[Node<'_>], bool) -> T) -> T {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let source = SourceMap::default().add("", "");
    let documents = parse_all(source, text, Limits::default(), &mut Sink::new());
    let is_list = |node: &Node<'_>| matches!(node.value, Value::List(_));
    let has_several = documents.len() > 1 || documents.iter().any(is_list);
    act(&flat(documents), has_several)
}

/// The records of documents, of which some may be lists.
pub(super) fn flat(documents: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let records = documents.into_iter().flat_map(|document| match document.value {
        Value::List(items) => items,
        _ => vec![document],
    });
    records.collect()
}

/// Does something with the tree of a case file; nothing if it cannot be read.
pub(super) fn tree_of<T>(bytes: &[u8], act: impl FnOnce(&Node<'_>) -> T) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    let source = SourceMap::default().add("", "");
    let mut sink = Sink::new();
    let tree = parse(source, text, Limits::default(), &mut sink)?;
    matches!(tree.value, Value::Map(_)).then(|| act(&tree))
}
