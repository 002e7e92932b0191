//! Owns what goes to the terminal and to files of messages, and whether it is coloured.

use std::env;
use std::io::{self, IsTerminal, Write};

use anyhow::{Context, Result};

use super::args::{Color, Global};
use super::messages::Messages;
use super::page::Page;
use super::progress::ProgressLine;
use crate::app::{Outcome, Status};
use crate::diag::Diagnostic;
use crate::diag::render::{Findings, Format, Style, job_summary, printable, render};
use crate::disk;

/// Standard output and error, with what the user wants of them.
pub(super) struct Terminal {
    style: Style,
    /// Whether what is printed may be styled.
    styles_print: bool,
    quiet: bool,
    verbose: u8,
    line: ProgressLine,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let width = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let style = Style { color: wants_color(global.color, &io::stderr()), width };
        let styles_print = wants_color(global.color, &io::stdout());
        let line = ProgressLine::new(global.quiet);
        Self { style, styles_print, quiet: global.quiet, verbose: global.verbose, line }
    }

    /// Tells what belongs to something printed, if that is not on its way to another program.
    pub(super) fn legend(&self, text: &str) {
        if io::stdout().is_terminal() {
            self.progress(text);
        }
    }

    /// Whether text that is printed for people may be styled.
    pub(super) fn styles_print(&self) -> bool {
        self.styles_print
    }

    /// Tells what went wrong with the run itself, a cause a line.
    pub(super) fn fail(&self, error: &anyhow::Error) {
        let mut text = format!("error: {error}\n");
        for cause in error.chain().skip(1) {
            text.push_str(&format!("  because: {cause}\n"));
        }
        // Names of files stand in here, which must drive neither a terminal nor a GitHub runner.
        let lines = text.lines().map(|line| {
            let margin = if line.trim_start().starts_with("::") { "| " } else { "" };
            format!("{margin}{}\n", printable(line))
        });
        self.tell(&lines.collect::<String>());
    }

    /// Tells what is wrong, however quiet the user wants it.
    pub(super) fn warn(&self, text: &str) {
        self.tell(&format!("{}\n", printable(text)));
    }

    /// What there is to print tables on.
    pub(super) fn page(&self) -> Page {
        Page::of(self.styles_print)
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

    /// Whether the user wants details.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose > 0
    }

    /// The line that shows how far the work is.
    pub(super) fn line(&self) -> &ProgressLine {
        &self.line
    }

    fn tell(&self, text: &str) {
        self.line.clear();
        // Nobody is left to be told that nobody listens.
        io::stderr().lock().write_all(text.as_bytes()).ok();
    }

    /// Prints what was asked for.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        self.line.clear();
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Prints data as they are; on a terminal without what could drive it.
    pub(super) fn print_data(&self, bytes: &[u8]) -> Result<()> {
        self.line.clear();
        let mut out = io::stdout().lock();
        if out.is_terminal() {
            for line in String::from_utf8_lossy(bytes).lines() {
                writeln!(out, "{}", printable(line))?;
            }
        } else {
            out.write_all(bytes)?;
        }
        out.flush()?;
        Ok(())
    }

    /// Shows what a run found in every format asked for, and says how the run ended.
    ///
    /// `folder` is the way to the casebook from the root of its repository.
    pub(super) fn report(
        &self,
        outcome: &Outcome,
        messages: &Messages,
        folder: &str,
    ) -> Result<Status> {
        let findings = Findings {
            diagnostics: &outcome.diagnostics,
            sources: &outcome.sources,
            summary: outcome.summary(),
            checked: outcome.status != Status::Unusable,
            folder,
        };
        let mut spoken = false;
        for wanted in messages.formats() {
            let style = if wanted.path.is_some() { Style::default() } else { self.style };
            let text = render(wanted.format, &findings, style);
            match (&wanted.path, wanted.format) {
                (Some(path), _) => disk::write_file_with_folder(path, text.as_bytes())
                    .with_context(|| format!("cannot write {}", path.display()))?,
                (None, Format::Human) => {
                    self.tell(&text);
                    spoken = true;
                }
                (None, _) => self.print(&text)?,
            }
        }
        self.summarise(&findings, messages);
        if spoken || !outcome.diagnostics.is_empty() {
            let more = more_about(findings.diagnostics).filter(|_| spoken).unwrap_or_default();
            self.progress(&format!("{}{more}", findings.summary));
        }
        Ok(match outcome.status {
            Status::Clean if messages.fail(outcome) => Status::Faulty,
            status => status,
        })
    }

    /// Adds to the summary page of a GitHub job, if there is one; without it nothing is lost.
    fn summarise(&self, findings: &Findings<'_>, messages: &Messages) {
        let Some((page, room)) = messages.summary_page() else { return };
        let text = job_summary(findings, room);
        if let Err(error) = disk::append_file(page, text.as_bytes()) {
            self.progress(&format!("cannot write the summary page {}: {error}", page.display()));
        }
    }
}

/// How to read more of what matters most, of several the first; none if nothing was found.
fn more_about(found: &[Diagnostic]) -> Option<String> {
    let worst = found.iter().min_by_key(|diagnostic| diagnostic.severity)?;
    Some(format!(" (`casebook explain {}` says more)", worst.code))
}

/// Whether an error is only that nobody reads the output any more.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn wants_color(wanted: Color, stream: &impl IsTerminal) -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => {
            stream.is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}
