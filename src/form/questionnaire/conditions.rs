//! Owns the reading of conditions off schemas: all that they ask, or what no question asks by itself.

use jsonschema::Draft;
use serde_json::Value;

use super::super::references::REFERENCES;
use super::super::resource::Cursor;
use super::condition::{Bound, Condition};
use super::parts::Parts;
use super::{Answer, Size};

/// Schemas inside schemas that are read; what lies deeper is not known.
const DEEPEST: usize = 24;

/// Schemas of one form that are read: references may lead to the same ones again and again.
const MOST: usize = 4000;

/// The keywords that a question of the form asks by itself, by what its answer looks like.
fn asked(answer: &Answer) -> &'static [&'static str] {
    match answer {
        Answer::Text(_) => &["type", "minLength", "maxLength"],
        Answer::Number(_) => &["type", "minimum", "maximum"],
        Answer::YesNo => &["type"],
        Answer::Choice(_) => &["type", "enum", "const"],
        Answer::List(..) => &["type", "items", "minItems", "maxItems"],
        Answer::Group(_) => &["type", "properties", "required"],
        Answer::Named(..) => &["type", "additionalProperties", "minProperties", "maxProperties"],
        Answer::Open => &[],
    }
}

/// Reads the conditions of one form.
#[derive(Debug)]
pub(super) struct Conditions {
    left: usize,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { left: MOST }
    }
}

impl Conditions {
    /// What the schemas that hold for every answer ask beyond the question that was made of them.
    pub(super) fn beyond(&mut self, parts: &Parts<'_>, answer: &Answer) -> Vec<Condition> {
        let mut conditions = Vec::new();
        let mut has_pattern = false;
        for schema in parts.certain() {
            let mut skipped = asked(answer).to_vec();
            if schema.value.get("items").is_some_and(|items| !items.is_object()) {
                skipped.retain(|keyword| *keyword != "items");
            }
            // A text is held against one expression; that of the first schema that has one.
            if matches!(answer, Answer::Text(_)) && !has_pattern {
                has_pattern = schema.value.get("pattern").is_some();
                skipped.push("pattern");
            }
            // What the page never writes need not be forbidden.
            if let Answer::Group(questions) = answer {
                let known = schema.value.get("properties");
                let is_known = |key: &str| known.is_some_and(|known| known.get(key).is_some());
                if questions.iter().all(|question| is_known(&question.key)) {
                    skipped.push("additionalProperties");
                }
                if questions.iter().all(|question| !question.is_conditional) {
                    skipped.push("unevaluatedProperties");
                }
            }
            // References and what is joined are among the schemas that hold.
            skipped.extend(REFERENCES.iter().copied().chain(["allOf"]));
            conditions.extend(self.said(schema, &skipped, 0));
        }
        conditions.retain(|condition| !condition.is_always());
        conditions
    }

    /// All that a schema asks.
    fn whole(&mut self, schema: &Cursor<'_>, depth: usize) -> Condition {
        match schema.value {
            Value::Bool(true) => return Condition::always(),
            Value::Bool(false) => return Condition::Never,
            _ => {}
        }
        if depth > DEEPEST || self.left == 0 {
            return Condition::Unknown;
        }
        self.left -= 1;
        Condition::all(self.said(schema, &[], depth))
    }

    /// What the keywords of a schema ask, but for some of them.
    fn said(&mut self, schema: &Cursor<'_>, skipped: &[&str], depth: usize) -> Vec<Condition> {
        let Some(entries) = schema.value.as_object() else { return Vec::new() };
        let is_reference = entries.contains_key("$ref") && is_old(schema.draft());
        let says =
            |keyword: &str| !skipped.contains(&keyword) && (!is_reference || keyword == "$ref");
        let keywords = entries.keys().map(String::as_str).filter(|keyword| says(keyword));
        let mut found = Vec::new();
        for keyword in keywords {
            let Some(condition) = self.keyword(schema, keyword, depth + 1) else { continue };
            let own = schema.value.get("x-message");
            let own = own.and_then(|own| own.as_str().or_else(|| own.get(keyword)?.as_str()));
            found.push(match own {
                Some(words) => Condition::Said(words.to_owned(), Box::new(condition)),
                None => condition,
            });
        }
        found
    }

