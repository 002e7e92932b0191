//! What the form of a case demands, read off its schema by a walk that shares nothing with the program.

use serde_json::Value as Json;

/// What the schema says of one value of a case.
#[derive(Clone, Copy)]
pub(crate) struct Demands<'a> {
    form: &'a Json,
    schema: &'a Json,
}

impl<'a> Demands<'a> {
    /// Of a whole case.
    pub(crate) fn of(form: &'a Json) -> Self {
        Self { form, schema: form }
    }

    /// Of the value of a key.
    pub(crate) fn key(self, key: &str) -> Self {
        let named = self.schema["properties"].get(key);
        self.at(named.unwrap_or(&self.schema["additionalProperties"]))
    }

    /// Of an entry of a list.
    pub(crate) fn item(self) -> Self {
        self.at(&self.schema["items"])
    }

    fn at(self, schema: &'a Json) -> Self {
        assert!(schema.is_object(), "the form says nothing here");
        let schema = match schema["$ref"].as_str() {
            Some(target) => self.form.pointer(target.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        Self { schema, ..self }
    }

    /// Whether a mapping must have a key.
    pub(crate) fn requires(self, key: &str) -> bool {
        self.schema["required"].as_array().is_some_and(|all| all.contains(&key.into()))
    }

    /// Whether the keys of a mapping are the author's own.
    pub(crate) fn leaves_keys_free(self) -> bool {
        self.schema["additionalProperties"] != false
    }

    /// How many entries a list must have.
    pub(crate) fn fewest_items(self) -> usize {
        self.schema["minItems"].as_u64().map_or(0, |fewest| usize::try_from(fewest).unwrap())
    }

    /// How many entries a list may have.
    pub(crate) fn most_items(self) -> usize {
        self.schema["maxItems"].as_u64().map_or(usize::MAX, |most| usize::try_from(most).unwrap())
    }

    /// Whether no two entries of a list may be the same.
    pub(crate) fn forbids_repetition(self) -> bool {
        self.schema["uniqueItems"] == true
    }

    /// The code of the fault that a value of a type is, whatever else it holds.
    pub(crate) fn fault_of_type(self, name: &str) -> Option<&'static str> {
        let is_allowed =
            |allowed: &Json| allowed == name || allowed == "number" && name == "integer";
        match &self.schema["type"] {
            Json::String(_) if is_allowed(&self.schema["type"]) => None,
            Json::Array(all) if all.iter().any(is_allowed) => None,
            Json::Null if self.schema["enum"].is_array() => Some("unknown-value"),
            _ => Some("wrong-type"),
        }
    }
}
