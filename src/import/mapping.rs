//! Owns a mapping as it is read: which column goes into which field, and what happens on the way.

use super::place::Target;
use super::survey::{Reading, fold, owned};
use crate::diag::Sink;
use crate::form::Form;
use crate::load::{Entry, Segment};
use crate::load::{Node, Number, Value, pointer};
use crate::source::{Location, SourceId, Span, Spanned};

/// How rows become records.
#[derive(Debug, Default)]
pub struct Mapping {
    /// The file that it was read from; none if it is casebook's own.
    pub source: Option<SourceId>,
    /// How the survey is to be read.
    pub reading: Reading,
    /// The column by which rows are known again.
    pub key: Option<Spanned<String>>,
    /// The folder of new cases.
    pub folder: Option<Spanned<String>>,
    /// How ids are made, with names of columns between braces.
    pub(super) id: Option<Spanned<String>>,
    /// What stands before the fraction of numbers.
    pub(super) decimal: Option<char>,
    /// In which order days and months of dates stand.
    pub(super) dates: Option<DayOrder>,
    /// Which rows are meant, by the words of columns.
    pub(super) only: Vec<(Spanned<String>, Vec<String>)>,
    /// What is the same in every record.
    pub(super) constants: Vec<(Target, Node<'static>)>,
    /// Where the columns go.
    pub(super) rules: Vec<Rule>,
    /// Whether cells are as casebook exports them.
    pub(super) is_own: bool,
    /// Whether they make cases under casebook's names, which the roles of the form put back.
    pub(super) by_roles: bool,
}

/// The order of the numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// Where a column goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Rule {
    pub(super) column: Spanned<String>,
    /// The field; none if the column is to be left out.
    pub(super) to: Option<Target>,
    pub(super) split: Option<Split>,
    /// What words stand for.
    pub(super) values: Vec<Meant>,
    /// What stands where a cell is empty.
    pub(super) default: Option<Node<'static>>,
    /// What stands beside the field.
    pub(super) with: Vec<(String, Node<'static>)>,
    /// Whether the text is taken as it is.
    pub(super) as_is: bool,
}

/// What a word of the survey stands for.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    word: String,
    value: Node<'static>,
    /// Where the mapping says it.
    at: Span,
}

/// What parts the entries of a list in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Split {
    Lines,
    Mark(String),
    /// As casebook's own tables do it.
    Own,
}

impl Rule {
    /// What a word of the survey stands for, if the mapping says it.
    pub(super) fn value(&self, word: &str) -> Option<&Node<'static>> {
        self.meant(word).map(|meant| &meant.value)
    }

    /// Where the mapping says that a word of the survey stands for nothing, if it does.
    pub(super) fn emptied_at(&self, word: &str) -> Option<Span> {
        let meant = self.meant(word)?;
        (meant.value.value == Value::Null).then_some(meant.at)
    }

    fn meant(&self, word: &str) -> Option<&Meant> {
        let word = fold(word);
        self.values.iter().find(|meant| meant.word == word)
    }
}

impl Mapping {
    /// Whether columns of the survey go into a field of a record or into what lies in it.
    pub fn has_column_for(&self, field: &str) -> bool {
        self.rules.iter().filter_map(|rule| rule.to.as_ref()).any(|target| target.is_in(field))
    }

