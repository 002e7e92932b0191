//! Owns what is made on demand: who wants it is heard, and waits until it is there.

use std::collections::BTreeSet;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Wake;
use crate::app::DATA_FOLDER;
use crate::model::Output;
use crate::serve::Maker;

/// How long a reader waits for something to be made.
const PATIENCE: Duration = Duration::from_secs(600);

/// Where readers ask for what takes long.
pub(super) struct Desk {
    wake: Sender<Wake>,
    /// What there is to be had.
    outputs: Vec<Output>,
    fresh: Arc<Fresh>,
}

impl Desk {
    pub(super) fn new(wake: Sender<Wake>, outputs: Vec<Output>, fresh: Arc<Fresh>) -> Self {
        Self { wake, outputs, fresh }
    }
}

impl Maker for Desk {
    fn make(&self, path: &str) {
        let Some(output) = output_of(path).filter(|output| self.outputs.contains(output)) else {
            return;
        };
        if self.fresh.has(output) {
            return;
        }
        let (done, made) = channel();
        if self.wake.send(Wake::Wanted(output, done)).is_ok() {
            // It ends when the other side lets go, made or not.
            made.recv_timeout(PATIENCE).ok();
        }
    }
}

/// The output that a file belongs to, if that is made on demand.
fn output_of(path: &str) -> Option<Output> {
    match path {
        "report.pdf" => Some(Output::Pdf),
        "report.html" => Some(Output::Html),
        _ if path.starts_with(DATA_FOLDER) => Some(Output::Data),
        _ => None,
    }
}

/// The outputs that were made since the last change.
#[derive(Default)]
pub(super) struct Fresh(Mutex<BTreeSet<Output>>);

impl Fresh {
    pub(super) fn has(&self, output: Output) -> bool {
        self.outputs().contains(&output)
    }

    pub(super) fn add(&self, output: Output) {
        self.outputs().insert(output);
    }

    pub(super) fn clear(&self) {
        self.outputs().clear();
    }

    fn outputs(&self) -> MutexGuard<'_, BTreeSet<Output>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
