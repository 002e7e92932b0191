//! Owns what a value of a survey means where it was put: a code, a key, a word, a number, a text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::mapping::{DayOrder, Mapping};
use super::meanings::Meanings;
use super::{clean, number};
use crate::form::{Expected, Kind, Role};
use crate::load::{Node, Number, Segment, Value, pointer};
use crate::model::{Date, TimeSpan};
use crate::validate::meant_date;

/// What parts entries of a list that stand in one cell without the mapping saying so, each tried in turn.
const SEPARATORS: &[&str] = &["\n", ";", "|", ","];

/// The roles of a record's values by their places.
type Roles = BTreeMap<String, Role>;

impl Meanings<'_> {
    /// Makes of every text in a record what it means there. What is not understood stays as it is, so
    /// that the rules can say what is wrong with it.
    pub(super) fn settle(
        &self,
        record: &Node<'static>,
        mapping: &Mapping,
        as_is: &[String],
    ) -> Node<'static> {
        let mut roles = Roles::new();
        self.form.in_roles(record, &mut |value| {
            if !matches!(value.role, Role::MaxWords(_) | Role::Period) {
                roles.insert(value.pointer(), value.role);
            }
        });
        let settling = Settling { meanings: self, mapping, roles, as_is };
        settling.node(record, &mut Vec::new())
    }
}

struct Settling<'a> {
    meanings: &'a Meanings<'a>,
    mapping: &'a Mapping,
    roles: Roles,
    /// Places of texts that are taken as they are.
    as_is: &'a [String],
}

impl Settling<'_> {
    fn node<'n>(&self, node: &'n Node<'static>, path: &mut Vec<Segment<'n>>) -> Node<'static> {
        let value = match &node.value {
            Value::Map(entries) => {
                let mut settled = entries.clone();
                for (entry, settled) in entries.iter().zip(&mut settled) {
                    path.push(Segment::Key(&entry.key));
                    settled.value = self.node(&entry.value, path);
                    path.pop();
                }
                Value::Map(settled)
            }
            Value::List(items) => {
                let mut settled = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    path.push(Segment::Index(index));
                    settled.extend(self.entry(item, path));
                    path.pop();
                }
                Value::List(settled)
            }
            Value::String(text) => self.text(text, path),
            // A spreadsheet keeps numbers, and answers as 1 and 0, whatever they stand for.
            Value::Number(number) if !self.wants_number(path) => {
                self.text(&number.to_string(), path)
            }
            value => value.clone(),
        };
        Node { span: node.span, value }
    }

    /// An entry of a list, which may turn out to be several themes or regions in one cell.
    fn entry<'n>(
        &self,
        node: &'n Node<'static>,
        path: &mut Vec<Segment<'n>>,
    ) -> Vec<Node<'static>> {
        let role = self.roles.get(&pointer(path.iter().copied()));
        let meaning = |text: &str| match role {
            Some(Role::Theme) => self.meanings.theme(text),
            Some(Role::Region) => self.meanings.region(text),
            _ => None,
        };
        let several = match (&node.value, role) {
            (Value::String(text), Some(Role::Theme | Role::Region)) if meaning(text).is_none() => {
                SEPARATORS.iter().find_map(|separator| {
                    let parts = text.split(separator).filter(|part| !part.trim().is_empty());
                    parts.map(meaning).collect::<Option<Vec<String>>>()
                })
            }
            _ => None,
        };
        match several {
            Some(several) if !several.is_empty() => {
                let one =
                    |text: String| Node { span: node.span, value: Value::String(text.into()) };
                several.into_iter().map(one).collect()
            }
            _ => vec![self.node(node, path)],
        }
    }

    fn wants_text(&self, path: &[Segment<'_>]) -> bool {
        self.expected(path).is_none_or(|expected| expected.allows(Kind::Text))
    }

    fn wants_number(&self, path: &[Segment<'_>]) -> bool {
        let is_number =
            |expected: Expected| expected.allows(Kind::Number) || expected.allows(Kind::Whole);
        self.expected(path).is_none_or(is_number)
    }

    fn expected(&self, path: &[Segment<'_>]) -> Option<Expected> {
        self.meanings.expected(path)
    }

    fn text(&self, text: &str, path: &[Segment<'_>]) -> Value<'static> {
        let place = pointer(path.iter().copied());
        let words = |text: String| Value::String(Cow::Owned(text));
        if self.as_is.contains(&place) {
            return words(text.to_owned());
        }
        match self.roles.get(&place) {
            // What the report shows of another form may be a number or an answer.
            Some(Role::Markdown) if self.wants_text(path) => words(clean::markdown(text)),
            Some(Role::Theme) => {
                words(self.meanings.theme(text).unwrap_or_else(|| clean::plain(text)))
            }
            Some(Role::Region) => {
                words(self.meanings.region(text).unwrap_or_else(|| clean::plain(text)))
            }
            Some(Role::Date) => self.date(&clean::plain(text)),
            _ => self.by_form(&clean::plain(text), self.expected(path).unwrap_or_default()),
        }
    }

    /// A text by what the form expects.
    fn by_form(&self, text: &str, expected: Expected) -> Value<'static> {
        let words = || Value::String(Cow::Owned(text.to_owned()));
        if !expected.words.is_empty() {
            let bare = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
            let meant = expected.words.iter().find(|word| bare(word) == bare(text));
            return meant.map_or_else(words, |word| Value::String(Cow::Owned(word.clone())));
        }
        if expected.is_only(&[Kind::Answer]) {
            return number::answer(text).map_or_else(words, Value::Bool);
        }
        let is_number = expected.allows(Kind::Number) || expected.allows(Kind::Whole);
        if is_number && !expected.is_only(&[Kind::Text]) && expected != Expected::default() {
            return number::number(text, self.mapping.decimal).map_or_else(words, Value::Number);
        }
        words()
    }

    /// A date as the form writes it, if the text has one reading.
    fn date(&self, text: &str) -> Value<'static> {
        let day = text
            .split_once(['T', ' '])
            .filter(|(day, time)| day.parse::<Date>().is_ok() && time.contains(':'));
        let text = day.map_or(text, |(day, _)| day);
        if let Ok(year) = text.parse::<i64>().map(Number::Int)
            && text.len() == 4
        {
            return Value::Number(year);
        }
        let written = match text.parse::<TimeSpan>() {
            Ok(_) => None,
            Err(_) => self.in_order(text).or_else(|| meant_date(text)),
        };
        Value::String(Cow::Owned(written.unwrap_or_else(|| text.to_owned())))
    }

    /// A date of three numbers in the order that the mapping gives.
    fn in_order(&self, text: &str) -> Option<String> {
        let order = self.mapping.dates?;
        let date = text.split_whitespace().next()?;
        let parts: Vec<u32> =
            date.split(['/', '.', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
        let [first, second, year] = parts.as_slice() else { return None };
        let (day, month) = match order {
            DayOrder::DayFirst => (first, second),
            DayOrder::MonthFirst => (second, first),
        };
        let written = format!("{year:04}-{month:02}-{day:02}");
        (*year >= 1000 && written.parse::<Date>().is_ok()).then_some(written)
    }
}
