//! Owns the verb `init`.

use anyhow::Result;

use super::args::{Global, Init};
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{Status, copy_templates};

pub(super) fn run(global: &Global, args: &Init, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let copies = copy_templates(&disk, &args.template)?;
    let new = disk.add(&copies.files)?;
    for file in &copies.files {
        terminal.detail(&format!("copied {}", file.path));
    }
    terminal.progress(&match (new, copies.files.len()) {
        (0, _) => format!("nothing is new: the same templates are in {} already", copies.folder),
        (1, _) => format!("copied 1 template into {}", copies.folder),
        (new, _) => format!("copied {new} templates into {}", copies.folder),
    });
    if !copies.in_use {
        terminal.progress(&format!(
            "to use them, write this line into casebook.yaml: `templates: {}`",
            copies.folder
        ));
    }
    Ok(Status::Clean)
}
