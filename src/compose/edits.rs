//! Owns changes in a text that is there: some ranges are written anew, and every byte around them stays.

use std::ops::Range;

/// A text with other words in some of its ranges; none if two of these overlap.
pub fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + 200);
    let mut done = 0;
    for (range, new) in &edits {
        out.push_str(text.get(done..range.start)?);
        out.push_str(new);
        done = range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// What parts the lines of a text.
pub fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
