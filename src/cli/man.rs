//! Owns the verb `man`.

use anyhow::{Context, Result, bail};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::{Args, Man as Wanted};
use super::terminal::Terminal;
use crate::app::Status;
use crate::disk;
use crate::model::Artifact;

pub(super) fn run(args: &Wanted, terminal: &Terminal) -> Result<Status> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.output else {
        let wanted = args.verb.iter().try_fold(&command, |command, verb| {
            command.find_subcommand(verb).with_context(|| format!("there is no verb `{verb}`"))
        })?;
        terminal.print(&String::from_utf8_lossy(&page(wanted)?))?;
        return Ok(Status::Clean);
    };
    if !args.verb.is_empty() {
        bail!("with --output all pages are written: name no verb beside it");
    }
    let mut pages = Vec::new();
    gather(&command, &mut pages)?;
    for file in &pages {
        let path = folder.join(&file.path);
        disk::write_file_with_folder(&path, &file.bytes)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    terminal.progress(&format!("wrote {} pages into {}", pages.len(), folder.display()));
    Ok(Status::Clean)
}

/// The pages of a verb and of those below it.
fn gather(command: &Command, pages: &mut Vec<Artifact>) -> Result<()> {
    let path = format!("{}.1", name(command));
    pages.push(Artifact { path, bytes: page(command)? });
    command.get_subcommands().try_for_each(|verb| gather(verb, pages))
}

/// `casebook-schema-doc` of `schema doc`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// A page; the examples of the help stand under a heading of their own.
fn page(command: &Command) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    Man::new(command.clone().after_help(None::<&str>)).manual("casebook").render(&mut bytes)?;
    let mut section = Roff::new();
    section.control("SH", ["EXAMPLES"]).control("EX", []);
    for line in examples.lines().skip(1) {
        section.text([roman(line.trim())]);
    }
    section.control("EE", []).to_writer(&mut bytes)?;
    Ok(bytes)
}
