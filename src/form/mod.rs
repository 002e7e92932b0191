//! Owns the forms: the built-in JSON Schemas and a group's own, ready to validate and to be asked.

mod bundle;
mod check;
mod diags;
mod document;
mod editor;
mod expected;
mod extend;
mod fields;
mod json;
mod ordered;
mod own;
mod pattern;
mod questionnaire;
mod references;
mod resource;
mod roles;
mod suggest;
mod survey;
mod trace;

use std::sync::LazyLock;

use jsonschema::{Registry, ValidationError, Validator};
use serde_json::Value;

use self::editor::Editor;
use self::ordered::Ordered;
use self::references::{REFERENCES, gather};
use self::resource::{Cursor, Graft, Resource, Resources, file_uri};
use crate::diag::{Diagnostic, Sink};
use crate::load::{Limits, Node, Segment, parse};
use crate::source::{Location, SourceMap};

pub use self::document::SchemaDocument;
pub use self::editor::{Vocabulary, Word};
pub use self::expected::{Expected, Kind};
pub use self::fields::{Field, Fields, Wording, readable};
pub use self::json::{Tree, to_json};
pub use self::own::{PeriodPlace, RoleMap, WordPlace};
pub use self::pattern::{Pattern, Step};
pub use self::questionnaire::{
    Answer, Bound, Choice, Condition, NamedRules, NumberRules, Purpose, Question, Questionnaire,
    Size, TextRules, Writing,
};
pub use self::references::{FileReference, references_of};
pub use self::roles::{InRole, Role};
pub use self::suggest::{Meant, find, nearest};
pub use self::trace::Trace;

/// The JSON Schema of a case.
pub const CASE_SCHEMA: &str = include_str!("case.schema.json");

/// The JSON Schema of the manifest.
pub const MANIFEST_SCHEMA: &str = include_str!("manifest.schema.json");

/// The JSON Schema of a mapping, by which the answers of a survey become cases.
pub const MAPPING_SCHEMA: &str = include_str!("mapping.schema.json");

/// A form: schemas that are ready to validate trees, and what they say of each field.
pub struct Form {
    validator: Validator<Tree>,
    resources: Resources,
    fields: Fields,
    /// The roles of a form that takes the place of the built-in one.
    own: Option<RoleMap>,
    /// What the report prints of a group's own fields.
    shown: Vec<Pattern>,
}

/// A form that is part of the program: one that does not compile is a bug, and no input's fault.
fn builtin(schemas: &[&str]) -> Form {
    let mut sources = SourceMap::default();
    let all = schemas.iter().map(|text| {
        let source = sources.add("", "");
        let tree = parse(source, text, Limits::default(), &mut Sink::new());
        let document = SchemaDocument::new("", source, &tree.expect("a built-in form is JSON"));
        Resource { own: false, ..resource(document) }
    });
    let resources = Resources { all: all.collect(), ..Resources::default() };
    Form::compile(resources).expect("a built-in form is sound")
}

