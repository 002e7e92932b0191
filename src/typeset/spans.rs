//! Owns the spans that Typst's messages carry back into the submissions.

use std::collections::BTreeMap;

use typst::foundations::Bytes;
use typst::syntax::{FileId, RangeMapper, Span as TypstSpan, SyntaxKind, SyntaxNode};

use super::world::file_id;
use crate::model::Report;
use crate::source::{Location, SourceId, SourceMap, Span};

/// The files of the casebook as Typst knows them.
pub(super) struct SpanTable {
    ids: BTreeMap<SourceId, FileId>,
    paths: BTreeMap<SourceId, String>,
}

impl SpanTable {
    /// Registers every file that a report's texts come from.
    pub(super) fn new(sources: &SourceMap, report: &Report) -> Self {
        let cases = report.cases.iter().filter_map(|case| case.source);
        let chapters = report.chapters.values().map(|chapter| chapter.source);
        let all: Vec<SourceId> = cases.chain(chapters).chain([report.manifest_source]).collect();
        let path = |source: &SourceId| sources.get(*source).path();
        Self {
            ids: all.iter().filter_map(|id| Some((*id, file_id(path(id))?))).collect(),
            paths: all.iter().map(|id| (*id, path(id).to_owned())).collect(),
        }
    }

    /// The path of a file from the root.
    pub(super) fn path(&self, source: SourceId) -> Option<String> {
        self.paths.get(&source).cloned()
    }

    /// The texts by path, for the world to serve.
    pub(super) fn texts(&self, sources: &SourceMap) -> BTreeMap<String, Bytes> {
        self.ids
            .keys()
            .map(|source| sources.get(*source))
            .map(|file| (file.path().to_owned(), Bytes::from_string(file.text().to_owned())))
            .collect()
    }

    /// The file behind a Typst id.
    pub(super) fn source(&self, id: FileId) -> Option<SourceId> {
        self.ids.iter().find(|(_, known)| **known == id).map(|(source, _)| *source)
    }

    /// The first place of a text in the files that the report is made of.
    pub(super) fn search(&self, sources: &SourceMap, text: &str) -> Option<Location> {
        self.ids.keys().find_map(|source| {
            let at = sources.get(*source).text().find(text)?;
            Some(Span::new(at, at + text.len()).of(*source))
        })
    }

    /// A Typst span over bytes of a file.
    ///
    /// Typst makes spans over ranges only for text that it parsed itself, except by this way: a
    /// leaf of two characters is mapped so that the gap between them is the range.
    pub(super) fn span(&self, source: SourceId, span: Span) -> TypstSpan {
        let Some(id) = self.ids.get(&source) else { return TypstSpan::detached() };
        let (start, end) = (span.range().start, span.range().end);
        if end <= start {
            return TypstSpan::detached();
        }
        let mut ranges = vec![start..start + 1, end - 1..end];
        let mut text = "xx";
        if end - start == 1 {
            // One byte has no gap: one character stands for all of it.
            ranges.truncate(1);
            text = "x";
        }
        let mut leaf = SyntaxNode::leaf(SyntaxKind::Text, text);
        let mapped =
            RangeMapper::new(ranges).and_then(|mapper| leaf.synthesize_mapped(*id, &mapper));
        mapped.map_or_else(|_| TypstSpan::detached(), |()| leaf.span())
    }
}
