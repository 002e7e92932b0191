//! Owns the rules for generated sections in chapters: one stands in a report once, since what leads to it
//! leads to one place, and what it tells of must be known.

use std::collections::BTreeMap;

use super::super::diags;
use crate::diag::Sink;
use crate::model::{ContentItem, Extent, Placed, Report, Section};
use crate::source::Location;

/// Says so where a chapter places a section that has another place in the same report. Two entries of
/// the manifest were told with the manifest.
pub(super) fn check_sections(report: &Report, sink: &mut Sink) {
    let mut places = Places::default();
    for item in &report.manifest.contents {
        if let ContentItem::Section { section, only_in, .. } = item {
            let at = section.span.of(report.manifest_source);
            places.add(section.value, *only_in, at);
        }
    }
    for item in &report.manifest.contents {
        let ContentItem::Chapter { path, only_in } = item else { continue };
        let Some(chapter) = report.chapters.get(&path.value) else { continue };
        for directive in &chapter.directives {
            let Placed::Section(section) = &directive.places else { continue };
            let at = section.span.of(chapter.source);
            if section.value == Section::Changes && report.manifest.changes.is_none() {
                sink.push(diags::earlier_missing(at));
            }
            if let Some(first) = places.add(section.value, *only_in, at) {
                sink.push(diags::section_twice(section.value.as_str(), first, at));
            }
        }
    }
}

/// The first place of each section in the whole report and in those of parts.
#[derive(Default)]
struct Places(BTreeMap<(&'static str, &'static str), Location>);

impl Places {
    /// Adds a place; returns another one of the same section in the same reports.
    fn add(&mut self, section: Section, only_in: Option<Extent>, at: Location) -> Option<Location> {
        let mut other = None;
        for extent in [Extent::Whole, Extent::Parts] {
            if only_in.is_none_or(|only| only == extent) {
                let first = self.0.entry((section.as_str(), extent.as_str())).or_insert(at);
                other = other.or(Some(*first).filter(|first| *first != at));
            }
        }
        other
    }
}
