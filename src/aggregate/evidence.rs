//! Owns the evidence: the measures of all cases, gathered by what they measure, never added up.
//!
//! Figures of different cases were counted in different ways, at different times, over different
//! people. They stand beside each other with their sources; a sum would claim more than they say.

use super::comparable::Groups;
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
        let mut groups = Groups::new(indicators);
        let (mut all, mut compared, mut with_measures) = (Vec::new(), Vec::new(), Vec::new());
        for (case, read) in cases.iter().enumerate() {
            for list in [List::Scale, List::Results] {
                for (index, measure) in list.of(read).iter().enumerate() {
                    let at = MeasureAt { case, list, index };
                    compared.extend(Change::of(measure).map(|change| (at, change)));
                    all.push((groups.group_of(measure, case), at));
                }
            }
            if !read.scale.is_empty() || !read.results.is_empty() {
                with_measures.push(case);
            }
        }
        let gathered = groups
            .gather(&all)
            .into_iter()
            .filter_map(|(indicator, found)| gathered(indicator, found, cases, indicators))
            .collect();
        Self { gathered, compared, measures: all.len(), cases: with_measures }
    }
}

fn gathered(
    indicator: Option<usize>,
    found: Vec<MeasureAt>,
    cases: &[Case],
    indicators: &Indicators,
) -> Option<Gathered> {
    let first = found.first()?.get(cases)?;
    let declared: Option<(&str, &Indicator)> =
        indicator.and_then(|position| indicators.iter().nth(position));
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
