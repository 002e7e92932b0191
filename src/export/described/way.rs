//! Owns the way around the site as schema.org describes it, in the words that readers see.

use serde_json::{Value, json};
use typst_html::{HtmlElement, HtmlNode, attr, tag};

use super::{Description, named};
use crate::export::dom::{find, has_class, words};
use crate::export::site::page_of;
use crate::typeset::Page;

/// The pages around a page, if it lies in any.
pub(super) fn crumbs(
    description: &Description<'_>,
    page: &Page,
    root: &mut HtmlElement,
) -> Option<Value> {
    let steps = entries(root, "crumbs")?;
    let step = |(number, (name, path)): (usize, (String, Option<String>))| {
        json!({
            "@type": "ListItem",
            "position": number + 1,
            "name": name,
            "item": path.map(|path| description.place(page, &path)),
        })
    };
    let steps: Vec<Value> = steps.into_iter().enumerate().map(step).collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": steps }))
}

/// The pages that the report consists of, as its first page lists them.
pub(super) fn contents(
    description: &Description<'_>,
    page: &Page,
    root: &mut HtmlElement,
) -> Vec<Value> {
    let part = |(name, path): (String, Option<String>)| {
        let mut part = named("WebPage", &name);
        part["url"] = json!(path.map(|path| description.place(page, &path)));
        part
    };
    entries(root, "contents").unwrap_or_default().into_iter().map(part).collect()
}

/// The entries of the list of a class: their words, and the path of the page that each leads to.
fn entries(root: &mut HtmlElement, class: &str) -> Option<Vec<(String, Option<String>)>> {
    let list = find(find(root, &has_class(class))?, &|element| element.tag == tag::ol)?;
    let entries = list.children.iter().filter_map(|child| match child {
        HtmlNode::Element(entry) if entry.tag == tag::li => Some(entry.clone()),
        _ => None,
    });
    let entries = entries.map(|mut entry| {
        let link = find(&mut entry, &|element| element.tag == tag::a);
        let path = link.and_then(|link| page_of(link.attrs.get(attr::href)?).map(str::to_owned));
        (words(&entry), path)
    });
    Some(entries.collect())
}
