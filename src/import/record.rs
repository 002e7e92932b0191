//! Owns the making of a record out of a row: each column to its field, by the mapping.

use std::borrow::Cow;

use super::by_roles::{self, ByRoles, Exported, PutBack};
use super::fields::{all_restored, joined};
use super::ids::names_in;
use super::mapping::{Mapping, Rule, Split};
use super::meanings::Meanings;
use super::place::{Target, prune, put_in_order};
use super::survey::{Row, Survey, fold};
use super::tables::OfCases;
use super::{diags, own};
use crate::diag::Sink;
use crate::form::{Expected, Form, Kind};
use crate::load::{Node, Value};
use crate::lower::Lowering;
use crate::model::Manifest;
use crate::source::{Location, Span};
use crate::vocab::Gazetteer;

/// Makes records out of the rows of one survey.
pub struct Maker<'a> {
    pub(super) meanings: Meanings<'a>,
    pub(super) mapping: &'a Mapping,
    pub(super) survey: &'a Survey,
    /// The columns of the rules, and what the form expects of their fields.
    columns: Vec<(Option<usize>, Expected)>,
    /// What other tables hold of the cases.
    beside: OfCases,
    /// The way back of an export into a form with roles.
    by_roles: Option<ByRoles<'a>>,
    lowering: Lowering<'a>,
}

/// What a row comes to.
#[derive(Debug)]
pub struct Made {
    /// What the row is known by.
    pub key: Option<String>,
    /// The id that the row gives to its case, if it gives one.
    pub id: Option<String>,
    /// Whether the id stands in the record, and is not made of something else.
    pub has_own_id: bool,
    /// The record, which may have no id yet. Its values know the cells that they come from.
    pub record: Node<'static>,
}

/// A word of a row that the mapping says stands for nothing.
#[derive(Debug)]
pub struct Emptied {
    /// The word.
    pub word: String,
    /// Where it stands.
    pub cell: Location,
    /// Where the mapping says it.
    pub at: Location,
    /// The words of the form that it may stand for; none if it may be other than a word.
    pub allowed: Vec<String>,
}

impl<'a> Maker<'a> {
    /// A maker for a survey. Pushes columns that the mapping names and the survey does not have; there
    /// is one only if there are none.
    pub fn new(
        form: &'a Form,
        (manifest, regions): (&'a Manifest, &'a Gazetteer),
        mapping: &'a Mapping,
        survey: &'a Survey,
        sink: &mut Sink,
    ) -> Option<Self> {
        let before = sink.len();
        let rules = mapping.rules.iter().map(|rule| &rule.column);
        let named = rules.chain(&mapping.key).chain(mapping.only.iter().map(|(column, _)| column));
        for column in named.filter(|column| !survey.has(&column.value)) {
            sink.extend(mapping.source.map(|source| {
                diags::unknown_column(&column.value, &survey.columns, column.span.of(source))
            }));
        }
        for name in mapping.id.iter().flat_map(|id| names_in(&id.value)) {
            if !survey.has(name) {
                let at = mapping.id.as_ref().map(|id| id.span).zip(mapping.source);
                sink.extend(at.map(|(span, source)| {
                    diags::unknown_column(name, &survey.columns, span.of(source))
                }));
            }
        }
        let expected = |rule: &Rule| {
            // The names of an export are none of the form's.
            let target = rule.to.as_ref().filter(|_| !mapping.by_roles);
            let pattern = target.and_then(Target::pattern);
            pattern.and_then(|pattern| form.expected_at(&pattern)).unwrap_or_default()
        };
        let columns = mapping.rules.iter();
        let columns = columns.map(|rule| (survey.column(&rule.column.value), expected(rule)));
        let meanings = Meanings::new(form, &manifest.themes, regions);
        let columns = columns.collect();
        let beside = OfCases::default();
        let by_roles = ByRoles::new(form, regions, manifest).filter(|_| mapping.by_roles);
        let lowering = Lowering::new(form, manifest);
        let maker = Self { meanings, mapping, survey, columns, beside, by_roles, lowering };
        (sink.len() == before).then_some(maker)
    }

    /// Whether the survey is casebook's own table of cases, which others lie beside.
    pub fn is_of_own_tables(&self) -> bool {
        self.mapping.is_own && !self.survey.is_nested
    }

    /// Whether the survey is an export of a form with roles, whose cases [`Maker::put_back`] makes records of.
    pub fn is_by_roles(&self) -> bool {
        self.by_roles.is_some()
    }

