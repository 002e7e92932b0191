//! Owns the files that wait beside their place for their name, and clears away those that a killed run
//! left behind.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// What the name of a file begins with that waits for its own.
const WAITING: &str = ".casebook-waiting-";

/// How many letters and digits, chosen at random, follow.
const RANDOM: usize = 6;

/// How often a file is made anew because another run took it for one that was left behind.
const MOST_TRIES: usize = 8;

/// The folders that were cleared by this run: a folder may be large, and many files may go there.
static CLEARED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file with these bytes on the disk, and without a name of its own yet.
///
/// # Errors
///
/// If the folder is not there or cannot be written, or the disk is full. Where the file waits is not said:
/// nobody has asked for a file of that name.
pub(super) fn waiting_file(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let write = || {
        let mut file = locked_file(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|error: io::Error| match error.kind() {
        kind @ io::ErrorKind::NotFound => {
            io::Error::new(kind, format!("there is no folder {}", folder.display()))
        }
        kind => kind.into(),
    })
}

/// An empty file, which those may read who may read other new files.
///
/// It is locked until it has its name. The lock ends with the process, whatever ends it, and so tells a file
/// that waits from one that nobody comes back for.
fn locked_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut cleared = CLEARED.lock().unwrap_or_else(PoisonError::into_inner);
    if cleared.insert(folder.to_owned()) {
        clear(folder);
    }
    drop(cleared);
    let mut builder = tempfile::Builder::new();
    builder.prefix(WAITING).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    for _ in 0..MOST_TRIES {
        // Where files cannot be locked, none is cleared away either.
        file.as_file().lock().ok();
        if fs::symlink_metadata(file.path()).is_ok() {
            break;
        }
        // Another run cleared it away before it was locked.
        file = builder.tempfile_in(folder)?;
    }
    Ok(file)
}

/// Removes the files in a folder that waited in a run that is dead.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        // What is no file, such as a pipe, was not made here, and may not even be opened.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !is_ours(&entry.file_name().to_string_lossy()) {
            continue;
        }
        // Some systems lock only what is opened to be written.
        let file: io::Result<File> = OpenOptions::new().append(true).open(entry.path());
        if let Ok(file) = file
            && file.try_lock().is_ok()
        {
            fs::remove_file(entry.path()).ok();
        }
    }
}

/// Whether a name is one that files get here, from its first letter to its last.
fn is_ours(name: &str) -> bool {
    name.strip_prefix(WAITING).is_some_and(|rest| {
        rest.len() == RANDOM && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_writes_any_more_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let live = waiting_file(folder.path(), b"half").unwrap();
        let dead = [".casebook-waiting-aB3dE6", ".casebook-waiting-000000"];
        let others = [
            ".casebook-waiting-",
            ".casebook-waiting-mine-x",
            ".casebook-waiting-1234567",
            "casebook-waiting-aB3dE6",
            ".tmpaB3dE6",
            "case.yaml",
        ];
        dead.iter().chain(&others).for_each(|name| fs::write(path(name), "text").unwrap());
        fs::create_dir(path(".casebook-waiting-folder")).unwrap();
        clear(folder.path());
        dead.iter().for_each(|name| assert!(!path(name).exists(), "{name}"));
        others.iter().for_each(|name| assert!(path(name).exists(), "{name}"));
        assert!(live.path().exists() && path(".casebook-waiting-folder").is_dir());
        live.persist(path("whole")).unwrap();
        assert_eq!(fs::read(path("whole")).unwrap(), b"half");
    }

    #[test]
    fn why_a_file_could_not_be_made_is_said_without_its_waiting_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = waiting_file(&folder.path().join("nowhere"), b"").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let message = error.to_string();
        assert!(!message.is_empty() && !message.contains("waiting"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("kept"), "text").unwrap();
        let link = folder.path().join(".casebook-waiting-aaaaaa");
        std::os::unix::fs::symlink(other.path().join("kept"), &link).unwrap();
        clear(folder.path());
        assert!(other.path().join("kept").exists() && fs::symlink_metadata(&link).is_ok());
    }
}
