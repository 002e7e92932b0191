//! Owns the checklists that a manifest names, and how complete a case is by them.

use std::fmt;

use serde::Deserialize;

use super::{ItemState, Keyed, Manifest};
use crate::vocab::{Checklist, Item, Mapping};

/// How complete a case is by one list. What is filled in is not thereby reported well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// The list's key.
    pub list: String,
    /// The list's name for readers.
    pub name: String,
    /// What is counted, in the list's order: its items, or its sections.
    pub rows: Vec<Rated>,
    /// All items, in the list's order.
    pub items: Vec<Rated>,
}

/// The number of an item or section, and how far a case meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// Its number in the list.
    pub no: String,
    /// How far the case meets it.
    pub state: ItemState,
}

impl Completeness {
    /// How many rows there are of each state.
    pub fn tally(&self) -> Tally {
        self.rows.iter().map(|row| row.state).collect()
    }
}

/// How many rows, or cases, there are of each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally([usize; ItemState::ALL.len()]);

impl Tally {
    /// How many there are of a state.
    pub fn of(self, state: ItemState) -> usize {
        self.0[state as usize]
    }

    /// How many there are but for those that do not apply.
    pub fn asked(self) -> usize {
        self.0.iter().sum::<usize>() - self.of(ItemState::NotApplicable)
    }
}

impl FromIterator<ItemState> for Tally {
    fn from_iter<I: IntoIterator<Item = ItemState>>(states: I) -> Self {
        let mut tally = Self::default();
        for state in states {
            tally.0[state as usize] += 1;
        }
        tally
    }
}

impl fmt::Display for Tally {
    /// Writes `15 of 20 met, 3 partly, 2 missing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} met", self.of(ItemState::Met), self.asked())?;
        for (state, word) in [
            (ItemState::Partly, "partly"),
            (ItemState::Explained, "explained"),
            (ItemState::Missing, "missing"),
            (ItemState::NotApplicable, "not asked"),
        ] {
            match self.of(state) {
                0 => {}
                count => write!(f, ", {count} {word}")?,
            }
        }
        Ok(())
    }
}

/// The checklists that a manifest names, in its order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "RawChecklists")]
pub struct Checklists(Vec<(String, ChecklistSettings)>);

/// A list of keys, or the settings by key.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawChecklists {
    Keys(Vec<String>),
    Settings(Keyed<Option<ChecklistSettings>>),
}

impl Checklists {
    /// Whether the manifest names none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<RawChecklists> for Checklists {
    fn from(raw: RawChecklists) -> Self {
        Self(match raw {
            RawChecklists::Keys(keys) => {
                keys.into_iter().map(|key| (key, ChecklistSettings::default())).collect()
            }
            RawChecklists::Settings(all) => (all.iter())
                .map(|(key, found)| (key.to_owned(), found.clone().unwrap_or_default()))
                .collect(),
        })
    }
}

/// What a group makes of a list, or a list of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChecklistSettings {
    /// The name of a list of the group's own.
    pub title: Option<String>,
    /// Where a list of the group's own comes from.
    pub reference: Option<String>,
    /// Numbers of items that do not apply.
    pub without: Vec<ItemNumber>,
    /// Fields by the numbers of items.
    pub items: Keyed<ItemSettings>,
}

/// The number of an item, which may be written as a number or as a text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ItemNumber {
    /// `13`
    Int(i64),
    /// `5.3`
    Float(f64),
    /// `P.2`
    Text(String),
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(f),
            Self::Float(float) => float.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// The fields that meet an item, with its words where the list is the group's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum ItemSettings {
    /// Of a list that casebook brings along.
    Fields(Fields),
    /// Of a list of the group's own.
    Own(OwnItem),
}

/// An item of a list of the group's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnItem {
    /// What it asks.
    pub label: String,
    /// The section that it stands in.
    pub section: Option<String>,
    /// What meets it.
    pub fields: Fields,
}

/// One field, several that are all needed, or several of which one is enough.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Fields {
    /// One field.
    One(String),
    /// All are needed.
    All(Vec<String>),
    /// One is enough.
    Any {
        /// The fields.
        any: Vec<String>,
    },
}

impl From<&Fields> for Mapping {
    fn from(fields: &Fields) -> Self {
        match fields {
            Fields::One(field) => Self::All(vec![field.clone()]),
            Fields::All(fields) => Self::All(fields.clone()),
            Fields::Any { any } => Self::Any(any.clone()),
        }
    }
}

