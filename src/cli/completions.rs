//! Owns the verb `completions`.

use anyhow::Result;
use clap::CommandFactory;

use super::args::{Args, Completions};
use super::terminal::Terminal;
use crate::app::Status;

pub(super) fn run(args: &Completions, terminal: &Terminal) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "casebook", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}
