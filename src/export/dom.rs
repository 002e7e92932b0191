//! Owns the elements of a web page that is made: walking through them, and those that are put in.

use typst::ecow::eco_vec;
use typst::syntax::Span;
use typst_html::{HtmlAttr, HtmlElement, HtmlNode, HtmlTag, attr, tag};

/// Does something with an element and all inside it, in the order of the page.
pub(super) fn each_element(element: &mut HtmlElement, act: &mut impl FnMut(&mut HtmlElement)) {
    act(element);
    for child in element.children.make_mut() {
        if let HtmlNode::Element(inner) = child {
            each_element(inner, act);
        }
    }
}

/// The first element that is as asked.
pub(super) fn find<'e>(
    element: &'e mut HtmlElement,
    is_wanted: &impl Fn(&HtmlElement) -> bool,
) -> Option<&'e mut HtmlElement> {
    if is_wanted(element) {
        return Some(element);
    }
    element.children.make_mut().iter_mut().find_map(|child| match child {
        HtmlNode::Element(inner) => find(inner, is_wanted),
        _ => None,
    })
}

/// The first element of a kind.
pub(super) fn find_tag(element: &mut HtmlElement, tag: HtmlTag) -> Option<&mut HtmlElement> {
    find(element, &|element| element.tag == tag)
}

/// Asks for an element of a class, which has no other.
pub(super) fn has_class(class: &str) -> impl Fn(&HtmlElement) -> bool {
    move |element| element.attrs.get(attr::class).is_some_and(|classes| classes == class)
}

/// A link with words.
pub(super) fn link(href: &str, words: &str) -> HtmlElement {
    HtmlElement::new(tag::a)
        .with_attr(attr::href, href)
        .with_children(eco_vec![HtmlNode::text(words, Span::detached())])
}

/// Takes out the first element that is as asked.
pub(super) fn take(
    element: &mut HtmlElement,
    is_meant: &impl Fn(&HtmlElement) -> bool,
) -> Option<HtmlElement> {
    let inner = |node: &HtmlNode| matches!(node, HtmlNode::Element(inner) if is_meant(inner));
    if let Some(at) = element.children.iter().position(inner) {
        return match element.children.remove(at) {
            HtmlNode::Element(taken) => Some(taken),
            _ => None,
        };
    }
    element.children.make_mut().iter_mut().find_map(|child| match child {
        HtmlNode::Element(inner) => take(inner, is_meant),
        _ => None,
    })
}

/// The value of an attribute that is not to be in the page, and is taken away.
pub(super) fn take_attribute(element: &mut HtmlElement, name: HtmlAttr) -> Option<String> {
    let at = element.attrs.0.iter().position(|(known, _)| *known == name)?;
    Some(element.attrs.0.remove(at).1.to_string())
}

/// The words of an element, folded into one line.
pub(super) fn words(element: &HtmlElement) -> String {
    let mut out = String::new();
    gather(element, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: &HtmlElement, out: &mut String) {
    for child in &element.children {
        match child {
            HtmlNode::Text(text, _) => out.push_str(text),
            HtmlNode::Element(inner) => gather(inner, out),
            _ => {}
        }
    }
}
