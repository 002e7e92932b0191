//! Owns the bibliography as the templates get it: references as content, and the places that cite them.

use std::collections::BTreeMap;

use typst::foundations::{Array, Content, NativeElement, Smart, Value};
use typst::model::{Destination, LinkElem, LinkTarget, Url};
use typst::text::{SmallcapsElem, SubElem, SuperElem, TextElem};

use super::case::language;
use super::text::{chapter_label, reference_label, section_label, source_label};
use super::{Fields, list};
use crate::bibliography::{Bibliography, Look, Piece, Place, Reference, Shift};
use crate::markdown::{CitationTarget, label, title};
use crate::model::{ContentItem, Report, Section};

/// The references with their numbers, labels and places.
pub(super) fn value(bibliography: &Bibliography, report: &Report) -> Array {
    let numbered = bibliography.references().iter().zip(1..);
    numbered.map(|(reference, number)| one(reference, number, report)).collect()
}

fn one(reference: &Reference, number: usize, report: &Report) -> Value {
    let mut out = Fields::new();
    out.put("number", i64::try_from(number).unwrap_or_default());
    out.put("label", reference_label(number));
    out.put("body", content(&reference.pieces));
    out.put("cited", list(&reference.cited, |found| place(found, report)));
    out.done()
}

/// What the citations of the group's own texts show, and where they lead.
pub(super) fn targets(
    bibliography: &Bibliography,
    report: &Report,
) -> BTreeMap<String, CitationTarget> {
    // A label that is not in the document must not be linked to.
    let has_sources = report.has_section(Section::Sources);
    let target = |number: usize| CitationTarget {
        number,
        label: label(&reference_label(number)).filter(|_| has_sources),
    };
    bibliography.numbers().map(|(key, number)| (key.to_owned(), target(number))).collect()
}

fn place(place: &Place, report: &Report) -> Value {
    let mut out = Fields::new();
    match place {
        Place::Imprint => {
            out.put("section", "imprint");
            out.put("label", section_label("imprint"));
        }
        Place::Section(section) => {
            out.put("section", section.as_str());
            out.put("label", section_label(section.as_str()));
        }
        Place::Chapter(number) => {
            let path = report.manifest.contents.get(*number).and_then(|item| match item {
                ContentItem::Chapter { path, .. } => Some(path.value.as_str()),
                ContentItem::Section { .. } => None,
            });
            let chapter = path.and_then(|path| report.chapters.get(path));
            let heading = chapter.and_then(|chapter| title(&chapter.text.value));
            let heading = heading.filter(|heading| !heading.trim().is_empty());
            out.put("label", heading.is_some().then(|| chapter_label(*number)));
            out.put("title", heading.or_else(|| path.map(str::to_owned)));
            out.put("language", Value::None);
        }
        Place::Case(id, key) => {
            let has_cases = report.has_section(Section::Cases);
            out.put("label", has_cases.then(|| source_label(id, key)));
            let case = report.case(id);
            out.put("title", case.map(|case| case.title.as_str()));
            out.put("language", case.and_then(|case| language(case, report)));
        }
    }
    out.done()
}

/// Pieces of text as content.
pub(super) fn content(pieces: &[Piece]) -> Content {
    Content::sequence(pieces.iter().map(piece).collect::<Vec<_>>())
}

fn piece(piece: &Piece) -> Content {
    let url = piece.url.as_ref().and_then(|url| Url::new(url.as_str()).ok());
    let Some(url) = url else { return looking(TextElem::packed(piece.text.as_str()), piece.look) };
    let text = TextElem::packed(breakable(&piece.text));
    let text = text.set(TextElem::hyphenate, Smart::Custom(false));
    let target = LinkTarget::Dest(Destination::Url(url));
    LinkElem::new(target, looking(text, piece.look)).pack()
}

/// An address in which lines may break behind its marks, but not between the slashes of `https://`.
fn breakable(address: &str) -> String {
    let mut out = String::new();
    let mut rest = address.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let is_mark = matches!(c, '/' | '?' | '&' | '=' | '.' | '_' | '-');
        if is_mark && rest.peek().is_some_and(|next| *next != '/') {
            out.push('\u{200b}');
        }
    }
    out
}

fn looking(text: Content, look: Look) -> Content {
    let text = if look.italic { text.emph() } else { text };
    let text = if look.bold { text.strong() } else { text };
    let text = if look.small_caps { SmallcapsElem::new(text).pack() } else { text };
    match look.shift {
        Some(Shift::Up) => SuperElem::new(text).pack(),
        Some(Shift::Down) => SubElem::new(text).pack(),
        None => text,
    }
}
