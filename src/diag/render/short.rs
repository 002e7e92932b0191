//! Owns the one-line form: `file:line:column: severity[code]: message`.

use std::fmt::Write;

use super::{Findings, printable};

/// Shows one line a diagnostic, which terminals and editors make clickable.
pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for diagnostic in findings.diagnostics {
        if let Some(label) = &diagnostic.primary {
            let file = findings.sources.get(label.location.source);
            let place = file.position(label.location.span.start);
            let _ = write!(out, "{}:{}:{}: ", path(file.path()), place.line, place.column);
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

/// A path to begin a line with, which must not look like a command to GitHub's runner.
fn path(path: &str) -> String {
    let path = printable(path);
    if path.trim_start().starts_with(':') { format!("./{path}") } else { path }
}
