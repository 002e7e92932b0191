//! Owns the way back of an export into a form with roles: each of casebook's names leads to the place that
//! its role gives, and what a case says there already stays as it is written.

mod compared;
mod diags;
mod entries;
mod organisations;
mod period;
mod places;
mod sections;
mod sources;

use serde_json::Value as Json;

use self::compared::says;
use self::diags::Refused;
use super::mapping::placeless;
use super::place::{put_in_order, set};
use crate::diag::{Diagnostic, Sink};
use crate::form::{Form, Pattern, RoleMap};
use crate::load::{Node, Value};
use crate::lower::Lowering;
use crate::model::{Manifest, Outcome, Status};
use crate::source::{Location, SourceId, Span};
use crate::vocab::Gazetteer;

/// The key of a case in JSON under which its fields of the group's own stand.
pub(super) const FIELDS: &str = "fields";

/// The key of a case in JSON under which stand its values of facets.
pub(super) const FACETS: &str = "facets";

/// The names of casebook's that have roles, in the order in which they are put back: what holds others comes
/// first.
const ROLES: &[&str] = &[
    "organisations",
    "sources",
    "period",
    "status",
    "outcome",
    "title",
    "summary",
    "regions",
    "themes",
];

/// Puts exported cases back into records of a form with roles.
pub(super) struct ByRoles<'a> {
    form: &'a Form,
    roles: &'a RoleMap,
    lowering: Lowering<'a>,
    regions: &'a Gazetteer,
    facets: Vec<(String, Pattern)>,
}

/// A record that an exported case was put into.
#[derive(Debug)]
pub struct PutBack {
    /// The record.
    pub record: Node<'static>,
    /// What could not be put back, or not for sure.
    pub found: Vec<Diagnostic>,
}

/// A case as it was exported, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Exported<'e> {
    /// The case under casebook's names.
    pub(super) case: &'e Node<'static>,
    /// Its id.
    pub(super) id: &'e str,
    /// The file of the export.
    pub(super) source: SourceId,
    /// The row, for what has no place of its own.
    pub(super) row: Span,
}

impl Exported<'_> {
    /// Where a value stands.
    fn at(&self, value: &Node<'_>) -> Location {
        let span = super::diags::widest(value);
        let span = if span == Span::default() { self.row } else { span };
        span.of(self.source)
    }
}

impl<'a> ByRoles<'a> {
    /// The way back into a casebook; none if its form has no roles.
    pub(super) fn new(
        form: &'a Form,
        regions: &'a Gazetteer,
        manifest: &'a Manifest,
    ) -> Option<Self> {
        let facets = manifest.facets.iter();
        let facets = facets.map(|(name, facet)| {
            (name.to_owned(), facet.pointer.parse::<Pattern>().unwrap_or_default())
        });
        Some(Self {
            form,
            roles: form.roles()?,
            lowering: Lowering::new(form, manifest),
            regions,
            facets: facets.collect(),
        })
    }

    /// An exported case as a record: that of its file, if there is one, with what the export says otherwise.
    pub(super) fn put_back(&self, exported: Exported<'_>, file: Option<&Node<'_>>) -> PutBack {
        let empty = || Node { span: exported.row, value: Value::Map(Vec::new()) };
        let record = file.map_or_else(empty, placeless);
        let before = self.as_exported(&record, exported);
        let mut returning = Returning {
            by: self,
            exported,
            now: before.clone(),
            before,
            record,
            said: Vec::new(),
            found: Vec::new(),
        };
        returning.all();
        let Returning { mut record, found, .. } = returning;
        match file {
            None => put_in_order(self.form, &mut record),
            Some(_) => self.put_keys_in_order(&mut record),
        }
        PutBack { record, found }
    }

    /// What an export has of a record, with the codes of regions as the gazetteer has them.
    fn as_exported(&self, record: &Node<'_>, exported: Exported<'_>) -> Json {
        let public = self.lowering.public(record);
        // Without an id of its own, a case is called as its file.
        let name = if self.roles.id.is_some() { "" } else { exported.id };
        let case = self.lowering.lower(exported.source, &public, name, &mut Sink::new());
        let mut case = serde_json::to_value(case).unwrap_or_default();
        compared::name_regions_alike(self.regions, &mut case);
        case
    }

    /// Puts new keys of a record where the form has them, and leaves alone what lies in them.
    fn put_keys_in_order(&self, record: &mut Node<'static>) {
        let (fields, Value::Map(entries)) = (self.form.fields(), &mut record.value) else { return };
        let Some(root) = fields.root() else { return };
        let rank = |key: &str| fields.keys(root).position(|(known, _)| known == key);
        entries.sort_by_cached_key(|entry| rank(&entry.key).unwrap_or(usize::MAX));
    }
}

/// A list whose entries hold what is not exported, so that it cannot be replaced.
pub(super) fn would_lose(name: &str, at: Location) -> Diagnostic {
    diags::not_put_back(name, &Refused::Hidden, at)
}