    /// What one keyword asks; nothing if it only describes, or is read with another one.
    fn keyword(&mut self, schema: &Cursor<'_>, keyword: &str, depth: usize) -> Option<Condition> {
        let here = schema.key(keyword)?;
        let value = here.value;
        let count = value.as_u64();
        let at_least = || Size { at_least: count, at_most: None };
        let at_most = || Size { at_least: None, at_most: count };
        let number = value.as_f64();
        Some(match keyword {
            "$ref" => match schema.referred(keyword) {
                Some(referred) => self.whole(&referred, depth),
                None => Condition::Unknown,
            },
            "allOf" => Condition::all(self.each(&here, depth)),
            "anyOf" => Condition::Any(self.each(&here, depth)),
            "oneOf" => Condition::One(self.each(&here, depth)),
            "not" => Condition::Not(Box::new(self.whole(&here, depth))),
            "if" => self.conditional(schema, &here, depth),
            "type" => Condition::Types(match value {
                Value::String(word) => vec![word.clone()],
                _ => texts(value),
            }),
            "const" => Condition::Among(vec![value.clone()]),
            "enum" => Condition::Among(value.as_array().cloned().unwrap_or_default()),
            "required" => Condition::all(texts(value).into_iter().map(Condition::Has).collect()),
            "properties" => Condition::all(self.by_key(&here, depth, Condition::Key)),
            "patternProperties" => Condition::all(self.by_key(&here, depth, Condition::KeysLike)),
            "additionalProperties" => Condition::OtherKeys {
                named: keys(schema, "properties"),
                patterns: keys(schema, "patternProperties"),
                condition: Box::new(self.whole(&here, depth)),
            },
            "propertyNames" => Condition::KeyNames(Box::new(self.whole(&here, depth))),
            "minProperties" => Condition::Keys(at_least()),
            "maxProperties" => Condition::Keys(at_most()),
            "dependentRequired" | "dependentSchemas" | "dependencies" => {
                Condition::all(self.dependent(&here, depth))
            }
            "items" | "prefixItems" if value.is_array() => {
                let each = self.each(&here, depth).into_iter().enumerate();
                Condition::all(each.map(|(at, one)| Condition::Entry(at, Box::new(one))).collect())
            }
            "items" | "additionalItems" => {
                let before = if keyword == "items" { "prefixItems" } else { "items" };
                let before = schema.value.get(before).and_then(Value::as_array);
                if keyword == "additionalItems" && before.is_none() {
                    return None;
                }
                let condition = Box::new(self.whole(&here, depth));
                Condition::Entries { from: before.map_or(0, Vec::len), condition }
            }
            "contains" => {
                let limit = |keyword: &str| schema.value.get(keyword).and_then(Value::as_u64);
                let size = Size {
                    at_least: Some(limit("minContains").unwrap_or(1)),
                    at_most: limit("maxContains"),
                };
                Condition::Contains(Box::new(self.whole(&here, depth)), size)
            }
            "uniqueItems" if *value == true => Condition::Unique,
            "minItems" => Condition::Count(at_least()),
            "maxItems" => Condition::Count(at_most()),
            "minLength" => Condition::Length(at_least()),
            "maxLength" => Condition::Length(at_most()),
            "pattern" => Condition::Pattern(value.as_str()?.to_owned()),
            "format" => Condition::Format(value.as_str()?.to_owned()),
            // Up to draft 4 the exclusive limits are remarks on the others.
            "minimum" if schema.value.get("exclusiveMinimum") == Some(&Value::Bool(true)) => {
                Condition::Bound(Bound::Above, number?)
            }
            "maximum" if schema.value.get("exclusiveMaximum") == Some(&Value::Bool(true)) => {
                Condition::Bound(Bound::Below, number?)
            }
            "minimum" => Condition::Bound(Bound::AtLeast, number?),
            "maximum" => Condition::Bound(Bound::AtMost, number?),
            "exclusiveMinimum" => Condition::Bound(Bound::Above, number?),
            "exclusiveMaximum" => Condition::Bound(Bound::Below, number?),
            "multipleOf" => Condition::Bound(Bound::MultipleOf, number?),
            "$dynamicRef" | "$recursiveRef" | "unevaluatedItems" | "unevaluatedProperties"
                if *value != true =>
            {
                Condition::Unknown
            }
            _ => return None,
        })
    }

    fn each(&mut self, list: &Cursor<'_>, depth: usize) -> Vec<Condition> {
        let count = list.value.as_array().map_or(0, Vec::len);
        let schemas = (0..count).filter_map(|index| list.index(index));
        schemas.map(|schema| self.whole(&schema, depth)).collect()
    }

    fn by_key(
        &mut self,
        schemas: &Cursor<'_>,
        depth: usize,
        of: impl Fn(String, Box<Condition>) -> Condition,
    ) -> Vec<Condition> {
        let mut found = Vec::new();
        for key in schemas.keys() {
            let Some(schema) = schemas.key(key) else { continue };
            let condition = self.whole(&schema, depth);
            if !condition.is_always() {
                found.push(of(key.to_owned(), Box::new(condition)));
            }
        }
        found
    }

    fn conditional(
        &mut self,
        schema: &Cursor<'_>,
        premise: &Cursor<'_>,
        depth: usize,
    ) -> Condition {
        let mut branch = |keyword| {
            let below = schema.key(keyword);
            Box::new(below.map_or_else(Condition::always, |below| self.whole(&below, depth)))
        };
        let (then, otherwise) = (branch("then"), branch("else"));
        if then.is_always() && otherwise.is_always() {
            return Condition::always();
        }
        Condition::When { premise: Box::new(self.whole(premise, depth)), then, otherwise }
    }

    /// What must hold where there is an answer under a key: other keys, or a schema.
    fn dependent(&mut self, by_key: &Cursor<'_>, depth: usize) -> Vec<Condition> {
        let mut found = Vec::new();
        for key in by_key.keys() {
            let Some(asked) = by_key.key(key) else { continue };
            let then = match asked.value {
                Value::Array(_) => {
                    Condition::all(texts(asked.value).into_iter().map(Condition::Has).collect())
                }
                _ => self.whole(&asked, depth),
            };
            if then.is_always() {
                continue;
            }
            // Without such a group there is nothing to depend on.
            let is_group = Condition::Types(vec!["object".to_owned()]);
            let premise = Condition::All(vec![is_group, Condition::Has(key.to_owned())]);
            found.push(Condition::When {
                premise: Box::new(premise),
                then: Box::new(then),
                otherwise: Box::new(Condition::always()),
            });
        }
        found
    }
}

/// Whether what stands beside a reference says nothing.
fn is_old(draft: Draft) -> bool {
    matches!(draft, Draft::Draft4 | Draft::Draft6 | Draft::Draft7)
}

/// The texts of a list.
fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// The keys of what a keyword of a schema holds.
fn keys(schema: &Cursor<'_>, keyword: &str) -> Vec<String> {
    let below = schema.key(keyword);
    below.map_or_else(Vec::new, |below| below.keys().into_iter().map(str::to_owned).collect())
}
