//! Owns volumes: a report for each value of a facet, one after the other, and the list of them.

use anyhow::{Result, bail};

use super::edition::{BuildOptions, Edition};
use super::folders::folders;
use super::part::Whole;
use super::{Files, Outcome, ask, diags};
use crate::aggregate::{Corpus, Dimensions, Facet, Filter};
use crate::export::Stage;
use crate::model::{Artifact, Report, Volume, Volumes};
use crate::typeset;

/// The list of the volumes in the folder that holds theirs.
const LIST: &str = "volumes.json";

/// Which volumes.
#[derive(Debug, Clone, Default)]
pub struct VolumeOptions {
    /// The facet that has a volume for each of its values.
    pub facet: String,
    /// The values whose volumes are meant, as codes or names; all if there are none.
    pub only: Vec<String>,
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
    /// The index of the volumes, for the folder that holds theirs: none beside volumes that it does not
    /// fit.
    pub index: Vec<Artifact>,
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
    let outcome = edition.outcome(Vec::new());
    Ok(BuiltVolumes { outcome, volumes, failed: Vec::new(), index: Vec::new() })
}

/// Makes the index of the volumes that [`build_volumes`] would build, for volumes that are built each on
/// a machine of its own. It is the same as that beside volumes that are built together.
///
/// # Errors
///
/// As [`build_volumes`].
pub fn index_volumes(
    files: &dyn Files,
    options: &BuildOptions,
    facet: &str,
) -> Result<BuiltVolumes> {
    let (mut edition, report) = Edition::read(files, options)?;
    let (mut volumes, mut index) = (None, Vec::new());
    if let Some(mut report) = report {
        let whole = Whole::of(&mut report, &options.filters)?;
        let (all, _) = volumes_of(&whole, &report, facet)?;
        index = index_of(&mut edition, &whole, &mut report, &all);
        volumes = Some(all);
    }
    let outcome = edition.outcome(Vec::new());
    Ok(BuiltVolumes { outcome, volumes, failed: Vec::new(), index })
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
    let (mut volumes, mut failed, mut index) = (None, Vec::new(), Vec::new());
    if let Some(mut report) = report {
        let whole = Whole::of(&mut report, &options.filters)?;
        let (all, facet) = volumes_of(&whole, &report, &wanted.facet)?;
        let meant = only(&all, wanted)?;
        let of = meant.len();
        for (volume, number) in meant.into_iter().zip(1..) {
            options.progress.tell(Stage::Volume(number, of));
            let dimensions = Dimensions::of(&report.manifest, &report.regions);
            let filter = Filter::of_value(facet, &volume.value, dimensions);
            whole.put_part(&mut report, Some(&filter));
            match edition.make(&report) {
                Some(artifacts) => shelf(&volume, &artifacts)?,
                None => failed.push(volume.folder),
            }
            typeset::forget();
        }
        // One job of many makes a part of the volumes.
        if failed.is_empty() && wanted.only.is_empty() {
            index = index_of(&mut edition, &whole, &mut report, &all);
        }
        volumes = Some(all);
    }
    Ok(BuiltVolumes { outcome: edition.outcome(Vec::new()), volumes, failed, index })
}

/// The list of the volumes for programs, and a page of it for readers. If the page cannot be made, which
/// is then told, there is neither.
fn index_of(
    edition: &mut Edition<'_>,
    whole: &Whole,
    report: &mut Report,
    volumes: &Volumes,
) -> Vec<Artifact> {
    whole.put_part(report, None);
    // The page tells of volumes, and of what they hold how many cases there are.
    report.cases.clear();
    report.manifest.contents.clear();
    let list = Artifact { path: LIST.to_owned(), bytes: volumes.to_json().into_bytes() };
    match edition.make_index(report, volumes) {
        Some(pages) => std::iter::once(list).chain(pages).collect(),
        None => Vec::new(),
    }
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
    Ok((Volumes::new(name, volumes), facet))
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
