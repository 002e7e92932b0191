//! Owns the gazetteer: the regions that the codes of a casebook are looked up in.

use std::borrow::Cow;
use std::sync::Arc;

use super::country_names::CountryNames;
use super::names::{self, Named};
use super::official::{self, Official};
use super::own_regions::{OwnRegion, OwnRegionFault, OwnRegions};
use super::region::{Place, Region, RegionError};

/// The regions that codes are looked up in: the official lists, or one of the group's own.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    own: Option<Arc<OwnRegions>>,
    /// What countries are called.
    names: CountryNames,
    /// What contributors may call them, beside their English names.
    understood: CountryNames,
}

/// The most regions that a search names.
const MOST_FOUND: usize = 5;

/// The longest text that a group's own regions are searched for.
const LONGEST_SEARCH: usize = 100;

impl Gazetteer {
    /// NUTS 2024 with the regions beside it, and ISO 3166.
    pub fn official() -> Self {
        Self::default()
    }

    /// A group's own regions, and what is wrong with them.
    pub fn own(entries: Vec<OwnRegion>) -> (Self, Vec<OwnRegionFault>) {
        let (list, faults) = OwnRegions::new(entries);
        (Self { own: Some(Arc::new(list)), ..Self::default() }, faults)
    }

    /// The same regions; countries have the names of a language by its code, else English ones.
    pub fn naming(self, language: &str) -> Self {
        Self { names: CountryNames::of(language), ..self }
    }

    /// The same regions; countries are found by their names in a language too.
    pub fn understanding(self, language: &str) -> Self {
        Self { understood: CountryNames::of(language), ..self }
    }

    /// Whether the official lists are meant.
    pub fn is_official(&self) -> bool {
        self.own.is_none()
    }

    /// A code as the lists of regions write it; as it is if no list has it.
    pub fn canonical<'c>(&self, code: &'c str) -> Cow<'c, str> {
        match self.find(code) {
            Ok(region) if region.code() != code => Cow::Owned(region.code().to_owned()),
            _ => Cow::Borrowed(code),
        }
    }

    /// Looks a code up. Of official codes, those of Greece may begin with `EL` or `GR`, those of the
    /// United Kingdom with `UK` or `GB`.
    ///
    /// # Errors
    ///
    /// If the code was retired, or no list has it.
    pub fn find(&self, code: &str) -> Result<Region, RegionError> {
        let found = match &self.own {
            None => Official::find(code).map(|found| self.official_region(found)),
            Some(list) => list.find(code).map(|at| self.own_region(list, at)),
        };
        found.ok_or_else(|| {
            let retired = self.own.is_none().then(|| official::retired(code)).flatten();
            retired.map_or(RegionError::Unknown, RegionError::Retired)
        })
    }

    /// The region whose code a text looks like: other letter sizes, spaces, `O` for `0`.
    pub fn look_alike(&self, text: &str) -> Option<Region> {
        match &self.own {
            None => official::look_alike(text).map(|found| self.official_region(found)),
            Some(list) => list.look_alike(text).map(|at| self.own_region(list, at)),
        }
    }

    /// The regions that a text may mean: those that have it as words in their name, else those whose name
    /// has a word that begins with it, else those whose name holds it, case aside; at most five, the
    /// highest level first. A place of the official lists is found under one code, whatever it is called.
    pub fn search(&self, text: &str) -> Vec<Region> {
        self.named(text).map(|(region, _)| region).collect()
    }

    /// Those of [`search`](Self::search) that are called so, and not only in part.
    pub fn called(&self, text: &str) -> Vec<Region> {
        self.named(text).filter(|(_, is_called)| *is_called).map(|(region, _)| region).collect()
    }

    /// The one region that a text is a name of. Of several that lie in each other, the largest is meant: a
    /// country and a region inside it may have one name.
    pub fn meant(&self, text: &str) -> Option<Region> {
        let called = self.called(text);
        let (first, rest) = called.split_first()?;
        rest.iter().all(|other| first.contains(other)).then(|| first.clone())
    }

    /// What a search finds, each with whether the text is its whole name.
    fn named(&self, text: &str) -> impl Iterator<Item = (Region, bool)> {
        let found: Vec<_> = match &self.own {
            None => {
                let found = names::search(text, self.understood).into_iter().take(MOST_FOUND);
                let region = |found: Named| (self.official_region(found.region), found.is_called);
                found.map(region).collect()
            }
            Some(list) => {
                let wanted = text.to_lowercase();
                if wanted.chars().count() < 3 || wanted.len() > LONGEST_SEARCH {
                    return Vec::new().into_iter();
                }
                let found = list.search(&wanted).into_iter().take(MOST_FOUND);
                let is_called = |at| list.name(at).to_lowercase() == wanted;
                found.map(|at| (self.own_region(list, at), is_called(at))).collect()
            }
        };
        found.into_iter()
    }

    /// The names of the official regions by which [`search`](Self::search) finds them, countries
    /// first; none of a list of the group's own.
    pub fn official_names(&self) -> impl Iterator<Item = &'static str> {
        self.is_official().then(|| names::all(self.understood)).into_iter().flatten()
    }

    /// Codes and names of all official regions: NUTS, countries, subdivisions; none of a list of the
    /// group's own.
    pub fn official_codes(&self) -> impl Iterator<Item = (String, String)> {
        let all = self.is_official().then(official::all).into_iter().flatten();
        all.map(|found| (found.code().to_owned(), found.name_in(self.names).to_owned()))
    }

    /// Codes and names of a group's own regions, in their order; none of the official lists.
    pub fn own_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().flat_map(|list| list.names())
    }

    fn official_region(&self, official: Official) -> Region {
        Region::new(Place::Official(official), self.names)
    }

    fn own_region(&self, list: &Arc<OwnRegions>, at: usize) -> Region {
        Region::new(Place::Own(Arc::clone(list), at), self.names)
    }
}

