//! Owns one case as the templates get it.

use typst::foundations::{Array, IntoValue, Value};

use super::text::{Texts, case_label, source_label};
use super::{Fields, completeness, edition, links, list, own, period, region, sources, words};
use crate::markdown::Shape;
use crate::model::{Case, Citation, Cost, Figure, Funding, Measure, Organisation, Report};
use crate::vocab::Gazetteer;

/// A case as a dictionary. Nothing private is in it.
pub(super) fn value(case: &Case, report: &Report, texts: &Texts<'_>) -> Value {
    // Texts come in the order in which readers meet them: the first use of a term is theirs.
    let terms = texts.first_uses(case);
    let text = texts.of_case(case, Shape::Blocks, Some(&terms));
    let point = texts.of_case(case, Shape::Point, Some(&terms));
    let mut out = Fields::new();
    out.put("id", case.id.as_str());
    out.put("label", case_label(&case.id));
    out.put("title", case.title.as_str());
    out.put("language", language(case, report));
    out.put("summary", case.summary.as_ref().map(|summary| summary.value.trim().to_owned()));
    out.put("keywords", words(&case.keywords));
    out.put("licence", case.licence.as_deref());
    out.put("regions", list(&case.regions, |code| region(code, &report.regions)));
    out.put("scope", case.scope.map(|scope| scope.as_str()));
    out.put("period", period(case.period.as_ref()));
    let theme_title = |key: &String| {
        let theme = report.manifest.themes.get(key);
        theme.map_or(key.as_str(), |theme| theme.title.as_str()).into_value()
    };
    out.put("themes", list(&case.themes, theme_title));
    out.put("status", case.status.map(|status| status.as_str()));
    out.put("outcome", case.outcome.map(|outcome| outcome.as_str()));
    out.put("facets", facets(case, report));
    out.put("evidence-level", case.evidence_level.map(|level| level.as_str()));
    out.put(
        "organisations",
        list(&case.organisations, |found| organisation(found, &report.regions)),
    );
    let story: Array = case
        .story()
        .map(|(field, body)| {
            let mut out = Fields::new();
            out.put("field", field);
            out.put("body", text(body));
            out.done()
        })
        .collect();
    out.put("story", story);
    out.put("sections", list(&case.sections, |section| own::section(section, &text)));
    out.put(
        "technology",
        case.technology.as_ref().map(|technology| {
            let mut out = Fields::new();
            out.put("description", technology.description.as_ref().map(&text));
            out.put("standards", words(&technology.standards));
            out.put("components", words(&technology.components));
            out.done()
        }),
    );
    out.put("scale", list(&case.scale, |found| measure(found, case)));
    out.put("results", list(&case.results, |found| measure(found, case)));
    out.put("funding", list(&case.funding, |found| funding(found, case)));
    out.put("costs", list(&case.costs, |found| cost(found, case)));
    let points = |points: &[_]| list(points, |text| point(text).into_value());
    out.put("worked", points(&case.lessons.worked));
    out.put("did-not-work", points(&case.lessons.did_not_work));
    out.put("advice", points(&case.lessons.advice));
    out.put("conditions", points(&case.transfer.conditions));
    out.put("transferred-to", points(&case.transfer.transferred_to));
    let challenges: Array = case
        .challenges()
        .map(|(field, body)| {
            let mut out = Fields::new();
            out.put("field", field);
            out.put("body", text(body));
            out.done()
        })
        .collect();
    out.put("challenges", challenges);
    out.put("sources", sources(&case.sources, |key| source_label(&case.id, key)));
    let images: Array = case
        .images
        .iter()
        .filter_map(|image| {
            let mut out = Fields::new();
            out.put("body", texts.image(case, image)?);
            out.put("caption", image.caption.as_deref());
            out.put("credit", image.credit.as_deref());
            Some(out.done())
        })
        .collect();
    out.put("images", images);
    let related: Array = case.related.iter().filter_map(|id| texts.mentions.of(id)).collect();
    out.put("related", related);
    out.put("links", links(&case.links));
    out.put("completeness", completeness::of_case(case));
    out.put("draft", edition::draft_of_case(case, report));
    out.put(
        "contact",
        (!case.contact.is_private()).then(|| {
            let mut out = Fields::new();
            out.put("name", case.contact.name.as_deref());
            out.put("email", case.contact.email.as_deref());
            out.put("organisation", case.contact.organisation.as_deref());
            out.done()
        }),
    );
    out.done()
}

/// The language that a case is written in, if it is not the report's.
pub(super) fn language(case: &Case, report: &Report) -> Option<Value> {
    other_language(case.language.as_deref()?, report)
}

