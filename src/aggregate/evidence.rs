//! Owns the evidence: the measures of all cases, gathered by what they measure, never added up.
//!
//! Figures of different cases were counted in different ways, at different times, over different
//! people. They stand beside each other with their sources; a sum would claim more than they say.

use rayon::prelude::*;

use super::comparable::{Group, groups};
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

/// A measure and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Found<'c> {
    pub(super) at: MeasureAt,
    pub(super) measure: &'c Measure,
}

impl Evidence {
    /// Gathers the measures of all cases.
    pub fn of(cases: &[Case], indicators: &Indicators) -> Self {
        let all: Vec<Found<'_>> = cases.iter().enumerate().flat_map(measures_of).collect();
        let change = |found: &Found<'_>| Some((found.at, Change::of(found.measure)?));
        let gather = || {
            let groups = groups(&all, indicators).into_par_iter();
            groups.filter_map(|group| Gathered::of(&group, indicators)).collect()
        };
        let (gathered, compared) = rayon::join(gather, || all.iter().filter_map(change).collect());
        let has_any = |case: &Case| !case.scale.is_empty() || !case.results.is_empty();
        let with_any = cases.iter().enumerate().filter(|(_, case)| has_any(case));
        Self {
            gathered,
            compared,
            measures: all.len(),
            cases: with_any.map(|(position, _)| position).collect(),
        }
    }
}

/// The measures of a case, by its position.
fn measures_of((case, read): (usize, &Case)) -> impl Iterator<Item = Found<'_>> {
    [List::Scale, List::Results].into_iter().flat_map(move |list| {
        let measures = list.of(read).iter().enumerate();
        measures.map(move |(index, measure)| Found { at: MeasureAt { case, list, index }, measure })
    })
}

impl Gathered {
    /// What comparable measures come to.
    fn of(group: &Group<'_>, indicators: &Indicators) -> Option<Self> {
        let first = group.found.first()?.measure;
        let declared: Option<(&str, &Indicator)> =
            group.indicator.and_then(|position| indicators.iter().nth(position));
        let numbers = group.found.iter().filter_map(|found| found.measure.value.number());
        let range = numbers.fold(None, |range: Option<(f64, f64)>, number| {
            let (low, high) = range.unwrap_or((number, number));
            Some((low.min(number), high.max(number)))
        });
        Some(Self {
            indicator: declared.map(|(key, _)| key.to_owned()),
            title: declared.map_or_else(|| first.measure.clone(), |(_, it)| it.title.clone()),
            unit: first.unit.clone(),
            measures: group.found.iter().map(|found| found.at).collect(),
            range,
        })
    }
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