impl Manifest {
    /// The checklists that the group asks for, as it asks for them.
    pub fn asked_checklists(&self) -> Vec<Checklist> {
        self.checklists.0.iter().map(|(key, settings)| settings.list(key)).collect()
    }
}

impl ChecklistSettings {
    fn list(&self, key: &str) -> Checklist {
        let mut list = Checklist::shipped(key).unwrap_or_else(|| Checklist {
            key: key.to_owned(),
            name: self.title.clone().unwrap_or_else(|| key.to_owned()),
            reference: self.reference.clone(),
            ..Checklist::default()
        });
        for (no, settings) in self.items.iter() {
            match settings {
                ItemSettings::Own(own) => list.items.push(own.item(no)),
                ItemSettings::Fields(fields) => {
                    if let Some(item) = list.items.iter_mut().find(|item| item.no == no) {
                        item.whole = Some(fields.into());
                        (item.part, item.own, item.remark) = (None, None, None);
                    }
                }
            }
        }
        for no in self.without.iter().map(ToString::to_string) {
            if let Some(item) = list.items.iter_mut().find(|item| item.no == no) {
                item.applies = false;
            }
        }
        list
    }
}

impl OwnItem {
    /// The item; the group itself confirms what its own list asks.
    fn item(&self, no: &str) -> Item {
        Item {
            no: no.to_owned(),
            label: self.label.clone(),
            section: self.section.clone(),
            required: true,
            confirmed: true,
            applies: true,
            whole: Some((&self.fields).into()),
            ..Item::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Limits, from_node, parse};
    use crate::source::SourceMap;

    fn lists(yaml: &str) -> Vec<Checklist> {
        let text =
            format!("casebook: 1\ntitle: T\nthemes: {{a: {{title: A}}}}\nchecklists: {yaml}\n");
        let source = SourceMap::default().add("casebook.yaml", "");
        let tree = parse(source, &text, Limits::default(), &mut Vec::new()).unwrap();
        from_node::<Manifest>(&tree).unwrap().asked_checklists()
    }

    #[test]
    fn keys_alone_ask_for_lists_as_they_are() {
        let shipped = ["tidier", "icheck-dh"].map(|key| Checklist::shipped(key).unwrap());
        assert_eq!(lists("[tidier, icheck-dh]"), shipped);
        assert_eq!(lists("{tidier: , icheck-dh: {}}"), shipped);
    }

    #[test]
    fn a_group_leaves_items_out_and_maps_them_to_other_fields() {
        let found = lists(
            "{mast: {without: [5.3, P.2], items: {4.1: /evaluation, 2.1: [/safety, /results], \
             7.1: {any: [/ethics, /declarations]}}}}",
        );
        let item = |no: &str| found[0].item(no).unwrap().clone();
        let left_out: Vec<&str> =
            found[0].items.iter().filter(|i| !i.applies).map(|i| i.no.as_str()).collect();
        assert_eq!(left_out, ["P.2", "5.3"]);
        let all = |fields: &[&str]| Mapping::All(fields.iter().map(|f| (*f).to_owned()).collect());
        assert_eq!(item("4.1").whole, Some(all(&["/evaluation"])));
        assert_eq!((item("4.1").part, item("4.1").own), (None, None));
        assert_eq!(item("2.1").whole, Some(all(&["/safety", "/results"])));
        assert!(matches!(item("7.1").whole, Some(Mapping::Any(fields)) if fields.len() == 2));
    }

    #[test]
    fn a_group_has_lists_of_its_own() {
        let found = lists(
            "{ours: {title: Our list, reference: The board, without: [2], items: \
             {1: {label: Costs, section: Money, fields: /costs}, \
             2: {label: Law, fields: {any: [/challenges/legal]}}}}}",
        );
        assert_eq!((found[0].name.as_str(), found[0].items.len()), ("Our list", 2));
        let first = &found[0].items[0];
        assert!(first.required && first.confirmed && first.applies);
        assert_eq!((first.label.as_str(), first.section.as_deref()), ("Costs", Some("Money")));
        assert!(!found[0].items[1].applies);
    }

    #[test]
    fn tallies_are_told_in_words() {
        use ItemState::{Explained, Met, Missing, NotApplicable, Partly};
        let all: Tally =
            [Met, Met, Partly, Missing, Explained, NotApplicable].into_iter().collect();
        assert_eq!(all.to_string(), "2 of 5 met, 1 partly, 1 explained, 1 missing, 1 not asked");
        let met: Tally = [Met].into_iter().collect();
        assert_eq!(met.to_string(), "1 of 1 met");
    }
}
