//! Owns the line that shows how far the work is: on a terminal, as long as the work lasts.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use crate::app::{Files, Progress, ReadError, Since, Stage};

/// How many files there must be for their reading to be shown.
const MANY: usize = 500;

/// The last line of the terminal; nothing is ever written where nobody looks.
#[derive(Clone)]
pub(super) struct ProgressLine {
    is_shown: bool,
    /// What stands there.
    text: Arc<Mutex<String>>,
}

impl ProgressLine {
    /// A line on standard error, if that is a terminal whose lines can be written anew.
    pub(super) fn new(quiet: bool) -> Self {
        let is_able = env::var_os("TERM").is_none_or(|term| term != "dumb");
        let is_shown = !quiet && is_able && io::stderr().is_terminal();
        Self { is_shown, text: Arc::default() }
    }

    /// Who is to be told what is being done.
    pub(super) fn progress(&self) -> Progress {
        if !self.is_shown {
            return Progress::default();
        }
        let (line, furthest) = (self.clone(), AtomicUsize::new(0));
        // Which volume is being made, in words that stand before what is being done for it.
        let volume = Mutex::new(String::new());
        Progress::new(move |stage| {
            let mut volume = volume.lock().unwrap_or_else(PoisonError::into_inner);
            if let Stage::Volume(number, of) = stage {
                *volume = format!("volume {number} of {of}: ");
            }
            if let Stage::Reading(done, _) | Stage::Site(done, _) = stage {
                // Threads may overtake each other; only a new beginning goes back.
                if done > 1 && done < furthest.load(Ordering::Relaxed) {
                    return;
                }
                furthest.store(done, Ordering::Relaxed);
            }
            line.show(&format!("{volume}{}", words(stage)));
        })
    }

    /// Takes the line away, for something else to be written.
    pub(super) fn clear(&self) {
        self.show("");
    }

    fn show(&self, text: &str) {
        if !self.is_shown {
            return;
        }
        let mut shown = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown == text {
            return;
        }
        // Spaces do what an escape would, on any terminal.
        let rest = " ".repeat(shown.len().saturating_sub(text.len()));
        let end = if text.is_empty() { "\r" } else { "" };
        write!(io::stderr().lock(), "\r{text}{rest}{end}").ok();
        text.clone_into(&mut shown);
    }
}

/// A stage in words, which change a hundred times at most.
fn words(stage: Stage) -> String {
    let share = |done: usize, of: usize| done * 100 / of.max(1);
    match stage {
        Stage::Reading(done, of) => format!("reading {of} files: {} %", share(done, of)),
        Stage::Volume(..) => "counting its cases".to_owned(),
        Stage::LayingOut => "laying out the pages of the PDF".to_owned(),
        Stage::Site(done, of) => format!("making {of} pages of the site: {} %", share(done, of)),
    }
}

/// A casebook whose reading is told.
pub(super) struct Told<'a> {
    files: &'a dyn Files,
    progress: Progress,
    found: AtomicUsize,
    read: AtomicUsize,
}

impl<'a> Told<'a> {
    pub(super) fn new(files: &'a dyn Files, progress: Progress) -> Self {
        Self { files, progress, found: AtomicUsize::new(0), read: AtomicUsize::new(0) }
    }
}

impl Files for Told<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        let found = self.files.discover(include, exclude);
        self.found.store(found.as_ref().map_or(0, Vec::len), Ordering::Relaxed);
        found
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let (found, read) =
            (self.found.load(Ordering::Relaxed), self.read.fetch_add(1, Ordering::Relaxed));
        if found >= MANY {
            self.progress.tell(Stage::Reading(read.min(found), found));
        }
        self.files.read(path, limit)
    }

    fn earlier(&self, since: Since<'_>) -> Result<Box<dyn Files + '_>> {
        self.files.earlier(since)
    }
}
