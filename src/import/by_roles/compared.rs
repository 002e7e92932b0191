//! Owns the comparison of what an export says with what one of the record would say.

use serde_json::Value as Json;

use crate::vocab::Gazetteer;

/// Whether all that a value of an export says is said already. Keys that it does not have say nothing, and
/// neither does what is empty; a list is taken as a whole.
pub(super) fn says(held: Option<&Json>, value: &Json) -> bool {
    match (held, value) {
        (_, Json::Null) => true,
        (_, Json::Array(items)) if items.is_empty() => true,
        (Some(Json::Object(held)), Json::Object(entries)) => {
            entries.iter().all(|(key, value)| says(held.get(key), value))
        }
        (None, Json::Object(entries)) => entries.values().all(|value| says(None, value)),
        (Some(Json::Array(held)), Json::Array(items)) => {
            held.len() == items.len() && held.iter().zip(items).all(|(one, two)| is_one(one, two))
        }
        (Some(held), value) => is_one(held, value),
        (None, _) => false,
    }
}

/// Whether two values are one; a number may be written with a fraction of nothing.
fn is_one(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one == two || one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_one(one, two))
        }
        (Json::Object(one), Json::Object(two)) => {
            let is_there = |(key, one)| two.get(key).is_some_and(|two| is_one(one, two));
            one.len() == two.len() && one.iter().all(is_there)
        }
        // Space around a text says nothing, and is not read in most places.
        (Json::String(one), Json::String(two)) => one.trim() == two.trim(),
        (one, two) => one == two,
    }
}

/// Writes the codes of regions as the gazetteer has them: tables of an export do so, and a file need not.
pub(super) fn name_regions_alike(regions: &Gazetteer, case: &mut Json) {
    let name = |code: &mut Json| {
        if let Json::String(code) = code {
            *code = regions.canonical(code).into_owned();
        }
    };
    let list = |case: &mut Json, key: &str, each: &dyn Fn(&mut Json)| {
        let items = case.get_mut(key).and_then(Json::as_array_mut);
        items.into_iter().flatten().for_each(each);
    };
    list(case, "regions", &name);
    list(case, "organisations", &|organisation| {
        organisation.get_mut("region").into_iter().for_each(name);
    });
}
