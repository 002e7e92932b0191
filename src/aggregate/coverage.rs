//! Owns coverage: what is not there. Themes that a country lacks, regions of a group without a case.

use super::{Corpus, Facet};
use crate::vocab::Region;

/// The gaps in what the cases cover.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Themes without any case, in themselves or in their parts.
    pub themes: Vec<String>,
    /// For each country that has cases, the themes of the first level that none of them has.
    pub countries: Vec<CountryGaps>,
    /// For each group of regions that the manifest declares, its members with their cases.
    pub groups: Vec<GroupCoverage>,
}

/// The themes that a country lacks.
#[derive(Debug, PartialEq, Eq)]
pub struct CountryGaps {
    /// Code of the country.
    pub country: String,
    /// Positions of its cases.
    pub cases: Vec<usize>,
    /// Keys of the themes that none of them has, in the manifest's order.
    pub lacking: Vec<String>,
}

/// How far a declared group of regions is covered.
#[derive(Debug, PartialEq, Eq)]
pub struct GroupCoverage {
    /// Its name.
    pub name: String,
    /// Positions of the cases in any of its members.
    pub cases: Vec<usize>,
    /// Codes of its members in the manifest's order, each with the positions of its cases, those of
    /// the regions inside it included.
    pub members: Vec<(String, Vec<usize>)>,
}

impl GroupCoverage {
    /// Codes of the members without a case.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.members.iter().filter(|(_, cases)| cases.is_empty()).map(|(code, _)| code.as_str())
    }
}

impl Coverage {
    /// Finds what the cases leave out.
    pub fn of(corpus: &Corpus<'_>) -> Self {
        let dimensions = corpus.dimensions();
        let own = corpus.facet_index(Facet::Theme);
        let is_empty = |key: &&str| {
            let mut parts = dimensions.themes.children(key).chain([*key]);
            parts.all(|part| own.cases_of(part).is_empty())
        };
        let without = dimensions.themes.keys().filter(is_empty).map(str::to_owned);
        let broad = dimensions.broad_theme();
        let all = broad.known_values(dimensions).unwrap_or_default();
        let themes = corpus.facet_index(broad);
        let countries = corpus.facet_index(Facet::Country);
        let gaps = countries.values().iter().enumerate().map(|(position, country)| {
            let cases = countries.cases(position);
            let mut there = vec![false; themes.values().len()];
            for theme in cases.iter().flat_map(|case| themes.of_case(*case)) {
                there[*theme] = true;
            }
            let has = |key: &String| {
                themes.values().iter().zip(&there).any(|(known, there)| known == key && *there)
            };
            CountryGaps {
                country: country.clone(),
                cases: cases.to_vec(),
                lacking: all.iter().filter(|key| !has(key)).cloned().collect(),
            }
        });
        Self { themes: without.collect(), countries: gaps.collect(), groups: groups(corpus) }
    }
}

fn groups(corpus: &Corpus<'_>) -> Vec<GroupCoverage> {
    let declared = corpus.dimensions().groups.iter();
    let regions = corpus.facet_index(Facet::Region);
    let gazetteer = corpus.dimensions().regions;
    let known: Vec<Option<Region>> =
        regions.values().iter().map(|code| gazetteer.find(code).ok()).collect();
    let cases_in = |code: &String| -> Vec<usize> {
        let Ok(member) = gazetteer.find(code) else { return Vec::new() };
        let inside = known
            .iter()
            .enumerate()
            .filter(|(_, region)| region.as_ref().is_some_and(|region| member.contains(region)));
        let mut cases: Vec<usize> =
            inside.flat_map(|(position, _)| regions.cases(position)).copied().collect();
        cases.sort_unstable();
        cases.dedup();
        cases
    };
    declared
        .map(|(name, codes)| GroupCoverage {
            name: name.to_owned(),
            cases: corpus.facet_index(Facet::Group).cases_of(name).to_vec(),
            members: codes.iter().map(|code| (code.clone(), cases_in(code))).collect(),
        })
        .collect()
}
