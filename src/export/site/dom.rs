//! Owns walking through the elements of a web page.

use typst_html::{HtmlElement, HtmlNode, HtmlTag};

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
