//! Owns how the page of all cases is asked for the cases behind a figure: by values that choose exactly
//! these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use form_urlencoded::Serializer;

use crate::aggregate::{Choices, Choosable, Dimensions, Filter};
use crate::model::Report;

/// What addresses call other things by. A declared facet of such a name stands behind [`OWN`] there.
const RESERVED: &[&str] = &["q", "sort", "view"];

/// What a name of a facet stands behind where it would be taken for something else.
const OWN: &str = "facet:";

/// A value that cases are chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    facet: String,
    value: String,
    negated: bool,
}

impl Said {
    /// What a filter asks for.
    pub(super) fn of(filter: &Filter, dimensions: Dimensions<'_>) -> Self {
        let facet = filter.facet().name(dimensions).into_owned();
        Self { facet, value: filter.value(), negated: filter.is_negated() }
    }
}

/// All that the page of all cases can be asked for, with the cases that it shows then.
pub(super) struct Selections {
    /// The cases of each value by its facet, ascending.
    values: BTreeMap<String, BTreeMap<String, Vec<usize>>>,
    /// How many cases there are.
    cases: usize,
}

impl Selections {
    pub(super) fn of(choices: &[Choices], report: &Report) -> Self {
        let dimensions = Dimensions::of(&report.manifest, &report.regions);
        let facets = choices.iter().map(|choices| {
            let mut values = BTreeMap::new();
            choices.values.iter().for_each(|value| add(value, &mut values));
            (choices.facet.name(dimensions).into_owned(), values)
        });
        Self { values: facets.collect(), cases: report.cases.len() }
    }

    /// What stands behind the `?` of the page's address for it to show exactly some cases, which have
    /// values in common and meet conditions; none if there is no such selection.
    pub(super) fn query(
        &self,
        values: &[(&str, &str)],
        conditions: &[Said],
        cases: &[usize],
    ) -> Option<String> {
        let said: Vec<Said> = (values.iter())
            .map(|(facet, value)| Said {
                facet: as_offered(facet).to_owned(),
                value: (*value).to_owned(),
                negated: false,
            })
            .collect();
        if said.is_empty() {
            return None;
        }
        let conditions = conditions.iter().cloned();
        let conditions: Vec<Said> =
            conditions.map(|it| Said { facet: as_offered(&it.facet).to_owned(), ..it }).collect();
        // Of several values of one facet any is enough, so a value inside of a wider one stands alone.
        let others = conditions.iter().filter(|it| said.iter().all(|own| own.facet != it.facet));
        let narrow: Vec<Said> = said.iter().chain(others).cloned().collect();
        let all: Vec<Said> = said.into_iter().chain(conditions).collect();
        let attempts = [narrow, all];
        let found = attempts.iter().find(|said| self.shown(said).as_deref() == Some(cases))?;
        Some(written(found))
    }

    /// The cases that the page shows for a selection, ascending; none if it does not know a value.
    fn shown(&self, said: &[Said]) -> Option<Vec<usize>> {
        let mut kept: BTreeMap<&str, Cow<'_, [usize]>> = BTreeMap::new();
        let mut left_out = Vec::new();
        for Said { facet, value, negated } in said {
            let cases = self.cases_of(facet, value)?;
            if *negated {
                left_out.push(cases);
            } else if let Some(any) = kept.get_mut(facet.as_str()) {
                *any = Cow::Owned(either(any, &cases));
            } else {
                kept.insert(facet, cases);
            }
        }
        let mut facets: Vec<Cow<'_, [usize]>> = kept.into_values().collect();
        facets.sort_by_key(|cases| std::cmp::Reverse(cases.len()));
        // The fewest are looked for among the others: there are thousands of lists, and cases.
        let mut found = match facets.pop() {
            Some(fewest) => fewest.into_owned(),
            None => (0..self.cases).collect(),
        };
        found.retain(|case| facets.iter().all(|cases| cases.binary_search(case).is_ok()));
        found.retain(|case| left_out.iter().all(|cases| cases.binary_search(case).is_err()));
        Some(found)
    }

