//! Owns what links become: those to places of the report stay names until it is known where these are.
//!
//! They are rules of Typst's own kind, since a report has links by the ten thousand, and a rule of a
//! template is a call for each.

use typst::diag::{At, SourceResult};
use typst::ecow::EcoString;
use typst::engine::Engine;
use typst::foundations::{NativeElement, NativeRuleMap, Packed, ShowFn, Target};
use typst::layout::PageElem;
use typst::model::{Destination, EarlyLinkResolver, LinkElem, LinkMarker, LinkTarget, Url};
use typst::text::LocalName;
use typst_html::{HtmlElem, attr, tag};

use super::destinations::Address;
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
    let href = match &link.dest {
        LinkTarget::Dest(Destination::Url(url)) => url.clone().into_inner(),
        LinkTarget::Label(label) if world::is_page_of_site(engine.world) => {
            [TO_PLACE, label.resolve().as_str()].concat().into()
        }
        dest => into_page(link, dest, engine)?,
    };
    Ok(HtmlElem::new(tag::a).with_attr(attr::href, href).with_body(Some(link.body.clone())).pack())
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
