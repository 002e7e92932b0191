//! Owns the rules over regions: a code must be one of the gazetteer, and a group's own list sound.

use std::ops::RangeInclusive;

use super::diags;
use super::reader::is_placeholder;
use crate::diag::{Diagnostic, Sink};
use crate::form::{Meant, find};
use crate::language::Language;
use crate::load::{Node, Segment, from_node, pointer};
use crate::model::{Coverage, RegionScheme};
use crate::source::{Location, SourceId};
use crate::vocab::{Gazetteer, OwnRegionFault, Region, RegionError};

/// Faults of one list that are told of.
const MOST_FAULTS: usize = 20;

/// The longest list whose codes and names an unknown one is compared with letter by letter.
const MOST_COMPARED: usize = 1000;

/// The most letters by which a name and what is meant differ in length.
const MOST_LETTERS: usize = 3;

/// How long the names are that are looked for though misspelt. What is shorter is a code.
const NAME_LENGTHS: RangeInclusive<usize> = 4..=60;

/// The regions that codes are looked up in, by the manifest; pushes what is wrong with the group's
/// own. None if the manifest's words on regions do not fit its form.
pub fn gazetteer(source: SourceId, manifest: &Node<'_>, sink: &mut Sink) -> Option<Gazetteer> {
    let language = manifest.get("language").and_then(Node::as_str).and_then(Language::of);
    let understanding = |gazetteer: Gazetteer| match language {
        Some(language) => gazetteer.understanding(language.code()),
        None => gazetteer,
    };
    let Some(regions) = manifest.get("regions") else {
        return Some(understanding(Gazetteer::official()));
    };
    let coverage: Coverage = from_node(regions).ok()?;
    let place = |path: &[&str]| {
        let segments = || path.iter().map(|key| Segment::Key(key));
        let at = regions.walk(segments()).unwrap_or(regions).span.of(source);
        (at, pointer(std::iter::once(Segment::Key("regions")).chain(segments())))
    };
    let scheme_fault = match coverage.scheme {
        RegionScheme::Nuts if !coverage.codes.is_empty() => {
            let key = regions.entries().iter().find(|entry| entry.key == "codes");
            let (at, pointer) = place(&["codes"]);
            let at = key.map_or(at, |entry| entry.key_span.of(source));
            Some(diags::codes_without_scheme(at).pointer(pointer))
        }
        RegionScheme::Custom if coverage.codes.is_empty() => {
            let (at, pointer) = place(&["scheme"]);
            Some(diags::scheme_without_codes(at).pointer(pointer))
        }
        _ => None,
    };
    sink.extend(scheme_fault);
    let (gazetteer, faults) = coverage.gazetteer();
    for fault in faults.iter().take(MOST_FAULTS) {
        let (OwnRegionFault::NoParent { code, .. }
        | OwnRegionFault::Circle { code }
        | OwnRegionFault::TooDeep { code }) = fault;
        let (at, pointer) = place(&["codes", code, "parent"]);
        sink.push(list_fault(&gazetteer, fault, at).pointer(pointer));
    }
    Some(understanding(gazetteer))
}

fn list_fault(gazetteer: &Gazetteer, fault: &OwnRegionFault, at: Location) -> Diagnostic {
    match fault {
        OwnRegionFault::NoParent { code, parent } => {
            let spelt = gazetteer.look_alike(parent);
            let spelt =
                spelt.as_ref().map(|region| Meant { word: region.code(), is_certain: true });
            let meant = spelt.or_else(|| slip(gazetteer, parent));
            diags::region_without_parent(code, parent, meant, at)
        }
        OwnRegionFault::Circle { code } => diags::region_in_itself(code, at),
        OwnRegionFault::TooDeep { code } => diags::region_too_deep(code, at),
    }
}

/// What is wrong with a region code, if anything is.
pub(super) fn check_region(regions: &Gazetteer, code: &str, at: Location) -> Option<Diagnostic> {
    match regions.find(code) {
        Ok(_) => None,
        Err(RegionError::Retired(retired)) => Some(diags::retired_region(code, &retired, at)),
        // Whatever it looks like, an answer that is none means no region: Togo is a letter from TODO.
        Err(RegionError::Unknown) if is_placeholder(code) => {
            Some(diags::unknown_region(code, &[], false, at))
        }
        Err(RegionError::Unknown) => {
            let alike = regions.look_alike(code).or_else(|| regions.meant(code));
            let candidates = alike.map_or_else(|| regions.search(code), |region| vec![region]);
            if !candidates.is_empty() {
                return Some(diags::unknown_region(code, &candidates, true, at));
            }
            if regions.is_official() {
                let (candidates, is_certain) = misspelt(regions, code).unwrap_or_default();
                return Some(diags::unknown_region(code, &candidates, is_certain, at));
            }
            let known: Vec<&str> = regions.own_names().map(|(code, _)| code).collect();
            Some(diags::unknown_own_region(code, slip(regions, code), &known, at))
        }
    }
}

/// The official regions whose name begins with words written like a text, and whether nothing else can
/// be meant.
///
/// A slip is seldom in the first letter, and with that known there are some dozens of names to compare.
fn misspelt(regions: &Gazetteer, text: &str) -> Option<(Vec<Region>, bool)> {
    let first = |text: &str| text.chars().next().into_iter().flat_map(char::to_lowercase).next();
    let length = text.chars().count();
    let is_near = |name: &&str| {
        first(name) == first(text) && name.chars().count().abs_diff(length) <= MOST_LETTERS
    };
    if !NAME_LENGTHS.contains(&length) || text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words = text.split_whitespace().count();
    let beginning = |name: &'static str| match name.match_indices(' ').nth(words.saturating_sub(1))
    {
        Some((end, _)) => &name[..end],
        None => name,
    };
    let meant = find(text, regions.official_names().map(beginning).filter(is_near))?;
    Some((regions.search(meant.word), meant.is_certain))
}

/// The code in a group's own list that is written like a text, or whose name is.
fn slip<'r>(regions: &'r Gazetteer, text: &str) -> Option<Meant<'r>> {
    if regions.own_names().nth(MOST_COMPARED).is_some() {
        return None;
    }
    find(text, regions.own_names().map(|(code, _)| code)).or_else(|| {
        let name = find(text, regions.own_names().map(|(_, name)| name))?.word;
        let (code, _) = regions.own_names().find(|(_, known)| *known == name)?;
        Some(Meant { word: code, is_certain: false })
    })
}
