//! A form of the group's own in place of the built-in one: its schema, and its roles in the manifest.

use casebook::app::Status;
use casebook::model::Output;

use super::{built, checked, told, words};
use crate::support::{Casebook, golden};

const MANIFEST: &str = "form: {schema: s.json}\n";

#[test]
fn every_draft_is_read() {
    let check = |draft: &str, definitions: &str| {
        let schema = format!(
            r##"{{"$schema": "{draft}", "type": "object",
            "properties": {{"soil": {{"$ref": "#/{definitions}/soil"}}}},
            "{definitions}": {{"soil": {{"enum": ["clay", "sand"]}}}}}}"##
        );
        let outcome = checked(MANIFEST, &[("s.json", &schema), ("cases/a.json", r#"{"soil": 1}"#)]);
        let expected = "cases/a.json:1:10 unknown-value /soil `soil` cannot be `1` <- s.json:3:";
        assert!(told(&outcome)[0].starts_with(expected), "{draft}: {:?}", told(&outcome));
        assert_eq!(outcome.diagnostics.len(), 1, "{draft}");
        let sound = checked(MANIFEST, &[("s.json", &schema), ("cases/a.yaml", "soil: clay\n")]);
        assert_eq!((told(&sound), sound.status), (Vec::new(), Status::Clean), "{draft}");
    };
    check("http://json-schema.org/draft-04/schema#", "definitions");
    check("http://json-schema.org/draft-06/schema#", "definitions");
    check("http://json-schema.org/draft-07/schema#", "definitions");
    check("https://json-schema.org/draft/2019-09/schema", "$defs");
    check("https://json-schema.org/draft/2020-12/schema", "$defs");
}

#[test]
fn a_report_needs_no_roles() {
    let schema = r#"{"type": "object", "properties": {"note": {"type": "string"}}}"#;
    let files = [("s.json", schema), ("cases/First One.yaml", "note: Nobody's words\n")];
    let made = built(MANIFEST, &files, &[Output::Html, Output::Data]);
    let page = words(&made["report.html"]);
    assert!(page.contains("first-one"), "{page}");
    assert!(!page.contains("Nobody"), "what no role names is not printed: {page}");
    assert!(made["data/cases.csv"].contains("\nfirst-one,first-one,"), "{made:?}");
}

/// What is told of a schema that is refused; the case would be wrong by any form.
#[track_caller]
fn refuse(schema: &str, expected: &str) {
    let outcome = checked(MANIFEST, &[("s.json", schema), ("cases/a.yaml", "- 7\n")]);
    assert_eq!(told(&outcome), [expected]);
    assert_eq!(outcome.status, Status::Unusable);
}

#[test]
fn a_schema_with_a_fault_is_told_at_its_place() {
    refuse("[]", "s.json:1:1 form-broken  the form does not describe a record");
    refuse("{\"type\": \"array\"}", "s.json:1:1 form-broken - the form does not describe a record");
    refuse(
        "{\n \"properties\": {\"a\": {\"minLength\": \"1\"}}}",
        "s.json:2:36 form-broken /properties/a/minLength the form is not a sound JSON Schema",
    );
    refuse("{\"a\": \n", "s.json:1:1 yaml-syntax - a bracket `{` is opened and never closed");
}

#[test]
fn a_schema_that_is_not_there_is_told_in_the_manifest() {
    let check = |path: &str, expected: &str| {
        let outcome =
            checked(&format!("form: {{schema: {path}}}\n"), &[("cases/a.yaml", "a: 1\n")]);
        assert_eq!(told(&outcome), [expected]);
        assert_eq!(outcome.status, Status::Unusable);
    };
    check("s.json", "casebook.yaml:4:16 form-missing - there is no form `s.json`");
    check("../s.json", "casebook.yaml:4:16 path-outside - `../s.json` leads out of the casebook");
    check(
        "/etc/passwd",
        "casebook.yaml:4:16 path-outside - `/etc/passwd` leads out of the casebook",
    );
}

#[test]
fn pointers_that_lead_nowhere_are_told_in_the_manifest() {
    let schema = r#"{"type": "object", "properties": {
        "name": {"type": "string"}, "state": {"enum": ["up", "down"]},
        "hosts": {"type": "array", "items": {"type": "object", "properties": {"town": {}}}}}}"#;
    let manifest = "form:\n  schema: s.json\n  roles:\n    title: /nmae\n    \
                    period: {start: /begun}\n    \
                    status: {pointer: /sate, values: {up: operational}}\n    \
                    organisations: /hosts/*/town/inner\n    sections: [/name, /hots]\n\
                    facets:\n  town: {title: Town, pointer: /hosts/*/twon}\n";
    let outcome = checked(manifest, &[("s.json", schema), ("cases/a.yaml", "- 7\n")]);
    assert_eq!(
        told(&outcome),
        [
            "casebook.yaml:7:12 pointer-nowhere /form/roles/title `/nmae` leads to nothing in the form",
            "casebook.yaml:8:21 pointer-nowhere /form/roles/period/start \
             `/begun` leads to nothing in the form",
            "casebook.yaml:9:23 pointer-nowhere /form/roles/status/pointer \
             `/sate` leads to nothing in the form",
            "casebook.yaml:11:23 pointer-nowhere /form/roles/sections/1 \
             `/hots` leads to nothing in the form",
            "casebook.yaml:13:32 pointer-nowhere /facets/town/pointer \
             `/hosts/*/twon` leads to nothing in the form",
        ]
    );
    assert_eq!(outcome.status, Status::Unusable);
    let label = |index: usize| outcome.diagnostics[index].primary.as_ref().unwrap().text.clone();
    assert_eq!(label(0), "there is no `nmae`; did you mean `name`?");
    assert_eq!(label(4), "there is no `twon`; did you mean `town`?");
    assert_eq!(outcome.diagnostics[4].help, ["the keys there are town"]);
}

