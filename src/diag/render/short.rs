//! Owns the one-line form: `file:line:column: severity[code]: message`.

use std::fmt::Write;

use super::printable;
use crate::diag::Diagnostic;
use crate::source::SourceMap;

/// Shows one line a diagnostic, which terminals and editors make clickable.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if let Some(label) = &diagnostic.primary {
            let file = sources.get(label.location.source);
            let place = file.position(label.location.span.start);
            let _ = write!(out, "{}:{}:{}: ", printable(file.path()), place.line, place.column);
        } else if let Some(path) = &diagnostic.path {
            let _ = write!(out, "{}: ", printable(path));
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
