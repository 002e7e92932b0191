//! Owns the ways in which diagnostics are shown; a file per format, each returning text.

mod human;
mod json;
mod short;

use crate::source::SourceMap;

use super::{Diagnostic, Summary};

/// A format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Source lines with carets, for people.
    Human,
    /// One line a diagnostic.
    Short,
    /// One JSON object.
    Json,
}

/// How the human form looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Whether to colour the text.
    pub color: bool,
    /// Width of the terminal in columns, if there is one.
    pub width: Option<usize>,
}

/// Shows diagnostics in a format.
pub fn render(
    format: Format,
    diagnostics: &[Diagnostic],
    summary: Summary,
    sources: &SourceMap,
    style: Style,
) -> String {
    match format {
        Format::Human => human::render(diagnostics, sources, style),
        Format::Short => short::render(diagnostics, sources),
        Format::Json => json::render(diagnostics, summary, sources),
    }
}

/// The text without characters that could drive a terminal or hide their own reading.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            // Marks that turn the direction of the text around.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect()
}
