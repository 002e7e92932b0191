//! The built-in form with a group's additions.

use casebook::app::Status;
use casebook::model::Output;

use super::{built, checked, told, words};
use crate::support::case;

const MANIFEST: &str =
    "themes: {telestroke: {title: Telestroke}}\nform: {extend: form/form.yaml}\n";

/// Additions of every kind.
const FORM: &str = "\
$schema: https://json-schema.org/draft/2020-12/schema
required: [energy_use]
properties:
  energy_use: {title: Energy a year, type: number, x-unit: kWh}
  training:
    title: Training of staff
    type: array
    items:
      type: object
      additionalProperties: false
      required: [who, hours]
      properties:
        who: {title: Who, type: string}
        hours: {title: Hours, type: integer, x-unit: h}
  meters: {title: Meters, type: array, items: {$ref: '#/$defs/measure'}}
  title: {maxLength: 30}
  technology:
    properties:
      hosting: {title: Hosting, description: Where it runs., enum: [own rooms, a cloud]}
  site: {$ref: 'parts.json#/definitions/site'}
";

const PARTS: &str = r#"{"definitions": {"site": {"type": "object", "title": "Site",
  "properties": {"town": {"type": "string"}, "floor": {"$ref": "deep/floor.yaml"}}}}}"#;

const FLOOR: &str = "title: Floor\ntype: integer\nminimum: 0\n";

/// The form with its files, and one case.
fn with(form: &str, case: &str) -> Vec<(&'static str, String)> {
    vec![
        ("form/form.yaml", form.to_owned()),
        ("form/parts.json", PARTS.to_owned()),
        ("form/deep/floor.yaml", FLOOR.to_owned()),
        ("cases/a.yaml", case.to_owned()),
    ]
}

