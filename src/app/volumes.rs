//! Owns volumes: a report for each value of a facet, one after the other, and the list of them.

use anyhow::{Result, bail};
use serde::Serialize;

use super::edition::{BuildOptions, Edition};
use super::folders::folders;
use super::part::Whole;
use super::{Files, Outcome, ask, diags};
use crate::aggregate::{Corpus, Dimensions, Facet, Filter};
use crate::model::{Artifact, Report};
use crate::typeset;

/// The version of the list of volumes as JSON.
const SCHEMA_VERSION: u32 = 1;

/// Which volumes.
#[derive(Debug, Clone, Default)]
pub struct VolumeOptions {
    /// The facet that has a volume for each of its values.
    pub facet: String,
    /// The values whose volumes are meant, as codes or names; all if there are none.
    pub only: Vec<String>,
}

/// A volume: the report of the cases that have one value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Volume {
    /// The value in commands and data.
    pub value: String,
    /// Its name for readers.
    pub title: String,
    /// What chooses its cases, as `FACET=VALUE`.
    #[serde(rename = "where")]
    pub filter: String,
    /// Its folder among the outputs.
    pub folder: String,
    /// How many cases it has.
    pub cases: usize,
}

/// Volumes in the order of their facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Volumes {
    schema_version: u32,
    /// The facet's name.
    pub facet: String,
    /// The volumes.
    pub volumes: Vec<Volume>,
}

impl Volumes {
    /// The list as JSON, for a matrix of jobs.
    pub fn to_json(&self) -> String {
        // Texts and numbers can always be written.
        serde_json::to_string_pretty(self).map(|json| json + "\n").unwrap_or_default()
    }
}

/// What came of volumes.
#[derive(Debug)]
pub struct BuiltVolumes {
    /// What was read, and what is wrong with it; the outputs themselves are gone.
    pub outcome: Outcome,
    /// The volumes that there are; none if nothing could be built at all.
    pub volumes: Option<Volumes>,
    /// Folders of those that could not be built.
    pub failed: Vec<String>,
}

/// Where the outputs of a volume go, as soon as they are made.
pub type Shelf<'s> = dyn FnMut(&Volume, &[Artifact]) -> Result<()> + 's;

/// Lists the volumes that [`build_volumes`] would build.
///
/// # Errors
///
/// As [`build_volumes`].
pub fn list_volumes(
    files: &dyn Files,
    options: &BuildOptions,
    wanted: &VolumeOptions,
) -> Result<BuiltVolumes> {
    let (edition, report) = Edition::read(files, options)?;
    let mut volumes = None;
    if let Some(mut report) = report {
        let whole = Whole::of(&mut report, &options.filters)?;
        let (mut all, _) = volumes_of(&whole, &report, &wanted.facet)?;
        all.volumes = only(&all, wanted)?;
        volumes = Some(all);
    }
    Ok(BuiltVolumes { outcome: edition.outcome(Vec::new()), volumes, failed: Vec::new() })
}

/// Builds a report for each value of a facet that has cases. Each is made, shelved and let go of before
/// the next is begun, so that no more than one takes memory.
///
/// # Errors
///
/// If the facet or a value is not known or has no case, if a volume cannot be shelved, and as
/// [`super::build()`].
pub fn build_volumes(
    files: &dyn Files,
    options: &BuildOptions,
    wanted: &VolumeOptions,
    shelf: &mut Shelf<'_>,
) -> Result<BuiltVolumes> {
    let (mut edition, report) = Edition::read(files, options)?;
    let (mut volumes, mut failed) = (None, Vec::new());
    if let Some(mut report) = report {
        let whole = Whole::of(&mut report, &options.filters)?;
        let (all, facet) = volumes_of(&whole, &report, &wanted.facet)?;
        for volume in only(&all, wanted)? {
            let dimensions = Dimensions::of(&report.manifest, &report.regions);
            let filter = Filter::of_value(facet, &volume.value, dimensions);
            whole.put_part(&mut report, Some(&filter));
            match edition.make(&report) {
                Some(artifacts) => shelf(&volume, &artifacts)?,
                None => failed.push(volume.folder),
            }
            typeset::forget();
        }
        volumes = Some(all);
    }
    Ok(BuiltVolumes { outcome: edition.outcome(Vec::new()), volumes, failed })
}

/// The volumes of a facet in its order, with the facet.
fn volumes_of(whole: &Whole, report: &Report, name: &str) -> Result<(Volumes, Facet)> {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let facet = ask::facet(name.trim(), dimensions)?;
    let name = facet.name(dimensions).into_owned();
    let cases = whole.kept();
    let corpus = Corpus::new(&cases, dimensions);
    let values = corpus.facet_index(facet).values();
    if values.is_empty() {
        bail!(diags::no_volumes(&name));
    }
    let volumes = values.iter().zip(folders(&name, values)).map(|(value, folder)| {
        let filter = Filter::of_value(facet, value, dimensions);
        let fits = Filter::choose(&[filter], &corpus);
        Volume {
            value: value.clone(),
            title: facet.title(value, dimensions),
            filter: format!("{name}={value}"),
            folder,
            cases: fits.into_iter().filter(|fits| *fits).count(),
        }
    });
    let volumes = volumes.collect();
    Ok((Volumes { schema_version: SCHEMA_VERSION, facet: name, volumes }, facet))
}

/// The volumes that are meant.
fn only(all: &Volumes, wanted: &VolumeOptions) -> Result<Vec<Volume>> {
    if wanted.only.is_empty() {
        return Ok(all.volumes.clone());
    }
    let find = |wanted: &String| {
        let by_value = all.volumes.iter().find(|volume| volume.value == *wanted);
        let found = by_value.or_else(|| all.volumes.iter().find(|volume| volume.title == *wanted));
        match found {
            Some(volume) => Ok(volume.clone()),
            None => {
                let values = all.volumes.iter().map(|volume| volume.value.as_str());
                bail!(ask::no_volume(&all.facet, wanted, &values.collect::<Vec<_>>()))
            }
        }
    };
    wanted.only.iter().map(find).collect()
}
