//! Owns the world that Typst sees: templates, built in or a casebook's own, fonts, and texts already in
//! memory.
//!
//! There is no file system and no network in it: a package or file that is not embedded or given
//! does not exist.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock};

use typst::comemo::Tracked;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Target};
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};

use super::fonts::Fonts;
use super::links;
use super::sealed::Sealed;

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
    "report.css",
    "site.css",
    "lib.typ",
    "system.typ",
    "target.typ",
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
    "components/edition.typ",
    "components/facts.typ",
    "components/finder.typ",
    "components/foreseen.typ",
    "components/key-figures.typ",
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
    "sections/changes.typ",
    "sections/chapter.typ",
    "sections/colophon.typ",
    "sections/completeness.typ",
    "sections/cover.typ",
    "sections/coverage.typ",
    "sections/evidence.typ",
    "sections/generated.typ",
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
    "sections/volumes.typ",
    "site/feed.typ",
    "site/home.typ",
    "site/page.typ",
    "site/places.typ",
    "site/way.typ",
}

/// The description of the package, which no casebook replaces.
pub(super) const DESCRIPTION: &str = "typst.toml";

/// The file that the report begins in.
pub(super) const START: &str = "lib.typ";

/// What stands in a name before its ending to ask for the built-in template, own one or not:
/// `components/case.built-in.typ`. Its own imports lead where those of any template there lead.
const BUILT_IN: &str = ".built-in.";

/// The paths of the built-in templates, without what describes them as a package.
pub(super) fn built_in_paths() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(path, _)| *path).filter(|path| *path != DESCRIPTION)
}

/// The text of a built-in template.
pub(super) fn built_in(path: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The text of a built-in template that is asked for as such.
pub(super) fn built_in_by_name(path: &str) -> Option<&'static str> {
    let (stem, ending) = path.rsplit_once(BUILT_IN)?;
    built_in(&format!("{stem}.{ending}"))
}

/// Where a document of the whole report begins, and the function that makes it.
const REPORT: &str = "$report.typ";
pub(super) const REPORT_FUNCTION: &str = "report";

/// Where a page of the site begins, and the function that makes it.
const PAGE: &str = "$page.typ";
pub(super) const PAGE_FUNCTION: &str = "site-page";

/// Where the page that leads to volumes begins, and the function that makes it.
const VOLUMES: &str = "$volumes.typ";
pub(super) const VOLUMES_FUNCTION: &str = "volumes";

/// Where the words of the site's feed begin, and the function that makes them.
const FEED: &str = "$feed.typ";
pub(super) const FEED_FUNCTION: &str = "feed";

/// The text that a document begins with: a call of a function of the templates.
fn beginning(function: &str, data: &str) -> String {
    format!("#import \"{PACKAGE}\": {function}\n#{function}({data})\n")
}

/// What takes sealed data out in such a text.
fn unsealed(data: Option<&Sealed>) -> String {
    let name = data.map(Sealed::name).unwrap_or_default();
    format!("(sys.inputs.unsealed)(\"{name}\")")
}

/// Typst's standard library with a document's data in `sys.inputs`, and in `sys.inputs.target` what it is
/// made for.
pub(super) fn library(mut inputs: Dict, target: Target) -> LazyHash<Library> {
    inputs.insert("target".into(), target.into_value());
    // The last lets templates name the rows of tables for those who do not see them.
    let features = [Feature::Html, Feature::A11yExtras].into_iter().collect();
    let mut library = Library::builder().with_inputs(inputs).with_features(features).build();
    links::rule(&mut library.rules, target);
    LazyHash::new(library)
}

/// A world for one document.
pub(super) struct ReportWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    files: FileStore<Loader>,
    /// The built-in templates that own ones take the place of.
    replaced: HashSet<FileId>,
    main: FileId,
    date: Option<Datetime>,
}

/// Files in memory, by path.
pub(super) type InMemory = Arc<BTreeMap<String, Bytes>>;

struct Loader {
    /// Texts of the casebook, for Typst's messages to point into.
    texts: InMemory,
    /// The casebook's own templates, by path from their folder.
    own: InMemory,
}

impl ReportWorld {
    pub(super) fn new(
        library: LazyHash<Library>,
        fonts: Fonts,
        texts: InMemory,
        own: InMemory,
        date: Option<Datetime>,
    ) -> Self {
        let main = file_id(REPORT).unwrap_or_else(detached);
        let replaced = own.keys().filter(|path| *path != DESCRIPTION);
        let replaced = replaced.filter_map(|path| template_id(path)).collect();
        let files = FileStore::new(Loader { texts, own });
        Self { library, fonts, files, replaced, main, date }
    }
}

