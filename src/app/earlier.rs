//! Owns the earlier edition that a report is held against to tell its readers what is new.

use std::collections::{BTreeMap, BTreeSet};

use super::accepted::keep_accepted;
use super::diff::{Side, compare_cases, read_edition};
use super::edition::{BuildOptions, outputs};
use super::open::severities;
use super::read::Sound;
use super::{Files, Since, diags};
use crate::diag::{Diagnostic, Sink};
use crate::form::Form;
use crate::load::{Limits, parse};
use crate::model::{
    ChangedFields, Changes, ContentItem, Earlier, EditionStatus, FieldChange, FieldName, Output,
    RenamedCase, Report, Section,
};
use crate::source::{Location, SourceId, SourceMap};

/// How many fields of a case are named; the built-in form has fewer.
const MOST_FIELDS: usize = 40;

/// An earlier edition that was compared with the casebook as it is.
pub(super) struct Compared {
    before: Report,
    /// Ids of cases on either side that have errors: they neither came nor went.
    unsound: BTreeSet<String>,
    renamed: Vec<RenamedCase>,
    changed: BTreeMap<String, ChangedFields>,
}

/// The edition that a build is to tell what is new since: the caller's, else the manifest's. None if
/// nothing is to be told that anybody would read.
pub(super) fn wanted<'a>(
    options: &'a BuildOptions,
    report: &'a Report,
) -> Option<(Since<'a>, Option<Location>)> {
    if are_data(&outputs(Some(report), options)) {
        return None;
    }
    if let Some(since) = &options.since {
        return Some((Since::Caller(since), None));
    }
    let since = &report.manifest.changes.as_ref()?.since;
    Some((Since::Manifest(&since.value), Some(since.span.of(report.manifest_source))))
}

/// Reads an earlier edition and compares it with the casebook as it is.
///
/// # Errors
///
/// With what is to be said if there is none, or if its manifest or form is at fault. What is wrong with its
/// cases goes into the sink.
pub(super) fn compare(
    files: &dyn Files,
    (since, at): (Since<'_>, Option<Location>),
    (sources, now): (&SourceMap, &Sound),
    sink: &mut Sink,
) -> Result<Compared, Box<Diagnostic>> {
    let unknown = |error: &anyhow::Error| Box::new(diags::no_earlier(since.name(), error, at));
    let earlier = files.earlier(since).map_err(|error| unknown(&error))?;
    let (sources_before, before) = read_edition(&*earlier)
        .map_err(|error| unknown(&error))?
        .map_err(|outcome| Box::new(diags::earlier_unsound(since.name(), &outcome, at)))?;
    if before.left_out > 0 {
        sink.push(diags::earlier_left_out(since.name(), before.left_out, at));
    }
    let now = Side::new(sources, now);
    let before_side = Side::new(&sources_before, &before);
    let Changes { changed, renamed, .. } = compare_cases(before_side, now, false);
    let forms = [&*now.sound.form, &*before.form];
    let changed = changed.into_iter().map(|case| (case.id, names(&case.fields, forms)));
    Ok(Compared {
        unsound: [before_side.unsound(), now.unsound()].into_iter().flatten().collect(),
        renamed,
        changed: changed.collect(),
        before: before.report,
    })
}

/// Whether nothing is to be made in which anybody would read what is new.
fn are_data(outputs: &[Output]) -> bool {
    outputs.iter().all(|output| *output == Output::Data)
}

/// Says so if a report was compared with an earlier edition, or the caller asks for it, and none of its
/// outputs tells what came of it.
pub(super) fn settle_untold(
    report: &Report,
    outputs: &[Output],
    since: Option<&str>,
    sources: &SourceMap,
    sink: &mut Sink,
) {
    let is_told = || has_section(report) || (outputs.contains(&Output::Site) && has_feed(report));
    let found = match since {
        Some(since) if are_data(outputs) => diags::earlier_not_in_data(since),
        _ if report.earlier.is_none() || is_told() => return,
        _ => diags::earlier_untold(contents_of(report.manifest_source, sources)),
    };
    let mut found = vec![found];
    severities(&report.manifest).apply(&mut found);
    sink.append(&mut found);
}

/// Whether there is a section that tells what is new, be it one of the contents or in a chapter.
fn has_section(report: &Report) -> bool {
    report.manifest.contents.iter().any(|item| match item {
        ContentItem::Section { section, .. } => section.value == Section::Changes,
        ContentItem::Chapter { path, .. } => (report.chapters.get(&path.value))
            .is_some_and(|chapter| chapter.sections().any(|section| section == Section::Changes)),
    })
}

/// Whether a site of the report has a feed, which asks for its address and for a day.
fn has_feed(report: &Report) -> bool {
    let manifest = &report.manifest;
    manifest.site.url.is_some()
        && manifest.edition.is_some_and(|edition| edition.date.day.is_some())
}

/// Where the manifest says what stands in the report.
fn contents_of(manifest: SourceId, sources: &SourceMap) -> Option<Location> {
    let text = sources.get(manifest).text();
    let root = parse(manifest, text, Limits::default(), &mut Sink::new())?;
    Some(root.entry("contents")?.key_span.of(manifest))
}

impl Compared {
    /// What is new in a report that holds the cases that it may speak of.
    pub(super) fn with(self, report: &Report) -> Earlier {
        let mut before = self.before;
        if report.draft.is_none() {
            if let Some(edition) = &mut before.manifest.edition {
                // What was still a draft is held against this edition by what was accepted of it.
                edition.status = EditionStatus::Final;
            }
            if keep_accepted(&mut before, &mut Sink::new()).is_err() {
                before.cases.clear();
            }
        }
        for case in &mut before.cases {
            case.source = None;
        }
        let ids = |report: &Report| -> BTreeSet<String> {
            report.cases.iter().map(|case| case.id.clone()).collect()
        };
        let (old, new) = (ids(&before), ids(report));
        let only_in = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> BTreeSet<String> {
            one.difference(other).filter(|id| !self.unsound.contains(*id)).cloned().collect()
        };
        let (mut added, mut removed) = (only_in(&new, &old), only_in(&old, &new));
        for RenamedCase { before, now, .. } in &self.renamed {
            if added.contains(now) && removed.remove(before) {
                added.remove(now);
            }
        }
        let mut changed = self.changed;
        changed.retain(|id, _| old.contains(id) && new.contains(id));
        let (edition, themes) = (before.manifest.edition, before.manifest.themes);
        Earlier { edition, themes, cases: before.cases, added, removed, changed }
    }
}

/// The fields that places lie in, each once. The forms are that of now and that of before.
fn names(changes: &[FieldChange], forms: [&Form; 2]) -> ChangedFields {
    let (mut found, mut seen) = (ChangedFields::default(), BTreeSet::new());
    for change in changes {
        let key = change.pointer.split('/').nth(1).unwrap_or_default();
        if !seen.insert(key) {
            continue;
        }
        if found.names.len() == MOST_FIELDS {
            found.more += 1;
            continue;
        }
        let key = key.replace("~1", "/").replace("~0", "~");
        let title = forms.iter().find_map(|form| {
            let fields = form.fields();
            let field = fields.key(fields.root()?, &key)?;
            field.own.then(|| field.name(&key))
        });
        found.names.push(FieldName { key, title });
    }
    found
}