    /// The cases of a value, ascending; years may be a span.
    fn cases_of(&self, facet: &str, value: &str) -> Option<Cow<'_, [usize]>> {
        let values = self.values.get(facet)?;
        match value.split_once("..") {
            Some((from, to)) if facet == "year" => {
                // Years have four digits each, so their order is that of their texts.
                let inside = values.iter().filter(|(year, _)| {
                    year.as_str() >= from && (to.is_empty() || year.as_str() <= to)
                });
                let mut cases: Vec<usize> =
                    inside.flat_map(|(_, cases)| cases.iter().copied()).collect();
                cases.sort_unstable();
                Some(Cow::Owned(cases))
            }
            _ => values.get(value).map(|cases| Cow::Borrowed(cases.as_slice())),
        }
    }
}

/// The cases that are in one list or the other, ascending.
fn either(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut both = [one, other].concat();
    both.sort_unstable();
    both.dedup();
    both
}

/// A value with those inside it.
fn add(choosable: &Choosable, values: &mut BTreeMap<String, Vec<usize>>) {
    values.insert(choosable.value.clone(), choosable.cases.clone());
    choosable.inside.iter().for_each(|inner| add(inner, values));
}

/// The facet whose tree has the values of a facet.
fn as_offered(facet: &str) -> &str {
    match facet {
        "country" => "region",
        "theme:0" => "theme",
        facet if facet.starts_with("region:") => "region",
        facet => facet,
    }
}

/// A selection as an address has it, which templates/finder/wanted.js reads.
fn written(said: &[Said]) -> String {
    let mut out = Serializer::new(String::new());
    for Said { facet, value, negated } in said {
        let own = if RESERVED.contains(&facet.as_str()) { OWN } else { "" };
        let not = if *negated { "!" } else { "" };
        out.append_pair(&format!("{own}{facet}{not}"), value);
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven cases in two countries, the regions of one of them, and two themes.
    fn selections() -> Selections {
        let values = |all: &[(&str, &[usize])]| {
            all.iter().map(|(value, cases)| ((*value).to_owned(), cases.to_vec())).collect()
        };
        let facets = [
            (
                "region".to_owned(),
                values(&[("SE", &[0, 1, 2, 3]), ("SE1", &[0, 1]), ("EE", &[4, 5])]),
            ),
            ("theme".to_owned(), values(&[("a & b", &[0, 2, 4]), ("c", &[1, 3, 5, 6])])),
            ("year".to_owned(), values(&[("1999", &[0]), ("2004", &[1, 2]), ("2010", &[3])])),
            ("sort".to_owned(), values(&[("x", &[0, 6])])),
        ];
        Selections { values: facets.into(), cases: 7 }
    }

    fn said(facet: &str, value: &str, negated: bool) -> Said {
        Said { facet: facet.to_owned(), value: value.to_owned(), negated }
    }

    #[track_caller]
    fn check(values: &[(&str, &str)], conditions: &[Said], cases: &[usize], expected: &str) {
        let found = selections().query(values, conditions, cases);
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn a_query_chooses_the_cases_of_a_list() {
        check(&[("country", "SE")], &[], &[0, 1, 2, 3], "region=SE");
        check(&[("region:1", "SE1")], &[], &[0, 1], "region=SE1");
        check(&[("country", "SE"), ("theme:0", "a & b")], &[], &[0, 2], "region=SE&theme=a+%26+b");
        check(&[("region", "SE1"), ("region", "EE")], &[], &[0, 1, 4, 5], "region=SE1&region=EE");
        check(&[("sort", "x")], &[], &[0, 6], "facet%3Asort=x");
    }

    #[test]
    fn conditions_of_a_chapter_are_part_of_it() {
        check(&[("region", "SE1")], &[said("country", "SE", false)], &[0, 1], "region=SE1");
        check(&[("theme", "c")], &[said("region", "SE", true)], &[5, 6], "theme=c&region%21=SE");
        let early = said("year", "..2004", false);
        check(&[("theme", "a & b")], &[early], &[0, 2], "theme=a+%26+b&year=..2004");
    }

    #[test]
    fn what_would_show_other_cases_is_not_asked_for() {
        // Cases that say Sweden itself and no region of it.
        check(&[("region", "SE")], &[], &[2, 3], "");
        check(&[("region", "NO")], &[], &[0, 1], "");
        check(&[], &[], &[0, 1, 2, 3, 4, 5, 6], "");
    }
}
