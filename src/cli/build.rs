//! Owns the verb `build`.

use std::env;

use anyhow::{Context, Result};

use super::args::{Build, Global};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, BuildOptions, Status};
use crate::disk;
use crate::model::Artifact;

pub(super) fn run(global: &Global, args: &Build, terminal: &Terminal) -> Result<Status> {
    let messages = Messages::wanted(&args.report)?;
    let disk = open(global, None)?;
    let options = BuildOptions {
        outputs: args.format.iter().map(|format| format.output()).collect(),
        timestamp: source_date_epoch()?,
        strict: args.report.strict,
    };
    let mut outcome = app::build(&disk, &options)?;
    let artifacts = std::mem::take(&mut outcome.artifacts);
    let status = terminal.report(&outcome, &messages, &disk.folder())?;
    if status != Status::Clean {
        terminal.progress("no report was built; what was built before is as it was");
        return Ok(status);
    }
    let folder = args.output.clone().unwrap_or_else(|| disk.root().join("build"));
    disk::write(&folder, &artifacts)?;
    for artifact in &artifacts {
        terminal.detail(&format!("wrote {}", folder.join(&artifact.path).display()));
    }
    terminal.progress(&format!("built {} in {}", places(&artifacts), folder.display()));
    Ok(status)
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
fn source_date_epoch() -> Result<Option<i64>> {
    let Some(text) = env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds
        .map(Some)
        .with_context(|| format!("SOURCE_DATE_EPOCH is {text:?}, not a number of seconds"))
}
