//! Owns the walk that finds, in a tree, the values to which the form gives a role of casebook's.

use serde_json::Value as Json;

use super::Form;
use crate::load::{Node, Segment, Value, pointer};

/// What a value means to casebook, said in the form with `x-role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A text in Markdown.
    Markdown,
    /// Keys of entries in `sources`.
    Citation,
    /// A region code.
    Region,
    /// A theme's key.
    Theme,
    /// Another case's id.
    Case,
    /// The path of a picture.
    Image,
    /// A date, or two with a slash between.
    Date,
    /// A mapping with `start` and `end`.
    Period,
}

impl Role {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "markdown" => Self::Markdown,
            "citation" => Self::Citation,
            "region" => Self::Region,
            "theme" => Self::Theme,
            "case" => Self::Case,
            "image" => Self::Image,
            "date" => Self::Date,
            "period" => Self::Period,
            _ => return None,
        })
    }
}

/// A value with a role.
pub struct InRole<'a> {
    /// What it means.
    pub role: Role,
    /// The value.
    pub node: &'a Node<'a>,
    /// The mapping that holds it, or that holds the list that holds it.
    pub parent: &'a Node<'a>,
    /// Where it stands in the file.
    pub pointer: String,
}

impl Form {
    /// The values that have a role, in the file's order.
    pub fn in_roles<'a>(&self, root: &'a Node<'a>) -> Vec<InRole<'a>> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        self.walk_roles(&self.schema, &self.schema, root, root, &mut path, &mut found);
        found
    }

    fn walk_roles<'f, 'a>(
        &'f self,
        schema: &'f Json,
        resource: &'f Json,
        node: &'a Node<'a>,
        parent: &'a Node<'a>,
        path: &mut Vec<Segment<'a>>,
        found: &mut Vec<InRole<'a>>,
    ) {
        let mut role = schema.get("x-role");
        let (mut schema, mut resource) = (schema, resource);
        // A chain of references is as long as the form's author made it; eight are plenty.
        for _ in 0..8 {
            let Some(target) = schema.get("$ref").and_then(Json::as_str) else { break };
            let Some((found, home)) = self.resolve(target, resource) else { break };
            (schema, resource) = (found, home);
            role = role.or_else(|| schema.get("x-role"));
        }
        if let Some(role) = role.and_then(Json::as_str).and_then(Role::parse) {
            found.push(InRole { role, node, parent, pointer: pointer(path.iter().copied()) });
        }
        match &node.value {
            Value::Map(entries) => {
                for entry in entries {
                    let named = schema.get("properties").and_then(|all| all.get(&*entry.key));
                    let Some(below) = named.or_else(|| schema.get("additionalProperties")) else {
                        continue;
                    };
                    path.push(Segment::Key(&entry.key));
                    self.walk_roles(below, resource, &entry.value, node, path, found);
                    path.pop();
                }
            }
            Value::List(items) => {
                let Some(below) = schema.get("items") else { return };
                for (index, item) in items.iter().enumerate() {
                    path.push(Segment::Index(index));
                    self.walk_roles(below, resource, item, parent, path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}
