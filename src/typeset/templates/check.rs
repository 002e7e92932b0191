//! Owns the checks of a casebook's own templates that need no typesetting: their grammar, what they
//! import, what the built-in ones import from them.

use std::collections::{BTreeMap, BTreeSet};

use typst::syntax::package::PackageSpec;
use typst::syntax::{Source, SyntaxDiagnostic, VirtualPath};

use super::outline::{Item, Outline, range_of};
use super::own::{OwnPlaces, place, text_of};
use super::{copy, diags};
use crate::diag::{Diagnostic, Sink};
use crate::form::nearest;
use crate::model::OwnTemplates;
use crate::source::{Location, SourceId, SourceMap};
use crate::typeset::world::{
    DESCRIPTION, PAGE_FUNCTION, REPORT_FUNCTION, START, VOLUMES_FUNCTION, built_in,
    built_in_by_name, built_in_paths, template_id,
};

/// Faults told of one file: who has more than these mends them first.
const MOST: usize = 20;

/// Names that one is compared with to find what was meant.
const MOST_COMPARED: usize = 300;

/// Checks own templates and pushes what is wrong with them.
pub fn check(templates: &OwnTemplates, sources: &SourceMap, sink: &mut Sink) {
    let all = All::read(templates, sources);
    for (path, source) in all.own.files() {
        copy::check_age(path, source, sources, sink);
        if is_code(path) {
            all.check_grammar(path, source, sink);
            all.check_paths(path, source, sink);
        }
    }
    let reached = all.reached();
    all.check_start(sink);
    all.check_names(&reached, sink);
    all.check_use(&reached, sink);
}

/// Whether an own template that the report begins in does without a function.
pub(in crate::typeset) fn does_without(
    name: &str,
    templates: &OwnTemplates,
    sources: &SourceMap,
) -> bool {
    // The built-in one has all of them, and to read it takes some hundredths of a second.
    templates.files.contains_key(START) && All::read(templates, sources).lacks(START, name)
}

fn is_code(path: &str) -> bool {
    path.ends_with(".typ")
}

/// The path of a template that another one names; none if it leads out of the templates.
pub(super) fn resolved(from: &str, path: &str) -> Option<String> {
    let base = match path.starts_with('/') {
        true => VirtualPath::new("").ok()?,
        false => VirtualPath::new(from).ok()?.parent()?,
    };
    Some(base.join(path.trim_start_matches('/')).ok()?.get_without_slash().to_owned())
}

/// The templates that a report is made with, and all own ones.
struct All<'a> {
    templates: &'a OwnTemplates,
    own: OwnPlaces,
    sources: &'a SourceMap,
    /// What is code, by path.
    read: BTreeMap<String, Read>,
}

/// A template that was read.
struct Read {
    source: Source,
    outline: Outline,
    /// What Typst's parser refuses.
    errors: Vec<SyntaxDiagnostic>,
}

impl<'a> All<'a> {
    fn read(templates: &'a OwnTemplates, sources: &'a SourceMap) -> Self {
        let own = OwnPlaces::of(templates);
        let mut all = Self { templates, own, sources, read: BTreeMap::new() };
        let mut open: Vec<String> = templates.files.keys().cloned().collect();
        open.push(START.to_owned());
        while let Some(path) = open.pop() {
            if !is_code(&path) || all.read.contains_key(&path) {
                continue;
            }
            let Some(source) = all.parsed(&path) else { continue };
            let outline = Outline::of(&source);
            open.extend(outline.imports.iter().filter_map(|found| resolved(&path, &found.path)));
            let (errors, _) = source.root().errors_and_warnings();
            all.read.insert(path, Read { source, outline, errors });
        }
        all
    }

    fn parsed(&self, path: &str) -> Option<Source> {
        let text = match (built_in_by_name(path), self.own.source(path)) {
            (Some(text), _) => text,
            (None, Some(source)) => text_of(source, self.sources),
            (None, None) => built_in(path)?,
        };
        Some(Source::new(template_id(path)?, text.to_owned()))
    }

    fn outline(&self, path: &str) -> Option<&Outline> {
        self.read.get(path).map(|read| &read.outline)
    }

    fn exists(&self, path: &str) -> bool {
        self.templates.files.contains_key(path)
            || built_in(path).is_some()
            || built_in_by_name(path).is_some()
    }

