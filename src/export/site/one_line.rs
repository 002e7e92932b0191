//! Owns texts as feeds and calendars take them.

/// A text in a line, without what XML and calendars cannot hold.
pub(super) fn one_line(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let words = text.split_whitespace().map(|word| word.chars().filter(is_allowed).collect());
    words.collect::<Vec<String>>().join(" ")
}
