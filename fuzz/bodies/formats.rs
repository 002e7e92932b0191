//! Every format shows every diagnostic, and lets nothing through that could drive a terminal.

use casebook::diag::render::{Findings, Format, Style, render};
use casebook::diag::{Code, Diagnostic, Summary, sort};
use casebook::source::{Location, SourceId, SourceMap, Span};

use super::choices::Choices;

/// Pieces of texts, of messages and of names.
const PIECES: &[&str] = &[
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{feff}",
    "\u{1b}[31m",
    "\0",
    "\u{7}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{85}",
    "\u{7f}",
    "\u{9b}31m",
    "é",
    "e\u{301}",
    "日本",
    "👩‍⚕️",
    "\u{fffd}",
    "<b>&amp;\"'",
    "]]>",
    "-->",
    "{\"}",
    "::",
    "%0A",
    "$(x)",
    "`",
    "|",
    "\\",
    "a-long-word-without-any-place-to-break-it-in-two ",
];

/// Builds files and diagnostics about them from bytes, and shows them.
pub fn formats(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let mut sources = SourceMap::default();
    let mut files = Vec::new();
    for number in 0..=choices.below(2) {
        let name = format!("{number}{}", words(&mut choices));
        let text = words(&mut choices).repeat(1 + choices.below(200));
        files.push((sources.add(name, text.as_str()), text));
    }
    let mut diagnostics = Vec::new();
    while !choices.are_used_up() {
        diagnostics.push(diagnostic(&mut choices, &files));
    }
    sort(&mut diagnostics, &sources);
    let findings = Findings {
        diagnostics: &diagnostics,
        sources: &sources,
        summary: Summary::of(&diagnostics, files.len()),
        checked: choices.below(2) == 0,
        folder: "a/",
    };
    let narrow = Style { width: Some(choices.below(300)), ..Style::default() };
    for format in Format::ALL {
        for style in [Style::default(), narrow] {
            let shown = render(*format, &findings, style);
            assert_eq!(shown, render(*format, &findings, style));
            check(*format, &shown, &diagnostics);
        }
    }
    // Colours are control characters, so that there is nothing to look for in this one.
    render(Format::Human, &findings, Style { color: true, ..Style::default() });
}

fn check(format: Format, shown: &str, diagnostics: &[Diagnostic]) {
    let drives = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match format {
        Format::Json | Format::Sarif | Format::Gitlab => {
            let json: Result<serde_json::Value, _> = serde_json::from_str(shown);
            assert!(json.is_ok(), "{format:?}: {shown:?}");
        }
        Format::Human | Format::Short => {
            if let Some(c) = shown.chars().find(drives) {
                panic!("{c:?} in {format:?}: {shown:?}");
            }
        }
        Format::Github | Format::Junit => {}
    }
    for diagnostic in diagnostics.iter().filter(|_| !matches!(format, Format::Github)) {
        assert!(shown.contains(diagnostic.code.as_str()), "{}: {shown}", diagnostic.code);
    }
    if format == Format::Short {
        assert_eq!(shown.lines().count(), diagnostics.len(), "{shown:?}");
    }
}

fn words(choices: &mut Choices<'_>) -> String {
    (0..choices.below(6)).map(|_| *choices.of(PIECES)).collect()
}

fn diagnostic(choices: &mut Choices<'_>, files: &[(SourceId, String)]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(*choices.of(Code::ALL), words(choices));
    if choices.below(4) > 0 {
        diagnostic = diagnostic.at(location(choices, files), words(choices));
    }
    for _ in 0..choices.below(3) {
        diagnostic = diagnostic.related(location(choices, files), words(choices));
    }
    match choices.below(4) {
        0 => diagnostic.about(words(choices)),
        1 => diagnostic.help(words(choices)).help(words(choices)),
        2 => diagnostic.note(words(choices)).pointer(words(choices)),
        _ => diagnostic.fix(location(choices, files), words(choices)),
    }
}

/// Any place of a file, from one character to another.
fn location(choices: &mut Choices<'_>, files: &[(SourceId, String)]) -> Location {
    let (source, text) = choices.of(files);
    let mut place = || {
        let at = choices.below(65_536).min(text.len()).min(choices.below(65_536));
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let (one, two) = (place(), place());
    Span::new(one.min(two), one.max(two)).of(*source)
}
