//! Owns the way from Typst's errors and warnings to casebook's diagnostics.

use typst::diag::{Severity, SourceDiagnostic};
use typst::{World, WorldExt};

use super::spans::SpanTable;
use super::world::ReportWorld;
use crate::diag::{Code, Diagnostic};
use crate::source::{Location, SourceMap, Span};

/// Whether a warning is about what casebook chose with open eyes: that HTML is still new in Typst.
pub(super) fn is_expected(warning: &SourceDiagnostic) -> bool {
    warning.severity == Severity::Warning
        && ["html export is under active development", "bundle export is experimental"]
            .iter()
            .any(|start| warning.message.starts_with(start))
}

/// Makes a diagnostic of Typst's into one of casebook's, in the submission where it can.
pub(super) fn convert(
    remark: &SourceDiagnostic,
    world: &ReportWorld,
    spans: &SpanTable,
    sources: &SourceMap,
) -> Diagnostic {
    let place = place(remark, world, spans);
    if let Some(text) = undisplayable(&remark.message) {
        let exact = match place {
            Some(place) => within(place, text, sources).or(Some(place)),
            None => spans.search(sources, text),
        };
        return missing_glyph(text, exact);
    }
    let code = match remark.severity {
        Severity::Error => Code::ReportError,
        Severity::Warning => Code::ReportWarning,
    };
    let mut diagnostic = Diagnostic::new(code, remark.message.as_str());
    diagnostic = match place {
        Some(place) => diagnostic.at(place, "in this text"),
        None => match template_place(remark, world) {
            Some(path) => diagnostic.about(path),
            None => diagnostic,
        },
    };
    for hint in &remark.hints {
        diagnostic = diagnostic.help(hint.v.as_str());
    }
    diagnostic
}

/// The place in a submission: the remark's own, or one on the way to it.
fn place(remark: &SourceDiagnostic, world: &ReportWorld, spans: &SpanTable) -> Option<Location> {
    let way = remark.trace.iter().map(|point| point.span.into());
    std::iter::once(remark.span).chain(way).find_map(|span| {
        let source = spans.source(span.id()?)?;
        let range = world.range(span)?;
        Some(Span::new(range.start, range.end).of(source))
    })
}

/// The first place of a text inside a place.
fn within(place: Location, text: &str, sources: &SourceMap) -> Option<Location> {
    let at = sources.get(place.source).slice(place.span).find(text)?;
    let start = place.span.range().start + at;
    Some(Span::new(start, start + text.len()).of(place.source))
}

/// The file and line of a template, for faults that have no other place.
fn template_place(remark: &SourceDiagnostic, world: &ReportWorld) -> Option<String> {
    let id = remark.span.id()?;
    let path = format!("templates/{}", id.vpath().get_without_slash());
    let line = world.range(remark.span).and_then(|range| {
        let source = world.source(id).ok()?;
        source.lines().byte_to_line(range.start)
    });
    Some(line.map_or_else(|| path.clone(), |line| format!("{path}:{}", line + 1)))
}

/// The text that no font of the report can show, if that is what a message says.
fn undisplayable(message: &str) -> Option<&str> {
    let (before, _) = message.split_once("could not be displayed with font")?;
    let (_, quoted) = before.split_once('"')?;
    quoted.rsplit_once('"').map(|(text, _)| text)
}

fn missing_glyph(text: &str, place: Option<Location>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::MissingGlyph, format!("no font of the report can show `{text}`"))
            .help("write it in Latin, Greek or Cyrillic letters; the report's fonts have no others")
            .note("PDF/A and PDF/UA forbid characters that show as an empty box");
    match place {
        Some(place) => diagnostic.at(place, "in this text"),
        None => diagnostic,
    }
}
