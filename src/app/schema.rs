//! Owns the form for its own sake: the schema that a casebook's cases are written by, and its check.

use anyhow::Result;

use super::form::FormInUse;
use super::open::{Opened, has_errors, open, severities};
use super::read::{MANIFEST, take_in};
use super::{Files, Outcome, ReadError};
use crate::diag::Sink;
use crate::form::{Form, Vocabulary, Word};
use crate::load::Limits;
use crate::model::Manifest;
use crate::source::SourceMap;
use crate::validate::file_stem;

/// The schema that a casebook's cases are written by.
#[derive(Debug)]
pub struct EffectiveSchema {
    /// What is wrong with the manifest or the form.
    pub outcome: Outcome,
    /// The schema as a JSON file, if nothing is.
    pub text: Option<String>,
    /// Whether there is no casebook, so that this is the built-in form alone.
    pub is_at_large: bool,
}

/// Makes the schema that a casebook's cases are written by, for editors and other validators.
///
/// Where there is no manifest it is the built-in form.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn effective_schema(files: &dyn Files) -> Result<EffectiveSchema> {
    let manifest = files.read(MANIFEST, Limits::default().bytes);
    if manifest == Err(ReadError::Missing) {
        let outcome = Outcome::new(SourceMap::default(), Sink::new(), 0, false);
        let text = Some(Form::case().for_editors(None));
        return Ok(EffectiveSchema { outcome, text, is_at_large: true });
    }
    let (outcome, text) = with_form(files, manifest, |opened, _| {
        opened.form.for_editors(Some(&vocabulary(&opened.manifest, &opened.form, &opened.found)))
    })?;
    Ok(EffectiveSchema { outcome, text, is_at_large: false })
}

/// What a check of a form alone found.
#[derive(Debug)]
pub struct FormCheck {
    /// What is wrong with the manifest or the form, and what is worth knowing about the latter.
    pub outcome: Outcome,
    /// Which form it is, if nothing is wrong.
    pub sound: Option<SoundForm>,
}

/// A form that nothing is wrong with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundForm {
    /// The built-in one.
    BuiltIn,
    /// The built-in one with a group's additions.
    Extended {
        /// The extension's path.
        path: String,
        /// How many fields it adds.
        fields: usize,
    },
    /// A group's own.
    Own {
        /// Its path.
        path: String,
        /// How many fields it has.
        fields: usize,
    },
}

/// Checks the form that a manifest names, and no case.
///
/// # Errors
///
/// If the folder cannot be searched.
pub fn check_form(files: &dyn Files) -> Result<FormCheck> {
    let manifest = files.read(MANIFEST, Limits::default().bytes);
    let (outcome, sound) = with_form(files, manifest, |opened, sink| {
        opened.form.survey(sink);
        severities(&opened.manifest).apply(sink);
        let settings = &opened.manifest.form;
        let fields = opened.form.own_fields();
        match (&settings.extend, &settings.schema) {
            (Some(path), _) => SoundForm::Extended { path: path.clone(), fields },
            (None, Some(path)) => SoundForm::Own { path: path.clone(), fields },
            (None, None) => SoundForm::BuiltIn,
        }
    })?;
    Ok(FormCheck { outcome, sound })
}

/// Opens a casebook by its manifest's bytes, and does something with its form if that is sound.
pub(super) fn with_form<T>(
    files: &dyn Files,
    manifest: Result<Vec<u8>, ReadError>,
    act: impl FnOnce(&Opened<'_>, &mut Sink) -> T,
) -> Result<(Outcome, Option<T>)> {
    let limits = Limits::default();
    let mut sources = SourceMap::default();
    let mut sink = Sink::new();
    let Some(source) = take_in(manifest, MANIFEST, None, &mut sources, &mut sink) else {
        return Ok((Outcome::new(sources, sink, 0, true), None));
    };
    let text = sources.get(source).text().to_owned();
    let opened = open(files, source, &text, limits, &mut sources, &mut sink)?;
    let Some(opened) = opened else {
        return Ok((Outcome::new(sources, sink, 0, true), None));
    };
    // What the manifest may lack for a report is no matter here.
    sink.clear();
    let result = act(&opened, &mut sink);
    let (files_read, unusable) = (sources.files().count(), has_errors(&sink));
    Ok((Outcome::new(sources, sink, files_read, unusable), Some(result)))
}

/// What the files of a casebook add to what the form says.
pub(super) fn vocabulary(manifest: &Manifest, form: &FormInUse, found: &[String]) -> Vocabulary {
    let themes = manifest.themes.iter().map(|(key, theme)| Word {
        key: key.to_owned(),
        title: theme.title.clone(),
        description: theme.description.clone(),
    });
    let regions = manifest.regions.codes.iter().map(|(code, region)| Word {
        key: code.to_owned(),
        title: region.name.clone(),
        description: None,
    });
    // The records of another form have names of their own.
    let named_by_files = form.roles().is_none();
    let cases = found.iter().filter(|_| named_by_files).map(|path| file_stem(path).to_owned());
    Vocabulary { themes: themes.collect(), regions: regions.collect(), cases: cases.collect() }
}
