//! Owns the judgement over a form itself, before any record is held against it.

use std::collections::BTreeSet;

use jsonschema::{Draft, ValidationError};
use serde_json::Value;

use super::diags;
use super::document::SchemaDocument;
use super::fields::Fields;
use super::pattern::{Pattern, Step};
use super::resource::Cursor;
use super::{Role, nearest};
use crate::diag::Sink;

/// Pushes what is wrong with a schema file by the rules of its own draft.
pub(super) fn check_document(document: &SchemaDocument, sink: &mut Sink) {
    if !document.value.is_object() && !document.value.is_boolean() {
        sink.push(diags::not_a_record(document.key_at("")).pointer(""));
        return;
    }
    let draft = Draft::default().detect(&document.value);
    let validator = match draft {
        Draft::Draft4 => jsonschema::draft4::meta::validator(),
        Draft::Draft6 => jsonschema::draft6::meta::validator(),
        Draft::Draft7 => jsonschema::draft7::meta::validator(),
        Draft::Draft201909 => jsonschema::draft201909::meta::validator(),
        Draft::Draft202012 => jsonschema::draft202012::meta::validator(),
        _ => {
            let name = document.value["$schema"].as_str().unwrap_or_default();
            let at = document.value_at("/$schema").unwrap_or_else(|| document.key_at("/$schema"));
            sink.push(diags::unknown_draft(name, at).pointer("/$schema"));
            return;
        }
    };
    // The later drafts are made of several schemas, each of which refuses the same place.
    let mut told = BTreeSet::new();
    for error in validator.iter_errors(&document.value) {
        if told.insert(error.instance_path().as_str().to_owned()) {
            sink.push(broken(document, &error));
        }
    }
    check_roles(document, &document.value, "", sink);
}

/// A schema that its draft, or the validator, refuses.
pub(super) fn broken(
    document: &SchemaDocument,
    error: &ValidationError<'_>,
) -> crate::diag::Diagnostic {
    let pointer = error.instance_path().as_str();
    let at = document.value_at(pointer).unwrap_or_else(|| document.key_at(pointer));
    diags::broken(&error.to_string(), at).pointer(pointer)
}

/// Pushes roles that casebook does not know.
fn check_roles(document: &SchemaDocument, value: &Value, pointer: &str, sink: &mut Sink) {
    match value {
        Value::Object(entries) => {
            for (key, below) in entries {
                let pointer = format!("{pointer}{}", super::document::step(key));
                match (key.as_str(), below) {
                    ("x-role", Value::String(word)) if Role::parse(word).is_none() => {
                        let at = document.value_at(&pointer);
                        let at = at.unwrap_or_else(|| document.key_at(&pointer));
                        let meant = nearest(word, Role::WORDS.iter().copied());
                        sink.push(diags::unknown_role(word, meant, at).pointer(pointer));
                    }
                    // What is only an example has no meaning.
                    ("const" | "enum" | "default" | "examples", _) => {}
                    _ => check_roles(document, below, &pointer, sink),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check_roles(document, item, &format!("{pointer}/{index}"), sink);
            }
        }
        _ => {}
    }
}

/// Where a pattern leaves what a form describes: the step, and the keys that it has there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nowhere {
    /// The step that leads to nothing.
    pub(super) step: String,
    /// The keys that would have led on, in the form's order.
    pub(super) keys: Vec<String>,
}

/// The schemas that a pattern leads to, as they stand there: not what they refer to.
///
/// A schema that leaves its values open lets every pattern pass, and leads to none.
pub(super) fn schemas_at<'f>(
    root: Cursor<'f>,
    pattern: &Pattern,
) -> Result<Vec<Cursor<'f>>, Nowhere> {
    let mut here = vec![root];
    for step in pattern.steps() {
        let mut parts: Vec<_> = here.into_iter().flat_map(Cursor::with_all_parts).collect();
        // Alternatives multiply; a form needs no more than these to be understood.
        parts.truncate(1024);
        let below = Below::of(&parts, step);
        if below.schemas.is_empty() {
            if !below.is_described {
                return Ok(Vec::new());
            }
            let step = match step {
                Step::Each => "*".to_owned(),
                Step::Name(name) => name.clone(),
            };
            return Err(Nowhere { step, keys: below.keys });
        }
        here = below.schemas;
    }
    Ok(here)
}

/// What lies a step below some schemas of one value.
#[derive(Default)]
struct Below<'f> {
    schemas: Vec<Cursor<'f>>,
    /// The keys that are there.
    keys: Vec<String>,
    /// Whether the schemas say anything of what lies below.
    is_described: bool,
}

impl<'f> Below<'f> {
    fn of(parts: &[Cursor<'f>], step: &Step) -> Self {
        let mut below = Self::default();
        for schema in parts {
            below.named(schema, step);
            below.entries(schema, step);
            if let Some(patterns) = schema.key("patternProperties") {
                below.is_described = true;
                let schemas = patterns.keys().into_iter().filter_map(|key| patterns.key(key));
                below.schemas.extend(schemas);
            }
            // `type: string` and the like end every way.
            let kind = schema.value.get("type").and_then(Value::as_str);
            below.is_described |= matches!(kind, Some("string" | "number" | "integer" | "boolean"));
        }
        below
    }

    fn named(&mut self, schema: &Cursor<'f>, step: &Step) {
        let Some(properties) = schema.key("properties") else { return };
        self.is_described = true;
        for key in properties.keys() {
            self.keys.push(key.to_owned());
            let fits = match step {
                Step::Each => true,
                Step::Name(name) => name == key,
            };
            self.schemas.extend(properties.key(key).filter(|_| fits));
        }
    }

    fn entries(&mut self, schema: &Cursor<'f>, step: &Step) {
        let is_entry = match step {
            Step::Each => true,
            Step::Name(name) => name.bytes().all(|byte| byte.is_ascii_digit()),
        };
        for keyword in ["additionalProperties", "items", "contains", "prefixItems"] {
            let Some(below) = schema.key(keyword) else { continue };
            self.is_described |= below.value.is_object() || below.value.is_array();
            if keyword != "additionalProperties" && !is_entry {
                continue;
            }
            match below.value {
                Value::Array(list) => {
                    let schemas = (0..list.len()).filter_map(|index| below.index(index));
                    self.schemas.extend(schemas);
                }
                Value::Object(_) => self.schemas.push(below),
                _ => {}
            }
        }
    }
}

/// Whether a form describes anything at all that a record could hold.
pub(super) fn describes_a_record(fields: &Fields, schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    fields.root().is_some() && kind.is_none_or(|kind| kind == "object")
}
