//! Owns the file system: finding, reading, and writing so that nothing is ever half there.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use tempfile::TempDir;

use crate::app::{Artifact, Files, ReadError};

/// The name that marks the root of a casebook.
pub const MANIFEST: &str = "casebook.yaml";

/// What the folder is called in which outputs wait for their place.
const STAGING: &str = ".casebook-staging-";

/// A casebook's folder on disk.
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The casebook in a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The casebook that a folder lies in: the nearest parent with a manifest.
    pub fn find(from: &Path) -> Option<Self> {
        let from = fs::canonicalize(from).ok()?;
        from.ancestors().find(|folder| folder.join(MANIFEST).is_file()).map(Self::new)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path from the root of a file that was named on the command line, if it lies inside.
    pub fn inside(&self, path: &Path) -> Option<String> {
        let root = fs::canonicalize(&self.root).ok()?;
        // The file itself may be missing, which is for the reader to say.
        let full = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
        slashed(full.strip_prefix(root).ok()?)
    }

    /// The case files below a folder that was named on the command line.
    pub fn files_below(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in WalkBuilder::new(folder).require_git(false).build() {
            let path = entry?.into_path();
            let is_yaml = path.extension().is_some_and(|ext| ext == "yaml" || ext == "yml");
            if is_yaml && path.is_file() && path.file_name().is_some_and(|name| name != MANIFEST) {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    }
}

impl Files for Disk {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        let mut patterns = OverrideBuilder::new(&self.root);
        for pattern in include {
            patterns.add(pattern).with_context(|| format!("the pattern `{pattern}` is broken"))?;
        }
        for pattern in exclude {
            let pattern = format!("!{pattern}");
            patterns.add(&pattern).with_context(|| format!("the pattern `{pattern}` is broken"))?;
        }
        // The patterns are asked apart from the walk: inside it they would beat .gitignore.
        let patterns = patterns.build()?;
        let mut found = Vec::new();
        let walk =
            WalkBuilder::new(&self.root).require_git(false).parents(false).follow_links(false).build();
        for entry in walk {
            let entry = entry?;
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_file && patterns.matched(entry.path(), false).is_whitelist() {
                let inside = entry.path().strip_prefix(&self.root)?;
                found.extend(slashed(inside));
            }
        }
        found.sort();
        Ok(found)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let full = self.root.join(path);
        // A link may lead anywhere: what counts is where it ends.
        let real = fs::canonicalize(&full).map_err(read_error)?;
        let root = fs::canonicalize(&self.root).map_err(read_error)?;
        if !real.starts_with(&root) {
            return Err(ReadError::Outside);
        }
        read_limited(&real, limit)
    }
}

/// Reads a file from anywhere, as far as a limit goes.
///
/// # Errors
///
/// If it is not there, cannot be read, or is larger than the limit.
pub fn read_limited(path: &Path, limit: usize) -> Result<Vec<u8>, ReadError> {
    let file = File::open(path).map_err(read_error)?;
    let size = file.metadata().map_err(read_error)?.len();
    if size > limit as u64 {
        return Err(ReadError::TooLarge { bytes: size });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // A file may grow between the look and the read, and a device has no size.
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(read_error)?;
    if bytes.len() > limit {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
    }
    Ok(bytes)
}

fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Io(error.to_string()),
    }
}

/// A path with forward slashes; none if a part is not Unicode.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    parts.map(|parts| parts.join("/"))
}

/// Writes artifacts into a folder: all beside their places first, then each into its place.
///
/// What fails before the renaming leaves everything as it was. A build that was killed leaves a
/// staging folder behind, which the next one clears away.
///
/// # Errors
///
/// If the folder cannot be made or written, or the disk is full.
pub fn write(folder: &Path, artifacts: &[Artifact]) -> Result<()> {
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
    let mut places: Vec<&str> = Vec::new();
    for artifact in artifacts {
        let path = staging.path().join("new").join(&artifact.path);
        write_synced(&path, &artifact.bytes)
            .with_context(|| format!("cannot write {}", folder.join(&artifact.path).display()))?;
        let place = artifact.path.split('/').next().unwrap_or(&artifact.path);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    for place in places {
        swap(&staging, folder, place)
            .with_context(|| format!("cannot put {} into place", folder.join(place).display()))?;
    }
    drop(lock);
    staging.close().context("cannot clear away the staging folder")
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
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
fn clear_stale(folder: &Path) {
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
/// # Errors
///
/// If the folder cannot be written or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let Some(parent) = path.parent() else { bail!("{} is not a file", path.display()) };
    let mut file = tempfile::NamedTempFile::new_in(parent)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
