//! Owns the rules over all cases together, and what each case tells them.

mod coverage;
mod diags;
mod fold;
mod organisations;
mod regions;
mod same;

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::form::{Form, Pattern};
use crate::load::{Node, pointer};
use crate::source::{Location, SourceId};
use crate::vocab::Gazetteer;

pub use self::coverage::check_coverage;

/// What one file tells the rules over all: kept while its tree is let go.
#[derive(Debug, Default)]
pub struct Facts {
    /// Whether the file could be read at all.
    is_read: bool,
    /// The id that the file claims.
    id: Option<Claim>,
    /// What makes it the same case as another.
    likeness: same::Likeness,
    /// The names of its organisations, and where they stand.
    organisations: Vec<(String, Location)>,
    /// Codes of its regions, and where they stand.
    regions: Vec<(String, Location)>,
    /// Keys of its themes.
    themes: Vec<String>,
}

/// An id with the place that claims it.
#[derive(Debug)]
struct Claim {
    id: String,
    at: Location,
    pointer: String,
}

impl Facts {
    /// The same of a record in a list, by its position there.
    #[must_use]
    pub fn in_list(mut self, index: usize) -> Self {
        if let Some(claim) = &mut self.id {
            claim.pointer = format!("/{index}{}", claim.pointer);
        }
        self
    }

    /// Reads the facts off a record, which has the id given in a form of the group's own.
    pub fn of(
        form: &Form,
        source: SourceId,
        root: &Node<'_>,
        id: String,
        regions: Option<&Gazetteer>,
    ) -> Self {
        let text = |node: &Node<'_>| -> Option<(String, Location)> {
            Some((node.as_str()?.to_owned(), node.span.of(source)))
        };
        let plain = |nodes: Vec<&Node<'_>>| -> Vec<String> {
            nodes.into_iter().filter_map(Node::as_str).map(str::to_owned).collect()
        };
        let Some(roles) = form.roles() else {
            let items = |key: &str| root.get(key).map(Node::items).unwrap_or_default();
            let names = items("organisations").iter().filter_map(|entry| entry.get("name"));
            return Self {
                is_read: true,
                id: root.get("id").and_then(text).map(|(id, at)| Claim {
                    id,
                    at,
                    pointer: "/id".to_owned(),
                }),
                likeness: same::Likeness::of(source, root, regions),
                organisations: names.filter_map(text).collect(),
                regions: items("regions").iter().filter_map(text).collect(),
                themes: plain(items("themes").iter().collect()),
            };
        };
        // A record without a name of its own is told by its first line.
        let first = root.entries().first().map_or(root.span, |entry| entry.key_span);
        let mut claim = Claim { id, at: first.of(source), pointer: String::new() };
        if let Some(pattern) = &roles.id {
            pattern.visit(root, &mut |node, _, path| {
                if claim.pointer.is_empty() && node.as_word().is_some() {
                    claim.at = node.span.of(source);
                    claim.pointer = pointer(path.iter().copied());
                }
            });
        }
        let values_at = |pattern: &Option<Pattern>| {
            pattern.as_ref().map_or_else(Vec::new, |pattern| pattern.values(root))
        };
        let organisations = values_at(&roles.organisations).into_iter();
        let names = organisations.map(|entry| entry.get("name").unwrap_or(entry));
        Self {
            is_read: true,
            id: Some(claim),
            likeness: same::Likeness::of_title(source, values_at(&roles.title).first()),
            organisations: names.filter_map(text).collect(),
            regions: values_at(&roles.regions).into_iter().filter_map(text).collect(),
            themes: plain(values_at(&roles.themes)),
        }
    }
}

/// Checks all cases against each other, in the order of their files.
pub fn check_corpus<'a>(
    gazetteer: &Gazetteer,
    all: impl Iterator<Item = &'a Facts> + Clone,
    sink: &mut Sink,
) {
    check_ids(all.clone(), sink);
    same::check(all.clone(), sink);
    organisations::check(all.clone(), sink);
    regions::check(gazetteer, all, sink);
}

fn check_ids<'a>(all: impl Iterator<Item = &'a Facts>, sink: &mut Sink) {
    let mut first_use: BTreeMap<&str, Location> = BTreeMap::new();
    for Claim { id, at, pointer } in all.filter_map(|facts| facts.id.as_ref()) {
        match first_use.get(id.as_str()) {
            Some(first) => sink.push(diags::duplicate_id(id, *first, *at).pointer(pointer)),
            None => {
                first_use.insert(id, *at);
            }
        }
    }
}
