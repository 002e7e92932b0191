//! Owns the way from Typst's errors and warnings to casebook's diagnostics.

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};

use super::spans::SpanTable;
use super::world::ReportWorld;
use crate::diag::{Code, Diagnostic};
use crate::source::{SourceMap, Span};

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
    let code = match remark.severity {
        Severity::Error => Code::ReportError,
        Severity::Warning => Code::ReportWarning,
    };
    let mut diagnostic = Diagnostic::new(code, remark.message.as_str());
    // The place in the submission may be the remark's own or one on the way to it.
    let ways = std::iter::once(remark.span).chain(remark.trace.iter().map(|point| point.span.into()));
    let place = ways.into_iter().find_map(|span| {
        let source = spans.source(span.id()?)?;
        let range = world.range(span)?;
        Some(Span::new(range.start, range.end).of(source))
    });
    diagnostic = match (place, remark.span.id()) {
        (Some(place), _) => diagnostic.at(place, "in this text"),
        (None, Some(id)) => {
            let path = format!("{:?}", id.vpath().get_without_slash());
            let line = world.range(remark.span).and_then(|range| {
                use typst::World;
                let source = world.source(id).ok()?;
                source.lines().byte_to_line(range.start).map(|line| line + 1)
            });
            let line = line.map_or_else(String::new, |line| format!(":{line}"));
            diagnostic.about(format!("templates/{}{line}", path.trim_matches('"')))
        }
        (None, None) => diagnostic,
    };
    for hint in &remark.hints {
        diagnostic = diagnostic.help(hint.v.as_str());
    }
    let _ = sources;
    diagnostic
}
