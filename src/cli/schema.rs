//! Owns the verb `schema`.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::{
    Global, GuideFormat, Report, Schema, SchemaCheck, SchemaDoc, SchemaShow, SchemaVerb,
};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, ForContributors, SoundForm, Status};
use crate::disk;
use crate::form::Form;

pub(super) fn run(global: &Global, args: &Schema, terminal: &Terminal) -> Result<Status> {
    match &args.verb {
        SchemaVerb::Show(args) => show(global, args, terminal),
        SchemaVerb::Check(args) => check(global, args, terminal),
        SchemaVerb::Doc(args) => doc(global, args, terminal),
        SchemaVerb::Template(args) => {
            for_contributors(global, ForContributors::Blank, args.output.as_deref(), terminal)
        }
        SchemaVerb::IssueForm(args) => {
            for_contributors(global, ForContributors::IssueForm, args.output.as_deref(), terminal)
        }
        SchemaVerb::HtmlForm(args) => {
            for_contributors(global, ForContributors::WebForm, args.output.as_deref(), terminal)
        }
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
    hand_over(&text, args.output.as_deref(), terminal)?;
    Ok(Status::Clean)
}

fn doc(global: &Global, args: &SchemaDoc, terminal: &Terminal) -> Result<Status> {
    let by_name = || {
        let ending = args.output.as_deref().and_then(Path::extension).and_then(OsStr::to_str);
        match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
            "html" | "htm" => Ok(GuideFormat::Html),
            "" | "md" | "markdown" | "txt" => Ok(GuideFormat::Md),
            other => bail!(
                "the guide cannot be written as .{other}\n  \
                 name the file .md or .html, or say which of the two it is to be with --format"
            ),
        }
    };
    let wanted = match args.format.map_or_else(by_name, Ok)? {
        GuideFormat::Md => ForContributors::GuideAsMarkdown,
        GuideFormat::Html => ForContributors::GuideAsHtml,
    };
    for_contributors(global, wanted, args.output.as_deref(), terminal)
}

/// Writes what is made of the form for contributors.
fn for_contributors(
    global: &Global,
    wanted: ForContributors,
    output: Option<&Path>,
    terminal: &Terminal,
) -> Result<Status> {
    let disk = open(global, None)?;
    let place = output.and_then(|path| disk.inside(path));
    let written = app::author(&disk, wanted, place.as_deref())?;
    let Some(text) = written.text else {
        let messages = Messages::wanted(&Report::default())?;
        return terminal.report(&written.outcome, &messages, &disk.folder());
    };
    if written.is_at_large {
        terminal.progress("there is no casebook.yaml here: this is the built-in form");
    }
    hand_over(&text, output, terminal)?;
    Ok(Status::Clean)
}

/// Writes a text into the file asked for, or prints it.
fn hand_over(text: &str, output: Option<&Path>, terminal: &Terminal) -> Result<()> {
    match output {
        None => terminal.print(text),
        Some(path) => {
            disk::write_file_with_folder(path, text.as_bytes())
                .with_context(|| format!("cannot write {}", path.display()))?;
            terminal.progress(&format!("wrote {}", path.display()));
            Ok(())
        }
    }
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
