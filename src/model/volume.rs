//! Owns volumes: reports of the cases that have one value of a facet each, and the list of them.

use serde::Serialize;

/// The version of the list of volumes as JSON.
const SCHEMA_VERSION: u32 = 1;

/// A volume: the report of the cases that have one value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Volume {
    /// The value in commands and data.
    pub value: String,
    /// Its name for readers.
    pub title: String,
    /// What chooses its cases, as `FACET=VALUE`.
    #[serde(rename = "where")]
    pub filter: String,
    /// Its folder among the outputs.
    pub folder: String,
    /// How many cases it has.
    pub cases: usize,
}

/// Volumes in the order of their facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Volumes {
    schema_version: u32,
    /// The facet's name.
    pub facet: String,
    /// The volumes.
    pub volumes: Vec<Volume>,
}

impl Volumes {
    /// The volumes of a facet.
    pub fn new(facet: String, volumes: Vec<Volume>) -> Self {
        Self { schema_version: SCHEMA_VERSION, facet, volumes }
    }

    /// The list as JSON, for a matrix of jobs.
    pub fn to_json(&self) -> String {
        // Texts and numbers can always be written.
        serde_json::to_string_pretty(self).map(|json| json + "\n").unwrap_or_default()
    }
}
