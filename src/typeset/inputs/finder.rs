//! Owns what the page of all cases gets: the order of the cases, and what readers may choose them by.

use typst::foundations::{Array, IntoValue, Value};

use super::Fields;
use crate::aggregate::{Choices, Choosable, Dimensions, Facet};
use crate::language::Collation;
use crate::model::{Case, Report};

/// The finder as a dictionary, with the map of all cases.
pub(super) fn value(
    report: &Report,
    choices: Vec<Choices>,
    map: Option<Value>,
    collation: &Collation,
) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let facets = choices.into_iter().filter(|choices| is_offered(choices.facet));
    let facet = |Choices { facet, mut values }: Choices| {
        if facet == Facet::Region {
            values = values.into_iter().map(without_detours).collect();
            sort(&mut values, collation);
        }
        let mut out = Fields::new();
        let name = facet.name(dimensions);
        out.put("key", name.as_ref());
        if let Some(declared) = report.manifest.facets.get(&name) {
            out.put("title", declared.title.as_str());
        }
        out.put("values", values.into_iter().map(choosable).collect::<Array>());
        out.done()
    };
    let mut out = Fields::new();
    out.put("order", order(&report.cases, collation));
    out.put("map", map);
    out.put("facets", facets.map(facet).collect::<Array>());
    out.done()
}

/// Whether readers are shown all values of a facet. What has nearly as many values as there are cases
/// is found by its name.
fn is_offered(facet: Facet) -> bool {
    !matches!(
        facet,
        Facet::Organisation
            | Facet::Standard
            | Facet::Component
            | Facet::Programme
            | Facet::Keyword
    )
}

/// The cases by position, in the order of their titles.
fn order(cases: &[Case], collation: &Collation) -> Array {
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let title = |position: usize| cases.get(position).map_or("", |case| case.title.as_str());
    order.sort_by(|one, two| collation.compare(title(*one), title(*two)));
    order.into_iter().map(|position| (position as i64).into_value()).collect()
}

/// Leaves out regions that no case names and that choose the same cases as what they lie in: who goes
/// from a country to the only county with a case need not open what lies between.
fn without_detours(mut region: Choosable) -> Choosable {
    while let [only] = region.inside.as_mut_slice()
        && !only.is_said
        && only.cases == region.cases
    {
        region.inside = std::mem::take(&mut only.inside);
    }
    region.inside = region.inside.into_iter().map(without_detours).collect();
    region
}

/// Puts regions in the order of their names, at each level.
fn sort(values: &mut [Choosable], collation: &Collation) {
    values.sort_by(|one, two| collation.compare(&one.title, &two.title));
    for value in values {
        sort(&mut value.inside, collation);
    }
}

fn choosable(choosable: Choosable) -> Value {
    let mut out = Fields::new();
    out.put("value", choosable.value);
    out.put("title", choosable.title);
    out.put("count", choosable.cases.len() as i64);
    out.put("inside", choosable.inside.into_iter().map(self::choosable).collect::<Array>());
    out.done()
}
