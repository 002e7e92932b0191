//! Owns the roles: what values of a form mean to casebook, and the walk that finds them.

use super::Form;
use super::fields::Wording;
use crate::load::{Node, Segment, Value, pointer};

/// What a value means to casebook.
///
/// A schema says it with `x-role`, and the most words with `x-max-words`; the manifest says it for a
/// form of the group's own with `form.roles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A text in Markdown.
    Markdown,
    /// Keys of entries in `sources`.
    Citation,
    /// A region code.
    Region,
    /// A theme's key.
    Theme,
    /// Another case's id.
    Case,
    /// The path of a picture.
    Image,
    /// A date, or two with a slash between.
    Date,
    /// A mapping with `start` and `end`.
    Period,
    /// A text of so many words at most, said with `x-max-words`.
    MaxWords(usize),
}

impl Role {
    /// The words that a schema may use, in their order.
    pub const WORDS: &[&str] =
        &["markdown", "citation", "region", "theme", "case", "image", "date", "period"];

    /// The role of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "markdown" => Self::Markdown,
            "citation" => Self::Citation,
            "region" => Self::Region,
            "theme" => Self::Theme,
            "case" => Self::Case,
            "image" => Self::Image,
            "date" => Self::Date,
            "period" => Self::Period,
            _ => return None,
        })
    }
}

/// A value with a role.
pub struct InRole<'w, 'a> {
    /// What it means.
    pub role: Role,
    /// The value.
    pub node: &'a Node<'a>,
    /// The mapping that holds it, or that holds the list that holds it.
    pub parent: &'a Node<'a>,
    /// The way to it.
    pub path: &'w [Segment<'a>],
}

impl InRole<'_, '_> {
    /// Where it stands in the record.
    pub fn pointer(&self) -> String {
        pointer(self.path.iter().copied())
    }
}

impl Form {
    /// Visits the values that have a role, in the file's order.
    pub fn in_roles<'a>(&self, root: &'a Node<'a>, visit: &mut dyn FnMut(&InRole<'_, 'a>)) {
        self.fields.visit(root, &mut |field, node, parent, path| {
            for role in field.role.into_iter().chain(field.max_words.map(Role::MaxWords)) {
                visit(&InRole { role, node, parent, path });
            }
        });
        if let Some(own) = &self.own {
            own.visit(root, visit);
        }
        self.visit_shown(root, &mut |node, parent, path| {
            visit_texts(self, node, parent, &mut path.to_vec(), visit);
        });
    }
}

/// Visits the texts below a field of the group's own that the report shows as Markdown.
fn visit_texts<'a>(
    form: &Form,
    node: &'a Node<'a>,
    parent: &'a Node<'a>,
    path: &mut Vec<Segment<'a>>,
    visit: &mut dyn FnMut(&InRole<'_, 'a>),
) {
    match &node.value {
        Value::String(_) if form.is_markdown(path) => {
            visit(&InRole { role: Role::Markdown, node, parent, path });
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Segment::Index(index));
                visit_texts(form, item, parent, path, visit);
                path.pop();
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                path.push(Segment::Key(&entry.key));
                visit_texts(form, &entry.value, node, path, visit);
                path.pop();
            }
        }
        _ => {}
    }
}

impl Form {
    /// Whether the text at a place of a field of the group's own is shown as Markdown.
    ///
    /// It is unless the form says that it is something else. (What has a role in the schema was
    /// visited before.)
    pub fn is_markdown(&self, path: &[Segment<'_>]) -> bool {
        match self.fields.along(path) {
            Some(field) => {
                field.own
                    && field.role.is_none()
                    && field.wording == Wording::Text
                    && !field.private
            }
            // A form that is silent about a value leaves it to its contributors.
            None => true,
        }
    }
}
