//! Owns writing: all of the new or all of the old, and never over what casebook did not make.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::slashed;
use super::waiting::waiting_file;
use crate::model::Artifact;

/// What the folder is called in which outputs wait for their place.
pub(super) const STAGING: &str = ".casebook-staging-";

/// The list of the files that casebook made in a folder, a path a line.
pub(super) const OUTPUTS: &str = ".casebook-outputs";

/// How many files are written at a time. Each waits until it is on the disk, which takes several about as fast
/// as one.
const WRITERS: usize = 8;

/// Held while anything is being written.
static WRITING: Mutex<()> = Mutex::new(());

/// Whether nothing is to be written any more.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Has everything that is being written be taken back or finished, and nothing be written from then on.
///
/// It returns once nothing is half there, for the program to end.
pub fn stop_writing() {
    STOPPED.store(true, Ordering::SeqCst);
    // Whoever wants to write now waits for ever, since nobody opens again.
    std::mem::forget(WRITING.lock());
}

/// Whether nothing is written any more, since the program is about to end.
pub fn has_stopped_writing() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// Begins to write, if that is still wanted; nobody else does until the answer is let go of.
fn begin() -> Result<MutexGuard<'static, ()>> {
    let writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    refuse_if_stopped()?;
    Ok(writing)
}

fn refuse_if_stopped() -> Result<()> {
    if has_stopped_writing() {
        bail!("interrupted");
    }
    Ok(())
}

/// Writes artifacts into a folder: all beside their places first, then each into its place.
///
/// What fails before the renaming leaves everything as it was. A build that was killed leaves a
/// staging folder behind, which the next one clears away.
///
/// # Errors
///
/// If the folder cannot be made or written, or the disk is full; if a file that casebook did not
/// make stands where an output would go.
pub fn write(folder: &Path, artifacts: &[Artifact]) -> Result<()> {
    let _writing = begin()?;
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    clear_stale(folder);
    let staging = tempfile::Builder::new()
        .prefix(STAGING)
        .tempdir_in(folder)
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    let lock = File::create(staging.path().join(".lock"))
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    // The lock ends with the process, whatever ends it, and so tells a live build from a dead one.
    lock.try_lock().ok();
    let made: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let places: BTreeSet<&str> = made.iter().map(|path| place_of(path)).collect();
    let before = read_list(folder);
    for place in &places {
        refuse_foreign(folder, place, &before)?;
    }
    write_beside(&staging, folder, artifacts)?;
    // Until all is in place, the list names the old files and the new: a build that is killed on
    // the way leaves nothing that the next one would take for somebody else's.
    let kept = before.iter().map(String::as_str);
    write_list(folder, kept.clone().chain(made.iter().copied()))?;
    for place in &places {
        swap(&staging, folder, place)
            .with_context(|| format!("cannot put {} into place", folder.join(place).display()))?;
    }
    let kept = kept.filter(|path| !places.contains(place_of(path)));
    write_list(folder, kept.chain(made.iter().copied()))?;
    drop(lock);
    staging.close().context("cannot clear away the staging folder")
}

/// Writes all artifacts into the staging folder of a folder.
fn write_beside(staging: &TempDir, folder: &Path, artifacts: &[Artifact]) -> Result<()> {
    let write_share = |share: &[Artifact]| -> Result<()> {
        for artifact in share {
            // What is written so far is cleared away with its folder.
            refuse_if_stopped()?;
            let path = staging.path().join("new").join(&artifact.path);
            write_synced(&path, &artifact.bytes).with_context(|| {
                format!("cannot write {}", folder.join(&artifact.path).display())
            })?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let shares = artifacts.chunks(artifacts.len().div_ceil(WRITERS).max(1));
        let writers: Vec<_> = shares.map(|share| scope.spawn(move || write_share(share))).collect();
        let done = writers
            .into_iter()
            .map(|writer| writer.join().unwrap_or_else(|panic| resume_unwind(panic)));
        // All have ended before the first error is told.
        done.collect::<Vec<_>>().into_iter().collect()
    })
}

