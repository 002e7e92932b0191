//! Owns the beginning of a case: a file with what is known so far and a place for each answer to come.

mod answer;
mod name;

use anyhow::{Result, bail};

use self::answer::value_of;
pub(super) use self::name::folder_of;
use self::name::short_name;
use super::authored::{questionnaire, schema_from};
use super::open::Opened;
use super::read::{MANIFEST, Selection, validate};
use super::schema::with_form;
use super::{Files, Outcome, ReadError};
use crate::authoring::{Blank, Given};
use crate::diag::{Code, Diagnostic};
use crate::form::{Answer, Purpose, Question, Questionnaire};
use crate::load::{Limits, Segment, pointer};
use crate::model::Artifact;
use crate::validate::file_stem;

/// What a new case is to be called, as far as somebody says so.
#[derive(Debug, Default)]
pub struct NewCaseName {
    /// Its name for readers.
    pub title: String,
    /// Its short name.
    pub id: Option<String>,
    /// Its file's path from the root.
    pub path: Option<String>,
}

/// A case that is begun.
#[derive(Debug)]
pub struct NewCase {
    questionnaire: Questionnaire,
    given: Given,
    path: String,
    schema: Option<String>,
    /// The patterns that choose the case files.
    include: Vec<String>,
    exclude: Vec<String>,
}

/// Begins a case in a casebook.
///
/// Without a casebook that is sound there is none, and the outcome says what is wrong.
///
/// # Errors
///
/// If the name is no name for a file, or is taken.
pub fn new_case(files: &dyn Files, name: &NewCaseName) -> Result<(Outcome, Option<NewCase>)> {
    let manifest = files.read(MANIFEST, Limits::default().bytes);
    if manifest == Err(ReadError::Missing) {
        bail!(
            "there is no casebook.yaml here or in a folder above\n  \
             go into the folder of a casebook, or make one with `casebook init`"
        );
    }
    let (outcome, begun) =
        with_form(files, manifest, |opened, _| NewCase::begin(files, opened, name))?;
    Ok((outcome, begun.transpose()?))
}

/// What came of an answer.
#[derive(Debug)]
pub enum Judged {
    /// It stands; where the casebook has another word for what was said, here is that.
    Taken(Vec<(String, String)>),
    /// It cannot stand: what is wrong, as `validate` says it.
    Refused(Vec<Diagnostic>),
}

impl NewCase {
    fn begin(files: &dyn Files, opened: &Opened<'_>, name: &NewCaseName) -> Result<Self> {
        let by_file = name.path.as_deref().map(file_stem);
        let id = match name.id.as_deref().or(by_file) {
            Some(id) => id.to_owned(),
            None => short_name(&name.title)?,
        };
        let path = match &name.path {
            Some(path) => path.clone(),
            None => format!("{}{id}.yaml", folder_of(&opened.include)),
        };
        let taken = opened.found.iter().find(|found| file_stem(found) == file_stem(&path));
        if let Some(taken) = taken {
            bail!(
                "there is a case `{}` already: {taken}\n  choose another short name with --id",
                id
            );
        }
        let mut case = Self {
            questionnaire: questionnaire(opened),
            given: Given::new(),
            schema: schema_from(files, &path),
            path,
            include: opened.include.clone(),
            exclude: opened.exclude.clone(),
        };
        case.name(files, Purpose::Id, &id, "--id")?;
        case.name(files, Purpose::Title, name.title.trim(), "TITLE")?;
        Ok(case)
    }

    /// Takes a name in; one that the form does not take is a wrong call.
    fn name(&mut self, files: &dyn Files, purpose: Purpose, name: &str, from: &str) -> Result<()> {
        let Some(question) = self.questionnaire.asks_for(purpose).cloned() else { return Ok(()) };
        match self.answer(files, &question, &[name.to_owned()])? {
            Judged::Taken(_) => Ok(()),
            Judged::Refused(faults) => bail!("{from}: {}", in_words(&faults)),
        }
    }

