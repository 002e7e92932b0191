//! The form to fill in: one file that needs nothing else, the same at each run, safe from the form's words.

use serde_json::Value;

use crate::support::{Casebook, MANIFEST, casebook, repository};

fn page(root: &str) -> String {
    let run = casebook(&repository().join(root), &["schema", "html-form"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    run.stdout
}

/// The data that the page's script reads.
#[track_caller]
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

#[test]
fn the_page_is_one_small_file_and_the_same_at_each_run() {
    for root in [".", "examples/own-form", "examples/extended-form"] {
        let page = page(root);
        assert_eq!(page, self::page(root), "{root}");
        assert!(page.len() < 320_000, "{root}: {} bytes", page.len());
        for outside in ["<link", "<img", "src=", "url(", "@import", "fetch(", "XMLHttpRequest"] {
            assert!(!page.contains(outside), "{root}: {outside}");
        }
        assert!(page.contains("default-src 'none'; script-src 'sha256-"), "{root}");
    }
}

#[test]
fn the_page_asks_what_the_form_asks() {
    let asked = |root: &str| data(&page(root));
    let sample = asked(".");
    let questions = sample["questions"].as_array().unwrap();
    let find = |key: &str| questions.iter().find(|question| question["key"] == key).unwrap();
    assert_eq!(
        (find("title")["required"].as_bool(), find("aims")["required"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(find("themes")["entry"]["choices"][0]["title"], "Telestroke and teleneurology");
    assert_eq!(find("contact")["private"], true);
    assert_eq!(find("summary")["words"], 150);
    let regions = sample["regions"].as_str().unwrap();
    assert!(regions.lines().count() > 7000 && regions.contains("Blekinge län\n"));
    let own = asked("examples/own-form");
    assert_eq!(own["questions"][0]["key"], "key");
    assert_eq!(own["questions"][0]["purpose"], "id");
    assert!(!own["library"].as_array().unwrap().is_empty(), "the bibliography may be cited");
}

#[test]
fn regions_of_the_group_s_own_take_the_place_of_the_official_ones() {
    let casebook = Casebook::new(&[]);
    casebook.write(
        "casebook.yaml",
        format!("{MANIFEST}regions:\n  scheme: custom\n  codes:\n    coast: {{name: The coast}}\n"),
    );
    let run = casebook.run(&["schema", "html-form"]);
    let data = data(&run.stdout);
    assert_eq!(data["regions"], "", "{}", run.stderr);
    let questions = data["questions"].as_array().unwrap();
    let regions = questions.iter().find(|question| question["key"] == "regions").unwrap();
    assert_eq!(regions["entry"]["choices"][0]["title"], "The coast");
}

#[test]
fn words_of_the_form_end_no_element() {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    casebook.write(
        "form.yaml",
        "title: \"</title><script>\"\nproperties:\n  \"</script>\":\n    title: \"<!-- <script>\"\n    \
         description: \"</script><script>alert(1)</script>\"\n    type: string\n",
    );
    let page = casebook.run(&["schema", "html-form"]).stdout;
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    assert!(!page.contains("<!--"));
    let questions = data(&page)["questions"].clone();
    let own = questions
        .as_array()
        .unwrap()
        .iter()
        .find(|question| question["key"] == "</script>")
        .cloned();
    assert_eq!(own.unwrap()["help"], "</script><script>alert(1)</script>");
}

/// A casebook with a form of its own.
fn with_form(form: &str) -> Casebook {
    let casebook = Casebook::new(&[]);
    casebook.write(
        "casebook.yaml",
        "casebook: 1\ntitle: T\nform: {schema: form.yaml, roles: {id: /id, title: /title}}\n",
    );
    casebook.write("form.yaml", form);
    casebook
}

#[test]
fn rules_that_join_answers_are_handed_over_and_what_is_not_understood_is_said_to_be_so() {
    let casebook = with_form(
        "type: object\nunevaluatedProperties: false\nproperties:\n  id: {type: string}\n  \
         title: {anyOf: [{type: string, minLength: 2}, {type: 'null'}]}\n  fee: {type: number}\n\
         if: {properties: {fee: {minimum: 1}}, required: [fee]}\n\
         then: {required: [payer], properties: {payer: {type: string, maxLength: 5}}}\n",
    );
    let run = casebook.run(&["schema", "html-form"]);
    let data = data(&run.stdout);
    let conditions = data["conditions"].as_array().unwrap();
    let kinds: Vec<&str> = conditions.iter().map(|one| one["is"].as_str().unwrap()).collect();
    // A key that only a condition brings in may be one that is not evaluated.
    assert_eq!(kinds, ["when", "unknown"], "{}", run.stderr);
    assert_eq!(conditions[0]["premise"]["of"][0]["of"]["limit"], 1.0);
    let questions = data["questions"].as_array().unwrap();
    let find = |key: &str| questions.iter().find(|question| question["key"] == key).unwrap();
    // What holds only sometimes is no rule of the field's own, what holds but for nothing is one.
    assert_eq!(find("payer")["length"]["most"], Value::Null);
    assert_eq!(find("title")["length"]["least"], 2);
}

#[test]
fn a_form_that_leads_in_circles_makes_a_page_all_the_same() {
    let part = with_form(
        "type: object\nproperties:\n  id: {type: string}\n  title: {type: string}\n  \
         part: {$ref: '#/definitions/part'}\nnot: {$ref: '#/definitions/part'}\n\
         definitions:\n  part:\n    type: object\n    properties:\n      name: {type: string}\n      \
         part: {$ref: '#/definitions/part'}\n    anyOf: [{required: [name]}, {required: [part]}]\n",
    );
    let alternatives = "{properties: {a: {$ref: '#'}}, required: [a]}, ".repeat(3);
    let alternatives = with_form(&format!(
        "type: object\nproperties: {{id: {{type: string}}, title: {{type: string}}}}\n\
         anyOf: [{alternatives}]\n"
    ));
    for casebook in [part, alternatives] {
        let run = casebook.run(&["schema", "html-form"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        assert!(run.stdout.len() < 600_000, "{} bytes", run.stdout.len());
        assert!(run.stdout.contains("{\"is\":\"unknown\"}"));
    }
}

#[test]
fn without_a_casebook_the_built_in_form_is_meant_and_a_broken_form_makes_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let run = casebook(folder.path(), &["schema", "html-form", "-o", "form.html"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let written = std::fs::read_to_string(folder.path().join("form.html")).unwrap();
    assert!(written.contains("<title>A case to write</title>"));
    let broken = Casebook::new(&[]);
    broken.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    broken.write("form.yaml", "properties: {a: {type: strong}}\n");
    let run = broken.run(&["schema", "html-form"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
}
