//! Owns the verb `migrate`.

use anyhow::Result;

use super::args::{Global, Migrate};
use super::figures::counted;
use super::mend::unified;
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, Selection, Status};

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
    let outcome = app::validate(&disk, &Selection::All)?;
    if outcome.status == Status::Unusable {
        return terminal.report(&outcome, &Messages::for_people(), &disk.folder());
    }
    if migrated.is_empty() {
        terminal.progress("nothing to migrate: every key has the name that the form has for it");
    }
    Ok(Status::Clean)
}
