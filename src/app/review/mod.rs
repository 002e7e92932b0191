//! Owns reviewing: the editors' decision is written into case files, if these are as good as it says.

mod block;
mod scalar;

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use self::block::{Block, REVIEW};
use super::open::{Opened, open};
use super::read::{MANIFEST, Selection, take_in, validate};
use super::{Files, Outcome, ReadError, Status, diags};
use crate::diag::{Diagnostic, Sink};
use crate::form::nearest;
use crate::load::{Limits, Node, parse};
use crate::model::ReviewState;
use crate::source::{SourceId, SourceMap};
use crate::validate::file_stem;

/// What the editors say of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is taken into the report.
    Accept,
    /// It is not.
    Decline,
    /// It goes back to whoever wrote it.
    Return,
}

impl Verdict {
    /// What has been done, in a word.
    pub fn done(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Decline => "declined",
            Self::Return => "returned",
        }
    }

    fn state(self) -> ReviewState {
        match self {
            Self::Accept => ReviewState::Accepted,
            Self::Decline => ReviewState::Declined,
            Self::Return => ReviewState::Draft,
        }
    }
}

/// A decision of the editors.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What is decided.
    pub verdict: Verdict,
    /// Who decided; whoever stands in the case, if none.
    pub reviewer: Option<String>,
    /// The day.
    pub date: String,
    /// Why, for the notes.
    pub note: Option<String>,
}

/// A case file with a decision in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Its path from the casebook's root.
    pub path: String,
    /// The text as it is.
    pub before: String,
    /// The text with the decision.
    pub after: String,
}

/// What came of a decision.
#[derive(Debug)]
pub struct Review {
    /// What is wrong with the cases as they would be.
    pub outcome: Outcome,
    /// The cases with the decision; none at all if it fits any of them ill.
    pub reviewed: Vec<Reviewed>,
}

/// Writes a decision into cases, in memory: into all of them, or into none.
///
/// A case with errors cannot be accepted. It can be declined and returned, as long as that makes nothing
/// worse.
///
/// # Errors
///
/// If a case is not there, if its form knows no review, if its text cannot be changed for sure, or if the
/// folder cannot be searched.
pub fn review(files: &dyn Files, ids: &[String], decision: &Decision) -> Result<Review> {
    refuse_control_characters(decision)?;
    let Some(found) = case_files(files)? else {
        let outcome = validate(files, &Selection::All)?;
        return Ok(Review { outcome, reviewed: Vec::new() });
    };
    let mut paths = ids.iter().map(|id| path_of(id, &found)).collect::<Result<Vec<_>>>()?;
    paths.sort();
    paths.dedup();
    let before = validate(files, &Selection::Paths(paths.clone()))?;
    let mut reviewed = Vec::new();
    for path in &paths {
        let Some(text) = before.sources.find(path).map(|source| before.sources.get(source).text())
        else {
            return Ok(refused(before));
        };
        match decided(path, text, decision) {
            Ok(after) => {
                reviewed.push(Reviewed { path: path.clone(), before: text.to_owned(), after })
            }
            // What is wrong is among what was found.
            Err(Unwritten::Unreadable) => return Ok(refused(before)),
            Err(Unwritten::Unsure) => bail!(diags::review_unsure(path)),
        }
    }
    let texts = reviewed.iter().map(|file| (file.path.as_str(), file.after.as_str())).collect();
    let outcome = validate(&Rewritten { files, texts }, &Selection::Paths(paths))?;
    let allowed = if decision.verdict == Verdict::Accept { 0 } else { errors(&before) };
    if errors(&outcome) > allowed {
        return Ok(refused(outcome));
    }
    Ok(Review { outcome, reviewed })
}

fn refused(mut outcome: Outcome) -> Review {
    outcome.status = outcome.status.max(Status::Faulty);
    Review { outcome, reviewed: Vec::new() }
}

fn errors(outcome: &Outcome) -> usize {
    outcome.diagnostics.iter().filter(|found| found.is_error()).count()
}

/// Refuses texts that could drive a terminal, and could not stand in a case.
fn refuse_control_characters(decision: &Decision) -> Result<()> {
    let is_bad = |text: &String| text.contains(|c: char| c.is_control() && c != '\n');
    if decision.note.as_ref().is_some_and(is_bad) {
        bail!("the note holds a control character");
    }
    if decision.reviewer.as_ref().is_some_and(|name| is_bad(name) || name.contains('\n')) {
        bail!("the reviewer's name holds a control character");
    }
    Ok(())
}