/// The id of a file of the casebook; none for a path that Typst does not take.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The id of a template; none for a path that Typst does not take.
pub(super) fn template_id(path: &str) -> Option<FileId> {
    let root = VirtualRoot::Package(PACKAGE.parse().ok()?);
    Some(RootedPath::new(root, VirtualPath::new(path).ok()?).intern())
}

/// The path of a template, built in or own; none for any other file.
pub(super) fn template_path(id: FileId) -> Option<&'static str> {
    let rooted = id.get();
    match rooted.root() {
        VirtualRoot::Package(spec) if is_templates(spec) => {
            Some(rooted.vpath().get_without_slash())
        }
        _ => None,
    }
}

fn detached() -> FileId {
    Source::detached("").id()
}

/// The built-in templates, which are parsed once for all worlds.
static BUILT_IN_FILES: LazyLock<FileStore<BuiltIn>> = LazyLock::new(|| FileStore::new(BuiltIn));

/// The ids of the built-in templates.
static BUILT_IN_IDS: LazyLock<HashSet<FileId>> =
    LazyLock::new(|| TEMPLATES.iter().filter_map(|(path, _)| template_id(path)).collect());

struct BuiltIn;

impl FileLoader for BuiltIn {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let text = template_path(id).and_then(built_in);
        let not_found = || FileError::NotFound(id.vpath().get_without_slash().into());
        text.map(Bytes::from_string).ok_or_else(not_found)
    }
}

impl ReportWorld {
    /// Whether a file is a built-in template that no own one takes the place of.
    fn is_built_in(&self, id: FileId) -> bool {
        BUILT_IN_IDS.contains(&id) && !self.replaced.contains(&id)
    }
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
        if self.is_built_in(id) { BUILT_IN_FILES.source(id) } else { self.files.source(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if self.is_built_in(id) { BUILT_IN_FILES.file(id) } else { self.files.file(id) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}

/// Whether what is made in a world is a page of the site.
pub(super) fn is_page_of_site(world: Tracked<dyn World + '_>) -> bool {
    file_id(PAGE).is_some_and(|page| world.main() == page)
}

/// The same world with another document than the whole report.
pub(super) struct DocumentWorld<'a> {
    report: &'a ReportWorld,
    main: Source,
}

impl<'a> DocumentWorld<'a> {
    /// A page of the site with its data. It gets what it shows and no more: Typst reads all that a function
    /// is called with, to know whether it was called so before.
    pub(super) fn page(report: &'a ReportWorld, data: Option<&Sealed>) -> Self {
        let data = format!("sys.inputs.site, {}", unsealed(data));
        Self::new(report, PAGE, beginning(PAGE_FUNCTION, &data))
    }

    /// The page that leads to volumes.
    pub(super) fn volumes(report: &'a ReportWorld) -> Self {
        let text = beginning(VOLUMES_FUNCTION, "sys.inputs.report, sys.inputs.volumes");
        Self::new(report, VOLUMES, text)
    }

    /// The words of the site's feed, from what is new since an earlier edition.
    pub(super) fn feed(report: &'a ReportWorld, changes: Option<&Sealed>) -> Self {
        Self::new(report, FEED, beginning(FEED_FUNCTION, &unsealed(changes)))
    }

    fn new(report: &'a ReportWorld, path: &str, text: String) -> Self {
        let id = file_id(path).unwrap_or_else(detached);
        Self { report, main: Source::new(id, text) }
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.report.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.report.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { self.report.source(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.report.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.report.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.report.today(offset)
    }
}

impl FileLoader for Loader {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let not_found = || FileError::NotFound(path.into());
        match id.root() {
            VirtualRoot::Project => {
                if path == REPORT {
                    let text = beginning(REPORT_FUNCTION, "sys.inputs.report");
                    return Ok(Bytes::from_string(text));
                }
                self.texts.get(path).cloned().ok_or_else(not_found)
            }
            VirtualRoot::Package(spec) if is_templates(spec) => {
                if let Some(text) = built_in_by_name(path) {
                    return Ok(Bytes::from_string(text));
                }
                self.own.get(path).cloned().ok_or_else(not_found)
            }
            VirtualRoot::Package(_) => {
                let reason = "casebook fetches nothing from the network";
                Err(FileError::Package(PackageError::Other(Some(reason.into()))))
            }
        }
    }
}

fn is_templates(spec: &PackageSpec) -> bool {
    spec.namespace == "casebook" && spec.name == "report"
}
