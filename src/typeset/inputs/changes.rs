//! Owns what is new since an earlier edition as the templates get it: cases, and counts before and now.

use std::collections::BTreeSet;

use typst::foundations::{Array, IntoValue, Value};

use super::case::language;
use super::mentions::Mentions;
use super::{Fields, edition, list, region};
use crate::aggregate::{Corpus, Dimensions, Facet};
use crate::language::Collation;
use crate::model::{Case, Earlier, FieldName, Outcome, Report};

/// What is new in a report since an earlier edition.
pub(super) fn of(
    report: &Report,
    mentions: &Mentions<'_>,
    earlier: &Earlier,
    collation: &Collation,
) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let before = Corpus::new(&earlier.cases, dimensions);
    let now = Corpus::new(&report.cases, dimensions);
    let mut out = Fields::new();
    // Readers know what was published.
    out.put("edition", earlier.edition.map(|found| edition(found, false)));
    let added = by_title(&report.cases, collation, |id| earlier.added.contains(id));
    out.put("added", added.iter().filter_map(|case| mentions.of(&case.id)).collect::<Array>());
    let changed = by_title(&report.cases, collation, |id| earlier.changed.contains_key(id));
    let changed = changed.iter().filter_map(|case| {
        let fields = earlier.changed.get(&case.id)?;
        let mut out = Fields::new();
        out.put("case", mentions.of(&case.id)?);
        out.put("fields", list(&fields.names, field));
        out.put("more", fields.more as i64);
        Some(out.done())
    });
    out.put("changed", changed.collect::<Array>());
    let removed = by_title(&earlier.cases, collation, |id| earlier.removed.contains(id));
    out.put("removed", list(&removed, |case| gone(case, report)));
    let title = |key: &str| {
        let themes = [&report.manifest.themes, &earlier.themes];
        let theme = themes.iter().find_map(|themes| themes.get(key));
        theme.map_or(key, |theme| &theme.title).into_value()
    };
    out.put("themes", turned(Facet::Theme, &before, &now, title));
    let region = |code: &str| region(code, &report.regions);
    out.put("regions", turned(Facet::Region, &before, &now, region));
    out.put("figures", figures(&before, &now));
    out.done()
}

/// Those of some cases that are meant, by their ids, in the order of the alphabet.
fn by_title<'c>(
    cases: &'c [Case],
    collation: &Collation,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<&'c Case> {
    let mut meant: Vec<&Case> = cases.iter().filter(|case| is_meant(&case.id)).collect();
    meant.sort_by(|one, two| collation.compare(&one.title, &two.title));
    meant
}

fn field(field: &FieldName) -> Value {
    let mut out = Fields::new();
    out.put("key", field.key.as_str());
    out.put("title", field.title.as_deref());
    out.done()
}

/// A case that the report no longer has.
fn gone(case: &Case, report: &Report) -> Value {
    let mut out = Fields::new();
    out.put("title", case.title.as_str());
    out.put("language", language(case, report));
    out.done()
}

/// The values of a facet that cases have now and none had, and those that no case has any more.
fn turned(
    facet: Facet,
    before: &Corpus<'_>,
    now: &Corpus<'_>,
    value: impl Fn(&str) -> Value,
) -> Value {
    let (before, now) = (before.facet_index(facet).values(), now.facet_index(facet).values());
    let only_in = |one: &[String], other: &[String]| -> Array {
        let other: BTreeSet<&String> = other.iter().collect();
        one.iter().filter(|found| !other.contains(found)).map(|found| value(found)).collect()
    };
    let mut out = Fields::new();
    out.put("gained", only_in(now, before));
    out.put("lost", only_in(before, now));
    out.done()
}

/// Key figures before and now, without those that both editions lack.
fn figures(before: &Corpus<'_>, now: &Corpus<'_>) -> Array {
    let values = |facet| move |corpus: &Corpus<'_>| corpus.facet_index(facet).values().len();
    let sum = |count: fn(&Case) -> usize| {
        move |corpus: &Corpus<'_>| corpus.cases().iter().map(count).sum::<usize>()
    };
    let mut rows: Vec<(&str, usize, usize)> = Vec::new();
    let mut add = |key: &'static str, count: &dyn Fn(&Corpus<'_>) -> usize| {
        rows.push((key, count(before), count(now)));
    };
    add("cases", &|corpus| corpus.cases().len());
    for outcome in Outcome::ALL {
        add(outcome.as_str(), &|corpus| {
            corpus.cases().iter().filter(|case| case.outcome == Some(*outcome)).count()
        });
    }
    add("countries", &values(Facet::Country));
    add("regions", &values(Facet::Region));
    add("measures", &sum(|case| case.scale.len() + case.results.len()));
    add("sources", &sum(|case| case.sources.len()));
    let known = rows.into_iter().filter(|(_, before, now)| before + now > 0);
    known
        .map(|(key, before, now)| {
            let mut out = Fields::new();
            out.put("key", key);
            out.put("before", before as i64);
            out.put("now", now as i64);
            out.done()
        })
        .collect()
}
