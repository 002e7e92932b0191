//! Owns the rules for what a reader would miss in one file: which there are, and their order.

mod acceptance;
mod diags;
mod drawings;
mod figure;
mod measures;
mod pictures;
mod placeholder;
mod plain;
mod privacy;
mod spaces;
mod texts;
mod words;

pub use self::acceptance::{Requirement, requirements};
pub use self::pictures::check_picture;
pub(super) use self::placeholder::is_placeholder;
pub(super) use self::texts::check_chapter;
pub(super) use self::words::check as check_words;

use crate::diag::Sink;
use crate::load::Node;
use crate::source::{Location, SourceFile, SourceId};

/// A file with its tree, as these rules look at it.
///
/// Values are found by the keys of the built-in form; where a form has no such keys, there is
/// nothing to find.
#[derive(Clone, Copy)]
pub(super) struct Submission<'a> {
    /// The file.
    pub(super) file: &'a SourceFile,
    /// Its name among the sources.
    pub(super) source: SourceId,
    /// Its tree.
    pub(super) root: &'a Node<'a>,
}

impl Submission<'_> {
    fn at(&self, node: &Node<'_>) -> Location {
        node.span.of(self.source)
    }
}

/// The texts of a file that are Markdown, to be told from those that are not.
#[derive(Default)]
pub(super) struct MarkdownTexts(Vec<usize>);

impl MarkdownTexts {
    /// Adds one.
    pub(super) fn add(&mut self, node: &Node<'_>) {
        self.0.push(std::ptr::from_ref(node).addr());
    }

    /// The same, ready to be asked.
    pub(super) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self
    }

    fn contains(&self, node: &Node<'_>) -> bool {
        self.0.binary_search(&std::ptr::from_ref(node).addr()).is_ok()
    }
}

/// Checks one file.
pub(super) fn check(
    submission: Submission<'_>,
    markdown: &MarkdownTexts,
    requirements: &[Requirement],
    sink: &mut Sink,
) {
    texts::check(submission, markdown, sink);
    measures::check(submission, sink);
    acceptance::check(submission, requirements, sink);
    spaces::check(submission, sink);
}
