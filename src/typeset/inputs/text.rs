//! Owns texts on their way to the templates: Markdown becomes content, keys become labels.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Bytes, Content, Label, SequenceElem};
use typst::model::HeadingElem;
use typst::syntax::Span as TypstSpan;

use super::{has_section, references};
use crate::bibliography::Bibliography;
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

/// The label of a reference of the bibliography.
pub(super) fn reference_label(number: usize) -> String {
    format!("reference__{number}")
}

/// The label of a chapter, by its number among the contents.
pub(super) fn chapter_label(number: usize) -> String {
    format!("chapter__{number}")
}

/// The label of a section by its word in the manifest, as the templates write it.
pub(super) fn section_label(word: &str) -> String {
    format!("section__{word}")
}

/// The label of a term of the glossary, by its number there.
pub(super) fn term_label(number: usize) -> String {
    format!("term__{number}")
}

/// What texts need to become content.
pub(super) struct Texts<'a> {
    report: &'a Report,
    spans: &'a SpanTable,
    group_citations: BTreeMap<String, CitationTarget>,
    cases: BTreeSet<&'a str>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(
        report: &'a Report,
        spans: &'a SpanTable,
        bibliography: &Bibliography,
    ) -> Self {
        let group_citations = references::targets(bibliography, report);
        let cases = match has_section(&report.manifest, Section::Cases) {
            true => report.cases.iter().map(|case| case.id.as_str()).collect(),
            false => BTreeSet::new(),
        };
        Self { report, spans, group_citations, cases }
    }

    /// A text of the manifest.
    pub(super) fn group(&self, text: &Markdown) -> Content {
        self.of_manifest(text, Shape::Blocks)
    }

    /// A text of the manifest that is a point of a list.
    pub(super) fn group_point(&self, text: &Markdown) -> Content {
        self.of_manifest(text, Shape::Point)
    }

    fn of_manifest(&self, text: &Markdown, shape: Shape) -> Content {
        let source = self.report.manifest_source;
        self.content(text, shape, source, "casebook.yaml", &self.group_citations, FIELD_HEADINGS)
    }

    /// A chapter by its number among the contents, cut where it places something: its own title is a
    /// heading of the first level, which can be led to.
    pub(super) fn chapter(&self, chapter: &Chapter, number: usize) -> Vec<Part> {
        let mut parts = self.whole_chapter(chapter);
        let first = parts.iter_mut().find_map(|part| match part {
            Part::Text(content) => Some(content),
            Part::Directive(_) => None,
        });
        if let (Some(first), Some(label)) = (first, label(&chapter_label(number))) {
            *first = with_label(std::mem::take(first), label);
        }
        parts
    }

    fn whole_chapter(&self, chapter: &Chapter) -> Vec<Part> {
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

/// A text whose first heading has a label.
fn with_label(content: Content, label: Label) -> Content {
    let Some(sequence) = content.to_packed::<SequenceElem>() else {
        return if content.is::<HeadingElem>() { content.labelled(label) } else { content };
    };
    let mut blocks = sequence.children.clone();
    if let Some(heading) = blocks.iter_mut().find(|block| block.is::<HeadingElem>()) {
        heading.set_label(label);
    }
    Content::sequence(blocks)
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
