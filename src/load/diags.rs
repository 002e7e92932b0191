//! Owns the words for what can be wrong with a file before its content is looked at.

use granit_parser::{ErrorKind, ScanError};

use crate::diag::{Code, Diagnostic};
use crate::source::{Location, SourceId, Span};

/// A fault that the builder found.
pub(super) enum Fault {
    Nothing,
    Syntax { kind: ErrorKind, info: String, at: usize },
    SeveralDocuments(Span),
    DuplicateKey { key: String, first: Span, again: Span },
    KeyNotText(Span),
    UnknownTag(Span, String),
    Control(Span, char),
    AliasInItself(Span),
    TooDeep(Span, usize),
    TooManyNodes(Span, usize),
    TooMuchCopied(Span, usize),
}

/// A file that is larger than casebook reads.
pub(super) fn too_large(source: SourceId, bytes: usize, limit: usize) -> Diagnostic {
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
    Diagnostic::new(Code::FileTooLarge, format!("the file is too large: {}", megabytes(bytes)))
        .at(Span::new(0, 0).of(source), "")
        .note(format!("casebook reads case files of up to {}", megabytes(limit)))
        .help("put pictures into files of their own and long documents behind links")
}

impl Fault {
    pub(super) fn scan(error: &ScanError, end: usize) -> Self {
        let at = error.marker().byte_offset().unwrap_or(end);
        Self::Syntax { kind: error.kind().clone(), info: error.info(), at }
    }

    /// Whether the rest of the file is still worth checking.
    pub(super) fn leaves_a_tree(&self) -> bool {
        matches!(
            self,
            Self::SeveralDocuments(_)
                | Self::DuplicateKey { .. }
                | Self::UnknownTag(..)
                | Self::Control(..)
        )
    }

    pub(super) fn diagnose(self, source: SourceId, text: &str) -> Diagnostic {
        match self {
            Self::Syntax { kind, info, at } => syntax(&kind, &info, at, source, text),
            Self::Nothing => {
                Diagnostic::new(Code::EmptyFile, "the file holds nothing but comments")
                    .at(Span::default().of(source), "")
                    .help("fill it in: a line without `#` before it, such as `id: …`")
            }
            Self::SeveralDocuments(span) => Diagnostic::new(
                Code::SeveralDocuments,
                "the file holds more than one YAML document",
            )
            .at(span.of(source), "a second document begins here")
            .help("write one case a file, and remove the line `---` here"),
            Self::DuplicateKey { key, first, again } => {
                Diagnostic::new(Code::DuplicateKey, format!("the key `{key}` stands twice"))
                    .at(again.of(source), "the second time")
                    .related(first.of(source), "the first time")
                    .help(format!("keep one `{key}`, or join the two into one"))
            }
            Self::KeyNotText(span) => Diagnostic::new(Code::YamlKey, "a key is not plain text")
                .at(span.of(source), "a list or mapping cannot be a key")
                .help("put quotation marks around it if it is meant as text"),
            Self::UnknownTag(span, tag) => {
                Diagnostic::new(Code::YamlTag, format!("the tag `{tag}` has no meaning here"))
                    .at(span.of(source), "")
                    .help("remove the word with the exclamation mark, or quote the whole value")
            }
            Self::Control(span, c) => control(c, span.of(source), "in this text"),
            Self::AliasInItself(span) => {
                Diagnostic::new(Code::YamlSyntax, "an alias refers to what it stands in")
                    .at(span.of(source), "this can never be filled in")
                    .help("write the value out instead of `*…`")
            }
            Self::TooDeep(span, limit) => {
                Diagnostic::new(Code::YamlLimit, "the file is nested too deeply")
                    .at(span.of(source), format!("more than {limit} levels"))
                    .help("a case needs fewer than ten levels: look for brackets left open")
            }
            Self::TooMuchCopied(span, limit) => {
                let megabytes = limit as f64 / 1e6;
                Diagnostic::new(Code::YamlLimit, "the file repeats too much text")
                    .at(span.of(source), format!("more than {megabytes:.1} MB by `&…` and `*…`"))
                    .help("write values out instead of repeating them with `*…`")
            }
            Self::TooManyNodes(span, limit) => {
                Diagnostic::new(Code::YamlLimit, "the file holds too many keys and values")
                    .at(span.of(source), format!("more than {limit}, each alias counted in full"))
                    .help("write values out instead of repeating them with `*…`")
            }
        }
    }
}

