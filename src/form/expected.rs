//! Owns what a form expects at a place: which kinds of values, and which words.

use serde_json::Value as Json;

use super::resource::Cursor;
use super::{Field, Form, Pattern, Step};

/// A kind of value that a form may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number, with a fraction or without.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Answer,
    /// A list.
    List,
    /// Keys with values.
    Map,
}

/// What a form expects at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    kinds: Vec<Kind>,
    /// The words that it lists, if there are no others.
    pub words: Vec<String>,
}

impl Expected {
    /// Whether a value of a kind may stand there. A form that is silent lets everything stand.
    pub fn allows(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether only values of these kinds may stand there.
    pub fn is_only(&self, kinds: &[Kind]) -> bool {
        !self.kinds.is_empty() && self.kinds.iter().all(|kind| kinds.contains(kind))
    }

    fn add(&mut self, kind: Kind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    /// Adds what one of the schemas of a value says.
    fn add_schema(&mut self, schema: &Json) {
        let named = match schema.get("type") {
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
            Some(Json::String(name)) => vec![name.as_str()],
            _ => Vec::new(),
        };
        named.into_iter().filter_map(kind).for_each(|kind| self.add(kind));
        for (keyword, kind) in [("properties", Kind::Map), ("items", Kind::List)] {
            if schema.get("type").is_none() && schema.get(keyword).is_some() {
                self.add(kind);
            }
        }
        let listed = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
        for word in listed.chain(schema.get("const")).filter_map(Json::as_str) {
            self.add(Kind::Text);
            if !self.words.iter().any(|known| known == word) {
                self.words.push(word.to_owned());
            }
        }
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "string" => Kind::Text,
        "number" => Kind::Number,
        "integer" => Kind::Whole,
        "boolean" => Kind::Answer,
        "array" => Kind::List,
        "object" => Kind::Map,
        _ => return None,
    })
}

impl Form {
    /// What the form says of the field at a place.
    pub fn field_at(&self, place: &Pattern) -> Option<&Field> {
        let fields = self.fields();
        place.steps().iter().try_fold(fields.root()?, |field, step| match step {
            Step::Name(name) => fields.key(field, name).or_else(|| fields.items(field)),
            Step::Each => fields.items(field),
        })
    }

    /// The keys that a record must have, in the order in which the form asks for them.
    pub fn required(&self) -> Vec<String> {
        self.required_at(&Pattern::default())
    }

    /// The keys that the value at a place must have, in the order in which the form asks for them.
    pub fn required_at(&self, place: &Pattern) -> Vec<String> {
        let mut required: Vec<String> = Vec::new();
        let schemas = self.follow(place).unwrap_or_default();
        for part in schemas.into_iter().flat_map(Cursor::with_all_parts) {
            let keys = part.value.get("required").and_then(Json::as_array).into_iter().flatten();
            for key in keys.filter_map(Json::as_str) {
                if !required.iter().any(|known| known == key) {
                    required.push(key.to_owned());
                }
            }
        }
        required
    }

    /// What the form expects at a place; none if the place leads to nothing in the form.
    pub fn expected_at(&self, place: &Pattern) -> Option<Expected> {
        let schemas = self.follow(place).ok()?;
        let mut expected = Expected::default();
        for part in schemas.into_iter().flat_map(Cursor::with_all_parts) {
            expected.add_schema(part.value);
        }
        Some(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_form_says_what_it_wants() {
        let at = |place: &str| Form::case().expected_at(&place.parse().unwrap());
        let only = |place: &str, kinds: &[Kind]| at(place).unwrap().is_only(kinds);
        assert!(only("title", &[Kind::Text]) && only("funding/0/amount", &[Kind::Number]));
        assert!(only("regions", &[Kind::List]) && only("consent/given", &[Kind::Answer]));
        assert!(only("period/start", &[Kind::Whole, Kind::Text]));
        assert_eq!(at("scope").unwrap().words[0], "local");
        assert!(only("scope", &[Kind::Text]));
        assert_eq!(at("nowhere/at/all"), None);
    }
}
