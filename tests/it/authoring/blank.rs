//! Blank submissions: every question is there, in an order that helps, and `validate` knows what is open.

use serde_json::Value;

use super::{keys, opened, yaml};
use crate::support::{Casebook, MANIFEST, casebook, repository};

/// The blank of one of the repository's casebooks.
fn blank(root: &str) -> String {
    let run = casebook(&repository().join(root), &["schema", "template"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    run.stdout
}

/// What the schema of a casebook says.
fn schema(root: &str) -> Value {
    serde_json::from_str(&casebook(&repository().join(root), &["schema", "show"]).stdout).unwrap()
}

fn listed(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

#[test]
fn every_key_of_the_form_is_in_its_blank_and_the_required_ones_are_live() {
    for root in [".", "examples/own-form", "examples/extended-form"] {
        let (text, schema) = (blank(root), schema(root));
        let live = keys(&text);
        assert_eq!(live, listed(&schema["required"]), "{root}");
        let mut all = keys(&opened(&text));
        assert_eq!(all[..live.len()], live, "{root}");
        all.sort();
        let mut wanted: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
        wanted.sort();
        assert_eq!(all.iter().collect::<Vec<_>>(), wanted, "{root}");
    }
}

#[test]
fn what_is_nested_can_be_opened_too() {
    let all = yaml(&opened(&blank(".")));
    assert_eq!(all["period"], serde_json::json!({"start": "TODO", "end": "TODO"}));
    let measure = all["results"][0].as_object().unwrap();
    for key in ["measure", "value", "baseline", "unit", "interval", "when", "note", "source"] {
        assert!(measure.contains_key(key), "{key}");
    }
    assert_eq!(all["sources"]["S1"]["title"], "TODO");
    let own = yaml(&opened(&blank("examples/own-form")));
    // One kind of place asks for stops, another for a rent: all that may be asked is there.
    for key in ["kind", "room", "rent", "stops", "seats"] {
        assert!(own["venue"].get(key).is_some(), "{key}");
    }
    let extended = yaml(&opened(&blank("examples/extended-form")));
    assert_eq!(extended["training"][0]["hours"], "TODO");
    assert_eq!(extended["technology"]["hosting"], "TODO");
}

#[test]
fn a_question_brings_its_description_its_values_with_their_meaning_and_an_example() {
    let text = blank(".");
    let flowing = text.replace("\n# ", " ");
    assert!(
        flowing.contains(" Status (required) Where it stands: planned, pilot (a trial"),
        "{text}"
    );
    assert!(text.contains("# - operational = In everyday use.\n"));
    assert!(text.contains("# - telestroke = Telestroke and teleneurology: A neurologist"));
    assert!(text.contains("# Examples: SE221, EE, SE-K\nregions:\n  - TODO\n"));
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    // What an extension forbids beyond the form is told as well.
    assert!(blank("examples/extended-form").contains("At most 60 characters."));
    // In a form of the group's own the themes are offered by the manifest's roles.
    assert!(blank("examples/own-form").contains("# - safety = Safety: Mains voltage"));
}

#[test]
fn of_a_blank_only_what_is_open_is_said() {
    let casebook = Casebook::new(&[("b", &crate::support::case("b"))]);
    casebook.run(&["schema", "template", "-o", "cases/a.yaml"]);
    let check = |text: &str| -> Vec<String> {
        casebook.write("cases/a.yaml", text);
        let run = casebook.run(&["validate", "cases/a.yaml", "--message-format", "short"]);
        run.stdout.lines().map(str::to_owned).collect()
    };
    let text = std::fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    let found = check(&text);
    // The seven keys that must be there; of the id it is also said that it is not the file's name.
    assert!(found.iter().all(|line| line.contains("TODO")), "{found:#?}");
    assert_eq!(found.len(), 8, "{found:#?}");
    // A placeholder is no name of a country, however near.
    assert!(found.iter().any(|line| line.contains("unknown region code `TODO` (use the code")));
    let opened = check(&opened(&text));
    let allowed = [
        "TODO",
        "must be",
        "written as the form asks",
        "names no source",
        "alternative text",
        "too few entries",
    ];
    let strange = opened.iter().find(|line| !allowed.iter().any(|part| line.contains(part)));
    assert_eq!(strange, None, "{opened:#?}");
    assert!(opened.len() > 30);
}

#[test]
fn words_of_the_form_cannot_break_the_file() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "required: [\"a: b\"]\nproperties:\n  \"a: b\":\n    title: \"x\\nid: y\"\n    \
         description: \"one\\ntwo: three\\u2028four # five\"\n    enum: [\"no\", \"- a\", \"#b\", 3]\n  \
         \"# no\": {type: string}\n",
    );
    let run = casebook.run(&["schema", "template"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(yaml(&run.stdout).get("a: b").is_some(), "{}", run.stdout);
    assert_eq!(yaml(&run.stdout)["id"], "TODO");
    assert!(run.stdout.contains("# - \"no\"\n# - \"- a\"\n# - \"#b\"\n# - 3\n"), "{}", run.stdout);
    yaml(&opened(&run.stdout));
}

#[test]
fn a_form_that_means_harm_costs_little() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.json}}\n"));
    // Each of many groups holds all of them again, in alternatives of alternatives.
    let all: Vec<String> = (0..60).map(|at| format!("{{\"$ref\": \"#/$defs/g{at}\"}}")).collect();
    let all = all.join(",");
    let group = |at| {
        format!(
            "\"g{at}\": {{\"required\": [\"k{at}\"], \"anyOf\": [{all}], \"oneOf\": [{all}], \
             \"properties\": {{\"k{at}\": {{\"anyOf\": [{all}]}}}}}}"
        )
    };
    let groups: Vec<String> = (0..60).map(group).collect();
    let form = format!(
        "{{\"properties\": {{\"harm\": {{\"$ref\": \"#/$defs/g0\"}}}}, \"$defs\": {{{}}}}}",
        groups.join(",")
    );
    casebook.write("form.json", form);
    let begun = std::time::Instant::now();
    for verb in ["template", "doc", "issue-form"] {
        let run = casebook.run(&["schema", verb]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert!(run.stdout.len() < 20_000_000, "{verb}: {}", run.stdout.len());
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