impl Form {
    /// The built-in form of a case.
    pub fn case() -> &'static Self {
        static FORM: LazyLock<Form> = LazyLock::new(|| builtin(&[CASE_SCHEMA]));
        &FORM
    }

    /// The form of the manifest.
    pub fn manifest() -> &'static Self {
        static FORM: LazyLock<Form> = LazyLock::new(|| builtin(&[MANIFEST_SCHEMA, CASE_SCHEMA]));
        &FORM
    }

    /// The form of a mapping for imports.
    pub fn mapping() -> &'static Self {
        static FORM: LazyLock<Form> = LazyLock::new(|| builtin(&[MAPPING_SCHEMA]));
        &FORM
    }

    /// The built-in form with a group's own properties and rules added.
    ///
    /// `referred` holds the other files of the casebook that the extension refers to.
    /// Pushes what is wrong; there is a form only if nothing is.
    pub fn extended(
        extension: SchemaDocument,
        referred: Vec<SchemaDocument>,
        sink: &mut Sink,
    ) -> Option<Self> {
        let before = sink.len();
        check::check_document(&extension, sink);
        referred.iter().for_each(|document| check::check_document(document, sink));
        let built_in = &Self::case().resources.all.first()?.document;
        let (value, mut grafts) = match extend::extend(&built_in.value, &extension.value) {
            Ok(joined) => joined,
            Err(taken) => {
                sink.extend(taken.into_iter().map(|taken| {
                    let at = extension.key_at(&taken.pointer);
                    diags::taken(&taken.name, at).pointer(taken.pointer)
                }));
                return None;
            }
        };
        if sink.len() > before {
            return None;
        }
        // References of the extension start from its own file, which the joined form stands in for.
        let base = file_uri(&extension.path);
        let (document, value) = (built_in.clone(), with_id(value, &base));
        let main = Resource { base, value, document, own: false };
        let shown = shown_additions(&grafts, &extension);
        let mut all = vec![main];
        all.extend(referred.into_iter().map(resource));
        grafts.sort_by(|a, b| a.at.cmp(&b.at));
        let resources = Resources { all, extension: Some(extension), grafts };
        let mut form = Self::compile_own(resources, sink)?;
        form.shown = shown;
        Some(form)
    }

    /// A form of the group's own in place of the built-in one.
    ///
    /// Pushes what is wrong; there is a form only if nothing is.
    pub fn own(
        schema: SchemaDocument,
        referred: Vec<SchemaDocument>,
        roles: RoleMap,
        sink: &mut Sink,
    ) -> Option<Self> {
        let before = sink.len();
        check::check_document(&schema, sink);
        referred.iter().for_each(|document| check::check_document(document, sink));
        if sink.len() > before {
            return None;
        }
        let mut all = vec![resource(schema)];
        all.extend(referred.into_iter().map(resource));
        let mut form = Self::compile_own(Resources { all, ..Resources::default() }, sink)?;
        form.shown.clone_from(&roles.sections);
        form.own = Some(roles);
        Some(form)
    }

    fn compile_own(resources: Resources, sink: &mut Sink) -> Option<Self> {
        match Self::compile(resources) {
            Ok(form) => {
                let root = form.resources.root()?;
                if check::describes_a_record(&form.fields, root.value) {
                    return Some(form);
                }
                sink.extend(root.location().map(diags::not_a_record));
                None
            }
            Err(faults) => {
                sink.extend(faults);
                None
            }
        }
    }

    fn compile(resources: Resources) -> Result<Self, Vec<Diagnostic>> {
        let validator = match validator(&resources) {
            Ok(validator) => validator,
            Err(error) => return Err(refused(&resources, &error)),
        };
        let fields = Fields::of(resources.root());
        Ok(Self { validator, resources, fields, own: None, shown: Vec::new() })
    }

    /// Everything in a tree that the form forbids.
    pub fn errors<'a>(&'a self, root: &'a Node<'a>) -> impl Iterator<Item = ValidationError<'a>> {
        self.validator.iter_errors(root)
    }

    /// What the form says of its fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The roles, if this form takes the place of the built-in one.
    pub fn roles(&self) -> Option<&RoleMap> {
        self.own.as_ref()
    }

    /// The effective schema as a file for editors and other validators: in the form's order,
    /// extension included, with all that it refers to, and with words to show while one types.
    ///
    /// With a casebook's vocabulary it is no longer the form that its `$id` names, and has none.
    pub fn for_editors(&self, vocabulary: Option<&Vocabulary>) -> String {
        let Some(root) = self.resources.root() else { return String::new() };
        let none = Vocabulary::default();
        let themes = self.own.as_ref().and_then(|roles| roles.themes.as_ref());
        let themes = themes.and_then(|pattern| self.follow(pattern).ok()).unwrap_or_default();
        let editor = Editor::new(&root, &themes, vocabulary.unwrap_or(&none));
        let mut schema = bundle::bundle(&root, &editor);
        if let (Some(_), Ordered::Map(entries)) = (vocabulary, &mut schema) {
            entries.retain(|(key, _)| !matches!(key.as_str(), "$id" | "id"));
        }
        schema.to_file()
    }

    /// Says that a pattern, which stands somewhere in the manifest, leads to nothing that the form
    /// describes; nothing if it leads to something.
    pub fn leads_nowhere(&self, pattern: &Pattern, at: Location) -> Option<Diagnostic> {
        let nowhere = self.follow(pattern).err()?;
        let new_name = self.fields.new_name_along(pattern.steps());
        Some(diags::pointer_nowhere(&pattern.to_string(), &nowhere, new_name, at))
    }

    /// Whether a pattern leads to something that the form describes, or leaves open.
    pub fn has_place(&self, pattern: &Pattern) -> bool {
        self.follow(pattern).is_ok()
    }

    /// The key on a way to nowhere that the form knows by an old name alone, and its name now.
    pub fn renamed_along(&self, pattern: &Pattern) -> Option<(String, &str)> {
        let nowhere = self.follow(pattern).err()?;
        Some((nowhere.step, self.fields.new_name_along(pattern.steps())?))
    }

    /// The schemas that a pattern leads to; none where the form leaves its values open.
    fn follow(&self, pattern: &Pattern) -> Result<Vec<Cursor<'_>>, check::Nowhere> {
        self.resources.root().map_or(Ok(Vec::new()), |root| check::schemas_at(root, pattern))
    }

    /// The places of the group's own fields that the report prints.
    pub fn shown(&self) -> &[Pattern] {
        &self.shown
    }

    /// Visits the values of the group's own fields that the report prints, in its order.
    pub fn visit_shown<'a>(
        &self,
        root: &'a Node<'a>,
        visit: &mut dyn FnMut(&'a Node<'a>, &'a Node<'a>, &[Segment<'a>]),
    ) {
        for pattern in &self.shown {
            pattern.visit(root, &mut |node, parent, path| {
                if !self.fields.along(path).is_some_and(|field| field.private) {
                    visit(node, parent, path);
                }
            });
        }
    }
}

