//! Owns the reading of the bibliography files that the manifest names.

use super::read::{MANIFEST, take_in};
use super::{Files, ReadError, diags};
use crate::bibliography::{Gatherer, read_file};
use crate::diag::Sink;
use crate::load::{Limits, Node};
use crate::model::{BibliographySettings, Library};
use crate::source::{SourceId, SourceMap, resolve};

/// Reads the files, before the manifest is known to be right: its own texts may cite them.
pub(super) fn read_library(
    files: &dyn Files,
    settings: &BibliographySettings,
    (manifest, tree): (SourceId, &Node<'_>),
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Library {
    let own = tree.get("sources").map(Node::entries).unwrap_or_default();
    let own = own.iter().map(|entry| (entry.key.to_string(), entry.key_span.of(manifest)));
    let mut gatherer = Gatherer::with_taken(own);
    for path in &settings.files {
        let at = path.span.of(manifest);
        let bytes = match resolve(MANIFEST, &path.value) {
            Some(inside) => files.read(&inside, limits.bytes),
            None => Err(ReadError::Outside),
        };
        let source = match bytes {
            Err(error) => {
                sink.push(diags::bibliography_unreadable(&path.value, &error, at));
                continue;
            }
            bytes => take_in(bytes, &path.value, Some(at), sources, sink),
        };
        if let Some(source) = source {
            let found = read_file(sources.get(source), source, limits, sink);
            gatherer.take(found, sink);
        }
    }
    gatherer.done()
}
