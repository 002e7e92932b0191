//! Owns texts on their way to the templates: Markdown becomes content, keys become labels.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Bytes, Content};
use typst::syntax::Span as TypstSpan;

use super::has_section;
use crate::markdown::{
    CHAPTER_HEADINGS, CitationTarget, Context, FIELD_HEADINGS, ImageSource, Part, Shape,
    image_content, label, to_content, to_parts,
};
use crate::model::{Asset, Case, Chapter, Image, Markdown, Report, Section, Sources};
use crate::source::{SourceId, resolve};
use crate::typeset::spans::SpanTable;

/// The label of a case.
///
/// Labels become ids in HTML. An id of a case holds no underscore, so two parts of a label never
/// run into each other.
pub(super) fn case_label(id: &str) -> String {
    format!("case__{id}")
}

/// The label of a source of a case.
pub(super) fn source_label(id: &str, key: &str) -> String {
    format!("source__{id}__{key}")
}

/// The label of a source of the group's own texts.
pub(super) fn group_label(key: &str) -> String {
    format!("group-source__{key}")
}

/// What texts need to become content.
pub(super) struct Texts<'a> {
    report: &'a Report,
    spans: &'a SpanTable,
    group_citations: BTreeMap<String, CitationTarget>,
    cases: BTreeSet<&'a str>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(report: &'a Report, spans: &'a SpanTable) -> Self {
        // A label that is not in the document must not be linked to.
        let has_sources = has_section(&report.manifest, Section::Sources);
        let group_citations =
            targets(&report.manifest.sources, |key| has_sources.then(|| group_label(key)));
        let cases = match has_section(&report.manifest, Section::Cases) {
            true => report.cases.iter().map(|case| case.id.as_str()).collect(),
            false => BTreeSet::new(),
        };
        Self { report, spans, group_citations, cases }
    }

    /// A text of the manifest.
    pub(super) fn group(&self, text: &Markdown) -> Content {
        let source = self.report.manifest_source;
        self.content(
            text,
            Shape::Blocks,
            source,
            "casebook.yaml",
            &self.group_citations,
            FIELD_HEADINGS,
        )
    }

    /// A chapter, cut where it places something: its own title is a heading of the first level.
    pub(super) fn chapter(&self, chapter: &Chapter) -> Vec<Part> {
        let path = self
            .report
            .chapters
            .iter()
            .find(|(_, known)| known.source == chapter.source)
            .map_or("", |(path, _)| path);
        let (citations, headings) = (&self.group_citations, CHAPTER_HEADINGS);
        self.in_context(&chapter.text, chapter.source, path, citations, headings, |context| {
            to_parts(&chapter.text.value, context)
        })
    }

    /// A function that makes the texts of one case into content.
    pub(super) fn of_case<'b>(
        &'b self,
        case: &'b Case,
        shape: Shape,
    ) -> impl Fn(&Markdown) -> Content + 'b {
        let has_cases = has_section(&self.report.manifest, Section::Cases);
        let citations =
            targets(&case.sources, |key| has_cases.then(|| source_label(&case.id, key)));
        let source = case.source.unwrap_or(self.report.manifest_source);
        let path = self.path(case);
        move |text| {
            let max_heading = if shape == Shape::Point { 0 } else { FIELD_HEADINGS };
            self.content(text, shape, source, &path, &citations, max_heading)
        }
    }

    /// A picture of a case.
    pub(super) fn image(&self, case: &Case, image: &Image) -> Option<Content> {
        let source = case.source.unwrap_or(self.report.manifest_source);
        self.picture(image, source, &self.path(case))
    }

    /// A picture of the manifest.
    pub(super) fn group_image(&self, image: &Image) -> Option<Content> {
        self.picture(image, self.report.manifest_source, "casebook.yaml")
    }

    fn picture(&self, image: &Image, source: SourceId, from: &str) -> Option<Content> {
        let span = self.spans.span(source, image.file.span);
        let images = Images { assets: &self.report.assets, from };
        images.image(&image.file.value, image.alt.as_deref().unwrap_or_default(), span)
    }

    fn path(&self, case: &Case) -> String {
        case.source.and_then(|source| self.spans.path(source)).unwrap_or_default()
    }

    fn content(
        &self,
        text: &Markdown,
        shape: Shape,
        source: SourceId,
        path: &str,
        citations: &BTreeMap<String, CitationTarget>,
        max_heading: usize,
    ) -> Content {
        self.in_context(text, source, path, citations, max_heading, |context| {
            to_content(&text.value, shape, context)
        })
    }

    /// Does something with what a text of a file is made into content with.
    fn in_context<T>(
        &self,
        text: &Markdown,
        source: SourceId,
        path: &str,
        citations: &BTreeMap<String, CitationTarget>,
        max_heading: usize,
        act: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let cases = |id: &str| {
            self.cases.contains(id).then(|| case_label(id)).and_then(|name| label(&name))
        };
        let images = Images { assets: &self.report.assets, from: path };
        act(&Context {
            span: self.spans.span(source, text.span),
            max_heading,
            citations,
            cases: &cases,
            images: &images,
        })
    }
}

/// The number and the label of each source, by its key.
fn targets(
    sources: &Sources,
    name: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, CitationTarget> {
    let numbered = sources.keys().zip(1..);
    numbered
        .map(|(key, number): (_, usize)| {
            let label = name(&key.0).and_then(|name| label(&name));
            (key.0.clone(), CitationTarget { text: number.to_string(), label })
        })
        .collect()
}

/// The pictures of the casebook, as one file names them.
struct Images<'a> {
    assets: &'a BTreeMap<String, Asset>,
    from: &'a str,
}

impl ImageSource for Images<'_> {
    fn image(&self, path: &str, alt: &str, span: TypstSpan) -> Option<Content> {
        let asset = self.assets.get(&resolve(self.from, path)?)?;
        Some(image_content(Bytes::new(asset.bytes.clone()), alt, span))
    }
}
