//! Owns the links of the site: places on pages get ids, and links between pages their addresses.
//!
//! Templates write `label:` and the name of a place, or `page:` and the path of a page, with what may
//! follow it in an address.

use std::collections::BTreeMap;

use typst::ecow::EcoString;
use typst::foundations::Label;
use typst::introspection::Introspector;
use typst_html::{HtmlAttr, HtmlDocument, HtmlElement, attr, tag};

use crate::export::dom;
use crate::typeset::{Shows, Typesetter};

/// How a link to a place begins.
const TO_LABEL: &str = "label:";
/// How a link to a page begins.
const TO_PAGE: &str = "page:";

/// What a link to a list of cases asks the page of all cases for.
const FIND: HtmlAttr = HtmlAttr::constant("data-find");

/// The script that leads there instead, and where the site has it.
pub(super) const SCRIPT: &str = include_str!("../../../templates/finder/ways.js");
pub(super) const SCRIPT_PATH: &str = "assets/ways.js";

/// The places of a page by their names, each with its id.
pub(super) type Anchors = BTreeMap<String, String>;

/// The places that a page leads to by their names, each with the link that was written.
pub(super) type Resolved = BTreeMap<String, Link>;

/// How a page leads to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The address of the place.
    address: String,
    /// What the page of all cases is asked for instead by [`SCRIPT`], if the place is a list of cases.
    pub(super) query: Option<String>,
}

/// Where places are: the path of a page, and an id on it unless the page itself is meant.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Pages of cases, by what the names of their places hold.
    cases: BTreeMap<String, String>,
    others: BTreeMap<String, (String, String)>,
}

impl Places {
    /// The pages of all cases.
    pub(super) fn of_cases(typesetter: &Typesetter<'_>) -> Self {
        let pages = typesetter.pages().iter();
        let cases = pages.filter_map(|page| match &page.shows {
            Shows::Case(position) => {
                Some((typesetter.case_id(*position)?.to_owned(), page.path.clone()))
            }
            _ => None,
        });
        Self { cases: cases.collect(), others: BTreeMap::new() }
    }

    /// The places of another page. Of two places of one name the first is meant.
    pub(super) fn add(&mut self, path: &str, anchors: &Anchors) {
        for (name, id) in anchors {
            let place = || (path.to_owned(), id.clone());
            self.others.entry(name.clone()).or_insert_with(place);
        }
    }

    /// How a page at a path leads to a place.
    pub(super) fn link(&self, name: &str, from: &str, typesetter: &Typesetter<'_>) -> Option<Link> {
        let query = typesetter.query(name).map(str::to_owned);
        Some(Link { address: self.address(name, from)?, query })
    }

    /// The address of a place as a page at a path writes it.
    fn address(&self, name: &str, from: &str) -> Option<String> {
        let mut parts = name.splitn(3, "__");
        let (kind, id) = (parts.next()?, parts.next().unwrap_or_default());
        if let ("case", Some(path), None) = (kind, self.cases.get(id), parts.next()) {
            return Some(relative(from, path));
        }
        if let ("source", Some(path)) = (kind, self.cases.get(id)) {
            return Some(format!("{}#{name}", page_part(from, path)));
        }
        let (path, id) = self.others.get(name)?;
        Some(format!("{}#{id}", page_part(from, path)))
    }
}

/// Gives all named places of a document ids, and says which.
pub(super) fn with_anchors(mut document: HtmlDocument) -> (HtmlDocument, Anchors) {
    let named = document.introspector().query_labelled();
    let places: Vec<(Label, _)> = (named.iter())
        .filter_map(|content| Some((content.label()?, content.location()?)))
        .collect();
    let targets = places.iter().map(|(_, location)| *location).collect();
    let ids = typst_html::create_link_anchors(&mut document, &targets);
    let mut anchors = Anchors::new();
    for (label, location) in places {
        if let Some(id) = ids.get(&location) {
            anchors.entry(label.resolve().to_string()).or_insert_with(|| id.to_string());
        }
    }
    (document, anchors)
}

/// Writes the addresses of all links of a page, and says which.
///
/// What leads to a list of cases says besides what the page of all cases is asked for to show them: with
/// scripts, [`SCRIPT`] leads there. Without, the list is complete.
///
/// # Errors
///
/// The names of places that there are not.
pub(super) fn resolve(
    root: &mut HtmlElement,
    from: &str,
    places: &Places,
    typesetter: &Typesetter<'_>,
) -> Result<Resolved, Vec<String>> {
    let (mut resolved, mut lost) = (Resolved::new(), Vec::new());
    dom::each_element(root, &mut |element| {
        if element.tag != tag::a {
            return;
        }
        let Some(href) = element.attrs.get_mut(attr::href) else { return };
        if let Some(name) = href.strip_prefix(TO_LABEL) {
            let name = name.to_owned();
            let Some(link) = places.link(&name, from, typesetter) else {
                lost.push(name);
                return;
            };
            *href = link.address.as_str().into();
            if let Some(query) = &link.query {
                element.attrs.push(FIND, EcoString::from(query.as_str()));
            }
            resolved.insert(name, link);
        } else if let Some(path) = href.strip_prefix(TO_PAGE) {
            *href = relative(from, path).into();
        }
    });
    if lost.is_empty() { Ok(resolved) } else { Err(lost) }
}

/// The path of the page that a link is to lead to, before its address is written.
pub(in crate::export) fn page_of(href: &str) -> Option<&str> {
    href.strip_prefix(TO_PAGE)
}

/// The address of a file of the site as a page at a path writes it.
pub(in crate::export) fn relative(from: &str, to: &str) -> String {
    let up = "../".repeat(from.matches('/').count());
    match up.is_empty() {
        true => to.to_owned(),
        // A neighbour needs no way up and down again.
        false => match (from.rsplit_once('/'), to.rsplit_once('/')) {
            (Some((here, _)), Some((there, name))) if here == there => name.to_owned(),
            _ => format!("{up}{to}"),
        },
    }
}

/// The same without the page's own name where a place on the page is meant.
fn page_part(from: &str, to: &str) -> String {
    if from == to { String::new() } else { relative(from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative() {
        for (from, to, expected) in [
            ("index.html", "cases/a.html", "cases/a.html"),
            ("cases/a.html", "cases/b.html", "b.html"),
            ("cases/a.html", "index.html", "../index.html"),
            ("cases/a.html", "themes/t.html", "../themes/t.html"),
            ("index.html", "lessons.html", "lessons.html"),
        ] {
            assert_eq!(relative(from, to), expected);
        }
    }

    #[test]
    fn names_lead_to_their_pages() {
        let mut places = Places::default();
        places.cases.insert("a".to_owned(), "cases/A-2.html".to_owned());
        places.add("lessons.html", &[("x".to_owned(), "x".to_owned())].into());
        places.add("sources.html", &[("x".to_owned(), "loc-1".to_owned())].into());
        let address = |name, from| places.address(name, from);
        assert_eq!(address("case__a", "index.html").as_deref(), Some("cases/A-2.html"));
        assert_eq!(
            address("source__a__k", "sources.html").as_deref(),
            Some("cases/A-2.html#source__a__k")
        );
        assert_eq!(address("source__a__k", "cases/A-2.html").as_deref(), Some("#source__a__k"));
        assert_eq!(address("x", "lessons.html").as_deref(), Some("#x"));
        assert_eq!(address("x", "cases/b.html").as_deref(), Some("../lessons.html#x"));
        assert_eq!(address("case__b", "index.html"), None);
    }
}