fn resource(document: SchemaDocument) -> Resource {
    Resource { base: document.uri.clone(), value: document.value.clone(), document, own: true }
}

/// The joined form under a name of its own: it is no longer the built-in one.
fn with_id(mut value: Value, id: &str) -> Value {
    if let Some(schema) = value.as_object_mut() {
        schema.insert("$id".to_owned(), Value::String(id.to_owned()));
    }
    value
}

/// The places of the properties that an extension adds, in the extension's order.
fn shown_additions(grafts: &[Graft], extension: &SchemaDocument) -> Vec<Pattern> {
    let mut added: Vec<&Graft> = grafts.iter().collect();
    added.sort_by_key(|graft| extension.key_at(&graft.from));
    let added = added.into_iter().filter_map(|graft| {
        let mut steps = graft.at.strip_prefix('/')?.split('/');
        let mut pattern = String::new();
        while let Some(keyword) = steps.next() {
            match keyword {
                "properties" => pattern.push_str(&format!("/{}", steps.next()?)),
                "items" => pattern.push_str("/*"),
                _ => return None,
            }
        }
        (graft.at == graft.from).then_some(pattern)?.parse().ok()
    });
    added.collect()
}

fn validator(resources: &Resources) -> Result<Validator<Tree>, ValidationError<'static>> {
    let Some((main, others)) = resources.all.split_first() else {
        return Err(ValidationError::custom("there is no schema"));
    };
    let mut registry = Registry::new();
    for other in others {
        registry = registry.add(&other.base, &other.value).map_err(referencing)?;
    }
    let registry = registry.prepare().map_err(referencing)?;
    jsonschema::options_for::<Tree>()
        .with_registry(&registry)
        .with_base_uri(&main.base)
        .should_validate_formats(true)
        .build(&main.value)
}

fn referencing(error: jsonschema::ReferencingError) -> ValidationError<'static> {
    ValidationError::custom(error.to_string())
}

/// A form that the validator refuses: its references that lead to nothing, else the place that the
/// validator names.
fn refused(resources: &Resources, error: &ValidationError<'_>) -> Vec<Diagnostic> {
    let own = resources.all.iter().enumerate().filter(|(_, resource)| resource.own);
    let own = own.map(|(home, resource)| (home, &resource.document));
    // What an extension says was grafted into the first resource.
    let documents: Vec<(usize, &SchemaDocument)> =
        own.chain(resources.extension.iter().map(|document| (0, document))).collect();
    let mut dangling = Vec::new();
    for (home, document) in &documents {
        gather(&document.value, "", REFERENCES, &mut |target, pointer| {
            if resources.resolve(target, *home).is_none() {
                let at = document.value_at(pointer).unwrap_or_else(|| document.key_at(pointer));
                dangling.push(diags::dangling(target, at).pointer(pointer));
            }
        });
    }
    match (dangling.is_empty(), documents.first()) {
        (false, _) => dangling,
        (true, Some((_, document))) => vec![check::broken(document, error)],
        (true, None) => vec![Diagnostic::new(crate::diag::Code::FormBroken, error.to_string())],
    }
}
