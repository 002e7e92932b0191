//! The gallery of charts as Typst sees it: the templates from disk, the fonts of the program.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, IntoValue, Output};
use typst::layout::{Abs, Em};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontVariant, FontVariations, FontWeight};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_html::{HtmlDocument, HtmlOptions};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use crate::support::repository;

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.extend(Font::iter(Bytes::new(bytes)).map(|font| {
            let info = font.info().clone();
            (font, info)
        }));
    }
    fonts
});

/// tests/charts/gallery.typ, to be compiled.
pub(super) struct Gallery {
    main: FileId,
}

/// The gallery for one target, which templates are told as casebook tells them.
struct Wing {
    library: LazyHash<Library>,
    main: FileId,
}

impl Gallery {
    pub(super) fn open() -> Self {
        let path = VirtualPath::new("tests/charts/gallery.typ").unwrap();
        Self { main: RootedPath::new(VirtualRoot::Project, path).intern() }
    }

    pub(super) fn paged(&self) -> PagedDocument {
        self.compile()
    }

    pub(super) fn html(&self) -> String {
        let document: HtmlDocument = self.compile();
        typst_html::html(&document, &HtmlOptions { pretty: false }).unwrap()
    }

    /// How wide words of a size are in the charts' font.
    pub(super) fn width(&self, words: &str, size: f64, bold: bool) -> f64 {
        let weight = if bold { FontWeight::BOLD } else { FontWeight::REGULAR };
        let variant = FontVariant { weight, ..FontVariant::default() };
        let index = FONTS.book().select("noto sans", variant).unwrap();
        let font = FONTS.font(index).unwrap();
        let font = font.instantiate(variant, Abs::pt(size), &FontVariations::default());
        let advance = |c| {
            let glyph = font.ttf().glyph_index(c)?;
            font.x_advance(glyph.0)
        };
        // A letter of another font is about as wide as most.
        words.chars().map(|c| advance(c).map_or(0.6, Em::get) * size).sum()
    }

    /// Compiles for a target. HTML export says of itself that it is new; nothing else may be said.
    fn compile<D: Output>(&self) -> D {
        let mut inputs = casebook::typeset::functions("en");
        inputs.insert("target".into(), D::target().into_value());
        let features = [Feature::Html].into_iter().collect();
        let library = Library::builder().with_inputs(inputs).with_features(features).build();
        let wing = Wing { library: LazyHash::new(library), main: self.main };
        let Warned { output, warnings } = typst::compile::<D>(&wing);
        let said: Vec<_> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        let said: Vec<_> =
            said.into_iter().filter(|said| !said.starts_with("html export is under")).collect();
        assert_eq!(said, [""; 0]);
        output.unwrap_or_else(|errors| panic!("{errors:?}"))
    }
}

impl World for Wing {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = self.file(id)?.to_str().map_err(|_| FileError::InvalidUtf8)?.to_string();
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = repository().join(id.vpath().get_without_slash());
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
