//! Owns what the templates get across cases: groups, lessons, setbacks, indexes.

use std::collections::BTreeMap;

use typst::foundations::{Array, Content, IntoValue, Value};

use super::Fields;
use super::mentions::Mentions;
use super::text::Texts;
use crate::language::Collation;
use crate::markdown::Shape;
use crate::model::{Case, GroupBy, Markdown, Outcome, Report};
use crate::vocab::{Gazetteer, Region};

/// The themes in the manifest's order.
pub(super) fn themes(report: &Report) -> Array {
    let themes = report.manifest.themes.iter();
    themes
        .map(|(key, theme)| {
            let mut out = Fields::new();
            out.put("key", key);
            out.put("title", theme.title.as_str());
            out.put("description", theme.description.as_deref());
            out.done()
        })
        .collect()
}

/// The cases under the key of the group that the report shows them in, each case once and by its
/// position: the key of a theme or the name of a country, or nothing for what belongs to none.
pub(super) fn grouped(
    report: &Report,
    by: GroupBy,
    collation: &Collation,
) -> Vec<(String, Vec<usize>)> {
    let mut groups: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (index, case) in report.cases.iter().enumerate() {
        let key = match by {
            GroupBy::Theme => {
                let main = case.themes.first().map_or("", String::as_str);
                let rank = report.manifest.themes.keys().position(|key| key == main);
                (rank.unwrap_or(usize::MAX), main.to_owned())
            }
            GroupBy::Region => (
                0,
                home_country(case, &report.regions)
                    .map_or_else(String::new, |r| r.name().to_owned()),
            ),
        };
        groups.entry(key).or_default().push(index);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|((rank, name), _), ((other_rank, other_name), _)| {
        rank.cmp(other_rank).then_with(|| collation.compare(name, other_name))
    });
    groups.into_iter().map(|((_, key), cases)| (key, cases)).collect()
}

/// The groups of cases with what is said of each.
pub(super) fn groups(report: &Report, by: GroupBy, grouped: &[(String, Vec<usize>)]) -> Array {
    grouped
        .iter()
        .map(|(key, cases)| {
            let theme = report.manifest.themes.get(key).filter(|_| by == GroupBy::Theme);
            let mut out = Fields::new();
            out.put("title", theme.map_or(key.as_str(), |theme| theme.title.as_str()));
            out.put("description", theme.and_then(|theme| theme.description.as_deref()));
            let cases: Array = cases.iter().map(|index| (*index as i64).into_value()).collect();
            out.put("cases", cases);
            out.done()
        })
        .collect()
}

fn home_country(case: &Case, regions: &Gazetteer) -> Option<Region> {
    regions.find(case.regions.first()?).ok().map(|region| region.country())
}

/// Lessons by main theme, each with the case that it comes from.
pub(super) fn lessons(report: &Report, texts: &Texts<'_>) -> Array {
    let themes = report.manifest.themes.iter();
    themes
        .filter_map(|(key, theme)| {
            let cases: Vec<&Case> = (report.cases.iter())
                .filter(|case| case.themes.first().is_some_and(|main| main == key))
                .collect();
            let gather = |points: fn(&Case) -> &[Markdown]| -> Array {
                cases.iter().flat_map(|case| attributed(texts, case, points(case))).collect()
            };
            let worked = gather(|case| &case.lessons.worked);
            let did_not_work = gather(|case| &case.lessons.did_not_work);
            let advice = gather(|case| &case.lessons.advice);
            if worked.is_empty() && did_not_work.is_empty() && advice.is_empty() {
                return None;
            }
            let mut out = Fields::new();
            out.put("title", theme.title.as_str());
            out.put("worked", worked);
            out.put("did-not-work", did_not_work);
            out.put("advice", advice);
            Some(out.done())
        })
        .collect()
}

fn attributed(texts: &Texts<'_>, case: &Case, points: &[Markdown]) -> Vec<Value> {
    let text = texts.of_case(case, Shape::Point, None);
    let attribute = |body: Content| {
        let mut out = Fields::new();
        out.put("body", body);
        out.put("case", texts.mentions.of(&case.id));
        out.done()
    };
    points.iter().map(|point| attribute(text(point))).collect()
}

/// The cases that did not succeed, the failures first.
pub(super) fn setbacks(report: &Report, texts: &Texts<'_>) -> Array {
    let mut found = Array::new();
    for outcome in [Outcome::Failed, Outcome::NoEffect, Outcome::Mixed] {
        for case in report.cases.iter().filter(|case| case.outcome == Some(outcome)) {
            let text = texts.of_case(case, Shape::Point, None);
            let points = |points: &[Markdown]| -> Array {
                points.iter().map(|point| text(point).into_value()).collect()
            };
            let mut out = Fields::new();
            out.put("case", texts.mentions.of(&case.id));
            out.put("outcome", outcome.as_str());
            let summary = case.summary.as_ref().map(|summary| summary.value.trim().to_owned());
            out.put("summary", summary);
            out.put("did-not-work", points(&case.lessons.did_not_work));
            out.put("advice", points(&case.lessons.advice));
            found.push(out.done());
        }
    }
    found
}

/// The indexes: by region, by theme, by organisation and by standard.
pub(super) fn indexes(report: &Report, mentions: &Mentions<'_>, collation: &Collation) -> Value {
    let mut out = Fields::new();
    let plain = |name: String| Heading { name, code: None };
    out.put(
        "regions",
        index(report, mentions, collation, |case| {
            let found = case.regions.iter().filter_map(|code| report.regions.find(code).ok());
            let heading = |region: Region| Heading {
                name: region.full_name(),
                code: Some(region.code().to_owned()),
            };
            found.map(heading).collect()
        }),
    );
    out.put(
        "themes",
        index(report, mentions, collation, |case| {
            let title = |key: &String| Some(report.manifest.themes.get(key)?.title.clone());
            case.themes.iter().filter_map(title).map(plain).collect()
        }),
    );
    out.put(
        "organisations",
        index(report, mentions, collation, |case| {
            case.organisations.iter().map(|found| plain(found.name.clone())).collect()
        }),
    );
    out.put(
        "standards",
        index(report, mentions, collation, |case| {
            let standards = case.technology.iter().flat_map(|technology| &technology.standards);
            standards.cloned().map(plain).collect()
        }),
    );
    out.done()
}

/// What stands above the cases of an entry.
struct Heading {
    name: String,
    /// The code of a region, which tells regions of one name apart.
    code: Option<String>,
}

/// Entries in the order of the alphabet, each with its cases. What differs in case alone is one entry,
/// in the spelling that comes first.
fn index(
    report: &Report,
    mentions: &Mentions<'_>,
    collation: &Collation,
    entries: impl Fn(&Case) -> Vec<Heading>,
) -> Array {
    type Key = (String, Option<String>);
    let mut found: BTreeMap<Key, (String, Vec<&str>)> = BTreeMap::new();
    for case in &report.cases {
        for Heading { name, code } in entries(case) {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let key = (name.to_lowercase(), code);
            let (_, cases) = found.entry(key).or_insert_with(|| (name, Vec::new()));
            if cases.last() != Some(&case.id.as_str()) {
                cases.push(&case.id);
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by(|(_, (one, _)), (_, (two, _))| collation.compare(one, two));
    found
        .into_iter()
        .map(|((_, code), (name, ids))| {
            let mut out = Fields::new();
            out.put("name", name);
            out.put("code", code);
            let cases: Array = ids.into_iter().filter_map(|id| mentions.of(id)).collect();
            out.put("cases", cases);
            out.done()
        })
        .collect()
}
