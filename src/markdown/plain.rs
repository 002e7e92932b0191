//! Owns the bare words of a text: what a reader reads of it, without marks, addresses and citations.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use super::citation::{self, Piece};
use super::options;

/// The words of a text, with a space wherever a line, a block or a cell ends.
pub fn plain_words(text: &str) -> String {
    let arena = Arena::new();
    let mut words = String::with_capacity(text.len());
    for node in parse_document(&arena, text, &options()).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => push_without_citations(text, &mut words),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::CodeBlock(code) => push_block(&code.literal, &mut words),
            NodeValue::HtmlBlock(html) => push_block(&html.literal, &mut words),
            NodeValue::HtmlInline(html) => words.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            value if value.block() => words.push(' '),
            _ => {}
        }
    }
    words
}

fn push_block(text: &str, words: &mut String) {
    words.push(' ');
    words.push_str(text);
}

fn push_without_citations(text: &str, words: &mut String) {
    for piece in citation::split(text) {
        match piece {
            Piece::Text(text) => words.push_str(text),
            Piece::Citation(_) => words.push(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = plain_words(text);
        assert_eq!(words.split_whitespace().collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn words_that_are_read_stay_and_marks_go() {
        check(
            "A **bold**ly `coded` [link](https://example.org/x)",
            &["A", "boldly", "coded", "link"],
        );
        check(
            "Less wait [@S1; @S2], *less* cost[@S3].",
            &["Less", "wait", ",", "less", "cost", "."],
        );
        check("# Head\nfirst\nsecond\n\n- one\n- two", &["Head", "first", "second", "one", "two"]);
        check("| a | b |\n|---|---|\n| c | d |", &["a", "b", "c", "d"]);
        check(
            "<b>told</b> as it stands\n\n~~~\ncode here\n~~~",
            &["<b>told</b>", "as", "it", "stands", "code", "here"],
        );
        check("![A red dot](dot.png)", &["A", "red", "dot"]);
    }
}
