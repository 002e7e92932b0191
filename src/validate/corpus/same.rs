//! Owns the look for two files that tell of the same case.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Facts, diags, fold};
use crate::diag::Sink;
use crate::load::Node;
use crate::source::{Location, SourceId};
use crate::vocab::Gazetteer;

/// Words that make no difference between two titles.
const SMALL_WORDS: &[&str] = &["a", "an", "and", "for", "in", "of", "the"];

/// What makes a case the same as another.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    /// Where the case tells its title.
    at: Option<Location>,
    /// The words of the title, folded and sorted.
    title: String,
    /// All sources with the home region; none if there are no sources.
    ///
    /// A number stands for them, so that ten thousand cases are compared in little space.
    sources: Option<u64>,
    /// The ids of cases that this one names: what names another knows that it is another.
    related: Vec<String>,
}

impl Likeness {
    pub(super) fn of(source: SourceId, root: &Node<'_>, regions: Option<&Gazetteer>) -> Self {
        let related = root.get("related").map(Node::items).unwrap_or_default();
        Self {
            sources: hash_sources(root, regions),
            related: related.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
            ..Self::of_title(source, root.get("title").as_ref())
        }
    }

    /// What a title alone tells.
    pub(super) fn of_title(source: SourceId, title: Option<&&Node<'_>>) -> Self {
        let title = title.filter(|node| node.as_str().is_some());
        Self {
            at: title.map(|node| node.span.of(source)),
            title: title.and_then(|node| node.as_str()).map(fold_title).unwrap_or_default(),
            ..Self::default()
        }
    }
}

fn fold_title(title: &str) -> String {
    let parts = |c: char| c.is_whitespace() || c == '/';
    let words = title
        .split(parts)
        .filter(|word| !SMALL_WORDS.iter().any(|small| word.eq_ignore_ascii_case(small)));
    let mut folded: Vec<String> = words
        .map(|word| {
            let mut out = String::with_capacity(word.len());
            fold::fold_into(&mut out, word);
            out
        })
        .filter(|word| !word.is_empty())
        .collect();
    folded.sort_unstable();
    folded.join(" ")
}

/// One number for the whole set of sources and the home region.
///
/// A study may give two cases in a region; two cases with all their sources in common are one. If
/// that is a single source, the main theme must be the same too.
fn hash_sources(root: &Node<'_>, regions: Option<&Gazetteer>) -> Option<u64> {
    let first = |key: &str| root.get(key)?.items().first()?.as_str();
    let home = regions?.find(first("regions")?).ok()?;
    let entries = root.get("sources").map(Node::entries).unwrap_or_default();
    let sources: BTreeSet<u64> =
        entries.iter().filter_map(|entry| hash_source(&entry.value)).collect();
    let theme = match sources.len() {
        0 => return None,
        1 => first("themes"),
        _ => None,
    };
    let mut hasher = DefaultHasher::new();
    (home.code(), theme, sources).hash(&mut hasher);
    Some(hasher.finish())
}

/// One number for a source, by its DOI, else its address, else its title.
fn hash_source(source: &Node<'_>) -> Option<u64> {
    let text = |key: &str| source.get(key).and_then(Node::as_str);
    let name = text("doi").or_else(|| text("url")).or_else(|| text("title"))?;
    let mut name = name.trim();
    for start in ["https://", "http://", "www.", "doi.org/", "dx.doi.org/"] {
        if name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start)) {
            name = &name[start.len()..];
        }
    }
    let mut hasher = DefaultHasher::new();
    name.trim_end_matches('/').to_lowercase().hash(&mut hasher);
    Some(hasher.finish())
}

/// Finds cases that look the same as an earlier one.
pub(super) fn check<'a>(all: impl Iterator<Item = &'a Facts>, sink: &mut Sink) {
    let mut titles: BTreeMap<&str, &Facts> = BTreeMap::new();
    let mut sources: BTreeMap<u64, &Facts> = BTreeMap::new();
    for facts in all {
        let likeness = &facts.likeness;
        let Some(at) = likeness.at else { continue };
        let by_title = (!likeness.title.is_empty())
            .then(|| *titles.entry(&likeness.title).or_insert(facts))
            .filter(|first| is_other(first, facts));
        let by_sources = likeness
            .sources
            .map(|number| *sources.entry(number).or_insert(facts))
            .filter(|first| is_other(first, facts));
        let found = match (by_title, by_sources) {
            (Some(first), _) => first.likeness.at.map(|first| diags::same_title(first, at)),
            (None, Some(first)) => first.likeness.at.map(|first| diags::same_sources(first, at)),
            (None, None) => None,
        };
        sink.extend(found.map(|diagnostic| diagnostic.pointer("/title")));
    }
}

/// Whether two files are different files that do not name each other as related cases.
fn is_other(first: &Facts, again: &Facts) -> bool {
    let names = |one: &Facts, other: &Facts| {
        other.id.as_ref().is_some_and(|claim| one.likeness.related.contains(&claim.id))
    };
    !std::ptr::eq(first, again) && !names(first, again) && !names(again, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_but_for_case_marks_and_order() {
        let one = fold_title("Telestroke in Skåne: the network");
        assert_eq!(one, fold_title("the network – TELESTROKE of Skane"));
        assert_ne!(one, fold_title("Telestroke in Skåne: the networks"));
        assert_eq!(fold_title("The"), "");
    }
}