/// The case files of a casebook; none if its manifest or its form is at fault.
fn case_files(files: &dyn Files) -> Result<Option<Vec<String>>> {
    let limits = Limits::default();
    let (mut sources, mut sink) = (SourceMap::default(), Sink::new());
    let bytes = files.read(MANIFEST, limits.bytes);
    let Some(manifest) = take_in(bytes, MANIFEST, None, &mut sources, &mut sink) else {
        return Ok(None);
    };
    let text = sources.get(manifest).text().to_owned();
    let opened = open(files, manifest, &text, limits, &mut sources, &mut sink)?;
    let Some(Opened { form, found, .. }) = opened else { return Ok(None) };
    if form.roles().is_some() {
        bail!(diags::no_reviews());
    }
    Ok(Some(found))
}

/// The file of a case, by its id or by its path from the root.
fn path_of(id: &str, found: &[String]) -> Result<String> {
    let is_meant = |path: &&String| file_stem(path) == id || *path == id;
    let mut meant = found.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(path), None) => Ok(path.clone()),
        (Some(one), Some(other)) => bail!(diags::several_cases(id, one, other)),
        (None, _) => {
            let nearest = nearest(id, found.iter().map(|path| file_stem(path)));
            bail!(diags::no_such_case(id, nearest))
        }
    }
}

/// Why a decision is not written.
enum Unwritten {
    /// The text is no case that can be read.
    Unreadable,
    /// The text is written in a way that may not be changed without looking.
    Unsure,
}

/// The text of a case with a decision in it, and with all else as it was.
fn decided(path: &str, text: &str, decision: &Decision) -> Result<String, Unwritten> {
    let reviewer = decision.reviewer.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let note = decision.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    // The next decision takes the place of this one, so the notes say whose they are.
    let by = reviewer.map(|name| format!(", {name}")).unwrap_or_default();
    let note =
        note.map(|note| format!("{} {}{by}: {note}", decision.date, decision.verdict.done()));
    let block = Block {
        state: decision.verdict.state().as_str(),
        reviewer,
        date: &decision.date,
        note: note.as_deref(),
    };
    let mut sources = SourceMap::default();
    let source = sources.add(path, text);
    let root = tree(source, text).ok_or(Unwritten::Unreadable)?;
    if root.entries().is_empty() {
        return Err(Unwritten::Unreadable);
    }
    let after = block::write(text, &root, block).ok_or(Unwritten::Unsure)?;
    let is_right = tree(source, &after).is_some_and(|new| says(&new, &root, block));
    if is_right { Ok(after) } else { Err(Unwritten::Unsure) }
}

fn tree(source: SourceId, text: &str) -> Option<Node<'_>> {
    let mut sink = Sink::new();
    let root = parse(source, text, Limits::default(), &mut sink)?;
    (!sink.iter().any(Diagnostic::is_error)).then_some(root)
}

/// Whether a case says what it shall, and all else as it did.
fn says(new: &Node<'_>, old: &Node<'_>, block: Block<'_>) -> bool {
    let key = |key: &str| new.get(REVIEW).and_then(|review| review.get(key)?.as_str());
    let old_review = old.get(REVIEW);
    let kept = |name: &str| old_review.and_then(|review| review.get(name)?.as_str());
    let old_note = kept("notes").map_or("", str::trim_end);
    let notes = match block.note {
        Some(note) if old_note.is_empty() => note.to_owned(),
        Some(note) => format!("{old_note}\n{}", lines(note)),
        None => old_note.to_owned(),
    };
    fn others<'n>(root: &'n Node<'_>) -> BTreeMap<&'n str, &'n Node<'n>> {
        let others = root.entries().iter().filter(|entry| entry.key != REVIEW);
        others.map(|entry| (&*entry.key, &entry.value)).collect()
    }
    let (before, after) = (others(old), others(new));
    let mut same =
        before.iter().map(|(key, was)| after.get(key).is_some_and(|is| is.says_the_same_as(was)));
    key("state") == Some(block.state)
        && key("date") == Some(block.date)
        && key("reviewer") == block.reviewer.or(kept("reviewer"))
        && lines(key("notes").map_or("", str::trim_end)) == lines(&notes)
        && before.len() == after.len()
        && same.all(|same| same)
}

/// A text without blanks at the ends of its lines.
fn lines(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Files of which some have another text.
struct Rewritten<'a> {
    files: &'a dyn Files,
    texts: BTreeMap<&'a str, &'a str>,
}

impl Files for Rewritten<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        self.files.discover(include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.files.read(path, limit),
        }
    }
}
