//! Owns questions on a terminal: a line is asked, a line is answered.
//!
//! Nothing is drawn and no mode of the terminal is set, so that a screen reader reads it as it comes
//! and a run that is killed leaves the terminal as it was.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use anyhow::{Result, bail};

use crate::diag::render::printable;

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 1 << 16;

/// Whether somebody is there to be asked: the terminal is theirs in both directions.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Shows a text for people, a line of its own.
pub(super) fn say(text: &str) {
    let shown: Vec<String> = text.lines().map(printable).collect();
    // Nobody is left to be told that nobody listens.
    writeln!(io::stderr().lock(), "{}", shown.join("\n")).ok();
}

/// Asks for a line; an empty one is no answer.
///
/// # Errors
///
/// If the input ends, which is how somebody breaks off.
pub(super) fn ask(prompt: &str) -> Result<Option<String>> {
    let mut out = io::stderr().lock();
    write!(out, "{prompt}> ")?;
    out.flush()?;
    let mut line = Vec::new();
    io::stdin().lock().take(LONGEST).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        writeln!(out).ok();
        bail!("broken off: nothing was written");
    }
    let line = String::from_utf8_lossy(&line);
    // Arrow keys and the like send control characters, which nobody means.
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    let line = line.trim();
    Ok((!line.is_empty()).then(|| line.to_owned()))
}
