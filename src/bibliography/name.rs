//! Owns the names of the report's own authors, as citations order their parts.

use hayagriva::types::Person;

use super::entry::{person, whole};
use crate::model::Editor;

/// Words that belong to the family name behind them.
const PARTICLES: &[&str] = &[
    "af", "av", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le",
    "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
];

/// An editor as an author.
///
/// What stands under `cite_as` is taken as it is: with a comma, family name first; without, a name
/// that is one thing, such as an organisation's.
pub(super) fn of_editor(editor: &Editor) -> Person {
    match &editor.cite_as {
        Some(name) => person(name.trim()),
        None if editor.name.contains(',') => person(editor.name.trim()),
        None => by_looks(editor.name.trim()),
    }
}

/// A name without a comma: the last word is the family's if all others look like a person's name.
fn by_looks(name: &str) -> Person {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_particle = |word: &&str| PARTICLES.contains(word);
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let looks = words.iter().all(|word| is_particle(word) || is_name(word));
    if !(2..=5).contains(&words.len()) || !looks {
        return whole(name);
    }
    let family = words.iter().position(is_particle).unwrap_or(words.len() - 1);
    match words.split_at_checked(family) {
        Some((given, family)) if !given.is_empty() => {
            Person { given_name: Some(given.join(" ")), ..whole(&family.join(" ")) }
        }
        _ => whole(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_only_where_they_look_like_a_person_s() {
        let check = |name: &str, cite_as: Option<&str>, family: &str, given: Option<&str>| {
            let cite_as = cite_as.map(str::to_owned);
            let editor = Editor { name: name.to_owned(), affiliation: None, cite_as };
            let found = of_editor(&editor);
            assert_eq!(
                (found.name.as_str(), found.given_name.as_deref()),
                (family, given),
                "{name}"
            );
        };
        check("Jane Doe", None, "Doe", Some("Jane"));
        check("Ludwig van der Berg", None, "van der Berg", Some("Ludwig"));
        check("Doe, Jane", None, "Doe", Some("Jane"));
        check("The casebook project", None, "The casebook project", None);
        check("Europa", None, "Europa", None);
        check(
            "World Health Organization",
            Some("World Health Organization"),
            "World Health Organization",
            None,
        );
        check("Kim Min-jun", Some("Kim, Min-jun"), "Kim", Some("Min-jun"));
        check("van Gogh", None, "van Gogh", None);
    }
}
