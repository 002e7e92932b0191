//! Owns the form for people: code, message, source line with a caret, help.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{COMMAND, Findings, NO_COMMAND, Style, printable};
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{SourceFile, SourceId, SourceMap, Span};

/// Columns to assume where there is no terminal.
const DEFAULT_WIDTH: usize = 140;

/// Lines longer than this are not shown: a caret in them helps nobody.
const LONGEST_LINE: usize = 2000;

/// Shows all diagnostics, an empty line after each.
pub(super) fn render(findings: &Findings<'_>, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer
        .term_width(style.width.unwrap_or(DEFAULT_WIDTH).max(60))
        .decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in findings.diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, findings.sources)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    // The snippets of one file make one element; that of the primary label comes first.
    let labels: Vec<(&Label, AnnotationKind)> = diagnostic
        .primary
        .iter()
        .map(|label| (label, AnnotationKind::Primary))
        .chain(diagnostic.related.iter().map(|label| (label, AnnotationKind::Context)))
        .collect();
    let mut shown: Vec<SourceId> = Vec::new();
    for (label, _) in &labels {
        let source = label.location.source;
        if shown.contains(&source) {
            continue;
        }
        shown.push(source);
        let in_file: Vec<_> = labels.iter().filter(|(l, _)| l.location.source == source).collect();
        group = group.element(snippet(sources.get(source), &in_file));
    }
    if let (None, Some(path)) = (&diagnostic.primary, &diagnostic.path) {
        group = group.element(Origin::path(printable(path)));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(printable(note)));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    group
}

/// The lines of one file that the labels stand in, or only the place if the lines are too long.
fn snippet<'a>(file: &'a SourceFile, labels: &[&(&Label, AnnotationKind)]) -> Element<'a> {
    let text = file.text();
    let spans: Vec<Span> = labels.iter().map(|(l, _)| first_line(text, l.location.span)).collect();
    let start = spans.iter().map(|span| line_start(text, span.range().start)).min().unwrap_or(0);
    let end = spans.iter().map(|span| line_end(text, span.range().end)).max().unwrap_or(0);
    let excerpt = &text[start..end];
    let place = file.position(spans.first().map_or(0, |span| span.start));
    if excerpt.lines().any(|line| line.len() > LONGEST_LINE) {
        return Origin::path(printable(file.path()))
            .line(place.line)
            .char_column(place.column)
            .into();
    }
    let mut snippet = Snippet::source(harmless(excerpt))
        .path(printable(file.path()))
        .line_start(file.position(Span::new(start, start).start).line);
    for ((label, kind), span) in labels.iter().zip(&spans) {
        let range = span.range().start - start..span.range().end - start;
        let annotation = kind.span(range);
        let words = printable(&label.text);
        snippet =
            snippet.annotation(if words.is_empty() { annotation } else { annotation.label(words) });
    }
    snippet.into()
}

/// An excerpt in which nothing drives a log or a terminal, beyond what the renderer sees to.
///
/// Spans count its bytes, so nothing becomes longer or shorter: the control characters from U+0080
/// on have two bytes, as has the dot that is shown for them.
fn harmless(excerpt: &str) -> String {
    excerpt.replace(COMMAND, NO_COMMAND).replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{b7}")
}

/// The part of a span on its first line: one caret line reads better than a drawn bracket.
fn first_line(text: &str, span: Span) -> Span {
    let mut range = span.range();
    range.start = range.start.min(text.len());
    range.end = range.end.min(text.len());
    let stop = line_end(text, range.start);
    Span::new(range.start, range.end.min(stop).max(range.start))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if end > at && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}
