//! Owns texts for people inside YAML: comments, broken into lines.

use unicode_width::UnicodeWidthStr;

/// How wide a line of a comment may be.
const WIDTH: usize = 90;

/// A text as lines of a comment. `hang` is put before all lines but the first.
///
/// Line breaks of the text part it as spaces do, so nothing of it can leave the comment.
pub(super) fn wrapped(text: &str, hang: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        let is_begun = !matches!(line.trim_end(), "#") && line.trim_start_matches('#') != hang;
        if is_begun && line.width() + 1 + word.width() > WIDTH {
            lines.push(std::mem::replace(&mut line, format!("#{hang}")));
        }
        line.push(' ');
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_comment() {
        let text = format!("One.\ntwo: three\r\n\u{2028}{}", "word ".repeat(40));
        let lines = wrapped(&text, "  ");
        assert!(lines.len() > 2 && lines[0].starts_with("# One. two: three word"));
        assert!(lines[1..].iter().all(|line| line.starts_with("#   word")), "{lines:#?}");
        assert!(lines.iter().all(|line| line.width() <= WIDTH));
        assert_eq!(wrapped(&"x".repeat(200), "  ").len(), 1);
    }
}
