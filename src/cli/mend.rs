//! Owns `validate --fix` and `--diff`: mended files are written, or shown as a diff.

use std::env;

use anyhow::{Result, bail};
use similar::TextDiff;

use super::terminal::Terminal;
use crate::app::{Mended, Selection, mend};
use crate::diag::render::printable;
use crate::disk::Disk;

/// Writes the mended files, or only shows what would change.
pub(super) fn run(
    disk: &Disk,
    selection: &Selection,
    write: bool,
    terminal: &Terminal,
) -> Result<()> {
    if matches!(selection, Selection::Text { .. }) {
        bail!("standard input (`-`) cannot be mended: name the file instead");
    }
    if write && env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false") {
        bail!(
            "--fix does not edit files in CI, where nobody would see it\n  \
             use --diff to show what it would change"
        );
    }
    let mended = mend(disk, selection)?;
    for file in &mended {
        if write {
            disk.replace(&file.path, file.before.as_bytes(), file.after.as_bytes())?;
            terminal.detail(&format!("mended {} in {}", faults(file.fixes), file.path));
        } else {
            terminal.print(&unified(file))?;
        }
    }
    let fixes = mended.iter().map(|file| file.fixes).sum();
    let verb = if write { "mended" } else { "would mend" };
    terminal.progress(&match mended.len() {
        0 => "nothing here is certain enough to be mended without asking".to_owned(),
        files => format!("{verb} {} in {}", faults(fixes), counted(files, "file")),
    });
    Ok(())
}

fn faults(number: usize) -> String {
    counted(number, "fault")
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The change of a file as a unified diff, which `patch` and `git apply` understand.
///
/// What could drive a terminal or a log is shown as in messages; tabs and line ends stay.
pub(super) fn unified(file: &Mended) -> String {
    let diff = TextDiff::from_lines(&file.before, &file.after)
        .unified_diff()
        .context_radius(2)
        .header(&format!("a/{}", file.path), &format!("b/{}", file.path))
        .to_string();
    diff.split_inclusive('\n').map(shown).collect()
}

fn shown(line: &str) -> String {
    let text = line.trim_end_matches(['\r', '\n']);
    let parts: Vec<String> = text.split('\t').map(printable).collect();
    format!("{}{}", parts.join("\t"), &line[text.len()..])
}
