//! Owns terms in running text: where a text first uses each of the terms of a glossary.
//!
//! The time that a text takes does not grow with the number of terms: its words are followed through
//! one tree of all of them, from each word for no more words than a term may have.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use typst::foundations::Label;
use unicode_normalization::char::is_combining_mark;

/// Terms of more words are not looked for.
const MOST_WORDS: usize = 8;

/// Terms that differ in capitals alone and are told apart.
const MOST_ALIKE: usize = 4;

/// The terms of a glossary, to be found in texts.
#[derive(Debug, Default)]
pub struct Terms {
    terms: Vec<Term>,
    /// The tree: a step is a word in small letters, with the marks before it if they are no blanks.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Term {
    /// Where it leads.
    label: Label,
    /// Its words; of a word that may be written with other capitals nothing.
    words: Vec<Option<String>>,
}

#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<String, usize>,
    /// The terms that end here.
    terms: Vec<usize>,
}

impl Terms {
    /// The terms with the labels of their entries, the first of those that are alike preferred.
    pub fn of<'a>(terms: impl IntoIterator<Item = (&'a str, Label)>) -> Self {
        let mut all = Self { terms: Vec::new(), nodes: vec![Node::default()] };
        terms.into_iter().for_each(|(term, label)| all.add(term, label));
        all
    }

    fn add(&mut self, term: &str, label: Label) {
        let words = words(term);
        if words.is_empty() || words.len() > MOST_WORDS {
            return;
        }
        let mut here = 0;
        let mut key = String::new();
        for at in 0..words.len() {
            step(term, &words, at, at == 0, &mut key);
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(here) else { return };
            here = *node.next.entry(key.clone()).or_insert(fresh);
            if here == fresh {
                self.nodes.push(Node::default());
            }
        }
        let spelt = |range: &Range<usize>| {
            let word = &term[range.clone()];
            has_spelling(word).then(|| word.to_owned())
        };
        let words = words.iter().map(spelt).collect();
        if let Some(node) = self.nodes.get_mut(here)
            && node.terms.len() < MOST_ALIKE
        {
            node.terms.push(self.terms.len());
            self.terms.push(Term { label, words });
        }
    }

    /// The longest term that begins with a word of a text: how many words it has, and which it is.
    fn longest(
        &self,
        text: &str,
        words: &[Range<usize>],
        from: usize,
        fits: impl Fn(&Term) -> bool,
    ) -> Option<(usize, usize)> {
        let (mut here, mut key, mut best) = (self.nodes.first()?, String::new(), None);
        for at in from..words.len() {
            step(text, words, at, at == from, &mut key);
            let Some(next) = here.next.get(&key).and_then(|next| self.nodes.get(*next)) else {
                break;
            };
            here = next;
            let used = words.get(from..=at).unwrap_or_default();
            let is_spelt = |term: &Term| {
                let mut pairs = term.words.iter().zip(used);
                pairs.all(|(word, range)| {
                    word.as_ref().is_none_or(|word| *word == text[range.clone()])
                })
            };
            let is_meant = |index: &usize| {
                self.terms.get(*index).is_some_and(|term| fits(term) && is_spelt(term))
            };
            if let Some(found) = here.terms.iter().find(|index| is_meant(index))
                && !runs_on(text, words[at].end)
            {
                best = Some((used.len(), *found));
            }
        }
        best
    }
}

/// Which languages a text shares with the glossary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// It is in the language of the glossary: all terms may be meant.
    Language,
    /// It is in another, in which a word may mean something else: only abbreviations and names with
    /// a spelling of their own.
    Spellings,
}

/// The terms that the texts of one chapter or case have not used yet.
#[derive(Debug)]
pub struct FirstUses<'t> {
    terms: &'t Terms,
    shared: Shared,
    used: RefCell<BTreeSet<usize>>,
}

impl<'t> FirstUses<'t> {
    /// Nothing is used yet.
    pub fn new(terms: &'t Terms, shared: Shared) -> Self {
        Self { terms, shared, used: RefCell::default() }
    }

