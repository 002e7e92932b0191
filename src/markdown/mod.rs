//! Owns Markdown: what may stand in it, what is wrong with it, and how it becomes content.
//!
//! The dialect is CommonMark with tables, footnotes, strikethrough, task lists and citations such
//! as `[@key]` or `[@one; @two]`. Text stays text: nothing in it is ever read as Typst or HTML.

mod check;
mod citation;
mod content;
mod heading;
mod plain;
mod terms;

use comrak::Options;
use comrak::nodes::NodeCodeBlock;

pub use self::check::{Finding, Problem, check};
pub use self::citation::runs as citation_runs;
pub use self::content::{
    CitationTarget, Context, ImageSource, Part, Shape, image_content, label, title, to_content,
    to_parts,
};
pub use self::plain::plain_words;
pub use self::terms::{FirstUses, Shared, Terms};

/// How deep lists and quotations may be nested: Typst stops at 72 levels of layout, and no reader
/// follows even a quarter of that.
const MAX_DEPTH: usize = 16;

/// How deep headings may be nested inside a field of a case.
///
/// A case's title is a heading of the third level and its fields are of the fourth; HTML has
/// headings of six levels and Typst's first is HTML's second.
pub const FIELD_HEADINGS: usize = 1;

/// How deep headings may be nested inside a chapter, whose own title counts as one.
pub const CHAPTER_HEADINGS: usize = 5;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.parse.smart = true;
    options
}

/// The word behind the fence of a block that asks for a figure, a table or cases.
const DIRECTIVE: &str = "casebook";

/// Whether a block of code asks for a figure, a table or cases.
fn is_directive(code: &NodeCodeBlock) -> bool {
    code.fenced && code.info.split_whitespace().next() == Some(DIRECTIVE)
}

/// Where each line of a text begins.
fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
}

/// The byte of a line, which is counted from one, and so many bytes into it.
fn offset_of(text: &str, lines: &[usize], line: usize, column: usize) -> usize {
    let start = lines.get(line.saturating_sub(1)).copied();
    start.map_or(text.len(), |start| start + column).min(text.len())
}

/// Where a link leads.
enum Link<'a> {
    /// To a page or an address.
    Url(&'a str),
    /// To a case of this report, by its id: `case:oulu-self-care`.
    Case(&'a str),
    /// Somewhere that the report will not lead its readers.
    Forbidden,
}

fn link(url: &str) -> Link<'_> {
    let scheme = |name: &str| url.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
    if let Some(id) = url.strip_prefix("case:") {
        Link::Case(id)
    } else if ["https://", "http://", "mailto:"].into_iter().any(scheme) {
        Link::Url(url)
    } else {
        Link::Forbidden
    }
}
