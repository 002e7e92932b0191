//! Owns the rules over the manifest that its schema cannot say.

use super::glossary::check_glossary;
use super::isbn::check_isbn;
use super::rules::{Context, check_case};
use super::themes::check_themes;
use super::{References, check_form, diags};
use crate::diag::Sink;
use crate::form::Form;
use crate::language::Language;
use crate::load::Node;
use crate::model::{Color, Section, TEXT_CONTRAST, Themes};
use crate::source::{SourceFile, SourceId, resolve};
use crate::vocab::Gazetteer;

/// What is known of a casebook when its manifest is checked.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The ids of the cases, sorted.
    pub ids: &'a [&'a str],
    /// The regions that there are, if their list is sound.
    pub regions: Option<&'a Gazetteer>,
    /// The keys of the bibliography files, sorted.
    pub library: &'a [&'a str],
}

/// Checks the manifest; returns the files that its texts refer to.
pub fn check_manifest(
    form: &Form,
    file: &SourceFile,
    source: SourceId,
    root: &Node<'_>,
    known: Known<'_>,
    sink: &mut Sink,
) -> References {
    check_form(form, source, root, sink);
    let items = root.get("contents").map(Node::items).unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        let pointer = format!("/contents/{index}");
        let at = |node: &Node<'_>| node.span.of(source);
        if item.get("chapter").is_some() && item.get("section").is_some() {
            sink.push(diags::content_item(at(item)).pointer(&pointer));
        }
        let section = item.get("section").and_then(Node::as_str);
        if let Some(by) = item.get("by").filter(|_| section != Some("cases")) {
            sink.push(diags::by_without_cases(at(by)).pointer(format!("{pointer}/by")));
        }
        // What stands in a report twice would have two places to be led to.
        let value = |item: &Node<'_>, key| item.get(key).and_then(Node::as_str).map(str::to_owned);
        let same = |earlier: &&Node<'_>| {
            let apart = match (value(item, "in"), value(earlier, "in")) {
                (Some(one), Some(other)) => one != other,
                _ => false,
            };
            let is_same =
                |key| value(item, key).is_some() && value(item, key) == value(earlier, key);
            !apart && ["chapter", "section"].into_iter().any(is_same)
        };
        if let Some(earlier) = items[..index].iter().find(same) {
            sink.push(diags::content_twice(at(earlier), at(item)).pointer(&pointer));
        }
    }
    check_language(source, root, sink);
    check_themes(source, root, sink);
    check_glossary(source, root, sink);
    check_isbn(source, root, sink);
    let first = root.entries().first().map_or(root.span, |entry| entry.key_span);
    let own_form = root.get("form").is_some_and(|form| form.get("schema").is_some());
    if root.get("themes").is_none() && !own_form {
        // The built-in form asks every case for a theme.
        let words = form.fields().root().and_then(|root| form.fields().key(root, "themes"));
        let words = words.and_then(|field| field.description.as_deref());
        sink.push(diags::missing_key("themes", true, words, first.of(source)).pointer(""));
    }
    check_accent(source, root, sink);
    check_changes(source, root, sink);
    if root.get("edition").is_none() {
        sink.push(diags::no_date(first.of(source)).pointer(""));
    }
    let themes = &Themes::default();
    let Known { ids, regions, library } = known;
    let context =
        Context { themes, regions, ids: Some(ids), requirements: &[], facets: &[], library };
    check_case(form, file, source, root, &context, sink)
}

/// Checks that words in the group's own colour can be read. What is no colour has been said.
fn check_accent(source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    let Some(node) = root.get("style").and_then(|style| style.get("accent")) else { return };
    let Some(accent) = node.as_str().and_then(|text| text.parse::<Color>().ok()) else { return };
    let contrast = accent.contrast_on_tint();
    if contrast < TEXT_CONTRAST {
        let darker = accent.readable_on_tint();
        let at = node.span.of(source);
        sink.push(diags::color_contrast(accent, contrast, darker, at).pointer("/style/accent"));
    }
}

/// Checks that it is known since when the report tells what is new, and that this leads to no place
/// outside. Whether there is such an edition shows when it is needed.
fn check_changes(source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    if let Some(node) = root.get("changes").and_then(|changes| changes.get("since")) {
        let is_outside = |name: &&str| resolve("casebook.yaml", name).is_none();
        if let Some(name) = node.as_str().filter(is_outside) {
            let at = node.span.of(source);
            sink.push(diags::earlier_outside(name, at).pointer("/changes/since"));
        }
        return;
    }
    let items = root.get("contents").map(Node::items).unwrap_or_default();
    let mut sections =
        items.iter().enumerate().filter_map(|(at, item)| Some((at, item.get("section")?)));
    let is_meant = |node: &Node<'_>| node.as_str() == Some(Section::Changes.as_str());
    if let Some((index, node)) = sections.find(|(_, node)| is_meant(node)) {
        let pointer = format!("/contents/{index}/section");
        sink.push(diags::earlier_missing(node.span.of(source)).pointer(pointer));
    }
}

/// Says so if the report's fixed words do not exist in its language.
fn check_language(source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    let Some(node) = root.get("language") else { return };
    if let Some(tag) = node.as_str().filter(|tag| Language::of(tag).is_none()) {
        sink.push(diags::unknown_language(tag, node.span.of(source)).pointer("/language"));
    }
}
