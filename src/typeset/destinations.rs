//! Owns links from page to page: pages are laid out without knowing where these lead, and are told after.
//!
//! Typst describes a link by the page it leads to. So whatever holds one is laid out anew whenever pages
//! shift, and that is nearly all of a report, for each page number that is still to settle. While pages
//! are laid out, such a link is therefore an address that never changes; its place takes the address's
//! once all pages are known.

use std::collections::HashSet;

use rayon::prelude::*;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::{EcoString, EcoVec, eco_format};
use typst::foundations::{Content, Label, Output};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document, LinkMarker, Refable};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

/// How addresses of places begin. No text of a casebook can lead to such an address.
const SCHEME: &str = "casebook:";

/// What stands for a place until it is known.
pub(super) struct Address<'a> {
    /// The word for a page in the language of the link.
    pub(super) page: &'a str,
    pub(super) label: Label,
}

impl<'a> Address<'a> {
    pub(super) fn to_text(&self) -> EcoString {
        eco_format!("{SCHEME}{}/{}", self.page, self.label.resolve())
    }

    fn of(text: &'a str) -> Option<Self> {
        let (page, label) = text.strip_prefix(SCHEME)?.split_once('/')?;
        Some(Self { page, label: Label::new(PicoStr::intern(label))? })
    }
}

/// The same pages, with links that lead to places instead of addresses.
///
/// # Errors
///
/// The links to labels that there are not, in the words that Typst has for them.
pub(super) fn lead(document: &PagedDocument) -> SourceResult<PagedDocument> {
    let led: Vec<(Page, Vec<SourceDiagnostic>)> =
        document.pages().par_iter().map(|page| Guide::new(document).page(page)).collect();
    let (pages, errors): (EcoVec<Page>, Vec<Vec<SourceDiagnostic>>) = led.into_iter().unzip();
    let mut told = HashSet::new();
    let errors: EcoVec<SourceDiagnostic> = (errors.into_iter().flatten())
        .filter(|error| told.insert((error.span, error.message.clone())))
        .collect();
    if errors.is_empty() {
        Ok(PagedDocument::new(pages, document.info().clone()))
    } else {
        Err(errors)
    }
}

/// Finds the places of addresses, on one page.
struct Guide<'a> {
    places: &'a dyn Introspector,
    errors: Vec<SourceDiagnostic>,
}

impl<'a> Guide<'a> {
    fn new(document: &'a PagedDocument) -> Self {
        Self { places: Output::introspector(document), errors: Vec::new() }
    }

    fn page(mut self, page: &Page) -> (Page, Vec<SourceDiagnostic>) {
        let mut page = page.clone();
        if let Some(frame) = self.frame(&page.frame) {
            page.frame = frame;
        }
        (page, self.errors)
    }

    /// A frame with what is different in it; none if nothing is.
    fn frame(&mut self, frame: &Frame) -> Option<Frame> {
        let changed: Vec<(usize, FrameItem)> = (frame.items().enumerate())
            .filter_map(|(index, (_, item))| Some((index, self.item(item)?)))
            .collect();
        if changed.is_empty() {
            return None;
        }
        let mut frame = frame.clone();
        let mut changed = changed.into_iter().peekable();
        let mut index = 0;
        frame.retain(|item| {
            if let Some((_, new)) = changed.next_if(|(at, _)| *at == index) {
                *item = new;
            }
            index += 1;
            true
        });
        Some(frame)
    }

    fn item(&mut self, item: &FrameItem) -> Option<FrameItem> {
        match item {
            FrameItem::Group(group) => {
                let frame = self.frame(&group.frame)?;
                let mut group = group.clone();
                group.frame = frame;
                Some(FrameItem::Group(group))
            }
            FrameItem::Link(Destination::Url(url), size) => {
                let found = self.places.query_label(Address::of(url)?.label).ok()?;
                Some(FrameItem::Link(Destination::Location(found.location()?), *size))
            }
            FrameItem::Tag(Tag::Start(element, flags)) => {
                let described = self.described(element)?;
                Some(FrameItem::Tag(Tag::Start(described, *flags)))
            }
            _ => None,
        }
    }

    /// The mark of a link with what those hear of it who do not see it.
    fn described(&mut self, element: &Content) -> Option<Content> {
        let marker = element.to_packed::<LinkMarker>()?;
        let address = Address::of(marker.alt.as_ref()?)?;
        let target = match self.places.query_label(address.label) {
            Ok(target) => target,
            Err(message) => {
                self.errors.push(SourceDiagnostic::error(element.span(), message));
                return None;
            }
        };
        let page = self.page_of(target.location()?, address.page);
        let alt = match target.with::<dyn Refable>() {
            Some(named) => eco_format!("{}, {page}", named.supplement().plain_text()),
            None => page,
        };
        let mut element = element.clone();
        element.to_packed_mut::<LinkMarker>()?.alt = Some(alt);
        Some(element)
    }

    fn page_of(&self, place: Location, word: &str) -> EcoString {
        match self.places.page(place) {
            Some(page) => eco_format!("{word} {page}"),
            None => word.into(),
        }
    }
}
