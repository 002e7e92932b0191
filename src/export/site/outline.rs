//! Owns the headings of a page: each gets an id that stays as long as its words, and a link to itself;
//! and a page with several parts gets a list of them.

use std::collections::BTreeSet;

use typst::ecow::{EcoVec, eco_vec};
use typst_html::{HtmlAttr, HtmlElement, HtmlNode, attr, tag};

use crate::export::dom::{each_element, find_tag, has_class, link, take, take_attribute, words};

/// The class of the element that the list of parts goes into.
const LIST_CLASS: &str = "on-this-page";

/// The attribute of the page's main part that says what the link of a heading to itself is called.
const LINK_WORDS: HtmlAttr = HtmlAttr::constant("data-link");

/// How many parts a page must have for a list of them to help.
const LISTED: usize = 3;

/// The longest id made of words.
const LONGEST: usize = 60;

/// Completes the headings of a page and its list of parts.
pub(super) fn complete(root: &mut HtmlElement) {
    let mut taken = BTreeSet::new();
    each_element(root, &mut |element| {
        if let Some(id) = element.attrs.get(attr::id) {
            taken.insert(id.to_string());
        }
    });
    let mut parts = Vec::new();
    if let Some(main) = find_tag(root, tag::main) {
        let link_words = take_attribute(main, LINK_WORDS);
        each_element(main, &mut |element| {
            if ![tag::h2, tag::h3, tag::h4].contains(&element.tag) {
                return;
            }
            let title = words(element);
            if title.is_empty() {
                return;
            }
            let id = element.attrs.get(attr::id).map(ToString::to_string);
            let id = id.unwrap_or_else(|| {
                let id = free(&title, &mut taken);
                element.attrs.push(attr::id, id.as_str());
                id
            });
            if element.tag == tag::h2 {
                parts.push((id.clone(), title.clone()));
            }
            if let Some(link_words) = &link_words {
                let link = link(&format!("#{id}"), "#")
                    .with_attr(attr::class, "permalink")
                    .with_attr(attr::aria_label, link_words.as_str());
                element.children.push(link.into());
            }
        });
    }
    list(root, &parts);
}

/// Fills the list of parts and puts it below the title of the page, or takes it away.
///
/// Below it, since who reads on a phone is to see the title before a long list, and who listens to know where
/// the parts belong.
fn list(root: &mut HtmlElement, parts: &[(String, String)]) {
    let Some(mut list) = take(root, &has_class(LIST_CLASS)) else { return };
    if parts.len() < LISTED {
        return;
    }
    let items: EcoVec<HtmlNode> = (parts.iter())
        .map(|(id, title)| {
            let link = link(&format!("#{id}"), title);
            HtmlElement::new(tag::li).with_children(eco_vec![link.into()]).into()
        })
        .collect();
    list.children.push(HtmlElement::new(tag::ul).with_children(items).into());
    let Some(main) = find_tag(root, tag::main) else { return };
    let title = (main.children.iter())
        .position(|node| matches!(node, HtmlNode::Element(inner) if inner.tag == tag::h1));
    main.children.insert(title.map_or(0, |title| title + 1), list.into());
}

/// An id of words that no other element has.
fn free(words: &str, taken: &mut BTreeSet<String>) -> String {
    let mut stem = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        match c.is_alphanumeric() {
            true => stem.push(c),
            false if !stem.is_empty() && !stem.ends_with('-') => stem.push('-'),
            false => {}
        }
        if stem.len() >= LONGEST {
            break;
        }
    }
    let stem = match stem.trim_end_matches('-') {
        "" => "part",
        stem => stem,
    };
    let mut id = stem.to_owned();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{stem}-{number}");
        number += 1;
    }
    id
}
