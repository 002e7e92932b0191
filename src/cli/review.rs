//! Owns the verb `review`.

use anyhow::Result;

use super::args::{Global, Review};
use super::messages::Messages;
use super::terminal::Terminal;
use super::today::today;
use super::validate::open;
use crate::app::{self, Decision, Status};
use crate::diag::render::printable;

pub(super) fn run(global: &Global, args: &Review, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let verdict = args.decision.verdict();
    let decision = Decision {
        verdict,
        reviewer: args.reviewer.clone(),
        date: today()?,
        note: args.note.clone(),
    };
    let review = app::review(&disk, &args.ids, &decision)?;
    if review.reviewed.is_empty() {
        let status = terminal.report(&review.outcome, &Messages::for_people(), &disk.folder())?;
        terminal.progress(&format!("nothing was {}; all files are as they were", verdict.done()));
        return Ok(status);
    }
    for file in &review.reviewed {
        if file.before != file.after {
            disk.replace(&file.path, file.before.as_bytes(), file.after.as_bytes())?;
        }
        terminal.progress(&format!("{} {}", verdict.done(), printable(&file.path)));
    }
    Ok(Status::Clean)
}
