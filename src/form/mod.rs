//! Owns the forms: the built-in JSON Schemas of a case and of the manifest, ready to validate.

mod json;
mod roles;
mod suggest;

use std::sync::LazyLock;

use anyhow::Context;
use jsonschema::paths::LocationSegment;
use jsonschema::{Registry, ValidationError, Validator};
use serde_json::Value;

use crate::load::Node;

pub use self::json::{Tree, to_json};
pub use self::roles::{InRole, Role};
pub use self::suggest::nearest;

/// The JSON Schema of a case, as `casebook schema show` prints it.
pub const CASE_SCHEMA: &str = include_str!("case.schema.json");

/// The JSON Schema of the manifest.
pub const MANIFEST_SCHEMA: &str = include_str!("manifest.schema.json");

/// A form that is part of the program: one that does not compile is a bug, and no input's fault.
fn builtin(schema: &str, others: &[&str]) -> Form {
    Form::compile(schema, others).expect("the built-in forms are sound")
}

/// A form: a schema that is ready to validate trees, and its words for people.
pub struct Form {
    validator: Validator<Tree>,
    schema: Value,
    /// Schemas that this one refers to, by their `$id`.
    others: Vec<Value>,
}

impl Form {
    /// The built-in form of a case.
    pub fn case() -> &'static Self {
        static FORM: LazyLock<Form> = LazyLock::new(|| builtin(CASE_SCHEMA, &[]));
        &FORM
    }

    /// The form of the manifest.
    pub fn manifest() -> &'static Self {
        static FORM: LazyLock<Form> = LazyLock::new(|| builtin(MANIFEST_SCHEMA, &[CASE_SCHEMA]));
        &FORM
    }

    fn compile(schema: &str, others: &[&str]) -> anyhow::Result<Self> {
        let schema: Value = serde_json::from_str(schema)?;
        let others: Vec<Value> =
            others.iter().map(|text| serde_json::from_str(text)).collect::<Result<_, _>>()?;
        let validator = {
            let mut registry = Registry::new();
            for other in &others {
                let id = other["$id"].as_str().context("a schema referred to needs an $id")?;
                registry = registry.add(id, other)?;
            }
            let registry = registry.prepare()?;
            jsonschema::options_for::<Tree>()
                .with_registry(&registry)
                .build(&schema)
                .map_err(|error| anyhow::anyhow!("the form is broken: {error}"))?
        };
        Ok(Self { validator, schema, others })
    }

    /// Everything in a tree that the form forbids.
    pub fn errors<'a>(&'a self, root: &'a Node<'a>) -> impl Iterator<Item = ValidationError<'a>> {
        self.validator.iter_errors(root)
    }

    /// The schemas on the way to the keyword that an error comes from, outermost first.
    ///
    /// The last is the schema that holds the keyword. A schema with a `$ref` comes before what it
    /// refers to, so that its own words win.
    pub fn schemas_to(&self, error: &ValidationError<'_>) -> Vec<&Value> {
        let mut here = &self.schema;
        let mut resource = &self.schema;
        let mut path = vec![here];
        for segment in error.evaluation_path() {
            let next = match &segment {
                LocationSegment::Property(name) if *name == "$ref" => {
                    let Some(target) = here.get("$ref").and_then(Value::as_str) else { break };
                    self.resolve(target, resource).map(|(schema, home)| {
                        resource = home;
                        schema
                    })
                }
                LocationSegment::Property(name) => here.get(name.as_ref()),
                LocationSegment::Index(index) => here.get(index),
            };
            let Some(next) = next else { break };
            here = next;
            path.push(here);
        }
        // The keyword's own value is the last step: its schema is the one before.
        path.pop();
        path
    }

    /// The schema that a reference names, and the resource that it stands in.
    fn resolve<'a>(&'a self, target: &str, resource: &'a Value) -> Option<(&'a Value, &'a Value)> {
        let (uri, pointer) = target.split_once('#').unwrap_or((target, ""));
        let home = match uri {
            "" => resource,
            uri => self.others.iter().find(|other| other["$id"] == uri)?,
        };
        home.pointer(pointer).map(|schema| (schema, home))
    }
}
