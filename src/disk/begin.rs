//! Owns the writing of a whole new casebook: into a folder that is new, or between files that stay.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::waiting::waiting_file;
use super::write::{STAGING, clear_stale, write_synced};
use crate::model::Artifact;

/// Writes the files of a new casebook into a folder; how many were new is the answer.
///
/// A folder that is not there yet appears with all of them at once. In one that is, each file appears
/// whole, in the order given; one that is there already and is the same is left. So a run that was
/// killed is finished by the next.
///
/// # Errors
///
/// If any other file stands in a place; then nothing is written, and all such files are named. If
/// one cannot be written.
pub fn begin(folder: &Path, files: &[Artifact]) -> Result<usize> {
    if fs::symlink_metadata(folder).is_err() {
        begin_anew(folder, files)?;
        return Ok(files.len());
    }
    if !folder.is_dir() {
        bail!("{} is a file, not a folder\n  choose another name for the folder", folder.display());
    }
    let mut new = Vec::new();
    let mut taken = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        match fs::read(&path) {
            Ok(bytes) if bytes == file.bytes => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => new.push((path, file)),
            Ok(_) | Err(_) => taken.push(format!("  {}", file.path)),
        }
    }
    if !taken.is_empty() {
        bail!(
            "in {} there are files already that a new casebook needs for itself; nothing was written\n{}\n  \
             move them away first, or choose another folder",
            folder.display(),
            taken.join("\n")
        );
    }
    let staging = Staging::in_folder(folder)?;
    let problem = |path: &Path| format!("cannot write {}", path.display());
    let mut staged = Vec::new();
    for (path, file) in new {
        let waiting = waiting_file(staging.path(), &file.bytes);
        staged.push((waiting.with_context(|| problem(&path))?, path));
    }
    let count = staged.len();
    for (waiting, path) in staged {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| problem(&path))?;
        }
        waiting.persist_noclobber(&path).with_context(|| problem(&path))?;
    }
    staging.clear_away()?;
    Ok(count)
}

/// Writes all files beside the folder's place, then gives the folder its name.
fn begin_anew(folder: &Path, files: &[Artifact]) -> Result<()> {
    let beside = match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => bail!("{} is not a folder", folder.display()),
    };
    fs::create_dir_all(beside)
        .with_context(|| format!("cannot make the folder {}", beside.display()))?;
    let staging = Staging::in_folder(beside)?;
    let new = staging.path().join("new");
    for file in files {
        write_synced(&new.join(&file.path), &file.bytes)
            .with_context(|| format!("cannot write {}", folder.join(&file.path).display()))?;
    }
    fs::rename(&new, folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    staging.clear_away()
}

/// A folder in which files wait for their place. One that a killed run left behind is cleared by the
/// next.
struct Staging {
    folder: TempDir,
    lock: File,
}

impl Staging {
    fn in_folder(folder: &Path) -> Result<Self> {
        let problem = || format!("cannot write into {}", folder.display());
        clear_stale(folder);
        let staging =
            tempfile::Builder::new().prefix(STAGING).tempdir_in(folder).with_context(problem)?;
        let lock = File::create(staging.path().join(".lock")).with_context(problem)?;
        // The lock ends with the process, whatever ends it, and so tells a live run from a dead one.
        lock.try_lock().ok();
        Ok(Self { folder: staging, lock })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn clear_away(self) -> Result<()> {
        drop(self.lock);
        self.folder.close().context("cannot clear away the staging folder")
    }
}
