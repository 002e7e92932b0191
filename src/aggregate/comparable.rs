//! Owns what makes two measures comparable: the same indicator or name, and the same unit.

use std::collections::HashMap;
use std::sync::Arc;

use super::MeasureAt;
use crate::model::{Indicators, Measure};

/// Groups of comparable measures: those of the same indicator or name, and of the same unit.
pub(super) struct Groups {
    /// The position of the indicator under each name that the manifest lists; of two, the first.
    declared: HashMap<String, usize>,
    names: Interned,
    units: Interned,
    positions: HashMap<(Named, Option<usize>), usize>,
    met: Vec<Met>,
}

/// What a group's measures are called.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Named {
    /// By an indicator of the manifest, at its position.
    Indicator(usize),
    /// By a name of the cases' own, as it was interned.
    Name(usize),
}

/// A group as it was met first.
struct Met {
    named: Named,
    unit: Option<usize>,
    /// The case of its first measure.
    case: usize,
    /// Whether it is declared, or several cases have it.
    is_kept: bool,
}

impl Groups {
    /// No group yet, under the names that the manifest lists.
    pub(super) fn new(indicators: &Indicators) -> Self {
        let mut declared = HashMap::new();
        for (position, (_, indicator)) in indicators.iter().enumerate() {
            let listed = indicator.measures.iter().chain(std::iter::once(&indicator.title));
            for name in listed {
                let mut key = String::new();
                fold_into(&mut key, name);
                declared.entry(key).or_insert(position);
            }
        }
        Self {
            declared,
            names: Interned::default(),
            units: Interned::default(),
            positions: HashMap::new(),
            met: Vec::new(),
        }
    }

    /// The group of a measure of a case, by its position.
    pub(super) fn group_of(&mut self, measure: &Measure, case: usize) -> usize {
        let unit = measure.unit.as_deref().map(|unit| self.units.position(unit));
        let name = self.names.fold(&measure.measure);
        let named = match self.declared.get(name) {
            Some(indicator) => Named::Indicator(*indicator),
            None => Named::Name(self.names.position_of_folded()),
        };
        let position = *self.positions.entry((named, unit)).or_insert_with(|| {
            let is_kept = matches!(named, Named::Indicator(_));
            self.met.push(Met { named, unit, case, is_kept });
            self.met.len() - 1
        });
        if let Some(met) = self.met.get_mut(position) {
            met.is_kept |= met.case != case;
        }
        position
    }

    /// The measures of the groups that are kept, each with the position of its indicator: first the
    /// manifest's indicators in their order, then the rest by name.
    pub(super) fn gather(
        &self,
        all: &[(usize, MeasureAt)],
    ) -> Vec<(Option<usize>, Vec<MeasureAt>)> {
        // Most names stand in one case only: what is kept is little, and only that is put in order.
        let mut kept: Vec<usize> =
            (0..self.met.len()).filter(|position| self.met[*position].is_kept).collect();
        kept.sort_unstable_by_key(|position| self.rank(&self.met[*position]));
        let mut places: Vec<Option<usize>> = vec![None; self.met.len()];
        for (place, position) in kept.iter().enumerate() {
            places[*position] = Some(place);
        }
        let indicator = |met: &Met| match met.named {
            Named::Indicator(indicator) => Some(indicator),
            Named::Name(_) => None,
        };
        let mut gathered: Vec<_> =
            kept.iter().map(|position| (indicator(&self.met[*position]), Vec::new())).collect();
        for (position, at) in all {
            if let Some(place) = places[*position] {
                gathered[place].1.push(*at);
            }
        }
        gathered
    }

    /// What groups are ordered by.
    fn rank(&self, met: &Met) -> (usize, &str, Option<&str>) {
        let unit = met.unit.map(|unit| self.units.text(unit));
        match met.named {
            Named::Indicator(indicator) => (indicator, "", unit),
            Named::Name(name) => (usize::MAX, self.names.text(name), unit),
        }
    }
}

/// Names, each once, however they are written: a name's position is that at which it was met first.
#[derive(Default)]
struct Interned {
    positions: HashMap<Arc<str>, usize>,
    texts: Vec<Arc<str>>,
    /// The name at hand as people take it for the same; kept, so that nothing is allocated a name.
    folded: String,
}

impl Interned {
    /// Takes a name in hand.
    fn fold(&mut self, name: &str) -> &str {
        self.folded.clear();
        fold_into(&mut self.folded, name);
        &self.folded
    }

    /// The position of the name in hand.
    fn position_of_folded(&mut self) -> usize {
        if let Some(position) = self.positions.get(self.folded.as_str()) {
            return *position;
        }
        let text: Arc<str> = self.folded.as_str().into();
        self.texts.push(Arc::clone(&text));
        self.positions.insert(text, self.texts.len() - 1);
        self.texts.len() - 1
    }

    fn position(&mut self, name: &str) -> usize {
        self.fold(name);
        self.position_of_folded()
    }

    fn text(&self, position: usize) -> &str {
        self.texts.get(position).map_or("", |text| text)
    }
}

/// Appends a name without case and with single spaces: what people take for the same.
fn fold_into(out: &mut String, name: &str) {
    for (position, word) in name.split_whitespace().enumerate() {
        if position > 0 {
            out.push(' ');
        }
        if word.is_ascii() {
            // Nearly every word is so, and what follows would come to the same.
            let start = out.len();
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
}
