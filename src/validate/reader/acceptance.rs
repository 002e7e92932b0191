//! Owns the rules over cases that the editors have accepted.

use super::{Submission, diags};
use crate::diag::Sink;
use crate::form::{Form, Pattern};
use crate::load::{Node, Value};
use crate::source::{Location, SourceId};

/// Something that the manifest asks of accepted cases.
#[derive(Debug)]
pub struct Requirement {
    /// Where it stands in a case.
    pattern: Pattern,
    /// Where the manifest asks for it.
    at: Location,
}

/// Reads the manifest's requirements, and says which of them the form has no key for.
pub fn requirements(
    form: &Form,
    source: SourceId,
    manifest: &Node<'_>,
    sink: &mut Sink,
) -> Vec<Requirement> {
    let asked = manifest.get("acceptance").and_then(|acceptance| acceptance.get("requires"));
    let asked = asked.map(Node::items).unwrap_or_default();
    let mut found = Vec::new();
    for (index, node) in asked.iter().enumerate() {
        let Some(pointer) = node.as_str() else { continue };
        let at = node.span.of(source);
        let pattern: Pattern = pointer.parse().unwrap_or_default();
        match form.leads_nowhere(&pattern, at) {
            None => found.push(Requirement { pattern, at }),
            Some(nowhere) => sink.push(nowhere.pointer(format!("/acceptance/requires/{index}"))),
        }
    }
    found
}

/// Checks a case if it was accepted.
pub(super) fn check(submission: Submission<'_>, requirements: &[Requirement], sink: &mut Sink) {
    let root = submission.root;
    let Some(state) = root.get("review").and_then(|review| review.get("state")) else { return };
    if state.as_str() != Some("accepted") {
        return;
    }
    let at = submission.at(state);
    let given = root.get("consent").and_then(|consent| consent.get("given"));
    if !given.is_some_and(|given| given.value == Value::Bool(true)) {
        let given = given.map(|given| submission.at(given));
        sink.push(diags::no_consent(at, given).pointer("/review/state"));
    }
    let missing: Vec<&Requirement> =
        requirements.iter().filter(|requirement| !requirement.is_met(root)).collect();
    if let Some(first) = missing.first() {
        let keys: Vec<String> = (missing.iter())
            .map(|missing| missing.pattern.to_string().trim_start_matches('/').to_owned())
            .collect();
        sink.push(diags::acceptance_gap(&keys, at, first.at).pointer("/review/state"));
    }
}

impl Requirement {
    fn is_met(&self, root: &Node<'_>) -> bool {
        self.pattern.nodes(root).into_iter().any(|node| !is_empty(node))
    }
}

fn is_empty(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
