//! Owns what makes two measures comparable: the same indicator or name, and the same unit.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use rayon::prelude::*;

use super::evidence::Found;
use crate::model::{Indicators, Measure};

/// Measures that are comparable, by case, with the position of their indicator if they have one.
pub(super) struct Group<'c> {
    pub(super) indicator: Option<usize>,
    pub(super) found: Vec<Found<'c>>,
}

/// The groups of measures that stand for an indicator or in two or more cases: first the manifest's
/// indicators in their order, then the rest by name.
///
/// Most names stand in one case only. So each measure gets a mark first, a number that all of its kind
/// have, and only those whose mark is not theirs alone are looked at by name.
pub(super) fn groups<'c>(all: &[Found<'c>], indicators: &Indicators) -> Vec<Group<'c>> {
    let declared = Declared::of(indicators);
    let marked = marked(all, &declared);
    let mut groups: Vec<(Kind<String>, Group<'c>)> = marked
        .par_chunk_by(|one, next| one.mark == next.mark)
        .filter(|alike| alike.len() > 1 || alike.iter().any(|it| it.is_declared))
        .map_init(
            || Reader::new(&declared),
            |reader, alike| reader.part(alike.iter().filter_map(|it| all.get(it.position))),
        )
        .flatten_iter()
        .filter(|(_, group)| group.is_kept())
        .collect();
    groups.par_sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The measures by their marks, those of one mark by case.
fn marked(all: &[Found<'_>], declared: &Declared) -> Vec<Marked> {
    // Keyed anew each time, so that nobody can choose names that get one mark.
    let keyed = RandomState::default();
    let mark = |reader: &mut Reader<'_>, (position, found): (usize, &Found<'_>)| {
        let kind = reader.kind_of(found.measure);
        let is_declared = kind.named.indicator().is_some();
        Marked { mark: keyed.hash_one(kind), position, is_declared }
    };
    let all = all.par_iter().enumerate();
    let mut marked: Vec<Marked> = all.map_init(|| Reader::new(declared), mark).collect();
    marked.par_sort_unstable();
    marked
}

impl Group<'_> {
    /// Whether it is declared, or several cases have it.
    fn is_kept(&self) -> bool {
        let case = |found: Option<&Found<'_>>| found.map(|found| found.at.case);
        self.indicator.is_some() || case(self.found.first()) != case(self.found.last())
    }
}

/// A measure by its position.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    /// What all measures of its kind have, and hardly any other.
    mark: u64,
    position: usize,
    is_declared: bool,
}

/// What measures are comparable by, in the order of the groups.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Kind<Text> {
    named: Named<Text>,
    unit: Option<Text>,
}

/// What a measure is called.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Named<Text> {
    /// By an indicator of the manifest, at its position.
    Indicator(usize),
    /// By a name of the cases' own, as people take it for the same.
    Name(Text),
}

impl<Text> Named<Text> {
    fn indicator(&self) -> Option<usize> {
        match self {
            Self::Indicator(position) => Some(*position),
            Self::Name(_) => None,
        }
    }
}

impl Kind<&str> {
    fn to_owned(&self) -> Kind<String> {
        let named = match self.named {
            Named::Indicator(position) => Named::Indicator(position),
            Named::Name(name) => Named::Name(name.to_owned()),
        };
        Kind { named, unit: self.unit.map(str::to_owned) }
    }
}

impl PartialEq<Kind<&str>> for Kind<String> {
    fn eq(&self, other: &Kind<&str>) -> bool {
        let is_named_so = match (&self.named, &other.named) {
            (Named::Indicator(one), Named::Indicator(other)) => one == other,
            (Named::Name(one), Named::Name(other)) => one == other,
            _ => false,
        };
        is_named_so && self.unit.as_deref() == other.unit
    }
}

/// The position of the indicator under each name that the manifest lists; of two, the first.
struct Declared(HashMap<String, usize>);

