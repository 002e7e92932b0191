//! Owns the official lists of regions: what a code in them means, and how it rolls up.
//!
//! Sources: NUTS 2024, the statistical regions beside it and the last NUTS codes of the United
//! Kingdom from Eurostat ("Source: Eurostat", reuse with attribution); points computed from the
//! 1:20M GISCO boundaries; countries and subdivisions of ISO 3166 with their English names from
//! Unicode CLDR (licence Unicode-3.0); scripts/pack-subdivisions.mjs makes the table of the latter.

use super::country_names::CountryNames;
use super::region::Retired;
use super::table::{COUNTRIES, REGIONS, RETIRED, Row, SUBDIVISIONS, SUBDIVISIONS_IN_NUTS, Table};

/// A code of an official list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Official {
    row: Row,
    list: List,
}

/// The list that a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// NUTS 2024, or statistical regions of the same shape.
    Nuts,
    /// A country outside NUTS, ISO 3166-1.
    Country,
    /// A subdivision of a country, ISO 3166-2.
    Subdivision,
}

impl Official {
    /// Looks a code up. `GR` and `EL`, `GB` and `UK` are understood wherever a code begins with them.
    pub(super) fn find(code: &str) -> Option<Self> {
        let (country, rest) = code.split_at_checked(2)?;
        if rest.starts_with('-') {
            let row = SUBDIVISIONS.row(iso_country(country), rest)?;
            return Some(Self { row, list: List::Subdivision });
        }
        if let Some(row) = REGIONS.row(nuts_country(country), rest) {
            return Some(Self { row, list: List::Nuts });
        }
        COUNTRIES.row(country, rest).map(|row| Self { row, list: List::Country })
    }

    pub(super) fn code(self) -> &'static str {
        self.row.code
    }

    /// The level: 0 for a country, 1 to 3 for NUTS; none for a subdivision.
    pub(super) fn level(self) -> Option<usize> {
        match self.list {
            List::Nuts => Some(self.row.code.len() - 2),
            List::Country => Some(0),
            List::Subdivision => None,
        }
    }

    pub(super) fn at_level(self, level: usize) -> Option<Self> {
        match self.list {
            _ if level == 0 => Some(self.country()),
            List::Nuts => match self.row.code.get(..level.checked_add(2)?)? {
                // Northern Ireland is one region of level 2 and ran out of digits on level 3.
                "UKN1" => Self::find("UKN0"),
                code => Self::find(code),
            },
            _ => None,
        }
    }

    pub(super) fn country(self) -> Self {
        self.row.code.get(..2).and_then(Self::find).unwrap_or(self)
    }

    pub(super) fn parent(self) -> Option<Self> {
        match self.level() {
            None => Some(self.country()),
            Some(level) => self.at_level(level.checked_sub(1)?),
        }
    }

    /// The same place under the code that its names lead to: that of NUTS, where NUTS has it, and of
    /// codes of several levels that of the highest.
    pub(super) fn preferred(self) -> Self {
        let mut place = match self.list {
            List::Subdivision => self.in_nuts().unwrap_or(self),
            List::Nuts | List::Country => self,
        };
        while let Some(around) = place.parent().filter(|around| around.has_one_part()) {
            place = around;
        }
        place
    }

    /// The region of NUTS that a subdivision is.
    fn in_nuts(self) -> Option<Self> {
        let (country, rest) = self.row.code.split_at_checked(2)?;
        SUBDIVISIONS_IN_NUTS.row(country, rest)?.field(0).and_then(Self::find)
    }

    /// Whether one region on the next level of NUTS is all of this one. What ends in `Z` is no place.
    fn has_one_part(self) -> bool {
        let mut buffer = [0; 4];
        let mut is_part =
            |last: char| REGIONS.row(self.row.code, last.encode_utf8(&mut buffer)).is_some();
        ('0'..='9').chain('A'..='Y').filter(|last| is_part(*last)).take(2).count() == 1
    }

    #[cfg(test)]
    pub(super) fn name(self) -> &'static str {
        self.name_in(CountryNames::default())
    }

    /// The name, if it is a country's in the language of the names.
    pub(super) fn name_in(self, names: CountryNames) -> &'static str {
        let country = (self.level() == Some(0)).then(|| iso_country(self.row.code));
        if let Some(name) = country.and_then(|country| names.name(country)) {
            return name;
        }
        let named = country.and_then(|country| COUNTRIES.row(country, ""));
        named.unwrap_or(self.row).field(0).unwrap_or(self.row.code)
    }

    pub(super) fn point(self) -> Option<(f64, f64)> {
        let degrees = |number| self.row.field(number)?.parse().ok();
        (self.list == List::Nuts).then(|| Some((degrees(1)?, degrees(2)?))).flatten()
    }
}

