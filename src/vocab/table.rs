//! Owns the tables of codes: texts in the program, in which a perfect hash finds a code's line.

/// A table of codes: lines of a code, a tab and its fields, sorted by code.
pub(super) struct Table {
    text: &'static str,
    /// Where the line of each code begins.
    index: &'static phf::Map<[u8; LONGEST], u32>,
}

/// The most letters that a code of a table has.
const LONGEST: usize = 6;

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The code.
    pub(super) code: &'static str,
    /// What follows it, with tabs between.
    fields: &'static str,
}

/// NUTS 2024 and the regions beside it: name, latitude, longitude.
pub(super) const REGIONS: Table =
    Table { text: include_str!("regions.tsv"), index: &index::REGIONS };

/// Codes of NUTS 2021: successor or nothing, name, kind of change.
pub(super) const RETIRED: Table =
    Table { text: include_str!("regions-retired.tsv"), index: &index::RETIRED };

/// Countries of ISO 3166-1: English name.
pub(super) const COUNTRIES: Table =
    Table { text: include_str!("countries.tsv"), index: &index::COUNTRIES };

/// Countries of ISO 3166-1: names in other languages, whose order src/vocab/country_names.rs has.
pub(super) const COUNTRY_NAMES: Table =
    Table { text: include_str!("country-names.tsv"), index: &index::COUNTRY_NAMES };

/// Subdivisions of ISO 3166-2: English name.
pub(super) const SUBDIVISIONS: Table =
    Table { text: include_str!("subdivisions.tsv"), index: &index::SUBDIVISIONS };

/// Subdivisions of ISO 3166-2 that are one place with a region of NUTS: the code of that region.
///
/// Both lists follow the same administration there: the units of each country that the regulation on
/// NUTS names, paired by their names. A pair that only has a name in common, as Essex, is left out.
pub(super) const SUBDIVISIONS_IN_NUTS: Table =
    Table { text: include_str!("subdivisions-in-nuts.tsv"), index: &index::SUBDIVISIONS_IN_NUTS };

/// What build.rs made of the tables.
mod index {
    include!(concat!(env!("OUT_DIR"), "/region_index.rs"));
}

impl Table {
    /// The line of a code that is written in two parts.
    pub(super) fn row(&self, country: &str, rest: &str) -> Option<Row> {
        let mut key = [0; LONGEST];
        let (head, tail) = key.split_at_mut_checked(country.len())?;
        head.copy_from_slice(country.as_bytes());
        tail.get_mut(..rest.len())?.copy_from_slice(rest.as_bytes());
        let start = usize::try_from(*self.index.get(&key)?).ok()?;
        let row = self.text.get(start..)?.lines().next().and_then(Row::of)?;
        // What is shorter than a key is filled up with zeros, which a code must not bring along.
        (row.code.len() == country.len() + rest.len()).then_some(row)
    }

    /// All lines, by code.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        self.text.lines().filter_map(Row::of)
    }
}

impl Row {
    fn of(line: &'static str) -> Option<Self> {
        line.split_once('\t').map(|(code, fields)| Self { code, fields })
    }

    /// A field by its number, if it is filled in.
    pub(super) fn field(self, number: usize) -> Option<&'static str> {
        self.fields.split('\t').nth(number).filter(|field| !field.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_found_by_its_code() {
        for (table, rows) in [
            (REGIONS, 2320),
            (RETIRED, 57),
            (COUNTRIES, 250),
            (COUNTRY_NAMES, 250),
            (SUBDIVISIONS, 5046),
            (SUBDIVISIONS_IN_NUTS, 766),
        ] {
            let mut last = "";
            for row in table.rows() {
                assert!(last < row.code, "{last} before {}", row.code);
                last = row.code;
                for at in 0..=row.code.len() {
                    let (country, rest) = row.code.split_at(at);
                    let found = table.row(country, rest).unwrap();
                    assert_eq!((found.code, found.fields), (row.code, row.fields));
                }
            }
            assert_eq!(table.rows().count(), rows);
        }
    }

    #[test]
    fn what_is_no_code_is_not_found() {
        let long = "A".repeat(1 << 20);
        for code in ["", "A", "ZZ", "SE2219", "se221", "\u{e9}", "AL\u{e9}", "SE\0", "\0", &long] {
            for table in [REGIONS, RETIRED, COUNTRIES, SUBDIVISIONS] {
                assert!(table.row(code, "").is_none(), "{code:.10}");
                assert!(table.row("", code).is_none(), "{code:.10}");
            }
        }
    }
}
