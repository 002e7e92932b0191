//! Owns the map that the templates get: a dot for each region, with the outcomes of its cases.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Array, IntoValue, Value};

use super::case_lists::{CaseLists, Counted};
use super::chosen::Chosen;
use super::{Fields, list};
use crate::cartography::{Anchor, Dot, Drawing, Extent, LABEL_SIZE, Label, Mark, Place, Size};
use crate::model::{Case, Outcome, Report};
use crate::vocab::{Gazetteer, Region};

/// The width of the text on a page, in points.
const WIDTH: f64 = 440.0;

/// A point of the map: the regions that have it, and their cases.
struct Spot {
    /// The region itself, or what those have in common that share the point.
    region: Region,
    /// The codes of the regions.
    codes: BTreeSet<String>,
    /// Positions of the cases, ascending.
    cases: Vec<usize>,
}

/// A map that is drawn, and leads nowhere yet.
pub(super) struct Drawn {
    spots: Vec<Spot>,
    drawing: Drawing,
    land: String,
}

impl Drawn {
    /// The drawing of the regions that have chosen cases; none if no region has a known place.
    pub(super) fn of(report: &Report, chosen: Chosen<'_>) -> Option<Self> {
        let spots = spots(&report.cases, chosen, &report.regions);
        let dots: Vec<Dot> = spots.iter().map(Spot::dot).collect();
        let drawing = Drawing::of(&dots, Size::of_width(WIDTH))?;
        Some(Self { land: drawing.land(), spots, drawing })
    }
}

/// The drawing of the regions that have chosen cases; none if no region has a known place.
pub(super) fn map(report: &Report, chosen: Chosen<'_>, lists: &mut CaseLists<'_>) -> Option<Value> {
    Some(leading(&Drawn::of(report, chosen)?, report, lists))
}

/// A map as the templates get it.
///
/// It holds `width`, `height`, `label-size`, `europe` (or else the world), `land` (the
/// outlines of countries as a path of SVG), `dots` in the order to draw them, `labels`, and `unplaced`: the names of regions that
/// the map lacks. A dot has `key` (a region's code), `codes` (of all regions that it stands for),
/// `name`, `x`, `y`, `radius`, `cases` and `parts`: each outcome with the number of cases that have
/// it, in the order of the form, those without one last and under `none`. Its `link`
/// leads to the cases.
pub(super) fn leading(map: &Drawn, report: &Report, lists: &mut CaseLists<'_>) -> Value {
    let Drawn { spots, drawing, land } = map;
    let mut out = Fields::new();
    out.put("width", drawing.width);
    out.put("height", drawing.height);
    out.put("label-size", LABEL_SIZE);
    out.put("europe", drawing.extent == Extent::Europe);
    out.put("land", land.as_str());
    let dots = drawing
        .marks
        .iter()
        .filter_map(|mark| Some(spots.get(mark.dot)?.value(mark, report, lists)));
    out.put("dots", dots.collect::<Array>());
    out.put("labels", list(&drawing.labels, label));
    out.put("unplaced", super::words(&drawing.unplaced));
    out.done()
}

/// The regions of the chosen cases in the order of their codes. Regions of one point are shown as one: the
/// country whose point they borrow, or a country and its only region.
fn spots(cases: &[Case], chosen: Chosen<'_>, regions: &Gazetteer) -> Vec<Spot> {
    let mut found: BTreeMap<Region, Spot> = BTreeMap::new();
    for (position, case) in chosen.of(cases) {
        for region in case.regions.iter().filter_map(|code| regions.find(code).ok()) {
            let common = owner_of_point(&region);
            let spot = found.entry(common).or_insert_with(|| Spot {
                region: region.clone(),
                codes: BTreeSet::new(),
                cases: Vec::new(),
            });
            if spot.region != region {
                spot.region = owner_of_point(&region);
            }
            spot.codes.insert(region.code().to_owned());
            if spot.cases.last() != Some(&position) {
                spot.cases.push(position);
            }
        }
    }
    found.into_values().collect()
}

