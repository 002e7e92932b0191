//! Owns what goes to the terminal and to files of messages, and whether it is coloured.

use std::env;
use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use super::args::{Color, Global, Report};
use crate::app::{Outcome, Status};
use crate::diag::render::{Format, Style, render};
use crate::disk;

/// Standard output and error, with what the user wants of them.
pub(super) struct Terminal {
    style: Style,
    quiet: bool,
    verbose: u8,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let width = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let style = Style { color: wants_color(global.color), width };
        Self { style, quiet: global.quiet, verbose: global.verbose }
    }

    /// Tells what went wrong with the run itself, a cause a line.
    pub(super) fn fail(&self, error: &anyhow::Error) {
        let mut text = format!("error: {error}\n");
        for cause in error.chain().skip(1) {
            text.push_str(&format!("  because: {cause}\n"));
        }
        self.tell(&text);
    }

    /// Tells how it goes, unless the user wants quiet.
    pub(super) fn progress(&self, text: &str) {
        if !self.quiet {
            self.tell(&format!("{text}\n"));
        }
    }

    /// Tells details, if the user wants them.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose > 0 {
            self.progress(text);
        }
    }

    fn tell(&self, text: &str) {
        // Nobody is left to be told that nobody listens.
        io::stderr().lock().write_all(text.as_bytes()).ok();
    }

    /// Prints what was asked for.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Shows what a run found in every format asked for, and says how the run ended.
    pub(super) fn report(&self, outcome: &Outcome, report: &Report) -> Result<Status> {
        let summary = outcome.summary();
        let mut spoken = false;
        for wanted in &report.message_format {
            let style = if wanted.path.is_some() { Style::default() } else { self.style };
            let found = &outcome.diagnostics;
            let text = render(wanted.format, found, summary, &outcome.sources, style);
            match (&wanted.path, wanted.format) {
                (Some(path), _) => disk::write_file(path, text.as_bytes())?,
                (None, Format::Human) => {
                    self.tell(&text);
                    spoken = true;
                }
                (None, Format::Short | Format::Json) => self.print(&text)?,
            }
        }
        let too_many = report.max_warnings.is_some_and(|most| summary.warnings > most);
        let fails = too_many || (report.strict && outcome.has_warnings());
        if spoken || !outcome.diagnostics.is_empty() {
            let counted = format!(
                "checked {}: {}, {}",
                counted(summary.files, "file"),
                counted(summary.errors, "error"),
                counted(summary.warnings, "warning"),
            );
            self.progress(&counted);
        }
        Ok(match outcome.status {
            Status::Clean if fails => Status::Faulty,
            status => status,
        })
    }
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Whether an error is only that nobody reads the output any more.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn wants_color(wanted: Color) -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => {
            io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}
