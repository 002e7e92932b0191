//! Owns GitLab's code quality report: a list of faults, each with a file and a line.

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Findings, json_text, lines};
use crate::diag::Severity;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Shows a list, which is empty if nothing was found.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue> = (findings.diagnostics.iter())
        .map(|found| {
            let place = findings.place(found);
            Issue {
                // GitLab shows a description in one line.
                description: lines(found).join("; "),
                check_name: found.code.as_str(),
                fingerprint: fingerprints.next(found, findings).to_string(),
                severity: severity(found.severity),
                location: Location { lines: Lines { begin: place.line() }, path: place.path },
            }
        })
        .collect();
    json_text(&issues)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
