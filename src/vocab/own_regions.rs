//! Owns a list of regions that a group declares for itself.

use std::collections::HashMap;

use super::gazetteer::begins_word;

/// An entry of a group's own list.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRegion {
    /// A word of the group's choice.
    pub code: String,
    /// The name for readers.
    pub name: String,
    /// The code of the region that it lies in.
    pub parent: Option<String>,
    /// Where it is: degrees of latitude and longitude.
    pub point: Option<(f64, f64)>,
}

/// What is wrong with a list; what it says of the region's parent is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRegionFault {
    /// The list has no region of the parent's code.
    NoParent {
        /// The region.
        code: String,
        /// The parent's code.
        parent: String,
    },
    /// Whoever goes from the region to its parent, and on, comes back to it.
    Circle {
        /// The region.
        code: String,
    },
    /// More regions lie around it than a report can show.
    TooDeep {
        /// The region.
        code: String,
    },
}

/// Regions that may lie around a region, one in the other.
pub const MOST_LEVELS: usize = 9;

/// A list in which every parent is there and no region lies in itself.
#[derive(Debug)]
pub(super) struct OwnRegions {
    regions: Vec<Entry>,
    by_code: HashMap<String, usize>,
    /// The first region of each code, however it is spelt.
    by_spelling: HashMap<String, usize>,
}

#[derive(Debug)]
struct Entry {
    code: String,
    name: String,
    /// The name in small letters, for searching.
    small_name: String,
    parent: Option<usize>,
    level: usize,
    point: Option<(f64, f64)>,
}

impl OwnRegions {
    /// Makes a list; of two entries of one code the first counts.
    pub(super) fn new(entries: Vec<OwnRegion>) -> (Self, Vec<OwnRegionFault>) {
        let mut by_code = HashMap::new();
        let mut by_spelling = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            by_code.entry(entry.code.clone()).or_insert(position);
            by_spelling.entry(spelling(&entry.code)).or_insert(position);
        }
        let mut faults = Vec::new();
        let mut regions: Vec<Entry> = Vec::with_capacity(entries.len());
        for OwnRegion { code, name, parent, point } in entries {
            let found = parent.as_ref().and_then(|parent| by_code.get(parent).copied());
            if let (None, Some(parent)) = (found, parent) {
                faults.push(OwnRegionFault::NoParent { code: code.clone(), parent });
            }
            let small_name = name.to_lowercase();
            regions.push(Entry { code, name, small_name, parent: found, level: 0, point });
        }
        let mut list = Self { regions, by_code, by_spelling };
        list.settle_levels(&mut faults);
        (list, faults)
    }

    /// Gives each region its level: one more than its parent's. A parent that leads in a circle or
    /// too deep is taken away.
    fn settle_levels(&mut self, faults: &mut Vec<OwnRegionFault>) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            Open,
            OnTheWay,
            Settled,
        }
        let mut states = vec![State::Open; self.regions.len()];
        for start in 0..self.regions.len() {
            let mut way: Vec<usize> = Vec::new();
            let mut here = Some(start);
            while let Some(at) = here.filter(|at| states[*at] != State::Settled) {
                if states[at] == State::OnTheWay {
                    // The last step led back to where the way has been.
                    if let Some(last) = way.last() {
                        let code = self.regions[*last].code.clone();
                        faults.push(OwnRegionFault::Circle { code });
                        self.regions[*last].parent = None;
                    }
                    break;
                }
                states[at] = State::OnTheWay;
                way.push(at);
                here = self.regions[at].parent;
            }
            for at in way.into_iter().rev() {
                states[at] = State::Settled;
                let above = self.regions[at].parent.map(|parent| self.regions[parent].level);
                self.regions[at].level = above.map_or(0, |level| level + 1);
                if self.regions[at].level > MOST_LEVELS {
                    let code = self.regions[at].code.clone();
                    faults.push(OwnRegionFault::TooDeep { code });
                    self.regions[at].parent = None;
                    self.regions[at].level = 0;
                }
            }
        }
    }

    /// The position of a code.
    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The position of a code that is spelt with other letter sizes, hyphens or spaces.
    pub(super) fn look_alike(&self, text: &str) -> Option<usize> {
        self.by_spelling.get(&spelling(text)).copied()
    }

    /// The positions of regions whose name has a word that begins with a text in small letters; where
    /// there are none, of those whose name holds it. The highest level comes first.
    pub(super) fn search(&self, wanted: &str) -> Vec<usize> {
        let named = |is_meant: fn(&str, &str) -> bool| -> Vec<usize> {
            let regions = self.regions.iter().enumerate();
            let found = regions.filter(|(_, region)| is_meant(&region.small_name, wanted));
            found.map(|(at, _)| at).collect()
        };
        let mut found = named(begins_word);
        if found.is_empty() {
            found = named(|name, text| name.contains(text));
        }
        found.sort_by_key(|at| self.regions[*at].level);
        found
    }

    /// Codes and names, in the list's order.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.regions.iter().map(|entry| (entry.code.as_str(), entry.name.as_str()))
    }

    pub(super) fn code(&self, at: usize) -> &str {
        self.regions.get(at).map_or("", |entry| &entry.code)
    }

    pub(super) fn name(&self, at: usize) -> &str {
        self.regions.get(at).map_or("", |entry| &entry.name)
    }

    pub(super) fn level(&self, at: usize) -> usize {
        self.regions.get(at).map_or(0, |entry| entry.level)
    }

    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.regions.get(at)?.parent
    }

    pub(super) fn point(&self, at: usize) -> Option<(f64, f64)> {
        self.regions.get(at)?.point
    }
}

