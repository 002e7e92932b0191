//! Owns the fonts: those in the program, and those that a casebook brings.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

/// The fonts in the program, read once for all worlds.
static BUILT_IN: LazyLock<FontStore> = LazyLock::new(built_in);

fn built_in() -> FontStore {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    for bytes in
        [notosans::REGULAR_TTF, notosans::ITALIC_TTF, notosans::BOLD_TTF, notosans::BOLD_ITALIC_TTF]
    {
        push(&mut fonts, Bytes::new(bytes));
    }
    fonts
}

fn push(store: &mut FontStore, bytes: Bytes) {
    store.extend(Font::iter(bytes).map(|font| {
        let info = font.info().clone();
        (font, info)
    }));
}

/// The families in the program, by name.
pub fn built_in_families() -> impl Iterator<Item = &'static str> {
    BUILT_IN.book().families().map(|(name, _)| name)
}

/// Whether a font in the program can show a character, and the archive standards allow it.
pub(super) fn can_show(c: char) -> bool {
    let is_nobodys = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let mut fonts = (0..).map_while(|index| BUILT_IN.book().info(index));
    !is_nobodys && fonts.any(|font| font.coverage.contains(u32::from(c)))
}

/// The families in a file of fonts; none if it is no such file.
pub fn families(bytes: &[u8]) -> Vec<String> {
    let fonts = Font::iter(Bytes::new(bytes.to_vec()));
    let mut families: Vec<String> =
        fonts.map(|font| font.info().family.as_str().to_owned()).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// The fonts of one report.
#[derive(Clone)]
pub(super) enum Fonts {
    /// Those in the program.
    BuiltIn,
    /// These and those that the casebook brings.
    Own(Arc<FontStore>),
}

impl Fonts {
    /// The built-in fonts with those in the files of a casebook, in the order of their paths.
    pub(super) fn with(files: &BTreeMap<&str, &[u8]>) -> Self {
        if files.is_empty() {
            return Self::BuiltIn;
        }
        let mut store = built_in();
        for bytes in files.values() {
            push(&mut store, Bytes::new(bytes.to_vec()));
        }
        Self::Own(Arc::new(store))
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store().book()
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store().font(index)
    }

    fn store(&self) -> &FontStore {
        match self {
            Self::BuiltIn => &BUILT_IN,
            Self::Own(store) => store,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_a_casebook_come_after_those_in_the_program() {
        let own: &[u8] = notosans::BOLD_TTF;
        assert_eq!(families(own), ["Noto Sans"]);
        let count = |fonts: &Fonts| (0..).take_while(|index| fonts.font(*index).is_some()).count();
        let before = count(&Fonts::with(&BTreeMap::new()));
        let fonts = Fonts::with(&[("a.ttf", own), ("broken.ttf", b"no font")].into());
        assert_eq!(count(&fonts), before + 1);
        assert_eq!(fonts.font(before).unwrap().data().as_slice(), own);
        assert_eq!(families(b"no font"), [""; 0]);
    }
}