    /// The templates that the report begins with, and those that these name, and so on.
    fn reached(&self) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open = vec![START.to_owned()];
        while let Some(path) = open.pop() {
            reached.insert(path.clone());
            let Some(outline) = self.outline(&path) else { continue };
            // A path may be put together from parts, so every text that could be one counts.
            let named = outline.texts.iter().filter_map(|text| resolved(&path, text));
            open.extend(named.filter(|path| !reached.contains(path)));
        }
        reached
    }

    /// What Typst's parser refuses.
    fn check_grammar(&self, path: &str, file: SourceId, sink: &mut Sink) {
        let Some(read) = self.read.get(path) else { return };
        for error in read.errors.iter().take(MOST) {
            let range = range_of(&read.source, error.span).unwrap_or_default();
            let at = place(file, &range, self.sources);
            let hints = error.hints.iter().map(|hint| hint.v.as_str());
            sink.push(hints.fold(diags::faulty(&error.message, at, ""), |d, hint| d.help(hint)));
        }
    }

    /// Paths that an own template imports and that lead nowhere.
    fn check_paths(&self, path: &str, file: SourceId, sink: &mut Sink) {
        let Some(outline) = self.outline(path) else { return };
        let faults = outline.imports.iter().filter_map(|import| {
            let named = &import.path;
            let at = place(file, &import.range, self.sources);
            if named.starts_with('@') && named.parse::<PackageSpec>().is_ok() {
                return Some(diags::package(named, at));
            }
            match resolved(path, named) {
                None => Some(diags::outside(named, at)),
                Some(target) if self.exists(&target) => None,
                Some(target) => Some(diags::no_template(named, self.nearest_path(&target), at)),
            }
        });
        sink.extend(faults.take(MOST));
    }

    /// What casebook itself asks of an own template that the report begins in.
    fn check_start(&self, sink: &mut Sink) {
        let Some(file) = self.own.source(START) else { return };
        let wanted = [REPORT_FUNCTION, PAGE_FUNCTION, VOLUMES_FUNCTION];
        let missing = wanted.into_iter().filter(|name| self.lacks(START, name));
        sink.extend(missing.map(|name| diags::lacks(name, None, self.near(START, name), file)));
    }

    /// Names that one template imports from another that does not define them, if either is own.
    fn check_names(&self, reached: &BTreeSet<String>, sink: &mut Sink) {
        let mut lacking = BTreeSet::new();
        for path in reached {
            let Some(outline) = self.outline(path) else { continue };
            let imports = outline.imports.iter();
            let items = imports.flat_map(|import| import.items.iter().map(move |i| (import, i)));
            let faults = items.filter_map(|(import, item)| {
                let target = resolved(path, &import.path)?;
                let fault = self.missing_name(path, &target, item)?;
                // What built-in templates miss is told once, however many import it.
                let is_told =
                    self.own.source(path).is_none() && !lacking.insert((target, item.name.clone()));
                (!is_told).then_some(fault)
            });
            sink.extend(faults.take(MOST));
        }
    }

    fn missing_name(&self, importer: &str, target: &str, item: &Item) -> Option<Diagnostic> {
        let name = item.name.as_str();
        if !self.lacks(target, name) {
            return None;
        }
        if let Some(file) = self.own.source(importer) {
            let meant = nearest(name, self.outline(target)?.exports().take(MOST_COMPARED));
            let at = place(file, &item.range, self.sources);
            return Some(diags::no_such_name(name, target, meant, at));
        }
        let file = self.own.source(target)?;
        Some(diags::lacks(name, Some(importer), self.near(target, name), file))
    }

    /// Whether a template certainly does not have a name that is imported from it.
    fn lacks(&self, path: &str, name: &str) -> bool {
        // Whoever mends the grammar first may find the name defined.
        let read = self.read.get(path).filter(|read| read.errors.is_empty());
        read.is_some_and(|read| read.outline.lacks(name))
    }

    /// Where an own template defines what is nearly of a name.
    fn near(&self, path: &str, name: &str) -> Option<Location> {
        let outline = self.outline(path)?;
        let names = outline.definitions.iter().map(|known| known.name.as_str());
        let names = names.take(MOST_COMPARED);
        let near = outline.definition(nearest(name, names)?)?;
        Some(place(self.own.source(path)?, &near.range, self.sources))
    }

    /// Own templates that take nothing's place and that nobody imports.
    fn check_use(&self, reached: &BTreeSet<String>, sink: &mut Sink) {
        for (path, source) in self.own.files() {
            // What else there is may be data, whose paths are often put together from parts.
            let is_known = is_code(path) || path.ends_with(".css") || path == DESCRIPTION;
            let replaces = built_in(path).is_some() && path != DESCRIPTION;
            if built_in_by_name(path).is_some() {
                sink.push(diags::hidden(path, source));
            } else if is_known && !replaces && !reached.contains(path) {
                sink.push(diags::unused(path, self.nearest_path(path), source));
            }
        }
    }

    /// The built-in template that was probably meant: of nearly this path, or of this name elsewhere.
    fn nearest_path(&self, path: &str) -> Option<&'static str> {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let is_free = |known: &&'static str| !self.templates.files.contains_key(*known);
        let elsewhere = built_in_paths().filter(is_free).find(|known| name(known) == name(path));
        elsewhere.or_else(|| nearest(path, built_in_paths()))
    }
}
