//! Owns which pictures a record shows, and where it names them.

use crate::form::{Form, Role};
use crate::load::{Node, Segment};
use crate::markdown::{FIELD_HEADINGS, Problem, check};
use crate::source::resolve;

/// Visits the pictures that a record of a file shows, in fields and in texts: the way to the value, the path
/// as it is written there, and the path from the casebook's root. Those that lead out of it are left out.
pub fn visit_pictures<'a>(
    form: &Form,
    file: &str,
    root: &'a Node<'a>,
    visit: &mut dyn FnMut(&[Segment<'a>], &str, String),
) {
    form.in_roles(root, &mut |value| {
        let Some(text) = value.node.as_str() else { return };
        let mut show = |path: &str| {
            if let Some(inside) = resolve(file, path) {
                visit(value.path, path, inside);
            }
        };
        match value.role {
            Role::Image => show(text),
            Role::Markdown => {
                for finding in check(text, FIELD_HEADINGS) {
                    if let Problem::Image { path, .. } = finding.problem {
                        show(&path);
                    }
                }
            }
            _ => {}
        }
    });
}
