//! Owns opening a casebook: its manifest and its form, each of which must be sound to go on.

use anyhow::Result;
use serde::de::DeserializeOwned;

use super::form::{FormInUse, Settings, read_form};
use super::library::read_library;
use super::{BrokenPattern, Files, diags};
use crate::diag::{Diagnostic, Severities, Sink};
use crate::form::Form;
use crate::load::{Limits, Node, Number, Value, from_node, parse};
use crate::model::{BibliographySettings, CaseFiles, Library, Manifest};
use crate::source::{Location, SourceId, SourceMap};
use crate::validate::{Known, References, check_manifest, file_stem, gazetteer};
use crate::vocab::Gazetteer;

/// The newest format of a casebook that is known.
const FORMAT: i64 = 1;

/// A casebook with a sound manifest and a sound form.
pub(super) struct Opened<'t> {
    /// The manifest's tree.
    pub(super) tree: Node<'t>,
    pub(super) manifest: Manifest,
    /// The regions that codes are looked up in.
    pub(super) regions: Gazetteer,
    pub(super) form: FormInUse,
    /// The patterns that choose the case files.
    pub(super) include: Vec<String>,
    /// The patterns of files that are no cases all the same.
    pub(super) exclude: Vec<String>,
    /// The case files.
    pub(super) found: Vec<String>,
    /// What the bibliography files hold.
    pub(super) library: Library,
    /// What the manifest refers to.
    pub(super) references: References,
}

/// Opens a casebook by its manifest's text. Pushes what is wrong; there is one only if nothing is.
pub(super) fn open<'t>(
    files: &dyn Files,
    source: SourceId,
    text: &'t str,
    limits: Limits,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Result<Option<Opened<'t>>> {
    let tree = parse(source, text, limits, sink);
    let Some(tree) = tree.filter(|_| !has_errors(sink)) else { return Ok(None) };

    if let Some(Value::Number(Number::Int(version))) = tree.get("casebook").map(|node| &node.value)
        && *version > FORMAT
    {
        let at = tree.get("casebook").unwrap_or(&tree).span.of(source);
        sink.push(diags::newer_format(*version, FORMAT, at).pointer("/casebook"));
        return Ok(None);
    }

    // The patterns are needed to know which cases there are, before all is known to be right.
    let patterns: CaseFiles = read_part(&tree, "cases");
    let include = patterns.included(&read_part(&tree, "form"));
    let found = match files.discover(&include, &patterns.exclude) {
        Ok(found) => found,
        Err(error) => {
            let broken = error.downcast::<BrokenPattern>()?;
            let at = place_of_pattern(&tree, &broken, source);
            sink.push(diags::bad_pattern(&broken, at));
            return Ok(None);
        }
    };
    let settings: BibliographySettings = read_part(&tree, "bibliography");
    let library = read_library(files, &settings, (source, &tree), limits, sources, sink);
    let keys: Vec<&str> = library.keys().map(String::as_str).collect();
    let file = sources.get(source);
    let regions = gazetteer(source, &tree, sink);
    let ids = ids(&found);
    let known = Known { ids: &ids, regions: regions.as_ref(), library: &keys };
    let references = check_manifest(Form::manifest(), file, source, &tree, known, sink);
    let manifest = lower_manifest(&tree, source, sink);
    let Some(manifest) = manifest.filter(|_| !has_errors(sink)) else { return Ok(None) };

    let settings = Settings { manifest: &manifest, tree: &tree, source };
    let Some(form) = read_form(files, &settings, limits, sources, sink) else { return Ok(None) };
    let regions = regions.unwrap_or_default();
    let exclude = patterns.exclude;
    Ok(Some(Opened { tree, manifest, regions, form, include, exclude, found, library, references }))
}

/// The ids of cases in the built-in form by their files, sorted.
pub(super) fn ids(found: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = found.iter().map(|path| file_stem(path)).collect();
    ids.sort_unstable();
    ids
}

/// The severities that a manifest sets.
pub(super) fn severities(manifest: &Manifest) -> Severities {
    Severities::of(manifest.rules.iter().map(|(code, word)| (code.as_str(), word.as_str())))
}

/// Whether anything found so far is an error.
pub(super) fn has_errors(sink: &[Diagnostic]) -> bool {
    sink.iter().any(Diagnostic::is_error)
}

/// A part of the manifest before all of it is known to be right; nothing where it is not.
fn read_part<T: DeserializeOwned + Default>(tree: &Node<'_>, key: &str) -> T {
    tree.get(key).and_then(|node| from_node(node).ok()).unwrap_or_default()
}

/// Where the manifest has a pattern.
fn place_of_pattern(tree: &Node<'_>, broken: &BrokenPattern, source: SourceId) -> Location {
    let cases = tree.get("cases");
    let lists = ["include", "exclude"].into_iter().filter_map(|key| cases?.get(key));
    let found = lists.flat_map(Node::items).find(|node| node.as_str() == Some(&broken.pattern));
    found.or(cases).unwrap_or(tree).span.of(source)
}

fn lower_manifest(tree: &Node<'_>, source: SourceId, sink: &mut Sink) -> Option<Manifest> {
    if has_errors(sink) {
        return None;
    }
    from_node(tree).map_err(|error| sink.push(diags::unlowered(&error.to_string(), source))).ok()
}
