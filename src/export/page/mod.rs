//! Owns the head of web pages: what Typst leaves to the site's author.

mod pictures;
mod policy;
mod style_attributes;

use typst::ecow::{EcoString, EcoVec, eco_vec};
use typst::syntax::Span;
use typst_html::{HtmlAttr, HtmlDocument, HtmlElement, HtmlNode, attr, tag};

use super::dom::{self, find_tag};

use self::policy::Policy;

pub(super) use self::pictures::make_inert;
pub(super) use self::style_attributes::StyleRules;

/// The attribute that Open Graph names its properties in.
const PROPERTY: HtmlAttr = HtmlAttr::constant("property");

/// What made the pages.
const GENERATOR: &str = concat!("casebook ", env!("CARGO_PKG_VERSION"));

/// Where a page's style sheet is.
pub(super) enum Style<'a> {
    /// In the page itself.
    Inline(&'a str),
    /// In a file beside it.
    Linked(&'a str),
}

/// What the head of a page says beside what the page says of itself.
pub(super) struct Head<'a> {
    /// The look.
    pub(super) style: Style<'a>,
    /// Where further style sheets are, and scripts.
    pub(super) style_sheets: Vec<String>,
    pub(super) scripts: Vec<String>,
    /// A script in the page itself, which runs once all of the page is there.
    pub(super) module: Option<&'a str>,
    /// What the page is, in the words of Open Graph: `website` or `article`.
    pub(super) kind: &'static str,
    /// The name of the report.
    pub(super) report: &'a str,
    /// Where the page is published, if that is known.
    pub(super) address: Option<String>,
    /// Whether search engines are to leave the page alone.
    pub(super) is_hidden: bool,
    /// What else belongs to the page, each with how it does, and its address.
    pub(super) links: Vec<HeadLink>,
    /// What the page is about, for software: JSON-LD.
    pub(super) described: Option<String>,
}

/// A link that browsers and search engines follow, and readers do not see.
pub(super) struct HeadLink {
    /// What the other is to the page.
    pub(super) rel: &'static str,
    /// Where it is.
    pub(super) href: String,
    /// What it is, if it is no web page.
    pub(super) media_type: Option<&'static str>,
}

/// Completes the head of a page.
pub(super) fn complete(document: &mut HtmlDocument, head: &Head<'_>) {
    let root = document.root_mut();
    let language = root.attrs.get(attr::lang).cloned();
    let Some(element) = find_tag(root, tag::head) else { return };
    let title = find_tag(element, tag::title).map(|title| dom::words(title)).unwrap_or_default();
    let description = take_description(element);
    let mut policy = Policy::default();
    let mut made = Made(EcoVec::new());
    made.named("generator", GENERATOR);
    if head.is_hidden {
        made.named("robots", "noindex");
    }
    made.property("og:type", head.kind);
    made.property("og:title", own_title(&title, head.report));
    made.property("og:site_name", head.report);
    if let Some(description) = &description {
        made.property("og:description", description);
    }
    if let Some(locale) = language.as_deref().and_then(locale) {
        made.property("og:locale", &locale);
    }
    if let Some(address) = &head.address {
        made.property("og:url", address);
        made.link("canonical", address, None);
    }
    for link in &head.links {
        made.link(link.rel, &link.href, link.media_type);
    }
    // Without one, browsers ask the server for an icon that is not there.
    made.link("icon", "data:,", None);
    match head.style {
        Style::Inline(css) => {
            policy.allow_style(css);
            made.text(HtmlElement::new(tag::style), css);
        }
        Style::Linked(path) => made.link("stylesheet", path, None),
    }
    for path in &head.style_sheets {
        made.link("stylesheet", path, None);
    }
    for path in &head.scripts {
        let script = HtmlElement::new(tag::script).with_attr(attr::defer, "");
        made.0.push(script.with_attr(attr::src, path.as_str()).into());
    }
    if let Some(code) = head.module {
        policy.allow_module(code);
        made.text(HtmlElement::new(tag::script).with_attr(attr::r#type, "module"), code);
    }
    if let Some(described) = &head.described {
        let script = HtmlElement::new(tag::script).with_attr(attr::r#type, "application/ld+json");
        made.text(script, described);
    }
    element.children.insert(0, policy.element().into());
    element.children.extend(made.0);
}

/// The title of a page without that of the report behind it, which Open Graph has a place for.
fn own_title<'t>(title: &'t str, report: &str) -> &'t str {
    let own = title.strip_suffix(report).map(|own| own.trim_end_matches([' ', '–']));
    own.filter(|own| !own.is_empty()).unwrap_or(title)
}

/// The page's description, as long as it says anything: an empty one is taken away.
fn take_description(head: &mut HtmlElement) -> Option<EcoString> {
    let is_description = |node: &HtmlNode| match node {
        HtmlNode::Element(element) => {
            element.attrs.get(attr::name).is_some_and(|name| name == "description")
        }
        _ => false,
    };
    let at = head.children.iter().position(is_description)?;
    let HtmlNode::Element(element) = head.children.get(at)? else { return None };
    let content = element.attrs.get(attr::content).cloned().unwrap_or_default();
    if content.trim().is_empty() {
        head.children.remove(at);
        return None;
    }
    Some(content)
}

/// A language and a country as Open Graph writes them; it knows no language by itself.
fn locale(tag: &str) -> Option<String> {
    let (language, country) = tag.split_once('-')?;
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic());
    is_country.then(|| format!("{language}_{}", country.to_ascii_uppercase()))
}

/// The elements of a head.
struct Made(EcoVec<HtmlNode>);

impl Made {
    fn named(&mut self, name: &str, content: &str) {
        let element = HtmlElement::new(tag::meta).with_attr(attr::name, name);
        self.0.push(element.with_attr(attr::content, content).into());
    }

    fn property(&mut self, name: &str, content: &str) {
        let element = HtmlElement::new(tag::meta).with_attr(PROPERTY, name);
        self.0.push(element.with_attr(attr::content, content).into());
    }

    fn link(&mut self, rel: &str, href: &str, media_type: Option<&str>) {
        let mut element =
            HtmlElement::new(tag::link).with_attr(attr::rel, rel).with_attr(attr::href, href);
        if let Some(media_type) = media_type {
            element.attrs.push(attr::r#type, media_type);
        }
        self.0.push(element.into());
    }

    fn text(&mut self, element: HtmlElement, text: &str) {
        let text = HtmlNode::text(text, Span::detached());
        self.0.push(element.with_children(eco_vec![text]).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_the_page_is() {
        assert_eq!(own_title("Cases – A Report", "A Report"), "Cases");
        assert_eq!(own_title("A Report", "A Report"), "A Report");
    }

    #[test]
    fn a_locale_needs_a_country() {
        assert_eq!(locale("pt-BR").as_deref(), Some("pt_BR"));
        assert_eq!(locale("en"), None);
        assert_eq!(locale("zh-Hans"), None);
    }
}
