//! Owns the question which own template a built-in one was using when it failed.

use std::ops::Range;

use typst::World;
use typst::syntax::{LinkedNode, Side, Source, SyntaxKind};

use super::check::resolved;
use super::outline::Outline;
use super::own::{OwnPlaces, place};
use crate::source::{Location, SourceMap};
use crate::typeset::world::{ReportWorld, template_id};

/// How far around a fault to look for what an own template defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum Reach {
    /// The innermost call, field or sum: what is used there is most likely at fault.
    Expression,
    /// The whole statement.
    Statement,
}

/// What an own template defines and a built-in one used where it failed.
pub(in crate::typeset) struct Blamed {
    /// Where it is defined.
    pub(in crate::typeset) at: Location,
    pub(in crate::typeset) name: String,
}

/// The definition of an own template that is used at a place of a built-in one.
pub(in crate::typeset) fn blame(
    path: &str,
    range: &Range<usize>,
    reach: Reach,
    world: &ReportWorld,
    own: &OwnPlaces,
    sources: &SourceMap,
) -> Option<Blamed> {
    let source = world.source(template_id(path)?).ok()?;
    let outline = Outline::of(&source);
    let names = names_around(&source, range, reach);
    names.iter().find_map(|(name, field)| {
        let (import, there) = outline.origin(name)?;
        let target = resolved(path, &import.path)?;
        let file = own.source(&target)?;
        let wanted = there.or(field.as_deref())?;
        let defining = Outline::of(&world.source(template_id(&target)?).ok()?);
        let definition = defining.definition(wanted)?;
        let at = place(file, &definition.range, sources);
        Some(Blamed { at, name: definition.name.clone() })
    })
}

/// The names in the code around a place, the nearest first, each with the field asked of it.
fn names_around(
    source: &Source,
    range: &Range<usize>,
    reach: Reach,
) -> Vec<(String, Option<String>)> {
    let root = LinkedNode::new(source.root());
    let mut here = root.leaf_at(range.start, Side::After);
    let mut names = Vec::new();
    while let Some(node) = here {
        if node.range().start <= range.start && node.range().end >= range.end {
            gather(&node, &mut names);
            let is_expression = matches!(
                node.kind(),
                SyntaxKind::FuncCall | SyntaxKind::FieldAccess | SyntaxKind::Binary
            );
            if reach == Reach::Expression && is_expression {
                break;
            }
        }
        let is_statement = matches!(
            node.parent_kind(),
            None | Some(SyntaxKind::Code | SyntaxKind::Markup | SyntaxKind::Closure)
        );
        if is_statement {
            break;
        }
        here = node.parent().cloned();
    }
    names
}

/// The names below a node, each with the field that is asked of it.
fn gather(node: &LinkedNode<'_>, names: &mut Vec<(String, Option<String>)>) {
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        if node.kind() == SyntaxKind::Ident {
            let field = node.next_sibling().filter(|next| next.kind() == SyntaxKind::Dot);
            let field = field.and_then(|dot| dot.next_sibling());
            let found =
                (node.leaf_text().to_string(), field.map(|field| field.leaf_text().to_string()));
            if !names.contains(&found) {
                names.push(found);
            }
        }
        open.extend(node.children().rev());
    }
}
