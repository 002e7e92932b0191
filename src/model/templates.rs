//! Owns the templates that a casebook brings along, in place of casebook's own.

use std::collections::BTreeMap;

use crate::source::SourceId;

/// A casebook's own templates, by their paths from their folder with forward slashes.
#[derive(Debug, Default)]
pub struct OwnTemplates {
    /// The files. A path that a built-in template has too takes its place.
    pub files: BTreeMap<String, TemplateFile>,
}

/// One file of a casebook's own templates.
#[derive(Debug)]
pub enum TemplateFile {
    /// Text that messages point into: Typst code, or the style sheet.
    Text(SourceId),
    /// What templates read as data, such as a picture.
    Data(Vec<u8>),
}
