//! Owns the way back from a place in a decoded text to its place in the file.

use std::ops::Range;

use super::Span;

/// Finds the bytes of the file behind a range of a text that was decoded from them.
///
/// YAML folds lines, strips indentation and undoes escapes, but every visible character of the
/// text stands in the file, in the same order. So the two are walked side by side over their
/// visible characters; what has no counterpart, such as a block's `|` or an escape's backslash, is
/// passed over. Where the two cannot be matched the whole span is the answer.
pub fn locate(file: &str, span: Span, text: &str, range: Range<usize>) -> Span {
    let Some(raw) = file.get(span.range()) else { return span };
    let visible = |(_, c): &(usize, char)| !c.is_whitespace();
    let mut raw_chars = raw.char_indices().filter(visible).peekable();
    // The header of a block scalar (`|`, `>-`, …) is not part of the text.
    if raw.starts_with(['|', '>']) {
        let header = raw.find('\n').unwrap_or(raw.len());
        while raw_chars.next_if(|(at, _)| *at < header).is_some() {}
    }
    let mut start = None;
    let mut end = None;
    for (at, c) in text.char_indices().filter(visible) {
        if at >= range.end {
            break;
        }
        let Some((raw_at, found)) = raw_chars.by_ref().find(|(_, found)| *found == c) else {
            return span;
        };
        if at >= range.start {
            start.get_or_insert(raw_at);
            end = Some(raw_at + found.len_utf8());
        }
    }
    match (start, end) {
        (Some(start), Some(end)) => {
            let base = span.range().start;
            Span::new(base + start, base + end)
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, text: &str, needle: &str) {
        let file = format!("key: {raw}");
        let at = text.find(needle).unwrap();
        let found = locate(&file, Span::new(5, file.len()), text, at..at + needle.len());
        let slice = &file[found.range()];
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(slice), bare(needle));
        // It must be this occurrence and not an earlier one.
        assert_eq!(
            file[..found.range().start].matches(needle).count(),
            text[..at].matches(needle).count()
        );
    }

    #[test]
    fn places_survive_folding_indentation_and_quotes() {
        check("|\n  One [@S1].\n  Two [@S2].\n", "One [@S1].\nTwo [@S2].\n", "@S2");
        check(">-\n  One\n  two [@S1]\n", "One two [@S1]", "@S1");
        check("'It''s [@S1]'", "It's [@S1]", "@S1");
        check("\"a \\\"b\\\" [@S1]\"", "a \"b\" [@S1]", "@S1");
        check("plain [@S1]", "plain [@S1]", "@S1");
        check("|2-\n  two words\n", "two words", "two words");
    }
}
