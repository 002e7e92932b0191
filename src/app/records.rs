//! Owns the checking of one file: from its text to the cases in it and all that is wrong with them.

use super::checklists::Lists;
use super::form::FormInUse;
use crate::diag::{Diagnostic, Severities, Sink};
use crate::load::{Limits, Node, Value, parse, parse_all};
use crate::lower::Lowering;
use crate::model::Case;
use crate::source::{Location, SourceId, SourceMap};
use crate::validate::{
    Context, Facts, References, bring_up_to_date, check_case, check_form, file_stem,
};

/// What every file is checked against.
pub(super) struct Standard<'a> {
    pub(super) form: &'a FormInUse,
    pub(super) lowering: &'a Lowering<'a>,
    pub(super) context: &'a Context<'a>,
    pub(super) lists: &'a Lists,
    pub(super) severities: &'a Severities,
    pub(super) limits: Limits,
    /// Whether the cases are of use to the caller, or only what is wrong with them.
    pub(super) wants_cases: bool,
}

/// What one file held; its tree is gone.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) facts: Vec<Facts>,
    pub(super) references: References,
    pub(super) cases: Vec<Case>,
    /// Where the records say what is private.
    pub(super) hidden: Vec<Location>,
    pub(super) sink: Sink,
}

/// One record of a file.
struct Record<'s> {
    root: Node<'s>,
    /// Its number in the file from 0, if the file holds more than one.
    index: Option<usize>,
}

/// Checks all records of a file.
pub(super) fn check_file(
    standard: &Standard<'_>,
    sources: &SourceMap,
    source: SourceId,
) -> Checked {
    let mut checked = Checked::default();
    let file = sources.get(source);
    let records = records(standard, source, file.text(), &mut checked.sink);
    let readable = !checked.sink.iter().any(Diagnostic::is_error);
    let stem = file_stem(file.path());
    if records.is_empty() {
        // What could not be read is known to be there.
        checked.facts.push(Facts::default());
    }
    for mut record in records {
        let mut sink = Sink::new();
        bring_up_to_date(standard.form, source, &mut record.root, &mut sink);
        let root = &record.root;
        check_form(standard.form, source, root, &mut sink);
        let references = check_case(standard.form, file, source, root, standard.context, &mut sink);
        checked.references.extend(references);
        let name = match record.index {
            Some(index) => format!("{stem}-{}", index + 1),
            None => stem.to_owned(),
        };
        let public = standard.lowering.public(root);
        let hidden = standard.lowering.hidden(root).into_iter();
        checked.hidden.extend(hidden.map(|span| span.of(source)));
        let id = standard.lowering.id_of(&public, &name);
        let facts = Facts::of(standard.form, source, root, id, standard.context.regions);
        checked.facts.push(record.index.into_iter().fold(facts, Facts::in_list));
        // What the group has turned off shall not keep a case from being counted.
        standard.severities.apply(&mut sink);
        let completeness = standard.lists.hold((source, file.path()), root, &mut sink);
        standard.severities.apply(&mut sink);
        let sound = readable && !sink.iter().any(Diagnostic::is_error);
        // By roles a record is read as far as it goes, and all that is wrong is said at once. What the
        // built-in form accepts fits; who does not want the case need not wait for it.
        let by_roles = standard.form.roles().is_some();
        if by_roles || (sound && (standard.wants_cases || cfg!(debug_assertions))) {
            let case = standard.lowering.lower(source, &public, &name, &mut sink);
            let case = case.filter(|_| sound && standard.wants_cases);
            checked.cases.extend(case.map(|case| Case { completeness, ..case }));
        }
        if let Some(index) = record.index {
            place_in_list(&mut sink, index);
        }
        checked.sink.extend(sink);
    }
    checked
}

/// The records of a file: one, or with a form of the group's own also a list or several documents.
fn records<'s>(
    standard: &Standard<'_>,
    source: SourceId,
    text: &'s str,
    sink: &mut Sink,
) -> Vec<Record<'s>> {
    if standard.form.roles().is_none() {
        let root = parse(source, text, standard.limits, sink);
        return root.into_iter().map(|root| Record { root, index: None }).collect();
    }
    let mut roots = Vec::new();
    let documents = parse_all(source, text, standard.limits, sink);
    let several =
        documents.len() > 1 || matches!(documents.first().map(|d| &d.value), Some(Value::List(_)));
    for document in documents {
        match document.value {
            Value::List(items) => roots.extend(items),
            _ => roots.push(document),
        }
    }
    let index = |index: usize| several.then_some(index);
    roots.into_iter().enumerate().map(|(at, root)| Record { root, index: index(at) }).collect()
}

/// Makes pointers start from the file rather than from the record. Several documents count as a
/// list.
fn place_in_list(sink: &mut Sink, index: usize) {
    for diagnostic in sink {
        let pointer = diagnostic.pointer.take().unwrap_or_default();
        diagnostic.pointer = Some(format!("/{index}{pointer}"));
    }
}
