//! Owns a region: what it is called, where it is, and how it rolls up.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::country_names::CountryNames;
use super::official::Official;
use super::own_regions::OwnRegions;

/// A region that a gazetteer knows, in the canonical spelling of its code.
///
/// Two regions are the same if their codes are: they are meant to come from one gazetteer.
#[derive(Clone)]
pub struct Region {
    place: Place,
    /// What countries are called.
    names: CountryNames,
}

/// Where a region stands.
#[derive(Clone)]
pub(super) enum Place {
    /// In an official list.
    Official(Official),
    /// In a list of the group's own, at a position.
    Own(Arc<OwnRegions>, usize),
}

/// Why a code is not a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionError {
    /// NUTS 2024 no longer has it.
    Retired(Retired),
    /// No list has it.
    Unknown,
}

/// A code of NUTS 2021 that NUTS 2024 no longer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// The code that took its place, where there is exactly one.
    pub successor: Option<&'static str>,
    /// The region's name.
    pub name: &'static str,
    /// What happened, in Eurostat's words.
    pub change: &'static str,
    /// Today's codes of the same name, whose borders may differ.
    pub namesakes: Vec<&'static str>,
}

impl Region {
    pub(super) fn new(place: Place, names: CountryNames) -> Self {
        Self { place, names }
    }

    /// Another official region, which is named as this one is.
    fn official(&self, official: Official) -> Self {
        Self { place: Place::Official(official), names: self.names }
    }

    /// The code, as the list writes it.
    pub fn code(&self) -> &str {
        match &self.place {
            Place::Official(official) => official.code(),
            Place::Own(list, at) => list.code(*at),
        }
    }

    /// The level: 0 for a country, 1 to 3 for NUTS, none for a subdivision of ISO 3166-2. In a list
    /// of the group's own, how many regions lie around it.
    pub fn level(&self) -> Option<usize> {
        match &self.place {
            Place::Official(official) => official.level(),
            Place::Own(list, at) => Some(list.level(*at)),
        }
    }

    /// The region at a level that this one is or lies in, if it lies at or below that level.
    pub fn at_level(&self, level: usize) -> Option<Self> {
        match &self.place {
            Place::Official(official) => official.at_level(level).map(|found| self.official(found)),
            Place::Own(..) => self.with_all_around().find(|region| region.level() == Some(level)),
        }
    }

    /// The country that the region is or lies in; in a list of the group's own, the outermost region.
    pub fn country(&self) -> Self {
        match &self.place {
            Place::Official(official) => self.official(official.country()),
            Place::Own(..) => self.with_all_around().last().unwrap_or_else(|| self.clone()),
        }
    }

    /// The same place under the code that its names lead to: NUTS rather than ISO 3166-2 where both have
    /// it, and of codes of several levels that of the highest.
    #[must_use]
    pub fn preferred(&self) -> Self {
        match &self.place {
            Place::Official(official) => self.official(official.preferred()),
            Place::Own(..) => self.clone(),
        }
    }

    /// The region that this one lies in: one level up, and the country of a subdivision.
    pub fn parent(&self) -> Option<Self> {
        match &self.place {
            Place::Official(official) => official.parent().map(|found| self.official(found)),
            Place::Own(list, at) => {
                let place = |parent| Place::Own(Arc::clone(list), parent);
                list.parent(*at).map(|parent| Self::new(place(parent), self.names))
            }
        }
    }

    /// The region and all that it lies in, the smallest first.
    pub fn with_all_around(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// Whether another region is this one or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        other.with_all_around().any(|region| region == *self)
    }

    /// The name: for a country, in the language of the gazetteer; English for a subdivision; the
    /// region's own Latin name in NUTS.
    pub fn name(&self) -> &str {
        match &self.place {
            Place::Official(official) => official.name_in(self.names),
            Place::Own(list, at) => list.name(*at),
        }
    }

    /// A name that stands alone: `Blekinge län, Sweden`.
    pub fn full_name(&self) -> String {
        let country = self.country();
        let (name, around) = (self.name(), country.name());
        if name == around { name.to_owned() } else { format!("{name}, {around}") }
    }

    /// A point inside it in degrees of latitude and longitude, else one of a region around it.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.with_all_around().find_map(|region| match &region.place {
            Place::Official(official) => official.point(),
            Place::Own(list, at) => list.point(*at),
        })
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Region {}

impl PartialOrd for Region {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Region {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl Hash for Region {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.code())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
