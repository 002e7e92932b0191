//! Owns how wide words are on the web, where browsers set them and no layout tells.

use typst::World;
use typst::engine::Engine;
use typst::foundations::{Array, IntoValue, NativeFuncData, Reflect, Str, Value};
use typst::layout::Abs;
use typst::text::{FontInstance, FontVariant, FontVariations, FontWeight};
use unicode_width::UnicodeWidthChar;

use super::inputs::Fields;
use super::native::native;

/// How wide a letter of another font is, in its size: about as most are.
const OF_ANOTHER_FONT: f64 = 0.6;

/// Puts the function under the name that templates/charts/labels.typ knows.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&ADVANCE]);
}

/// `advance(words, families, weight)`: the sum of how far each letter carries, which is what words take
/// but for pairs that are set closer.
static ADVANCE: NativeFuncData = native(
    "advance",
    "How wide words are, in the size that they are set in.",
    &|engine, _, args| {
        let words: Str = args.expect("words")?;
        let families: Value = args.expect("families")?;
        let weight: Str = args.expect("weight")?;
        let weight = if weight.as_str() == "bold" { FontWeight::BOLD } else { FontWeight::REGULAR };
        Ok(width(&words, font(engine, families, weight).as_ref()).into_value())
    },
    &<f64 as Reflect>::output,
);

/// The first font that there is of some families.
fn font(engine: &Engine<'_>, families: Value, weight: FontWeight) -> Option<FontInstance> {
    let families = match families {
        Value::Array(families) => families,
        one => Array::from_iter([one]),
    };
    let variant = FontVariant { weight, ..FontVariant::default() };
    let mut families = families.into_iter().filter_map(|family| family.cast::<Str>().ok());
    let index =
        families.find_map(|family| engine.world.book().select(&family.to_lowercase(), variant))?;
    let size = Abs::pt(1.0);
    Some(engine.world.font(index)?.instantiate(variant, size, &FontVariations::default()))
}

fn width(words: &str, font: Option<&FontInstance>) -> f64 {
    let letter = |letter: char| {
        let glyph = font.and_then(|font| Some((font, font.ttf().glyph_index(letter)?)));
        match glyph.and_then(|(font, glyph)| font.x_advance(glyph.0)) {
            Some(advance) => advance.get(),
            // Signs of some scripts are as wide as high.
            None => match letter.width() {
                Some(0) => 0.0,
                Some(2) => 1.0,
                _ => OF_ANOTHER_FONT,
            },
        }
    };
    words.chars().map(letter).sum()
}
