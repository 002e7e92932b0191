//! Owns the verb `migrate`.

use anyhow::Result;

use super::args::{Global, Migrate};
use super::figures::counted;
use super::mend::unified;
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, Selection, Status};
use crate::diag::{Code, Diagnostic};

pub(super) fn run(global: &Global, args: &Migrate, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let migrated = app::migrate(&disk)?;
    for file in &migrated {
        if args.diff {
            terminal.print(&unified(file))?;
        } else {
            disk.replace(&file.path, file.before.as_bytes(), file.after.as_bytes())?;
            terminal.detail(&format!("migrated {}", file.path));
        }
    }
    let keys = counted(migrated.iter().map(|file| file.fixes).sum(), "key");
    let verb = if args.diff { "would rename" } else { "renamed" };
    if !migrated.is_empty() {
        terminal.progress(&format!("{verb} {keys} in {}", counted(migrated.len(), "file")));
    }
    let mut outcome = app::validate(&disk, &Selection::All)?;
    if outcome.status == Status::Unusable {
        return terminal.report(&outcome, &Messages::for_people(), &disk.folder());
    }
    // What else is wrong with the cases is not asked here.
    outcome.diagnostics.retain(is_left_to_people);
    if !outcome.diagnostics.is_empty() {
        let status = terminal.report(&outcome, &Messages::for_people(), &disk.folder())?;
        terminal.progress("what is named above is left as it is: it is for you to settle by hand");
        return Ok(status);
    }
    if migrated.is_empty() {
        terminal.progress("nothing to migrate: every key has the name that the form has for it");
    }
    Ok(Status::Clean)
}

/// Whether something keeps a key from getting its name, or anybody from seeing whether it has it.
fn is_left_to_people(found: &Diagnostic) -> bool {
    found.code == Code::NamedTwice || found.code.hides_the_rest()
}
