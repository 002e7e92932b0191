//! Owns the way from a schema error back to the schemas that it came through.

use jsonschema::ValidationError;
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use super::Form;
use super::resource::Cursor;
use crate::source::Location;

/// The schemas that a value went through to the keyword that refused it.
pub struct Trace<'f> {
    /// Outermost first; the last holds the keyword. A schema with a `$ref` comes before what it
    /// refers to, so that its own words win.
    schemas: Vec<Cursor<'f>>,
    /// The keyword itself.
    keyword: Option<Cursor<'f>>,
}

impl Form {
    /// Follows an error's path through the form.
    pub fn trace(&self, error: &ValidationError<'_>) -> Trace<'_> {
        let Some(root) = self.resources.root() else {
            return Trace { schemas: Vec::new(), keyword: None };
        };
        let mut schemas = vec![root];
        for segment in error.evaluation_path() {
            let Some(here) = schemas.last() else { break };
            let next = match &segment {
                LocationSegment::Property(name)
                    if name.starts_with('$') && name.ends_with("ef") =>
                {
                    here.referred(name)
                }
                LocationSegment::Property(name) => here.key(name),
                LocationSegment::Index(index) => here.index(*index),
            };
            let Some(next) = next else { return Trace { schemas, keyword: None } };
            schemas.push(next);
        }
        // The keyword's own value is the last step: its schema is the one before.
        let keyword = schemas.pop();
        Trace { schemas, keyword }
    }
}

impl<'f> Trace<'f> {
    /// The schema that holds the keyword.
    pub fn schema(&self) -> &'f Value {
        self.schemas.last().map_or(&Value::Null, |schema| schema.value)
    }

    /// The schemas on the way, innermost first.
    pub fn outwards(&self) -> impl Iterator<Item = &'f Value> {
        self.schemas.iter().rev().map(|schema| schema.value)
    }

    /// Where the keyword stands in a file of the group's own.
    pub fn location(&self) -> Option<Location> {
        self.keyword.as_ref()?.location()
    }

    /// Where an entry of the keyword's list stands in a file of the group's own.
    pub fn location_of_entry(&self, entry: &str) -> Option<Location> {
        let keyword = self.keyword.as_ref()?;
        let index = keyword.value.as_array()?.iter().position(|known| known == entry)?;
        keyword.index(index)?.value_location()
    }

    /// The alternatives that the keyword lists, each as the schemas that speak of its value.
    pub fn branches(&self) -> Vec<Vec<&'f Value>> {
        let Some(keyword) = &self.keyword else { return Vec::new() };
        let count = keyword.value.as_array().map_or(0, Vec::len);
        let branches = (0..count).filter_map(|index| keyword.index(index));
        branches
            .map(|branch| branch.with_all_parts().into_iter().map(|part| part.value).collect())
            .collect()
    }

    /// The author's own message for the keyword: `x-message` beside it, a text or one a keyword.
    pub fn message(&self, keyword: &str) -> Option<&'f str> {
        let message = self.schema().get("x-message")?;
        message.as_str().or_else(|| message.get(keyword)?.as_str())
    }
}
