//! Owns the one-line form: `file:line:column: severity[code]: message`.

use std::fmt::Write;

use super::{Findings, path, place, printable};

/// Shows one line a diagnostic, which terminals and editors make clickable.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for diagnostic in findings.diagnostics {
        if let Some(label) = &diagnostic.primary {
            let file = findings.sources.get(label.location.source);
            let _ = write!(out, "{}: ", place(file, label.location.span.start));
        } else if let Some(named) = &diagnostic.path {
            let _ = write!(out, "{}: ", path(named));
        }
        let severity = diagnostic.severity.as_str();
        let _ = write!(out, "{severity}[{}]: {}", diagnostic.code, printable(&diagnostic.message));
        if let Some(help) = diagnostic.help.first() {
            let _ = write!(out, " ({})", printable(help));
        }
        out.push('\n');
    }
    out
}
