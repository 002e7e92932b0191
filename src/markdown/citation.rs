//! Owns citations in running text: `[@key]`, `[@one; @two]`; and the order of their numbers.

use std::collections::BTreeSet;
use std::ops::Range;

/// A piece of text, or the citation between two pieces.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// The keys, each with its place in the text, from the `@` on.
    Citation(Vec<(&'a str, Range<usize>)>),
}

/// Cuts a text at its citations. What only looks like one stays text.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find("[@").map(|at| from + at) {
        let Some(close) = text[open..].find(']').map(|at| open + at) else { break };
        from = open + 2;
        if let Some(keys) = keys(text, open + 1..close) {
            if done < open {
                pieces.push(Piece::Text(&text[done..open]));
            }
            pieces.push(Piece::Citation(keys));
            done = close + 1;
            from = done;
        }
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// How many numbers in a row are shown as the first and the last of them.
const SHORTEST_RUN: usize = 3;

/// The numbers of a citation in their order, each once, as the first and the last of those that are
/// shown as one: each for itself, or runs of them where the style has it so.
pub fn runs(numbers: impl IntoIterator<Item = usize>, collapses: bool) -> Vec<(usize, usize)> {
    let numbers: BTreeSet<usize> = numbers.into_iter().collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match runs.last_mut().filter(|(_, last)| *last + 1 == number) {
            Some((_, last)) => *last = number,
            None => runs.push((number, number)),
        }
    }
    let is_whole = |(first, last): &(usize, usize)| collapses && last - first + 1 >= SHORTEST_RUN;
    let shown = |run: (usize, usize)| match is_whole(&run) {
        true => vec![run],
        false => (run.0..=run.1).map(|number| (number, number)).collect(),
    };
    runs.into_iter().flat_map(shown).collect()
}

fn keys(text: &str, inside: Range<usize>) -> Option<Vec<(&str, Range<usize>)>> {
    let mut keys = Vec::new();
    let mut start = inside.start;
    for part in text[inside].split([';', ',']) {
        let lead = part.len() - part.trim_start().len();
        let word = part.trim();
        let key = word.strip_prefix('@')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if key.is_empty() || !key.chars().all(plain) {
            return None;
        }
        keys.push((key, start + lead..start + lead + word.len()));
        start += part.len() + 1;
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = split(text)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Citation(keys) => {
                    for (key, range) in keys {
                        assert_eq!(&text[range.clone()], format!("@{key}"));
                    }
                    keys.iter().map(|(key, _)| format!("<{key}>")).collect()
                }
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn numbers_come_in_order_and_runs_as_their_ends() {
        let check = |numbers: &[usize], collapses, expected: &[(usize, usize)]| {
            assert_eq!(runs(numbers.iter().copied(), collapses), expected);
        };
        check(&[50, 49, 50], false, &[(49, 49), (50, 50)]);
        check(&[3, 1, 2], false, &[(1, 1), (2, 2), (3, 3)]);
        check(&[3, 9, 1, 2, 5, 6], true, &[(1, 3), (5, 5), (6, 6), (9, 9)]);
        check(&[], true, &[]);
    }

    #[test]
    fn citations_are_cut_out_and_lookalikes_stay() {
        check("a [@S1]. b", &["a ", "<S1>", ". b"]);
        check("[@S1; @N20a,@x-y]", &["<S1><N20a><x-y>"]);
        check("[@] [@a b] [@S1", &["[@] [@a b] [@S1"]);
        check("x@y.z [@é]", &["x@y.z [@é]"]);
        check("[@[@S1]", &["[@", "<S1>"]);
    }
}