    /// The places in the next text where a term is used for the first time, each with the label of its
    /// entry.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, Label)> {
        let mut used = self.used.borrow_mut();
        let mut found = Vec::new();
        if used.len() == self.terms.terms.len() {
            return found;
        }
        let fits =
            |term: &Term| self.shared == Shared::Language || term.words.iter().any(Option::is_some);
        let words = words(text);
        let mut from = 0;
        while let Some(first) = words.get(from) {
            let longest = match is_run_into(text, first.start) {
                true => None,
                false => self.terms.longest(text, &words, from, fits),
            };
            let Some((length, index)) = longest else {
                from += 1;
                continue;
            };
            from += length;
            if let (Some(last), Some(term)) = (words.get(from - 1), self.terms.terms.get(index))
                && used.insert(index)
            {
                found.push((first.start..last.end, term.label));
            }
        }
        found
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The words of a text.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_letter(*c)) {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end += c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

/// Writes the step to a word: the word in small letters, behind the marks that part it from the one
/// before if these are no blanks.
fn step(text: &str, words: &[Range<usize>], at: usize, is_first: bool, key: &mut String) {
    key.clear();
    let Some(word) = words.get(at) else { return };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let gap = match before.filter(|_| !is_first) {
        Some(before) => &text[before.end..word.start],
        None => "",
    };
    // What typography makes of marks is the same mark.
    let plain = |c| match c {
        '\u{2019}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    if !gap.chars().all(char::is_whitespace) {
        key.extend(gap.chars().map(plain));
    }
    key.extend(text[word.clone()].chars().flat_map(char::to_lowercase));
}

/// Whether a word has a spelling of its own, as abbreviations have: capitals that are not its first
/// letter, digits, or a capital alone.
fn has_spelling(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let is_alone = letters.as_str().is_empty() && first.is_some_and(char::is_uppercase);
    let is_marked = |c: char| c.is_uppercase() || c.is_numeric();
    is_alone || first.is_some_and(char::is_numeric) || letters.any(is_marked)
}

/// Whether a mark joins words to one, as in compounds, addresses and file names.
fn joins(mark: char) -> bool {
    matches!(mark, '-' | '\u{2010}' | '\u{2011}' | '_' | '@' | '/' | '.')
}

/// Whether a word is the later part of something longer.
fn is_run_into(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_some_and(joins)
}

/// Whether a word is the beginning of something longer.
fn runs_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    after.next().is_some_and(joins) && after.next().is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::super::label;
    use super::*;

    fn terms(words: &[&str]) -> Terms {
        Terms::of(words.iter().map(|word| (*word, label(word).unwrap())))
    }

    /// The places that are found in texts of one chapter, each as it is written there.
    #[track_caller]
    fn check(glossary: &[&str], texts: &[&str], expected: &[&str]) {
        check_in(Shared::Language, glossary, texts, expected);
    }

    #[track_caller]
    fn check_in(shared: Shared, glossary: &[&str], texts: &[&str], expected: &[&str]) {
        let terms = terms(glossary);
        let uses = FirstUses::new(&terms, shared);
        let found: Vec<&str> = (texts.iter())
            .flat_map(|text| uses.find(text).into_iter().map(|(range, _)| &text[range]))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_use_is_found_and_no_other() {
        check(&["Telestroke"], &["A telestroke. Telestroke.", "Telestroke"], &["telestroke"]);
        check(&["a", "b"], &["B, b.", "b a"], &["B", "a"]);
        check(&[], &["a"], &[]);
    }

    #[test]
    fn words_are_whole() {
        let none: &[&str] = &[];
        check(&["port", "portal"], &["ports portals seaport port-wine x_port port.eu"], none);
        check(&["port"], &["http://port.eu me@port /port"], none);
        check(&["port"], &["the port’s sea"], &["port"]);
        check(&["Port"], &["(port)."], &["port"]);
        check(&["été"], &["L’été 2010"], &["été"]);
        // A mark that combines is of its word.
        check(&["ete"], &["e\u{301}te\u{301} ete\u{301}"], none);
    }

    #[test]
    fn capitals_matter_in_abbreviations_alone() {
        check(&["NUTS", "eHealth"], &["nuts ehealth NUTS eHealth"], &["NUTS", "eHealth"]);
        check(&["hepatitis C"], &["Hepatitis c", "HEPATITIS C"], &["HEPATITIS C"]);
        check(&["HL7"], &["hl7 HL7"], &["HL7"]);
        check(&["Ärzte"], &["ÄRZTE"], &["ÄRZTE"]);
        check(&["US", "us"], &["us US"], &["us", "US"]);
    }

    #[test]
    fn of_terms_that_begin_alike_the_longest_is_meant() {
        let glossary = ["health", "electronic health record", "record"];
        check(&glossary, &["Electronic\nhealth  record"], &["Electronic\nhealth  record"]);
        check(&glossary, &["Electronic health recorder"], &["health"]);
        check(&["a b", "a b c"], &["a b c-d"], &["a b"]);
        check(
            &["Before-after study"],
            &["before after study, before\u{2011}after study"],
            &["before\u{2011}after study"],
        );
        // What is used within a longer term is not used by itself.
        check(
            &glossary,
            &["electronic health record", "electronic health record"],
            &["electronic health record"],
        );
    }

    #[test]
    fn another_language_shares_spellings_alone() {
        check_in(Shared::Spellings, &["Gift", "HL7"], &["Gift och HL7"], &["HL7"]);
    }

    #[test]
    fn many_terms_and_long_texts_take_no_longer_than_they_are() {
        // With each term tried at each word this takes hours.
        let glossary: Vec<String> =
            (0..50_000).map(|number| format!("a a a a a a a b{number}")).collect();
        let alike = ["a".repeat(16), "A".repeat(16)].concat();
        let variants: Vec<String> = (0..5000_u32)
            .map(|bits| {
                let letter = |(at, c): (usize, char)| match bits >> (at % 13) & 1 {
                    1 => c.to_ascii_uppercase(),
                    _ => c.to_ascii_lowercase(),
                };
                alike.chars().enumerate().map(letter).collect()
            })
            .collect();
        let words: Vec<&str> = glossary.iter().chain(&variants).map(String::as_str).collect();
        let terms = terms(&words);
        let uses = FirstUses::new(&terms, Shared::Language);
        assert_eq!(uses.find(&"a ".repeat(500_000)), []);
        assert_eq!(uses.find(&format!("{alike}x ").repeat(20_000)), []);
        assert_eq!(uses.find("a a a a a a a b49999").len(), 1);
    }
}