    /// Where the casebook looks for cases, if the written file is in none of these places.
    ///
    /// # Errors
    ///
    /// If the folder cannot be searched.
    pub fn passed_over(&self, files: &dyn Files) -> Result<Option<String>> {
        let found = files.discover(&self.include, &self.exclude)?;
        Ok((!found.contains(&self.path)).then(|| self.include.join(", ")))
    }

    /// The questions that have no answer yet and can be answered in a line or two: those that must be.
    pub fn open_questions(&self) -> Vec<Question> {
        let is_short = |question: &Question| match &question.answer {
            Answer::List(entry, _) => entry.is_simple(),
            _ => question.is_simple(),
        };
        let questions = self.questionnaire.questions.iter();
        let open = questions.filter(|one| one.is_required && !self.given.contains_key(&one.key));
        open.filter(|question| is_short(question)).cloned().collect()
    }

    /// The question for one of the answers that every case has.
    pub fn asks_for(&self, purpose: Purpose) -> Option<Question> {
        self.questionnaire.asks_for(purpose).cloned()
    }

    /// Takes an answer in, if `validate` has nothing against it.
    ///
    /// # Errors
    ///
    /// If the folder cannot be searched.
    pub fn answer(
        &mut self,
        files: &dyn Files,
        question: &Question,
        texts: &[String],
    ) -> Result<Judged> {
        let mut texts = texts.to_vec();
        let before = self.given.clone();
        self.given.insert(question.key.clone(), value_of(question, &texts));
        let mut faults = self.faults(files, question)?;
        let mut changed = Vec::new();
        for fault in &faults {
            let Some(fix) = &fault.fix else { continue };
            let index = fault.pointer.as_deref().map_or(0, place_in_list);
            if let Some(text) = texts.get_mut(index) {
                changed.push((std::mem::replace(text, fix.replacement.clone()), text.clone()));
            }
        }
        if !changed.is_empty() {
            self.given.insert(question.key.clone(), value_of(question, &texts));
            faults = self.faults(files, question)?;
        }
        if faults.iter().any(|fault| fault.is_error() || fault.code == Code::Placeholder) {
            self.given = before;
            return Ok(Judged::Refused(faults));
        }
        Ok(Judged::Taken(changed))
    }

    /// What `validate` says of one answer.
    fn faults(&self, files: &dyn Files, question: &Question) -> Result<Vec<Diagnostic>> {
        let file = self.file();
        let found = validate(files, &Selection::Text { name: file.path, bytes: file.bytes })?;
        let here = pointer([Segment::Key(&question.key)]);
        let below = format!("{here}/");
        let is_here = |fault: &Diagnostic| {
            let place = fault.pointer.as_deref().unwrap_or_default();
            place == here || place.starts_with(&below)
        };
        Ok(found.diagnostics.into_iter().filter(is_here).collect())
    }

    /// The file as it is so far.
    pub fn file(&self) -> Artifact {
        let blank = Blank {
            questionnaire: &self.questionnaire,
            given: &self.given,
            schema: self.schema.as_deref(),
            path: Some(&self.path),
        };
        Artifact { path: self.path.clone(), bytes: blank.to_yaml().into_bytes() }
    }
}

/// Faults as one text: what is wrong, why, and what to do.
pub fn in_words(faults: &[Diagnostic]) -> String {
    let mut lines = Vec::new();
    for fault in faults {
        lines.push(fault.message.clone());
        let label = fault.primary.iter().map(|label| &label.text).filter(|text| !text.is_empty());
        let more = label.chain(&fault.notes).chain(&fault.help);
        lines.extend(more.map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

/// Which entry of an answer's list a pointer leads to.
fn place_in_list(pointer: &str) -> usize {
    pointer.split('/').nth(2).and_then(|index| index.parse().ok()).unwrap_or(0)
}
