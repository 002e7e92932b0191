//! Owns where in the PDF the parts of a report are: the pages of each chapter, section and case.

use std::collections::BTreeMap;

use typst::introspection::Introspector;
use typst_layout::PagedDocument;

/// How the labels begin of what opens on a page of its own.
const PARTS: &[&str] = &["chapter__", "section__", CASE];

/// How the labels of cases begin.
const CASE: &str = "case__";

/// The label of the section that the cases lie in.
const CASES: &str = "section__cases";

/// The first page of each part, by its label; none if there is no PDF.
#[derive(Debug, Default)]
pub(super) struct PdfPages {
    starts: BTreeMap<String, usize>,
    count: usize,
}

impl PdfPages {
    /// The pages of a document.
    pub(super) fn of(document: &PagedDocument) -> Self {
        let introspector = document.introspector();
        let mut starts = BTreeMap::new();
        for content in introspector.query_labelled() {
            let Some(label) = content.label() else { continue };
            let name = label.resolve();
            if !PARTS.iter().any(|start| name.starts_with(start)) {
                continue;
            }
            if let Some(page) = content.location().and_then(|place| introspector.page(place)) {
                starts.entry(name.to_string()).or_insert(page.get());
            }
        }
        Self { starts, count: document.pages().len() }
    }

    /// The first and the last page of a part by its label.
    pub(super) fn of_part(&self, name: &str) -> Option<(usize, usize)> {
        let first = *self.starts.get(name)?;
        // The cases lie inside their section, which ends where something else begins.
        let is_inside = |other: &str| name == CASES && other.starts_with(CASE);
        let next = (self.starts.iter())
            .filter(|(other, page)| **page > first && !is_inside(other))
            .map(|(_, page)| *page)
            .min();
        Some((first, next.map_or(self.count, |next| next - 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_the_next_begins() {
        let starts = [
            ("chapter__0", 4),
            (CASES, 9),
            ("case__a", 9),
            ("case__b", 11),
            ("section__sources", 12),
        ];
        let starts = starts.iter().map(|(name, page)| ((*name).to_owned(), *page)).collect();
        let pages = PdfPages { starts, count: 14 };
        for (name, expected) in [
            ("chapter__0", (4, 8)),
            (CASES, (9, 11)),
            ("case__a", (9, 10)),
            ("case__b", (11, 11)),
            ("section__sources", (12, 14)),
        ] {
            assert_eq!(pages.of_part(name), Some(expected), "{name}");
        }
        assert_eq!(pages.of_part("case__c"), None);
    }
}