/// A language by its tag, if it is not the report's.
pub(super) fn other_language(tag: &str, report: &Report) -> Option<Value> {
    (tag != report.manifest.language).then(|| super::language(tag))
}

/// The facets of the manifest with the names of the values that a case has.
fn facets(case: &Case, report: &Report) -> Array {
    (report.manifest.facets.iter())
        .filter_map(|(key, facet)| {
            let values = case.facets.get(key).filter(|values| !values.is_empty())?;
            let name = |value: &String| {
                let named = facet.values.iter().find(|(code, _)| code == value);
                named.map_or(value.as_str(), |(_, name)| name).into_value()
            };
            let mut out = Fields::new();
            out.put("title", facet.title.as_str());
            out.put("values", list(values, name));
            Some(out.done())
        })
        .collect()
}

fn organisation(organisation: &Organisation, regions: &Gazetteer) -> Value {
    let mut out = Fields::new();
    out.put("name", organisation.name.as_str());
    out.put("role", organisation.role.map(|role| role.as_str()));
    out.put("region", organisation.region.as_deref().map(|code| region(code, regions)));
    out.put("url", organisation.url.as_deref());
    out.done()
}

pub(super) fn figure(figure: &Figure) -> Value {
    match figure {
        Figure::Int(int) => int.into_value(),
        Figure::Float(float) => float.into_value(),
        Figure::Text(text) => text.as_str().into_value(),
    }
}

/// The numbers and labels of what a figure rests on, in the order of the numbers.
fn citations(citation: Option<&Citation>, case: &Case) -> Array {
    citations_if(true, citation, case)
}

/// The same in a report that may not show the case and its sources.
pub(super) fn citations_if(is_shown: bool, citation: Option<&Citation>, case: &Case) -> Array {
    let keys = citation.map(Citation::keys).unwrap_or_default().iter();
    let number = |key: &str| case.sources.keys().position(|known| known.0 == key);
    let mut numbered: Vec<(Option<usize>, &String)> = keys.map(|key| (number(key), key)).collect();
    numbered.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
    numbered.dedup();
    list(&numbered, |(number, key)| {
        let mut out = Fields::new();
        out.put("text", number.map_or_else(|| (*key).clone(), |at| (at + 1).to_string()));
        out.put("label", is_shown.then(|| source_label(&case.id, key)));
        out.done()
    })
}

/// A measure of a case with the numbers of its sources there.
pub(super) fn measure(measure: &Measure, case: &Case) -> Value {
    measure_fields(measure, case).done()
}

/// The same, to add to.
pub(super) fn measure_fields(measure: &Measure, case: &Case) -> Fields {
    let mut out = Fields::new();
    out.put("measure", measure.measure.as_str());
    out.put("value", figure(&measure.value));
    out.put("qualifier", measure.qualifier.map(|qualifier| qualifier.as_str()));
    out.put("baseline", measure.baseline.as_ref().map(figure));
    out.put("unit", measure.unit.as_deref());
    let interval = measure.interval.map(|(low, high)| -> Array {
        [low, high].into_iter().map(IntoValue::into_value).collect()
    });
    out.put("interval", interval);
    out.put(
        "when",
        measure.when.map(|when| {
            let mut out = Fields::new();
            out.put("start", when.start.to_string());
            out.put("end", when.end.map(|end| end.to_string()));
            out.done()
        }),
    );
    out.put("note", measure.note.as_deref());
    out.put("sources", citations(measure.source.as_ref(), case));
    out
}

fn funding(funding: &Funding, case: &Case) -> Value {
    let mut out = Fields::new();
    out.put("funder", funding.funder.as_deref());
    out.put("programme", funding.programme.as_deref());
    out.put("amount", funding.amount.as_ref().map(figure));
    out.put("qualifier", funding.qualifier.map(|qualifier| qualifier.as_str()));
    out.put("currency", funding.currency.as_deref());
    out.put("year", funding.year.map(i64::from));
    out.put("note", funding.note.as_deref());
    out.put("sources", citations(funding.source.as_ref(), case));
    out.done()
}

fn cost(cost: &Cost, case: &Case) -> Value {
    let mut out = Fields::new();
    out.put("what", cost.what.as_str());
    out.put("amount", cost.amount.as_ref().map(figure));
    out.put("qualifier", cost.qualifier.map(|qualifier| qualifier.as_str()));
    out.put("currency", cost.currency.as_deref());
    out.put("year", cost.year.map(i64::from));
    out.put("frequency", cost.frequency.as_deref());
    out.put("note", cost.note.as_deref());
    out.put("sources", citations(cost.source.as_ref(), case));
    out.done()
}
