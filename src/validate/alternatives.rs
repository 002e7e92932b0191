//! Owns the choice of the alternative that was meant, where a form allows one of several.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value as Json;

use crate::load::Node;

/// What a value was meant to be.
pub(super) enum Meaning {
    /// One of the alternatives, by its position.
    Branch(usize),
    /// One of the words that the alternatives name together.
    Word(Vec<Json>),
    /// Nothing that can be told.
    None,
}

/// Chooses the alternative that a value was most likely meant to fit.
///
/// First by a key that tells the alternatives apart, such as `type: meeting`; then by the kind of
/// value; then by the fewest faults. Where two are as likely, none is chosen.
pub(super) fn meant_branch(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
    node: &Node<'_>,
) -> Meaning {
    if let Some(words) = words(error, context) {
        return Meaning::Word(words);
    }
    let here = error.instance_path().as_str();
    let of_this_kind: Vec<usize> = (0..context.len())
        .filter(|index| !context[*index].iter().any(|error| is_type_of(error, here)))
        .collect();
    let told =
        |index: &&usize| !context[**index].iter().any(|error| tells_apart(error, here, node));
    let candidates: Vec<usize> = of_this_kind.iter().filter(told).copied().collect();
    let candidates = match (candidates.as_slice(), of_this_kind.as_slice()) {
        ([], []) => return Meaning::None,
        ([], all) => all,
        (some, _) => some,
    };
    let faults = |index: usize| context[index].len();
    let Some(fewest) = candidates.iter().map(|index| faults(*index)).min() else {
        return Meaning::None;
    };
    let mut best = candidates.iter().filter(|index| faults(**index) == fewest);
    match (best.next(), best.next()) {
        (Some(only), None) => Meaning::Branch(*only),
        _ => Meaning::None,
    }
}

/// All words that the alternatives allow, if each is a list of words or a word.
fn words(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
) -> Option<Vec<Json>> {
    let here = error.instance_path();
    let mut words = Vec::new();
    for branch in context {
        let [only] = branch.as_slice() else { return None };
        if only.instance_path() != here {
            return None;
        }
        match only.kind() {
            Kind::Enum { options } => words.extend(options.as_array()?.iter().cloned()),
            Kind::Constant { expected_value } => words.push((**expected_value).clone()),
            _ => return None,
        }
    }
    (!words.is_empty()).then_some(words)
}

/// Whether an alternative asks for another kind of value altogether.
fn is_type_of(error: &ValidationError<'_>, here: &str) -> bool {
    matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == here
}

/// Whether an error shows that another alternative was named by a key of the value.
fn tells_apart(error: &ValidationError<'_>, here: &str, node: &Node<'_>) -> bool {
    let Some(below) = error.instance_path().as_str().strip_prefix(here) else { return false };
    let is_direct = below.matches('/').count() == 1;
    match error.kind() {
        Kind::Constant { .. } | Kind::Enum { .. } => is_direct,
        // A key that only another alternative has.
        Kind::Required { property } => {
            below.is_empty() && property.as_str().is_some_and(|key| node.entry(key).is_none())
        }
        _ => false,
    }
}