    /// The case that a row of an export makes, as a record of a form with roles: that of its file, if there is
    /// one, with what the export says otherwise.
    pub fn put_back(
        &self,
        row: &Row,
        case: Node<'static>,
        id: &str,
        file: Option<&Node<'_>>,
    ) -> PutBack {
        let Some(by_roles) = &self.by_roles else {
            return PutBack { record: case, found: Vec::new() };
        };
        let exported = Exported { case: &case, id, source: self.survey.source, row: row.span };
        by_roles.put_back(exported, file)
    }

    /// Takes what other tables of casebook's hold of the same cases.
    pub fn take_beside(&mut self, tables: OfCases) {
        self.beside = tables;
    }

    /// A record of casebook's own tables with what they do not hold, from its case file.
    pub fn completed(&self, mut record: Node<'static>, file: &Node<'_>) -> Node<'static> {
        own::completed(&mut record, file, self.beside.fields());
        self.in_order(record)
    }

    /// A record of an export with what its file has in the entries of lists and does not publish. Pushes
    /// where nobody can tell any more in which entry.
    pub fn with_hidden(&self, row: &Row, record: Node<'static>, file: &Node<'_>) -> PutBack {
        let mut put_back = PutBack { record, found: Vec::new() };
        let is_exported = self.mapping.is_own && self.survey.is_nested;
        if !is_exported || !self.meanings.form.fields().hide_anything() {
            return put_back;
        }
        let public = self.lowering.public(file);
        let Value::Map(entries) = &mut put_back.record.value else { return put_back };
        for entry in entries {
            let (Some(file), Some(public)) = (file.get(&entry.key), public.get(&entry.key)) else {
                continue;
            };
            if file.says_the_same_as(public) {
                continue;
            }
            match joined(entry.value.clone(), file, public) {
                Some(value) => entry.value = value,
                None => {
                    let at = diags::widest(&entry.value);
                    let at = if at == Span::default() { row.span } else { at };
                    let at = at.of(self.survey.source);
                    put_back.found.push(by_roles::would_lose(&entry.key, at));
                }
            }
        }
        put_back
    }

    /// A record as a case file writes it, where both say the same.
    pub fn as_in(&self, file: &Node<'_>, record: &Node<'static>) -> Node<'static> {
        self.meanings.as_in(file, record)
    }

    /// A record in the order of its form.
    pub fn in_order(&self, mut record: Node<'static>) -> Node<'static> {
        put_in_order(self.meanings.form, &mut record);
        record
    }

    /// The columns of the survey that go nowhere.
    pub fn unused(&self) -> Vec<&'a str> {
        let is_used = |index: usize, name: &str| {
            let key = self.mapping.key.as_ref();
            let other = key.into_iter().chain(self.mapping.only.iter().map(|(column, _)| column));
            self.columns.iter().any(|(column, _)| *column == Some(index))
                || other.into_iter().any(|column| fold(&column.value) == fold(name))
        };
        let columns = self.survey.columns.iter().enumerate();
        columns
            .filter(|(index, name)| !is_used(*index, name))
            .map(|(_, name)| name.as_str())
            .collect()
    }

    /// Whether the mapping wants a row.
    pub fn wants(&self, row: &Row) -> bool {
        self.mapping.only.iter().all(|(column, words)| {
            let word = self.survey.value(row, &column.value).and_then(Node::as_word);
            words.contains(&fold(&word.unwrap_or_default()))
        })
    }

    /// The word of a row of which the mapping makes nothing, for a key of the group at a place.
    pub fn emptied(
        &self,
        row: &Row,
        place: &str,
        is_missing: impl Fn(&str) -> bool,
    ) -> Option<Emptied> {
        let source = self.mapping.source?;
        self.mapping.rules.iter().zip(&self.columns).find_map(|(rule, (column, expected))| {
            let goal = rule.to.as_ref()?.pointer();
            let key = goal.strip_prefix(place)?.strip_prefix('/')?.split('/').next()?;
            if !is_missing(key) {
                return None;
            }
            let cell = row.cells.get((*column)?)?.as_ref()?;
            let word = cell.as_word()?.into_owned();
            let at = rule.emptied_at(&word)?.of(source);
            let cell = cell.span.of(self.survey.source);
            Some(Emptied { word, cell, at, allowed: expected.words.clone() })
        })
    }

    /// Makes a record of a row.
    pub fn make(&self, row: &Row) -> Made {
        let mut record = Node { span: row.span, value: Value::Map(Vec::new()) };
        let mut as_is = Vec::new();
        for (rule, (column, expected)) in self.mapping.rules.iter().zip(&self.columns) {
            let Some(target) = &rule.to else { continue };
            let cell = match column {
                Some(column) => row.cells.get(*column).and_then(Option::as_ref),
                None => self.survey.value(row, &rule.column.value),
            };
            let value = match cell {
                Some(cell) => self.through(rule, cell, expected),
                None => rule.default.clone().map(|value| at_home(value, expected)),
            };
            let Some(value) = value.filter(|value| value.value != Value::Null) else { continue };
            if rule.as_is {
                as_is.push(target.pointer());
            }
            let between = if expected.allows(Kind::List) { "" } else { self.between(target) };
            if !target.is_each() {
                put(&mut record, target, rule, value, between);
                continue;
            }
            let parts = match value.value {
                Value::List(parts) => parts,
                value => vec![Node { span: row.span, value }],
            };
            let new = |(further, _): (usize, &Node<'_>)| target.in_new_entry(&record, further);
            let places: Vec<Target> = parts.iter().enumerate().map(new).collect();
            for (place, part) in places.iter().zip(parts) {
                put(&mut record, place, rule, part, between);
            }
        }
        let id = record.get("id").and_then(Node::as_word);
        for (field, value) in id.map(|id| self.beside.of(&id)).unwrap_or_default() {
            Target::parse(field, Span::default()).put(&mut record, value.clone(), "");
        }
        for (target, value) in &self.mapping.constants {
            target.put(&mut record, value.clone(), "");
        }
        prune(&mut record);
        let record = match (self.mapping.is_own, self.survey.is_nested) {
            _ if self.by_roles.is_some() => record,
            (true, true) => all_restored(self.meanings.form, record),
            _ => self.meanings.settle(&record, self.mapping, &as_is),
        };
        let key = self.mapping.key.as_ref();
        let key = key.and_then(|key| self.survey.value(row, &key.value)?.as_word());
        let key = key.map(Cow::into_owned);
        let own = self.own_id(&record);
        let has_own_id = own.is_some();
        let id = own.or_else(|| self.made_id(row, &record));
        Made { key, id, has_own_id, record }
    }

    /// What a cell comes to, on the way through a rule.
    fn through(
        &self,
        rule: &Rule,
        cell: &Node<'static>,
        expected: &Expected,
    ) -> Option<Node<'static>> {
        let span = cell.span;
        let answer = match cell.value {
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        };
        let answer = answer.and_then(|answer| rule.value(answer));
        let meant = answer.or_else(|| rule.value(&cell.as_word()?));
        if let Some(value) = meant.cloned() {
            return Some(at_home(Node { span, ..value }, expected));
        }
        let Value::String(text) = &cell.value else {
            return Some(at_home(cell.clone(), expected));
        };
        let text = if self.mapping.is_own { own::cell(text) } else { text.to_string() };
        let parts = match &rule.split {
            None => {
                let node = Node { span, value: Value::String(Cow::Owned(text)) };
                return Some(at_home(node, expected));
            }
            Some(Split::Own) => own::list(&text),
            Some(Split::Lines) => text.split(['\n', '\r']).map(str::to_owned).collect(),
            Some(Split::Mark(mark)) => text.split(mark.as_str()).map(str::to_owned).collect(),
        };
        let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
        let part = |part: String| {
            let meant = rule.value(&part).cloned();
            let value = meant.map_or_else(
                || Value::String(Cow::Owned(part.trim().to_owned())),
                |meant| meant.value,
            );
            Node { span, value }
        };
        Some(Node { span, value: Value::List(parts.map(part).collect()) })
    }

    /// What stands between two texts of one field: paragraphs part in Markdown, words elsewhere.
    fn between(&self, target: &Target) -> &'static str {
        let way = target.pointer();
        let steps: Vec<&str> = way.split('/').skip(1).collect();
        let path: Vec<_> = steps.iter().map(|step| crate::load::Segment::Key(step)).collect();
        let field = self.meanings.form.fields().along(&path);
        let is_markdown =
            field.is_some_and(|field| field.role == Some(crate::form::Role::Markdown));
        if is_markdown { "\n\n" } else { " " }
    }
}

/// Puts a value into a record, and what the rule puts beside it.
fn put(
    record: &mut Node<'static>,
    place: &Target,
    rule: &Rule,
    value: Node<'static>,
    between: &str,
) {
    for (key, beside) in &rule.with {
        let beside = Node { span: value.span, ..beside.clone() };
        place.beside(key).put(record, beside, "");
    }
    place.put(record, value, between);
}

/// A value as an entry of a list, where the form expects a list and nothing else.
fn at_home(value: Node<'static>, expected: &Expected) -> Node<'static> {
    let is_entry =
        expected.is_only(&[Kind::List]) && !matches!(value.value, Value::List(_) | Value::Null);
    if is_entry { Node { span: value.span, value: Value::List(vec![value]) } } else { value }
}
