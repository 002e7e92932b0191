//! Owns the rules over themes: keys and synonyms of the manifest, and what a case means by a word.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::diags;
use crate::diag::Sink;
use crate::form::{Meant, find};
use crate::load::{Node, Segment, pointer};
use crate::model::Themes;
use crate::source::{Location, SourceId, Span};

/// Themes on both levels: more would make tables that no page holds.
const MOST_THEMES: usize = 400;

/// A theme in the manifest's tree.
pub(super) struct ThemeEntry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    /// The key of the theme that it is a part of.
    pub(super) parent: Option<&'t str>,
    node: &'t Node<'t>,
}

impl<'t> ThemeEntry<'t> {
    /// The themes of a manifest, each before those inside it.
    pub(super) fn all_of(manifest: &'t Node<'t>) -> Vec<Self> {
        let entries = |node: Option<&'t Node<'t>>| node.map(Node::entries).unwrap_or_default();
        let mut all = Vec::new();
        for outer in entries(manifest.get("themes")) {
            let (key, key_span, node) = (&*outer.key, outer.key_span, &outer.value);
            all.push(Self { key, key_span, parent: None, node });
            all.extend(entries(node.get("themes")).iter().map(|inner| Self {
                key: &inner.key,
                key_span: inner.key_span,
                parent: Some(key),
                node: &inner.value,
            }));
        }
        all
    }

    /// The keys on the way to it.
    pub(super) fn path(&self) -> Vec<Segment<'t>> {
        let outer = self.parent.into_iter().flat_map(|parent| ["themes", parent]);
        outer.chain(["themes", self.key]).map(Segment::Key).collect()
    }
}

/// Checks the themes of a manifest.
pub(super) fn check_themes(source: SourceId, manifest: &Node<'_>, sink: &mut Sink) {
    let themes = ThemeEntry::all_of(manifest);
    if let Some(theme) = themes.get(MOST_THEMES) {
        let at = theme.key_span.of(source);
        sink.push(diags::too_many_themes(MOST_THEMES, at).pointer(pointer(theme.path())));
    }
    // The words that stand for themes, each with the theme and its place: keys and titles first.
    let mut words: BTreeMap<String, (&str, Location)> = BTreeMap::new();
    let mut keys: BTreeMap<&str, Location> = BTreeMap::new();
    for theme in &themes {
        let at = theme.key_span.of(source);
        match keys.entry(theme.key) {
            Entry::Occupied(first) => {
                let twice = diags::theme_twice(theme.key, *first.get(), at);
                sink.push(twice.pointer(pointer(theme.path())));
            }
            Entry::Vacant(place) => {
                place.insert(at);
            }
        }
        words.entry(fold(theme.key)).or_insert((theme.key, at));
        if let Some(title) = theme.node.get("title")
            && let Some(text) = title.as_str()
        {
            words.entry(fold(text)).or_insert((theme.key, title.span.of(source)));
        }
    }
    for theme in &themes {
        let synonyms = theme.node.get("synonyms").map(Node::items).unwrap_or_default();
        for (index, synonym) in synonyms.iter().enumerate() {
            let Some(word) = synonym.as_str() else { continue };
            let at = synonym.span.of(source);
            let first = *words.entry(fold(word)).or_insert((theme.key, at));
            if first.0 != theme.key {
                let path = theme.path().into_iter().chain([Segment::Key("synonyms")]);
                let place = pointer(path.chain([Segment::Index(index)]));
                sink.push(diags::shared_synonym(word, first, theme.key, at).pointer(place));
            }
        }
    }
}

/// The theme that was meant by a word that is no key.
///
/// A title or a synonym is certain; a slip in one is not, since it is another word already.
pub(super) fn meant_theme<'t>(themes: &'t Themes, word: &str) -> Option<Meant<'t>> {
    let called = |word, is_certain| themes.called(word).map(|key| Meant { word: key, is_certain });
    called(word, true)
        .or_else(|| find(word, themes.keys()))
        .or_else(|| called(find(word, themes.words().map(|(word, _)| word))?.word, false))
}

fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}