/// A case on its way back.
struct Returning<'r, 'a> {
    by: &'r ByRoles<'a>,
    exported: Exported<'r>,
    /// What an export has of the case as its file is.
    before: Json,
    /// What an export has of the record as it is by now.
    now: Json,
    record: Node<'static>,
    /// What the export says, which is looked for in the record in the end.
    said: Vec<(What<'r>, &'r Node<'static>)>,
    found: Vec<Diagnostic>,
}

/// A part of an exported case.
#[derive(Debug, Clone, Copy)]
enum What<'r> {
    /// What stands under one of casebook's names.
    Name(&'r str),
    /// A field of the group's own, by its pointer.
    Field(&'r str),
    /// The values of a facet.
    Facet(&'r str),
}

impl What<'_> {
    /// What an export has of it.
    fn of<'j>(&self, case: &'j Json) -> Option<&'j Json> {
        match self {
            Self::Name(name) => case.get(name),
            Self::Facet(name) => case.get(FACETS)?.get(name),
            Self::Field(pointer) => {
                let fields = case.get(FIELDS)?.as_array()?;
                let is_it =
                    |field: &&Json| field.get("pointer").and_then(Json::as_str) == Some(pointer);
                fields.iter().find(is_it)?.get("value")
            }
        }
    }
}

impl<'r> Returning<'r, '_> {
    fn all(&mut self) {
        let case = self.exported.case;
        let (plain, gathered): (Vec<_>, Vec<_>) = sections::fields_of(case)
            .into_iter()
            .partition(|(pointer, _)| !pointer.split('/').any(|step| step == "*"));
        for (pointer, value) in plain {
            self.put(What::Field(pointer), value, |this| this.field(pointer, value));
        }
        for name in ROLES {
            if let Some(value) = case.get(name) {
                self.put(What::Name(name), value, |this| this.role(name, value));
            }
        }
        self.id();
        // These lie in entries of lists, which are there by now.
        for (pointer, value) in gathered {
            self.put(What::Field(pointer), value, |this| this.gathered(pointer, value));
        }
        for entry in case.get(FACETS).map_or(&[][..], Node::entries) {
            let (name, value) = (&*entry.key, &entry.value);
            if self.follows(name) {
                continue;
            }
            self.put(What::Facet(name), value, |this| this.facet(name, value));
        }
        let others = case.entries().iter().filter(|entry| {
            let key = &*entry.key;
            !ROLES.contains(&key) && ![FIELDS, FACETS, "id"].contains(&key)
        });
        for entry in others {
            self.put(What::Name(&entry.key), &entry.value, |_| Err(Refused::NoPlace));
        }
        self.look_again();
    }

    /// Puts a part of the case back, unless the record says the same already.
    fn put(
        &mut self,
        what: What<'r>,
        value: &'r Node<'static>,
        put: impl FnOnce(&mut Self) -> Result<(), Refused>,
    ) {
        let is_said = |case: &Json| says(what.of(case), &self.alike(what, value));
        if is_said(&self.before) || is_said(&self.now) {
            self.said.push((what, value));
            return;
        }
        match put(self) {
            Ok(()) => {
                self.now = self.by.as_exported(&self.record, self.exported);
                self.said.push((what, value));
            }
            Err(refused) => self.refuse(what, value, &refused),
        }
    }

    /// A value of the export as it is compared.
    fn alike(&self, what: What<'_>, value: &Node<'static>) -> Json {
        let mut value = crate::form::to_json(value);
        if let What::Name(name) = what {
            let mut case = serde_json::json!({ name: value });
            compared::name_regions_alike(self.by.regions, &mut case);
            value = case.get_mut(name).map(Json::take).unwrap_or_default();
        }
        value
    }

    /// Holds all that the export says against what one of the record would say: two values of it may lead to
    /// one place, and say different things.
    fn look_again(&mut self) {
        for (what, value) in std::mem::take(&mut self.said) {
            if !says(what.of(&self.now), &self.alike(what, value)) {
                self.refuse(what, value, &Refused::Otherwise);
            }
        }
    }

    fn refuse(&mut self, what: What<'_>, value: &Node<'_>, refused: &Refused) {
        let at = self.exported.at(value);
        self.found.push(match what {
            What::Name(name) => diags::not_put_back(name, refused, at),
            What::Field(pointer) => diags::not_put_back(pointer, refused, at),
            What::Facet(name) => diags::facet_left_out(name, at),
        });
    }

    fn role(&mut self, name: &str, value: &Node<'static>) -> Result<(), Refused> {
        let roles = self.by.roles;
        match name {
            "title" => self.single(roles.title.as_ref(), value),
            "summary" => self.single(roles.summary.as_ref(), value),
            "regions" => self.texts(roles.regions.as_ref(), value),
            "themes" => self.texts(roles.themes.as_ref(), value),
            "status" => {
                let known: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
                self.word(name, &known, (roles.status.as_ref(), value))
            }
            "outcome" => {
                let known: Vec<&str> = Outcome::ALL.iter().map(|word| word.as_str()).collect();
                self.word(name, &known, (roles.outcome.as_ref(), value))
            }
            "period" => self.period(value),
            "organisations" => self.organisations(value),
            "sources" => self.sources(value),
            _ => Err(Refused::NoPlace),
        }
    }

    /// The id, where the form has a place for it and nothing there says it.
    fn id(&mut self) {
        let Some(pattern) = &self.by.roles.id else { return };
        let id = self.exported.id;
        if self.now.get("id").and_then(Json::as_str) == Some(id) {
            return;
        }
        let span = self.exported.case.get("id").map_or(self.exported.row, |node| node.span);
        let value = super::survey::text(id, span);
        if let Err(refused) = self.single(Some(pattern), &value) {
            self.refuse(What::Name("id"), &value, &refused);
        }
        self.now = self.by.as_exported(&self.record, self.exported);
    }

    /// Puts a value into the record, in the place of what is there.
    fn set(&mut self, way: &[String], value: Node<'static>) {
        set(&mut self.record, way, value);
    }
}
