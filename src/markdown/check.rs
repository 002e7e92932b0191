//! Owns what can be wrong with a Markdown text, and what it refers to.

use std::ops::Range;

use comrak::nodes::{Node, NodeValue, Sourcepos};
use comrak::{Arena, parse_document};

use super::citation::{self, Piece};
use super::heading::Levels;
use super::{Link, MAX_DEPTH, is_directive, line_starts, link, offset_of, options};

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub problem: Problem,
    /// The bytes of the text.
    pub range: Range<usize>,
}

/// What was found: a fault, or a reference that must be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// HTML, which is shown as text.
    RawHtml,
    /// A link to somewhere that the report will not lead its readers.
    ForbiddenLink(String),
    /// A heading deeper than the text may have.
    HeadingDepth,
    /// Lists or quotations nested too deeply.
    Depth,
    /// A citation of an entry in `sources`.
    Citation(String),
    /// A picture by its path, and whether it says what it shows.
    Image {
        /// The path as it was written.
        path: String,
        /// Whether there is an alternative text.
        has_alt: bool,
    },
    /// A link to a case by its id.
    Case(String),
    /// A block that asks for a figure, a table or cases: the bytes of what it says, if it stands where
    /// one can, in a line of its own and in no list or quotation.
    Directive(Option<Range<usize>>),
}

/// Looks through a text. Headings may be nested `max_heading` levels deep.
pub fn check(text: &str, max_heading: usize) -> Vec<Finding> {
    // Most texts are sentences, lists and citations, and parsing costs much more than this look.
    if is_simple(text) { citations(text, 0) } else { parse(text, max_heading) }
}

/// Whether nothing can be found in a text but citations, each wherever it seems to stand.
///
/// What could open anything else, or hide a citation, makes a text not simple: HTML and links in
/// angle brackets, code, headings of both kinds, quotations, escapes, pictures, links, and lines
/// that are indented as code or as deep lists are.
fn is_simple(text: &str) -> bool {
    // One pass over the bytes: this look is taken at every text of every case.
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let (mut line, mut is_rule) = (0, true);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => {
                if is_rule && at > line {
                    return false;
                }
                (line, is_rule) = (at + 1, true);
                continue;
            }
            b'<' | b'>' | b'`' | b'#' | b'\\' | b'!' | b'~' | b'|' | b'&' | b'\t' => return false,
            b']' if matches!(next(at), b'(' | b'[' | b':') => return false,
            b'[' if next(at) == b'^' => return false,
            b' ' if at == line && bytes[at..].starts_with(b"    ") => return false,
            _ => {}
        }
        // Lines of these alone are headings or rules, and lines of blanks alone are told from them
        // by the parser.
        is_rule &= matches!(byte, b'-' | b'=' | b' ' | b'\r');
    }
    !(is_rule && bytes.len() > line)
}

/// The citations of a piece of text that begins at an offset.
fn citations(text: &str, offset: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    for piece in citation::split(text) {
        let Piece::Citation(keys) = piece else { continue };
        for (key, at) in keys {
            let range = offset + at.start..offset + at.end;
            found.push(Finding { problem: Problem::Citation(key.to_owned()), range });
        }
    }
    found
}

fn parse(text: &str, max_heading: usize) -> Vec<Finding> {
    let lines = line_starts(text);
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut levels = Levels::default();
    let mut found = Vec::new();
    for (node, depth) in descend(root) {
        let ast = node.data.borrow();
        let range = bytes(text, &lines, ast.sourcepos);
        let mut push =
            |problem, range: Range<usize>| found.push(Finding { problem, range: range.clone() });
        if depth == MAX_DEPTH + 1 && node.first_child().is_some() {
            push(Problem::Depth, range.clone());
        }
        match &ast.value {
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => push(Problem::RawHtml, range),
            NodeValue::Link(target) => match link(&target.url) {
                Link::Url(_) => {}
                Link::Case(id) => push(Problem::Case(id.to_owned()), range),
                Link::Forbidden => push(Problem::ForbiddenLink(target.url.clone()), range),
            },
            NodeValue::Image(target) => {
                let has_alt = node
                    .descendants()
                    .any(|child| child.data.borrow().value.text().is_some_and(|t| !t.is_empty()));
                push(Problem::Image { path: target.url.clone(), has_alt }, range);
            }
            NodeValue::Heading(heading) if levels.next(heading.level) > max_heading => {
                push(Problem::HeadingDepth, range);
            }
            NodeValue::CodeBlock(code) if is_directive(code) => {
                let said = (depth == 1).then(|| said(text, &lines, ast.sourcepos, code.closed));
                push(Problem::Directive(said), range);
            }
            NodeValue::Text(literal) => found.extend(citations(literal, range.start)),
            _ => {}
        }
    }
    found
}

/// The bytes of what a fenced block says: its lines without the fences.
fn said(text: &str, lines: &[usize], block: Sourcepos, is_closed: bool) -> Range<usize> {
    let start_of = |line: usize| lines.get(line).copied().unwrap_or(text.len());
    // Lines count from one, and the first is the opening fence: the next has its number as index.
    let start = start_of(block.start.line);
    let end = if is_closed {
        start_of(block.end.line.saturating_sub(1))
    } else {
        bytes(text, lines, block).end
    };
    start..end.max(start)
}

/// All nodes with their depth, in the text's order, without recursion.
fn descend<'a>(root: Node<'a>) -> impl Iterator<Item = (Node<'a>, usize)> {
    let mut stack = vec![(root, 0)];
    std::iter::from_fn(move || {
        let (node, depth) = stack.pop()?;
        stack.extend(node.reverse_children().map(|child| (child, depth + 1)));
        Some((node, depth))
    })
}

