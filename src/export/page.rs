//! Owns the head of web pages: what Typst leaves to the site's author.

use typst::ecow::eco_vec;
use typst::syntax::Span;
use typst_html::{HtmlDocument, HtmlElement, HtmlNode, attr, tag};

/// Where a page's style sheet is.
pub(super) enum Style<'a> {
    /// In the page itself.
    Inline(&'a str),
    /// In a file beside it.
    Linked(&'a str),
}

/// Adds the style sheet to a page's head.
pub(super) fn complete(document: &mut HtmlDocument, style: &Style<'_>) {
    let node = match style {
        Style::Inline(css) => HtmlElement::new(tag::style)
            .with_children(eco_vec![HtmlNode::text(*css, Span::detached())]),
        Style::Linked(path) => HtmlElement::new(tag::link)
            .with_attr(attr::rel, "stylesheet")
            .with_attr(attr::href, *path),
    };
    // Without one, browsers ask the server for an icon that is not there.
    let icon =
        HtmlElement::new(tag::link).with_attr(attr::rel, "icon").with_attr(attr::href, "data:,");
    for child in document.root_mut().children.make_mut() {
        if let HtmlNode::Element(element) = child
            && element.tag == tag::head
        {
            element.children.push(icon.into());
            element.children.push(node.into());
            return;
        }
    }
}
