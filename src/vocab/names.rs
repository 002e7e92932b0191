//! Owns the search for official regions by what they are called.

use super::country_names::CountryNames;
use super::gazetteer::begins_word;
use super::official::Official;
use super::table::{COUNTRIES, REGIONS, Row, SUBDIVISIONS};

/// A region that a text may mean, under the code that its names lead to.
pub(super) struct Named {
    pub(super) region: Official,
    /// Whether the text is one of its names, and not a part of one.
    pub(super) is_called: bool,
}

/// How a name has to do with what is looked for, both in small letters.
type Likeness = fn(&str, &str) -> bool;

/// The longest text that names are searched for.
const LONGEST_SEARCH: usize = 100;

/// The regions that a text may mean, case aside, the highest level first.
///
/// The closest likeness that any name has decides: countries that are called so, in English or in another
/// language, and regions with these very words in their name; subdivisions that are called so in English;
/// names with a word that begins so; names that hold the text. Of the latter two, subdivisions are found
/// only where no other region is. So `Bavaria` and `Bayern` lead to one code.
pub(super) fn search(text: &str, understood: CountryNames) -> Vec<Named> {
    let wanted = text.to_lowercase();
    if wanted.chars().count() < 3 || wanted.len() > LONGEST_SEARCH {
        return Vec::new();
    }
    let regions = |is_like: Likeness| named(REGIONS.rows(), &wanted, is_like);
    let subdivisions = |is_like: Likeness| named(SUBDIVISIONS.rows(), &wanted, is_like);
    let mut found = countries(&wanted, understood);
    found.extend(regions(has_words));
    let further: [&dyn Fn() -> Vec<Named>; 5] = [
        &|| subdivisions(|name, text| name == text),
        &|| regions(begins_word),
        &|| subdivisions(begins_word),
        &|| regions(|name, text| name.contains(text)),
        &|| subdivisions(|name, text| name.contains(text)),
    ];
    for search in further {
        if found.is_empty() {
            found = search();
        }
    }
    // Of the names of one place, the one that is the text comes first and stays.
    found.sort_by_key(|found| {
        let code = found.region.code();
        (code.len(), code, !found.is_called)
    });
    found.dedup_by_key(|found| found.region.code());
    found
}

/// The names of countries, in English and in another language, then those of regions.
pub(super) fn all(understood: CountryNames) -> impl Iterator<Item = &'static str> {
    let countries = COUNTRIES
        .rows()
        .flat_map(move |row| row.field(0).into_iter().chain(understood.name(row.code)));
    countries.chain(REGIONS.rows().filter_map(|row| row.field(0)))
}

/// Countries by their whole name.
fn countries(wanted: &str, understood: CountryNames) -> Vec<Named> {
    let is_called = |row: &Row| {
        let mut names = row.field(0).into_iter().chain(understood.name(row.code));
        names.any(|name| name.to_lowercase() == wanted)
    };
    let found = COUNTRIES.rows().filter(is_called).filter_map(|row| Official::find(row.code));
    found.map(|region| Named { region, is_called: true }).collect()
}

fn named(rows: impl Iterator<Item = Row>, wanted: &str, is_like: Likeness) -> Vec<Named> {
    let found = rows.filter_map(|row| {
        let name = row.field(0)?.to_lowercase();
        let region = is_like(&name, wanted).then(|| Official::find(row.code)).flatten()?;
        Some(Named { region: region.preferred(), is_called: name == wanted })
    });
    found.collect()
}

/// Whether a text stands in a name as words of it.
fn has_words(name: &str, text: &str) -> bool {
    name.match_indices(text).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + text.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
