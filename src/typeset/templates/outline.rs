//! Owns what the text of a template says of itself: what it defines, what it imports, what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;
use std::ops::Range;

use typst::syntax::ast::{self, AstNode};
use typst::syntax::{DiagSpan, DiagSpanKind, LinkedNode, Source, Span, SyntaxKind};

/// What a template defines and imports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// What it is for: the comment at its top.
    pub(super) about: String,
    /// What it defines for others.
    pub(super) definitions: Vec<Definition>,
    /// What it imports or includes by a path that is written out.
    pub(super) imports: Vec<Import>,
    /// Every text that is written out, which may be a path.
    pub(super) texts: Vec<String>,
    /// The names that others may import from here: what it defines, and what it imports itself.
    exports: BTreeSet<String>,
    /// Whether it passes on all that some file defines.
    passes_on_all: bool,
}

/// Something that other templates may import.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    /// The parameters as they are written, of a function.
    pub(super) parameters: Option<String>,
    /// The comment above it, line for line.
    pub(super) about: String,
}

/// An import or an include of a file or package.
#[derive(Debug)]
pub(super) struct Import {
    /// The path as it is written.
    pub(super) path: String,
    pub(super) range: Range<usize>,
    pub(super) items: Vec<Item>,
    /// The name of the module, if the import gives it one.
    pub(super) module: Option<String>,
}

/// One name that is imported.
#[derive(Debug)]
pub(super) struct Item {
    /// The name in the other file.
    pub(super) name: String,
    /// The name here.
    pub(super) bound: String,
    pub(super) range: Range<usize>,
}

impl Outline {
    /// Reads a template.
    pub(super) fn of(source: &Source) -> Self {
        let text = source.text();
        let mut out = Self { about: comment_at_top(text), ..Self::default() };
        let places = Places::of(source);
        for node in nodes(source) {
            let is_at_top = node.parent().is_some_and(|parent| parent.parent().is_none());
            if let Some(string) = node.get().cast::<ast::Str<'_>>() {
                out.texts.push(string.get().to_string());
            } else if let Some(import) = node.get().cast::<ast::ModuleImport<'_>>() {
                out.imports.extend(imported(import, &places));
                if is_at_top {
                    out.pass_on(import);
                }
            } else if let Some(include) = node.get().cast::<ast::ModuleInclude<'_>>() {
                out.imports.extend(included(include, &places));
            } else if let Some(binding) = node.get().cast::<ast::LetBinding<'_>>()
                && is_at_top
            {
                out.definitions.extend(defined(binding, &places, text, node.offset()));
            }
        }
        out.exports.extend(out.definitions.iter().map(|definition| definition.name.clone()));
        out
    }

    /// The definition of a name.
    pub(super) fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    /// The names that others may import from here, as far as the text names them.
    pub(super) fn exports(&self) -> impl Iterator<Item = &str> {
        self.exports.iter().map(String::as_str)
    }

    /// Whether others certainly cannot import a name from here.
    pub(super) fn lacks(&self, name: &str) -> bool {
        !self.passes_on_all && !self.exports.contains(name)
    }

    fn pass_on(&mut self, import: ast::ModuleImport<'_>) {
        match import.imports() {
            Some(ast::Imports::Wildcard) => self.passes_on_all = true,
            Some(ast::Imports::Items(items)) => {
                self.exports.extend(items.iter().map(|item| item.bound_name().get().to_string()));
            }
            None => {}
        }
        self.exports.extend(module_of(import));
    }

    /// The import that a name comes from, and its name there; none there if it is a whole module.
    pub(super) fn origin(&self, name: &str) -> Option<(&Import, Option<&str>)> {
        self.imports.iter().find_map(|import| {
            if import.module.as_deref() == Some(name) {
                return Some((import, None));
            }
            let item = import.items.iter().find(|item| item.bound == name)?;
            Some((import, Some(item.name.as_str())))
        })
    }
}

/// Where the names and texts of a template stand.
///
/// Typst looks a span up by walking over its neighbours, which is slow where there are many.
struct Places(BTreeMap<NonZeroU64, Range<usize>>);

impl Places {
    fn of(source: &Source) -> Self {
        let leaves =
            nodes(source).filter(|node| matches!(node.kind(), SyntaxKind::Ident | SyntaxKind::Str));
        Self(leaves.map(|node| (node.span().into_raw(), node.range())).collect())
    }

    fn get(&self, span: Span) -> Option<Range<usize>> {
        self.0.get(&span.into_raw()).cloned()
    }
}

/// All nodes of a template, parents before children. Typst's parser bounds how deep they lie.
fn nodes(source: &Source) -> impl Iterator<Item = LinkedNode<'_>> {
    let mut open = vec![LinkedNode::new(source.root())];
    std::iter::from_fn(move || {
        let node = open.pop()?;
        open.extend(node.children().rev());
        Some(node)
    })
}

