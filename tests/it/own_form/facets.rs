//! Facets of the manifest: how cases are counted by them, and what they refuse.

use casebook::model::Output;

use super::{built, checked, told};
use crate::support::case;

const SCHEMA: &str = r#"{"type": "object", "properties": {
  "soil": {}, "open": {"type": "boolean"},
  "plants": {"type": "array", "items": {"type": "object", "properties": {"kind": {"type": "string"}}}}}}"#;

const MANIFEST: &str = "\
form: {schema: s.json}
facets:
  soil:
    title: Soil
    pointer: /soil
    values: {sand: Sandy soil, clay: Clay, peat: Peat}
  crop: {title: Crop, pointer: /plants/*/kind}
  open: {title: Open, pointer: /open, values: ['yes', 'no']}
";

/// The rows of `figures.csv` for some facets.
fn figures(manifest: &str, files: &[(&str, &str)], facets: &[&str]) -> Vec<String> {
    let made = built(manifest, files, &[Output::Data]);
    let rows = made["data/figures.csv"].lines();
    let wanted = rows.filter(|row| facets.contains(&row.split(',').next().unwrap()));
    wanted.map(|row| row.replace(",,,", ",")).collect()
}

#[test]
fn cases_are_counted_in_the_order_of_the_list() {
    let files = [
        ("s.json", SCHEMA),
        ("cases/a.yaml", "soil: clay\nopen: true\nplants: [{kind: Beans}, {kind: Beans}]\n"),
        (
            "cases/b.yaml",
            "soil: [sand, clay]\nopen: false\nplants: [{kind: Kale}, {kind: Beans}]\n",
        ),
        ("cases/c.yaml", "soil:\n"),
    ];
    assert_eq!(
        figures(MANIFEST, &files, &["soil", "crop", "open"]),
        [
            "soil,sand,1,b,Sandy soil,",
            "soil,clay,2,a; b,Clay,",
            "crop,Beans,2,a; b,Beans,",
            "crop,Kale,1,b,Kale,",
            "open,yes,1,a,yes,",
            "open,no,1,b,no,",
        ]
    );
}

#[test]
fn a_value_that_is_not_listed_is_told_at_the_record_and_at_the_list() {
    let files = [
        ("s.json", SCHEMA),
        ("cases/a.yaml", "soil: caly\nopen: true\n"),
        ("cases/b.json", r#"[{"soil": "sand"}, {"soil": ["clay", "Donegal"]}]"#),
    ];
    let outcome = checked(MANIFEST, &files);
    assert_eq!(
        told(&outcome),
        [
            "cases/a.yaml:1:7 unknown-value /soil `soil` cannot be `caly` <- casebook.yaml:9:13",
            "cases/b.json:1:38 unknown-value /1/soil/1 `soil` cannot be `Donegal` \
             <- casebook.yaml:9:13",
        ]
    );
    let [slip, other] = &outcome.diagnostics[..] else { panic!() };
    assert_eq!(slip.primary.as_ref().unwrap().text, "did you mean `clay`?");
    assert_eq!(slip.fix.as_ref().unwrap().replacement, "clay");
    assert_eq!(slip.help[0], "allowed are sand, clay, peat");
    assert!(other.fix.is_none());
}

#[test]
fn what_the_form_refuses_is_not_said_twice() {
    let schema = SCHEMA.replace(r#""soil": {}"#, r#""soil": {"enum": ["clay", "sand"]}"#);
    let files = [("s.json", schema.as_str()), ("cases/a.yaml", "soil: caly\n")];
    let found = told(&checked(MANIFEST, &files));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("<- s.json:2:12"), "{found:?}");
}

#[test]
fn the_built_in_form_has_facets_too() {
    let facets = "themes: {telestroke: {title: Telestroke}}\nfacets:\n  reach: {title: Reach, pointer: scope, values: [local, national]}\n  \
                  part: {title: Part, pointer: /organisations/*/role}\n";
    let a = format!("{}scope: national\n", case("a"));
    let b = format!("{}scope: local\norganisations: [{{name: N, role: lead}}]\n", case("b"));
    let files = [("cases/a.yaml", a.as_str()), ("cases/b.yaml", b.as_str())];
    assert_eq!(
        figures(facets, &files, &["reach", "part"]),
        ["reach,local,1,b,local,", "reach,national,1,a,national,", "part,lead,1,b,lead,"]
    );
    let c = format!("{}scope: regional\n", case("c"));
    assert_eq!(
        told(&checked(facets, &[("cases/c.yaml", &c)])),
        ["cases/c.yaml:8:8 unknown-value /scope `scope` cannot be `regional` \
          <- casebook.yaml:6:49"]
    );
}
