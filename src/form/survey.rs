//! Owns what is worth knowing about a form that is sound: how much it describes, and how well.

use std::collections::BTreeSet;

use super::resource::Cursor;
use super::{Form, diags};
use crate::diag::Sink;

/// Schemas of one field among which its words are looked for: whoever has more says it before.
const MOST_PARTS: usize = 64;

impl Form {
    /// How many fields the files of the group's own describe.
    pub fn own_fields(&self) -> usize {
        self.described_by_the_group().len()
    }

    /// Pushes what a contributor would miss in the form.
    pub fn survey(&self, sink: &mut Sink) {
        let mut silent = Vec::new();
        for (key, field) in self.described_by_the_group() {
            let at = field.location();
            let parts = field.with_parts(MOST_PARTS);
            let says = |keyword: &str| parts.iter().any(|part| part.value.get(keyword).is_some());
            if !says("description") && !says("x-message") {
                silent.extend(at.map(|at| (key, at)));
            }
        }
        silent.sort_by_key(|(_, at)| *at);
        sink.extend(diags::silent(&silent));
    }

    /// The fields that files of the group's own describe, with their keys, each once.
    fn described_by_the_group(&self) -> Vec<(&str, Cursor<'_>)> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Cursor<'_>> = self.resources.root().into_iter().collect();
        while let Some(here) = open.pop() {
            if !seen.insert(here.identity()) {
                continue;
            }
            if let Some(properties) = here.key("properties") {
                for key in properties.keys() {
                    let Some(field) = properties.key(key) else { continue };
                    if field.location().is_some() {
                        found.push((key, field.clone()));
                    }
                    open.push(field);
                }
            }
            let entries = ["items", "additionalProperties"];
            open.extend(entries.into_iter().filter_map(|keyword| here.key(keyword)));
            open.extend(here.joined(usize::MAX));
        }
        found
    }
}
