//! Owns the verb `schema`.

use anyhow::Result;

use super::args::{Schema, SchemaVerb};
use super::terminal::Terminal;
use crate::app::Status;
use crate::form::CASE_SCHEMA;

pub(super) fn run(args: &Schema, terminal: &Terminal) -> Result<Status> {
    match args.verb {
        SchemaVerb::Show => terminal.print(CASE_SCHEMA)?,
    }
    Ok(Status::Clean)
}
