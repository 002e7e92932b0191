//! Owns the verb `build`.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::args::{Build, Global};
use super::figures::counted;
use super::messages::Messages;
use super::progress::Told;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, BuildOptions, Status, VolumeOptions};
use crate::disk::{self, Disk};
use crate::model::Artifact;

/// What can be opened and read, the best first.
const PAGES: &[&str] = &["report.pdf", "report.html", "site/index.html", "volumes.html"];

pub(super) fn run(global: &Global, args: &Build, terminal: &Terminal) -> Result<Status> {
    let messages = match args.list {
        // Standard output is for the list.
        true => Messages::for_people(),
        false => Messages::wanted(&args.report)?,
    };
    let disk = open(global, None)?;
    let options = BuildOptions {
        outputs: args.format.iter().map(|format| format.output()).collect(),
        filters: args.choice.filters.clone(),
        timestamp: source_date_epoch()?,
        draft: args.draft,
        since: args.since.clone(),
        strict: args.report.strict,
        max_warnings: args.report.max_warnings,
        progress: terminal.line().progress(),
    };
    let folder = args.output.clone().unwrap_or_else(|| disk.root().join("build"));
    let mut run = Run { disk: &disk, options, messages, folder, first: None, terminal };
    let status = match &args.volumes {
        Some(facet) => {
            let wanted = VolumeOptions { facet: facet.clone(), only: args.volume.clone() };
            match (args.list, args.index) {
                (true, _) => run.list(&wanted)?,
                (_, true) => run.index(facet)?,
                _ => run.volumes(&wanted)?,
            }
        }
        None => run.report()?,
    };
    if let Some(first) = run.first.filter(|_| args.open) {
        show(&first, terminal);
    }
    Ok(status)
}

/// One run of the verb.
struct Run<'a> {
    disk: &'a Disk,
    options: BuildOptions,
    messages: Messages,
    /// The folder to write into.
    folder: PathBuf,
    /// The first output that was written.
    first: Option<PathBuf>,
    terminal: &'a Terminal,
}

impl Run<'_> {
    /// Builds one report.
    fn report(&mut self) -> Result<Status> {
        let files = Told::new(self.disk, self.options.progress.clone());
        let mut outcome = app::build(&files, &self.options)?;
        let artifacts = std::mem::take(&mut outcome.artifacts);
        let status = self.terminal.report(&outcome, &self.messages, &self.disk.folder())?;
        // A draft is for those who mend what is wrong.
        let is_wanted = status == Status::Clean || outcome.is_draft;
        if !is_wanted || artifacts.is_empty() {
            self.terminal.progress("no report was built; what was built before is as it was");
            return Ok(status);
        }
        let folder = self.folder.clone();
        disk::write(&folder, &artifacts)?;
        self.tell(&folder, &artifacts);
        let what = if outcome.is_draft { "a draft, " } else { "" };
        let places = places(&artifacts);
        self.terminal.progress(&format!("built {what}{places} in {}", folder.display()));
        Ok(status)
    }

    /// Builds a report for each value of a facet.
    fn volumes(&mut self, wanted: &VolumeOptions) -> Result<Status> {
        let (disk, options) = (self.disk, self.options.clone());
        let files = Told::new(disk, options.progress.clone());
        let mut built = 0;
        let bound = app::build_volumes(&files, &options, wanted, &mut |volume, artifacts| {
            let folder = self.folder.join(&volume.folder);
            disk::write(&folder, artifacts)?;
            built += 1;
            self.tell(&folder, artifacts);
            Ok(())
        })?;
        let status = self.terminal.report(&bound.outcome, &self.messages, &disk.folder())?;
        self.write_index(&bound.index)?;
        for folder in &bound.failed {
            self.terminal.warn(&format!("{folder} was not built; what was there is as it was"));
        }
        if bound.volumes.is_none() {
            self.terminal.progress("no volume was built; what was built before is as it was");
            return Ok(status);
        }
        let volumes = counted(built, "volume");
        self.terminal.progress(&format!("built {volumes} in {}", self.folder.display()));
        Ok(status)
    }

    /// Writes the index of the volumes alone.
    fn index(&mut self, facet: &str) -> Result<Status> {
        let files = Told::new(self.disk, self.options.progress.clone());
        let bound = app::index_volumes(&files, &self.options, facet)?;
        let status = self.terminal.report(&bound.outcome, &self.messages, &self.disk.folder())?;
        self.write_index(&bound.index)?;
        let what = if bound.index.is_empty() { "no index was written" } else { "wrote the index" };
        self.terminal.progress(&format!("{what} in {}", self.folder.display()));
        Ok(status)
    }

    /// Writes the index of volumes into the folder that holds theirs.
    fn write_index(&mut self, index: &[Artifact]) -> Result<()> {
        if index.is_empty() {
            return Ok(());
        }
        disk::write(&self.folder, index)?;
        self.tell(&self.folder.clone(), index);
        Ok(())
    }

    /// Prints the volumes that there are.
    fn list(&self, wanted: &VolumeOptions) -> Result<Status> {
        let files = Told::new(self.disk, self.options.progress.clone());
        let bound = app::list_volumes(&files, &self.options, wanted)?;
        let status = self.terminal.report(&bound.outcome, &self.messages, &self.disk.folder())?;
        match bound.volumes {
            Some(volumes) => self.terminal.print_data(volumes.to_json().as_bytes())?,
            None => self.terminal.progress("no volume is listed"),
        }
        Ok(status)
    }

    /// Remembers and tells what was written.
    fn tell(&mut self, folder: &Path, artifacts: &[Artifact]) {
        for artifact in artifacts {
            self.terminal.detail(&format!("wrote {}", folder.join(&artifact.path).display()));
        }
        let first = || artifacts.iter().find(|artifact| PAGES.contains(&artifact.path.as_str()));
        if self.first.is_none() {
            let first = first().map_or(folder.to_owned(), |page| folder.join(&page.path));
            self.first = Some(first);
        }
    }
}

/// Opens a file or a folder with whatever the system has for it. Without any, nothing is lost.
pub(super) fn show(path: &Path, terminal: &Terminal) {
    if let Err(error) = open::that_detached(path) {
        terminal.progress(&format!("cannot open {}: {error}", path.display()));
    }
}

/// What stands at the top of the folder: `report.pdf, report.html, site, data`.
fn places(artifacts: &[Artifact]) -> String {
    let mut places: Vec<&str> = Vec::new();
    for artifact in artifacts {
        let place = artifact.path.split('/').next().unwrap_or(&artifact.path);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(", ")
}

/// The date that the environment asks for, <https://reproducible-builds.org/specs/source-date-epoch/>.
pub(super) fn source_date_epoch() -> Result<Option<i64>> {
    let Some(text) = env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds
        .map(Some)
        .with_context(|| format!("SOURCE_DATE_EPOCH is {text:?}, not a number of seconds"))
}
