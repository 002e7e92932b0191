//! Owns the ids of cases that come in: those that stand in a row, and those that are made of its columns or
//! of the title.

use std::borrow::Cow;

use super::place::{Target, put_in_order};
use super::record::Maker;
use super::survey::Row;
use crate::form::RoleMap;
use crate::load::{Node, Value};
use crate::lower::slug;
use crate::source::Span;

impl Maker<'_> {
    /// The roles that say where ids and titles stand in records; what is exported has casebook's names still.
    fn roles(&self) -> Option<&RoleMap> {
        self.meanings.form.roles().filter(|_| !self.is_by_roles())
    }

    /// The id that stands in a record: under its key, or where the roles of another form say.
    pub(super) fn own_id(&self, record: &Node<'_>) -> Option<String> {
        let word = match self.roles() {
            None => record.get("id").and_then(Node::as_word),
            Some(roles) => roles.id.as_ref()?.nodes(record).first().and_then(|node| node.as_word()),
        };
        word.map(Cow::into_owned)
    }

    /// An id made of columns, else of the title.
    pub(super) fn made_id(&self, row: &Row, record: &Node<'_>) -> Option<String> {
        let text = match &self.mapping.id {
            Some(template) => fill(&template.value, |name| {
                let value = self.survey.value(row, name).and_then(Node::as_word);
                value.map(Cow::into_owned).unwrap_or_default()
            }),
            None => {
                let title = match self.roles().map(|roles| roles.title.as_ref()) {
                    Some(pattern) => pattern?.nodes(record).first().and_then(|node| node.as_word()),
                    None => record.get("title").and_then(Node::as_word),
                };
                title.map(Cow::into_owned).unwrap_or_default()
            }
        };
        Some(slug(&text)).filter(|id| !id.is_empty()).map(allowed)
    }

    /// A record with its id where its form has it, in the form's order.
    pub fn finish(&self, mut record: Node<'static>, id: &str) -> Node<'static> {
        if self.is_by_roles() {
            return record;
        }
        let place = match self.meanings.form.roles() {
            None => Some("/id".to_owned()),
            Some(roles) => roles.id.as_ref().map(ToString::to_string),
        };
        if let Some(place) = place.filter(|_| self.own_id(&record).is_none()) {
            let value = Value::String(Cow::Owned(id.to_owned()));
            let value = Node { span: Span::default(), value };
            Target::parse(&place, Span::default()).put(&mut record, value, "");
        }
        put_in_order(self.meanings.form, &mut record);
        record
    }
}

/// The names between braces.
pub(super) fn names_in(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.trim())
}

fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut parts = template.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((name, rest)) => out.extend([value(name.trim()).as_str(), rest]),
            None => out.push_str(part),
        }
    }
    out
}

/// A name that a file may have on every system: Windows keeps some for its devices.
fn allowed(id: String) -> String {
    let is_port = |name: &str| {
        id.strip_prefix(name).is_some_and(|rest| {
            rest.len() == 1 && rest != "0" && rest.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let is_reserved =
        ["con", "prn", "aux", "nul"].contains(&id.as_str()) || is_port("com") || is_port("lpt");
    if is_reserved { format!("{id}-case") } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled_and_devices_are_no_names() {
        let value = |name: &str| format!("<{name}>");
        assert_eq!(fill("{a}-{ b c }!", value), "<a>-<b c>!");
        assert_eq!(fill("a{b", value), "ab");
        assert_eq!(names_in("{a}-{ b c }!{d").collect::<Vec<_>>(), ["a", "b c"]);
        let allowed = |id: &str| super::allowed(id.to_owned());
        assert_eq!((allowed("con"), allowed("lpt1")), ("con-case".into(), "lpt1-case".into()));
        assert_eq!((allowed("contact"), allowed("com")), ("contact".into(), "com".into()));
    }
}
