//! Owns the look for themes and regions of the manifest that no case is about.

use std::collections::BTreeSet;

use super::{Facts, diags};
use crate::diag::{Diagnostic, Sink};
use crate::load::{Node, Segment, pointer};
use crate::source::SourceId;
use crate::validate::themes::ThemeEntry;
use crate::vocab::{Gazetteer, Region};

/// Checks the manifest against all cases of the casebook.
///
/// While a case cannot be read nothing is said: it may be the one that is missed.
pub fn check_coverage<'a>(
    source: SourceId,
    manifest: &Node<'_>,
    regions: &Gazetteer,
    all: impl Iterator<Item = &'a Facts> + Clone,
    sink: &mut Sink,
) {
    if !all.clone().all(|facts| facts.is_read) {
        return;
    }
    let used: BTreeSet<&str> =
        all.clone().flat_map(|facts| &facts.themes).map(String::as_str).collect();
    let themes = ThemeEntry::all_of(manifest);
    // A theme that is only misspelt in a case is told of there.
    let all_known = used.iter().all(|theme| themes.iter().any(|entry| entry.key == *theme));
    for entry in themes.iter().filter(|_| all_known) {
        // A case of a part is a case of the whole.
        let mut parts = themes.iter().filter(|part| part.parent == Some(entry.key));
        if !used.contains(entry.key) && !parts.any(|part| used.contains(part.key)) {
            let at = entry.key_span.of(source);
            sink.push(diags::unused_theme(entry.key, at).pointer(pointer(entry.path())));
        }
    }
    let covered = covered(regions, all);
    let mut check = |node: &Node<'_>, group: Option<&str>, path: &[Segment<'_>]| {
        for (index, item) in node.items().iter().enumerate() {
            let place = || pointer(path.iter().copied().chain([Segment::Index(index)]));
            let found = unused_region(source, item, group, (regions, &covered));
            sink.extend(found.map(|diagnostic| diagnostic.pointer(place())));
        }
    };
    let groups = manifest.get("regions").and_then(|regions| regions.get("groups"));
    for entry in groups.map(Node::entries).unwrap_or_default() {
        let path = [Segment::Key("regions"), Segment::Key("groups"), Segment::Key(&entry.key)];
        check(&entry.value, Some(&entry.key), &path);
    }
    let path = [Segment::Key("network"), Segment::Key("countries")];
    if let Some(countries) = manifest.walk(path) {
        check(countries, None, &path);
    }
}

/// The regions that cases lie in, with all that these lie in.
fn covered<'a>(gazetteer: &Gazetteer, all: impl Iterator<Item = &'a Facts>) -> BTreeSet<Region> {
    let codes: BTreeSet<&str> =
        all.flat_map(|facts| &facts.regions).map(|(code, _)| code.as_str()).collect();
    let regions = codes.into_iter().filter_map(|code| gazetteer.find(code).ok());
    regions.flat_map(|region| region.with_all_around()).collect()
}

fn unused_region(
    source: SourceId,
    node: &Node<'_>,
    group: Option<&str>,
    (regions, covered): (&Gazetteer, &BTreeSet<Region>),
) -> Option<Diagnostic> {
    let region = regions.find(node.as_str()?).ok()?;
    let unused = !covered.contains(&region);
    unused.then(|| diags::unused_region(&region, group, node.span.of(source)))
}
