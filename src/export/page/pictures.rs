//! Owns the pictures of pages: no drawing leaves as its author wrote it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use typst_html::{HtmlElement, attr, tag};

use crate::export::dom;
use crate::typeset::Typesetter;

/// How the address of a drawing begins that is in the page itself.
const DRAWING: &str = "data:image/svg+xml;base64,";

/// Makes all drawings in the pictures of a page inert. Browsers run nothing in a picture, but they do
/// once a reader opens it by itself.
pub(in crate::export) fn make_inert(root: &mut HtmlElement, typesetter: &Typesetter<'_>) {
    dom::each_element(root, &mut |element| {
        if element.tag != tag::img {
            return;
        }
        let Some(source) = element.attrs.get_mut(attr::src) else { return };
        let Some(encoded) = source.strip_prefix(DRAWING) else { return };
        let drawing = BASE64_STANDARD.decode(encoded).ok();
        let inert = drawing.and_then(|drawing| typesetter.inert_drawing(&drawing));
        *source = match inert {
            Some(inert) => format!("{DRAWING}{}", BASE64_STANDARD.encode(inert)).into(),
            // What cannot be drawn is not handed on.
            None => "data:,".into(),
        };
    });
}
