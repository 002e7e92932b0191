//! Owns the reading of a casebook's own templates, and the copies of the built-in ones for it.

use anyhow::{Result, bail};

use super::read::{MANIFEST, take_in};
use super::{Files, ReadError, diags};
use crate::diag::Sink;
use crate::form::nearest;
use crate::load::{Limits, from_node, parse};
use crate::model::{Artifact, Manifest, OwnTemplates, TemplateFile};
use crate::source::{Location, SourceId, SourceMap, Spanned, resolve};
use crate::typeset::templates::{NoTemplate, TemplateCopy, all_paths, check, copies};

/// Files that the folder of templates may hold: Typst counts all files of a process in two bytes.
const MOST_FILES: usize = 500;

/// The largest template, in bytes. It is code, and written by hand.
const LARGEST_TEXT: usize = 1 << 20;

/// The most that the folder may hold, in bytes; pictures are the greatest part.
const LARGEST_FOLDER: usize = 64 << 20;

/// The endings of files that messages may point into; all others are data.
const TEXTS: [&str; 3] = [".typ", ".css", ".toml"];

/// The folder of templates where the manifest names none.
const FOLDER: &str = "templates";

/// Reads the templates that a manifest names, and checks them.
///
/// # Errors
///
/// If the folder cannot be searched.
pub(super) fn read_templates(
    files: &dyn Files,
    manifest: &Manifest,
    manifest_source: SourceId,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> Result<OwnTemplates> {
    let Some(folder) = &manifest.templates else { return Ok(OwnTemplates::default()) };
    let at = folder.span.of(manifest_source);
    let Some(inside) = inside(&folder.value) else {
        sink.push(diags::unreadable(&folder.value, &ReadError::Outside, Some(at)));
        return Ok(OwnTemplates::default());
    };
    let found = files.discover(&[format!("/{}/**", literal(&inside))], &[])?;
    if found.is_empty() {
        sink.push(diags::templates_missing(&folder.value, at));
    }
    if found.len() > MOST_FILES {
        sink.push(diags::too_many_templates(&folder.value, MOST_FILES, at));
        return Ok(OwnTemplates::default());
    }
    let templates = take_files(files, &inside, &found, at, sources, sink);
    check(&templates, sources, sink);
    Ok(templates)
}

fn take_files(
    files: &dyn Files,
    folder: &str,
    found: &[String],
    at: Location,
    sources: &mut SourceMap,
    sink: &mut Sink,
) -> OwnTemplates {
    let mut templates = OwnTemplates::default();
    let mut room = LARGEST_FOLDER;
    for path in found {
        let Some(inside) = path.strip_prefix(folder).and_then(|path| path.strip_prefix('/')) else {
            continue;
        };
        let is_text = TEXTS.iter().any(|ending| inside.ends_with(ending));
        let bytes = files.read(path, if is_text { LARGEST_TEXT } else { room });
        if !is_text && matches!(bytes, Err(ReadError::TooLarge { .. })) {
            sink.push(diags::templates_too_large(path, LARGEST_FOLDER, at));
            return templates;
        }
        let file = match bytes {
            Ok(bytes) if !is_text => {
                room = room.saturating_sub(bytes.len());
                Some(TemplateFile::Data(bytes))
            }
            bytes => take_in(bytes, path, None, sources, sink).map(TemplateFile::Text),
        };
        templates.files.extend(file.map(|file| (inside.to_owned(), file)));
    }
    templates
}

/// A folder's path from the root, without a slash at its end; none if it is not a folder inside.
fn inside(folder: &str) -> Option<String> {
    resolve(MANIFEST, folder)
}

/// A path as a pattern that matches itself alone.
fn literal(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        // A class of one character works on every system; a backslash does not.
        match c {
            '*' | '?' | '[' | '{' | '}' | '!' | '#' | ' ' => out.extend(['[', c, ']']),
            c => out.push(c),
        }
    }
    out
}

/// Copies of built-in templates for a casebook.
#[derive(Debug)]
pub struct TemplateCopies {
    /// The files, by their paths from the root.
    pub files: Vec<Artifact>,
    /// The folder of templates, from the root.
    pub folder: String,
    /// Whether the manifest names the folder, so that they take effect.
    pub in_use: bool,
}

/// Copies the built-in templates of some names for a casebook to change; all if there are no names.
///
/// # Errors
///
/// If there is no manifest that names a folder inside or none, or a name is not that of a template.
pub fn copy_templates(files: &dyn Files, names: &[String]) -> Result<TemplateCopies> {
    let named = folder_of(files)?;
    let in_use = named.is_some();
    let named = named.unwrap_or_else(|| FOLDER.to_owned());
    let Some(folder) = inside(&named) else { bail!(diags::templates_outside(&named)) };
    let copies = copies(names).map_err(|none| match none {
        NoTemplate::Unknown(name) => {
            anyhow::anyhow!(diags::no_such_template(&name, nearest(&name, all_paths())))
        }
        NoTemplate::Several(name, paths) => {
            anyhow::anyhow!(diags::several_templates(&name, &paths))
        }
    })?;
    let file = |copy: TemplateCopy| Artifact {
        path: format!("{folder}/{}", copy.path),
        bytes: copy.text.into_bytes(),
    };
    Ok(TemplateCopies { files: copies.into_iter().map(file).collect(), folder, in_use })
}

/// The folder that the manifest names. Whatever else is wrong with the manifest does not matter here.
fn folder_of(files: &dyn Files) -> Result<Option<String>> {
    let limits = Limits::default();
    let Ok(bytes) = files.read(MANIFEST, limits.bytes) else { bail!(diags::no_casebook()) };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut sources = SourceMap::default();
    let source = sources.add(MANIFEST, text.as_str());
    let Some(tree) = parse(source, &text, limits, &mut Sink::new()) else {
        bail!(diags::unreadable_manifest())
    };
    let Some(node) = tree.get("templates") else { return Ok(None) };
    let folder: Spanned<String> =
        from_node(node).map_err(|_| anyhow::anyhow!(diags::unreadable_manifest()))?;
    Ok(Some(folder.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_no_pattern() {
        assert_eq!(literal("our templates/[a]*"), "our[ ]templates/[[]a][*]");
    }
}