/// Whether one of the words of a name begins with a text: `Kronoberg` in `Kronobergs län`.
pub fn begins_word(name: &str, text: &str) -> bool {
    name.match_indices(text).any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn find(code: &str) -> Region {
        Gazetteer::official().find(code).unwrap()
    }

    #[track_caller]
    fn check(code: &str, canonical: &str, name: &str, country: &str) {
        let region = find(code);
        let found = (region.code(), region.full_name());
        assert_eq!((found.0, found.1.as_str()), (canonical, name));
        assert_eq!(region.country().code(), country);
    }

    #[test]
    fn codes_have_names_and_countries() {
        check("SE221", "SE221", "Blekinge län, Sweden", "SE");
        check("DE", "DE", "Germany", "DE");
        check("UKM", "UKM", "Scotland, United Kingdom", "UK");
        check("JP", "JP", "Japan", "JP");
        check("NO", "NO", "Norway", "NO");
        check("JP-13", "JP-13", "Tokyo, Japan", "JP");
        check("SE-K", "SE-K", "Blekinge, Sweden", "SE");
        check("FI-01", "FI-01", "Åland Islands, Finland", "FI");
    }

    #[test]
    fn countries_are_called_by_their_names_in_a_language() {
        let gazetteer = Gazetteer::official().naming("fi");
        let name = |code| gazetteer.find(code).unwrap().full_name();
        assert_eq!(name("SE221"), "Blekinge län, Ruotsi");
        assert_eq!((name("GR43"), name("UK")), ("Kriti, Kreikka".into(), "Iso-Britannia".into()));
        assert_eq!((name("JP-13"), name("CA")), ("Tokyo, Japani".into(), "Kanada".into()));
        assert_eq!(gazetteer.look_alike("se").unwrap().name(), "Ruotsi");
    }

    #[test]
    fn greece_and_the_united_kingdom_are_understood_both_ways() {
        check("GR", "EL", "Greece", "EL");
        check("EL", "EL", "Greece", "EL");
        check("EL43", "EL43", "Kriti, Greece", "EL");
        check("GR43", "EL43", "Kriti, Greece", "EL");
        check("GR-M", "GR-M", "Crete, Greece", "EL");
        check("EL-M", "GR-M", "Crete, Greece", "EL");
        check("GB", "UK", "United Kingdom", "UK");
        check("GBM", "UKM", "Scotland, United Kingdom", "UK");
        check("UK-SCT", "GB-SCT", "Scotland, United Kingdom", "UK");
        check("GB-SCT", "GB-SCT", "Scotland, United Kingdom", "UK");
    }

    #[test]
    fn codes_roll_up() {
        let codes = |code: &str| -> Vec<String> {
            let region = find(code);
            let levels = (0..5).filter_map(|level| region.at_level(level));
            levels.map(|region| region.code().to_owned()).collect()
        };
        assert_eq!(codes("SE221"), ["SE", "SE2", "SE22", "SE221"]);
        assert_eq!(codes("SE2"), ["SE", "SE2"]);
        assert_eq!(codes("UKN12"), ["UK", "UKN", "UKN0", "UKN12"]);
        assert_eq!(codes("SE-K"), ["SE"]);
        assert_eq!(find("SE221").at_level(usize::MAX), None);
        assert_eq!(find("SE-K").level(), None);
        assert!(find("SE").contains(&find("SE-K")) && find("SE2").contains(&find("SE221")));
        assert!(!find("SE2").contains(&find("SE")) && !find("SE2").contains(&find("SE-K")));
        assert!(find("GR").contains(&find("EL-M")));
    }

    #[test]
    fn points_are_the_region_s_own_or_those_of_what_lies_around_it() {
        assert_eq!(find("AL011").point(), Some((41.606, 20.251)));
        assert_eq!(find("UA111").point(), find("UA").point());
        assert_eq!(find("UA111").point(), Some((49.014, 31.389)));
        assert_eq!(find("SE-K").point(), find("SE").point());
        assert_eq!(find("UKK30").point(), Some((51.0, -3.1)));
        assert_eq!(find("GB-NIR").point(), Some((54.0, -2.5)));
        assert_eq!(find("JP-13").point(), None);
    }

    #[test]
    fn retired_codes_say_what_became_of_them() {
        let retired = |code| match Gazetteer::official().find(code) {
            Err(RegionError::Retired(retired)) => retired,
            other => panic!("{other:?}"),
        };
        let oeste = retired("PT16B");
        assert_eq!((oeste.successor, oeste.name), (Some("PT1D1"), "Oeste"));
        let alentejo = retired("PT18");
        assert_eq!((alentejo.successor, alentejo.namesakes), (None, vec!["PT1C"]));
    }

    #[test]
    fn what_no_list_has_is_unknown() {
        for code in ["SE-", "ZZ-1", "SE-QQ", "NO-01", "CN-11", "se", "S", "", "SE221\n", "\u{e9}"] {
            let found = Gazetteer::official().find(code);
            assert_eq!(found, Err(RegionError::Unknown), "{code:?}");
        }
    }

    #[test]
    fn names_lead_to_codes() {
        let gazetteer = Gazetteer::official();
        let codes = |text| -> Vec<String> {
            gazetteer.search(text).iter().map(|region| region.code().to_owned()).collect()
        };
        assert_eq!(codes("Blekinge"), ["SE221"]);
        assert_eq!(codes("estonia"), ["EE"]);
        assert_eq!(codes("Greece"), ["EL"]);
        assert_eq!(codes("tokyo"), ["JP-13"]);
        let german = Gazetteer::official().understanding("de");
        assert_eq!(german.search("schweden")[0].full_name(), "Sweden");
        assert_eq!(codes("schweden"), [""; 0]);
        // Vestland ends so, and is another place; where no word begins so, the inside counts.
        let estonia = german.search("Estland");
        assert_eq!(estonia.iter().map(Region::code).collect::<Vec<_>>(), ["EE"]);
        assert_eq!(codes("estland"), ["NO0A", "NL362", "NO0A2"]);
        assert_eq!(codes("xy"), [""; 0]);
        // One place has one code, whatever it is called: that of NUTS, and of its codes the highest.
        for (english, local, code) in [
            ("Bavaria", "Bayern", "DE2"),
            ("Thuringia", "Thüringen", "DEG"),
            ("Lombardy", "Lombardia", "ITC4"),
            ("Brittany", "Bretagne", "FRH"),
            ("South Tyrol", "Bolzano-Bozen", "ITH1"),
            ("Prague", "Praha", "CZ01"),
        ] {
            assert_eq!((codes(english), codes(local)), (vec![code.into()], vec![code.into()]));
        }
        assert_eq!((codes("Saxony"), codes("Berlin")), (vec!["DED".into()], vec!["DE3".into()]));
        assert_eq!(codes("Hlavní město Praha"), ["CZ01"]);
        // The name of a region is part of another's.
        let meant = |text| gazetteer.meant(text).map(|region| region.code().to_owned());
        assert_eq!(codes("Kriti"), ["EL4", "EL43"]);
        assert_eq!((meant("Kriti"), meant("Crete")), (Some("EL43".into()), Some("EL43".into())));
        assert_eq!((meant("Luxembourg"), meant("Limburg")), (Some("LU".into()), None));
        // A region in Ukraine begins so, and one in Italy is called so.
        assert_eq!(codes("Rome"), ["ITI43"]);
        let like = |text| gazetteer.look_alike(text).map(|region| region.code().to_owned());
        assert_eq!(like("se 22l").as_deref(), Some("SE221"));
        assert_eq!(like("se-k").as_deref(), Some("SE-K"));
    }

    fn own() -> Gazetteer {
        let entry = |code: &str, name: &str, parent: Option<&str>, point| OwnRegion {
            code: code.to_owned(),
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            point,
        };
        let (gazetteer, faults) = Gazetteer::own(vec![
            entry("coast", "The coast", None, Some((-1.5, 40.0))),
            entry("port", "The old port", Some("coast"), None),
            entry("quay-3", "Quay 3", Some("port"), Some((-1.25, 40.5))),
        ]);
        assert_eq!(faults, []);
        gazetteer
    }

    #[test]
    fn a_list_of_the_group_s_own_takes_the_place_of_the_official_ones() {
        let gazetteer = own();
        let find = |code| gazetteer.find(code).unwrap();
        let (coast, port, quay) = (find("coast"), find("port"), find("quay-3"));
        assert_eq!(quay.full_name(), "Quay 3, The coast");
        assert_eq!(
            (quay.level(), quay.at_level(1), quay.at_level(3)),
            (Some(2), Some(port.clone()), None)
        );
        assert_eq!((quay.country(), quay.parent()), (coast.clone(), Some(port.clone())));
        assert_eq!((port.point(), quay.point()), (Some((-1.5, 40.0)), Some((-1.25, 40.5))));
        assert!(coast.contains(&quay) && coast.contains(&coast) && !quay.contains(&port));
        assert_eq!(gazetteer.find("SE"), Err(RegionError::Unknown));
        assert_eq!(gazetteer.find("PT16B"), Err(RegionError::Unknown));
        assert_eq!(gazetteer.look_alike("Quay 3"), Some(quay));
        assert_eq!(gazetteer.search("OLD port"), [port]);
        assert_eq!(gazetteer.search("oast"), [coast]);
    }
}
