//! `casebook new`: a case is begun with what is known, and nothing is ever overwritten.

use std::fs;

use super::yaml;
use crate::support::{Casebook, MANIFEST, case, casebook, repository, same, tree};

fn fresh() -> Casebook {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let themes = "themes:\n  telestroke: {title: Telestroke, synonyms: [stroke at a distance]}\n  \
                  portal: {title: Patient portals}\n";
    casebook.write(
        "casebook.yaml",
        MANIFEST.replace("themes: {telestroke: {title: Telestroke}}\n", themes),
    );
    casebook
}

fn read(casebook: &Casebook, path: &str) -> String {
    fs::read_to_string(casebook.path().join(path)).unwrap()
}

#[test]
fn regions_and_themes_are_understood_by_name() {
    let casebook = fresh();
    let run = casebook.run(&[
        "new",
        "Ærø: Tele-Dialyse \"à la maison\"",
        "--region",
        "Blekinge",
        "--region",
        "EE",
        "--theme",
        "Stroke at a distance",
        "--theme",
        "portal",
    ]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    assert!(run.stderr.contains("`Blekinge` was understood as `SE221`\n"), "{}", run.stderr);
    let text = read(&casebook, "cases/aero-tele-dialyse-a-la-maison.yaml");
    let case = yaml(&text);
    assert_eq!(case["id"], "aero-tele-dialyse-a-la-maison");
    assert_eq!(case["title"], "Ærø: Tele-Dialyse \"à la maison\"");
    assert_eq!(case["regions"], serde_json::json!(["SE221", "EE"]));
    assert_eq!(case["themes"], serde_json::json!(["telestroke", "portal"]));
    // What is still open is said, and nothing else.
    let path = "cases/aero-tele-dialyse-a-la-maison.yaml";
    let run = casebook.run(&["validate", path, "--message-format", "short"]);
    assert_eq!(run.stdout.lines().count(), 3, "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.contains("TODO")), "{}", run.stdout);
    let filled = text.replace("summary: >-\n  TODO", "summary: >-\n  It worked.");
    let filled =
        filled.replace("status: TODO", "status: pilot").replace("outcome: TODO", "outcome: mixed");
    casebook.write(path, filled);
    let run = casebook.run(&["validate", "--strict"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
}

#[test]
fn what_is_unsure_is_asked_back_in_the_words_of_validate() {
    let casebook = fresh();
    let before = tree(casebook.path());
    let refused = |args: &[&str], words: &[&str]| {
        let run = casebook.run(&[&["new", "A case"], args].concat());
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        for word in words {
            assert!(run.stderr.contains(word), "{args:?}: {}", run.stderr);
        }
    };
    refused(
        &["--region", "Limburg"],
        &["unknown region code `Limburg`", "NL42 Limburg (NL), Netherlands;"],
    );
    refused(&["--region", "Atlantis"], &["--region: unknown region code `Atlantis`"]);
    refused(
        &["--theme", "astronomy"],
        &["unknown theme `astronomy`", "the themes are telestroke, portal"],
    );
    refused(&["--id", "A Case"], &["--id: ", "lower-case letters"]);
    refused(&["--id", "a"], &["there is a case `a` already: cases/a.yaml", "--id"]);
    refused(&["-o", "../elsewhere.yaml"], &["is not inside the casebook", "--stdout"]);
    let run = casebook.run(&["new", "日本"]);
    assert!(run.status == Some(2) && run.stderr.contains("--id"), "{}", run.stderr);
    let run = casebook.run(&["new"]);
    assert!(run.status == Some(2) && run.stderr.contains("no title yet"), "{}", run.stderr);
    same(&before, &tree(casebook.path()));
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let casebook = fresh();
    casebook.write(".gitignore", "cases/hidden.yaml\n");
    for path in ["cases/hidden.yaml", "cases/deep/seen.yaml"] {
        casebook.write(path, "mine");
    }
    for title in ["Hidden", "Seen", "A"] {
        assert_eq!(casebook.run(&["new", title]).status, Some(2), "{title}");
    }
    assert_eq!(read(&casebook, "cases/hidden.yaml"), "mine");
    assert_eq!(casebook.run(&["new", "Once"]).status, Some(0));
    assert_eq!(casebook.run(&["new", "Once"]).status, Some(2));
}

#[test]
fn a_title_of_several_words_needs_no_quotation_marks() {
    let casebook = fresh();
    assert_eq!(
        casebook.run(&["new", "Telestroke", "in", "Ystad", "--theme", "portal"]).status,
        Some(0)
    );
    assert_eq!(
        yaml(&read(&casebook, "cases/telestroke-in-ystad.yaml"))["title"],
        "Telestroke in Ystad"
    );
}

#[test]
fn a_file_where_no_cases_are_looked_for_is_told() {
    let casebook = fresh();
    let run = casebook.run(&["new", "A case", "-o", "drafts/aside.yaml"]);
    assert_eq!(run.status, Some(0));
    for part in ["drafts/aside.yaml is in none of the places", "cases/", "add its place to `cases`"]
    {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    let run = casebook.run(&["new", "Another", "-o", "cases/inside.yaml"]);
    assert!(!run.stderr.contains("none of the places"), "{}", run.stderr);
}

#[test]
fn the_place_follows_the_wish_the_manifest_and_the_schema() {
    let casebook = fresh();
    assert_eq!(
        casebook.run(&["new", "A case", "-o", "cases/deep/er/my-case.yaml"]).status,
        Some(0)
    );
    let text = read(&casebook, "cases/deep/er/my-case.yaml");
    assert_eq!(yaml(&text)["id"], "my-case");
    assert!(!text.contains("$schema"));
    casebook.write(".vscode/case.schema.json", "{}");
    casebook.run(&["new", "CON", "-q"]);
    let text = read(&casebook, "cases/con-case.yaml");
    assert!(text.starts_with("# yaml-language-server: $schema=../.vscode/case.schema.json\n"));
    let run = casebook.run(&["new", "Shown", "--stdout"]);
    assert_eq!(yaml(&run.stdout)["id"], "shown");
    assert!(!casebook.path().join("cases/shown.yaml").exists());
}

#[test]
fn a_form_of_the_group_s_own_is_begun_by_its_roles() {
    let root = repository().join("examples/own-form");
    let args = ["new", "Mend it", "--region", "AT130", "--theme", "Helpers", "--stdout"];
    let run = casebook(&root, &args);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let case = yaml(&run.stdout);
    assert_eq!((&case["key"], &case["name"]), (&"mend-it".into(), &"Mend it".into()));
    assert_eq!(
        (&case["region"], &case["topics"]),
        (&"AT130".into(), &serde_json::json!(["helpers"]))
    );
    // Its keys take letters alone, which only its form knows.
    let run = casebook(&root, &["new", "Café 7", "--stdout"]);
    assert!(run.status == Some(2) && run.stderr.contains("small letters"), "{}", run.stderr);
}

#[test]
fn without_a_casebook_it_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = casebook(folder.path(), &["new", "A case"]);
    assert!(run.status == Some(2) && run.stderr.contains("casebook init"), "{}", run.stderr);
}
