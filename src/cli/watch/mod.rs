//! Owns the verb `watch`: at each save it checks, builds and tells, until it is ended.

mod desk;
mod news;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use self::desk::{Desk, Fresh};
use self::news::news;
use super::args::{Global, Watch};
use super::build::{self, source_date_epoch};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{
    self, Awaiting, BuildOptions, Files, KeptPages, Outcome, ReadError, Selection, Status,
};
use crate::disk::{Changes, Disk, MANIFEST, Seen};
use crate::model::{Artifact, Output};
use crate::serve::{News, Server, Shelf};

/// How often it is looked for changes where the system does not tell of them.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long a file with errors may still be on its way to a disk.
const GRACE: Duration = Duration::from_millis(200);

/// How often that is waited for in a row.
const MOST_GRACE: usize = 5;

/// Why the watch wakes up.
pub(super) enum Wake {
    /// Something happened in a folder.
    Changed,
    /// Somebody wants what is only made when it is wanted; the sender is let go of once it is there.
    Wanted(Output, Sender<()>),
}

pub(super) fn run(global: &Global, args: &Watch, terminal: &Terminal) -> Result<Status> {
    let messages = Messages::for_people();
    let disk = open(global, None)?;
    if matches!(disk.read(MANIFEST, 0), Err(ReadError::Missing)) {
        let outcome = app::validate(&disk, &Selection::All)?;
        return terminal.report(&outcome, &messages, &disk.folder());
    }
    let mut outputs: Vec<Output> = args.format.iter().map(|format| format.output()).collect();
    if outputs.is_empty() {
        outputs = Output::all().to_vec();
    }
    let options = BuildOptions {
        filters: args.choice.filters.clone(),
        timestamp: source_date_epoch()?,
        draft: args.draft,
        since: args.since.clone(),
        progress: terminal.line().progress(),
        ..BuildOptions::default()
    };
    let server = Server::bind(args.port).with_context(|| match args.port {
        Some(port) => format!("cannot serve on port {port}; leave --port out for any that is free"),
        None => "cannot serve on any port".to_owned(),
    })?;
    let (wake, woken) = channel();
    let fresh = Arc::new(Fresh::default());
    let desk = Desk::new(wake.clone(), outputs.clone(), Arc::clone(&fresh));
    let shelf = Arc::new(Shelf::new(desk));
    let address = server.address("");
    let mut watch = Watching {
        disk: &disk,
        options,
        messages,
        makes_site: outputs.contains(&Output::Site),
        stays: args.stay,
        shelf: Arc::clone(&shelf),
        address: address.clone(),
        kept: KeptPages::default(),
        fresh,
        changes: None,
        woken,
        was_sound: true,
        terminal,
    };
    if !args.poll {
        watch.listen(wake);
    }
    server.start(&shelf);
    let first = watch.build(None)?;
    terminal.print(&format!("{address}\n"))?;
    terminal.progress("watching; Ctrl-C ends it");
    if args.open {
        build::show(address.as_ref(), terminal);
    }
    watch.go_on(first)
}

/// Who saves a case, and looks for its page.
struct Reader<'w, 'a> {
    seen: &'w Seen<'a>,
    before: &'w Seen<'a>,
    kept: &'w KeptPages,
    shelf: &'w Shelf,
}

impl Awaiting for Reader<'_, '_> {
    fn page(&self) -> Option<String> {
        page_saved(self.kept, self.seen, self.before)
    }

    fn show(&self, page: Artifact) {
        self.shelf.show_ahead(page.path, page.bytes);
    }
}

/// The path of the page of the case that was saved, if it was one case.
fn page_saved(kept: &KeptPages, seen: &Seen<'_>, before: &Seen<'_>) -> Option<String> {
    let changed = seen.changes_since(before);
    let mut pages = changed.iter().filter_map(|path| kept.page_of_case(path));
    match (pages.next(), pages.next()) {
        (Some(page), None) => Some(page),
        _ => None,
    }
}

/// A casebook that is watched.
struct Watching<'a> {
    disk: &'a Disk,
    options: BuildOptions,
    messages: Messages,
    /// Whether the site is made at each save.
    makes_site: bool,
    /// Whether a browser stays where it is, whatever is saved.
    stays: bool,
    shelf: Arc<Shelf>,
    address: String,
    kept: KeptPages,
    /// What was made on demand since the last change.
    fresh: Arc<Fresh>,
    /// Who tells of changes; nobody if they are looked for.
    changes: Option<Changes>,
    woken: Receiver<Wake>,
    /// Whether nothing was wrong the last time.
    was_sound: bool,
    terminal: &'a Terminal,
}

impl<'a> Watching<'a> {
    /// Has the system tell of changes, if it can.
    fn listen(&mut self, wake: Sender<Wake>) {
        match Changes::new(move || drop(wake.send(Wake::Changed))) {
            Ok(changes) => self.changes = Some(changes),
            Err(error) => self.look_instead(&error),
        }
    }