/// A code without what its spellings differ in.
fn spelling(code: &str) -> String {
    let letters = code.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[(&str, &str)]) -> (OwnRegions, Vec<OwnRegionFault>) {
        let entry = |(code, parent): &(&str, &str)| OwnRegion {
            code: (*code).to_owned(),
            name: format!("The {code}"),
            parent: (!parent.is_empty()).then(|| (*parent).to_owned()),
            point: None,
        };
        OwnRegions::new(entries.iter().map(entry).collect())
    }

    #[test]
    fn levels_are_counted_from_the_top_in_whatever_order_the_list_stands() {
        let (list, faults) =
            list(&[("ward", "town"), ("town", "land"), ("land", ""), ("isle", "")]);
        assert_eq!(faults, []);
        let level = |code| list.level(list.find(code).unwrap());
        assert_eq!(["land", "town", "ward", "isle"].map(level), [0, 1, 2, 0]);
        assert_eq!(list.look_alike("WA-RD"), list.find("ward"));
    }

    #[test]
    fn a_circle_is_told_once_and_what_hangs_on_it_still_has_a_level() {
        let (list, faults) = list(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e")]);
        let circle = |code: &str| OwnRegionFault::Circle { code: code.to_owned() };
        assert_eq!(faults, [circle("c"), circle("e")]);
        let level = |code| list.level(list.find(code).unwrap());
        assert_eq!(["c", "b", "a", "d", "e"].map(level), [0, 1, 2, 3, 0]);
    }

    #[test]
    fn a_parent_that_is_missing_or_too_far_down_is_told() {
        let (_, faults) = list(&[("a", "z")]);
        let (code, parent) = ("a".to_owned(), "z".to_owned());
        assert_eq!(faults, [OwnRegionFault::NoParent { code, parent }]);

        let codes: Vec<String> = (0..100_000).map(|number| format!("r{number}")).collect();
        let chain: Vec<(&str, &str)> = codes
            .iter()
            .zip(&codes[1..])
            .map(|(one, next)| (one.as_str(), next.as_str()))
            .collect();
        let (list, faults) = list(&[chain.as_slice(), &[("r99999", "")]].concat());
        assert_eq!(faults.len(), 100_000 / (MOST_LEVELS + 1) - 1);
        assert!((0..100_000).all(|at| list.level(at) <= MOST_LEVELS));
    }
}
