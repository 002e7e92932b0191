//! Owns the way from a JSON Schema error to a diagnostic at the very key or value.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;

use super::diags;
use crate::diag::{Diagnostic, Sink};
use crate::form::{Form, nearest};
use crate::load::{Node, Segment, Value, pointer};
use crate::source::{SourceId, Span};

/// Pushes everything in a tree that the form forbids.
pub fn check_form(form: &Form, source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    for error in form.errors(root) {
        Fault::new(form, source, root, &error).diagnose(error.kind(), sink);
    }
}

/// A schema error, walked back to the tree and to the form's words.
struct Fault<'a> {
    source: SourceId,
    root: &'a Node<'a>,
    node: &'a Node<'a>,
    /// The last key on the way to the node.
    key: Option<&'a str>,
    /// The node's own key, if it is the value of one.
    key_span: Option<Span>,
    pointer: String,
    /// The schemas on the way to the keyword, outermost first.
    schemas: Vec<&'a Json>,
    message: String,
}

impl<'a> Fault<'a> {
    fn new(
        form: &'a Form,
        source: SourceId,
        root: &'a Node<'a>,
        error: &ValidationError<'_>,
    ) -> Self {
        let (mut node, mut key, mut key_span) = (root, None, None);
        let mut path = Vec::new();
        for segment in error.instance_path() {
            let step = match &segment {
                LocationSegment::Property(name) => node.entry(name).map(|entry| {
                    (key, key_span) = (Some(entry.key.as_ref()), Some(entry.key_span));
                    (Segment::Key(&entry.key), &entry.value)
                }),
                LocationSegment::Index(index) => node.items().get(*index).map(|item| {
                    key_span = None;
                    (Segment::Index(*index), item)
                }),
            };
            let Some((segment, below)) = step else { break };
            path.push(segment);
            node = below;
        }
        let schemas = form.schemas_to(error);
        let pointer = pointer(path);
        let message = error.masked().to_string();
        Self { source, root, node, key, key_span, pointer, schemas, message }
    }

