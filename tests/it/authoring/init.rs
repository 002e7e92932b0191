//! `casebook init`: what it makes builds at once, in any language, and never takes another file's place.

use std::fs;
use std::path::Path;

use casebook::language::Language;

use super::yaml;
use crate::support::{Run, casebook, command, finish, same, tree};

/// Begins a casebook in a folder `new` of an empty one.
fn begun(args: &[&str]) -> (tempfile::TempDir, Run) {
    let folder = tempfile::tempdir().unwrap();
    let run = casebook(folder.path(), &[&["init", "new"], args].concat());
    (folder, run)
}

#[test]
fn a_new_casebook_builds_at_once_in_every_language() {
    for language in Language::ALL {
        let args = ["--title", "Käse: \"ß\" & #1 <b>", "--group", "The group's: own", "--language"];
        let (folder, run) =
            begun(&[&args[..], &[language.code(), "--country", "DK,Finland"]].concat());
        assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
        let new = folder.path().join("new");
        let run = casebook(&new, &["validate", "--strict"]);
        assert_eq!(run.stderr, "checked 4 files: 0 errors, 0 warnings\n", "{}", language.code());
        let run = casebook(&new, &["build", "--strict", "--format", "pdf,html,data"]);
        assert_eq!(run.status, Some(0), "{}: {}", language.code(), run.stderr);
        assert!(
            run.stderr.starts_with("checked 4 files: 0 errors, 0 warnings\nbuilt "),
            "{}",
            run.stderr
        );
        let manifest = yaml(&fs::read_to_string(new.join("casebook.yaml")).unwrap());
        assert_eq!(manifest["title"], "Käse: \"ß\" & #1 <b>");
        assert_eq!(
            manifest["regions"]["groups"]["The group's: own"],
            serde_json::json!(["DK", "FI"])
        );
    }
}

#[test]
fn the_files_belong_together() {
    let (folder, _) = begun(&["--title", "T", "--language", "fi,en"]);
    let new = folder.path().join("new");
    let read = |path: &str| fs::read_to_string(new.join(path)).unwrap();
    // Editors find the schemas by the first line, wherever a file lies.
    for path in tree(&new).keys().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        let text = fs::read_to_string(new.join(path)).unwrap();
        let schema = text.lines().next().unwrap().split_once("$schema=").unwrap().1.to_owned();
        assert!(new.join(path).parent().unwrap().join(&schema).is_file(), "{path:?}: {schema}");
    }
    for path in [".vscode/settings.json", ".vscode/extensions.json", ".vscode/case.schema.json"] {
        let _: serde_json::Value = serde_json::from_str(&read(path)).unwrap();
    }
    // What is made of the form is what the verbs make of it, so that it can be made anew.
    for (path, verb) in [
        (".vscode/case.schema.json", "show"),
        ("contributing/blank-case.yaml", "template"),
        ("contributing/guide.md", "doc"),
        (".github/ISSUE_TEMPLATE/case.yml", "issue-form"),
    ] {
        let before = read(path);
        assert_eq!(casebook(&new, &["schema", verb, "-o", path]).status, Some(0));
        assert!(read(path) == before, "{path} differs");
        assert!(
            read("README.md").contains(&format!("casebook schema {verb} -o {path}\n")),
            "{path}"
        );
    }
    assert!(read("README.md").contains("Finnish (fi), English (en)."));
    assert_eq!(read("cases/rijnmond-portal.yaml").matches("language: en\n").count(), 1);
    let workflow = yaml(&read(".github/workflows/casebook.yml"));
    let steps = workflow["jobs"]["report"]["steps"].as_array().unwrap();
    let runs = |verb: &str| {
        steps.iter().any(|step| step["run"].as_str().is_some_and(|run| run.starts_with(verb)))
    };
    assert!(runs("casebook validate") && runs("casebook build --draft"));
    // A case handed in from the blank is found where it belongs.
    assert_eq!(casebook(&new, &["new", "First"]).status, Some(0));
    assert!(read("cases/first.yaml").starts_with("# yaml-language-server: $schema=../.vscode/"));
}

#[test]
fn the_samples_are_reviewed_as_other_cases_are() {
    let (folder, _) = begun(&["--title", "T"]);
    let new = folder.path().join("new");
    let clean = |args: &[&str]| {
        let run = casebook(&new, args);
        assert_eq!(run.status, Some(0), "{args:?}: {}", run.stderr);
        run
    };
    clean(&["review", "rijnmond-portal", "return"]);
    clean(&["build", "--draft", "--format", "html"]);
    clean(&["review", "rijnmond-portal", "telekap-slovenia", "accept"]);
    let listed = clean(&["list", "--where", "review=accepted", "--format", "csv"]).stdout;
    assert_eq!(listed.lines().count(), 3, "{listed}");
    clean(&["validate", "--strict"]);
    clean(&["build", "--strict", "--format", "html"]);
    let page = fs::read_to_string(new.join("build/report.html")).unwrap();
    assert!(page.contains("case__rijnmond-portal") && page.contains("case__telekap-slovenia"));
}

#[test]
fn a_file_is_no_place_for_a_casebook() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report"), "mine").unwrap();
    let run = casebook(folder.path(), &["init", "report", "--title", "T"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("report is a file, not a folder"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("report")).unwrap(), "mine");
}

#[test]
fn what_is_there_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("README.md", "mine");
    write("casebook.yaml", "mine");
    write(".git/HEAD", "ref");
    let before = tree(folder.path());
    let run = casebook(folder.path(), &["init", "--title", "T"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("nothing was written\n  README.md\n  casebook.yaml\n"),
        "{}",
        run.stderr
    );
    same(&before, &tree(folder.path()));
    fs::remove_file(folder.path().join("README.md")).unwrap();
    fs::remove_file(folder.path().join("casebook.yaml")).unwrap();
    assert_eq!(casebook(folder.path(), &["init", "--title", "T"]).status, Some(0));
    assert_eq!(casebook(folder.path(), &["validate", "--strict"]).status, Some(0));
    let run = casebook(folder.path(), &["init", "--title", "T"]);
    assert!(run.stderr.starts_with("nothing is new"), "{}", run.stderr);
}

#[test]
fn a_wrong_wish_leaves_no_folder() {
    for (args, words) in [
        (&["--title", "T", "--country", "Atlantis"][..], "unknown region code `Atlantis`"),
        // What is only like a name is confirmed by saying it.
        (&["--title", "T", "--country", "Germoney"], "did you mean DE, Germany?"),
        (&["--title", "T", "--country", "SE,Deutschl"], "did you mean DE, Germany?"),
        (&["--title", "T", "--language", "Germn"], "did you mean German?"),
        (&["--title", " "], "no title yet"),
        (&["--title", "T", "--template"], "cannot be used with"),
    ] {
        let (folder, run) = begun(args);
        assert_eq!(run.status, Some(2), "{args:?}");
        assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
        assert!(tree(folder.path()).is_empty(), "{args:?}");
    }
}

#[test]
fn the_same_wishes_make_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let mut command = command(folder.path());
        command.args(["init", name, "--title", "T"]).env("SOURCE_DATE_EPOCH", "1000000000");
        assert_eq!(finish(&mut command).status, Some(0));
        tree(&folder.path().join(name))
    };
    same(&make("one"), &make("two"));
    let manifest = fs::read_to_string(Path::new(folder.path()).join("one/casebook.yaml")).unwrap();
    assert_eq!(yaml(&manifest)["edition"]["date"], "2001-09-09");
}
