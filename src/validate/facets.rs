//! Owns the rule over facets: a value must be one of those that the manifest lists, if it lists any.

use std::collections::BTreeSet;

use super::diags;
use crate::diag::Sink;
use crate::form::{Pattern, find};
use crate::load::{Node, Segment, pointer};
use crate::model::Manifest;
use crate::source::{Location, SourceId};

/// A facet whose values the manifest lists.
pub struct ListedFacet {
    name: String,
    pattern: Pattern,
    values: Vec<String>,
    listed_at: Location,
}

impl ListedFacet {
    /// The facets of a manifest that have a list, with the places of their lists in its tree.
    pub fn all_of(manifest: &Manifest, tree: &Node<'_>, source: SourceId) -> Vec<Self> {
        let listed = manifest.facets.iter().filter(|(_, facet)| !facet.values.is_open());
        let facet = listed.map(|(name, facet)| {
            let path = ["facets", name, "values"].map(Segment::Key);
            Self {
                name: name.to_owned(),
                pattern: facet.pointer.parse().unwrap_or_default(),
                values: facet.values.iter().map(|(code, _)| code.to_owned()).collect(),
                listed_at: tree.walk(path).unwrap_or(tree).span.of(source),
            }
        });
        facet.collect()
    }

    fn check(&self, record: &mut Record<'_>, root: &Node<'_>) {
        self.pattern.visit(root, &mut |node, _, path| {
            self.check_value(record, node, path);
            for (index, item) in node.items().iter().enumerate() {
                let path: Vec<_> = path.iter().copied().chain([Segment::Index(index)]).collect();
                self.check_value(record, item, &path);
            }
        });
    }

    fn check_value(&self, record: &mut Record<'_>, node: &Node<'_>, path: &[Segment<'_>]) {
        let Some(word) = node.as_word() else { return };
        let is_listed = self.values.iter().any(|value| *value == word);
        if is_listed || !record.faulty.insert((node.span.start, node.span.end)) {
            return;
        }
        let known: Vec<&str> = self.values.iter().map(String::as_str).collect();
        let meant = find(&word, known.iter().copied());
        let key = path.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(*key),
            Segment::Index(_) => None,
        });
        let at = node.span.of(record.source);
        let diagnostic = diags::not_listed(key.unwrap_or_default(), &word, meant, &known, at)
            .related(self.listed_at, format!("the values of the facet `{}`", self.name))
            .pointer(pointer(path.iter().copied()));
        record.sink.push(diagnostic);
    }
}

/// The record under judgement.
struct Record<'s> {
    source: SourceId,
    /// Where an error was found: the form may have refused a value already.
    faulty: BTreeSet<(u32, u32)>,
    sink: &'s mut Sink,
}

/// Pushes every value of a record that a facet does not list.
pub(super) fn check_facets(
    facets: &[ListedFacet],
    source: SourceId,
    root: &Node<'_>,
    sink: &mut Sink,
) {
    if facets.is_empty() {
        return;
    }
    let errors = sink.iter().filter(|found| found.is_error());
    let places = errors.filter_map(|found| found.primary.as_ref());
    let faulty = places.map(|label| (label.location.span.start, label.location.span.end)).collect();
    let mut record = Record { source, faulty, sink };
    for facet in facets {
        facet.check(&mut record, root);
    }
}
