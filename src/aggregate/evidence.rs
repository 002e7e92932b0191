//! Owns the evidence: the measures of all cases, gathered by what they measure, never added up.
//!
//! Figures of different cases were counted in different ways, at different times, over different
//! people. They stand beside each other with their sources; a sum would claim more than they say.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Case, Figure, Indicator, Indicators, Measure};

/// Which list of a case a measure stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Size and use.
    Scale,
    /// What came of it.
    Results,
}

impl List {
    /// The list's key in a case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Results => "results",
        }
    }

    /// The measures of a case in this list.
    pub fn of(self, case: &Case) -> &[Measure] {
        match self {
            Self::Scale => &case.scale,
            Self::Results => &case.results,
        }
    }
}

/// Where a measure stands: a case by its position, the list, the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeasureAt {
    /// Position of the case.
    pub case: usize,
    /// The list.
    pub list: List,
    /// The place in the list, from 0.
    pub index: usize,
}

impl MeasureAt {
    /// The measure itself.
    pub fn get(self, cases: &[Case]) -> Option<&Measure> {
        self.list.of(cases.get(self.case)?).get(self.index)
    }
}

/// Which way a value went from its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Level,
}

/// What changed between a baseline and a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Which way.
    pub direction: Direction,
    /// Value less baseline, in the measure's unit.
    pub absolute: f64,
    /// The same as a part of the baseline, if that is above zero: 0.25 for a quarter more.
    pub relative: Option<f64>,
}

impl Change {
    /// The change that a measure reports, if it has a number and one to compare it with.
    pub fn of(measure: &Measure) -> Option<Self> {
        let (value, baseline) = (measure.value.number()?, measure.baseline.as_ref()?.number()?);
        let absolute = value - baseline;
        let direction = match absolute {
            change if change > 0.0 => Direction::Up,
            change if change < 0.0 => Direction::Down,
            _ => Direction::Level,
        };
        Some(Self { direction, absolute, relative: (baseline > 0.0).then(|| absolute / baseline) })
    }
}

/// Measures of the same thing in the same unit.
#[derive(Debug, PartialEq)]
pub struct Gathered {
    /// The key of the indicator in the manifest, if it is declared there.
    pub indicator: Option<String>,
    /// What is measured.
    pub title: String,
    /// The unit that all of them have.
    pub unit: Option<String>,
    /// The measures, by case.
    pub measures: Vec<MeasureAt>,
    /// The lowest and the highest number among them.
    pub range: Option<(f64, f64)>,
}

/// All that the cases measured.
#[derive(Debug, PartialEq)]
pub struct Evidence {
    /// Indicators of the manifest that have a measure, one a unit, in the manifest's order; then
    /// what two or more cases measured under one name, by name.
    pub gathered: Vec<Gathered>,
    /// Measures with a number and a baseline to compare it with, by case.
    pub compared: Vec<(MeasureAt, Change)>,
    /// How many measures there are.
    pub measures: usize,
    /// Positions of the cases that have any.
    pub cases: Vec<usize>,
}

impl Evidence {
    /// Gathers the measures of all cases.
    pub fn of(cases: &[Case], indicators: &Indicators) -> Self {
        let names = declared_names(indicators);
        let mut groups: BTreeMap<Group, Vec<MeasureAt>> = BTreeMap::new();
        // Most names stand in many cases: each is folded once, and its measures lie beside each other.
        let mut found: Vec<Vec<MeasureAt>> = Vec::new();
        let mut positions: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        let mut written: Vec<(&str, Option<&str>)> = Vec::new();
        let (mut compared, mut measures) = (Vec::new(), 0);
        let mut with_measures = Vec::new();
        for (case, read) in cases.iter().enumerate() {
            for list in [List::Scale, List::Results] {
                for (index, measure) in list.of(read).iter().enumerate() {
                    let at = MeasureAt { case, list, index };
                    measures += 1;
                    compared.extend(Change::of(measure).map(|change| (at, change)));
                    let words = (measure.measure.as_str(), measure.unit.as_deref());
                    let position = *positions.entry(words).or_insert_with(|| {
                        written.push(words);
                        found.push(Vec::new());
                        found.len() - 1
                    });
                    found[position].push(at);
                }
            }
            if !read.scale.is_empty() || !read.results.is_empty() {
                with_measures.push(case);
            }
        }
        for ((name, unit), measures) in written.into_iter().zip(found) {
            let name = folded(name);
            let indicator = names.get(&name).copied().unwrap_or(usize::MAX);
            let name = if indicator == usize::MAX { name } else { String::new() };
            let group = Group { indicator, name, unit: unit.map(folded) };
            groups.entry(group).or_default().extend(measures);
        }
        groups.values_mut().for_each(|measures| measures.sort_unstable());
        let gathered = (groups.into_iter())
            .filter(|(group, found)| group.indicator != usize::MAX || of_several_cases(found))
            .filter_map(|(group, found)| gather(&group, found, cases, indicators))
            .collect();
        Self { gathered, compared, measures, cases: with_measures }
    }
}

/// What makes two measures comparable: the same indicator or name, and the same unit.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    /// Position of the indicator in the manifest; the highest number for none.
    indicator: usize,
    name: String,
    unit: Option<String>,
}

/// The indicator of each name that the manifest lists; of two, the first.
fn declared_names(indicators: &Indicators) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for (position, (_, indicator)) in indicators.iter().enumerate() {
        let listed = indicator.measures.iter().chain(std::iter::once(&indicator.title));
        for name in listed {
            names.entry(folded(name)).or_insert(position);
        }
    }
    names
}

fn of_several_cases(found: &[MeasureAt]) -> bool {
    let mut cases = found.iter().map(|at| at.case);
    let first = cases.next();
    cases.any(|case| Some(case) != first)
}

fn gather(
    group: &Group,
    found: Vec<MeasureAt>,
    cases: &[Case],
    indicators: &Indicators,
) -> Option<Gathered> {
    let first = found.first()?.get(cases)?;
    let declared: Option<(&str, &Indicator)> = indicators.iter().nth(group.indicator);
    let numbers = found.iter().filter_map(|at| at.get(cases)?.value.number());
    let range = numbers.fold(None, |range: Option<(f64, f64)>, number| {
        let (low, high) = range.unwrap_or((number, number));
        Some((low.min(number), high.max(number)))
    });
    Some(Gathered {
        indicator: declared.map(|(key, _)| key.to_owned()),
        title: declared.map_or_else(|| first.measure.clone(), |(_, it)| it.title.clone()),
        unit: first.unit.clone(),
        measures: found,
        range,
    })
}

/// A name without case and with single spaces: what people take for the same.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

impl Figure {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}
