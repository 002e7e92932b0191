//! Owns the page that tables for people are printed on: its width, its characters, its styles.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diag::render::printable;

/// Columns of a file, and of a terminal that does not say how many it has.
const USUAL: usize = 80;

/// The fewest columns that a table is made for.
const FEWEST: usize = 30;

/// The most columns that a table is made for.
const MOST: usize = 400;

/// What tables are printed on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// How many columns it has.
    pub(super) width: usize,
    /// Whether it takes more characters than those of ASCII.
    unicode: bool,
    /// Whether it takes styles.
    styled: bool,
}

impl Page {
    /// Standard output, as the environment describes it.
    pub(super) fn of(styled: bool) -> Self {
        let asked = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let out = io::stdout();
        let of_terminal = || {
            let size = out.is_terminal().then(|| terminal_size::terminal_size_of(&out))?;
            size.map(|(terminal_size::Width(width), _)| usize::from(width))
        };
        let width = asked.filter(|width| *width > 0).or_else(of_terminal).unwrap_or(USUAL);
        Self { width: width.clamp(FEWEST, MOST), unicode: takes_unicode(), styled }
    }

    /// A text in bold, if the page takes styles.
    pub(super) fn bold(self, text: &str) -> String {
        self.in_style("\x1b[1m", text)
    }

    /// A text that stands back, if the page takes styles.
    pub(super) fn dim(self, text: &str) -> String {
        self.in_style("\x1b[2m", text)
    }

    /// A text that is gone.
    pub(super) fn removed(self, text: &str) -> String {
        if self.styled { self.in_style("\x1b[31;9m", text) } else { format!("[-{text}-]") }
    }

    /// A text that is new.
    pub(super) fn added(self, text: &str) -> String {
        if self.styled { self.in_style("\x1b[32m", text) } else { format!("{{+{text}+}}") }
    }

    fn in_style(self, style: &str, text: &str) -> String {
        if self.styled && !text.is_empty() {
            format!("{style}{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// What stands in a cell of which there is nothing to say.
    pub(super) fn nothing(self) -> &'static str {
        if self.unicode { "·" } else { "." }
    }

    /// A text of at most so many columns, with a mark at its end if that is not all of it.
    pub(super) fn cut(self, text: &str, most: usize) -> Cow<'_, str> {
        if text.width() <= most {
            return Cow::Borrowed(text);
        }
        let mark = if self.unicode { "…" } else { "~" };
        let room = most.saturating_sub(mark.width());
        let mut width = 0;
        let mut kept = text.chars().take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= room
        });
        let kept: String = kept.by_ref().collect();
        Cow::Owned(if most == 0 { String::new() } else { format!("{}{mark}", kept.trim_end()) })
    }

    /// A text over as many lines as it takes, each indented.
    pub(super) fn filled(self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent);
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > room {
                lines.push(std::mem::take(&mut line));
            }
            let space = if line.is_empty() { "" } else { " " };
            line.push_str(&format!("{space}{}", self.cut(word, room)));
        }
        lines.push(line);
        let margin = " ".repeat(indent);
        lines.iter().map(|line| format!("{margin}{line}\n")).collect()
    }

    /// A bar as long as a count is in proportion to the greatest, which takes all columns. What is not
    /// zero can be seen.
    pub(super) fn bar(self, count: usize, greatest: usize, columns: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        if count == 0 || greatest == 0 || columns == 0 {
            return String::new();
        }
        let parts = if self.unicode { 8 } else { 1 };
        let length = (count * columns * parts + greatest / 2) / greatest;
        let length = length.clamp(1, columns * parts);
        if self.unicode {
            format!("{}{}", "█".repeat(length / 8), EIGHTHS[length % 8])
        } else {
            "#".repeat(length)
        }
    }
}

/// Whether the locale says that text is UTF-8; the first of its variables that is set decides.
fn takes_unicode() -> bool {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    match set.find(|value| !value.is_empty()) {
        Some(locale) => {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => cfg!(windows) || cfg!(target_os = "macos"),
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text of a submission as it may stand anywhere on a page: nothing in it drives a terminal, and
/// no line that begins with it is a command to GitHub's runner.
pub(super) fn shown(text: &str) -> String {
    let text = printable(text.trim());
    if text.starts_with("::") { text.replacen("::", ": :", 1) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNICODE: Page = Page { width: USUAL, unicode: true, styled: false };
    const ASCII: Page = Page { width: USUAL, unicode: false, styled: false };

    #[test]
    fn texts_are_cut_by_the_columns_that_they_take() {
        assert_eq!(UNICODE.cut("Blekinge", 8), "Blekinge");
        assert_eq!(UNICODE.cut("Blekinge", 6), "Bleki…");
        assert_eq!(ASCII.cut("Blekinge", 6), "Bleki~");
        assert_eq!(UNICODE.cut("日本語の題", 6), "日本…");
        assert_eq!(UNICODE.cut("a\u{301}bc", 2), "a\u{301}…");
        assert_eq!(UNICODE.cut("ab", 0), "");
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(UNICODE.bar(4, 4, 3), "███");
        assert_eq!(UNICODE.bar(2, 4, 3), "█▌");
        assert_eq!(UNICODE.bar(1, 1000, 3), "▏");
        assert_eq!(UNICODE.bar(0, 4, 3), "");
        assert_eq!(ASCII.bar(2, 4, 6), "###");
        assert_eq!(ASCII.bar(1, 1000, 6), "#");
    }

    #[test]
    fn no_text_is_a_command() {
        assert_eq!(shown("::error::no"), ": :error::no");
        assert_eq!(shown(" \u{1b}[31mred\u{202e}\n"), "\u{fffd}[31mred\u{fffd}");
    }
}
