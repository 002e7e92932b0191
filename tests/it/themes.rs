//! Themes from end to end: two levels, synonyms, and what is said of them.

use serde_json::Value;

use crate::support::{Casebook, Run, case};

const THEMES: &str = "casebook: 1
title: Test
edition: {date: 2026-01-02}
themes:
  home: {title: Care at home, synonyms: [homecare]}
  acute:
    title: Acute care
    themes:
      telestroke: {title: Telestroke, description: By video., synonyms: [stroke by video]}
      ambulance: {title: Ambulances}
";

fn casebook(manifest: &str, themes: &str) -> Casebook {
    let casebook = Casebook::new(&[("a", &case("a").replace("[telestroke]", themes))]);
    casebook.write("casebook.yaml", manifest);
    casebook
}

#[track_caller]
fn check(manifest: &str, themes: &str, expected: &[&str]) -> Run {
    let run = casebook(manifest, themes).run(&["validate"]);
    for text in expected {
        assert!(run.stderr.contains(text), "{text} in {}", run.stderr);
    }
    run
}

#[test]
fn a_case_may_name_a_theme_of_either_level() {
    let run = check(THEMES, "[home, telestroke]", &["no case has the theme `ambulance`"]);
    // A case of a part is one of the whole.
    assert!(!run.stderr.contains("`acute`"), "{}", run.stderr);
    assert_eq!(run.status, Some(0));
    check(
        THEMES,
        "[acute]",
        &["no case has the theme `home`", "no case has the theme `telestroke`"],
    );
    let run = casebook(THEMES, "[telestroke]").run(&["build", "--format", "data,html"]);
    assert_eq!(run.status, Some(0), "{run:?}");
}

/// A theme of the first level counts its own cases and those of its parts, each once.
#[test]
fn a_theme_counts_for_the_theme_that_it_lies_in() {
    let casebook = casebook(THEMES, "[telestroke, ambulance]");
    for (id, themes) in [("b", "[acute]"), ("c", "[home, ambulance]"), ("d", "[home]")] {
        casebook.write(&format!("cases/{id}.yaml"), case(id).replace("[telestroke]", themes));
    }
    let counted = |by: &str| casebook.run(&["stats", "--by", by, "--format", "csv"]).stdout;
    assert_eq!(counted("theme"), "theme,cases\nhome,2\nacute,1\ntelestroke,1\nambulance,2\n");
    assert_eq!(counted("theme:0"), "theme:0,cases\nhome,2\nacute,3\n");
    let listed = casebook.run(&["list", "--where", "theme:0=acute", "--format", "ids"]);
    assert_eq!(listed.stdout, "a\nb\nc\n");
}

#[test]
fn a_title_or_synonym_is_mended_to_the_key_and_a_slip_in_one_only_told() {
    let casebook = casebook(THEMES, "[Stroke by Video, care at home, ambulances]");
    let run = casebook.run(&["validate", "--fix"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let text = std::fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    assert!(text.contains("themes: [telestroke, home, ambulance]"), "{text}");
    let run = check(THEMES, "[stroke by vidoe]", &["did you mean `telestroke`?"]);
    assert_eq!(run.status, Some(1));
    check(THEMES, "[weather]", &["the themes are home, acute, telestroke, ambulance"]);
}

#[test]
fn what_cannot_lead_to_one_theme_is_told_at_its_second_place() {
    let twice = THEMES.replace("ambulance:", "home:");
    check(&twice, "[home]", &["casebook.yaml:10:7", "two themes have the key `home`"]);
    let shared = THEMES.replace("Ambulances}", "Ambulances, synonyms: [HomeCare]}");
    check(&shared, "[home]", &["casebook.yaml:10:49", "`HomeCare` stands for `home` and for"]);
    // It is then no word that a case could be mended by.
    let run = check(&shared, "[homecare]", &["unknown theme `homecare`"]);
    assert!(!run.stderr.contains("write `home`"), "{}", run.stderr);
    let title = THEMES.replace("Ambulances}", "Ambulances, synonyms: [telestroke]}");
    check(&title, "[home]", &["`telestroke` stands for `telestroke` and for `ambulance`"]);
    let deeper = THEMES.replace("Ambulances}", "Ambulances, themes: {x: {title: X}}}");
    let run = check(&deeper, "[home]", &["casebook.yaml:10:38", "unknown key `themes`"]);
    assert_eq!(run.status, Some(2));
}

#[test]
fn more_themes_than_a_report_holds_are_refused() {
    let mut manifest = "casebook: 1\ntitle: T\nedition: {date: 2026-01-02}\nthemes:\n".to_owned();
    for outer in 0..200 {
        manifest += &format!("  t{outer}:\n    title: T\n    themes:\n");
        for inner in 0..100 {
            manifest += &format!("      t{outer}-{inner}: {{title: T}}\n");
        }
    }
    check(&manifest, "[t0]", &["there are more than 400 themes"]);
}

#[test]
fn editors_offer_the_themes_of_both_levels() {
    let run = casebook(THEMES, "[home]").run(&["schema", "show"]);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    let themes = &schema["properties"]["themes"]["items"];
    assert_eq!(themes["enum"], serde_json::json!(["home", "acute", "telestroke", "ambulance"]));
    assert_eq!(themes["enumDescriptions"][2], "Telestroke: By video.");
}
