//! Owns what is kept of a site for the next build of it: pages that would come out the same again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::links::{Anchors, Places, UnlinkedPage};
use super::{StyleRules, inside_path};
use crate::model::Artifact;

/// Somebody who waits for the page of one case, and gets it before the rest of the site is made.
pub trait Awaiting: Sync {
    /// The path of the page among the outputs, if any is waited for. It is asked once all files are read.
    fn page(&self) -> Option<String>;

    /// Gets the page, in which links to other pages lead to where places were in the last build.
    fn show(&self, page: Artifact);
}

/// The pages of the last build of a site.
///
/// A page comes out the same if all that it is made from is the same, but for the addresses of the places that
/// it leads to, which are put in anew.
#[derive(Debug, Default)]
pub struct KeptPages(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    pages: BTreeMap<String, MadePage>,
    /// The pages of cases, by the files that the cases are in.
    of_cases: BTreeMap<String, String>,
}

/// A page that was made.
#[derive(Debug, Clone)]
pub(super) struct MadePage {
    /// Its path in the site.
    pub(super) path: String,
    /// The digest of all that it was made from; none if it is to be made again each time.
    pub(super) digest: Option<u128>,
    /// The places on it.
    pub(super) anchors: Anchors,
    pub(super) html: UnlinkedPage,
    pub(super) looks: StyleRules,
}

impl KeptPages {
    /// The path among the outputs of the page of a case, by the file that the case is in.
    pub fn page_of_case(&self, file: &str) -> Option<String> {
        self.kept().of_cases.get(file).cloned()
    }

    /// Whether a page was made from the same, by its path in the site.
    pub(super) fn has(&self, path: &str, digest: u128) -> bool {
        self.kept().pages.get(path).is_some_and(|page| page.digest == Some(digest))
    }

    /// Adds the places on pages that show no case.
    pub(super) fn add_places(&self, places: &mut Places) {
        let kept = self.kept();
        let cases: BTreeSet<&str> = kept.of_cases.values().map(String::as_str).collect();
        for page in kept.pages.values().filter(|page| !cases.contains(&*inside_path(&page.path))) {
            places.add(&page.path, &page.anchors);
        }
    }

    /// Puts back a page that was made ahead of the others.
    pub(super) fn put(&self, page: MadePage) {
        self.kept().pages.insert(page.path.clone(), page);
    }

    /// Takes out a page that was made from the same, by its path in the site.
    pub(super) fn take(&self, path: &str, digest: u128) -> Option<MadePage> {
        let page = self.kept().pages.remove(path)?;
        (page.digest == Some(digest)).then_some(page)
    }

    /// Keeps the pages of a build in the place of those before.
    pub(super) fn keep(&self, pages: &[MadePage], of_cases: BTreeMap<String, String>) {
        let pages = pages.iter().filter(|page| page.digest.is_some());
        let pages = pages.map(|page| (page.path.clone(), page.clone())).collect();
        *self.kept() = Kept { pages, of_cases };
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