/// The bytes of a span in its own text.
pub(super) fn range_of(source: &Source, span: impl Into<DiagSpan>) -> Option<Range<usize>> {
    match span.into().get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    }
}

fn imported(import: ast::ModuleImport<'_>, places: &Places) -> Option<Import> {
    let ast::Expr::Str(path) = import.source() else { return None };
    let items = match import.imports() {
        Some(ast::Imports::Items(items)) => items
            .iter()
            .filter_map(|item| {
                let first = item.path().iter().next()?;
                Some(Item {
                    name: first.get().to_string(),
                    bound: item.bound_name().get().to_string(),
                    range: places.get(first.span())?,
                })
            })
            .collect(),
        _ => Vec::new(),
    };
    Some(Import {
        items,
        path: path.get().to_string(),
        range: places.get(path.span())?,
        module: module_of(import),
    })
}

/// The name by which an import makes a whole module known.
fn module_of(import: ast::ModuleImport<'_>) -> Option<String> {
    let named = import.new_name().map(|name| name.get().to_string());
    named.or_else(|| match import.imports() {
        None => import.bare_name().ok().map(|name| name.to_string()),
        Some(_) => None,
    })
}

fn included(include: ast::ModuleInclude<'_>, places: &Places) -> Option<Import> {
    let ast::Expr::Str(path) = include.source() else { return None };
    Some(Import {
        path: path.get().to_string(),
        range: places.get(path.span())?,
        items: Vec::new(),
        module: None,
    })
}

fn defined(
    binding: ast::LetBinding<'_>,
    places: &Places,
    text: &str,
    start: usize,
) -> Vec<Definition> {
    let parameters = match binding.init() {
        Some(ast::Expr::Closure(closure)) => {
            Some(on_one_line(&closure.params().to_untyped().full_text()))
        }
        _ => None,
    };
    let mut definitions: Vec<Definition> = (binding.kind().bindings().into_iter())
        .filter_map(|name| {
            let range = places.get(name.span())?;
            let name = name.get().to_string();
            Some(Definition { name, range, parameters: None, about: String::new() })
        })
        .collect();
    // Parameters belong to one name alone, and a comment above several speaks of none of them.
    if let [only] = definitions.as_mut_slice() {
        only.parameters = parameters;
        only.about = comment_above(text, start);
    }
    definitions
}

/// The comment at the top of a file, as one text. What stands indented in it is code, and left out.
fn comment_at_top(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//"));
    let lines: Vec<&str> = lines.collect();
    let prose = lines.iter().filter(|line| !line.starts_with("     ")).map(|line| line.trim());
    joined(prose.take_while(|line| !line.is_empty()))
}

/// The `///` comment above a place, line for line.
fn comment_above(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or_default();
    // The place lies behind the `#` of its own line.
    let above = before.rsplit_once('\n').map_or("", |(above, _)| above);
    let lines = above.lines().rev().map_while(|line| line.strip_prefix("///"));
    let mut lines: Vec<&str> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.reverse();
    lines.join("\n")
}

fn joined<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn on_one_line(code: &str) -> String {
    let text = code.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("( ", "(").replace(", )", ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_what_it_defines_and_imports() {
        let text = "// One case.\n//\n// More.\n\n#import \"../a.typ\": x, y as z\n\
                    #import \"b.typ\" as b\n#import \"c.typ\": *\n#import (\"i\" + \".typ\"): i\n\n/// Sets it.\n/// Twice.\n\
                    #let f(case, level: 3) = {\n  let inner = include \"d.typ\"\n}\n\
                    #let (g, h) = (1, \"e.typ\")\n";
        let source = Source::detached(text);
        let outline = Outline::of(&source);
        assert_eq!(outline.about, "One case.");
        let exports: Vec<&str> = outline.exports().collect();
        assert_eq!(exports, ["b", "f", "g", "h", "i", "x", "z"]);
        assert!(!outline.lacks("w"), "c.typ may define it");
        assert!(Outline::of(&Source::detached("#let f = 1")).lacks("w"));
        let f = outline.definition("f").unwrap();
        assert_eq!(f.parameters.as_deref(), Some("(case, level: 3)"));
        assert_eq!((f.about.as_str(), &text[f.range.clone()]), ("Sets it.\nTwice.", "f"));
        let (import, name) = outline.origin("z").unwrap();
        assert_eq!((import.path.as_str(), name), ("../a.typ", Some("y")));
        assert_eq!(outline.origin("b").unwrap().1, None);
        let paths: Vec<&str> = outline.imports.iter().map(|import| import.path.as_str()).collect();
        assert_eq!(paths, ["../a.typ", "b.typ", "c.typ", "d.typ"]);
        assert!(outline.texts.contains(&"e.typ".to_owned()));
    }
}
