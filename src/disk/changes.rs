//! Owns hearing of changes in folders, from the system.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing must happen for a save to be over.
const QUIET: Duration = Duration::from_millis(60);

/// How often it is waited for that, where something happens all the time.
const MOST_WAITS: usize = 16;

/// Hears of what happens in folders, though not in those inside them.
pub struct Changes {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// Whether anything happened since it was last looked.
    restless: Arc<AtomicBool>,
}

impl Changes {
    /// Begins to listen. However much happens, `wake` is called once until it is settled.
    ///
    /// # Errors
    ///
    /// If the system has no means to tell of changes, or has given all of them away.
    pub fn new(wake: impl Fn() + Send + 'static) -> Result<Self> {
        let restless = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&restless);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // What could not be told may have been anything.
            let matters = event.map_or(true, |event| matters(event.kind));
            if matters && !noted.swap(true, Ordering::SeqCst) {
                wake();
            }
        });
        let watcher = watcher.context("the system does not tell of changes in folders")?;
        Ok(Self { watcher, folders: BTreeSet::new(), restless })
    }

    /// Listens in these folders and no others. Whether any of them is new is the answer.
    ///
    /// # Errors
    ///
    /// If the system refuses one, as it does where it has given away all that it has.
    pub fn follow(&mut self, folders: BTreeSet<PathBuf>) -> Result<bool> {
        for gone in self.folders.difference(&folders) {
            // One that was removed is not listened in any more.
            self.watcher.unwatch(gone).ok();
        }
        let mut kept: BTreeSet<PathBuf> = self.folders.intersection(&folders).cloned().collect();
        let mut has_new = false;
        for folder in &folders {
            if kept.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    has_new = true;
                    kept.insert(folder.clone());
                }
                // It was removed since it was found.
                Err(_) if !folder.is_dir() => {}
                Err(error) => {
                    let what = format!("cannot hear of changes in {}", folder.display());
                    return Err(error).context(what);
                }
            }
        }
        self.folders = kept;
        Ok(has_new)
    }

    /// Waits until nothing happens any more: a burst of saves is one, and a file that is being written is
    /// there then.
    pub fn settle(&self) {
        for _ in 0..MOST_WAITS {
            self.restless.store(false, Ordering::SeqCst);
            thread::sleep(QUIET);
            if !self.restless.load(Ordering::SeqCst) {
                return;
            }
        }
        self.restless.store(false, Ordering::SeqCst);
    }

    /// Whether anything happened since the last settling.
    pub fn is_restless(&self) -> bool {
        self.restless.load(Ordering::SeqCst)
    }
}

/// Whether an event may mean that a file is another: being read is none.
fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Other => {
            false
        }
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
    }
}
