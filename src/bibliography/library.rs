//! Owns the entries of all bibliography files together, each under a key that nothing else has.

use std::collections::BTreeMap;

use hayagriva::Entry;

use super::diags;
use super::file::FileEntry;
use crate::diag::Sink;
use crate::model::Library;
use crate::source::Location;

/// Gathers entries, and says which keys are taken.
#[derive(Default)]
pub struct Gatherer {
    taken: BTreeMap<String, Location>,
    library: BTreeMap<String, Entry>,
}

impl Gatherer {
    /// Begins with the keys of the manifest's own sources.
    pub fn with_taken(keys: impl Iterator<Item = (String, Location)>) -> Self {
        Self { taken: keys.collect(), library: BTreeMap::new() }
    }

    /// Takes in what a file holds.
    pub fn take(&mut self, found: Vec<FileEntry>, sink: &mut Sink) {
        for FileEntry { at, entry } in found {
            let key = entry.key().to_owned();
            match self.taken.get(&key) {
                Some(first) => sink.push(diags::source_twice(&key, *first, at)),
                None => {
                    self.taken.insert(key.clone(), at);
                    self.library.insert(key, entry);
                }
            }
        }
    }

    /// All entries by their keys.
    pub fn done(self) -> Library {
        self.library
    }
}
