//! Owns mending: certain fixes are applied as long as they leave a file better than it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use super::read::{Selection, validate};
use super::{Files, Outcome, ReadError};
use crate::diag::{Code, Fix, Severity, apply};
use crate::source::SourceId;

/// How often a mended file is looked at again: a key that is mended shows what is wrong below it.
const ROUNDS: usize = 6;

/// Fixes of one file that are tried one by one, where all together do not help as they should.
const TRIED_ALONE: usize = 100;

/// A file with its fixes applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Path from the casebook's root.
    pub path: String,
    /// The text as it is.
    pub before: String,
    /// The text with the fixes.
    pub after: String,
    /// How many fixes were applied.
    pub fixes: usize,
}

/// Applies every certain fix to the selected files, in memory. Each file is then better than it was:
/// it has fewer errors, or as many and fewer warnings or remarks; else it is left as it is.
///
/// # Errors
///
/// As [`validate`].
pub fn mend(files: &dyn Files, selection: &Selection) -> Result<Vec<Mended>> {
    mend_some(files, selection, &|_| true)
}

/// Gives the keys of all cases the names that the form has for them now, in memory, and changes nothing
/// else.
///
/// # Errors
///
/// As [`validate`].
pub fn migrate(files: &dyn Files) -> Result<Vec<Mended>> {
    mend_some(files, &Selection::All, &|code| code == Code::RenamedKey)
}

/// Which fixes are applied.
type Wanted<'w> = &'w dyn Fn(Code) -> bool;

fn mend_some(files: &dyn Files, selection: &Selection, wanted: Wanted<'_>) -> Result<Vec<Mended>> {
    let files = &Snapshot { files, discovered: Mutex::default() };
    let outcome = validate(files, selection)?;
    let found = outcome.diagnostics.iter().filter(|found| wanted(found.code));
    let fixes = found.filter_map(|found| found.fix.as_ref());
    let faulty: BTreeSet<SourceId> = fixes.map(|fix| fix.location.source).collect();
    let mut mended = Vec::new();
    for source in faulty {
        let file = outcome.sources.get(source);
        let (path, text) = (file.path(), file.text());
        if let Some((after, fixes)) = mend_file(files, path, text, wanted)? {
            let (path, before) = (path.to_owned(), text.to_owned());
            mended.push(Mended { path, before, after, fixes });
        }
    }
    Ok(mended)
}

/// The text of a file with the fixes that help, and how many these are; nothing if none does.
fn mend_file(
    files: &dyn Files,
    path: &str,
    text: &str,
    wanted: Wanted<'_>,
) -> Result<Option<(String, usize)>> {
    let first = look(files, path, text, wanted)?;
    let mut here = first.clone();
    let mut total = 0;
    for _ in 0..ROUNDS {
        let (after, applied) = apply_helpful(files, path, &here, wanted)?;
        if applied == 0 {
            break;
        }
        here = look(files, path, &after, wanted)?;
        total += applied;
    }
    Ok((here.found < first.found).then_some((here.text, total)))
}

/// Applies the fixes of a text, but for those without which it would be as well.
///
/// A key that is mended may show more faults below it, which the next round mends: it is judged by
/// what comes of the file in the end.
fn apply_helpful(
    files: &dyn Files,
    path: &str,
    here: &Looked,
    wanted: Wanted<'_>,
) -> Result<(String, usize)> {
    let mut fixes = here.fixes.clone();
    let (mut after, mut applied) = apply(&here.text, fixes.iter().map(|(_, fix)| fix));
    let mut with = look(files, path, &after, wanted)?.found;
    if here.found.all() < with.all() + applied {
        let mut index = 0;
        for _ in 0..fixes.len().min(TRIED_ALONE) {
            let (code, left_out) = fixes.remove(index);
            let others = apply(&here.text, fixes.iter().map(|(_, fix)| fix));
            let without = look(files, path, &others.0, wanted)?.found;
            if code == Code::UnknownKey || with < without {
                fixes.insert(index, (code, left_out));
                index += 1;
            } else {
                with = without;
                (after, applied) = others;
            }
        }
    }
    Ok((after, applied))
}

/// A text of a file, what is wrong with it, and what mends it.
#[derive(Clone)]
struct Looked {
    text: String,
    found: Found,
    fixes: Vec<(Code, Fix)>,
}

/// Looks at a file as if it had another text.
fn look(files: &dyn Files, path: &str, text: &str, wanted: Wanted<'_>) -> Result<Looked> {
    let overlay = Overlay { files, path, text };
    let is_case = path != super::read::MANIFEST;
    let selection = if is_case { Selection::Paths(vec![path.to_owned()]) } else { Selection::All };
    let outcome = validate(&overlay, &selection)?;
    let source = outcome.sources.find(path);
    let found = source.map_or(Found::WORST, |source| Found::of(&outcome, source));
    let fixes = (outcome.diagnostics.into_iter())
        .filter(|found| wanted(found.code))
        .filter_map(|found| Some((found.code, found.fix?)))
        .filter(|(_, fix)| Some(fix.location.source) == source)
        .collect();
    Ok(Looked { text: text.to_owned(), found, fixes })
}

/// How much is wrong with a file; less is better, errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    unreadable: bool,
    errors: usize,
    warnings: usize,
    remarks: usize,
}

impl Found {
    fn all(self) -> usize {
        self.errors + self.warnings + self.remarks
    }

    const WORST: Self = Self { unreadable: true, errors: 0, warnings: 0, remarks: 0 };

    fn of(outcome: &Outcome, source: SourceId) -> Self {
        let here = outcome.diagnostics.iter().filter(|found| {
            found.primary.as_ref().is_some_and(|label| label.location.source == source)
        });
        let mut all = Self { unreadable: false, errors: 0, warnings: 0, remarks: 0 };
        for diagnostic in here {
            all.unreadable |= diagnostic.code.hides_the_rest();
            match diagnostic.severity {
                Severity::Error => all.errors += 1,
                Severity::Warning => all.warnings += 1,
                Severity::Info => all.remarks += 1,
            }
        }
        all
    }
}

/// Files whose folders are searched once: every look at a mended text asks for them again.
struct Snapshot<'a> {
    files: &'a dyn Files,
    discovered: Mutex<BTreeMap<Patterns, Vec<String>>>,
}

/// Patterns of files to take and to leave out.
type Patterns = (Vec<String>, Vec<String>);

impl Files for Snapshot<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        let patterns = (include.to_vec(), exclude.to_vec());
        // A search that panicked left nothing half done here.
        let mut discovered = self.discovered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = discovered.get(&patterns) {
            return Ok(found.clone());
        }
        let found = self.files.discover(include, exclude)?;
        discovered.insert(patterns, found.clone());
        Ok(found)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        self.files.read(path, limit)
    }
}

/// Files of which one has another text.
struct Overlay<'a> {
    files: &'a dyn Files,
    path: &'a str,
    text: &'a str,
}

impl Files for Overlay<'_> {
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>> {
        self.files.discover(include, exclude)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        if path == self.path {
            return Ok(self.text.as_bytes().to_vec());
        }
        self.files.read(path, limit)
    }
}
