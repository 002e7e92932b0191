//! Owns the look for organisations that are spelt in several ways.

use std::collections::BTreeMap;

use super::{Facts, diags, fold};
use crate::diag::Sink;
use crate::source::Location;

/// Legal forms, folded: a name is the same with one and without.
const LEGAL_FORMS: &[&str] = &[
    "ab", "ag", "aps", "as", "bv", "ev", "gmbh", "inc", "kg", "limited", "llc", "ltd", "nv", "oy",
    "oyj", "plc", "sa", "sarl", "se", "sl", "spa", "srl", "uab",
];

/// How one spelling is used.
struct Usage<'a> {
    name: &'a str,
    /// The legal form in it.
    form: Option<&'static str>,
    count: usize,
    first: Location,
}

/// Finds rarer spellings of a name that is spelt otherwise more often.
pub(super) fn check<'a>(all: impl Iterator<Item = &'a Facts>, sink: &mut Sink) {
    let mut spellings: BTreeMap<&str, (usize, Location)> = BTreeMap::new();
    for (name, at) in all.flat_map(|facts| &facts.organisations) {
        spellings.entry(name).or_insert((0, *at)).0 += 1;
    }
    let mut names: BTreeMap<String, Vec<Usage<'_>>> = BTreeMap::new();
    for (name, (count, first)) in spellings {
        let (folded, form) = fold_name(name);
        if !folded.is_empty() {
            names.entry(folded).or_default().push(Usage { name, form, count, first });
        }
    }
    for usages in names.into_values().filter(|usages| usages.len() > 1) {
        check_name(usages, sink);
    }
}

fn check_name(mut usages: Vec<Usage<'_>>, sink: &mut Sink) {
    // The commonest comes first, and of equally common ones the one that was read first.
    usages.sort_by_key(|usage| (std::cmp::Reverse(usage.count), usage.first));
    let Some((commonest, rarer)) = usages.split_first() else { return };
    for usage in rarer {
        // Two legal forms are two companies.
        if usage.form.is_some() && commonest.form.is_some() && usage.form != commonest.form {
            continue;
        }
        sink.push(diags::organisation_spelling(
            usage.name,
            commonest.name,
            commonest.count,
            commonest.first,
            usage.first,
        ));
    }
}

/// A name without case, marks, punctuation, spaces, a leading `the` and its legal form.
fn fold_name(name: &str) -> (String, Option<&'static str>) {
    let mut out = String::with_capacity(name.len());
    let mut form = None;
    for (index, word) in name.split_whitespace().enumerate() {
        if index == 0 && word.eq_ignore_ascii_case("the") {
            continue;
        }
        let start = out.len();
        fold::fold_into(&mut out, if word == "&" { "and" } else { word });
        let legal = LEGAL_FORMS.iter().find(|form| **form == &out[start..]);
        if let Some(legal) = legal.filter(|_| start > 0) {
            form = Some(*legal);
            out.truncate(start);
        }
    }
    (out, form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_one() {
        let (name, form) = fold_name("Universitätsklinikum Süd GmbH");
        assert_eq!((name.as_str(), form), ("universitatsklinikumsud", Some("gmbh")));
        for spelling in ["Universitaetsklinikum Sued", "the UNIVERSITÄTSKLINIKUM  Süd, GmbH"] {
            assert_eq!(fold_name(spelling).0, name, "{spelling}");
        }
        assert_eq!(fold_name("Research & Care A/S"), ("researchandcare".to_owned(), Some("as")));
        assert_eq!(fold_name("Research and Care").0, "researchandcare");
        assert_ne!(fold_name("The The").0, fold_name("The").0);
        assert_ne!(fold_name("Region North 1").0, fold_name("Region North 2").0);
        assert_eq!(fold_name("SAS").0, "sas");
        assert_eq!(fold_name("SA"), ("sa".to_owned(), None));
    }
}
