//! Owns the comparison of pictures that two editions of a case show under one name.

use std::collections::BTreeMap;

use super::fields::change_at;
use super::side::{Record, Side};
use crate::model::{FieldChange, Piece};
use crate::validate::visit_pictures;

/// What stands for a picture that is another one.
const REPLACED: &str = "(another picture)";

/// Whether a picture of one path is another on the other side.
pub(super) fn are_replaced(before: Side<'_>, now: Side<'_>) -> bool {
    let was = &before.sound.report.assets;
    let is_other = |(path, picture): (&String, &_)| was.get(path).is_some_and(|was| was != picture);
    now.sound.report.assets.iter().any(is_other)
}

/// The pictures that a case shows under the name that they had, and that are others.
pub(super) fn picture_changes(
    (before, old): (Side<'_>, &Record<'_>),
    (now, new): (Side<'_>, &Record<'_>),
) -> Vec<FieldChange> {
    let mut were: BTreeMap<String, String> = BTreeMap::new();
    visit_pictures(&now.sound.form, old.path, &old.root, &mut |_, written, path| {
        were.entry(written.to_owned()).or_insert(path);
    });
    let mut found = Vec::new();
    visit_pictures(&now.sound.form, new.path, &new.root, &mut |way, written, path| {
        let was = were.get(written).and_then(|path| before.sound.report.assets.get(path));
        let is = now.sound.report.assets.get(&path);
        if let (Some(was), Some(is)) = (was, is)
            && was.bytes != is.bytes
        {
            let words = [Piece::Same(written.to_owned()), Piece::Added(REPLACED.to_owned())];
            found.push(change_at(way, words.into()));
        }
    });
    found
}
