//! Owns the comparison of what stands around the cases: the manifest and the chapters.

use super::fields::{field_changes, paragraph_changes};
use super::side::Side;
use crate::diag::Sink;
use crate::load::{Limits, Node, parse};
use crate::model::{ChangedChapter, ChangedChapters, FieldChange};
use crate::source::SourceMap;

/// What the manifest says otherwise than before.
pub(super) fn manifest(before: Side<'_>, now: Side<'_>) -> Vec<FieldChange> {
    match (tree(before.manifest()), tree(now.manifest())) {
        (Some(before), Some(now)) => field_changes(&before, &now),
        // Both were read before as what they are.
        _ => Vec::new(),
    }
}

fn tree(text: &str) -> Option<Node<'_>> {
    let source = SourceMap::default().add("", String::new());
    parse(source, text, Limits::default(), &mut Sink::new())
}

/// What changed in the chapters. One that cannot be read on a side neither came nor went.
pub(super) fn chapters(before: Side<'_>, now: Side<'_>) -> ChangedChapters {
    let (old, new) = (before.chapters(), now.chapters());
    let owned = |path: &&str| (*path).to_owned();
    let changed = new.intersection(&old).filter_map(|path| {
        let paragraphs = paragraph_changes(before.chapter(path)?, now.chapter(path)?);
        (!paragraphs.is_empty()).then(|| ChangedChapter { path: owned(path), paragraphs })
    });
    ChangedChapters {
        added: new.difference(&old).map(owned).collect(),
        removed: old.difference(&new).map(owned).collect(),
        changed: changed.collect(),
    }
}