/// The bytes of a position, which counts lines and bytes from one and includes its end.
fn bytes(text: &str, lines: &[usize], at: Sourcepos) -> Range<usize> {
    let start = offset_of(text, lines, at.start.line, at.start.column.saturating_sub(1));
    let end = offset_of(text, lines, at.end.line, at.end.column);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, &str)> = check(text, 1)
            .into_iter()
            .map(|finding| {
                let name = match finding.problem {
                    Problem::RawHtml => "html".to_owned(),
                    Problem::ForbiddenLink(url) => format!("link {url}"),
                    Problem::HeadingDepth => "heading".to_owned(),
                    Problem::Depth => "depth".to_owned(),
                    Problem::Citation(key) => format!("cite {key}"),
                    Problem::Image { path, has_alt } => format!("image {path} {has_alt}"),
                    Problem::Case(id) => format!("case {id}"),
                    Problem::Directive(said) => format!("block {:?}", said.map(|at| &text[at])),
                };
                (name, &text[finding.range])
            })
            .collect();
        let expected: Vec<(String, &str)> =
            expected.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_what_the_report_cannot_carry() {
        finds("Plain text with 12 words", &[]);
        finds("a <b>x</b>", &[("html", "<b>"), ("html", "</b>")]);
        finds(
            "[x](javascript:alert(1))",
            &[("link javascript:alert(1)", "[x](javascript:alert(1))")],
        );
        finds("[x](HTTPS://a.b) <mailto:a@b.c>", &[]);
        finds("[x](data:text/html,x)", &[("link data:text/html,x", "[x](data:text/html,x)")]);
        finds("[x](case:oulu)", &[("case oulu", "[x](case:oulu)")]);
        finds("![](a.png)", &[("image a.png false", "![](a.png)")]);
        finds("![A map](a.png)", &[("image a.png true", "![A map](a.png)")]);
        finds("## a\n\n### b", &[("heading", "### b")]);
    }

    #[test]
    fn finds_links_that_lead_elsewhere_than_to_the_web() {
        for target in [
            "JavaScript:alert(1)",
            "&#106;avascript:alert(1)",
            "&#9;javascript:alert(1)",
            "java&#9;script:alert(1)",
            "java&#10;script:alert(1)",
            "vbscript:msgbox(1)",
            "file:///etc/passwd",
            "blob:https://a.b/c",
            "view-source:https://a.b",
            "//a.b/c",
            "\\\\a.b\\c",
            "/c",
            "../c",
            "#c",
            "https:a.b",
            "\u{200b}https://a.b",
        ] {
            let text = format!("[x]({target})");
            let found = check(&text, 2);
            let is_link = |it: &Finding| matches!(it.problem, Problem::ForbiddenLink(_));
            assert!(found.iter().any(is_link), "{target}: {found:?}");
            // However the link is written.
            let text = format!("[x]\n\n[x]: <{target}>\n\nMore.");
            let found = check(&text, 2);
            assert!(found.iter().any(is_link), "{target} by reference: {found:?}");
        }
        finds("<javascript:alert(1)>", &[("link javascript:alert(1)", "<javascript:alert(1)>")]);
    }

    #[test]
    fn finds_citations_where_they_stand() {
        finds(
            "One [@S1].\nTwo [@S2; @S3].",
            &[("cite S1", "@S1"), ("cite S2", "@S2"), ("cite S3", "@S3")],
        );
        finds("`[@S1]` is code", &[]);
        finds("- **half** [@S9]", &[("cite S9", "@S9")]);
    }

    #[test]
    fn finds_blocks_that_ask_for_something_and_what_they_say() {
        finds(
            "é\n\n```casebook\nfigure: map\n```\n\nb",
            &[("block Some(\"figure: map\\n\")", "```casebook\nfigure: map\n```")],
        );
        finds(
            "  ~~~ casebook x\n  a: 1\n  ~~~",
            &[("block Some(\"  a: 1\\n\")", "~~~ casebook x\n  a: 1\n  ~~~")],
        );
        finds("```casebook\na: 1", &[("block Some(\"a: 1\")", "```casebook\na: 1")]);
        finds("```casebook\n```", &[("block Some(\"\")", "```casebook\n```")]);
        finds("- ```casebook\n  a: 1\n  ```", &[("block None", "```casebook\n  a: 1\n  ```")]);
        finds("```yaml\ncasebook\n```\n\n    casebook", &[]);
    }

    #[test]
    fn the_quick_look_finds_what_parsing_finds() {
        let texts = [
            "One [@S1].\nTwo [@S2; @S3].\n\n- a [@x]\n- b\n  - c [@y]\n\n1. d **e** [@z], _f_",
            "Plain",
            "[@a] [@b",
            "A *word [@S1]* and [brackets] [@S2]",
            "é [@S1]\r\nü [@S2]",
        ];
        for text in texts {
            assert!(is_simple(text), "{text}");
            assert_eq!(check(text, 1), parse(text, 1), "{text}");
        }
        for text in
            ["a\n---", "a\n=", "    [@S1]", "[^1]", "a `[@S1]`", "\\[@S1]", "- a\n\n      b"]
        {
            assert!(!is_simple(text), "{text}");
        }
    }

    #[test]
    fn depth_is_counted_before_anything_recurses() {
        let deep = format!("{} x", ">".repeat(5000));
        assert!(check(&deep, 1).iter().any(|finding| finding.problem == Problem::Depth));
    }
}
