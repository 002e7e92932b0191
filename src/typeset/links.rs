//! Owns what links become: those to places of the report stay names until it is known where these are.
//!
//! They are rules and functions of Typst's own kind, since a report has links by the ten thousand, and one of a
//! template is a call for each.

use typst::diag::{At, SourceResult};
use typst::ecow::EcoString;
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, Content, Dict, IntoValue, Label, NativeElement, NativeFuncData, NativeRuleMap,
    Packed, Reflect, ShowFn, Target, Value,
};
use typst::layout::PageElem;
use typst::model::{Destination, EarlyLinkResolver, LinkElem, LinkMarker, LinkTarget, Url};
use typst::text::{LocalName, TextElem};
use typst::utils::PicoStr;
use typst_html::{HtmlElem, attr, tag};

use super::destinations::Address;
use super::inputs::Fields;
use super::native::native;
use super::world;

/// What stands before the name of a place that a page of the site leads to, until `export` knows on which
/// page it is.
pub(crate) const TO_PLACE: &str = "label:";

/// Takes the place of Typst's rule for links, for what a library is to make. A drawing that is laid out for
/// the web keeps Typst's own.
pub(super) fn rule(rules: &mut NativeRuleMap, target: Target) {
    match target {
        Target::Paged => rules.replace(target, ON_PAGES),
        Target::Html => rules.replace(target, ON_THE_WEB),
        Target::Bundle => {}
    }
}

/// Puts the functions under the names that templates/components/parts.typ knows.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&LINKED, &CITATION_LINKS, &CASE_LINK]);
}

/// `linked(target, body)`: where there is no target, or none can be called so, the body alone.
static LINKED: NativeFuncData = native(
    "linked",
    "A content that leads to the place of a name, if there is one.",
    &|engine, _, args| linked(args, leading(engine)),
    &<Content as Reflect>::output,
);

/// `citation-links(sources)`: each source has a `text` and, if there is an entry to lead to, its `label`.
static CITATION_LINKS: NativeFuncData = native(
    "citation-links",
    "The numbers of sources in brackets, each leading to its entry, or nothing.",
    &|engine, _, args| citations(args, leading(engine)),
    &<Content as Reflect>::output,
);

/// `case-link-on-web(case)`: a title in a language of its own says so.
static CASE_LINK: NativeFuncData = native(
    "case-link-on-web",
    "The title of a case, which leads to it if it has a place.",
    &|engine, _, args| case_link(args, leading(engine)),
    &<Content as Reflect>::output,
);

/// What leads to the place of a name.
type Leading = fn(Label, Content) -> Content;

/// On a page of the site, what the rule below would make of a link is made at once: Typst gives each link an
/// identity of its own, which nothing on such a page asks for.
fn leading(engine: &Engine<'_>) -> Leading {
    if world::is_page_of_site(engine.world) { on_site } else { in_document }
}

fn linked(args: &mut Args, leading: Leading) -> SourceResult<Value> {
    let target = args.expect("target")?;
    let body = args.expect("body")?;
    Ok(led(target, body, leading).spanned(args.span).into_value())
}

fn citations(args: &mut Args, leading: Leading) -> SourceResult<Value> {
    let sources: Array = args.expect("sources")?;
    if sources.is_empty() {
        return Ok(Value::None);
    }
    let mut out = vec![TextElem::packed("[")];
    for (number, source) in sources.into_iter().enumerate() {
        let source: Dict = source.cast().at(args.span)?;
        let field = |name| source.get(name).cloned().at(args.span);
        if number > 0 {
            out.push(TextElem::packed(", "));
        }
        let target = field("label")?.cast().at(args.span)?;
        out.push(led(target, field("text")?.display(), leading).spanned(args.span));
    }
    out.push(TextElem::packed("]"));
    Ok(Content::sequence(out).into_value())
}

fn case_link(args: &mut Args, leading: Leading) -> SourceResult<Value> {
    let case: Dict = args.expect("case")?;
    let field = |name| case.get(name).cloned().at(args.span);
    let title = field("title")?.display();
    let body = match field("language")? {
        Value::Dict(language) => {
            let tag: EcoString = language.get("tag").cloned().at(args.span)?.cast().at(args.span)?;
            let span = HtmlElem::new(tag::span).with_attr(attr::lang, tag);
            span.with_body(Some(title)).pack()
        }
        _ => title,
    };
    let target = field("label")?.cast().at(args.span)?;
    Ok(led(target, body, leading).spanned(args.span).into_value())
}

fn led(target: Option<EcoString>, body: Content, leading: Leading) -> Content {
    match target.and_then(|target| Label::new(PicoStr::intern(&target))) {
        Some(label) => leading(label, body),
        None => body,
    }
}

fn in_document(label: Label, body: Content) -> Content {
    LinkElem::new(LinkTarget::Label(label), body).pack()
}

/// The name of the place stands for its address.
fn on_site(label: Label, body: Content) -> Content {
    to_address([TO_PLACE, label.resolve().as_str()].concat().into(), body)
}

fn to_address(href: EcoString, body: Content) -> Content {
    HtmlElem::new(tag::a).with_attr(attr::href, href).with_body(Some(body)).pack()
}

/// On pages, a link to a place is one to an address that stands for it.
const ON_PAGES: ShowFn<LinkElem> = |link, engine, styles| {
    let (dest, told) = match &link.dest {
        LinkTarget::Label(label) => {
            let page = PageElem::local_name_in(styles);
            let address = Address { page, label: *label }.to_text();
            (Destination::Url(Url::new(address.clone()).at(link.span())?), address)
        }
        LinkTarget::Dest(dest) => (dest.clone(), dest.alt_text(engine, styles, link.span())?),
    };
    let marked = LinkMarker::new(link.body.clone(), Some(told)).pack().spanned(link.span());
    Ok(marked.set(LinkElem::current, Some(dest)))
};

/// On the web, a link to a place is one into the page, or for a page of the site the name of the place.
const ON_THE_WEB: ShowFn<LinkElem> = |link, engine, _| {
    let body = link.body.clone();
    let href = match &link.dest {
        LinkTarget::Dest(Destination::Url(url)) => url.clone().into_inner(),
        LinkTarget::Label(label) if world::is_page_of_site(engine.world) => {
            return Ok(on_site(*label, body));
        }
        dest => into_page(link, dest, engine)?,
    };
    Ok(to_address(href, body))
};

/// The address of a place within the page.
fn into_page(
    link: &Packed<LinkElem>,
    dest: &LinkTarget,
    engine: &mut Engine,
) -> SourceResult<EcoString> {
    let span = link.span();
    match (dest.resolve_early(engine, span)?, link.location()) {
        (Destination::Location(place), Some(here)) => EarlyLinkResolver::new(here, span)
            .resolve(engine, place)
            .and_then(|resolved| resolved.into_relative_uri())
            .at(span),
        _ => Ok(EcoString::new()),
    }
}
