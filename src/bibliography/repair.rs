//! Owns what is changed in a citation style before it sets entries one by one.

use hayagriva::citationberg::{
    Choose, IndependentStyle, LayoutRenderingElement as Element, Name, Names, NamesChild,
};

/// A style for entries that are set alone, in an order that the list brings.
///
/// What concerns citations goes: they are numbers, so no entry has to be told from another. Names
/// without a form get the usual one, for the processor takes them for empty otherwise: Vancouver
/// would name no author.
pub(super) fn for_single_entries(mut style: IndependentStyle) -> IndependentStyle {
    style.citation.layout.elements.clear();
    style.citation.sort = None;
    if let Some(bibliography) = &mut style.bibliography {
        bibliography.sort = None;
        bibliography.subsequent_author_substitute = None;
        name_forms(&mut bibliography.layout.elements);
    }
    for part in &mut style.macros {
        name_forms(&mut part.children);
    }
    style
}

/// Gives names their usual form wherever a style leaves it out. Styles are casebook's own, and nest
/// a few levels.
fn name_forms(elements: &mut [Element]) {
    for element in elements {
        match element {
            Element::Names(names) => name_form(names),
            Element::Group(group) => name_forms(&mut group.children),
            Element::Choose(choose) => branches(choose),
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}

fn branches(choose: &mut Choose) {
    name_forms(&mut choose.if_.children);
    choose.else_if.iter_mut().for_each(|branch| name_forms(&mut branch.children));
    if let Some(otherwise) = &mut choose.otherwise {
        name_forms(&mut otherwise.children);
    }
}

fn name_form(names: &mut Names) {
    let has_form = names.children.iter().any(|child| matches!(child, NamesChild::Name(_)));
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            name_forms(&mut substitute.children);
        }
    }
    if !has_form && !names.children.is_empty() {
        // In front, so that a label such as "editor" comes behind the name.
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
}
