//! Owns the command line: arguments, environment, terminal, and the exit status.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the environment")]

mod args;
mod build;
mod completions;
mod diff;
mod explain;
mod export;
mod figures;
mod import;
mod init;
mod interrupt;
mod list;
mod man;
mod mend;
mod messages;
mod migrate;
mod new;
mod page;
mod progress;
mod questions;
mod review;
mod schema;
mod stats;
mod table;
mod terminal;
mod today;
mod validate;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Verb};
use self::terminal::Terminal;
use crate::app::Status;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for; anything else is a wrong call.
            error.print().ok();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(&args.global);
    if let Err(error) = args.global.set_up() {
        terminal.fail(&error);
        return ExitCode::from(2);
    }
    let meaning = match &args.verb {
        Verb::Watch(_) => interrupt::Meaning::Ends,
        _ => interrupt::Meaning::BreaksOff,
    };
    if let Err(error) = interrupt::heed(meaning) {
        // Then a signal ends the program at once, and the next build clears away what was left.
        terminal.detail(&format!("signals cannot be heeded: {error}"));
    }
    let result = match &args.verb {
        Verb::Validate(verb) => validate::run(&args.global, verb, &terminal),
        Verb::Stats(verb) => stats::run(&args.global, verb, &terminal),
        Verb::List(verb) => list::run(&args.global, verb, &terminal),
        Verb::Build(verb) => build::run(&args.global, verb, &terminal),
        Verb::Watch(verb) => watch::run(&args.global, verb, &terminal),
        Verb::Diff(verb) => diff::run(&args.global, verb, &terminal),
        Verb::Export(verb) => export::run(&args.global, verb, &terminal),
        Verb::Import(verb) => import::run(&args.global, verb, &terminal),
        Verb::Migrate(verb) => migrate::run(&args.global, verb, &terminal),
        Verb::Review(verb) => review::run(&args.global, verb, &terminal),
        Verb::Schema(verb) => schema::run(&args.global, verb, &terminal),
        Verb::New(verb) => new::run(&args.global, verb, &terminal),
        Verb::Init(verb) => init::run(&args.global, verb, &terminal),
        Verb::Completions(verb) => completions::run(verb, &terminal),
        Verb::Man(verb) => man::run(verb, &terminal),
        Verb::Explain(verb) => explain::run(verb, &terminal),
    };
    interrupt::give_way();
    match result {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Faulty) => ExitCode::from(1),
        Ok(Status::Unusable) => ExitCode::from(2),
        Err(error) if terminal::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.fail(&error);
            ExitCode::from(2)
        }
    }
}
