//! Owns the file system: finding and reading here, writing in a room of its own.

#![allow(clippy::disallowed_methods, reason = "this is the room that touches the file system")]

mod begin;
mod changes;
mod git;
mod seen;
mod waiting;
mod write;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use crate::app::{BrokenPattern, Files, ReadError, Since};
use crate::model::Artifact;

pub use self::begin::begin;
pub use self::changes::Changes;
pub use self::git::Revision;
pub use self::seen::Seen;
use self::write::add_file;
pub use self::write::{
    append_file, has_stopped_writing, stop_writing, write, write_file, write_file_with_folder,
};

/// The name that marks the root of a casebook.
pub const MANIFEST: &str = "casebook.yaml";

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

    /// The way to the casebook from the root of the repository that it lies in: empty if they are
    /// the same or there is no repository, else with a slash at its end.
    pub fn folder(&self) -> String {
        let inside = fs::canonicalize(&self.root).ok().and_then(|root| {
            let repository = root.ancestors().find(|folder| folder.join(".git").exists())?;
            slashed(root.strip_prefix(repository).ok()?)
        });
        inside.filter(|way| !way.is_empty()).map_or_else(String::new, |way| format!("{way}/"))
    }

    /// The path from the root of a file that was named on the command line, if it lies inside.
    pub fn inside(&self, path: &Path) -> Option<String> {
        let root = fs::canonicalize(&self.root).ok()?;
        // The file itself may be missing, which is for the reader to say.
        let full = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok()?;
        slashed(full.strip_prefix(root).ok()?)
    }

    /// Puts a new text in the place of a file's old one, if that is still what was read.
    ///
    /// # Errors
    ///
    /// If the file was changed in the meantime, lies outside, or cannot be written.
    pub fn replace(&self, path: &str, old: &[u8], new: &[u8]) -> Result<()> {
        let real = fs::canonicalize(self.root.join(path))?;
        if !real.starts_with(fs::canonicalize(&self.root)?) {
            bail!("{path} leads out of the casebook");
        }
        if fs::read(&real)? != old {
            bail!("{path} was changed while it was looked at; it was left as it is");
        }
        let permissions = fs::metadata(&real)?.permissions();
        write_file(&real, new).with_context(|| format!("cannot write {path}"))?;
        fs::set_permissions(&real, permissions)?;
        Ok(())
    }

    /// Puts new files into the casebook; a file that is there already is left if it is the same.
    ///
    /// How many were new is the answer.
    ///
    /// # Errors
    ///
    /// If another file stands in a place, or a place lies outside; then nothing is written. If one
    /// cannot be written.
    pub fn add(&self, files: &[Artifact]) -> Result<usize> {
        let mut new = Vec::new();
        for file in files {
            let path = self.root.join(&file.path);
            self.refuse_outside(&path)?;
            match fs::read(&path) {
                Ok(bytes) if bytes == file.bytes => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => new.push((path, file)),
                Ok(_) | Err(_) => bail!(
                    "{} is there already, and is not the same; nothing was written\n  \
                     move it away first, or leave it out",
                    path.display()
                ),
            }
        }
        for (path, file) in &new {
            add_file(path, &file.bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(new.len())
    }

    /// The folder of an earlier edition; none if what is named is no folder with a casebook.
    ///
    /// # Errors
    ///
    /// If it leads out of the casebook, as the manifest may not.
    fn earlier_folder(&self, since: Since<'_>) -> Result<Option<PathBuf>> {
        let folder = match since {
            Since::Caller(name) => PathBuf::from(name),
            Since::Manifest(name) => self.root.join(name),
        };
        let manifest = folder.join(MANIFEST);
        if !manifest.is_file() {
            return Ok(None);
        }
        if let Since::Manifest(_) = since {
            self.refuse_outside(&manifest)?;
        }
        Ok(Some(folder))
    }

    /// Refuses a place to which a link leads from inside the casebook, and which lies outside.
    fn refuse_outside(&self, path: &Path) -> Result<()> {
        let root = fs::canonicalize(&self.root)?;
        let there = path.ancestors().skip(1).find_map(|folder| fs::canonicalize(folder).ok());
        if !there.is_some_and(|there| there.starts_with(&root)) {
            bail!("{} leads out of the casebook", path.display());
        }
        Ok(())
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
        // The patterns are asked apart from the walk: inside it they would beat .gitignore.
        let patterns = chosen(&self.root, include, exclude)?;
        let mut found = Vec::new();
        let walk = WalkBuilder::new(&self.root)
            .require_git(false)
            .parents(false)
            .follow_links(false)
            .build();
        for entry in walk {
            let entry = entry?;
            // A link to a file is listed, so that one that leads out of the casebook is refused aloud.
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink());
            if is_file
                && !entry.path().is_dir()
                && patterns.matched(entry.path(), false).is_whitelist()
            {
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

    fn earlier(&self, since: Since<'_>) -> Result<Box<dyn Files + '_>> {
        match self.earlier_folder(since)? {
            Some(folder) => Ok(Box::new(Self::new(folder))),
            None => Ok(Box::new(Revision::open(&self.root, since.name())?)),
        }
    }
}

/// The patterns that choose files below a folder.
fn chosen(root: &Path, include: &[String], exclude: &[String]) -> Result<Override> {
    let mut patterns = OverrideBuilder::new(root);
    let broken = |pattern: &String, error: ignore::Error| BrokenPattern {
        pattern: pattern.clone(),
        reason: reason_of(&error),
    };
    for pattern in include {
        patterns.add(pattern).map_err(|error| broken(pattern, error))?;
    }
    for pattern in exclude {
        patterns.add(&format!("!{pattern}")).map_err(|error| broken(pattern, error))?;
    }
    Ok(patterns.build()?)
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

/// What is wrong with a pattern, without the pattern itself.
fn reason_of(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        error => error.to_string(),
    }
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