    /// Where the mapping says what a field is in every record, if it does.
    pub fn constant_at(&self, place: &str) -> Option<Location> {
        let starts = |target: &Target| {
            place
                .strip_prefix(&target.pointer())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let (target, _) = self.constants.iter().find(|(target, _)| starts(target))?;
        Some(target.at.of(self.source?))
    }
}

/// Reads a mapping that its form has accepted. Pushes what leads to nothing in the form of cases.
pub fn read_mapping(form: &Form, source: SourceId, tree: &Node<'_>, sink: &mut Sink) -> Mapping {
    let word = |key: &str| spanned(tree.get(key)?);
    let plain = |key: &str| word(key).map(|word| word.value);
    let number = |key: &str| match tree.get(key)?.value {
        Value::Number(Number::Int(number)) => usize::try_from(number).ok(),
        _ => None,
    };
    let entries = |key: &str| tree.get(key).map(Node::entries).unwrap_or_default();
    let mut mapping = Mapping {
        source: Some(source),
        reading: Reading {
            sheet: plain("sheet"),
            header: number("header"),
            first_row: number("first_row"),
            encoding: plain("encoding"),
            separator: tree
                .get("separator")
                .and_then(Node::as_str)
                .and_then(|mark| mark.bytes().next()),
        },
        key: word("key"),
        folder: word("folder"),
        id: word("id"),
        decimal: plain("decimal").and_then(|mark| mark.chars().next()),
        dates: plain("dates").map(|word| match word.as_str() {
            "month-first" => DayOrder::MonthFirst,
            _ => DayOrder::DayFirst,
        }),
        only: entries("only").iter().map(|entry| (key_of(entry), words_of(&entry.value))).collect(),
        ..Mapping::default()
    };
    for entry in entries("constants") {
        let place = pointer([Segment::Key("constants"), Segment::Key(&entry.key)]);
        if let Some(target) = target(form, &entry.key, entry.key_span.of(source), &place, sink) {
            mapping.constants.push((target, placeless(&entry.value)));
        }
    }
    for entry in entries("columns") {
        let place = pointer([Segment::Key("columns"), Segment::Key(&entry.key)]);
        let one = std::slice::from_ref(&entry.value);
        let rules = if entry.value.items().is_empty() { one } else { entry.value.items() };
        for node in rules {
            mapping.rules.push(rule(form, source, key_of(entry), node, &place, sink));
        }
    }
    mapping
}

/// The word in a mapping that leaves a column out.
const IGNORE: &str = "ignore";

fn rule(
    form: &Form,
    source: SourceId,
    column: Spanned<String>,
    node: &Node<'_>,
    place: &str,
    sink: &mut Sink,
) -> Rule {
    let to = node.get("to").unwrap_or(node);
    let Some(field) = to.as_str().filter(|field| *field != IGNORE) else {
        return Rule { column, ..Rule::default() };
    };
    let entries = |key: &str| node.get(key).map(Node::entries).unwrap_or_default().iter();
    Rule {
        column,
        to: target(form, field, to.span.of(source), place, sink),
        split: node.get("split").and_then(Node::as_str).map(|mark| match mark {
            "lines" => Split::Lines,
            mark => Split::Mark(mark.to_owned()),
        }),
        values: entries("values")
            .map(|entry| Meant {
                word: fold(&entry.key),
                value: placeless(&entry.value),
                at: Span { start: entry.key_span.start, end: entry.value.span.end },
            })
            .collect(),
        default: node.get("default").map(placeless),
        with: entries("with")
            .map(|entry| (entry.key.to_string(), placeless(&entry.value)))
            .collect(),
        as_is: node.get("as_is").is_some_and(|node| node.value == Value::Bool(true)),
    }
}

/// A field by its name, if the form has it.
fn target(form: &Form, name: &str, at: Location, place: &str, sink: &mut Sink) -> Option<Target> {
    let target = Target::parse(name, at.span);
    let nowhere = match target.pattern() {
        Some(pattern) => form.leads_nowhere(&pattern, at),
        None => Some(super::diags::unusable_target(name, at)),
    };
    match nowhere {
        Some(nowhere) => {
            sink.push(nowhere.pointer(place));
            None
        }
        None => Some(target),
    }
}

/// A value of the mapping without its place, which is in another file than the answers.
pub(super) fn placeless(node: &Node<'_>) -> Node<'static> {
    fn forget(node: &mut Node<'_>) {
        node.span = Span::default();
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(forget),
            Value::Map(entries) => entries.iter_mut().for_each(|entry| {
                entry.key_span = Span::default();
                forget(&mut entry.value);
            }),
            _ => {}
        }
    }
    let mut node = owned(node);
    forget(&mut node);
    node
}

/// A key with its value, both without their places.
pub fn placeless_entry(entry: &Entry<'_>) -> Entry<'static> {
    let key = std::borrow::Cow::Owned(entry.key.to_string());
    Entry { key, key_span: Span::default(), value: placeless(&entry.value) }
}

fn spanned(node: &Node<'_>) -> Option<Spanned<String>> {
    Some(Spanned { value: node.as_word()?.into_owned(), span: node.span })
}

fn key_of(entry: &Entry<'_>) -> Spanned<String> {
    Spanned { value: entry.key.to_string(), span: entry.key_span }
}

fn words_of(node: &Node<'_>) -> Vec<String> {
    let one = std::slice::from_ref(node);
    let nodes = if node.items().is_empty() { one } else { node.items() };
    nodes.iter().filter_map(Node::as_word).map(|word| fold(&word)).collect()
}
