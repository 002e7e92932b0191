//! Owns the beginning of a casebook: all its files, and the proof that they make one.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::authored::{ForContributors, author};
use super::read::{MANIFEST, Selection, validate};
use super::schema::effective_schema;
use super::{Files, ReadError};
use crate::authoring::{
    BLANK_PATH, CASE_SCHEMA_PATH, GUIDE_PATH, ISSUE_FORM_PATH, MANIFEST_SCHEMA_PATH, Starter,
};
use crate::diag::Diagnostic;
use crate::form::{Form, find};
use crate::language::Language;
use crate::model::Artifact;
use crate::vocab::Gazetteer;

/// What came of the wish for a casebook.
#[derive(Debug)]
pub enum Begun {
    /// The files of a casebook that nothing is wrong with. Where it has another word for what was said,
    /// that stands beside them.
    Files(Vec<Artifact>, Vec<(String, String)>),
    /// What was said cannot stand: what is wrong, as `validate` says it.
    Refused(Vec<Diagnostic>),
}

/// Makes the files of a new casebook; the manifest comes last.
///
/// # Errors
///
/// If a language is not known, or a file cannot be made.
pub fn begin_casebook(starter: &Starter) -> Result<Begun> {
    let mut starter = starter.clone();
    for language in &mut starter.languages {
        *language = code_of(language)?;
    }
    let mut changed = Vec::new();
    for country in &mut starter.countries {
        if let Some(code) = country_called(country) {
            changed.push((std::mem::replace(country, code.clone()), code));
        }
    }
    let mut files = InMemory::of(&starter);
    let mut faults = validate(&files, &Selection::All)?.diagnostics;
    let understood = changed.len();
    for fault in &faults {
        let (Some(fix), Some(index)) = (&fault.fix, place_of_country(fault)) else { continue };
        let country = starter.countries.get_mut(index);
        if let Some(country) = country.filter(|country| is_no_guess(country)) {
            let said = std::mem::replace(country, fix.replacement.clone());
            changed.push((said, fix.replacement.clone()));
        }
    }
    if changed.len() > understood {
        files = InMemory::of(&starter);
        faults = validate(&files, &Selection::All)?.diagnostics;
    }
    if !faults.is_empty() {
        return Ok(Begun::Refused(faults));
    }
    files.add_what_the_form_makes()?;
    Ok(Begun::Files(files.artifacts(), changed))
}

/// The code of a language that was named by its code or by its name in English.
fn code_of(said: &str) -> Result<String> {
    let said = said.trim();
    if Language::of(said).is_some() {
        return Ok(said.to_owned());
    }
    let names = || Language::ALL.iter().map(|language| language.name());
    let named = |name: &str| {
        Language::ALL.iter().find(|language| language.name().eq_ignore_ascii_case(name))
    };
    if let Some(language) = named(said) {
        return Ok(language.code().to_owned());
    }
    let meant = find(said, names())
        .map_or_else(String::new, |meant| format!("; did you mean {}?", meant.word));
    let all = Language::ALL.iter().map(|known| format!("{} ({})", known.name(), known.code()));
    bail!(
        "the report's fixed words do not exist in `{said}`{meant}\n  the languages are {}",
        all.collect::<Vec<_>>().join(", ")
    )
}

/// The code of the one country that a name stands for, in any of the languages; none for a code.
fn country_called(name: &str) -> Option<String> {
    let gazetteer = Gazetteer::official();
    if gazetteer.find(name).is_ok() || gazetteer.look_alike(name).is_some() {
        return None;
    }
    let countries = |language: &Language| -> Vec<String> {
        let gazetteer = Gazetteer::official().understanding(language.code());
        let found = gazetteer.called(name).into_iter();
        let countries = found.filter(|region| region.country() == *region);
        countries.map(|region| region.code().to_owned()).collect()
    };
    Language::ALL.iter().find_map(|language| match countries(language).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    })
}

/// Whether a text is a code in another writing, or a region's whole name: what is only like a name is for
/// whoever said it to confirm.
fn is_no_guess(text: &str) -> bool {
    let gazetteer = Gazetteer::official();
    gazetteer.look_alike(text).is_some() || !gazetteer.called(text).is_empty()
}

/// Which of the countries a fault is about.
fn place_of_country(fault: &Diagnostic) -> Option<usize> {
    let place = fault.pointer.as_deref()?.strip_prefix("/regions/groups/")?;
    place.rsplit('/').next()?.parse().ok()
}

/// A casebook that is not on disk yet.
struct InMemory {
    files: BTreeMap<String, Vec<u8>>,
}

impl InMemory {
    fn of(starter: &Starter) -> Self {
        let files = starter.files().into_iter();
        Self { files: files.map(|(path, text)| (path, text.into_bytes())).collect() }
    }

    /// Adds the files that are made of the casebook's form.
    fn add_what_the_form_makes(&mut self) -> Result<()> {
        let schema = effective_schema(self)?.text;
        self.put(CASE_SCHEMA_PATH, schema)?;
        self.put(MANIFEST_SCHEMA_PATH, Some(Form::manifest().for_editors(None)))?;
        for (path, wanted) in [
            (BLANK_PATH, ForContributors::Blank),
            (GUIDE_PATH, ForContributors::GuideAsMarkdown),
            (ISSUE_FORM_PATH, ForContributors::IssueForm),
        ] {
            let text = author(self, wanted, Some(path))?.text;
            self.put(path, text)?;
        }
        Ok(())
    }

    fn put(&mut self, path: &str, text: Option<String>) -> Result<()> {
        let Some(text) = text else { bail!("{path} could not be made") };
        self.files.insert(path.to_owned(), text.into_bytes());
        Ok(())
    }

    fn artifacts(self) -> Vec<Artifact> {
        let all = self.files.into_iter().map(|(path, bytes)| Artifact { path, bytes });
        let (manifest, mut files): (Vec<_>, Vec<_>) = all.partition(|file| file.path == MANIFEST);
        files.extend(manifest);
        files
    }
}

impl Files for InMemory {
    fn discover(&self, _: &[String], _: &[String]) -> Result<Vec<String>> {
        Ok(self.files.keys().filter(|path| path.starts_with("cases/")).cloned().collect())
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.get(path).ok_or(ReadError::Missing)?;
        if bytes.len() > limit {
            return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
        }
        Ok(bytes.clone())
    }
}
