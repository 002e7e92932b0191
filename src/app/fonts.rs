//! Owns a casebook's own fonts: their files, and whether the families that the manifest names are there.

use std::collections::BTreeMap;

use super::diags;
use super::read::MANIFEST;
use super::{Files, ReadError};
use crate::diag::Sink;
use crate::form::find;
use crate::model::{Asset, FontSettings};
use crate::source::{SourceId, resolve};
use crate::typeset::{built_in_families, font_families};

/// The largest file of fonts that is read, in bytes: one of Chinese has some 20 MB.
const LARGEST_FONT: usize = 32 << 20;

/// Reads the files of fonts that the manifest names, each under its path as it stands there, and checks
/// that the families that it names are in them or in the program.
pub(super) fn read_fonts(
    files: &dyn Files,
    settings: &FontSettings,
    manifest: SourceId,
    sink: &mut Sink,
) -> BTreeMap<String, Asset> {
    let mut fonts = BTreeMap::new();
    let mut known: Vec<String> = built_in_families().map(str::to_owned).collect();
    let before = sink.len();
    for named in &settings.files {
        let (path, at) = (&named.value, named.span.of(manifest));
        let bytes = resolve(MANIFEST, path)
            .ok_or(ReadError::Outside)
            .and_then(|inside| files.read(&inside, LARGEST_FONT));
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                sink.push(diags::font_unreadable(path, &error, at));
                continue;
            }
        };
        let found = font_families(&bytes);
        if found.is_empty() {
            sink.push(diags::no_font(path, at));
        }
        known.extend(found);
        fonts.insert(path.clone(), Asset { path: path.clone(), bytes });
    }
    // What could not be read may have had the family that is asked for.
    if sink.len() > before {
        return fonts;
    }
    known.sort_unstable();
    for family in [&settings.text, &settings.headings].into_iter().flatten() {
        if !known.iter().any(|known| known.eq_ignore_ascii_case(&family.value)) {
            let meant = find(&family.value, known.iter().map(String::as_str));
            let meant = meant.map(|meant| meant.word.to_owned());
            let at = family.span.of(manifest);
            sink.push(diags::unknown_font(&family.value, meant.as_deref(), &known, at));
        }
    }
    fonts
}