/// The name at the top of the folder: `site` of `site/index.html`.
fn place_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn read_list(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join(OUTPUTS)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn write_list<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> Result<()> {
    let paths: BTreeSet<&str> = paths.collect();
    let text: String = paths.iter().map(|path| format!("{path}\n")).collect();
    let list = folder.join(OUTPUTS);
    put_file(&list, text.as_bytes()).with_context(|| format!("cannot write {}", list.display()))
}

/// Refuses to replace a file that casebook did not make, or a folder that holds one.
fn refuse_foreign(folder: &Path, place: &str, ours: &BTreeSet<String>) -> Result<()> {
    let mut open = vec![folder.join(place)];
    while let Some(path) = open.pop() {
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if metadata.is_dir() {
            let entries = fs::read_dir(&path)
                .with_context(|| format!("cannot look into {}", path.display()))?;
            open.extend(entries.flatten().map(|entry| entry.path()));
            continue;
        }
        let inside = path.strip_prefix(folder).ok().and_then(slashed);
        if !inside.is_some_and(|inside| ours.contains(&inside)) {
            bail!(
                "{} is in the way: casebook did not make it and will not replace it\n  \
                 move it, or choose another folder with `-o`",
                path.display()
            );
        }
    }
    Ok(())
}

pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    // A full disk may only be noticed here.
    file.sync_all()
}

/// Puts a new file or folder into its place; the old one is kept until the new one is there.
fn swap(staging: &TempDir, folder: &Path, place: &str) -> io::Result<()> {
    let (new, target) = (staging.path().join("new").join(place), folder.join(place));
    if !target.is_dir() {
        return fs::rename(new, target);
    }
    let old = staging.path().join(format!("old-{place}"));
    fs::rename(&target, &old)?;
    if let Err(error) = fs::rename(&new, &target) {
        // Put the old one back: a failed build leaves what was there.
        fs::rename(&old, &target)?;
        return Err(error);
    }
    fs::remove_dir_all(old)
}

/// Removes staging folders whose build is dead; a live one holds its lock.
///
/// A build that died between the two renames of a swap has left the old folder in its staging
/// folder: if its place is empty, it is put back first.
pub(super) fn clear_stale(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(STAGING) {
            continue;
        }
        let lock = File::open(entry.path().join(".lock"));
        if lock.is_ok_and(|lock| lock.try_lock().is_err()) {
            continue;
        }
        for inner in fs::read_dir(entry.path()).into_iter().flatten().flatten() {
            if let Some(place) = inner.file_name().to_string_lossy().strip_prefix("old-") {
                let target = folder.join(place);
                if !target.exists() {
                    fs::rename(inner.path(), target).ok();
                }
            }
        }
        fs::remove_dir_all(entry.path()).ok();
    }
}

/// Writes one file beside its place, then renames it.
///
/// What is no file, such as a pipe or `/dev/stdout`, is written as it stands.
///
/// # Errors
///
/// If the folder cannot be written or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let _writing = begin()?;
    put_file(path, bytes)
}

fn put_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let Some(parent) = path.parent() else { bail!("{} is not a file", path.display()) };
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Ok(fs::write(path, bytes)?);
    }
    waiting_file(parent, bytes)?.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

/// Writes one file as [`write_file`] does, in a folder that is made if it is not there.
///
/// # Errors
///
/// If the folder cannot be made or written, or the disk is full.
pub fn write_file_with_folder(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    write_file(path, bytes)
}

/// Writes one file beside its place, then gives it its name, unless a file has it by then.
pub(super) fn add_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let _writing = begin()?;
    let Some(parent) = path.parent() else { bail!("{} is not a file", path.display()) };
    fs::create_dir_all(parent)?;
    waiting_file(parent, bytes)?.persist_noclobber(path).map_err(|refused| refused.error)?;
    Ok(())
}

/// Writes at the end of a file, which is made if it is not there.
///
/// # Errors
///
/// If the file cannot be written or the disk is full.
pub fn append_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
}
