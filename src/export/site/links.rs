//! Owns the links of the site: places on pages get ids, and links between pages their addresses.
//!
//! Until here a link is `label:` and the name of a place, or `page:` and the path of a page, with what may
//! follow it in an address.

use std::collections::BTreeMap;

use typst::ecow::{EcoString, eco_format};
use typst::foundations::Label;
use typst::introspection::Introspector;
use typst::utils::hash128;
use typst_html::{HtmlDocument, HtmlElement, attr, tag};

use crate::export::dom;
use crate::export::finder::FIND;
use crate::typeset::{Shows, TO_PLACE, Typesetter};

/// How a link to a page begins.
const TO_PAGE: &str = "page:";

/// Where the site has the script [`WAYS`](crate::export::finder::WAYS).
pub(super) const SCRIPT_PATH: &str = "assets/ways.js";

/// The places of a page by their names, each with its id.
pub(super) type Anchors = BTreeMap<String, String>;

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

/// Writes the addresses of all pages that a page leads to, and says to which places it leads: their addresses
/// are open.
///
/// What leads to a list of cases says besides what the page of all cases is asked for to show them: with
/// scripts, [`WAYS`](crate::export::finder::WAYS) leads there. Without, the list is complete.
pub(super) fn lead_to_pages(
    root: &mut HtmlElement,
    from: &str,
    typesetter: &Typesetter<'_>,
) -> OpenLinks {
    let mut open = OpenLinks::default();
    dom::each_element(root, &mut |element| {
        let Some(href) = address_of(element) else { return };
        if let Some(name) = href.strip_prefix(TO_PLACE) {
            let name = name.to_owned();
            *href = eco_format!("{TO_PLACE}{}", open.names.len());
            if let Some(query) = typesetter.query(&name) {
                element.attrs.push(FIND, EcoString::from(query));
                open.has_ways = true;
            }
            open.names.push(name);
        } else if let Some(path) = href.strip_prefix(TO_PAGE) {
            *href = relative(from, path).into();
        }
    });
    open
}

/// Where a link leads, if an element is one.
fn address_of(element: &mut HtmlElement) -> Option<&mut EcoString> {
    if element.tag == tag::a { element.attrs.get_mut(attr::href) } else { None }
}

/// The places that a page leads to, by the numbers that stand in the open addresses.
#[derive(Debug, Default)]
pub(super) struct OpenLinks {
    names: Vec<String>,
    /// Whether any leads to what the page of all cases can be asked for.
    pub(super) has_ways: bool,
}

/// A page in HTML without the addresses of places, which are known once all pages are made.
///
/// Elements take many times the memory of what they are written as, and a site may have thousands of pages.
#[derive(Debug, Clone)]
pub(super) struct UnlinkedPage {
    html: String,
    /// Where an address is to be put, with the name of its place, in order.
    open: Vec<(usize, String)>,
}

impl UnlinkedPage {
    /// Writes a page.
    ///
    /// # Errors
    ///
    /// What `write` refuses.
    pub(super) fn of<E>(
        document: &mut HtmlDocument,
        links: OpenLinks,
        write: impl Fn(&HtmlDocument) -> Result<String, E>,
    ) -> Result<Self, E> {
        let html = write(document)?;
        if let Some(page) = Self::cut_out(&html, TO_PLACE, &links.names) {
            return Ok(page);
        }
        // Some text looks like an open address. None can hold a digest of what it stands in.
        let mark = format!("{:x}:", hash128(&html));
        dom::each_element(document.root_mut(), &mut |element| {
            let Some(href) = address_of(element) else { return };
            if let Some(number) = href.strip_prefix(TO_PLACE) {
                *href = eco_format!("{mark}{number}");
            }
        });
        let html = write(document)?;
        Ok(Self::cut_out(&html, &mark, &links.names)
            .unwrap_or_else(|| Self { html, open: Vec::new() }))
    }

    /// Cuts the open addresses out of a page, each of which is a mark and a number; none if the page has
    /// more or less of them than names.
    fn cut_out(html: &str, mark: &str, names: &[String]) -> Option<Self> {
        let begin = format!("href=\"{mark}");
        let mut pieces = html.split(&begin);
        let mut page = Self { html: pieces.next()?.to_owned(), open: Vec::new() };
        for piece in pieces {
            let (number, rest) = piece.split_once('"')?;
            let name = names.get(number.parse::<usize>().ok()?)?;
            page.html.push_str("href=\"");
            page.open.push((page.html.len(), name.clone()));
            page.html.push('"');
            page.html.push_str(rest);
        }
        (page.open.len() == names.len()).then_some(page)
    }

    /// The page at a path with all its addresses.
    ///
    /// # Errors
    ///
    /// The names of places that there are not.
    pub(super) fn linked(&self, from: &str, places: &Places) -> Result<String, Vec<String>> {
        let mut out = String::with_capacity(self.html.len() + 40 * self.open.len());
        let (mut written, mut lost) = (0, Vec::new());
        for (at, name) in &self.open {
            out.push_str(self.html.get(written..*at).unwrap_or_default());
            written = *at;
            match places.address(name, from) {
                Some(address) => {
                    out.push_str(&address.replace('&', "&amp;").replace('"', "&quot;"));
                }
                None => lost.push(name.clone()),
            }
        }
        out.push_str(self.html.get(written..).unwrap_or_default());
        if lost.is_empty() { Ok(out) } else { Err(lost) }
    }
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
    fn addresses_are_put_into_what_is_written() {
        let names = ["case__a".to_owned(), "x".to_owned()];
        let html = "<a href=\"label:1\">X</a> & <a class=\"c\" href=\"label:0\">A</a>";
        let page = UnlinkedPage::cut_out(html, TO_PLACE, &names).unwrap();
        let mut places = Places::default();
        places.cases.insert("a".to_owned(), "cases/a.html".to_owned());
        assert_eq!(page.linked("index.html", &places), Err(vec!["x".to_owned()]));
        places.add("lessons.html", &[("x".to_owned(), "x&\"y".to_owned())].into());
        let expected = "<a href=\"lessons.html#x&amp;&quot;y\">X</a> & \
                        <a class=\"c\" href=\"cases/a.html\">A</a>";
        assert_eq!(page.linked("index.html", &places).as_deref(), Ok(expected));
    }

    #[test]
    fn what_looks_like_an_open_address_is_told_from_one() {
        let names = ["x".to_owned()];
        for text in ["href=\"label:0\"", "href=\"label:7\"", "href=\"label:", "href=\"label:0"] {
            let html = format!("<a href=\"label:0\">{text}</a>");
            assert!(UnlinkedPage::cut_out(&html, TO_PLACE, &names).is_none(), "{text}");
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
