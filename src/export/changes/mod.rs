//! Owns what changed between two editions as texts: JSON for programs, Markdown for comments.

mod markdown;

use serde::Serialize;

use crate::model::Changes;

pub use self::markdown::markdown;

/// The number of the JSON's shape.
const SCHEMA_VERSION: u32 = 1;

/// What changed since an edition, as one object.
pub fn json(changes: &Changes, since: &str) -> String {
    #[derive(Serialize)]
    struct Object<'a> {
        schema_version: u32,
        since: &'a str,
        #[serde(flatten)]
        changes: &'a Changes,
    }
    let object = Object { schema_version: SCHEMA_VERSION, since, changes };
    // Serialising these plain types cannot fail.
    let mut json = serde_json::to_string_pretty(&object).unwrap_or_default();
    json.push('\n');
    json
}
