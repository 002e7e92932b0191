//! Owns the finder of a report that is one page: all that it needs is in the page.

use typst::ecow::{EcoString, eco_vec};
use typst::syntax::Span;
use typst_html::{HtmlElement, HtmlNode, attr, tag};

use super::{FIND, SCRIPT, STYLE, WAYS, index};
use crate::export::{Publication, dom};
use crate::typeset::Typesetter;

/// The element that the script takes the cards from, which a page with a finder has.
const CARDS_ID: &str = "finder-cards";

/// The element that the script takes the index from.
const INDEX_ID: &str = "finder-index";

/// What the head of a page needs for its finder; a page without one needs nothing.
#[derive(Debug, Default)]
pub(in crate::export) struct InReport {
    /// What its style sheet has besides.
    pub(in crate::export) style: &'static str,
    /// The script.
    pub(in crate::export) module: Option<String>,
}

impl InReport {
    /// Completes the page of a report, if its templates put a finder there: with the index, and with what
    /// its counts ask the finder for.
    pub(in crate::export) fn complete(
        root: &mut HtmlElement,
        publication: &Publication<'_>,
    ) -> Self {
        let is_cards = |element: &HtmlElement| {
            element.attrs.get(attr::id).is_some_and(|found| found == CARDS_ID)
        };
        if dom::find(root, &is_cards).is_none() {
            return Self::default();
        }
        let Publication { typesetter, report, corpus, .. } = *publication;
        lead_counts(root, typesetter);
        if let Some(body) = dom::find_tag(root, tag::body) {
            body.children.push(data_block(&index(report, corpus)).into());
        }
        Self { style: STYLE, module: Some([SCRIPT, WAYS].concat()) }
    }
}

/// Data that a script reads and no browser runs.
fn data_block(json: &str) -> HtmlElement {
    HtmlElement::new(tag::script)
        .with_attr(attr::r#type, "application/json")
        .with_attr(attr::id, INDEX_ID)
        .with_children(eco_vec![HtmlNode::text(json, Span::detached())])
}

/// Lets what leads to a list of cases say what the finder is asked for, to show them.
fn lead_counts(root: &mut HtmlElement, typesetter: &Typesetter<'_>) {
    dom::each_element(root, &mut |element| {
        if element.tag != tag::a {
            return;
        }
        let list = element.attrs.get(attr::href).and_then(|href| href.strip_prefix('#'));
        if let Some(query) = list.and_then(|list| typesetter.query(list)) {
            element.attrs.push(FIND, EcoString::from(query));
        }
    });
}
