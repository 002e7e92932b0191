//! Owns the reference page of the built-in templates: what each is for and what others import from it.

use std::collections::{BTreeMap, BTreeSet};

use typst::syntax::Source;

use super::check::resolved;
use super::outline::{Definition, Outline};
use crate::typeset::world::{built_in, built_in_paths};

/// The page, in Markdown.
pub fn guide() -> String {
    let outlines: BTreeMap<&str, Outline> = built_in_paths()
        .filter(|path| path.ends_with(".typ"))
        .filter_map(|path| Some((path, Outline::of(&Source::detached(built_in(path)?)))))
        .collect();
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (path, outline) in &outlines {
        for import in &outline.imports {
            let Some(target) = resolved(path, &import.path) else { continue };
            let names = import.items.iter().map(|item| item.name.as_str());
            // Of a module under a name of its own, what is asked of it counts.
            let code = built_in(path).unwrap_or_default();
            let module = outlines.get(target.as_str()).zip(import.module.as_deref());
            let asked = module.into_iter().flat_map(|(outline, module)| {
                let definitions = outline.definitions.iter().map(|found| found.name.as_str());
                definitions.filter(move |name| asks(code, module, name))
            });
            wanted.entry(target).or_default().extend(names.chain(asked));
        }
    }
    // What casebook itself asks for.
    wanted.entry("lib.typ".to_owned()).or_default().extend(["report", "site", "volumes"]);
    let mut out = INTRODUCTION.to_owned();
    for path in built_in_paths() {
        let outline = outlines.get(path);
        out.push_str(&format!("## {path}\n\n"));
        let about = outline.map_or(WITHOUT_CODE, |outline| outline.about.as_str());
        out.push_str(&format!("{about}\n\n"));
        let names = wanted.get(path);
        let is_wanted =
            |known: &&Definition| names.is_some_and(|n| n.contains(known.name.as_str()));
        for definition in outline.iter().flat_map(|o| &o.definitions).filter(is_wanted) {
            out.push_str(&entry(definition));
        }
        if names.is_some() {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

const INTRODUCTION: &str = "\
# The templates

The report is made by the templates below. A file of the same path in your own folder of templates takes
the place of one; everything else stays built in. Your file must define what the others import from it,
under the same name and with the same parameters; it may define more. What a template gets is described
in [template-data.md](template-data.md). This page is made from the templates themselves; UPDATE=1 makes
it anew.

";

/// What is said of a template that is no code of Typst's.
const WITHOUT_CODE: &str = "It is read as it is, and defines nothing.";

/// Whether code asks a module for a name: `draw.rect`, and not only `draw.rectangle`.
fn asks(code: &str, module: &str, name: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let asked = format!("{module}.{name}");
    code.match_indices(&asked).any(|(at, _)| {
        let after = code.get(at + asked.len()..).and_then(|rest| rest.chars().next());
        !after.is_some_and(goes_on)
    })
}

/// A definition with its parameters and its comment, as an entry of a list.
fn entry(definition: &Definition) -> String {
    let parameters = definition.parameters.as_deref().unwrap_or_default();
    let about = match definition.about.as_str() {
        "" => String::new(),
        about => format!(": {about}"),
    };
    let lines = format!("- `{}{parameters}`{about}", definition.name);
    let lines = lines.lines().map(|line| format!("  {line}").trim_end().to_owned());
    format!("{}\n", lines.collect::<Vec<_>>().join("\n").trim_start())
}