/// The largest region around one that has the same point; without any point, the region itself.
fn owner_of_point(region: &Region) -> Region {
    let Some(point) = region.point() else { return region.clone() };
    let around = region.with_all_around().filter(|larger| larger.point() == Some(point));
    around.last().unwrap_or_else(|| region.clone())
}

impl Spot {
    fn dot(&self) -> Dot {
        let place = self.region.point();
        Dot {
            name: self.region.name().to_owned(),
            place: place.map(|(latitude, longitude)| Place { longitude, latitude }),
            count: self.cases.len(),
        }
    }

    fn value(&self, mark: &Mark, report: &Report, lists: &mut CaseLists<'_>) -> Value {
        let mut out = Fields::new();
        out.put("key", self.region.code());
        out.put(
            "codes",
            self.codes.iter().map(|code| code.as_str().into_value()).collect::<Array>(),
        );
        out.put("name", self.region.name());
        out.put("x", mark.x);
        out.put("y", mark.y);
        out.put("radius", mark.radius);
        out.put("cases", self.cases.len() as i64);
        out.put("parts", self.parts(&report.cases));
        let values: Vec<_> = self.codes.iter().map(|code| ("region", code.as_str())).collect();
        let counted = Counted {
            key: &["dot", self.region.code()],
            title: &[self.region.name()],
            values: &values,
        };
        out.put("link", lists.link(&counted, &self.cases));
        out.done()
    }

    fn parts(&self, cases: &[Case]) -> Array {
        let mut counts: BTreeMap<(bool, Option<Outcome>), i64> = BTreeMap::new();
        for case in self.cases.iter().filter_map(|position| cases.get(*position)) {
            *counts.entry((case.outcome.is_none(), case.outcome)).or_default() += 1;
        }
        let part = |((_, outcome), cases): ((bool, Option<Outcome>), i64)| {
            let mut out = Fields::new();
            out.put("key", outcome.map(Outcome::as_str));
            out.put("cases", cases);
            out.done()
        };
        counts.into_iter().map(part).collect()
    }
}

fn label(label: &Label) -> Value {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let mut out = Fields::new();
    out.put("text", label.text.as_str());
    out.put("x", label.x);
    out.put("y", label.y);
    out.put("anchor", anchor);
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(regions: &[&[&str]], expected: &[(&str, &[&str], usize)]) {
        let case = |codes: &&[&str]| Case {
            regions: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..Case::default()
        };
        let cases: Vec<Case> = regions.iter().map(case).collect();
        let spots = spots(&cases, Chosen::All, &Gazetteer::official());
        let found: Vec<(&str, Vec<&str>, usize)> = spots
            .iter()
            .map(|spot| {
                let codes = spot.codes.iter().map(String::as_str).collect();
                (spot.region.name(), codes, spot.cases.len())
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(name, codes, cases)| (*name, codes.to_vec(), *cases)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_region_counts_each_of_its_cases_once() {
        check(
            &[&["SE221", "EL43"], &["EL43"], &["SE221", "SE221"]],
            &[("Kriti", &["EL43"], 2), ("Blekinge län", &["SE221"], 2)],
        );
    }

    #[test]
    fn regions_of_one_point_are_one_dot_with_the_name_that_they_share() {
        check(&[&["EE0"]], &[("Eesti", &["EE0"], 1)]);
        check(&[&["EE0", "EE"], &["EE"]], &[("Estonia", &["EE", "EE0"], 2)]);
        check(&[&["UKK3"], &["UKK30"]], &[("South West (England)", &["UKK3", "UKK30"], 2)]);
        check(&[&["JP"], &["JP-13"]], &[("Japan", &["JP"], 1), ("Tokyo", &["JP-13"], 1)]);
    }
}
