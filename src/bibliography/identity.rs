//! Owns what makes two entries one: the same DOI, else the same address, else the same words.

use hayagriva::Entry;

/// What an entry is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// The DOI in small letters.
    pub(super) doi: Option<String>,
    /// The address without what does not change where it leads.
    pub(super) url: Option<String>,
    /// Title, author and year without marks and case; none if they are too few to tell by.
    pub(super) words: Option<[String; 3]>,
}

impl Identity {
    pub(super) fn of(entry: &Entry) -> Self {
        let title = entry.title().map(|title| folded(&title.value.to_string()));
        let author = entry.authors().map(author_words).unwrap_or_default();
        let year = entry.date().map(|date| date.year.to_string()).unwrap_or_default();
        // A title alone, such as "Annual report", is no proof.
        let publisher = entry.publisher().and_then(|publisher| publisher.name());
        let other = match (author.is_empty() && year.is_empty(), publisher) {
            (false, _) => Some(author),
            (true, Some(name)) => Some(folded(&name.value.to_string())),
            (true, None) => None,
        };
        let words = title.filter(|title| !title.is_empty()).zip(other);
        Self {
            doi: entry.doi().map(|doi| bare_doi(doi).to_lowercase()),
            url: entry.url().map(|url| bare_url(url.value.as_str())),
            words: words.map(|(title, other)| [title, other, year]),
        }
    }

    /// Whether the address names a document rather than the front page of a site.
    pub(super) fn document_url(&self) -> Option<&String> {
        self.url.as_ref().filter(|url| url.contains(['/', '?', '#']))
    }

    /// Whether two entries are surely two: they have addresses or DOIs that differ.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: Option<&String>, two: Option<&String>| {
            one.is_some() && two.is_some() && one != two
        };
        match (&self.doi, &other.doi) {
            (Some(one), Some(two)) => one != two,
            _ => differ(self.url.as_ref(), other.url.as_ref()),
        }
    }
}

/// A DOI without the address that it is sometimes written in.
pub(super) fn bare_doi(doi: &str) -> &str {
    let doi = doi.trim();
    let starts = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
    ];
    let begins =
        |start: &&str| doi.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    let start = starts.iter().find(|start| begins(start)).map_or(0, |start| start.len());
    doi[start..].trim_start()
}

/// An address without its scheme and a slash at its end, which lead to the same page.
fn bare_url(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_owned()
}

/// Letters and digits in small, one blank between words.
fn folded(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words of all names in the order of the alphabet, so that `Bai, G.` is `G. Bai`.
fn author_words(authors: &[hayagriva::types::Person]) -> String {
    let names = authors.iter().map(|person| {
        let given = person.given_name.as_deref().unwrap_or_default();
        let prefix = person.prefix.as_deref().unwrap_or_default();
        format!("{given} {prefix} {}", person.name)
    });
    let names = folded(&names.collect::<Vec<_>>().join(" "));
    let mut words: Vec<&str> = names.split(' ').filter(|word| *word != "and").collect();
    words.sort_unstable();
    words.join(" ")
}
