//! Owns texts on their way to the templates: Markdown becomes content, keys become labels.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Bytes, Content, Label, SequenceElem};
use typst::model::HeadingElem;
use typst::syntax::Span as TypstSpan;

use super::mentions::Mentions;
use super::references;
use crate::bibliography::Bibliography;
use crate::language::base;
use crate::markdown::{
    CHAPTER_HEADINGS, CitationTarget, Context, FIELD_HEADINGS, FirstUses, ImageSource, Part, Shape,
    Shared, Terms, image_content, label, to_content, to_parts,
};
use crate::model::{Asset, Case, Chapter, Image, Manifest, Markdown, Report, Section, Sources};
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
    pub(super) mentions: &'a Mentions<'a>,
    group_citations: BTreeMap<String, CitationTarget>,
    /// Whether citations show numbers in a row as the first and the last of them.
    pub(super) collapses: bool,
    cases: BTreeSet<&'a str>,
    /// The terms of the glossary, as far as the report has entries to lead to.
    terms: Terms,
}

impl<'a> Texts<'a> {
    pub(super) fn new(
        report: &'a Report,
        spans: &'a SpanTable,
        mentions: &'a Mentions<'a>,
        bibliography: &Bibliography,
    ) -> Self {
        let group_citations = references::targets(bibliography, report);
        let cases = match report.has_section(Section::Cases) {
            true => report.cases.iter().map(|case| case.id.as_str()).collect(),
            false => BTreeSet::new(),
        };
        let terms = match report.has_section(Section::Glossary) {
            true => Terms::of(labelled_terms(&report.manifest)),
            false => Terms::default(),
        };
        let collapses = bibliography.collapses();
        Self { report, spans, mentions, group_citations, collapses, cases, terms }
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
        let rules =
            Rules { citations: &self.group_citations, max_heading: FIELD_HEADINGS, terms: None };
        self.content(text, shape, source, "casebook.yaml", &rules)
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
        let terms = FirstUses::new(&self.terms, Shared::Language);
        let rules = Rules {
            citations: &self.group_citations,
            max_heading: CHAPTER_HEADINGS,
            terms: Some(&terms),
        };
        self.in_context(&chapter.text, chapter.source, path, &rules, |context| {
            to_parts(&chapter.text.value, context)
        })
    }

    /// The terms of the glossary, of which a case has used none yet.
    pub(super) fn first_uses(&self, case: &Case) -> FirstUses<'_> {
        let report = base(&self.report.manifest.language);
        let is_shared = case.language.as_deref().is_none_or(|tag| base(tag) == report);
        let shared = if is_shared { Shared::Language } else { Shared::Spellings };
        FirstUses::new(&self.terms, shared)
    }

    /// A function that makes the texts of one case into content, in which first uses of terms lead to
    /// the glossary if they are given.
    pub(super) fn of_case<'b>(
        &'b self,
        case: &'b Case,
        shape: Shape,
        terms: Option<&'b FirstUses<'b>>,
    ) -> impl Fn(&Markdown) -> Content + 'b {
        let has_cases = self.report.has_section(Section::Cases);
        let citations =
            targets(&case.sources, |key| has_cases.then(|| source_label(&case.id, key)));
        let source = case.source.unwrap_or(self.report.manifest_source);
        let path = self.path(case);
        move |text| {
            let max_heading = if shape == Shape::Point { 0 } else { FIELD_HEADINGS };
            let rules = Rules { citations: &citations, max_heading, terms };
            self.content(text, shape, source, &path, &rules)
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
        rules: &Rules<'_>,
    ) -> Content {
        self.in_context(text, source, path, rules, |context| {
            to_content(&text.value, shape, context)
        })
    }

    /// Does something with what a text of a file is made into content with.
    fn in_context<T>(
        &self,
        text: &Markdown,
        source: SourceId,
        path: &str,
        rules: &Rules<'_>,
        act: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let cases = |id: &str| {
            self.cases.contains(id).then(|| case_label(id)).and_then(|name| label(&name))
        };
        let images = Images { assets: &self.report.assets, from: path };
        act(&Context {
            span: self.spans.span(source, text.span),
            max_heading: rules.max_heading,
            citations: rules.citations,
            collapses: self.collapses,
            cases: &cases,
            images: &images,
            terms: rules.terms,
        })
    }
}

/// What texts of one kind are made into content by.
struct Rules<'a> {
    citations: &'a BTreeMap<String, CitationTarget>,
    max_heading: usize,
    terms: Option<&'a FirstUses<'a>>,
}

/// The terms of the glossary, each with the label of its entry.
fn labelled_terms(manifest: &Manifest) -> impl Iterator<Item = (&str, Label)> {
    let numbered = manifest.glossary.keys().zip(1..);
    numbered.filter_map(|(term, number)| Some((term, label(&term_label(number))?)))
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
            (key.0.clone(), CitationTarget { number, label })
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
