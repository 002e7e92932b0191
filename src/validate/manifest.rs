//! Owns the rules over the manifest that its schema cannot say.

use super::rules::{Context, check_case};
use super::{References, check_form, diags};
use crate::diag::Sink;
use crate::form::Form;
use crate::load::Node;
use crate::source::{SourceFile, SourceId};

/// Checks the manifest; returns the files that its texts refer to.
pub fn check_manifest(
    form: &Form,
    file: &SourceFile,
    source: SourceId,
    root: &Node<'_>,
    ids: &[&str],
    sink: &mut Sink,
) -> References {
    check_form(form, source, root, sink);
    for (index, item) in root.get("contents").map(Node::items).unwrap_or_default().iter().enumerate()
    {
        if item.get("chapter").is_some() && item.get("section").is_some() {
            let pointer = format!("/contents/{index}");
            sink.push(diags::content_item(item.span.of(source)).pointer(pointer));
        }
    }
    check_case(form, file, source, root, &Context { themes: &[], ids }, sink)
}
