//! Owns texts in the place of others: in the quotation marks of those, or as a block of lines.

use crate::compose;

/// A text of one line, in the quotation marks of the one whose place it takes.
pub(super) fn scalar(value: &str, old: &str, quoted: bool) -> String {
    if old.starts_with('\'') && !value.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{value}'");
    }
    match quoted || old.starts_with('"') {
        true => compose::quoted(value),
        // A day needs no quotation marks, and nobody writes them.
        false if is_date(value) => value.to_owned(),
        false => compose::scalar(value),
    }
}

/// The lines of a block, each with its indent; empty ones stay empty.
pub(super) fn literal(text: &str, indent: &str, eol: &str) -> String {
    let line = |line: &str| match line.trim_end() {
        "" => String::new(),
        line => format!("{indent}{line}"),
    };
    text.lines().map(line).collect::<Vec<_>>().join(eol)
}

/// Whether a text is a year with a month or a day.
fn is_date(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}
