//! Owns the conditions of a form as the page's script reads them: plain data, a kind and what it speaks of.

use serde_json::{Value, json};

use crate::form::{Bound, Condition, Size};

/// Some conditions, all of which must hold.
pub(super) fn conditions(all: &[Condition]) -> Value {
    all.iter().map(condition).collect()
}

fn condition(given: &Condition) -> Value {
    match given {
        Condition::All(all) => json!({ "is": "all", "of": conditions(all) }),
        Condition::Any(any) => json!({ "is": "any", "of": conditions(any) }),
        Condition::One(any) => json!({ "is": "one", "of": conditions(any) }),
        Condition::Not(inner) => json!({ "is": "not", "of": condition(inner) }),
        Condition::When { premise, then, otherwise } => json!({
            "is": "when", "premise": condition(premise), "then": condition(then),
            "otherwise": condition(otherwise),
        }),
        Condition::Said(words, inner) => {
            json!({ "is": "said", "words": words, "of": condition(inner) })
        }
        Condition::Types(types) => json!({ "is": "types", "types": types }),
        Condition::Among(values) => json!({ "is": "among", "values": values }),
        Condition::Has(key) => json!({ "is": "has", "key": key }),
        Condition::Key(key, inner) => json!({ "is": "key", "key": key, "of": condition(inner) }),
        Condition::KeysLike(pattern, inner) => {
            json!({ "is": "keys-like", "pattern": pattern, "of": condition(inner) })
        }
        Condition::OtherKeys { named, patterns, condition: inner } => json!({
            "is": "other-keys", "named": named, "patterns": patterns, "of": condition(inner),
        }),
        Condition::KeyNames(inner) => json!({ "is": "key-names", "of": condition(inner) }),
        Condition::Keys(limits) => json!({ "is": "keys", "size": size(*limits) }),
        Condition::Entries { from, condition: inner } => {
            json!({ "is": "entries", "from": from, "of": condition(inner) })
        }
        Condition::Entry(at, inner) => json!({ "is": "entry", "at": at, "of": condition(inner) }),
        Condition::Contains(inner, limits) => {
            json!({ "is": "contains", "of": condition(inner), "size": size(*limits) })
        }
        Condition::Count(limits) => json!({ "is": "count", "size": size(*limits) }),
        Condition::Unique => json!({ "is": "unique" }),
        Condition::Length(limits) => json!({ "is": "length", "size": size(*limits) }),
        Condition::Pattern(pattern) => json!({ "is": "pattern", "pattern": pattern }),
        Condition::Format(name) => json!({ "is": "format", "name": name }),
        Condition::Bound(bound, limit) => {
            json!({ "is": "bound", "bound": word(*bound), "limit": limit })
        }
        Condition::Never => json!({ "is": "never" }),
        Condition::Unknown => json!({ "is": "unknown" }),
    }
}

fn word(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => "at-least",
        Bound::Above => "above",
        Bound::AtMost => "at-most",
        Bound::Below => "below",
        Bound::MultipleOf => "multiple-of",
    }
}

fn size(size: Size) -> Value {
    json!({ "least": size.at_least, "most": size.at_most })
}
