//! Owns the count of words, and the limit that a form sets to it.

use super::{Submission, diags};
use crate::diag::Sink;
use crate::form::InRole;
use crate::source::locate;

/// Checks a text that may have `limit` words at most.
pub(in crate::validate) fn check(
    submission: Submission<'_>,
    value: &InRole<'_, '_>,
    limit: usize,
    sink: &mut Sink,
) {
    let Some(text) = value.node.as_str() else { return };
    let Some((start, word)) = words(text).nth(limit) else { return };
    let span = locate(submission.file.text(), value.node.span, text, start..start + word.len());
    let pointer = value.pointer();
    let key = pointer.rsplit('/').next().unwrap_or_default();
    sink.push(
        diags::too_many_words(key, words(text).count(), limit, span.of(submission.source))
            .pointer(&pointer),
    );
}

/// The words of a text with their offsets, as a word processor counts them: what white space
/// parts, save a dash that stands alone.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_dash = |c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    text.split_whitespace()
        .filter(move |word| !word.chars().all(is_dash))
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
        assert_eq!(found, expected);
        for (start, word) in words(text) {
            assert!(text[start..].starts_with(word));
        }
    }

    #[test]
    fn words_are_what_white_space_parts() {
        check("", &[]);
        check(" One\u{a0}two\u{2009}three\n\nfour\t", &["One", "two", "three", "four"]);
        check(
            "good practice – what worked -- and what - not",
            &["good", "practice", "what", "worked", "and", "what", "not"],
        );
        check("e-health (24.7%) & -5 n=3", &["e-health", "(24.7%)", "&", "-5", "n=3"]);
        check("Työ älä", &["Työ", "älä"]);
    }
}
