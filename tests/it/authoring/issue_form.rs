//! The form for GitHub's issues: GitHub's rules that its schema does not know, and nothing private.

use std::collections::BTreeSet;

use serde_json::Value;

use super::yaml;
use crate::support::{Casebook, MANIFEST, casebook, repository};

fn form(root: &str) -> Value {
    let run = casebook(&repository().join(root), &["schema", "issue-form"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    yaml(&run.stdout)
}

fn element<'f>(form: &'f Value, id: &str) -> &'f Value {
    let body = form["body"].as_array().unwrap();
    body.iter().find(|element| element["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn every_form_keeps_the_rules_of_github() {
    for root in [".", "examples/own-form", "examples/extended-form"] {
        let form = form(root);
        let (mut ids, mut labels) = (BTreeSet::new(), BTreeSet::new());
        for element in form["body"].as_array().unwrap() {
            if element["type"] == "markdown" {
                continue;
            }
            let (id, label) = (&element["id"], &element["attributes"]["label"]);
            assert!(ids.insert(id.as_str().unwrap()), "{id}");
            assert!(labels.insert(label.as_str().unwrap()), "{label}");
            let options = element["attributes"]["options"].as_array();
            for option in options.into_iter().flatten() {
                let option = option.as_str().unwrap_or_else(|| panic!("{id}: {option} is no text"));
                assert!(!option.eq_ignore_ascii_case("none"), "{id}");
            }
        }
    }
}

#[test]
fn questions_become_elements_by_their_answers() {
    let form = form(".");
    assert_eq!(element(&form, "title")["type"], "input");
    let summary = element(&form, "summary");
    assert_eq!(
        (&summary["type"], &summary["validations"]["required"]),
        (&"textarea".into(), &true.into())
    );
    let status = element(&form, "status");
    assert_eq!(status["type"], "dropdown");
    assert_eq!(status["attributes"]["options"][2], "operational – In everyday use.");
    assert_eq!(element(&form, "themes")["attributes"]["multiple"], true);
    assert_eq!(element(&form, "period-start")["attributes"]["label"], "Period: Start");
    assert_eq!(element(&form, "period-start").get("validations"), None);
    let organisations =
        element(&form, "organisations")["attributes"]["description"].as_str().unwrap();
    assert!(organisations.contains("Name, Role, Region, Link"), "{organisations}");
}

#[test]
fn nothing_private_is_asked_in_public() {
    for (root, private) in
        [(".", &["contact", "consent", "review"][..]), ("examples/own-form", &["contact"])]
    {
        let text = form(root).to_string();
        for key in private {
            assert!(!text.contains(&format!("\"id\":\"{key}")), "{root}: {key}");
        }
        assert!(!text.contains("e-mail address"), "{root}");
    }
}

#[test]
fn strange_words_stay_within_their_places() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "properties:\n  \"é/ü\": {title: 'a: \"b\"', type: boolean}\n  \"ö_ü\": {title: 'a: \"b\"', \
         enum: [None, \"a\\nb\", yes]}\n",
    );
    let run = casebook.run(&["schema", "issue-form"]);
    let form = yaml(&run.stdout);
    assert_eq!(element(&form, "___")["attributes"]["options"], serde_json::json!(["yes", "no"]));
    let other = element(&form, "___-2");
    assert_eq!(other["attributes"]["label"], "a: \"b\" (ö_ü)");
    assert_eq!(other["attributes"]["options"][0], "None – this word itself");
}
