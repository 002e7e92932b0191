//! Owns the way from a JSON Schema error to a diagnostic at the very key or value.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::paths::LocationSegment;
use serde_json::Value as Json;

use super::alternatives::{Meaning, meant_branch};
use super::dates::meant_date;
use super::{diags, expected};
use crate::diag::{Code, Diagnostic, Sink};
use crate::form::{Form, Meant, Trace, find, to_json};
use crate::load::{Node, Segment, Value, pointer};
use crate::source::{Location, SourceId, Span};

/// Errors of one record that are told of. Each may cost as much as the record is large, and nobody
/// mends as many at once.
const MOST_ERRORS: usize = 250;

/// The longest text that is repeated in an example, in bytes.
const LONGEST_EXAMPLE: usize = 80;

/// Alternatives inside alternatives that are looked into.
const DEEPEST: usize = 8;

/// Pushes everything in a tree that the form forbids.
pub fn check_form(form: &Form, source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    for (count, error) in form.errors(root).enumerate() {
        if count == MOST_ERRORS {
            let last = sink.pop();
            sink.extend(last.map(|last| last.note(diags::MORE_ERRORS)));
            break;
        }
        diagnose(form, source, root, &error, 0, sink);
    }
}

fn diagnose(
    form: &Form,
    source: SourceId,
    root: &Node<'_>,
    error: &ValidationError<'_>,
    depth: usize,
    sink: &mut Sink,
) {
    let fault = Fault::new(form, source, root, error);
    let before = sink.len();
    let context = match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } if depth < DEEPEST => context,
        kind => return fault.diagnose(kind, sink),
    };
    match meant_branch(error, context, fault.node) {
        Meaning::Branch(index) => {
            for error in &context[index] {
                diagnose(form, source, root, error, depth + 1, sink);
            }
            let note = fault.alternatives();
            for diagnostic in &mut sink[before..] {
                if !diagnostic.notes.contains(&note) && context.len() > 1 {
                    diagnostic.notes.push(note.clone());
                }
            }
        }
        Meaning::Word(options) => sink.push(fault.finish(fault.unknown_value(&options), "enum")),
        Meaning::None => {
            let asked = fault.wanted().unwrap_or_else(|| fault.alternatives_in_short());
            let diagnostic = diags::wrong_type(&fault.asked(&asked), fault.node);
            sink.push(fault.finish(diagnostic, error.kind().keyword()));
        }
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
    trace: Trace<'a>,
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
        let trace = form.trace(error);
        let message = error.masked().to_string();
        Self { source, root, node, key, key_span, pointer: pointer(path), trace, message }
    }

    /// What the form says of the value: the outermost description since the last property.
    fn description(&self) -> Option<&'a str> {
        let mut found = None;
        for schema in self.trace.outwards() {
            if let Some(words) = schema.get("description").and_then(Json::as_str) {
                found = Some(words);
            }
            if !speaks_of_a_value(schema) {
                break;
            }
        }
        found
    }

    /// What the form asks for, in words that say more than a type.
    fn wanted(&self) -> Option<String> {
        let mut schemas = self.trace.outwards();
        schemas.by_ref().take_while(|schema| speaks_of_a_value(schema)).find_map(expected::wanted)
    }

    fn name(&self) -> String {
        match self.key {
            None => "the file".to_owned(),
            Some(key) if self.key_span.is_none() => format!("an entry of `{key}`"),
            Some(key) => format!("`{key}`"),
        }
    }

    /// How a mapping that the form asks for is written: with the text that stands there under the key that
    /// it belongs to, if that shows; else with its required keys, or one that it may have.
    fn example_of_keys(&self) -> Option<String> {
        if let Some((key, text)) = self.key_of_text() {
            return Some(format!("{{{key}: {text}}}"));
        }
        let schema = self.trace.schema();
        let required = schema.get("required").and_then(Json::as_array);
        let required = required.into_iter().flatten().filter_map(Json::as_str);
        let optional = schema.get("properties").and_then(Json::as_object).into_iter().flatten();
        let keys: Vec<&str> = required.chain(optional.map(|(key, _)| key.as_str())).collect();
        let asked = schema.get("required").and_then(Json::as_array).map_or(0, Vec::len);
        let shown = keys.iter().take(asked.clamp(1, 4)).map(|key| format!("{key}: …"));
        let shown: Vec<String> = shown.collect();
        (!shown.is_empty()).then(|| format!("{{{}}}", shown.join(", ")))
    }

    /// The key to which a text belongs that stands in the place of a mapping: the one whose words it is one
    /// of, else the only one that takes any text. None for a mapping with required keys: the example shows
    /// those.
    fn key_of_text(&self) -> Option<(&'a str, &'a str)> {
        let schema = self.trace.schema();
        let text = self.node.as_str().filter(|text| is_plain(text))?;
        if schema.get("required").is_some() {
            return None;
        }
        let properties = schema.get("properties")?.as_object()?;
        let words = |below: &'a Json| below.get("enum").and_then(Json::as_array);
        let lists =
            |below: &'a Json| words(below).is_some_and(|all| all.iter().any(|one| one == text));
        let takes_any = |below: &'a Json| {
            below.get("type").is_some_and(|kind| kind == "string") && words(below).is_none()
        };
        let mut open = properties.iter().filter(|(_, below)| takes_any(below));
        let only = open.next().filter(|_| open.next().is_none());
        let (key, _) = properties.iter().find(|(_, below)| lists(below)).or(only)?;
        Some((key, text))
    }

    fn value(&self) -> Location {
        let empty = self.node.span.start == self.node.span.end;
        self.key_span.filter(|_| empty).unwrap_or(self.node.span).of(self.source)
    }

    fn asked<'b>(&'b self, expected: &'b str) -> diags::Asked<'b> {
        diags::Asked { name: self.name(), expected, words: self.description(), at: self.value() }
    }

    fn diagnose(&self, kind: &Kind, sink: &mut Sink) {
        let keyword = kind.keyword();
        let diagnostic = match kind {
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                return self.unknown_keys(unexpected, keyword, sink);
            }
            Kind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                if self.is_only_misspelt(key) {
                    return;
                }
                self.missing_key(key)
            }
            Kind::Type { kind } => {
                let asked = self.wanted().unwrap_or_else(|| expected::types(kind));
                let diagnostic = self.mend_date(diags::wrong_type(&self.asked(&asked), self.node));
                let keys = self.example_of_keys().filter(|_| expected::is_mapping(kind));
                match keys.filter(|_| self.key.is_some()) {
                    Some(keys) => diags::written_as(diagnostic, &keys),
                    None => diagnostic,
                }
            }
            Kind::Enum { options } => self.unknown_value(options.as_array().unwrap_or(&Vec::new())),
            Kind::Constant { expected_value } => {
                diags::wrong_constant(&self.name(), &expected::plain(expected_value), self.value())
            }
            Kind::Pattern { .. } | Kind::Format { .. } => self.wrong_pattern(),
            Kind::PropertyNames { error } => {
                self.wrong_key(error.instance().as_str().unwrap_or_default())
            }
            Kind::FalseSchema => diags::not_allowed(&self.name(), self.value()),
            Kind::AdditionalItems { .. } | Kind::UnevaluatedItems { .. } => {
                diags::more_entries(&self.name(), self.value())
            }
            Kind::UniqueItems => self.not_unique(),
            Kind::MaxLength { limit } => self.size("is too long", "at most", limit, "characters"),
            Kind::MinLength { limit } => self.too_short(*limit),
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
            Kind::ExclusiveMaximum { limit } => self.size("is too large", "less than", limit, ""),
            Kind::ExclusiveMinimum { limit } => self.size("is too small", "more than", limit, ""),
            Kind::OneOfMultipleValid { .. } => {
                diags::several_alternatives(&self.name(), &self.alternatives(), self.value())
            }
            _ => diags::form_rule(&self.name(), &self.message, self.description(), self.value()),
        };
        sink.push(self.finish(diagnostic, keyword));
    }

    /// What every diagnostic of the form gets: its pointer, the place in the form, and the form
    /// author's own words where there are some.
    fn finish(&self, mut diagnostic: Diagnostic, keyword: &str) -> Diagnostic {
        diagnostic.pointer.get_or_insert_with(|| self.pointer.clone());
        if let Some(message) = self.trace.message(keyword) {
            let own = std::mem::replace(&mut diagnostic.message, message.to_owned());
            diagnostic.notes.insert(0, own);
        }
        match self.trace.location() {
            Some(at) if diagnostic.related.is_empty() => {
                diagnostic.related(at, diags::place_in_form(keyword))
            }
            _ => diagnostic,
        }
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

    fn too_short(&self, limit: u64) -> Diagnostic {
        if self.node.as_str().is_some_and(|text| text.trim().is_empty()) {
            return diags::empty_text(&self.name(), self.description(), self.value());
        }
        self.size("is too short", "at least", limit, "characters")
    }

    fn unknown_keys(&self, unexpected: &[String], keyword: &str, sink: &mut Sink) {
        // A hostile file has as many keys as it may: none is looked for by walking past the others.
        let entries: BTreeMap<&str, Span> =
            self.node.entries().iter().map(|entry| (entry.key.as_ref(), entry.key_span)).collect();
        let known: Vec<&str> = (self.trace.schema().get("properties"))
            .and_then(Json::as_object)
            .map(|all| all.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let free: Vec<&str> =
            known.iter().copied().filter(|known| !entries.contains_key(known)).collect();
        // That the form has another name for it is the better answer.
        let twice: BTreeSet<Location> = (sink.iter())
            .filter(|found| found.code == Code::NamedTwice)
            .filter_map(|found| Some(found.primary.as_ref()?.location))
            .collect();
        for key in unexpected {
            let at = entries.get(key.as_str()).copied().unwrap_or(self.node.span);
            if twice.contains(&at.of(self.source)) {
                continue;
            }
            let meant = find(key, free.iter().copied());
            let place = pointer([Segment::Key(key)]);
            let diagnostic = diags::unknown_key(key, meant, &known, at.of(self.source))
                .pointer(format!("{}{place}", self.pointer));
            sink.push(self.finish(diagnostic, keyword));
        }
    }

    /// Whether a missing key is surely meant by one that the form refuses: it is told of there.
    fn is_only_misspelt(&self, key: &str) -> bool {
        let schema = self.trace.schema();
        let is_closed = schema.get("additionalProperties") == Some(&Json::Bool(false));
        let Some(known) = schema.get("properties").and_then(Json::as_object) else { return false };
        let unknown = self.node.entries().iter().filter(|entry| !known.contains_key(&*entry.key));
        is_closed
            && unknown.take(MOST_ERRORS).any(|entry| {
                let is_meant = |meant: Meant<'_>| meant.is_certain && meant.word == key;
                // Most keys are far from this one, which a single look tells.
                find(&entry.key, [key]).is_some_and(is_meant) && {
                    let free = known.keys().map(String::as_str);
                    let free = free.filter(|known| self.node.entry(known).is_none());
                    find(&entry.key, free).is_some_and(is_meant)
                }
            })
    }

    fn missing_key(&self, key: &str) -> Diagnostic {
        // The file and an entry of a list have no key of their own: their first line stands for all.
        let first = self.node.entries().first().map(|entry| entry.key_span);
        let at = self.key_span.or(first).unwrap_or(self.node.span);
        let property = self.trace.outwards().find_map(|schema| schema.get("properties")?.get(key));
        let words = property.and_then(|schema| schema.get("description")).and_then(Json::as_str);
        let whole = std::ptr::eq(self.node, self.root);
        let diagnostic = diags::missing_key(key, whole, words, at.of(self.source));
        match self.trace.location_of_entry(key) {
            Some(at) => diagnostic.related(at, "required by the form here"),
            None => diagnostic,
        }
    }

    fn wrong_pattern(&self) -> Diagnostic {
        match self.wanted() {
            Some(wanted) => {
                let asked = self.asked(&wanted);
                self.mend_date(diags::otherwise_written(diags::wrong_type(&asked, self.node)))
            }
            None => diags::wrong_pattern(&self.asked(""), self.node.as_str().unwrap_or_default()),
        }
    }

    /// Offers the date that was surely meant.
    fn mend_date(&self, diagnostic: Diagnostic) -> Diagnostic {
        let is_date = |schema: &Json| {
            schema.get("x-role").is_some_and(|role| role == "date")
                || schema.get("format").is_some_and(|format| format == "date")
        };
        let mut schemas = self.trace.outwards().take_while(|schema| speaks_of_a_value(schema));
        match self.node.as_str().filter(|_| schemas.any(is_date)).and_then(meant_date) {
            Some(date) => diags::meant_date(diagnostic, &date, self.value()),
            None => diagnostic,
        }
    }

    fn unknown_value(&self, options: &[Json]) -> Diagnostic {
        let allowed: Vec<String> = options.iter().map(expected::plain).collect();
        let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
        let found = match &self.node.value {
            Value::Null => return diags::wrong_type(&self.asked("a word"), self.node),
            Value::String(text) => text.to_string(),
            _ => to_json(self.node).to_string(),
        };
        let meant = find(&found, allowed.iter().copied());
        diags::unknown_value(&self.asked(""), &found, meant, &allowed)
    }

    /// The rule for names is one of the mapping; its fault is that of a key.
    fn wrong_key(&self, key: &str) -> Diagnostic {
        let pattern = self.trace.schema().get("pattern").and_then(Json::as_str);
        let at = self.node.entry(key).map_or(self.node.span, |entry| entry.key_span);
        diags::wrong_key(key, pattern, at.of(self.source))
    }

    fn not_unique(&self) -> Diagnostic {
        let items = self.node.items();
        let mut seen = HashMap::new();
        let repeated = items.iter().find_map(|item| {
            let first = seen.insert(to_json(item).to_string(), item.span)?;
            Some((first, item.span))
        });
        let (first, again) = repeated.unwrap_or((self.node.span, self.node.span));
        diags::not_unique(&self.name(), first.of(self.source), again.of(self.source))
    }

    /// What each alternative of the keyword wants, in a line.
    fn alternatives(&self) -> String {
        format!("the form allows here: {}", self.wants().join("; or "))
    }

    fn alternatives_in_short(&self) -> String {
        self.wants().join(", or ")
    }

    fn wants(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for schemas in self.trace.branches() {
            let wants = expected::alternative(&schemas);
            if !all.contains(&wants) {
                all.push(wants);
            }
        }
        all
    }
}

/// Whether a text needs no quotation marks in an example.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.len() <= LONGEST_EXAMPLE
        && text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
}

/// Whether a step on the way through the form is a schema of the value itself: the step from
/// `properties` or `items` ends what is said of it.
fn speaks_of_a_value(schema: &Json) -> bool {
    ["type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf", "format", "pattern"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some_and(|value| !is_schema_named(value, keyword)))
        || schema.is_array()
}

/// A mapping of properties may have one that is called `type`.
fn is_schema_named(value: &Json, keyword: &str) -> bool {
    value.is_object() && keyword != "const"
}
