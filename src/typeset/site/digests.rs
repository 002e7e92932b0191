//! Owns telling whether a page of the site is made from the same as another time: by digests.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use typst::foundations::{Datetime, Dict};
use typst::utils::hash128;

use super::Shows;
use crate::model::Report;
use crate::source::{SourceFile, SourceId, SourceMap};
use crate::typeset::inputs::{Fields, SiteInputs};
use crate::typeset::sealed::Sealed;
use crate::typeset::world::InMemory;

/// What the pages of a site are made from.
pub(in crate::typeset) struct PageInputs<'a> {
    /// What all pages get.
    around: Dict,
    /// What each page gets of its own.
    pages: Vec<Sealed>,
    /// What is new since an earlier edition.
    changes: Sealed,
    date: Option<Datetime>,
    sources: &'a SourceMap,
    /// The file of each case, by its position.
    of_cases: Vec<Option<SourceId>>,
    /// The files of cases and chapters: what is in them is on pages of their own.
    apart: BTreeSet<String>,
    /// The digest of what all pages are made from, once it is asked for.
    common: OnceLock<u128>,
}

impl<'a> PageInputs<'a> {
    /// `whole` is the data of the whole report, of which pages have parts.
    pub(in crate::typeset) fn new(
        mut around: Fields,
        site: SiteInputs,
        whole: &Dict,
        own: &InMemory,
        date: Option<Datetime>,
        report: &Report,
        sources: &'a SourceMap,
    ) -> Self {
        around.put("site", site.furniture);
        if !own.is_empty() {
            // A template may look at anything.
            around.put("report", whole.clone());
        }
        let of_cases: Vec<_> = report.cases.iter().map(|case| case.source).collect();
        let chapters = report.chapters.values().map(|chapter| chapter.source);
        let apart = of_cases.iter().flatten().copied().chain(chapters);
        let apart = apart.map(|source| sources.get(source).path().to_owned()).collect();
        let pages = Sealed::pages(site.pages, whole);
        let changes = Sealed::new(whole.get("changes").cloned().unwrap_or_default());
        let (around, common) = (around.into_dict(), OnceLock::new());
        Self { around, pages, changes, date, sources, of_cases, apart, common }
    }

    /// What the world of the pages gets: what they all have.
    pub(in crate::typeset) fn of_world(&self) -> Dict {
        self.around.clone()
    }

    /// The data of a page, by its number in the plan.
    pub(in crate::typeset) fn page(&self, number: usize) -> Option<&Sealed> {
        self.pages.get(number)
    }

    /// What is new since an earlier edition, for the feed.
    pub(in crate::typeset) fn changes(&self) -> &Sealed {
        &self.changes
    }

    /// The digest of all that a page is made from, by its number in the plan.
    pub(in crate::typeset) fn digest(&self, number: usize, shows: &Shows) -> u128 {
        let page = self.pages.get(number).map(Sealed::digest);
        // What a page tells software of a case is not all on it.
        let text = match shows {
            Shows::Case(position) => self.file_of_case(*position).map(SourceFile::text),
            _ => None,
        };
        hash128(&(self.common(), page, text))
    }

    /// The path of the file that a case is in, by its position in the report.
    pub(in crate::typeset) fn case_file(&self, position: usize) -> Option<&str> {
        self.file_of_case(position).map(SourceFile::path)
    }

    fn file_of_case(&self, position: usize) -> Option<&SourceFile> {
        Some(self.sources.get(self.of_cases.get(position).copied().flatten()?))
    }

    fn common(&self) -> u128 {
        *self.common.get_or_init(|| {
            let texts = self.sources.files().map(|file| (file.path(), file.text()));
            let texts: Vec<_> = texts.filter(|(path, _)| !self.apart.contains(*path)).collect();
            hash128(&(texts, &self.around, self.date))
        })
    }
}