    /// The schema that holds the keyword.
    fn schema(&self) -> &'a Json {
        self.schemas.last().copied().unwrap_or(&Json::Null)
    }

    /// What the form says of the value: the outermost description since the last property.
    fn description(&self) -> Option<&'a str> {
        self.describing(self.schemas.len())
    }

    /// The description that speaks of the schema before an index, its references included.
    fn describing(&self, end: usize) -> Option<&'a str> {
        let mut found = None;
        for schema in self.schemas[..end].iter().rev() {
            if let Some(words) = schema.get("description").and_then(Json::as_str) {
                found = Some(words);
            }
            // A schema that is reached from another by `$ref` may be described there; the step
            // from `properties` or `items` ends the search.
            let is_schema = schema.get("type").is_some() || schema.get("$ref").is_some();
            if !is_schema && schema.get("enum").is_none() && schema.get("const").is_none() {
                break;
            }
        }
        found
    }

    fn name(&self) -> String {
        self.key.map_or_else(|| "the file".to_owned(), |key| format!("`{key}`"))
    }

    fn value(&self) -> crate::source::Location {
        let empty = self.node.span.start == self.node.span.end;
        self.key_span.filter(|_| empty).unwrap_or(self.node.span).of(self.source)
    }

    fn diagnose(&self, kind: &Kind, sink: &mut Sink) {
        let diagnostic = match kind {
            Kind::AdditionalProperties { unexpected } => {
                sink.extend(unexpected.iter().map(|key| self.unknown_key(key)));
                return;
            }
            Kind::Required { property } => self.missing_key(property.as_str().unwrap_or_default()),
            Kind::Type { kind } => self.wrong_type(kind),
            Kind::Enum { options } => self.unknown_value(options),
            Kind::Constant { expected_value } => {
                diags::wrong_constant(&self.name(), expected_value, self.value())
            }
            Kind::Pattern { .. } => diags::wrong_pattern(
                &self.name(),
                self.node.as_str().unwrap_or_default(),
                self.description(),
                self.value(),
            ),
            Kind::PropertyNames { .. } => self.wrong_key(),
            Kind::UniqueItems => self.not_unique(),
            Kind::MaxLength { limit } => self.size("is too long", "at most", limit, "characters"),
            Kind::MinLength { .. } => {
                diags::empty_text(&self.name(), self.description(), self.value())
            }
            Kind::MaxItems { limit } => {
                self.size("has too many entries", "at most", limit, "entries")
            }
            Kind::MinItems { limit } => {
                self.size("has too few entries", "at least", limit, "entries")
            }
            Kind::MaxProperties { limit } => {
                self.size("has too many keys", "at most", limit, "keys")
            }
            Kind::MinProperties { limit } => {
                self.size("has too few keys", "at least", limit, "keys")
            }
            Kind::Maximum { limit } => self.size("is too large", "at most", limit, ""),
            Kind::Minimum { limit } => self.size("is too small", "at least", limit, ""),
            _ => diags::form_rule(&self.name(), &self.message, self.value()),
        };
        sink.push(diagnostic.pointer(self.pointer.clone()));
    }

    fn size(
        &self,
        fault: &str,
        bound: &str,
        limit: impl std::fmt::Display,
        unit: &str,
    ) -> Diagnostic {
        let found = match &self.node.value {
            Value::String(text) => Some(text.chars().count()),
            Value::List(items) => Some(items.len()),
            Value::Map(entries) => Some(entries.len()),
            _ => None,
        };
        let limit = format!("{bound} {limit} {unit}");
        diags::wrong_size(&self.name(), fault, limit.trim_end(), found, self.value())
    }

    fn unknown_key(&self, key: &str) -> Diagnostic {
        let at = self.node.entry(key).map_or(self.node.span, |entry| entry.key_span);
        let known: Vec<&str> = (self.schema().get("properties"))
            .and_then(Json::as_object)
            .map(|all| all.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let free = known.iter().copied().filter(|known| self.node.entry(known).is_none());
        let meant = nearest(key, free);
        let place = pointer([Segment::Key(key)]);
        diags::unknown_key(key, meant, &known, at.of(self.source))
            .pointer(format!("{}{place}", self.pointer))
    }

    fn missing_key(&self, key: &str) -> Diagnostic {
        // The file and an entry of a list have no key of their own: their first line stands for all.
        let first = self.node.entries().first().map(|entry| entry.key_span);
        let at = self.key_span.or(first).unwrap_or(self.node.span);
        let property = self.schema().get("properties").and_then(|all| all.get(key));
        let words = property.and_then(|schema| schema.get("description")).and_then(Json::as_str);
        let whole = std::ptr::eq(self.node, self.root);
        diags::missing_key(key, whole, words, at.of(self.source))
    }

    fn wrong_type(&self, kind: &TypeKind) -> Diagnostic {
        let expected: Vec<&str> = match kind {
            TypeKind::Single(expected) => vec![words_for(*expected)],
            TypeKind::Multiple(expected) => expected.iter().map(words_for).collect(),
        };
        let expected = expected.join(" or ");
        diags::wrong_type(&self.name(), &expected, self.node, self.description(), self.value())
    }

    fn unknown_value(&self, options: &Json) -> Diagnostic {
        let allowed: Vec<&str> =
            options.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let found = match &self.node.value {
            Value::Null => {
                let words = self.description();
                return diags::wrong_type(&self.name(), "a word", self.node, words, self.value());
            }
            Value::String(text) => text.to_string(),
            _ => crate::form::to_json(self.node).to_string(),
        };
        let meant = nearest(&found, allowed.iter().copied());
        diags::unknown_value(
            &self.name(),
            &found,
            meant,
            &allowed,
            self.description(),
            self.value(),
        )
    }

    fn wrong_key(&self) -> Diagnostic {
        // The error names the mapping; its key is the one that the rule for names refuses.
        let pattern = self.schema().get("pattern").and_then(Json::as_str);
        let entry = self.node.entries().iter().find(|entry| self.message.contains(&*entry.key));
        let (key, at) = entry
            .or_else(|| self.node.entries().first())
            .map_or(("", self.node.span), |entry| (&entry.key, entry.key_span));
        diags::wrong_key(key, pattern, at.of(self.source))
    }

    fn not_unique(&self) -> Diagnostic {
        let items = self.node.items();
        let json: Vec<Json> = items.iter().map(crate::form::to_json).collect();
        let repeated = (1..items.len())
            .find_map(|i| json[..i].iter().position(|earlier| *earlier == json[i]).map(|j| (j, i)));
        let (first, again) = repeated
            .map_or((self.node.span, self.node.span), |(j, i)| (items[j].span, items[i].span));
        diags::not_unique(&self.name(), first.of(self.source), again.of(self.source))
    }
}

fn words_for(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "nothing",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "keys with values",
    }
}
