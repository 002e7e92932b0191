//! The form for its own sake: what `schema show` gives to editors, and what `schema check` says.

use casebook::form::to_json;
use casebook::load::{Limits, parse};
use casebook::source::SourceMap;
use serde_json::{Value, json};

use crate::support::{Casebook, MANIFEST, case, casebook, repository};

/// A casebook with a line more in its manifest.
fn with_form(line: &str, forms: &[(&str, &str)]) -> Casebook {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}{line}\n"));
    for (path, text) in forms {
        casebook.write(path, text);
    }
    casebook
}

/// The schema that a run shows, sound and complete in itself.
#[track_caller]
fn shown(casebook: &Casebook) -> Value {
    let run = casebook.run(&["schema", "show"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    sound(&run.stdout)
}

#[track_caller]
fn sound(text: &str) -> Value {
    let schema: Value = serde_json::from_str(text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{text}");
    visit(&schema, &mut |entry, value| {
        if let ("$ref", Some(target)) = (entry, value.as_str()) {
            let target = target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leads out"));
            assert!(schema.pointer(target).is_some(), "{target} leads to nothing");
        }
    });
    schema
}

fn visit(value: &Value, see: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(entries) => {
            for (key, below) in entries {
                see(key, below);
                visit(below, see);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        _ => {}
    }
}

/// The keys of a mapping in a JSON text, in the order of the text.
fn keys(text: &str, path: &[&str]) -> Vec<String> {
    let source = SourceMap::default().add("", "");
    let root = parse(source, text, Limits::default(), &mut Vec::new()).unwrap();
    let node = path.iter().try_fold(&root, |node, key| node.get(key)).unwrap();
    node.entries().iter().map(|entry| entry.key.to_string()).collect()
}

#[test]
fn outside_a_casebook_the_built_in_form_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let run = casebook(folder.path(), &["schema", "show"]);
    assert_eq!(run.status, Some(0));
    assert_eq!(run.stderr, "there is no casebook.yaml here: this is the built-in form\n");
    let schema = sound(&run.stdout);
    assert_eq!(schema["$id"], "urn:casebook:form:1:case");
    assert_eq!(keys(&run.stdout, &["properties"])[..4], ["id", "title", "language", "summary"]);
    assert_eq!(schema["properties"]["regions"]["items"]["x-role"], "region");
    for (name, property) in schema["properties"].as_object().unwrap() {
        let target = property["$ref"].as_str().map(|path| schema.pointer(&path[1..]).unwrap());
        for key in ["title", "description"] {
            let words = property.get(key).or_else(|| target?.get(key));
            assert!(words.is_some_and(|words| words.as_str().unwrap().len() > 1), "{name}: {key}");
        }
    }
}

#[test]
fn the_manifest_s_schema_stands_alone() {
    let run = casebook(repository(), &["schema", "show", "--manifest"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let schema = sound(&run.stdout);
    assert_eq!(keys(&run.stdout, &["properties"])[..3], ["casebook", "title", "subtitle"]);
    assert_eq!(schema["properties"]["sources"]["$ref"], "#/$defs/sources");
    // What only a definition of the other form refers to came along too.
    assert!(schema["$defs"]["year"].is_object());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let manifest = yaml("casebook.yaml");
    let faults: Vec<_> = validator.iter_errors(&manifest).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut wrong = manifest.clone();
    wrong["edition"]["date"] = json!("soon");
    assert!(!validator.is_valid(&wrong));
}

fn yaml(path: &str) -> Value {
    let text = std::fs::read_to_string(repository().join(path)).unwrap();
    let source = SourceMap::default().add(path, "");
    to_json(&parse(source, &text, Limits::default(), &mut Vec::new()).unwrap())
}

#[test]
fn another_validator_takes_the_sample_s_cases_by_the_schema_shown() {
    let run = casebook(repository(), &["schema", "show"]);
    assert_eq!(run.stdout, casebook(repository(), &["schema", "show"]).stdout);
    let schema = sound(&run.stdout);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = std::fs::read_dir(repository().join("cases")).unwrap();
    let mut names: Vec<_> = folder.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in &names {
        let case = yaml(&format!("cases/{}", name.to_str().unwrap()));
        let faults: Vec<_> = validator.iter_errors(&case).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{name:?}: {faults:?}");
    }
    assert!(names.len() > 20);
    let mut case = yaml("cases/oulu-self-care.yaml");
    case["themes"] = json!(["astronomy"]);
    assert!(!validator.is_valid(&case), "a theme that the manifest does not declare");
}

#[test]
fn every_word_of_the_forms_has_a_meaning() {
    let mut words = 0;
    for args in [&["schema", "show"][..], &["schema", "show", "--manifest"]] {
        let schema: Value = serde_json::from_str(&casebook(repository(), args).stdout).unwrap();
        let mut open = vec![&schema];
        while let Some(value) = open.pop() {
            let described = value.get("enumDescriptions").and_then(Value::as_array);
            if let (Some(listed), Some(described)) = (value["enum"].as_array(), described) {
                assert_eq!(listed.len(), described.len(), "{listed:?}");
                assert!(described.iter().all(|meaning| meaning.as_str().unwrap().len() > 5));
                words += listed.len();
            }
            open.extend(value.as_object().into_iter().flatten().map(|(_, below)| below));
            open.extend(value.as_array().into_iter().flatten());
        }
    }
    assert!(words > 60, "{words}");
    let run = casebook(repository(), &["schema", "show"]);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    let fields = &schema["properties"];
    let roles = &fields["organisations"]["items"]["properties"]["role"];
    let states = &fields["review"]["properties"]["state"];
    let frequencies = &fields["costs"]["items"]["properties"]["frequency"];
    for field in [
        &fields["status"],
        &fields["outcome"],
        &fields["scope"],
        &fields["evidence_level"],
        &schema["$defs"]["qualifier"],
        roles,
        states,
        frequencies,
    ] {
        assert!(field["enumDescriptions"].is_array(), "{field}");
    }
}

#[test]
fn a_casebook_s_own_words_are_in_its_schema() {
    let extension = r#"{
      "required": ["soil"],
      "properties": {
        "soil": { "title": "Soil", "description": "What grows *there*.", "enum": ["clay", "sand"] },
        "depth": { "$ref": "more.yaml#/$defs/date", "x-unit": "m", "description": "How deep." },
        "near": { "x-role": "case", "type": "string", "x-max-words": 3 },
        "code": { "type": "string", "pattern": "^[A-Z]$", "x-message": "one capital letter" }
      }
    }"#;
    let more = "$defs: {date: {$ref: '#/$defs/day'}, day: {type: [number, string]}}\n";
    let casebook = with_form(
        "form: {extend: forms/own.json}",
        &[("forms/own.json", extension), ("forms/more.yaml", more)],
    );
    let schema = shown(&casebook);
    let fields = &schema["properties"];
    let themes = &fields["themes"]["items"];
    assert_eq!(themes["enum"], json!(["telestroke"]));
    assert_eq!(themes["enumDescriptions"], json!(["Telestroke"]));
    assert_eq!(fields["related"]["items"]["defaultSnippets"][0]["body"], "a");

    let keys = keys(&casebook.run(&["schema", "show"]).stdout, &["properties"]);
    assert!(keys.ends_with(&["soil", "depth", "near", "code"].map(str::to_owned)), "{keys:?}");
    assert_eq!(
        fields["soil"]["markdownDescription"],
        "What grows \\*there\\*.\n\nOne of `clay`, `sand`."
    );
    assert_eq!(fields["soil"]["type"], "string");
    assert_eq!(fields["depth"]["markdownDescription"], "How deep.\n\nIn m.");
    // The built-in form has a definition of that name, which stays what it is.
    let target = fields["depth"]["$ref"].as_str().unwrap();
    assert_ne!(target, "#/$defs/date");
    let target = schema.pointer(&target[1..]).unwrap();
    let day = schema.pointer(&target["$ref"].as_str().unwrap()[1..]).unwrap();
    assert_eq!(day["type"], json!(["string", "number"]));
    assert_eq!(schema["$defs"]["date"]["x-role"], "date");
    let near = fields["near"]["markdownDescription"].as_str().unwrap();
    assert!(near.ends_with("At most 3 words."), "{near}");
    assert_eq!(fields["code"]["patternErrorMessage"], "one capital letter");
    assert_eq!(schema.get("$id"), None);
}

#[test]
fn a_form_of_the_group_s_own_keeps_its_draft_and_its_circles() {
    let own = r#"
        $schema: http://json-schema.org/draft-07/schema#
        $id: https://example.org/form.json
        type: object
        properties:
          name: {type: string, description: Its name.}
          topics: {type: array, items: {type: string}}
          part: {$ref: parts.yaml}
          other: {$ref: "parts.yaml#/definitions/a.b"}
          lead: {$ref: "https://example.org/form.json#/definitions/person"}
        definitions: {person: {type: string}, parts: {type: string}}
    "#;
    let parts = r##"
        type: object
        properties: {inner: {$ref: "#"}, more: {$ref: "#named"}}
        definitions: {"a.b": {type: string}, n: {$anchor: named, type: boolean}}
    "##;
    let line = "form: {schema: form.yaml, roles: {title: /name, themes: /topics}}";
    let casebook = with_form(line, &[("form.yaml", own), ("parts.yaml", parts)]);
    let schema = shown(&casebook);
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let fields = &schema["properties"];
    assert_eq!(fields["topics"]["items"]["enum"], json!(["telestroke"]));
    assert_eq!(fields["lead"]["$ref"], "#/definitions/person");
    assert_eq!(fields["other"]["$ref"], "#/definitions/a_b");
    let part = fields["part"]["$ref"].as_str().unwrap();
    assert_ne!(part, "#/definitions/parts", "the form's own definition of that name");
    let inner = schema.pointer(&part[1..]).unwrap();
    assert_eq!(inner["properties"]["inner"]["$ref"], part);

    let validator = jsonschema::validator_for(&schema).unwrap();
    let takes = |record: &str| validator.is_valid(&serde_json::from_str(record).unwrap());
    assert!(takes(r#"{"name": "x", "part": {"inner": {"inner": {"more": true}}}}"#));
    assert!(!takes(r#"{"part": {"inner": {"inner": {"more": "yes"}}}}"#));
    assert!(!takes(r#"{"topics": ["astronomy"]}"#));
}

#[test]
fn the_schema_goes_into_a_file_at_once_or_not_at_all() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("case.schema.json", "old");
    let run = casebook.run(&["schema", "show", "-o", "case.schema.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "wrote case.schema.json\n");
    let written = std::fs::read_to_string(casebook.path().join("case.schema.json")).unwrap();
    assert_eq!(written, casebook.run(&["schema", "show"]).stdout);

    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: none.json}}\n"));
    let run = casebook.run(&["schema", "show", "-o", "case.schema.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("there is no form `none.json`"), "{}", run.stderr);
    let path = casebook.path().join("case.schema.json");
    assert_eq!(std::fs::read_to_string(path).unwrap(), written);
    let run = casebook.run(&["schema", "show", "--manifest", "-o", "casebook.yaml/a.json"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("cannot write casebook.yaml/a.json"), "{}", run.stderr);
}

#[test]
fn a_form_is_checked_for_itself() {
    let check = |line: &str, form: &str, expected: (i32, &str)| {
        let casebook = with_form(line, &[("form.yaml", form), ("cases/b.yaml", "broken: [")]);
        let run = casebook.run(&["schema", "check"]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(expected.0), ""), "{run:?}");
        let mut lines = run.stderr.lines();
        assert!(lines.any(|line| line.starts_with(expected.1)), "{}", run.stderr);
        run.stderr
    };
    let extend = "form: {extend: form.yaml}";
    check("", "", (0, "the built-in form is in use: there is nothing to check"));
    let plot = "properties: {plot: {description: Where., properties: {soil: {description: S.}}}}";
    check(extend, plot, (0, "form.yaml: sound, 2 fields added"));
    let told = check(extend, "properties: {depth: {}}", (0, "form.yaml: sound, 1 field added"));
    assert!(told.contains("info[form-silent]"), "{told}");
    assert!(told.contains("form.yaml:1:14"), "{told}");
    let own = "type: object\nproperties: {name: {description: N.}}";
    check("form: {schema: form.yaml}", own, (0, "form.yaml: sound, 1 field"));

    let wrong = check(extend, "properties: {depth: {type: nubmer}}", (2, "error[form-"));
    assert!(wrong.contains("error[form-broken]") && wrong.contains("form.yaml:1:28"), "{wrong}");
    let strict = format!("{extend}\nrules: {{form-silent: error}}");
    check(&strict, "properties: {depth: {}}", (2, "error[form-"));

    let casebook = with_form(extend, &[("form.yaml", "properties: {depth: {}}")]);
    let run = casebook.run(&["schema", "check", "--message-format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found["diagnostics"][0]["code"], "form-silent");
    assert_eq!(found["summary"]["files"], 2);
}
