//! Owns telling how far the work is, to whoever wants to show it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read: so many of so many.
    Reading(usize, usize),
    /// A volume is begun: which of so many. What is told next is about it.
    Volume(usize, usize),
    /// The pages of the PDF are laid out.
    LayingOut,
    /// Pages of the site are made: so many of so many.
    Site(usize, usize),
}

/// Somebody who is told what is being done, from any thread; or nobody.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(Stage) + Send + Sync>>);

impl Progress {
    /// Tells each stage to a function.
    pub fn new(told: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// Tells what is being done.
    pub fn tell(&self, stage: Stage) {
        if let Some(told) = &self.0 {
            told(stage);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Progress").field(&self.0.is_some()).finish()
    }
}

/// How many of several things are done.
pub(super) struct Steps<'a> {
    progress: &'a Progress,
    done: AtomicUsize,
    of: usize,
}

impl<'a> Steps<'a> {
    pub(super) fn new(progress: &'a Progress, of: usize) -> Self {
        Self { progress, done: AtomicUsize::new(0), of }
    }

    /// One more page of the site is made.
    pub(super) fn one_more_page(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.tell(Stage::Site(done, self.of));
    }
}
