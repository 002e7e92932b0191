//! Owns the one type in which everything that casebook has to say about its input is said.

mod code;
mod fix;
pub mod render;
mod severities;
mod sink;

use crate::source::Location;

pub use self::code::Code;
pub use self::fix::{Fix, apply};
pub use self::severities::Severities;
pub use self::sink::{Sink, Summary, is_faulty, sort};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something that must be mended.
    Error,
    /// Something that should be looked at.
    Warning,
    /// Something to know.
    Info,
}

impl Severity {
    /// The word that every output format uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A place with a few words that say why it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// Why here: one short phrase, which may be empty.
    pub text: String,
}

/// One fault or remark: what, where, why, and what to do.
///
/// The message stands alone: one short phrase, lower case, no full stop. Labels say why *here*;
/// help says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of fault.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; absent if the fault has no place in a file that was read.
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do, one step an entry.
    pub help: Vec<String>,
    /// Facts worth knowing.
    pub notes: Vec<String>,
    /// JSON Pointer to the node.
    pub pointer: Option<String>,
    /// A certain remedy.
    pub fix: Option<Fix>,
    /// The path that the fault is about, where there is no text to point at.
    pub path: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with the code's own severity and no place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.default_severity(),
            message: message.into(),
            primary: None,
            related: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
            pointer: None,
            fix: None,
            path: None,
        }
    }

    /// Says where, and in a few words why there.
    #[must_use]
    pub fn at(mut self, location: Location, label: impl Into<String>) -> Self {
        self.primary = Some(Label { location, text: label.into() });
        self
    }

    /// Names the file that the fault is about when none of its text can be shown.
    #[must_use]
    pub fn about(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push(Label { location, text: label.into() });
        self
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says which node it is about.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Offers a replacement that is certain to be right.
    #[must_use]
    pub fn fix(mut self, location: Location, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { location, replacement: replacement.into() });
        self
    }

    /// Moves all its places by so many bytes: it was found in a part of a text.
    pub fn move_by(&mut self, bytes: usize) {
        let labels = self.primary.iter_mut().chain(&mut self.related);
        let places = labels.map(|label| &mut label.location);
        for place in places.chain(self.fix.as_mut().map(|fix| &mut fix.location)) {
            place.span = place.span.moved_by(bytes);
        }
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
