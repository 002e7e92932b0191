//! Owns the JSON form, version 1: one object with all diagnostics and their summary.

use serde::Serialize;

use super::{Findings, json_text};
use crate::diag::Diagnostic;
use crate::source::Location;

#[derive(Serialize)]
struct Run<'a> {
    schema_version: u32,
    diagnostics: Vec<Entry<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    pointer: Option<&'a str>,
    help: Option<String>,
    notes: &'a [String],
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    fix: Option<Edit<'a>>,
}

/// Lines and columns count from 1, columns in Unicode characters, the end exclusive.
#[derive(Serialize, Default)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Edit<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Shows all diagnostics as one JSON object, indented, with a line break at its end.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let place = |at: Location| {
        let file = findings.sources.get(at.source);
        let (start, end) = (file.position(at.span.start), file.position(at.span.end));
        Place {
            file: Some(file.path()),
            line: Some(start.line),
            column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
        }
    };
    let entry = |d| entry(d, &place);
    let summary = findings.summary;
    let run = Run {
        schema_version: 1,
        diagnostics: findings.diagnostics.iter().map(entry).collect(),
        summary: Counts {
            files: summary.files,
            errors: summary.errors,
            warnings: summary.warnings,
        },
    };
    json_text(&run)
}

fn entry<'a>(d: &'a Diagnostic, place: &impl Fn(Location) -> Place<'a>) -> Entry<'a> {
    let unplaced = Place { file: d.path.as_deref(), ..Place::default() };
    Entry {
        code: d.code.as_str(),
        severity: d.severity.as_str(),
        message: &d.message,
        place: d.primary.as_ref().map_or(unplaced, |label| place(label.location)),
        pointer: d.pointer.as_deref(),
        help: (!d.help.is_empty()).then(|| d.help.join("\n")),
        notes: &d.notes,
        label: d.primary.as_ref().map(|label| label.text.as_str()),
        related: (d.related.iter())
            .map(|label| Related { message: &label.text, place: place(label.location) })
            .collect(),
        fix: (d.fix.as_ref())
            .map(|fix| Edit { replacement: &fix.replacement, place: place(fix.location) }),
    }
}
