//! Owns the joining of a group's extension with the built-in form.

use serde_json::{Map, Value, json};

use super::document::step;
use super::resource::Graft;

/// A definition of the extension that the built-in form has already.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Its pointer in the extension.
    pub(super) pointer: String,
    /// Its name.
    pub(super) name: String,
}

/// Keywords that say what a file is, and nothing about values.
const ABOUT_THE_FILE: &[&str] = &["$schema", "$id", "$comment", "title", "description"];

/// Keywords that are words for people: an extension may put its own in their place.
const WORDS: &[&str] = &[
    "title",
    "description",
    "markdownDescription",
    "enumDescriptions",
    "examples",
    "default",
    "defaultSnippets",
];

/// The built-in form with an extension's properties and rules added, and where each part is from.
///
/// Added are new properties at every level that the form describes with `properties`, further
/// required keys, definitions, and further rules: those are asked for besides the form's own, so an
/// extension can make the form stricter and never laxer.
pub(super) fn extend(base: &Value, extension: &Value) -> Result<(Value, Vec<Graft>), Vec<Taken>> {
    let mut joined = base.clone();
    let mut join = Join { grafts: Vec::new(), taken: Vec::new() };
    if let (Some(base), Some(extension)) = (joined.as_object_mut(), extension.as_object()) {
        let mut rules = extension.clone();
        rules.retain(|key, _| !ABOUT_THE_FILE.contains(&key.as_str()));
        join.definitions(base, &mut rules);
        join.schema(base, rules, "", "");
    }
    if join.taken.is_empty() { Ok((joined, join.grafts)) } else { Err(join.taken) }
}

struct Join {
    grafts: Vec<Graft>,
    taken: Vec<Taken>,
}

impl Join {
    fn graft(&mut self, at: String, from: String) {
        self.grafts.push(Graft { at, from });
    }

    fn definitions(&mut self, base: &mut Map<String, Value>, rules: &mut Map<String, Value>) {
        for keyword in ["$defs", "definitions"] {
            let Some(Value::Object(added)) = rules.remove(keyword) else { continue };
            let known = base.entry(keyword).or_insert_with(|| json!({}));
            let Some(known) = known.as_object_mut() else { continue };
            for (name, schema) in added {
                let pointer = format!("/{keyword}{}", step(&name));
                if known.contains_key(&name) {
                    self.taken.push(Taken { pointer, name });
                } else {
                    self.graft(pointer.clone(), pointer);
                    known.insert(name, schema);
                }
            }
        }
    }

    /// Joins a schema of the extension with the form's for the same values.
    fn schema(
        &mut self,
        base: &mut Map<String, Value>,
        mut rules: Map<String, Value>,
        at: &str,
        from: &str,
    ) {
        if let Some(known) = base.get_mut("properties").and_then(Value::as_object_mut)
            && let Some(Value::Object(added)) = rules.remove("properties")
        {
            for (name, schema) in added {
                let step = format!("/properties{}", step(&name));
                let (at, from) = (format!("{at}{step}"), format!("{from}{step}"));
                match (known.get_mut(&name).and_then(Value::as_object_mut), schema) {
                    (Some(known), Value::Object(schema)) => self.schema(known, schema, &at, &from),
                    (Some(_), _) => {}
                    (None, schema) => {
                        self.graft(at, from);
                        known.insert(name, schema);
                    }
                }
            }
            // The form's own mappings are closed; what an extension says of further keys would
            // shut out the form's.
            rules.remove("additionalProperties");
            rules.remove("unevaluatedProperties");
            self.required(base, &mut rules, at, from);
        }
        if let Some(known) = base.get_mut("items").and_then(Value::as_object_mut)
            && let Some(Value::Object(items)) = rules.get("items").cloned()
        {
            rules.remove("items");
            self.schema(known, items, &format!("{at}/items"), &format!("{from}/items"));
        }
        for word in WORDS {
            if let Some(words) = rules.remove(*word) {
                self.graft(format!("{at}/{word}"), format!("{from}/{word}"));
                base.insert((*word).to_owned(), words);
            }
        }
        rules.retain(|key, value| {
            let own_key = key.starts_with("x-");
            if own_key {
                base.insert(key.clone(), value.clone());
            }
            // Said twice is said once.
            !own_key && base.get(key) != Some(value)
        });
        if !rules.is_empty()
            && let Some(all) = base.entry("allOf").or_insert_with(|| json!([])).as_array_mut()
        {
            self.graft(format!("{at}/allOf/{}", all.len()), from.to_owned());
            all.push(Value::Object(rules));
        }
    }

    fn required(
        &mut self,
        base: &mut Map<String, Value>,
        rules: &mut Map<String, Value>,
        at: &str,
        from: &str,
    ) {
        let Some(Value::Array(added)) = rules.remove("required") else { return };
        let required = base.entry("required").or_insert_with(|| json!([]));
        let Some(required) = required.as_array_mut() else { return };
        for (index, key) in added.into_iter().enumerate() {
            if !required.contains(&key) {
                let at = format!("{at}/required/{}", required.len());
                self.graft(at, format!("{from}/required/{index}"));
                required.push(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_adds_and_tightens_and_every_part_knows_where_it_is_from() {
        let base = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["id"],
            "properties": {
                "id": { "type": "string" },
                "technology": { "type": "object", "additionalProperties": false,
                                "properties": { "standards": {} } }
            },
            "$defs": { "date": {} }
        });
        let extension = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "additionalProperties": false,
            "required": ["id", "soil"],
            "properties": {
                "soil": { "enum": ["clay", "sand"] },
                "id": { "maxLength": 20, "title": "Number" },
                "technology": { "properties": { "energy": { "type": "number" } } }
            },
            "if": { "required": ["soil"] }
        });
        let (joined, grafts) = extend(&base, &extension).unwrap();
        assert_eq!(
            joined,
            json!({
                "type": "object",
                "additionalProperties": false,
                "required": ["id", "soil"],
                "properties": {
                    "id": { "type": "string", "title": "Number", "allOf": [{ "maxLength": 20 }] },
                    "soil": { "enum": ["clay", "sand"] },
                    "technology": { "type": "object", "additionalProperties": false,
                        "properties": { "standards": {}, "energy": { "type": "number" } } }
                },
                "allOf": [{ "if": { "required": ["soil"] } }],
                "$defs": { "date": {} }
            })
        );
        let from =
            |at: &str| grafts.iter().find(|graft| graft.at == at).map(|graft| graft.from.as_str());
        assert_eq!(from("/required/1"), Some("/required/1"));
        assert_eq!(from("/properties/id/allOf/0"), Some("/properties/id"));
        assert_eq!(from("/allOf/0"), Some(""));
        assert_eq!(
            from("/properties/technology/properties/energy"),
            Some("/properties/technology/properties/energy")
        );
    }

    #[test]
    fn a_definition_of_the_form_is_not_taken_over() {
        let taken =
            extend(&json!({ "$defs": { "date": {} } }), &json!({ "$defs": { "date": {} } }));
        let expected = Taken { pointer: "/$defs/date".to_owned(), name: "date".to_owned() };
        assert_eq!(taken.unwrap_err(), [expected]);
    }
}
