//! Owns the reading of a group's own form: its files, its roles, and whether they fit each other.

use super::read::take_in;
use super::{Files, diags};
use crate::diag::Sink;
use crate::form::{Form, Pattern, PeriodPlace, RoleMap, SchemaDocument, WordPlace, references_of};
use crate::load::{Limits, Node, Segment, parse};
use crate::model::{Manifest, PeriodSetting, RoleSettings, WordSetting};
use crate::source::{Location, SourceId, SourceMap, resolve};

/// Schema files that one form may consist of.
const MOST_FILES: usize = 64;

/// The form that the cases of a casebook are written in.
pub(super) enum FormInUse {
    /// The built-in one.
    BuiltIn(&'static Form),
    /// A group's own, or the built-in one with a group's additions.
    Own(Box<Form>),
}

impl std::ops::Deref for FormInUse {
    type Target = Form;

    fn deref(&self) -> &Form {
        match self {
            Self::BuiltIn(form) => form,
            Self::Own(form) => form,
        }
    }
}

/// The manifest as the reading of its form needs it.
pub(super) struct Settings<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) tree: &'a Node<'a>,
    pub(super) source: SourceId,
}

impl Settings<'_> {
    /// Where a value of the manifest stands.
    fn at(&self, path: &[&str]) -> Location {
        let segments = path.iter().map(|key| Segment::Key(key));
        self.tree.walk(segments).unwrap_or(self.tree).span.of(self.source)
    }
}

/// Reads the form that a manifest names. Pushes what is wrong with it, by the form's own file or by
/// the manifest; there is a form only if nothing is.
pub(super) fn read_form(
    files: &dyn Files,
    settings: &Settings<'_>,
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<FormInUse> {
    let wanted = &settings.manifest.form;
    let before = sink.len();
    let mut read = |key: &str, path: &str, sink: &mut Sink| {
        let at = settings.at(&["form", key]);
        let inside = resolve(super::read::MANIFEST, path);
        let document = read_document(files, path, inside, at, limits, sources, sink)?;
        let referred = read_referred(files, &document, limits, sources, sink)?;
        Some((document, referred))
    };
    let form = match (&wanted.extend, &wanted.schema) {
        (None, None) => FormInUse::BuiltIn(Form::case()),
        (Some(path), _) => {
            let (extension, referred) = read("extend", path, sink)?;
            FormInUse::Own(Box::new(Form::extended(extension, referred, sink)?))
        }
        (None, Some(path)) => {
            let (schema, referred) = read("schema", path, sink)?;
            let roles = role_map(&wanted.roles);
            FormInUse::Own(Box::new(Form::own(schema, referred, roles, sink)?))
        }
    };
    check_pointers(&form, settings, sink);
    (sink.len() == before).then_some(form)
}

/// Reads a schema file.
fn read_document(
    files: &dyn Files,
    path: &str,
    inside: Option<String>,
    at: Location,
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<SchemaDocument> {
    let Some(inside) = inside else {
        sink.push(diags::unreadable(path, &super::ReadError::Outside, Some(at)));
        return None;
    };
    let bytes = match files.read(&inside, limits.bytes) {
        Err(super::ReadError::Missing) => {
            sink.push(diags::form_missing(path, at));
            return None;
        }
        bytes => bytes,
    };
    let source = take_in(bytes, &inside, Some(at), sources, sink)?;
    let text = sources.get(source).text().to_owned();
    let tree = parse(source, &text, limits, sink)?;
    Some(SchemaDocument::new(&inside, source, &tree))
}

/// Reads the files that a schema refers to, and those that these refer to.
fn read_referred(
    files: &dyn Files,
    document: &SchemaDocument,
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Option<Vec<SchemaDocument>> {
    let mut found: Vec<SchemaDocument> = Vec::new();
    let mut open: Vec<_> = references_of(document)
        .into_iter()
        .map(|reference| (document.path.clone(), document.key_at(&reference.pointer), reference))
        .collect();
    while let Some((from, at, reference)) = open.pop() {
        if found.iter().any(|known| known.uri == reference.uri()) {
            continue;
        }
        if found.len() >= MOST_FILES {
            sink.push(diags::too_many_forms(MOST_FILES, at));
            return None;
        }
        if reference.target.contains(':') {
            sink.push(diags::reference_abroad(&reference.target, at));
            return None;
        }
        let inside = resolve(&from, &reference.target);
        let read = read_document(files, &reference.target, inside, at, limits, sources, sink)?
            .referred_as(&reference);
        open.extend(
            references_of(&read)
                .into_iter()
                .map(|reference| (read.path.clone(), read.key_at(&reference.pointer), reference)),
        );
        found.push(read);
    }
    Some(found)
}

fn role_map(settings: &RoleSettings) -> RoleMap {
    let pattern = |pointer: &String| pointer.parse::<Pattern>().unwrap_or_default();
    let each = |pointer: &Option<String>| pointer.as_ref().map(pattern);
    let word = |setting: &WordSetting| WordPlace {
        pattern: setting.pointer().parse().unwrap_or_default(),
        values: (setting.values()).map(|(own, word)| (own.to_owned(), word.to_owned())).collect(),
    };
    RoleMap {
        id: each(&settings.id),
        title: each(&settings.title),
        summary: each(&settings.summary),
        regions: each(&settings.regions),
        themes: each(&settings.themes),
        period: settings.period.as_ref().map(|period| match period {
            PeriodSetting::One(pointer) => PeriodPlace::One(pattern(pointer)),
            PeriodSetting::Two { start, end } => {
                PeriodPlace::Two { start: pattern(start), end: each(end) }
            }
        }),
        status: settings.status.as_ref().map(word),
        outcome: settings.outcome.as_ref().map(word),
        organisations: each(&settings.organisations),
        sources: each(&settings.sources),
        sections: settings.sections.iter().map(pattern).collect(),
    }
}

/// Pushes every pointer of the manifest that leads to nothing in the form.
fn check_pointers(form: &Form, settings: &Settings<'_>, sink: &mut Sink) {
    let mut check = |pattern: &Pattern, path: &[&str]| {
        if let Some(nowhere) = form.leads_nowhere(pattern, settings.at(path)) {
            let pointer = crate::load::pointer(path.iter().map(|key| Segment::Key(key)));
            sink.push(nowhere.pointer(pointer));
        }
    };
    if let Some(roles) = form.roles() {
        for (name, pattern) in roles.patterns() {
            let mut path = vec!["form", "roles"];
            path.extend(name.split('/'));
            let mapped = settings.tree.walk(path.iter().map(|key| Segment::Key(key)));
            if mapped.is_some_and(|node| node.get("pointer").is_some()) {
                path.push("pointer");
            }
            check(pattern, &path);
        }
    }
    for (name, facet) in settings.manifest.facets.iter() {
        check(&facet.pointer.parse().unwrap_or_default(), &["facets", name, "pointer"]);
    }
    let sections = form.roles().map(|roles| roles.sections.as_slice()).unwrap_or_default();
    for (index, pattern) in sections.iter().enumerate() {
        let path = [Segment::Key("form"), Segment::Key("roles"), Segment::Key("sections")];
        let path = path.into_iter().chain([Segment::Index(index)]);
        let node = settings.tree.walk(path.clone()).unwrap_or(settings.tree);
        let nowhere = form.leads_nowhere(pattern, node.span.of(settings.source));
        sink.extend(nowhere.map(|nowhere| nowhere.pointer(crate::load::pointer(path))));
    }
}
