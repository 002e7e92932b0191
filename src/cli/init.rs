//! Owns the verb `init`.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::{Global, Init};
use super::questions::{ask, can_ask, say};
use super::terminal::Terminal;
use super::today::today;
use super::validate::open;
use crate::app::{Begun, Starter, Status, begin_casebook, copy_templates, in_words};
use crate::disk::{MANIFEST, begin};
use crate::model::Artifact;

pub(super) fn run(global: &Global, args: &Init, terminal: &Terminal) -> Result<Status> {
    match &args.template {
        Some(names) => copy(global, names, terminal),
        None => make(global, args, terminal),
    }
}

/// Makes a casebook.
fn make(global: &Global, args: &Init, terminal: &Terminal) -> Result<Status> {
    let folder = match (&args.folder, &global.root) {
        (Some(folder), _) | (None, Some(folder)) => folder.as_path(),
        (None, None) => Path::new("."),
    };
    let mut starter = Starter {
        title: args.title.clone().unwrap_or_default(),
        group: args.group.clone(),
        date: today()?,
        languages: args.language.clone(),
        countries: args.country.clone(),
    };
    if !args.no_input && can_ask() {
        fill_in(&mut starter)?;
    }
    if starter.title.trim().is_empty() {
        bail!("the report has no title yet\n  say it with --title, in quotation marks");
    }
    let files = match begin_casebook(&starter)? {
        Begun::Files(files, changed) => {
            changed.iter().for_each(|pair| terminal.progress(&understood(pair)));
            files
        }
        Begun::Refused(faults) => bail!("{}\n  nothing was written", in_words(&faults)),
    };
    let new = begin(folder, &files)?;
    tell(folder, &files, new, terminal);
    Ok(Status::Clean)
}

fn understood((said, meant): &(String, String)) -> String {
    format!("`{said}` was understood as `{meant}`")
}

fn tell(folder: &Path, files: &[Artifact], new: usize, terminal: &Terminal) {
    for file in files {
        terminal.detail(&format!("made {}", file.path));
    }
    let shown = folder.join(MANIFEST);
    terminal.progress(&match new {
        0 => format!("nothing is new: this casebook is in {} already", folder.display()),
        _ => format!("made a casebook of {} files: {}", files.len(), shown.display()),
    });
    if folder != Path::new(".") {
        terminal.progress(&format!("go there: cd {}", folder.display()));
    }
    terminal.progress("next: casebook build --open, or casebook new \"The name of a case\"");
}

/// Asks for what no flag says. An empty line takes what stands in brackets, or nothing.
fn fill_in(starter: &mut Starter) -> Result<()> {
    while starter.title.trim().is_empty() {
        starter.title = ask("What is the report called?\n")?.unwrap_or_default();
    }
    if starter.group.is_none() {
        starter.group = ask("Whose report is it? The name of the group, if there is one.\n")?;
    }
    if starter.languages.is_empty() {
        let question = "In which language is the report? Others that cases may be written in go behind \
                        it, with commas. [en]\n";
        fill_in_list(starter, question, |starter| &mut starter.languages)?;
    }
    if starter.countries.is_empty() {
        let question = "Which countries is it meant to cover? Names or codes, with commas; an empty line \
                        if that is open.\n";
        fill_in_list(starter, question, |starter| &mut starter.countries)?;
    }
    Ok(())
}

/// Asks for a list until nothing is wrong with it.
fn fill_in_list(
    starter: &mut Starter,
    question: &str,
    list: impl Fn(&mut Starter) -> &mut Vec<String>,
) -> Result<()> {
    while let Some(line) = ask(question)? {
        let parts = line.split(',').map(str::trim).filter(|part| !part.is_empty());
        *list(starter) = parts.map(str::to_owned).collect();
        match begin_casebook(starter) {
            Ok(Begun::Files(..)) => return Ok(()),
            Ok(Begun::Refused(faults)) => say(&in_words(&faults)),
            Err(error) => say(&error.to_string()),
        }
        list(starter).clear();
    }
    Ok(())
}

/// Copies built-in templates into a casebook.
fn copy(global: &Global, names: &[String], terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let copies = copy_templates(&disk, names)?;
    let new = disk.add(&copies.files)?;
    for file in &copies.files {
        terminal.detail(&format!("copied {}", file.path));
    }
    terminal.progress(&match (new, copies.files.len()) {
        (0, _) => format!("nothing is new: the same templates are in {} already", copies.folder),
        (1, _) => format!("copied 1 template into {}", copies.folder),
        (new, _) => format!("copied {new} templates into {}", copies.folder),
    });
    if !copies.in_use {
        terminal.progress(&format!(
            "to use them, write this line into casebook.yaml: `templates: {}`",
            copies.folder
        ));
    }
    Ok(Status::Clean)
}
