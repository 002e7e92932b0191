//! Owns the words for what can be wrong with a file before its content is looked at.

use granit_parser::{ErrorKind, ScanError};

use crate::diag::{Code, Diagnostic};
use crate::source::{SourceId, Span};

/// A fault that the builder found.
pub(super) enum Fault {
    Syntax { kind: ErrorKind, info: String, at: usize },
    SeveralDocuments(Span),
    DuplicateKey { key: String, first: Span, again: Span },
    KeyNotText(Span),
    UnknownTag(Span, String),
    Control(Span, char),
    AliasInItself(Span),
    TooDeep(Span, usize),
    TooManyNodes(Span, usize),
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
            Self::Control(span, c) => Diagnostic::new(
                Code::ControlCharacter,
                format!("the text holds the control character U+{:04X}", c as u32),
            )
            .at(span.of(source), "in this text")
            .help("remove it: it cannot be seen and cannot be printed"),
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
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => tab(here),
        _ if indent_has_tab => {
            let tab_at = line + text[line..].find('\t').unwrap_or(0);
            tab(Span::new(tab_at, tab_at + 1).of(source))
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            let quote = text.as_bytes().get(at).filter(|byte| matches!(byte, b'"' | b'\''));
            let label = if quote.is_some() { "opened here" } else { "the text ends without one" };
            Diagnostic::new(Code::YamlSyntax, "a quotation mark is opened and never closed")
                .at(here, label)
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
        _ => {
            let diagnostic = Diagnostic::new(Code::YamlSyntax, format!("not valid YAML: {info}"))
                .at(here, "");
            let line = text[line..].lines().next().unwrap_or_default();
            if line.matches(": ").count() > 1 {
                diagnostic.help(
                    "a text with a colon and a space in it must stand in quotation marks, \
                     or indented under `key: |`",
                )
            } else {
                diagnostic
            }
        }
    }
}

fn tab(at: crate::source::Location) -> Diagnostic {
    Diagnostic::new(Code::YamlTab, "a tab stands where YAML wants spaces")
        .at(at, "this is a tab")
        .help("indent with spaces: two for each level")
}
