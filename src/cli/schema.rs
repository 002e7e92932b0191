//! Owns the verb `schema`.

use anyhow::{Context, Result};

use super::args::{Global, Report, Schema, SchemaCheck, SchemaShow, SchemaVerb};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, SoundForm, Status};
use crate::disk;
use crate::form::Form;

pub(super) fn run(global: &Global, args: &Schema, terminal: &Terminal) -> Result<Status> {
    match &args.verb {
        SchemaVerb::Show(args) => show(global, args, terminal),
        SchemaVerb::Check(args) => check(global, args, terminal),
    }
}

fn show(global: &Global, args: &SchemaShow, terminal: &Terminal) -> Result<Status> {
    let text = if args.manifest {
        Form::manifest().for_editors(None)
    } else if args.mapping {
        Form::mapping().for_editors(None)
    } else {
        let disk = open(global, None)?;
        let schema = app::effective_schema(&disk)?;
        let Some(text) = schema.text else {
            let messages = Messages::wanted(&Report::default())?;
            return terminal.report(&schema.outcome, &messages, &disk.folder());
        };
        if schema.is_at_large {
            terminal.progress("there is no casebook.yaml here: this is the built-in form");
        }
        text
    };
    match &args.output {
        None => terminal.print(&text)?,
        Some(path) => {
            disk::write_file(path, text.as_bytes())
                .with_context(|| format!("cannot write {}", path.display()))?;
            terminal.progress(&format!("wrote {}", path.display()));
        }
    }
    Ok(Status::Clean)
}

fn check(global: &Global, args: &SchemaCheck, terminal: &Terminal) -> Result<Status> {
    let messages = Messages::wanted(&args.report)?;
    let disk = open(global, None)?;
    let found = app::check_form(&disk)?;
    let status = terminal.report(&found.outcome, &messages, &disk.folder())?;
    if let (Status::Clean, Some(form)) = (status, &found.sound) {
        terminal.progress(&match form {
            SoundForm::BuiltIn => {
                "the built-in form is in use: there is nothing to check".to_owned()
            }
            SoundForm::Extended { path, fields: 1 } => format!("{path}: sound, 1 field added"),
            SoundForm::Extended { path, fields } => format!("{path}: sound, {fields} fields added"),
            SoundForm::Own { path, fields: 1 } => format!("{path}: sound, 1 field"),
            SoundForm::Own { path, fields } => format!("{path}: sound, {fields} fields"),
        });
    }
    Ok(status)
}
