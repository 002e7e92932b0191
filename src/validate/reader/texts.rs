//! Owns the walk over the texts of a file that readers will see, and what is asked of each.

use super::{MarkdownTexts, Submission, diags, placeholder, plain, privacy, spaces};
use crate::diag::Sink;
use crate::load::{Node, Segment, Value, pointer};
use crate::source::{SourceFile, SourceId, Span, locate};

/// The parts of a case that are not published unless somebody agreed to it.
const PRIVATE: &[&str] = &["contact", "consent", "review"];

/// The most private data of one text that are told of.
const MOST: usize = 8;

/// What a text is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Printed as it stands.
    Plain,
    /// Printed as Markdown says.
    Markdown,
    /// A figure in words, of which `none` is one.
    Figure,
}

impl Kind {
    /// What a text is by the keys that lead to it; none for addresses, codes and words of the form.
    fn of(path: &[Segment<'_>]) -> Option<Self> {
        let key = path.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(*key),
            Segment::Index(_) => None,
        });
        match key? {
            "title" | "subtitle" | "notice" | "summary" | "keywords" | "name" | "affiliation"
            | "standards" | "components" | "measure" | "unit" | "note" | "what" | "funder"
            | "programme" | "author" | "publisher" | "alt" | "caption" | "credit" | "place" => {
                Some(Self::Plain)
            }
            "description" if matches!(path.first(), Some(Segment::Key("themes"))) => {
                Some(Self::Plain)
            }
            "value" | "baseline" => Some(Self::Figure),
            _ => None,
        }
    }
}

/// Checks the texts of a file.
pub(super) fn check(submission: Submission<'_>, markdown: &MarkdownTexts, sink: &mut Sink) {
    let mut walk = Walk { submission, markdown, path: Vec::new(), is_private: false, sink };
    walk.visit(submission.root);
}

/// Checks a chapter, which is one text.
pub(in crate::validate) fn check_chapter(file: &SourceFile, source: SourceId, sink: &mut Sink) {
    let found = privacy::find(file.text(), MOST);
    sink.extend(found.into_iter().map(|(kind, range)| {
        diags::private_data(kind, Span::new(range.start, range.end).of(source))
    }));
    spaces::check_markdown(file, source, sink);
}

struct Walk<'a, 'b> {
    submission: Submission<'a>,
    markdown: &'b MarkdownTexts,
    path: Vec<Segment<'a>>,
    is_private: bool,
    sink: &'b mut Sink,
}

impl<'a> Walk<'a, '_> {
    fn visit(&mut self, node: &'a Node<'a>) {
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let is_root = self.path.is_empty();
                    self.is_private |= is_root && PRIVATE.contains(&&*entry.key);
                    self.path.push(Segment::Key(&entry.key));
                    self.visit(&entry.value);
                    self.path.pop();
                    self.is_private &= !is_root;
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Segment::Index(index));
                    self.visit(item);
                    self.path.pop();
                }
            }
            Value::String(text) if !self.is_private => {
                let is_markdown = self.markdown.contains(node);
                let kind = if is_markdown { Some(Kind::Markdown) } else { Kind::of(&self.path) };
                if let Some(kind) = kind {
                    self.text(node, text, kind);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, node: &Node<'_>, text: &str, kind: Kind) {
        let before = self.sink.len();
        let at = self.submission.at(node);
        let is_answer = kind == Kind::Figure && text.trim().eq_ignore_ascii_case("none");
        if placeholder::is_placeholder(text) && !is_answer {
            self.sink.push(diags::placeholder(text, at));
        } else if kind == Kind::Markdown && placeholder::is_bare_link(text) {
            self.sink.push(diags::bare_link(at));
        }
        if kind == Kind::Plain
            && let Some((mark, range)) = plain::mark(text)
        {
            let found = diags::not_plain(mark, self.locate(node, text, range));
            self.sink.push(found);
        }
        for (private, range) in privacy::find(text, MOST) {
            let found = diags::private_data(private, self.locate(node, text, range));
            self.sink.push(found);
        }
        for diagnostic in &mut self.sink[before..] {
            diagnostic.pointer = Some(pointer(self.path.iter().copied()));
        }
    }

    fn locate(
        &self,
        node: &Node<'_>,
        text: &str,
        range: std::ops::Range<usize>,
    ) -> crate::source::Location {
        locate(self.submission.file.text(), node.span, text, range).of(self.submission.source)
    }
}
