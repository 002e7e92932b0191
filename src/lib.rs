//! casebook compiles a working group's case studies into one report.
//!
//! The pipeline, value in and value out:
//!
//! 1. [`load`]: YAML text becomes a tree in which every key and value knows its bytes.
//! 2. [`validate`]: the tree is held against its [`form`] and against casebook's own rules.
//! 3. [`lower`]: what passed becomes the typed data of [`model`].
//! 4. [`aggregate`]: cases become figures.
//! 5. [`typeset`]: figures, cases and chapters become documents, by Typst.
//! 6. [`export`]: documents become bytes.
//!
//! The other way round, [`import`] makes records of the answers of surveys, and [`mod@compose`] makes YAML of
//! them.
//!
//! [`app`] runs the stages, [`disk`] reads and writes, [`cli`] talks to people. Whatever is wrong
//! with the input is a [`diag::Diagnostic`]; ARCHITECTURE.md says which room may use which.

pub mod aggregate;
pub mod app;
pub mod authoring;
pub mod bibliography;
pub mod cartography;
pub mod cli;
pub mod compose;
pub mod diag;
pub mod disk;
pub mod export;
pub mod form;
pub mod import;
pub mod language;
pub mod load;
pub mod lower;
pub mod markdown;
pub mod model;
pub mod serve;
pub mod source;
pub mod typeset;
pub mod validate;
pub mod vocab;