impl Declared {
    fn of(indicators: &Indicators) -> Self {
        let mut positions = HashMap::new();
        for (position, (_, indicator)) in indicators.iter().enumerate() {
            let listed = indicator.measures.iter().chain(std::iter::once(&indicator.title));
            for name in listed {
                let mut key = String::new();
                fold_into(&mut key, name);
                positions.entry(key).or_insert(position);
            }
        }
        Self(positions)
    }
}

/// Tells of measures what they are comparable by. It keeps the room in which texts are folded, so that
/// nothing is allocated a measure.
struct Reader<'d> {
    declared: &'d Declared,
    name: String,
    unit: String,
}

impl<'d> Reader<'d> {
    fn new(declared: &'d Declared) -> Self {
        Self { declared, name: String::new(), unit: String::new() }
    }

    fn kind_of(&mut self, measure: &Measure) -> Kind<&str> {
        self.name.clear();
        fold_into(&mut self.name, &measure.measure);
        let named = match self.declared.0.get(&self.name) {
            Some(indicator) => Named::Indicator(*indicator),
            None => Named::Name(self.name.as_str()),
        };
        let unit = measure.unit.as_deref().map(|unit| {
            self.unit.clear();
            fold_into(&mut self.unit, unit);
            self.unit.as_str()
        });
        Kind { named, unit }
    }

    /// Parts measures of one mark by their kinds: nearly always, there is one.
    fn part<'a, 'c: 'a>(
        &mut self,
        alike: impl Iterator<Item = &'a Found<'c>>,
    ) -> Vec<(Kind<String>, Group<'c>)> {
        let mut parts: Vec<(Kind<String>, Group<'c>)> = Vec::new();
        for found in alike {
            let part = parts.iter_mut().find(|(kind, group)| {
                let is_written_so = |first: &Found<'_>| {
                    first.measure.measure == found.measure.measure
                        && first.measure.unit == found.measure.unit
                };
                group.found.first().is_some_and(is_written_so)
                    || *kind == self.kind_of(found.measure)
            });
            if let Some((_, group)) = part {
                group.found.push(*found);
            } else {
                let kind = self.kind_of(found.measure).to_owned();
                let indicator = kind.named.indicator();
                parts.push((kind, Group { indicator, found: vec![*found] }));
            }
        }
        parts
    }
}

/// Appends a name without case and with single spaces: what people take for the same.
fn fold_into(out: &mut String, name: &str) {
    let start = out.len();
    if is_plain(name) {
        // Nearly every name is so, and what follows would come to the same.
        out.push_str(name);
        out[start..].make_ascii_lowercase();
        return;
    }
    for word in name.split_whitespace() {
        if out.len() > start {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
}

/// Whether a name is of visible ASCII with single spaces between.
fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    // To the end in any case: without a way out, many bytes are looked at together.
    let is_visible = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let has_gap = pairs.fold(false, |any, (one, next)| any | ((*one == b' ') & (*next == b' ')));
    is_visible && !has_gap && !name.starts_with(' ') && !name.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::{List, MeasureAt};
    use crate::model::Figure;

    #[test]
    fn what_shares_a_mark_by_chance_is_parted_by_name_and_unit() {
        let measure = |(name, unit): (&str, Option<&str>)| Measure {
            measure: name.to_owned(),
            value: Figure::Int(1),
            qualifier: None,
            baseline: None,
            unit: unit.map(str::to_owned),
            interval: None,
            when: None,
            note: None,
            source: None,
        };
        let measures = [("Users", None), ("Beds", None), ("users", None), ("Beds", Some("a day"))]
            .map(measure);
        let found = measures.iter().enumerate().map(|(case, measure)| {
            let at = MeasureAt { case, list: List::Results, index: 0 };
            Found { at, measure }
        });
        let found: Vec<Found<'_>> = found.collect();
        let declared = Declared::of(&Indicators::default());
        let parts = Reader::new(&declared).part(found.iter());
        let cases: Vec<Vec<usize>> = parts
            .iter()
            .map(|(_, group)| group.found.iter().map(|found| found.at.case).collect())
            .collect();
        assert_eq!(cases, [vec![0, 2], vec![1], vec![3]]);
    }
}
