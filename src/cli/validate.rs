//! Owns the verb `validate`.

use std::io::Read;
use std::path::Path;

use anyhow::{Result, bail};

use super::args::{Global, Validate};
use super::mend;
use super::messages::{Messages, refuse_beside};
use super::progress::Told;
use super::terminal::Terminal;
use crate::app::{self, Selection, Status};
use crate::disk::Disk;

/// The most that is read from standard input, in bytes: one more than a case may have.
const MOST: u64 = (4 << 20) + 1;

pub(super) fn run(global: &Global, args: &Validate, terminal: &Terminal) -> Result<Status> {
    let messages = Messages::wanted(&args.report)?;
    if args.diff {
        refuse_beside("the diff", &args.report)?;
    }
    let disk = open(global, args.paths.first().map(std::path::PathBuf::as_path))?;
    let selection = select(&disk, args)?;
    if args.fix || args.diff {
        mend::run(&disk, &selection, args.fix, terminal)?;
    }
    let files = Told::new(&disk, terminal.line().progress());
    let outcome = app::validate_against(&files, &selection, &args.checklist)?;
    terminal.report(&outcome, &messages, &disk.folder())
}

/// The casebook: the one named, else the one around the first file named, else around this folder.
pub(super) fn open(global: &Global, named: Option<&Path>) -> Result<Disk> {
    if let Some(root) = &global.root {
        return Ok(Disk::new(root));
    }
    let here = Path::new(".");
    let around_file = named.filter(|path| path.exists()).and_then(Disk::find);
    let found = around_file.or_else(|| Disk::find(here));
    // Where there is none, reading the manifest says so in words.
    Ok(found.unwrap_or_else(|| Disk::new(here)))
}

fn select(disk: &Disk, args: &Validate) -> Result<Selection> {
    let stdin = Path::new("-");
    if args.paths.iter().any(|path| path == stdin) {
        if args.paths.len() > 1 {
            bail!("standard input (`-`) is checked alone: name no other files beside it");
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(MOST).read_to_end(&mut bytes)?;
        let name = args.stdin_filename.clone().unwrap_or_else(|| "<stdin>".to_owned());
        return Ok(Selection::Text { name, bytes });
    }
    if args.paths.is_empty() {
        return Ok(Selection::All);
    }
    let mut paths = Vec::new();
    for path in &args.paths {
        let files = if path.is_dir() { disk.files_below(path)? } else { vec![path.clone()] };
        if files.is_empty() {
            bail!("there is no case file in {}", path.display());
        }
        for file in files {
            let Some(inside) = disk.inside(&file) else {
                bail!(
                    "{} is not inside the casebook {}\n  to check it all the same: \
                     casebook validate - --stdin-filename NAME.yaml < FILE",
                    file.display(),
                    disk.root().display()
                );
            };
            paths.push(inside);
        }
    }
    paths.sort();
    paths.dedup();
    Ok(Selection::Paths(paths))
}
