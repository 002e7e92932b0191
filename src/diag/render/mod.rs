//! Owns the ways in which diagnostics are shown; a file per format, each returning text.

mod findings;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod job_summary;
mod json;
mod junit;
mod sarif;
mod short;

use serde::Serialize;

use super::Diagnostic;
use crate::source::SourceFile;

pub use self::findings::Findings;
pub use self::job_summary::job_summary;

macro_rules! formats {
    ($($variant:ident = $name:literal, $description:literal;)*) => {
        /// A format of diagnostics. A new one is added to this list; [`render`] then asks for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {
            $(#[doc = $description] $variant,)*
        }

        impl Format {
            /// Every format, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word that chooses it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The format of a word.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

formats! {
    Human = "human", "Source lines with a mark under each fault, for people.";
    Short = "short", "One line a diagnostic, for editors and for searching.";
    Json = "json", "One JSON object, for scripts.";
    Sarif = "sarif", "SARIF 2.1.0, for code scanning.";
    Github = "github", "Annotations of a GitHub workflow.";
    Gitlab = "gitlab", "A code quality report of GitLab.";
    Junit = "junit", "JUnit XML, for lists of test results.";
}

/// How the human form looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Whether to colour the text.
    pub color: bool,
    /// Width of the terminal in columns, if there is one.
    pub width: Option<usize>,
}

/// Shows what was found in a format.
pub fn render(format: Format, findings: &Findings<'_>, style: Style) -> String {
    match format {
        Format::Human => human::render(findings, style),
        Format::Short => short::render(findings),
        Format::Json => json::render(findings),
        Format::Sarif => sarif::render(findings),
        Format::Github => github::render(findings),
        Format::Gitlab => gitlab::render(findings),
        Format::Junit => junit::render(findings),
    }
}

/// What GitHub's runner takes for a command wherever it stands in a line of a log.
///
/// The other mark of a command, `::`, counts at the start of a line alone, so no format begins a
/// line with words that are not its own.
const COMMAND: &str = "##[";

/// What is shown in its place: as long, and no command.
const NO_COMMAND: &str = "##(";

/// The text without characters that could drive a terminal or a log, or hide their own reading.
pub fn printable(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            // Marks that turn the direction of the text around.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect();
    text.replace(COMMAND, NO_COMMAND)
}

/// A place as terminals and editors make it clickable: `file:line:column`.
pub fn place(file: &SourceFile, offset: u32) -> String {
    let position = file.position(offset);
    format!("{}:{}:{}", path(file.path()), position.line, position.column)
}

/// A path to begin a line with, which must not look like a command to GitHub's runner.
fn path(path: &str) -> String {
    let path = printable(path);
    if path.trim_start().starts_with(':') { format!("./{path}") } else { path }
}

/// All that a diagnostic says, a line each, for formats that show no source lines; every line but
/// the first begins with a word of ours.
fn lines(diagnostic: &Diagnostic) -> Vec<String> {
    let mut lines = vec![printable(&diagnostic.message)];
    let label = diagnostic.primary.iter().filter(|label| !label.text.is_empty());
    lines.extend(label.map(|label| format!("here: {}", printable(&label.text))));
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {}", printable(help))));
    lines.extend(diagnostic.notes.iter().map(|note| format!("note: {}", printable(note))));
    lines
}

/// The beginning of a text, with a mark if that is not all of it.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A value as JSON, indented, with a line break at its end.
fn json_text(value: &impl Serialize) -> String {
    // Serialising these plain types cannot fail: no map has a key that is not text.
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    // A `#` stands in strings alone, where this escape means the same to every reader of JSON.
    let mut json = json.replace(COMMAND, "##\\u005b");
    json.push('\n');
    json
}