    fn look_instead(&mut self, error: &anyhow::Error) {
        self.changes = None;
        self.terminal.warn(&format!("{error:#}; files are looked at every second instead"));
    }

    /// Waits, builds and waits again.
    fn go_on(mut self, first: Seen<'a>) -> Result<Status> {
        let mut seen = first;
        loop {
            match self.wait() {
                Wake::Wanted(output, done) => {
                    self.make(output);
                    drop(done);
                }
                Wake::Changed => {
                    if let Some(changes) = &self.changes {
                        changes.settle();
                    }
                    // What was put into a new folder before it was listened in has not been heard of.
                    if seen.is_outdated() || (self.follow(&seen) && seen.is_outdated()) {
                        seen = self.build(Some(&seen))?;
                    }
                }
            }
        }
    }

    fn wait(&self) -> Wake {
        let patience = if self.changes.is_some() { Duration::MAX } else { LOOK_EVERY };
        match self.woken.recv_timeout(patience) {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Wake::Changed,
        }
    }

    /// Checks and builds, and tells how it went.
    ///
    /// # Errors
    ///
    /// If the call is wrong, which shows the first time.
    fn build(&mut self, before: Option<&Seen<'a>>) -> Result<Seen<'a>> {
        self.fresh.clear();
        let mut hurried = 0;
        loop {
            let seen = Seen::new(self.disk);
            let outcome = self.outcome(&seen, before);
            let is_sound = outcome.as_ref().is_ok_and(|outcome| outcome.summary().errors == 0);
            if before.is_some() && !is_sound && hurried < MOST_GRACE {
                thread::sleep(GRACE);
                if seen.is_outdated() {
                    hurried += 1;
                    continue;
                }
            }
            if self.follow(&seen) && seen.is_outdated() {
                continue;
            }
            match outcome {
                Ok(outcome) => self.publish(outcome, &seen, before)?,
                Err(error) if before.is_none() => return Err(error),
                Err(error) => {
                    self.was_sound = false;
                    self.terminal.fail(&error);
                    self.shelf.tell(News::failure(&format!("{error:#}")));
                }
            }
            // It takes a while, and by now nobody waits.
            app::forget_unused();
            return Ok(seen);
        }
    }

    fn outcome(&self, seen: &Seen<'a>, before: Option<&Seen<'a>>) -> Result<Outcome> {
        if !self.makes_site {
            return app::validate(seen, &Selection::All);
        }
        let options = BuildOptions { outputs: vec![Output::Site], ..self.options.clone() };
        // Who stays where they are wait for another page.
        let before = before.filter(|_| !self.stays);
        let reader =
            before.map(|before| Reader { seen, before, kept: &self.kept, shelf: &self.shelf });
        let awaiting = reader.as_ref().map(|reader| reader as &dyn Awaiting);
        app::rebuild(seen, &options, &self.kept, awaiting)
    }

    /// Listens where what was read lies. Whether that is anywhere new is the answer.
    fn follow(&mut self, seen: &Seen<'_>) -> bool {
        let Some(changes) = &mut self.changes else { return false };
        match changes.follow(seen.folders()) {
            Ok(has_new) => has_new,
            Err(error) => {
                self.look_instead(&error);
                true
            }
        }
    }

    /// Serves what was built, and tells what is wrong.
    fn publish(
        &mut self,
        mut outcome: Outcome,
        seen: &Seen<'a>,
        before: Option<&Seen<'a>>,
    ) -> Result<()> {
        let made = std::mem::take(&mut outcome.artifacts);
        let status = self.terminal.report(&outcome, &self.messages, &self.disk.folder())?;
        let is_sound = status == Status::Clean || outcome.is_draft;
        self.was_sound = status == Status::Clean;
        let page = before.and_then(|before| page_saved(&self.kept, seen, before));
        let page = page.filter(|_| is_sound);
        if let Some(page) = &page {
            self.terminal.progress(&format!("built {}{page}", self.address));
        }
        let news = news(&outcome, page.filter(|_| !self.stays));
        if is_sound {
            self.shelf.replace(made.into_iter().map(|made| (made.path, made.bytes)), news);
        } else {
            if before.is_some() {
                self.terminal.progress("what is served is the last good build");
            }
            self.shelf.tell(news);
        }
        Ok(())
    }

    /// Makes what somebody wants to see, unless it is there. What cannot be made stays what it was.
    fn make(&mut self, output: Output) {
        if self.fresh.has(output) {
            return;
        }
        self.fresh.add(output);
        let options = BuildOptions { outputs: vec![output], ..self.options.clone() };
        match app::build(self.disk, &options) {
            Ok(mut outcome) => {
                let made = std::mem::take(&mut outcome.artifacts);
                if outcome.status != Status::Clean && self.was_sound {
                    // It is wrong with this output alone, so nobody was told yet.
                    self.terminal.report(&outcome, &self.messages, &self.disk.folder()).ok();
                }
                self.shelf.add(made.into_iter().map(|made| (made.path, made.bytes)));
            }
            Err(error) => self.terminal.fail(&error),
        }
    }
}
