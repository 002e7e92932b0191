//! Owns replacements that mend a fault, and their application to a text.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Location;

/// A replacement that mends the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub location: Location,
    /// By what.
    pub replacement: String,
}

/// A text with the fixes applied that do not touch each other, and how many those are.
///
/// Of fixes that overlap, the one that begins first is applied: the other was made for a text that
/// is no longer there. Places outside the text are left alone.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut edits: Vec<(Range<usize>, &str)> = fixes
        .into_iter()
        .map(|fix| (fix.location.span.range(), fix.replacement.as_str()))
        .filter(|(range, _)| text.get(range.clone()).is_some())
        .collect();
    edits.sort_by(|(a, one), (b, two)| (a.start, a.end, one).cmp(&(b.start, b.end, two)));
    edits.dedup();
    let mut mended = String::with_capacity(text.len());
    let (mut end, mut applied) = (0, 0);
    for (range, replacement) in edits {
        if range.start < end || (applied > 0 && range.is_empty() && range.start == end) {
            continue;
        }
        mended.push_str(text.get(end..range.start).unwrap_or_default());
        let replaced = text.get(range.clone()).unwrap_or_default();
        mended.push_str(&in_the_same_marks(replaced, replacement));
        end = range.end;
        applied += 1;
    }
    mended.push_str(text.get(end..).unwrap_or_default());
    (mended, applied)
}

/// A replacement in the quotation marks of what it replaces: JSON needs them, and in YAML they stay
/// as the author likes them. Numbers and answers lose them, or they would be texts.
fn in_the_same_marks<'a>(replaced: &str, replacement: &'a str) -> Cow<'a, str> {
    let is_plain = replacement.parse::<f64>().is_ok() || ["true", "false"].contains(&replacement);
    let needs_care = |c: char| matches!(c, '"' | '\'' | '\\') || c.is_control();
    for mark in ['"', '\''] {
        let inner = replaced.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if inner.is_some() && !is_plain && !replacement.contains(needs_care) {
            return Cow::Owned(format!("{mark}{replacement}{mark}"));
        }
    }
    Cow::Borrowed(replacement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceMap, Span};

    #[test]
    fn fixes_that_touch_each_other_are_not_mixed() {
        let source = SourceMap::default().add("a.yaml", "");
        let fix = |start: usize, end: usize, text: &str| Fix {
            location: Span::new(start, end).of(source),
            replacement: text.to_owned(),
        };
        let check = |fixes: &[Fix], expected: (&str, usize)| {
            let (mended, applied) = apply("keywrods: [a]  \n", fixes);
            assert_eq!((mended.as_str(), applied), expected);
        };
        check(&[fix(13, 15, ""), fix(0, 8, "keywords")], ("keywords: [a]\n", 2));
        check(&[fix(0, 8, "one"), fix(0, 8, "one")], ("one: [a]  \n", 1));
        check(&[fix(0, 8, "one"), fix(4, 11, "two")], ("one: [a]  \n", 1));
        check(&[fix(10, 99, "x")], ("keywrods: [a]  \n", 0));
    }

    #[test]
    fn words_keep_their_quotation_marks_and_numbers_lose_them() {
        let check = |replaced: &str, replacement: &str, expected: &str| {
            assert_eq!(in_the_same_marks(replaced, replacement), expected);
        };
        check("\"meetz\"", "meets", "\"meets\"");
        check("'5/2007'", "2007-05", "'2007-05'");
        check("meetz", "meets", "meets");
        check("\"12\"", "12", "12");
        check("\"yes\"", "true", "true");
        check("\"", "meets", "meets");
    }
}
