//! Owns the reading of a casebook as a git repository holds it at some revision, through the program git.
//!
//! Git is asked for objects alone: nothing is checked out, and no hook, filter or pager runs.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use super::chosen;
use crate::app::{Files, NoRevisions, ReadError};

/// The most that is repeated of what git says, in characters.
const LONGEST: usize = 300;

/// What git says where there is no repository, in the language that it is asked to speak.
const NO_REPOSITORY: &str = "not a git repository";

/// A casebook at a revision of the repository that it lies in.
pub struct Revision {
    root: PathBuf,
    /// The files by their paths from the casebook's root.
    files: BTreeMap<String, Blob>,
    objects: Mutex<Objects>,
}

/// A file as git knows it.
struct Blob {
    name: String,
    bytes: u64,
}

/// The program that gives objects, one after the other.
struct Objects {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Revision {
    /// The casebook in a folder, at a revision: a branch, a tag, or any other name of a commit.
    ///
    /// Links are left out: they may lead anywhere.
    ///
    /// # Errors
    ///
    /// With [`NoRevisions`] if there is no repository or no git; else if there is no such revision.
    pub fn open(root: &Path, revision: &str) -> Result<Self> {
        if revision.is_empty() || revision.starts_with('-') || revision.contains(char::is_control) {
            bail!("`{revision}` is no name of a revision");
        }
        let commit = format!("{revision}^{{commit}}");
        let wanted = ["rev-parse", "--verify", "--quiet", "--end-of-options", commit.as_str()];
        let commit = match asked(root, &wanted)? {
            Ok(commit) => line(&commit)?,
            Err(reason) if reason.is_empty() => {
                bail!(
                    "there is no revision `{revision}`, and no folder of this name with a casebook"
                )
            }
            Err(reason) if reason.contains(NO_REPOSITORY) => bail!(NoRevisions::NoRepository),
            Err(reason) => bail!("git cannot find `{revision}`: {reason}"),
        };
        let prefix = answer(root, &["rev-parse", "--show-prefix"])?;
        let tree = format!("{commit}:{}", line(&prefix)?.trim_end_matches('/'));
        let wanted =
            ["ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", tree.as_str()];
        let Ok(list) = asked(root, &wanted)? else {
            bail!("the casebook was not there yet at `{revision}`");
        };
        let files = list.split(|byte| *byte == 0).filter_map(entry).collect();
        Ok(Self { root: root.to_owned(), files, objects: Mutex::new(Objects::start(root)?) })
    }
}

impl Files for Revision {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        let patterns = chosen(&self.root, include, exclude)?;
        let fits = |path: &&String| {
            // As on disk, what is hidden is not looked into.
            !path.split('/').any(|part| part.starts_with('.'))
                && patterns.matched(self.root.join(path), false).is_whitelist()
        };
        Ok(self.files.keys().filter(fits).cloned().collect())
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let blob = self.files.get(path).ok_or(ReadError::Missing)?;
        if blob.bytes > limit as u64 {
            return Err(ReadError::TooLarge { bytes: blob.bytes });
        }
        // Who panicked between question and answer is not asked again: the answers would be others'.
        let stopped = |_| ReadError::Io("git was stopped".to_owned());
        self.objects
            .lock()
            .map_err(stopped)?
            .get(blob)
            .map_err(|error| ReadError::Io(error.to_string()))
    }
}

impl Objects {
    fn start(root: &Path) -> Result<Self> {
        let mut command = git(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().context("cannot run git")?;
        let (ask, answers) = (child.stdin.take(), child.stdout.take());
        let answers = BufReader::new(answers.context("git does not answer")?);
        Ok(Self { child, ask, answers })
    }

    /// The bytes of a file.
    fn get(&mut self, blob: &Blob) -> io::Result<Vec<u8>> {
        let Some(ask) = &mut self.ask else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let got = (|| {
            writeln!(ask, "{}", blob.name)?;
            ask.flush()?;
            let mut head = String::new();
            (&mut self.answers).take(200).read_line(&mut head)?;
            if head.trim_end() != format!("{} blob {}", blob.name, blob.bytes) {
                return Err(io::Error::other("git does not have the file at hand"));
            }
            let mut bytes = Vec::new();
            (&mut self.answers).take(blob.bytes + 1).read_to_end(&mut bytes)?;
            match bytes.pop() {
                Some(b'\n') if bytes.len() as u64 == blob.bytes => Ok(bytes),
                _ => Err(io::ErrorKind::UnexpectedEof.into()),
            }
        })();
        if got.is_err() {
            self.ask = None;
        }
        got
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Without questions it ends by itself.
        self.ask = None;
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The program, in a folder, with nothing that would let a repository decide what runs.
fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").args([
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
    ]);
    command.arg("-C").arg(root).stdin(Stdio::null());
    // A hook that calls casebook has set these for the repository that it is in.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    // Objects that a partial copy lacks are not fetched.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command
}

/// What git answers, or says against the question.
fn asked(root: &Path, question: &[&str]) -> Result<Result<Vec<u8>, String>> {
    let output = match git(root).args(question).output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(NoRevisions::NoGit),
        output => output.context("cannot run git")?,
    };
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Ok(Err(reason.trim().chars().take(LONGEST).collect()))
}

/// What git answers.
fn answer(root: &Path, question: &[&str]) -> Result<Vec<u8>> {
    asked(root, question)?.map_err(|reason| anyhow::anyhow!("git refuses: {reason}"))
}

/// An answer of one line.
fn line(answer: &[u8]) -> Result<String> {
    let text = std::str::from_utf8(answer).context("git names a folder that is not Unicode")?;
    Ok(text.strip_suffix('\n').unwrap_or(text).to_owned())
}

/// An entry of a list, `MODE blob NAME BYTES\tPATH`, if it is a file.
fn entry(entry: &[u8]) -> Option<(String, Blob)> {
    let (what, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
    let mut what = what.split_ascii_whitespace();
    let (mode, kind, name, bytes) = (what.next()?, what.next()?, what.next()?, what.next()?);
    let is_file = kind == "blob" && mode.starts_with("100");
    let blob = Blob { name: name.to_owned(), bytes: bytes.parse().ok()? };
    is_file.then(|| (path.to_owned(), blob))
}
