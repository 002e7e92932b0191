//! Owns the regions: which codes exist, what they are called, and how they roll up.
//!
//! Sources: NUTS 2024, the statistical regions beside it and the last NUTS codes of the United
//! Kingdom from Eurostat ("Source: Eurostat", reuse with attribution); points computed from the
//! 1:20M GISCO boundaries; English names of countries from Unicode CLDR.

use std::fmt;

/// Lines `code, name, latitude, longitude`, sorted by code.
const REGIONS: &str = include_str!("regions.tsv");
/// Lines `code of NUTS 2021, successor or nothing, name, kind of change`, sorted by code.
const RETIRED: &str = include_str!("regions-retired.tsv");
/// Lines `ISO 3166-1 code, English name`, sorted by code.
const COUNTRIES: &str = include_str!("countries.tsv");

/// A code that is known, in its canonical spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    code: String,
    scheme: Scheme,
}

/// The list that a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// NUTS 2024 or a statistical region of the same shape.
    Nuts,
    /// A country outside NUTS, ISO 3166-1.
    Country,
    /// A subdivision of a country, ISO 3166-2.
    Subdivision,
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
    /// Looks a code up. `GR` and `GB` are understood as NUTS writes them, `EL` and `UK`.
    ///
    /// # Errors
    ///
    /// If the code was retired, or no list has it. An ISO 3166-2 code is taken as known if its
    /// country is and its shape is right: the standard's own list is not free to carry.
    pub fn parse(code: &str) -> Result<Self, RegionError> {
        if let Some((country, part)) = code.split_once('-') {
            let shape = (1..=3).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            return match record(COUNTRIES, country) {
                Some(_) if shape => Ok(Self { code: code.to_owned(), scheme: Scheme::Subdivision }),
                _ => Err(RegionError::Unknown),
            };
        }
        let canonical = nuts_country(code);
        if record(REGIONS, canonical).is_some() {
            return Ok(Self { code: canonical.to_owned(), scheme: Scheme::Nuts });
        }
        if record(COUNTRIES, code).is_some() {
            return Ok(Self { code: code.to_owned(), scheme: Scheme::Country });
        }
        Err(retired(code).map_or(RegionError::Unknown, RegionError::Retired))
    }

    /// The code, as NUTS or ISO writes it.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The list that the code belongs to.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The level: 0 for a country, 1 to 3 for NUTS; none for an ISO subdivision.
    pub fn level(&self) -> Option<usize> {
        match self.scheme {
            Scheme::Nuts => Some(self.code.len() - 2),
            Scheme::Country => Some(0),
            Scheme::Subdivision => None,
        }
    }

    /// The region at a level that this one is or lies in, if it lies at or below that level.
    pub fn at_level(&self, level: usize) -> Option<Self> {
        if level == 0 {
            return Some(self.country());
        }
        match self.scheme {
            Scheme::Nuts if self.code.len() >= level + 2 => {
                Some(Self { code: self.code[..level + 2].to_owned(), scheme: Scheme::Nuts })
            }
            _ => None,
        }
    }

    /// The country that the region is or lies in.
    pub fn country(&self) -> Self {
        let iso = self.code.get(..2).unwrap_or(&self.code);
        let code = nuts_country(iso);
        let scheme = if record(REGIONS, code).is_some() { Scheme::Nuts } else { Scheme::Country };
        Self { code: code.to_owned(), scheme }
    }

    /// Whether another region is this one or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        self == other
            || self.level().is_some_and(|level| other.at_level(level).as_ref() == Some(self))
    }

    /// The name: English for countries, the region's own Latin name below.
    pub fn name(&self) -> &str {
        if self.level() == Some(0) {
            let iso = match self.code.as_str() {
                "EL" => "GR",
                "UK" => "GB",
                code => code,
            };
            if let Some(name) = record(COUNTRIES, iso) {
                return name;
            }
        }
        record(REGIONS, &self.code)
            .and_then(|fields| fields.split('\t').next())
            .unwrap_or(&self.code)
    }

    /// A name that stands alone: `Blekinge län, Sweden`.
    pub fn full_name(&self) -> String {
        if self.level() == Some(0) {
            return self.name().to_owned();
        }
        let (name, country) = (self.name(), self.country());
        if name == country.name() {
            return name.to_owned();
        }
        format!("{name}, {}", country.name())
    }

    /// Latitude and longitude of a point in the region, or of the nearest region around it that has
    /// one.
    pub fn point(&self) -> Option<(f64, f64)> {
        let mut around = (0..=3).rev().filter_map(|level| self.at_level(level));
        around.find_map(|region| point_of(record(REGIONS, &region.code)?))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

/// Latitude and longitude among the fields of a region, if they are filled in.
fn point_of(fields: &str) -> Option<(f64, f64)> {
    let mut fields = fields.split('\t').skip(1);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// What became of a code of NUTS 2021 that NUTS 2024 no longer has.
fn retired(code: &str) -> Option<Retired> {
    let mut fields = record(RETIRED, code)?.split('\t');
    let successor = fields.next().filter(|code| !code.is_empty());
    let name = fields.next().unwrap_or_default();
    let change = fields.next().unwrap_or_default();
    let country = code.get(..2).unwrap_or_default();
    let namesakes = rows(REGIONS)
        .filter(|(code, _)| code.starts_with(country))
        .filter(|(_, fields)| fields.split('\t').next() == Some(name))
        .map(|(code, _)| code)
        .filter(|today| today.len() == code.len())
        .collect();
    Some(Retired { successor, name, change, namesakes })
}

/// The region whose code a text looks like: small letters, `O` for `0`, `l` or `I` for `1`, spaces.
pub fn look_alike(text: &str) -> Option<Region> {
    if text.len() > 12 {
        return None;
    }
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let as_written = Region::parse(&plain).ok();
    as_written.or_else(|| {
        // The country's letters are letters; behind them, digits are meant.
        let (country, rest) = plain.split_at_checked(2)?;
        let rest = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .skip(2)
            .map(|c| match c {
                'l' | 'I' | '|' => '1',
                'O' | 'o' => '0',
                c => c.to_ascii_uppercase(),
            })
            .collect::<String>()
            .get(..rest.len())?
            .to_owned();
        Region::parse(&format!("{country}{rest}")).ok()
    })
}

/// The region codes whose name holds a text, case aside; at most five, the highest level first.
pub fn search(text: &str) -> Vec<Region> {
    let wanted = text.to_lowercase();
    if wanted.chars().count() < 3 {
        return Vec::new();
    }
    let countries = rows(COUNTRIES)
        .filter(|(_, name)| name.to_lowercase() == wanted)
        .filter_map(|(code, _)| Region::parse(code).ok());
    let regions = rows(REGIONS)
        .filter(|(_, fields)| {
            let name = fields.split('\t').next().unwrap_or_default();
            name.to_lowercase().contains(&wanted)
        })
        .map(|(code, _)| Region { code: code.to_owned(), scheme: Scheme::Nuts });
    let mut found: Vec<Region> = countries.chain(regions).collect();
    found.sort_by_key(|region| (region.code.len(), region.code.clone()));
    found.dedup();
    found.truncate(5);
    found
}

/// NUTS writes EL and UK where ISO 3166 writes GR and GB.
fn nuts_country(code: &str) -> &str {
    match code {
        "GR" => "EL",
        "GB" => "UK",
        code => code,
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

/// The rest of the line that begins with a key: a binary search in the text itself, so that
/// nothing is parsed at start-up.
fn record(table: &'static str, key: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = table[..floor(table, middle)].rfind('\n').map_or(0, |newline| newline + 1);
        let start = start.max(low);
        let end = table[start..].find('\n').map_or(table.len(), |newline| start + newline);
        let (found, fields) = table[start..end].split_once('\t')?;
        match found.cmp(key) {
            std::cmp::Ordering::Equal => return Some(fields),
            std::cmp::Ordering::Less => low = (end + 1).min(table.len()),
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_found_by_its_key() {
        for table in [REGIONS, RETIRED, COUNTRIES] {
            let mut last = "";
            for (key, fields) in rows(table) {
                assert!(last < key, "{last} before {key}");
                assert_eq!(record(table, key), Some(fields), "{key}");
                last = key;
            }
        }
        assert_eq!(rows(REGIONS).count(), 2320);
        for code in ["", "A", "ZZ", "SE2219", "se221", "\u{e9}", "AL\u{e9}"] {
            assert_eq!(record(REGIONS, code), None, "{code}");
        }
    }

    #[track_caller]
    fn check(code: &str, name: &str, country: &str) {
        let region = Region::parse(code).unwrap();
        assert_eq!((region.full_name().as_str(), region.country().code()), (name, country));
    }

    #[test]
    fn codes_have_names_and_countries() {
        check("SE221", "Blekinge län, Sweden", "SE");
        check("DE", "Germany", "DE");
        check("GR", "Greece", "EL");
        check("EL43", "Kriti, Greece", "EL");
        check("GB-SCT", "GB-SCT, United Kingdom", "UK");
        check("UKM", "Scotland, United Kingdom", "UK");
        check("JP", "Japan", "JP");
        check("JP-13", "JP-13, Japan", "JP");
        check("NO", "Norway", "NO");
    }

    #[test]
    fn codes_roll_up() {
        let region = Region::parse("SE221").unwrap();
        let levels: Vec<_> = (0..4).filter_map(|level| region.at_level(level)).collect();
        let codes: Vec<_> = levels.iter().map(Region::code).collect();
        assert_eq!(codes, ["SE", "SE2", "SE22", "SE221"]);
        assert_eq!(Region::parse("SE2").unwrap().at_level(2), None);
        assert_eq!(Region::parse("SE-K").unwrap().at_level(1), None);
    }

    #[track_caller]
    fn check_point(code: &str, expected: Option<(f64, f64)>) {
        assert_eq!(Region::parse(code).unwrap().point(), expected, "{code}");
    }

    #[test]
    fn regions_have_points_or_borrow_them() {
        check_point("AL012", Some((41.454, 19.634)));
        check_point("UKK30", Some((51.0, -3.1)));
        check_point("GB-NIR", Some((54.0, -2.5)));
        check_point("JP-13", None);
    }

    #[test]
    fn retired_codes_say_what_became_of_them() {
        let Err(RegionError::Retired(oeste)) = Region::parse("PT16B") else { panic!() };
        assert_eq!((oeste.successor, oeste.name), (Some("PT1D1"), "Oeste"));
        let Err(RegionError::Retired(alentejo)) = Region::parse("PT18") else { panic!() };
        assert_eq!((alentejo.successor, alentejo.namesakes), (None, vec!["PT1C"]));
        assert_eq!(Region::parse("SE-"), Err(RegionError::Unknown));
        assert_eq!(Region::parse("ZZ-1"), Err(RegionError::Unknown));
    }

    #[test]
    fn names_lead_to_codes() {
        let codes = |text| search(text).iter().map(|r| r.code().to_owned()).collect::<Vec<_>>();
        assert_eq!(codes("Blekinge"), ["SE221"]);
        assert_eq!(codes("estonia"), ["EE"]);
        assert_eq!(codes("xy"), [""; 0]);
    }
}