/// Holds a case, from its eighth line on, against a form.
fn hold(form: &str, more: &str) -> (Status, Vec<String>) {
    let files = with(form, &format!("{}{more}", case("a")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let outcome = checked(MANIFEST, &files);
    (outcome.status, told(&outcome))
}

#[track_caller]
fn check(more: &str, expected: &[&str]) {
    let (status, found) = hold(FORM, more);
    assert_eq!(found, expected);
    assert_eq!(status, if expected.is_empty() { Status::Clean } else { Status::Faulty });
}

/// A form that is refused: the one thing told, and nothing about cases.
#[track_caller]
fn refuse(form: &str, expected: &str) {
    let (status, found) = hold(form, "not_a_key: 1\n");
    assert_eq!(found, [expected]);
    assert_eq!(status, Status::Unusable);
}

#[test]
fn what_is_added_may_be_written() {
    check(
        "energy_use: 1200\ntraining: [{who: Nurses, hours: 12}]\n\
         meters: [{measure: Meters read, value: 3}]\nsite: {town: Lund, floor: 2}\n\
         technology: {hosting: a cloud, standards: [DICOM]}\n",
        &[],
    );
}

#[test]
fn what_is_added_is_asked_for_with_its_place_in_the_form() {
    check(
        "",
        &["cases/a.yaml:1:1 missing-key  the key `energy_use` is missing <- form/form.yaml:2:12"],
    );
    check(
        "energy_use: much\n",
        &["cases/a.yaml:8:13 wrong-type /energy_use `energy_use` must be a number \
           <- form/form.yaml:4:38"],
    );
    check(
        "energy_use: 1\ntechnology: {hosting: the cellar, standrads: [x]}\n",
        &[
            "cases/a.yaml:9:23 unknown-value /technology/hosting `hosting` cannot be `the cellar` \
             <- form/form.yaml:19:62",
            "cases/a.yaml:9:35 unknown-key /technology/standrads unknown key `standrads`",
        ],
    );
}

#[test]
fn a_field_of_the_form_s_own_may_be_made_stricter_and_never_laxer() {
    let (_, found) = hold("properties: {title: {maxLength: 8}}\n", "");
    let expected = "cases/a.yaml:2:8 wrong-size /title `title` is too long: at most 8 characters \
                    <- form/form.yaml:1:22";
    assert_eq!(found, [expected]);
    let lax = "properties: {title: {type: [string, integer], maxLength: 9000}}\n";
    let text = case("a").replace("title: The case a", "title: 7");
    let files = with(lax, &text);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let found = told(&checked(MANIFEST, &files));
    assert_eq!(found, ["cases/a.yaml:2:8 wrong-type /title `title` must be a text"]);
}

#[test]
fn definitions_of_both_forms_and_of_other_files_can_be_referred_to() {
    check(
        "energy_use: 1\nmeters: [{measure: Meters}]\nsite: {floor: -1}\n",
        &[
            "cases/a.yaml:9:11 missing-key /meters/0 the key `value` is missing",
            "cases/a.yaml:10:15 wrong-size /site/floor `floor` is too small: at least 0 \
             <- form/deep/floor.yaml:3:1",
        ],
    );
}

#[test]
fn a_form_with_a_fault_is_told_at_its_place_and_no_case_is_judged() {
    let broken = "form-broken";
    refuse(
        "$defs:\n  date: {type: string}\n",
        "form/form.yaml:2:3 form-broken /$defs/date `date` is a definition of the built-in form",
    );
    refuse(
        "properties:\n  soil: {type: txt}\n",
        &format!(
            "form/form.yaml:2:16 {broken} /properties/soil/type \
             the form is not a sound JSON Schema"
        ),
    );
    refuse(
        "properties:\n  soil: {pattern: '['}\n",
        &format!(
            "form/form.yaml:2:19 {broken} /properties/soil/pattern \
             the form is not a sound JSON Schema"
        ),
    );
    refuse(
        "$schema: https://example.org/draft\n",
        &format!(
            "form/form.yaml:1:10 {broken} /$schema \
             `https://example.org/draft` is not a draft of JSON Schema that is known"
        ),
    );
    refuse(
        "properties:\n  soil: {x-role: rigeon}\n",
        "form/form.yaml:2:18 unknown-role /properties/soil/x-role unknown role `rigeon`",
    );
    refuse(
        "properties:\n  soil: {$ref: '#/$defs/none'}\n",
        &format!(
            "form/form.yaml:2:16 {broken} /properties/soil/$ref \
             `#/$defs/none` leads to nothing"
        ),
    );
    refuse(
        "properties:\n  soil: {$ref: 'parts.json#/definitions/none'}\n",
        &format!(
            "form/form.yaml:2:16 {broken} /properties/soil/$ref \
             `parts.json#/definitions/none` leads to nothing"
        ),
    );
    refuse(
        "properties:\n  soil: {$ref: 'https://example.org/s.json'}\n",
        &format!(
            "form/form.yaml:2:10 {broken} - `https://example.org/s.json` does not lie in the casebook"
        ),
    );
    refuse(
        "properties:\n  soil: {$ref: '../../s.json'}\n",
        "form/form.yaml:2:10 path-outside - `../../s.json` leads out of the casebook",
    );
    refuse(
        "properties:\n  soil: {$ref: s.json}\n",
        "form/form.yaml:2:10 form-missing - there is no form `s.json`",
    );
    refuse(
        "- properties\n",
        &format!("form/form.yaml:1:1 {broken}  the form does not describe a record"),
    );
}

#[test]
fn what_is_added_stands_in_every_output() {
    let more = "energy_use: 1200\ntraining: [{who: Nurses *of the ward*, hours: 12}]\n\
                technology: {hosting: a cloud, standards: [DICOM]}\n";
    let files = with(FORM, &format!("{}{more}", case("a")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let made = built(MANIFEST, &files, &[Output::Html, Output::Data]);
    let page = words(&made["report.html"]);
    for expected in [
        "Energy a year 1,200 kWh",
        "Training of staff Who Hours Nurses of the ward 12 h",
        "Hosting a cloud",
        "Standards DICOM",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let data: serde_json::Value = serde_json::from_str(&made["data/cases.json"]).unwrap();
    let fields: Vec<(&str, &serde_json::Value)> = (data["cases"][0]["fields"].as_array().unwrap())
        .iter()
        .map(|field| (field["pointer"].as_str().unwrap(), &field["value"]))
        .collect();
    assert_eq!(
        fields,
        [
            ("/energy_use", &serde_json::json!(1200)),
            ("/training", &serde_json::json!([{"Who": "Nurses *of the ward*", "Hours": 12}])),
            ("/technology/hosting", &serde_json::json!("a cloud")),
        ]
    );
    assert_eq!(data["cases"][0]["technology"], serde_json::json!({"standards": ["DICOM"]}));
}
