//! Owns the roles of a form of the group's own: which pointers of a record hold what casebook knows.

use super::pattern::Pattern;
use super::roles::{InRole, Role};
use crate::load::{Node, Segment, Value};

/// Where the records of another form keep what casebook knows by name.
///
/// What is not said is absent from the report.
#[derive(Debug, Default)]
pub struct RoleMap {
    /// The short name of a record.
    pub id: Option<Pattern>,
    /// Its name for readers.
    pub title: Option<Pattern>,
    /// What a busy reader should know.
    pub summary: Option<Pattern>,
    /// Region codes.
    pub regions: Option<Pattern>,
    /// Theme keys.
    pub themes: Option<Pattern>,
    /// When it ran.
    pub period: Option<PeriodPlace>,
    /// Where it stands.
    pub status: Option<WordPlace>,
    /// What came of it.
    pub outcome: Option<WordPlace>,
    /// Who was part of it: names, or mappings with `name`, `role`, `region`, `url`.
    pub organisations: Option<Pattern>,
    /// What it rests on: a mapping by key, or a list of titles, addresses or mappings.
    pub sources: Option<Pattern>,
    /// What the report prints as sections, in this order.
    pub sections: Vec<Pattern>,
}

/// Where the period of a record stands.
#[derive(Debug)]
pub enum PeriodPlace {
    /// In one value: a date, two with a slash between, or a mapping with `start` and `end`.
    One(Pattern),
    /// In two values.
    Two {
        /// The beginning.
        start: Pattern,
        /// The end.
        end: Option<Pattern>,
    },
}

/// Where a word stands, and what the words of the group mean in casebook's.
#[derive(Debug)]
pub struct WordPlace {
    /// Where.
    pub pattern: Pattern,
    /// Casebook's word for each of the group's.
    pub values: Vec<(String, String)>,
}

impl RoleMap {
    /// Every pattern with the name of its role, in the order of the manifest's form.
    pub fn patterns(&self) -> Vec<(&'static str, &Pattern)> {
        let mut all = Vec::new();
        for (name, pattern) in [
            ("id", &self.id),
            ("title", &self.title),
            ("summary", &self.summary),
            ("regions", &self.regions),
            ("themes", &self.themes),
            ("organisations", &self.organisations),
            ("sources", &self.sources),
        ] {
            all.extend(pattern.as_ref().map(|pattern| (name, pattern)));
        }
        match &self.period {
            Some(PeriodPlace::One(pattern)) => all.push(("period", pattern)),
            Some(PeriodPlace::Two { start, end }) => {
                all.push(("period/start", start));
                all.extend(end.as_ref().map(|end| ("period/end", end)));
            }
            None => {}
        }
        all.extend(self.status.as_ref().map(|place| ("status", &place.pattern)));
        all.extend(self.outcome.as_ref().map(|place| ("outcome", &place.pattern)));
        all
    }

    /// The sources of a record by the keys that texts cite them with, in the file's order.
    pub fn sources_of<'a>(&self, root: &'a Node<'a>) -> Vec<(String, &'a Node<'a>)> {
        let mut found = Vec::new();
        self.visit_sources(root, &mut |key, node, _| found.push((key, node)));
        found
    }

    /// Visits the sources of a record, in the file's order, with the keys that texts cite them with and the
    /// ways to them.
    ///
    /// A mapping has its own keys; the entries of a list are cited by their numbers from 1, or by
    /// an `id` or `key` of their own.
    pub fn visit_sources<'a>(
        &self,
        root: &'a Node<'a>,
        visit: &mut dyn FnMut(String, &'a Node<'a>, &[Segment<'a>]),
    ) {
        let Some(pattern) = &self.sources else { return };
        let mut count = 0_usize;
        pattern.visit(root, &mut |node, _, path| {
            let mut path = path.to_vec();
            let mut found = |key: Option<&str>, node: &'a Node<'a>, path: &[Segment<'a>]| {
                count += 1;
                visit(key.map_or_else(|| count.to_string(), str::to_owned), node, path);
            };
            for entry in node.entries() {
                path.push(Segment::Key(&entry.key));
                found(Some(&entry.key), &entry.value, &path);
                path.pop();
            }
            for (index, item) in node.items().iter().enumerate() {
                let named = item.get("id").or_else(|| item.get("key")).and_then(Node::as_str);
                path.push(Segment::Index(index));
                found(named, item, &path);
                path.pop();
            }
            if let Value::String(_) = node.value {
                found(None, node, &path);
            }
        });
    }

    /// Visits the values that the map gives a role.
    pub(super) fn visit<'a>(&self, root: &'a Node<'a>, visit: &mut dyn FnMut(&InRole<'_, 'a>)) {
        let mut each = |pattern: Option<&Pattern>, role: Role| {
            let Some(pattern) = pattern else { return };
            pattern.visit(root, &mut |node, parent, path| {
                visit_entries(role, node, parent, &mut path.to_vec(), visit);
            });
        };
        each(self.regions.as_ref(), Role::Region);
        each(self.themes.as_ref(), Role::Theme);
        match &self.period {
            Some(PeriodPlace::One(pattern)) => pattern.visit(root, &mut |node, parent, path| {
                let role =
                    if matches!(node.value, Value::Map(_)) { Role::Period } else { Role::Date };
                visit(&InRole { role, node, parent, path });
            }),
            Some(PeriodPlace::Two { start, end }) => {
                each(Some(start), Role::Date);
                each(end.as_ref(), Role::Date);
            }
            None => {}
        }
    }
}

/// Visits a value, or each entry if it is a list.
fn visit_entries<'a>(
    role: Role,
    node: &'a Node<'a>,
    parent: &'a Node<'a>,
    path: &mut Vec<Segment<'a>>,
    visit: &mut dyn FnMut(&InRole<'_, 'a>),
) {
    if node.items().is_empty() {
        visit(&InRole { role, node, parent, path });
    }
    for (index, node) in node.items().iter().enumerate() {
        path.push(Segment::Index(index));
        visit(&InRole { role, node, parent, path });
        path.pop();
    }
}
