//! Owns the joining of entries that are one: the first stays, and what it lacks comes from the others.

use std::collections::BTreeMap;

use hayagriva::Entry;
use hayagriva::types::{Date, QualifiedUrl};

use super::identity::Identity;

/// Where an entry was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a bibliography file, whose fields say what each is.
    File,
    /// Among the sources of the manifest or a case.
    Source,
}

/// Entries without their doubles, in the order in which the first of each came.
#[derive(Default)]
pub(super) struct Distinct {
    groups: Vec<Group>,
    by_doi: BTreeMap<String, usize>,
    by_url: BTreeMap<String, usize>,
    by_words: BTreeMap<[String; 3], usize>,
}

struct Group {
    entry: Entry,
    origin: Origin,
    identity: Identity,
}

impl Distinct {
    /// Takes an entry in, and tells its position.
    pub(super) fn add(&mut self, entry: Entry, origin: Origin) -> usize {
        let identity = Identity::of(&entry);
        let position = self.find(&identity).unwrap_or(self.groups.len());
        match self.groups.get_mut(position) {
            Some(group) => group.absorb(entry, origin),
            None => self.groups.push(Group { entry, origin, identity }),
        }
        self.learn(position);
        position
    }

    /// The entries.
    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.groups.into_iter().map(|group| group.entry).collect()
    }

    fn find(&self, identity: &Identity) -> Option<usize> {
        let fits = |position: &&usize| {
            self.groups.get(**position).is_some_and(|group| !group.identity.contradicts(identity))
        };
        let by_doi = identity.doi.as_ref().and_then(|doi| self.by_doi.get(doi));
        let by_url = identity.document_url().and_then(|url| self.by_url.get(url));
        let by_words = identity.words.as_ref().and_then(|words| self.by_words.get(words));
        by_doi.or(by_url.filter(fits)).or(by_words.filter(fits)).copied()
    }

    /// Remembers all that an entry is known by.
    fn learn(&mut self, position: usize) {
        let Some(Group { identity, .. }) = self.groups.get(position) else { return };
        if let Some(doi) = &identity.doi {
            self.by_doi.entry(doi.clone()).or_insert(position);
        }
        if let Some(url) = identity.document_url() {
            self.by_url.entry(url.clone()).or_insert(position);
        }
        if let Some(words) = &identity.words {
            self.by_words.entry(words.clone()).or_insert(position);
        }
    }
}

impl Group {
    /// Takes over what another entry of the same thing says and this one does not.
    fn absorb(&mut self, other: Entry, origin: Origin) {
        let is_better = origin == Origin::File && self.origin == Origin::Source;
        let rest = if is_better {
            self.origin = origin;
            std::mem::replace(&mut self.entry, other)
        } else {
            other
        };
        let entry = &mut self.entry;
        if let (None, Some(authors)) = (entry.authors(), rest.authors()) {
            entry.set_authors(authors.to_vec());
        }
        if let (None, Some(date)) = (entry.date(), rest.date()) {
            entry.set_date(*date);
        }
        // In a file the journal has a field of its own, and what sources call publisher may be one.
        if let (None, Some(publisher), Origin::Source) =
            (entry.publisher(), rest.publisher(), self.origin)
        {
            entry.set_publisher(publisher.clone());
        }
        if let (None, Some(doi)) = (entry.doi().map(str::to_owned), rest.doi()) {
            entry.set_doi(doi.to_owned());
        }
        match (entry.url().cloned(), rest.url()) {
            (None, Some(url)) => entry.set_url(url.clone()),
            (Some(url), Some(again)) => {
                // The last reading counts.
                let day = |date: &Option<Date>| date.map(|date| (date.year, date.month, date.day));
                let visit_date = [url.visit_date, again.visit_date].into_iter().max_by_key(day);
                entry.set_url(QualifiedUrl { visit_date: visit_date.flatten(), ..url });
            }
            _ => {}
        }
        self.identity = Identity::of(entry);
    }
}
