//! Owns the looks that Typst writes into attributes, which the policy of a page forbids: each becomes a
//! class, and a rule of the style sheet.

use std::collections::BTreeSet;

use typst_html::{HtmlElement, attr};

use crate::export::dom::each_element;
use crate::source::digest;

/// The rules that pages need beside their style sheet.
#[derive(Debug, Default, Clone)]
pub(in crate::export) struct StyleRules(BTreeSet<String>);

impl StyleRules {
    /// Takes the looks out of the attributes of a page.
    pub(in crate::export) fn of(root: &mut HtmlElement) -> Self {
        let mut rules = BTreeSet::new();
        each_element(root, &mut |element| {
            let found = element.attrs.0.iter().position(|(name, _)| *name == attr::style);
            let Some(at) = found else { return };
            let Some((_, look)) = element.attrs.0.get(at).cloned() else { return };
            if !is_plain(&look) {
                return;
            }
            element.attrs.0.remove(at);
            let class = class_of(&look);
            match element.attrs.get_mut(attr::class) {
                Some(classes) => *classes = format!("{classes} {class}").into(),
                None => element.attrs.push(attr::class, class),
            }
            rules.insert(look.to_string());
        });
        Self(rules)
    }

    /// Adds the rules of another page.
    pub(in crate::export) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The rules as a part of a style sheet.
    pub(in crate::export) fn css(&self) -> String {
        self.0.iter().map(|look| format!(".{} {{ {look} }}\n", class_of(look))).collect()
    }
}

/// Whether a look can be a rule without ending it: an own template may have made it of anything.
fn is_plain(look: &str) -> bool {
    look.chars().all(|c| c.is_ascii_alphanumeric() || " :;.,%#-".contains(c))
}

/// The class of a look, the same in every report.
fn class_of(look: &str) -> String {
    let mut digest = digest([("style", look.as_bytes())]);
    digest.truncate(8);
    format!("look-{digest}")
}

#[cfg(test)]
mod tests {
    use typst_html::{HtmlNode, tag};

    use super::*;

    #[test]
    fn a_look_becomes_a_class() {
        let span = |look: &str| HtmlElement::new(tag::span).with_attr(attr::style, look);
        let (plain, odd) = (span("display: inline-block"), span("color: red } * { display: none"));
        let classed = span("display: inline-block").with_attr(attr::class, "badge");
        let children = [plain, odd, classed].into_iter().map(HtmlNode::from).collect();
        let mut root = HtmlElement::new(tag::body).with_children(children);
        let rules = StyleRules::of(&mut root);
        let class = class_of("display: inline-block");
        assert_eq!(rules.css(), format!(".{class} {{ display: inline-block }}\n"));
        let mut classes = Vec::new();
        each_element(&mut root, &mut |element| {
            classes.push(element.attrs.get(attr::class).map(ToString::to_string));
        });
        assert_eq!(classes, [None, Some(class.clone()), None, Some(format!("badge {class}"))]);
    }
}
