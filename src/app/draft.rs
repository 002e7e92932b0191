//! Owns the draft: what was found wrong, sorted to the cases for editors to see, without what is
//! private.

use std::collections::BTreeMap;

use super::read::MANIFEST;
use crate::diag::Diagnostic;
use crate::diag::render::printable;
use crate::model::{Case, Draft, FaultyFile, Remark};
use crate::source::{Location, SourceId, SourceMap};

/// What to show of a case or of a file: nobody reads more, and a file may have any number of faults.
const MOST: usize = 30;

/// Runs of bytes in files, of which none overlaps another, with what they stand for.
struct Places<T>(BTreeMap<(SourceId, u32), (u32, T)>);

impl<T> Places<T> {
    fn of(places: impl IntoIterator<Item = (Location, T)>) -> Self {
        let entry = |(at, value): (Location, T)| ((at.source, at.span.start), (at.span.end, value));
        Self(places.into_iter().map(entry).collect())
    }

    /// What stands at a place.
    fn at(&self, at: Location) -> Option<&T> {
        let (start, offset) = ((at.source, 0), at.span.start);
        let (_, (end, value)) = self.0.range(start..=(at.source, offset)).next_back()?;
        (offset < *end).then_some(value)
    }
}

/// Sorts what was found to the sound cases and to the files with errors. What lies in a private place
/// is named and not told.
pub(super) fn draft(
    cases: &[Case],
    found: &[Diagnostic],
    private: &[Location],
    sources: &SourceMap,
) -> Draft {
    let record = |case| case_place(case).map(|at| (at, &*case.id));
    let cases = Places::of(cases.iter().filter_map(record));
    let private = Places::of(private.iter().map(|at| (*at, ())));
    let mut draft = Draft::default();
    let mut faulty: BTreeMap<String, Vec<Remark>> = BTreeMap::new();
    for diagnostic in found {
        let at = diagnostic.primary.as_ref().map(|label| label.location);
        let hidden = at.is_some_and(|at| private.at(at).is_some());
        let remark = || Remark {
            code: diagnostic.code.as_str().to_owned(),
            message: (!hidden).then(|| printable(&diagnostic.message)),
            place: at.map(|at| place(at, sources)),
        };
        let remarks = if diagnostic.is_error() {
            let path = at.map(|at| sources.get(at.source).path()).or(diagnostic.path.as_deref());
            faulty.entry(path.unwrap_or(MANIFEST).to_owned()).or_default()
        } else if let Some(id) = at.and_then(|at| cases.at(at)) {
            draft.open.entry((*id).to_owned()).or_default()
        } else {
            continue;
        };
        if remarks.len() < MOST {
            remarks.push(remark());
        }
    }
    let file = |(path, remarks): (String, _)| FaultyFile { path: printable(&path), remarks };
    draft.faulty = faulty.into_iter().map(file).collect();
    draft
}

/// A place as `file:line`: in print nobody counts columns.
fn place(at: Location, sources: &SourceMap) -> String {
    let file = sources.get(at.source);
    format!("{}:{}", printable(file.path()), file.position(at.span.start).line)
}

/// Where the record of a case stands.
fn case_place(case: &Case) -> Option<Location> {
    case.source.map(|source| case.record.of(source))
}
