//! Owns the world that Typst sees: the built-in templates, fonts, and texts already in memory.
//!
//! There is no file system and no network in it: a package or file that is not embedded or given
//! does not exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};

use super::fonts::Fonts;

/// The built-in templates as the made-up package that they are imported as.
const PACKAGE: &str = "@casebook/report:1.0.0";

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        /// The files of the built-in templates.
        const TEMPLATES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../templates/", $path)))),*];
    };
}

templates! {
    "typst.toml",
    "lib.typ",
    "system.typ",
    "words.typ",
    "words/da.toml",
    "words/de.toml",
    "words/en.toml",
    "words/es.toml",
    "words/et.toml",
    "words/fi.toml",
    "words/fr.toml",
    "words/it.toml",
    "words/lt.toml",
    "words/lv.toml",
    "words/nb.toml",
    "words/pl.toml",
    "words/sv.toml",
    "styling.typ",
    "charts/axis.typ",
    "charts/bars.typ",
    "charts/canvas.typ",
    "charts/dumbbell.typ",
    "charts/grid.typ",
    "charts/heat.typ",
    "charts/labels.typ",
    "charts/map.typ",
    "charts/matrix.typ",
    "charts/rows.typ",
    "charts/series.typ",
    "charts/stacked.typ",
    "charts/timeline.typ",
    "components/badge.typ",
    "components/case-cards.typ",
    "components/case.typ",
    "components/cross-table.typ",
    "components/draft.typ",
    "components/facts.typ",
    "components/measures.typ",
    "components/numbered.typ",
    "components/own.typ",
    "components/part.typ",
    "components/parts.typ",
    "components/sources.typ",
    "sections/activities.typ",
    "sections/barriers.typ",
    "sections/case-lists.typ",
    "sections/cases.typ",
    "sections/chapter.typ",
    "sections/colophon.typ",
    "sections/completeness.typ",
    "sections/cover.typ",
    "sections/coverage.typ",
    "sections/evidence.typ",
    "sections/glossary.typ",
    "sections/indexes.typ",
    "sections/lessons.typ",
    "sections/money.typ",
    "sections/network.typ",
    "sections/overview.typ",
    "sections/setbacks.typ",
    "sections/sources.typ",
    "sections/technologies.typ",
    "sections/timeline.typ",
}

/// Which document is compiled.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    /// The whole report as one document.
    Report,
    /// The report as a site of many pages.
    Site,
}

impl Entry {
    fn path(self) -> &'static str {
        match self {
            Self::Report => "$report.typ",
            Self::Site => "$site.typ",
        }
    }

    fn text(self) -> String {
        let function = match self {
            Self::Report => "report",
            Self::Site => "site",
        };
        format!("#import \"{PACKAGE}\": {function}\n#{function}(sys.inputs.report)\n")
    }
}

/// Typst's standard library with a report's data in `sys.inputs.report`.
pub(super) fn library(inputs: Dict) -> LazyHash<Library> {
    let features = [Feature::Html, Feature::Bundle].into_iter().collect();
    LazyHash::new(Library::builder().with_inputs(inputs).with_features(features).build())
}

/// A world for one document.
pub(super) struct ReportWorld {
    library: Arc<LazyHash<Library>>,
    fonts: Fonts,
    files: FileStore<Loader>,
    main: FileId,
    date: Option<Datetime>,
}

struct Loader {
    /// Texts of the casebook by path, for Typst's messages to point into.
    texts: Arc<BTreeMap<String, Bytes>>,
}

impl ReportWorld {
    pub(super) fn new(
        library: Arc<LazyHash<Library>>,
        fonts: Fonts,
        texts: Arc<BTreeMap<String, Bytes>>,
        entry: Entry,
        date: Option<Datetime>,
    ) -> Self {
        let main = file_id(entry.path()).unwrap_or_else(detached);
        Self { library, fonts, files: FileStore::new(Loader { texts }), main, date }
    }
}

/// The id of a file of the casebook; none for a path that Typst does not take.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn detached() -> FileId {
    Source::detached("").id()
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}

impl FileLoader for Loader {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let not_found = || FileError::NotFound(path.into());
        match id.root() {
            VirtualRoot::Project => {
                if let Some(entry) =
                    [Entry::Report, Entry::Site].into_iter().find(|entry| entry.path() == path)
                {
                    return Ok(Bytes::from_string(entry.text()));
                }
                self.texts.get(path).cloned().ok_or_else(not_found)
            }
            VirtualRoot::Package(spec) if is_builtin(spec) => TEMPLATES
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, text)| Bytes::from_string(*text))
                .ok_or_else(not_found),
            VirtualRoot::Package(_) => Err(not_found()),
        }
    }
}

fn is_builtin(spec: &PackageSpec) -> bool {
    spec.namespace == "casebook" && spec.name == "report"
}
