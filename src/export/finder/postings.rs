//! Owns how the index writes lists of cases, and lists of words: as short text that packs well.
//!
//! A number is written in digits of five bits, the lowest first; a sixth bit says that more follow. A
//! list of cases holds the distances between them.

/// The characters of six bits: those that neither JSON nor JavaScript would escape.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bit that says that more digits follow, and what it leaves of a character.
const MORE: usize = 32;

/// How many ranks a word can have in a case.
pub(super) const RANKS: usize = 4;

/// Writes cases, ascending.
pub(super) fn cases(cases: &[usize]) -> String {
    let mut out = String::new();
    let mut next = 0;
    for case in cases {
        push_number(case.saturating_sub(next), &mut out);
        next = case + 1;
    }
    out
}

/// Writes cases, ascending, each with the rank that a word has there.
pub(super) fn ranked(cases: &[(usize, usize)]) -> String {
    let mut out = String::new();
    let mut next = 0;
    for (case, rank) in cases {
        push_number(case.saturating_sub(next) * RANKS + rank, &mut out);
        next = case + 1;
    }
    out
}

/// Writes sorted words with a space between them: of each, how many UTF-16 units it shares with the one
/// before, and the rest.
pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let shared = shared_bytes(before, word);
        let units = word[..shared].encode_utf16().count();
        push_character(units, &mut out);
        out.push_str(&word[shared..]);
        before = word;
    }
    out
}

/// How many bytes two words begin with alike, whole characters alone and as many as one digit can tell.
fn shared_bytes(one: &str, two: &str) -> usize {
    let mut units = 0;
    let mut bytes = 0;
    for (a, b) in one.chars().zip(two.chars()) {
        units += a.len_utf16();
        if a != b || units >= ALPHABET.len() {
            break;
        }
        bytes += a.len_utf8();
    }
    bytes
}

fn push_number(mut number: usize, out: &mut String) {
    while number >= MORE {
        push_character(MORE + number % MORE, out);
        number /= MORE;
    }
    push_character(number, out);
}

fn push_character(bits: usize, out: &mut String) {
    out.push(ALPHABET.get(bits).copied().map_or('A', char::from));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_distances() {
        assert_eq!(cases(&[]), "");
        assert_eq!(cases(&[0, 1, 2, 5]), "AAAC");
        assert_eq!(cases(&[31, 64]), "fgB");
        assert_eq!(cases(&[1024]), "ggB");
    }

    #[test]
    fn ranks_are_written_with_the_distances() {
        assert_eq!(ranked(&[(0, 3), (1, 0), (9, 1)]), "DAd");
        assert_eq!(ranked(&[(8, 2)]), "iB");
    }

    #[test]
    fn words_share_their_beginnings() {
        assert_eq!(words(["care", "cared", "cat", "zoo"]), "Acare Ed Ct Azoo");
        assert_eq!(words(["a𝒳b", "a𝒳c", "a𝒴"]), "Aa𝒳b Dc B𝒴");
    }
}
