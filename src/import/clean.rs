//! Owns the clean-up of texts that went through forms, web pages and word processors.

mod html;

use encoding_rs::WINDOWS_1252;

use self::html::without_tags;
use crate::compose::WIDTH;

/// A text as Markdown: paragraphs and lists as people see them, without what only programs see.
///
/// A text that takes several lines of a file ends with a line break, as one under `|` or `>` does.
pub(super) fn markdown(text: &str) -> String {
    let text = without_tags(&letters(text), true);
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() {
            // One empty line parts paragraphs; more of them only take room.
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let is_deep = in_list && (line.starts_with("  ") || line.starts_with('\t'));
        let indent = if is_deep { "  " } else { "" };
        match bullet(bare) {
            Some(rest) => {
                // Behind a paragraph, a list of other programs stands without an empty line.
                lines.push(format!("{indent}- {}", single_spaces(rest)));
                in_list = true;
            }
            None => {
                lines.push(format!("{indent}{}", single_spaces(bare)));
                in_list = is_deep;
            }
        }
    }
    let text = lines.join("\n").trim_end().to_owned();
    if text.contains('\n') || text.chars().count() > WIDTH { text + "\n" } else { text }
}

/// A text without marks: its paragraphs, each on one line.
pub(super) fn plain(text: &str) -> String {
    let text = without_tags(&letters(text), false);
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        match (line.trim(), paragraphs.last_mut()) {
            ("", Some(last)) if !last.is_empty() => paragraphs.push(String::new()),
            ("", _) | (_, None) => {}
            (line, Some(last)) => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(&single_spaces(line));
            }
        }
    }
    paragraphs.join("\n\n").trim().to_owned()
}

/// A text with its line ends and spaces as they are on every machine, without what cannot be seen.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' => {
                letters.next_if_eq(&'\n');
                out.push('\n');
            }
            // The line breaks of spreadsheets, word processors and web pages.
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            '\t' => out.push('\t'),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                out.push(' ')
            }
            // Soft hyphens, empty spaces, and marks that only turn the direction of what follows.
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}' => {}
            // Letters of Windows that were taken for control characters on the way.
            '\u{80}'..='\u{9f}' => {
                let byte = [u8::try_from(u32::from(c)).unwrap_or_default()];
                let (letter, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
                out.extend(letter.chars().filter(|letter| !letter.is_control()));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// What stands behind the mark of an entry of a list.
fn bullet(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let is_mark = match first {
        '•' | '◦' | '▪' | '▫' | '■' | '□' | '●' | '○' | '‣' | '⁃' | '·' | '➢' | '✓' => {
            true
        }
        // Word keeps its bullets in letters of its own fonts.
        '\u{f0a7}' | '\u{f0b7}' => true,
        '-' | '*' | '–' | '—' | '+' => rest.starts_with([' ', '\t']),
        // A word processor's mark for an inner list.
        'o' => rest.starts_with('\t'),
        _ => false,
    };
    (is_mark && !rest.trim().is_empty()).then(|| rest.trim_start())
}

/// A line with single spaces. What a link or code holds has none in a row.
fn single_spaces(line: &str) -> String {
    line.split([' ', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_what_people_meant() {
        let check = |text: &str, expected: &str| assert_eq!(markdown(text), expected, "{text:?}");
        check("One\u{a0}line.  ", "One line.");
        check("First.\r\n\r\n\r\n\r\nSecond.\r\n", "First.\n\nSecond.\n");
        check(
            "We had:\n• nurses\n•doctors\n◦\u{a0}others",
            "We had:\n- nurses\n- doctors\n- others\n",
        );
        check("– one\n  – inner\n– two", "- one\n  - inner\n- two\n");
        check("A\u{b}B\u{200b}\u{ad}C", "A\nBC\n");
        check("- \n-", "-\n-\n");
        check("\u{95} the day\u{92}s figure", "- the day’s figure");
        check("-5 degrees, a – b", "-5 degrees, a – b");
        check("    indented as by a word processor", "indented as by a word processor");
        check("o\tone\no\ttwo", "- one\n- two\n");
        check("👩‍⚕️ stays", "👩‍⚕️ stays");
    }

    #[test]
    fn html_becomes_markdown_and_other_angles_stay() {
        let check = |text: &str, expected: &str| assert_eq!(markdown(text), expected, "{text:?}");
        check(
            "<p>One <b>bold</b> word.</p><p>Two&nbsp;&amp; more</p>",
            "One **bold** word.\n\nTwo & more\n",
        );
        check("<ul><li>one</li><li>two</li></ul>", "- one\n- two\n");
        check("a<br/>b<BR>c", "a\nb\nc\n");
        check("<a href=\"https://a.eu/x?a=1&amp;b=2\">page</a>", "[page](https://a.eu/x?a=1&b=2)");
        check("<a href=\"javascript:alert(1)\">page</a>", "page");
        check("<b> spaced </b>out <i></i>", "**spaced** out");
        check("<style>p { x: y }</style><span style='a'>kept</span>", "kept");
        check("less than < 5 days, x <y> z", "less than < 5 days, x <y> z");
        check("5 &lt; 6 &#8211; &#x2014; &unknown; &", "5 < 6 – — &unknown; &");
        check("<p", "<p");
    }

    #[test]
    fn plain_text_has_no_marks() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text:?}");
        check("<b>Care</b>\n at   home\r\n", "Care at home");
        check("One.\n\n\nTwo\nlines.", "One.\n\nTwo lines.");
        check("\u{feff}\u{7}Title\u{a0}here", "Title here");
    }

    #[test]
    fn hostile_texts_cost_no_more_than_their_length() {
        for bit in ["<", "<a href=\"", "&", "<b>", "</b>", "<script>", "<p", "• "] {
            let text = bit.repeat(50_000);
            assert!(markdown(&text).len() <= 4 * text.len());
        }
    }
}
