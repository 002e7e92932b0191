//! Owns remembering what was read of a casebook, to know later what of it is another.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use ignore::WalkBuilder;

use super::write::OUTPUTS;
use super::{Disk, MANIFEST, fs};
use crate::app::{Files, ReadError, Since};

/// A casebook that remembers all that is asked of it.
///
/// What was asked is all that a build can depend on: a file that is not there is remembered as well, and
/// so is which files the patterns chose.
pub struct Seen<'a> {
    disk: &'a Disk,
    record: Mutex<Record>,
}

#[derive(Default)]
struct Record {
    /// What came of reading each file, and the limit that it was read with.
    reads: BTreeMap<String, (usize, Answer)>,
    /// What the patterns chose.
    searches: Vec<Search>,
}

/// A search for files.
struct Search {
    /// The casebook that was searched: this one, or an earlier edition in a folder of it.
    root: PathBuf,
    include: Vec<String>,
    exclude: Vec<String>,
    /// What the patterns chose.
    found: Option<Vec<String>>,
}

impl Search {
    /// Whether it finds something else by now.
    fn is_outdated(&self) -> bool {
        Disk::new(&self.root).discover(&self.include, &self.exclude).ok() != self.found
    }
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// Bytes, of which their digest is kept.
    Bytes(u64),
    Error(ReadError),
}

impl Answer {
    fn of(read: &Result<Vec<u8>, ReadError>) -> Self {
        match read {
            Ok(bytes) => {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                Self::Bytes(hasher.finish())
            }
            Err(error) => Self::Error(error.clone()),
        }
    }
}

impl<'a> Seen<'a> {
    /// A casebook of which nothing was read yet.
    pub fn new(disk: &'a Disk) -> Self {
        Self { disk, record: Mutex::default() }
    }

    /// Whether anything that was read is another now. What is only touched, or is none of the files
    /// that were asked for, is not.
    pub fn is_outdated(&self) -> bool {
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = |(path, (limit, answer)): (&String, &(usize, Answer))| {
            Answer::of(&self.disk.read(path, *limit)) != *answer
        };
        record.searches.iter().any(Search::is_outdated) || record.reads.iter().any(is_other)
    }

    /// The files that are others than in an earlier look, or are only in one of the two.
    pub fn changes_since(&self, earlier: &Self) -> BTreeSet<String> {
        let answers = |seen: &Self| {
            let record = seen.record.lock().unwrap_or_else(PoisonError::into_inner);
            let answers =
                record.reads.iter().map(|(path, (_, found))| (path.clone(), found.clone()));
            answers.collect::<BTreeMap<String, Answer>>()
        };
        let (now, before) = (answers(self), answers(earlier));
        let paths = now.keys().chain(before.keys());
        paths.filter(|path| now.get(*path) != before.get(*path)).cloned().collect()
    }

    /// The folders in which a change may matter: those that the patterns search, and those of all files
    /// that were asked for.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let root = self.disk.root();
        let is_made = |path: &Path| path.join(OUTPUTS).is_file();
        let walk = WalkBuilder::new(root)
            .require_git(false)
            .parents(false)
            .follow_links(false)
            .filter_entry(move |entry| {
                entry.file_type().is_some_and(|kind| kind.is_dir()) && !is_made(entry.path())
            })
            .build();
        let mut folders: BTreeSet<PathBuf> =
            walk.flatten().filter_map(|entry| fs::canonicalize(entry.path()).ok()).collect();
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        for path in record.reads.keys() {
            let path = root.join(path);
            // Where a link leads counts as well as where it lies.
            let real = fs::canonicalize(&path).ok();
            let around = |path: &Path| {
                path.ancestors().skip(1).find_map(|folder| fs::canonicalize(folder).ok())
            };
            folders.extend(around(&path));
            folders.extend(real.as_deref().and_then(around));
        }
        folders
    }
}

impl Seen<'_> {
    /// Searches as it would be searched, and remembers that.
    fn search(&self, disk: &Disk, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        let found = disk.discover(include, exclude);
        let search = Search {
            root: disk.root().to_owned(),
            include: include.to_vec(),
            exclude: exclude.to_vec(),
            found: found.as_ref().ok().cloned(),
        };
        self.record.lock().unwrap_or_else(PoisonError::into_inner).searches.push(search);
        found
    }
}

impl Files for Seen<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        self.search(self.disk, include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let read = self.disk.read(path, limit);
        let answer = (limit, Answer::of(&read));
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.reads.insert(path.to_owned(), answer);
        read
    }

    fn earlier(&self, since: Since<'_>) -> Result<Box<dyn Files + '_>> {
        let folder = self.disk.earlier_folder(since)?;
        let inside = folder.as_deref().and_then(|folder| self.disk.inside(folder));
        match (folder, inside) {
            (Some(folder), Some(inside)) => {
                Ok(Box::new(SeenEarlier { seen: self, disk: Disk::new(folder), inside }))
            }
            // What lies elsewhere nobody edits while they write.
            (Some(_), None) => self.disk.earlier(since),
            // Nor what lies in the history of a repository; but a folder of that name may be made.
            (None, _) => {
                let folder = match since {
                    Since::Manifest(name) => Some(name.to_owned()),
                    Since::Caller(name) => self.disk.inside(Path::new(name)),
                };
                if let Some(folder) = folder {
                    self.read(&format!("{folder}/{MANIFEST}"), 0).ok();
                }
                self.disk.earlier(since)
            }
        }
    }
}

/// An earlier edition in a folder of the casebook, of which all that is asked is remembered as well.
struct SeenEarlier<'a> {
    seen: &'a Seen<'a>,
    disk: Disk,
    /// The folder by its path from the root of the casebook.
    inside: String,
}

impl Files for SeenEarlier<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        self.seen.search(&self.disk, include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        self.seen.read(&format!("{}/{path}", self.inside), limit)
    }
}
