//! What several tests need: the program, temporary casebooks, a casebook in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use casebook::app::{Files, Outcome, ReadError, Status};
use casebook::diag::render::{Findings, Format, Style, render};

/// The repository's root, which is itself a casebook.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run of the program did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: Option<i32>,
}

/// The program, in a folder, with nothing of the environment: neither a developer's terminal nor a
/// CI job's variables may decide what a test sees.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.current_dir(folder).env_clear().env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code(),
    }
}

/// Runs the program in a folder.
pub(crate) fn casebook(folder: &Path, args: &[&str]) -> Run {
    finish(command(folder).args(args))
}

/// A casebook in a temporary folder.
pub(crate) struct Casebook {
    folder: tempfile::TempDir,
}

/// A manifest with the one theme of its cases.
pub(crate) const MANIFEST: &str = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\n\
    themes: {telestroke: {title: Telestroke}}\n";

/// A short case without a fault.
pub(crate) fn case(id: &str) -> String {
    format!(
        "id: {id}\ntitle: The case {id}\nsummary: A short text.\nregions: [SE221]\n\
         themes: [telestroke]\nstatus: pilot\noutcome: mixed\n"
    )
}

impl Casebook {
    /// A casebook with a manifest and the cases given by name and text.
    pub(crate) fn new(cases: &[(&str, &str)]) -> Self {
        let casebook = Self { folder: tempfile::tempdir().unwrap() };
        casebook.write("casebook.yaml", MANIFEST);
        for (name, text) in cases {
            casebook.write(&format!("cases/{name}.yaml"), text);
        }
        casebook
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        casebook(self.path(), args)
    }
}

/// All files below a folder by their paths from it.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inside = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(inside, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Moments at which a run is killed, spread over the time that a whole one takes.
const MOMENTS: u32 = 24;

/// Begins a run again and again, which takes so long as a whole, and kills it on the way; each time
/// somebody looks what is left.
pub(crate) fn killed_on_the_way(
    folder: &Path,
    args: &[&str],
    look: &mut dyn FnMut(u32),
    whole: Duration,
) {
    for moment in 0..MOMENTS {
        let mut call = command(folder);
        let call = call.args(args).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = call.spawn().unwrap();
        std::thread::sleep(whole * moment / (MOMENTS - 1));
        // Which it may have forestalled by its end.
        child.kill().ok();
        child.wait().unwrap();
        look(moment);
    }
}

/// What the name of a file or folder begins with that waits for its place.
const WAITING: [&str; 2] = [".casebook-staging-", ".casebook-waiting-"];

/// Whether a path leads to something that waits for its place.
pub(crate) fn waits(path: &Path) -> bool {
    let begins = |part: &str| WAITING.iter().any(|start| part.starts_with(start));
    path.iter().any(|part| begins(part.to_str().unwrap()))
}

/// The files of a folder without those that wait for their place.
pub(crate) fn in_place(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|path, _| !waits(path));
    files
}

/// Compares two folders; a failure names the files, not their bytes.
#[track_caller]
pub(crate) fn same(one: &BTreeMap<PathBuf, Vec<u8>>, two: &BTreeMap<PathBuf, Vec<u8>>) {
    let all: BTreeSet<&PathBuf> = one.keys().chain(two.keys()).collect();
    let differing: Vec<&PathBuf> =
        all.into_iter().filter(|path| one.get(*path) != two.get(*path)).collect();
    assert!(differing.is_empty(), "these differ: {differing:?}");
}

/// A casebook in memory.
pub(crate) struct MemoryFiles(pub(crate) BTreeMap<String, Vec<u8>>);

impl Files for MemoryFiles {
    fn discover(&self, _: &[String], _: &[String]) -> anyhow::Result<Vec<String>> {
        Ok(self.0.keys().filter(|path| path.starts_with("cases/")).cloned().collect())
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let bytes = self.0.get(path).cloned().ok_or(ReadError::Missing)?;
        if bytes.len() > limit {
            return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
        }
        Ok(bytes)
    }
}

/// The repository's own casebook, in memory.
pub(crate) fn sample() -> MemoryFiles {
    let mut files = BTreeMap::new();
    let read = |path: &str| fs::read(repository().join(path)).unwrap();
    files.insert("casebook.yaml".to_owned(), read("casebook.yaml"));
    for folder in ["cases", "chapters"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = format!("{folder}/{name}");
            files.insert(path.clone(), read(&path));
        }
    }
    MemoryFiles(files)
}

/// What a run found, shown in a format, for a casebook at the root of its repository.
pub(crate) fn shown(format: Format, outcome: &Outcome) -> String {
    let findings = Findings {
        diagnostics: &outcome.diagnostics,
        sources: &outcome.sources,
        summary: outcome.summary(),
        checked: outcome.status != Status::Unusable,
        folder: "",
    };
    render(format, &findings, Style::default())
}

/// A generator of numbers that are the same in every run (Knuth's MMIX constants).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// Checks that nothing in a text drives a terminal, or is a command to GitHub's runner.
#[track_caller]
pub(crate) fn assert_inert(text: &str) {
    let drives = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(drives), "{text:?}");
    assert_no_command(text);
}

/// Checks that nothing in a text is a command to GitHub's runner.
#[track_caller]
pub(crate) fn assert_no_command(text: &str) {
    for line in text.split(['\n', '\r']) {
        // With three colons it is the place of another file, and no name of a command.
        let named = line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':'));
        assert!(!named && !line.contains("##["), "{line:?}");
    }
}

/// Compares a text with a file of the tests; `UPDATE=1` writes the file, to be read before it is
/// committed.
#[track_caller]
pub(crate) fn golden(name: &str, found: &str) {
    golden_at(&format!("tests/golden/{name}"), found);
}

/// The same of a file anywhere in the repository.
#[track_caller]
pub(crate) fn golden_at(name: &str, found: &str) {
    let path = repository().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let lines = found.lines().zip(expected.lines()).enumerate();
    let differing = lines.into_iter().find(|(_, (found, expected))| found != expected);
    assert!(
        found == expected,
        "{name} differs (UPDATE=1 writes it anew), first at {differing:?}, lengths {} and {}",
        found.len(),
        expected.len()
    );
}
