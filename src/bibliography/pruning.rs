//! Owns what a citation style is without the questions that are answered before an entry is set.
//!
//! Cases do not say what kind of thing a source is, so nearly all entries of a report are of one kind. Styles ask
//! for it at every turn, and the processor asks again for each part that it looks into before it sets it.

use hayagriva::Entry;
use hayagriva::citationberg::taxonomy::Kind;
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, IndependentStyle, LayoutRenderingElement as Element,
    NamesChild,
};
use hayagriva::types::EntryType;

/// Whether an entry is what [`for_reports`] makes a style for: to the processor it is a report and of no other
/// kind.
pub(super) fn is_report(entry: &Entry) -> bool {
    *entry.entry_type() == EntryType::Report && entry.parents().is_empty()
}

/// A style that sets reports as it did, and may set other entries otherwise.
pub(super) fn for_reports(mut style: IndependentStyle) -> IndependentStyle {
    if let Some(bibliography) = &mut style.bibliography {
        prune(&mut bibliography.layout.elements);
    }
    for part in &mut style.macros {
        prune(&mut part.children);
    }
    style
}

/// Styles are casebook's own, and nest a few levels.
fn prune(elements: &mut [Element]) {
    for element in elements {
        match element {
            Element::Choose(choose) => decide(choose),
            Element::Group(group) => prune(&mut group.children),
            Element::Names(names) => {
                for child in &mut names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        prune(&mut substitute.children);
                    }
                }
            }
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}

/// Leaves out branches that reports never take, and all behind one that they always take.
fn decide(choose: &mut Choose) {
    let usual = choose.otherwise.take().map_or_else(Vec::new, |otherwise| otherwise.children);
    let mut branches = Vec::new();
    let all = std::iter::once(choose.if_.clone()).chain(choose.else_if.drain(..));
    for mut branch in all.chain([always(usual)]) {
        match is_taken(&mut branch) {
            None => branches.push(branch),
            Some(false) => {}
            Some(true) => {
                branches.push(always(branch.children));
                break;
            }
        }
    }
    for branch in &mut branches {
        prune(&mut branch.children);
    }
    let mut branches = branches.into_iter();
    choose.if_ = branches.next().unwrap_or_else(|| always(Vec::new()));
    choose.else_if = branches.collect();
}

/// Whether reports take a branch. If it asks for more than the kind, and the kind does not decide, it asks for
/// the rest alone from now on.
fn is_taken(branch: &mut ChooseBranch) -> Option<bool> {
    let asks_more = branch.disambiguate.is_some()
        || branch.is_numeric.is_some()
        || branch.is_uncertain_date.is_some()
        || branch.locator.is_some()
        || branch.position.is_some()
        || branch.variable.is_some();
    let kinds = branch.type_.take().unwrap_or_default();
    let (is_one, is_not_another) =
        (kinds.contains(&Kind::Report), kinds.iter().any(|kind| *kind != Kind::Report));
    match branch.match_ {
        ChooseMatch::All if is_not_another => Some(false),
        ChooseMatch::Any if is_one => Some(true),
        ChooseMatch::None if is_one => Some(false),
        _ if asks_more => None,
        ChooseMatch::All | ChooseMatch::None => Some(true),
        ChooseMatch::Any => Some(false),
    }
}

/// A branch that is always taken: it asks for nothing.
fn always(children: Vec<Element>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children,
    }
}
