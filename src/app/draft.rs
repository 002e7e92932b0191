//! Owns the draft: what was found wrong, sorted to the cases for editors to see, without what is
//! private.

use std::collections::BTreeMap;

use super::read::MANIFEST;
use crate::diag::Diagnostic;
use crate::diag::render::printable;
use crate::model::{Case, Draft, FaultyFile, Remark, Remarks};
use crate::source::{Location, SourceId, SourceMap};

/// How many remarks are shown of a case or of a file, which may have any number of faults.
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
    let mut faulty: BTreeMap<String, Remarks> = BTreeMap::new();
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
        if remarks.shown.len() < MOST {
            remarks.shown.push(remark());
        } else {
            remarks.more += 1;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Severity};
    use crate::source::Span;

    #[test]
    fn remarks_belong_to_cases_and_stop_before_nobody_reads_them() {
        let mut sources = SourceMap::default();
        let source = sources.add("cases/all.yaml", "one\ntwo\nthree\n");
        let case = |id: &str, start, end| Case {
            id: id.to_owned(),
            source: Some(source),
            record: Span::new(start, end),
            ..Case::default()
        };
        let cases = [case("one", 0, 4), case("two", 4, 8)];
        let at = |severity, start| {
            let found = Diagnostic::new(Code::RawHtml, "what the case says");
            let place = Span::new(start, start + 1).of(source);
            Diagnostic { severity, ..found.at(place, "") }
        };
        let mut found = vec![at(Severity::Warning, 5); MOST + 5];
        found.extend([at(Severity::Info, 2), at(Severity::Error, 9), at(Severity::Warning, 10)]);
        let private = [Span::new(2, 4).of(source), Span::new(8, 14).of(source)];
        let draft = draft(&cases, &found, &private, &sources);

        let (one, two) = (&draft.open["one"], &draft.open["two"]);
        assert_eq!((two.shown.len(), two.more), (MOST, 5));
        assert_eq!(two.shown[0].message.as_deref(), Some("what the case says"));
        assert_eq!(two.shown[0].place.as_deref(), Some("cases/all.yaml:2"));
        // What lies in a private place is not told, be it in a case or in a file that is left out.
        assert_eq!((one.shown.len(), one.shown[0].message.as_deref()), (1, None));
        let [faulty] = draft.faulty.as_slice() else { panic!("{draft:?}") };
        assert_eq!((faulty.path.as_str(), faulty.remarks.shown.len()), ("cases/all.yaml", 1));
        assert_eq!(faulty.remarks.shown[0].message, None);
    }
}
