//! Owns the words of the references of the last list: an editor who saves a case has the same list put
//! into the same words again and again, and a reference takes longer than the rest of its case.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use hayagriva::Entry;
use rayon::prelude::*;

use super::piece::Piece;

/// How many references are kept at most: nobody waits for an edit of more, and they take memory.
const MOST: usize = 10_000;

/// What a list was put into words by.
type Way = (String, String);

/// References in words.
#[derive(Default)]
struct Worded {
    /// The style and the language of all of them.
    way: Way,
    references: HashMap<Entry, Vec<Piece>>,
}

static LAST: Mutex<Option<Worded>> = Mutex::new(None);

/// The entries of a list in words: those of the last list as they were, the others as `word` says. They
/// take the place of the last list.
pub(super) fn in_words(
    entries: &[Entry],
    style: &str,
    language: &str,
    word: impl Fn(&Entry) -> Vec<Piece> + Sync,
) -> Vec<Vec<Piece>> {
    let way = (style.to_owned(), language.to_owned());
    // Taken out, so that lists of others do not wait; they are worded by themselves.
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let last = last.filter(|last| last.way == way).unwrap_or_default();
    let in_words =
        |entry: &Entry| last.references.get(entry).cloned().unwrap_or_else(|| word(entry));
    let worded: Vec<Vec<Piece>> = entries.par_iter().map(in_words).collect();
    if entries.len() <= MOST {
        let references = entries.iter().cloned().zip(worded.iter().cloned()).collect();
        let list = Worded { way, references };
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(list);
    }
    worded
}
