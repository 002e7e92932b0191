//! Owns the rule over the glossary that its form cannot say: terms refer to terms that there are.

use std::collections::BTreeSet;

use super::diags;
use crate::diag::Sink;
use crate::form::find;
use crate::load::Node;
use crate::source::SourceId;

/// The most that is told of one glossary: looking for what was meant takes time.
const MOST_TOLD: usize = 50;

/// Checks what the terms of the manifest's glossary refer to.
pub(super) fn check_glossary(source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    let entries = root.get("glossary").map(Node::entries).unwrap_or_default();
    let terms: BTreeSet<&str> = entries.iter().map(|entry| entry.key.as_ref()).collect();
    let before = sink.len();
    for entry in entries {
        let see = entry.value.get("see").map(Node::items).unwrap_or_default();
        for (index, node) in see.iter().enumerate() {
            let Some(term) = node.as_str().filter(|term| !terms.contains(term)) else { continue };
            if sink.len() - before >= MOST_TOLD {
                return;
            }
            let meant = find(term, terms.iter().copied());
            let key = entry.key.replace('~', "~0").replace('/', "~1");
            let unknown = diags::unknown_term(term, meant, node.span.of(source));
            sink.push(unknown.pointer(format!("/glossary/{key}/see/{index}")));
        }
    }
}
