//! Owns pointer patterns: JSON Pointers in which `*` stands for every entry of a list or mapping.

use std::fmt;
use std::str::FromStr;

use crate::load::{Node, Segment, Value};

/// A JSON Pointer (RFC 6901) with `*` for every entry: `/partners/*/name`.
///
/// A leading slash may be left out: `partners/*/name` means the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern(Vec<Step>);

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key, or an entry's number from 0.
    Name(String),
    /// Every entry.
    Each,
}

/// More steps than any record is deep.
const LONGEST: usize = 32;

impl FromStr for Pattern {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_prefix('/').unwrap_or(text);
        if text.is_empty() {
            return Ok(Self::default());
        }
        let steps: Vec<Step> = text.split('/').map(step).collect();
        if steps.len() > LONGEST { Err("the pointer has too many steps") } else { Ok(Self(steps)) }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Name(name) => {
                    write!(f, "/{}", name.replace('~', "~0").replace('/', "~1"))?;
                }
                Step::Each => f.write_str("/*")?,
            }
        }
        Ok(())
    }
}

fn step(text: &str) -> Step {
    match text {
        "*" => Step::Each,
        name => Step::Name(name.replace("~1", "/").replace("~0", "~")),
    }
}

impl Pattern {
    /// The pattern of some steps.
    pub fn of(steps: &[Step]) -> Self {
        Self(steps.to_vec())
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The place of a key in what the pattern leads to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Name(key.to_owned()));
        Self(steps)
    }

    /// Visits every node that the pattern leads to, in the file's order, with the way to it.
    pub fn visit<'a>(
        &self,
        root: &'a Node<'a>,
        visit: &mut dyn FnMut(&'a Node<'a>, &'a Node<'a>, &[Segment<'a>]),
    ) {
        follow(&self.0, root, root, &mut Vec::new(), visit);
    }

    /// The values that the pattern leads to, in the file's order, lists taken apart.
    pub fn values<'a>(&self, root: &'a Node<'a>) -> Vec<&'a Node<'a>> {
        let entries = |node: &'a Node<'a>| {
            if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() }
        };
        self.nodes(root).into_iter().flat_map(entries).collect()
    }

    /// The nodes that the pattern leads to, in the file's order.
    pub fn nodes<'a>(&self, root: &'a Node<'a>) -> Vec<&'a Node<'a>> {
        let mut found = Vec::new();
        self.visit(root, &mut |node, _, _| found.push(node));
        found
    }
}

/// Calls `visit` with a node, the mapping that holds it, and the way to it.
fn follow<'a>(
    steps: &[Step],
    node: &'a Node<'a>,
    parent: &'a Node<'a>,
    path: &mut Vec<Segment<'a>>,
    visit: &mut dyn FnMut(&'a Node<'a>, &'a Node<'a>, &[Segment<'a>]),
) {
    let Some((first, rest)) = steps.split_first() else {
        visit(node, parent, path);
        return;
    };
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let fits = match first {
                    Step::Each => true,
                    Step::Name(name) => entry.key == name.as_str(),
                };
                if fits {
                    path.push(Segment::Key(&entry.key));
                    follow(rest, &entry.value, node, path, visit);
                    path.pop();
                }
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let fits = match first {
                    Step::Each => true,
                    Step::Name(name) => name.parse() == Ok(index),
                };
                if fits {
                    path.push(Segment::Index(index));
                    follow(rest, item, parent, path, visit);
                    path.pop();
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Limits, parse};
    use crate::source::SourceMap;

    #[track_caller]
    fn check(pattern: &str, expected: &[&str]) {
        let text = "a: [{n: one}, {n: two}]\nb: {x: three, y: four}\nc/d: five\n";
        let source = SourceMap::default().add("t.yaml", "");
        let root = parse(source, text, Limits::default(), &mut Vec::new()).unwrap();
        let pattern: Pattern = pattern.parse().unwrap();
        let found: Vec<_> = pattern.nodes(&root).into_iter().filter_map(Node::as_str).collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn patterns_walk_lists_and_mappings() {
        check("/a/*/n", &["one", "two"]);
        check("a/1/n", &["two"]);
        check("/b/*", &["three", "four"]);
        check("/c~1d", &["five"]);
        check("/a/*/m", &[]);
        check("/b/x/deeper", &[]);
    }
}