/// Words for the parser's errors: what a contributor sees, not what the grammar calls it.
fn syntax(kind: &ErrorKind, info: &str, at: usize, source: SourceId, text: &str) -> Diagnostic {
    let at = at.min(text.len());
    let end = text[at..].chars().next().filter(|c| *c != '\n').map_or(at, |c| at + c.len_utf8());
    let here = Span::new(at, end).of(source);
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent_has_tab = text[line..].chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    match kind {
        _ if indent_has_tab => {
            let tab_at = line + text[line..].find('\t').unwrap_or(0);
            tab(Span::new(tab_at, tab_at + 1).of(source))
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => tab(here),
        ErrorKind::TabInPlainScalar => match indenting_tab(text, at) {
            Some(found) => tab(Span::new(found, found + 1).of(source)),
            None => tab(here),
        },
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => {
            let message = "a quotation mark is opened and never closed";
            let diagnostic = Diagnostic::new(Code::YamlSyntax, message);
            match opening_quote(text, at) {
                Some(quote) => diagnostic.at(Span::new(quote, quote + 1).of(source), "opened here"),
                None => diagnostic.at(here, "the text should have ended before this"),
            }
            .help("close it at the end of the text, with the same mark")
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            Diagnostic::new(Code::YamlSyntax, "there is text after a closing quotation mark")
                .at(here, "this stands outside the quotation marks")
                .help("put the whole text between quotation marks; inside \"…\" write \\\" for one")
        }
        ErrorKind::UnclosedFlowCollection { open, .. } => Diagnostic::new(
            Code::YamlSyntax,
            format!("a bracket `{open}` is opened and never closed"),
        )
        .at(here, "")
        .help(format!("close it, or put the text in quotation marks if `{open}` is meant as text")),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator => {
            Diagnostic::new(Code::YamlSyntax, "a comma or a closing bracket is missing")
                .at(here, "expected before this")
                .help("put the text in quotation marks if the bracket is meant as text")
        }
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey => {
            Diagnostic::new(Code::YamlSyntax, "expected a key followed by a colon and a space")
                .at(here, "not a key")
                .help("write `key: value`; a text over several lines is indented under `key: |`")
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::ExpectedBlockSequenceEntry => {
            Diagnostic::new(Code::YamlSyntax, "a line is indented differently from its neighbours")
                .at(here, "")
                .help("give entries of one list, and keys of one group, the same number of spaces")
        }
        ErrorKind::RecursionLimitExceeded => {
            Diagnostic::new(Code::YamlLimit, "the file is nested too deeply")
                .at(here, "")
                .help("a case needs fewer than ten levels: look for brackets left open")
        }
        ErrorKind::UnknownAnchor => {
            Diagnostic::new(Code::YamlSyntax, "an alias refers to an anchor that is not there")
                .at(here, "no `&` of this name stands before it")
                .help("put the text in quotation marks if the `*` is meant as text")
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            control(*character, here, "")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            Diagnostic::new(Code::YamlSyntax, format!("a value cannot begin with `{character}`"))
                .at(here, "this sign has a meaning of its own in YAML")
                .help("put the whole value in quotation marks")
        }
        ErrorKind::CommentInterceptedScalar => {
            Diagnostic::new(Code::YamlSyntax, "a text over several lines is cut by a comment")
                .at(here, "a comment begins here")
                .help("put the text in quotation marks if the `#` is meant as text")
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            colon(at, here, text)
        }
        _ => Diagnostic::new(Code::YamlSyntax, format!("not valid YAML: {info}")).at(here, ""),
    }
}

fn control(c: char, at: Location, label: &str) -> Diagnostic {
    let message = format!("the text holds the control character U+{:04X}", c as u32);
    Diagnostic::new(Code::ControlCharacter, message)
        .at(at, label)
        .help("remove it: it cannot be seen and cannot be printed")
}

/// A colon where no key can be: in a text, after a missing space, or inside an open bracket.
fn colon(at: usize, here: Location, text: &str) -> Diagnostic {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let before = &text[start..at];
    let diagnostic = Diagnostic::new(Code::YamlSyntax, "a colon stands where no key can be");
    if before.contains(": ") {
        diagnostic
            .at(here, "this colon makes a key of the text before it")
            .help("put the whole text in quotation marks, or indent it on the lines under `key: |`")
    } else if line.starts_with(' ') {
        diagnostic
            .at(here, "this key is indented deeper than the line above allows")
            .help("give keys of one group the same number of spaces")
    } else {
        diagnostic.at(here, "is the line above complete?").help(
            "look above for a bracket left open, or for a key without a space after its colon",
        )
    }
}

/// The quotation mark that opens the value in which a place stands, on the lines up to it.
fn opening_quote(text: &str, at: usize) -> Option<usize> {
    let mut end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    // A quoted text of more than a few lines is rare; looking further finds other quotes.
    for _ in 0..20 {
        let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &text[start..end];
        for quote in ['"', '\''] {
            let opens = line.match_indices(quote).find(|(at, _)| {
                let before = line[..*at].trim_end();
                before.is_empty() || before.ends_with([':', '-', '[', '{', ','])
            });
            if let Some((at, _)) = opens
                && line.matches(quote).count() % 2 == 1
            {
                return Some(start + at);
            }
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// The first tab below a text where it is not indented far enough to go on.
///
/// Of such a tab, the parser says where the text begins.
fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let spaces = |line: usize| text[line..].bytes().take_while(|byte| *byte == b' ').count();
    let indent = spaces(text[..at].rfind('\n').map_or(0, |newline| newline + 1));
    let below = text[at..].match_indices('\n').map(|(newline, _)| at + newline + 1);
    below
        .map(|line| (line, spaces(line)))
        .filter(|(_, found)| *found <= indent)
        .map(|(line, found)| line + found)
        .find(|tab| text[*tab..].starts_with('\t'))
}

fn tab(at: Location) -> Diagnostic {
    Diagnostic::new(Code::YamlTab, "a tab stands where YAML wants spaces")
        .at(at, "this is a tab")
        .help("indent with spaces: two for each level")
}
