//! Owns the look that a group set, as templates/system.typ and the cover take it.

use typst::foundations::{Dict, Str, Value};
use typst::visualize::Color as TypstColor;

use super::super::palette::Palette;
use super::Fields;
use super::text::Texts;
use crate::model::{Color, FontSettings, Image, Style};
use crate::source::Spanned;

/// The group's style; `colors` holds only what differs from the built-in colours.
pub(super) fn value(style: &Style, texts: &Texts<'_>) -> Value {
    let mut out = Fields::new();
    out.put("colors", style.accent.map(colors).unwrap_or_default());
    out.put("paper", style.paper.as_str());
    out.put("case-columns", style.case_columns.count());
    out.put("fonts", fonts(&style.fonts));
    out.put("logo", style.logo.as_ref().and_then(|image| picture(image, texts)));
    out.put("cover", style.cover.as_ref().and_then(|image| picture(image, texts)));
    out.done()
}

/// The families that the group names.
fn fonts(settings: &FontSettings) -> Value {
    let mut out = Fields::new();
    let family =
        |named: &Option<Spanned<String>>| named.as_ref().map(|family| family.value.clone());
    out.put("text", family(&settings.text));
    out.put("headings", family(&settings.headings));
    out.done()
}

fn colors(accent: Color) -> Dict {
    let named = Palette::of(accent).by_day();
    named
        .map(|(name, color)| {
            let [red, green, blue] = color.parts();
            (Str::from(name), Value::Color(TypstColor::from_u8(red, green, blue, u8::MAX)))
        })
        .collect()
}

/// A picture of the manifest with its credit.
fn picture(image: &Image, texts: &Texts<'_>) -> Option<Value> {
    let mut out = Fields::new();
    out.put("body", texts.group_image(image)?);
    out.put("credit", image.credit.as_deref());
    Some(out.done())
}
