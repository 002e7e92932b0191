//! Owns the names of folders for values that anybody may have written.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::slug;

/// The longest name that is made of a value alone, in bytes.
const LONGEST: usize = 40;

/// A folder for each value of a facet: none leads anywhere else, and no two are the same to a file
/// system that takes capital letters for small ones.
///
/// A value that is a plain word is its own name. Any other gets a mark that follows from it alone, so
/// that its folder stays when other values come and go.
pub(super) fn folders(facet: &str, values: &[String]) -> Vec<String> {
    let facet = facet.replace(':', "-");
    let twice = twice(values);
    let mut taken = Taken::default();
    let folder = |value: &String| {
        let is_alone = !twice.contains(&value.to_lowercase());
        let name = if is_alone && is_plain(value) { value.clone() } else { marked(value) };
        taken.take(format!("{facet}-{name}"))
    };
    values.iter().map(folder).collect()
}

fn is_plain(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=LONGEST).contains(&value.len()) && value.chars().all(is_plain)
}

/// What several values are in small letters.
fn twice(values: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let folded = values.iter().map(|value| value.to_lowercase());
    folded.filter(|value| !seen.insert(value.clone())).collect()
}

/// What can stand in a name, and a mark that follows from the whole value.
fn marked(value: &str) -> String {
    let slug = slug(value);
    let slug = slug.get(..LONGEST.min(slug.len())).unwrap_or_default().trim_end_matches('-');
    let mark = fnv1a(value);
    if slug.is_empty() { format!("{mark:08x}") } else { format!("{slug}-{mark:08x}") }
}

/// FNV-1a with 32 bits: the same on every machine, for ever.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The names that are given, in small letters.
#[derive(Default)]
struct Taken {
    names: BTreeSet<String>,
    /// The last number behind each name that was asked for more than once.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    /// The name itself, or with a number if somebody has it: marks can be met again by design.
    fn take(&mut self, name: String) -> String {
        if self.names.insert(name.to_lowercase()) {
            return name;
        }
        let number = self.numbers.entry(name.to_lowercase()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{name}-{number}");
            if self.names.insert(numbered.to_lowercase()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Vec<String> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        folders("keyword", &values)
    }

    #[test]
    fn plain_words_are_their_own_names() {
        assert_eq!(folders("region:0", &["DE".to_owned()]), ["region-0-DE"]);
        assert_eq!(of(&["home-care", "2010"]), ["keyword-home-care", "keyword-2010"]);
        // As the README shows.
        assert_eq!(of(&["Home care"]), ["keyword-home-care-10c5a133"]);
    }

    #[test]
    fn hostile_values_stay_inside_and_apart() {
        let long = "long ".repeat(60);
        let values = [
            "..",
            ".",
            "",
            "../../etc/passwd",
            "/root",
            "a/b",
            "a\\b",
            "C:",
            "🌱",
            "日本",
            "Video",
            "video",
            "VIDEO",
            "é",
            "e\u{301}",
            "con",
            "a.",
            "a ",
            "nul\0",
            "-",
            "--",
            &long,
        ];
        let names = of(&values);
        for name in &names {
            let is_safe = |c: char| c.is_ascii_alphanumeric() || c == '-';
            assert!(name.starts_with("keyword-") && name.chars().all(is_safe), "{name}");
            assert!(name.len() <= 80, "{name}");
        }
        let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded.len(), values.len(), "{names:?}");
        // Who else is there does not matter, but for one that differs in capitals alone.
        assert_eq!(of(&["a/b"]), [names[5].as_str()]);
        assert_eq!(of(&["video"]), ["keyword-video"]);
    }

    #[test]
    fn a_mark_that_is_met_again_gets_a_number() {
        let marked = of(&["a/b"]).remove(0);
        let plain = marked.trim_start_matches("keyword-");
        assert_eq!(of(&["a/b", plain]), [marked.clone(), format!("{marked}-2")]);
    }
}
