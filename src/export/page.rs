//! Owns the head of web pages: what Typst leaves to the site's author.

use typst::ecow::eco_vec;
use typst::syntax::Span;
use typst_html::{HtmlDocument, HtmlElement, HtmlNode, attr, tag};

/// What the page of all cases may load: nothing but files of the site, which on a disk have no origin.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
    img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

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
    if let Some(head) = head_of(document) {
        head.children.push(icon.into());
        head.children.push(node.into());
    }
}

/// Adds to the page of all cases what it has beyond others: what it may load, a style and a script.
pub(super) fn add_finder(document: &mut HtmlDocument) {
    let policy = HtmlElement::new(tag::meta)
        .with_attr(attr::http_equiv, "Content-Security-Policy")
        .with_attr(attr::content, POLICY);
    let style = HtmlElement::new(tag::link)
        .with_attr(attr::rel, "stylesheet")
        .with_attr(attr::href, "../assets/finder.css");
    let script = HtmlElement::new(tag::script)
        .with_attr(attr::defer, "")
        .with_attr(attr::src, "../assets/finder.js");
    if let Some(head) = head_of(document) {
        // It holds for what stands behind it.
        head.children.insert(0, policy.into());
        head.children.push(style.into());
        head.children.push(script.into());
    }
}

fn head_of(document: &mut HtmlDocument) -> Option<&mut HtmlElement> {
    document.root_mut().children.make_mut().iter_mut().find_map(|child| match child {
        HtmlNode::Element(element) if element.tag == tag::head => Some(element),
        _ => None,
    })
}