/// What became of a code of NUTS 2021 that NUTS 2024 no longer has.
pub(super) fn retired(code: &str) -> Option<Retired> {
    let (country, rest) = code.split_at_checked(2)?;
    let row = RETIRED.row(nuts_country(country), rest)?;
    let name = row.field(1).unwrap_or_default();
    let namesakes = REGIONS
        .rows()
        .filter(|today| today.code.starts_with(nuts_country(country)))
        .filter(|today| today.code.len() == code.len() && today.field(0) == Some(name))
        .map(|today| today.code)
        .collect();
    let change = row.field(2).unwrap_or_default();
    Some(Retired { successor: row.field(0), name, change, namesakes })
}

/// The region whose code a text looks like: small letters, `O` for `0`, `l` or `I` for `1`, spaces.
pub(super) fn look_alike(text: &str) -> Option<Official> {
    if text.len() > 12 {
        return None;
    }
    let letters = || text.chars().filter(|c| !c.is_whitespace());
    let plain: String = letters().flat_map(char::to_uppercase).collect();
    Official::find(&plain).or_else(|| {
        // The country's letters are letters; behind them, digits are meant.
        let country: String = letters().take(2).flat_map(char::to_uppercase).collect();
        let digit = |c: char| match c {
            'l' | 'I' | '|' => '1',
            'O' | 'o' => '0',
            c => c.to_ascii_uppercase(),
        };
        let rest: String = letters().skip(2).map(digit).collect();
        Official::find(&format!("{country}{rest}"))
    })
}

/// All regions: those of NUTS, countries outside it, subdivisions; by code in each.
pub(super) fn all() -> impl Iterator<Item = Official> {
    let listed = |table: Table, list| table.rows().map(move |row| Official { row, list });
    let countries = listed(COUNTRIES, List::Country);
    let outside =
        countries.filter(|country| REGIONS.row(nuts_country(country.row.code), "").is_none());
    listed(REGIONS, List::Nuts).chain(outside).chain(listed(SUBDIVISIONS, List::Subdivision))
}

/// NUTS writes EL and UK where ISO 3166 writes GR and GB.
fn nuts_country(code: &str) -> &str {
    match code {
        "GR" => "EL",
        "GB" => "UK",
        code => code,
    }
}

fn iso_country(code: &str) -> &str {
    match code {
        "EL" => "GR",
        "UK" => "GB",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_rolls_up_level_by_level_to_a_country_with_a_name() {
        for row in REGIONS.rows().chain(COUNTRIES.rows()).chain(SUBDIVISIONS.rows()) {
            let region = Official::find(row.code).unwrap();
            let mut steps = 0;
            let mut top = region;
            while let Some(above) = top.parent() {
                assert!(above.level() < top.level() || top.level().is_none(), "{}", row.code);
                (top, steps) = (above, steps + 1);
            }
            assert_eq!(top.code(), region.country().code());
            assert_eq!((top.level(), top.code().len()), (Some(0), 2), "{}", row.code);
            assert_eq!(steps, region.level().unwrap_or(1), "{}", row.code);
            assert_ne!(top.name(), top.code());
            assert!(!region.name().is_empty());
        }
    }

    #[test]
    fn every_place_in_two_lists_is_known_by_a_code_of_nuts() {
        for row in SUBDIVISIONS_IN_NUTS.rows() {
            let subdivision = Official::find(row.code).unwrap();
            assert_eq!(subdivision.list, List::Subdivision, "{}", row.code);
            let region = subdivision.in_nuts().unwrap();
            assert_eq!(Some(region.code()), row.field(0));
            assert_eq!(region.country().code(), subdivision.country().code(), "{}", row.code);
            assert_eq!(subdivision.preferred().code(), region.preferred().code());
            assert!(subdivision.preferred().level().is_some_and(|level| level > 0), "{}", row.code);
        }
    }

    #[test]
    fn every_retired_code_is_gone_and_its_successor_there() {
        for row in RETIRED.rows() {
            assert!(Official::find(row.code).is_none(), "{}", row.code);
            let retired = retired(row.code).unwrap();
            assert!(!retired.name.is_empty() && !retired.change.is_empty(), "{}", row.code);
            for successor in retired.successor.into_iter().chain(retired.namesakes) {
                assert!(Official::find(successor).is_some(), "{successor}");
            }
        }
    }
}