/// A form with alternatives, words of its author's, and rules of every kind.
const ALTERNATIVES: &str = r##"{
  "type": "object",
  "properties": {
    "venue": {
      "anyOf": [
        { "$ref": "#/definitions/room" },
        { "$ref": "#/definitions/van" },
        { "type": "string", "title": "an address" }
      ]
    },
    "colour": { "oneOf": [{ "const": "red" }, { "const": "green" }, { "const": "blue" }] },
    "code": { "pattern": "^[A-Z]{3}$", "x-message": "a code is three capital letters, such as ABC" },
    "count": { "type": "integer", "minimum": 1,
               "x-message": { "minimum": "count at least one thing" } }
  },
  "definitions": {
    "room": {
      "title": "a room", "type": "object", "additionalProperties": false,
      "required": ["kind", "floor"],
      "properties": { "kind": { "const": "room" }, "floor": { "type": "integer" } }
    },
    "van": {
      "title": "a van", "type": "object", "additionalProperties": false,
      "required": ["kind", "plate"],
      "properties": { "kind": { "const": "van" }, "plate": { "type": "string" } }
    }
  }
}"##;

#[test]
fn of_alternatives_the_one_that_was_meant_speaks() {
    let check = |case: &str, expected: &[&str]| {
        let outcome = checked(MANIFEST, &[("s.json", ALTERNATIVES), ("cases/a.yaml", case)]);
        assert_eq!(told(&outcome), expected, "{case}");
        outcome
    };
    let outcome = check(
        "venue: {kind: van, plait: X 1}\n",
        &[
            "cases/a.yaml:1:1 missing-key /venue the key `plate` is missing <- s.json:24:28",
            "cases/a.yaml:1:20 unknown-key /venue/plait unknown key `plait` <- s.json:23:43",
        ],
    );
    assert_eq!(
        outcome.diagnostics[1].notes,
        ["the form allows here: a room; or a van; or an address"]
    );
    check(
        "venue: {kind: room, floor: first}\n",
        &["cases/a.yaml:1:28 wrong-type /venue/floor `floor` must be a whole number \
           <- s.json:20:63"],
    );
    check(
        "venue: 7\n",
        &["cases/a.yaml:1:8 wrong-type /venue `venue` must be a room, or a van, or an address \
           <- s.json:5:7"],
    );
    let outcome = check(
        "colour: bleu\n",
        &["cases/a.yaml:1:9 unknown-value /colour `colour` cannot be `bleu` <- s.json:11:17"],
    );
    assert_eq!(outcome.diagnostics[0].help, ["allowed are red, green, blue"]);
    assert_eq!(outcome.diagnostics[0].fix.as_ref().unwrap().replacement, "blue");
    check(
        "code: abc\ncount: 0\n",
        &[
            "cases/a.yaml:1:7 wrong-pattern /code a code is three capital letters, such as ABC \
             <- s.json:12:15",
            "cases/a.yaml:2:8 wrong-size /count count at least one thing <- s.json:13:35",
        ],
    );
    check(
        "count: 1.5\n",
        &["cases/a.yaml:1:8 wrong-type /count `count` must be a whole number <- s.json:13:16"],
    );
}

#[test]
fn people_see_both_places() {
    let casebook = Casebook::new(&[("a", "venue: {kind: van, plait: X 1}\ncode: abc\n")]);
    casebook.write("casebook.yaml", format!("{}{MANIFEST}", super::TOP));
    casebook.write("s.json", ALTERNATIVES);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(1));
    golden("own-form.human.txt", &run.stderr);
}
