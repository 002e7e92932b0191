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
        let (mut all, mut compared, mut with_measures) = (Vec::new(), Vec::new(), Vec::new());
        let mut positions: HashMap<Group, usize> = HashMap::new();
        let mut met: Vec<Met> = Vec::new();
        for (case, read) in cases.iter().enumerate() {
            for list in [List::Scale, List::Results] {
                for (index, measure) in list.of(read).iter().enumerate() {
                    let at = MeasureAt { case, list, index };
                    compared.extend(Change::of(measure).map(|change| (at, change)));
                    let group = Group::of(measure, &names);
                    let is_declared = group.indicator != usize::MAX;
                    let position = *positions.entry(group).or_insert_with(|| {
                        met.push(Met { case, is_kept: is_declared });
                        met.len() - 1
                    });
                    met[position].is_kept |= met[position].case != case;
                    all.push((position, at));
                }
            }
            if !read.scale.is_empty() || !read.results.is_empty() {
                with_measures.push(case);
            }
        }
        // Most names stand in one case only: what is kept is little, and only that is put in order.
        let mut groups: BTreeMap<Group, Vec<MeasureAt>> = BTreeMap::new();
        for at in all.iter().filter(|(position, _)| met[*position].is_kept).map(|(_, at)| *at) {
            let group = at.get(cases).map(|measure| Group::of(measure, &names));
            groups.entry(group.unwrap_or_default()).or_default().push(at);
        }
        let gathered = (groups.into_iter())
            .filter_map(|(group, found)| gather(&group, found, cases, indicators))
            .collect();
        Self { gathered, compared, measures: all.len(), cases: with_measures }
    }
}

/// A group of measures as it was met first.
struct Met {
    /// The case of its first measure.
    case: usize,
    /// Whether it is declared, or several cases have it.
    is_kept: bool,
}

/// What makes two measures comparable: the same indicator or name, and the same unit.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Group {
    /// Position of the indicator in the manifest; the highest number for none.
    indicator: usize,
    name: String,
    unit: Option<String>,
}

impl Group {
    /// The group of a measure, by the indicators of the names that the manifest lists.
    fn of(measure: &Measure, names: &BTreeMap<String, usize>) -> Self {
        let name = folded(&measure.measure);
        let unit = measure.unit.as_deref().map(folded);
        match names.get(&name) {
            Some(indicator) => Self { indicator: *indicator, name: String::new(), unit },
            None => Self { indicator: usize::MAX, name, unit },
        }
    }
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
    let is_single = |pair: &[u8]| pair != b"  ";
    let is_plain = |b: u8| b == b' ' || b.is_ascii_graphic();
    if name.bytes().all(is_plain) && name.as_bytes().windows(2).all(is_single) {
        // Nearly every name is so, and what follows would come to the same.
        return name.trim().to_ascii_lowercase();
    }
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
