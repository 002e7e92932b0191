//! What a build leaves on disk: all of the new or all of the old, whatever goes wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Casebook, case, command, finish, same, tree};

fn built() -> Casebook {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    casebook
}

/// A picture of one red dot.
const PNG: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc8!'\x07\x00\x02\xb6\x01\x054\
    \xa6u\xaa\x00\x00\x00\x00IEND\xaeB`\x82";

/// The names at the top of a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| name != ".casebook-outputs");
    names.sort();
    names
}

#[test]
fn a_build_writes_what_the_contract_names() {
    let casebook = built();
    let found: Vec<String> = tree(&casebook.path().join("build"))
        .keys()
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        found,
        [
            ".casebook-outputs",
            "data/cases.csv",
            "data/cases.json",
            "data/cases.jsonl",
            "data/coverage.csv",
            "data/datapackage.json",
            "data/figures.csv",
            "data/measures.csv",
            "data/money.csv",
            "data/organisations.csv",
            "data/sources.csv",
            "report.html",
            "report.pdf",
            "site/about.html",
            "site/assets/finder-index.js",
            "site/assets/finder.css",
            "site/assets/finder.js",
            "site/assets/style.css",
            "site/assets/ways.js",
            "site/cases/a.html",
            "site/cases/index.html",
            "site/colophon.html",
            "site/coverage.html",
            "site/data/cases.csv",
            "site/data/cases.json",
            "site/data/cases.jsonl",
            "site/data/coverage.csv",
            "site/data/datapackage.json",
            "site/data/figures.csv",
            "site/data/measures.csv",
            "site/data/money.csv",
            "site/data/organisations.csv",
            "site/data/sources.csv",
            "site/index.html",
            "site/indexes.html",
            "site/lists.html",
            "site/overview.html",
            "site/regions/SE.html",
            "site/regions/SE2.html",
            "site/regions/SE22.html",
            "site/regions/SE221.html",
            "site/regions/index.html",
            "site/report.pdf",
            "site/setbacks.html",
            "site/themes/index.html",
            "site/themes/telestroke.html",
        ]
    );
}

#[test]
fn a_failed_build_leaves_the_old_outputs() {
    let casebook = built();
    let before = tree(&casebook.path().join("build"));
    casebook.write("cases/b.yaml", case("b").replace("pilot", "plot"));
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("what was built before is as it was"), "{}", run.stderr);
    same(&tree(&casebook.path().join("build")), &before);
}

#[test]
fn a_new_build_replaces_the_old_and_nothing_else() {
    let casebook = built();
    casebook.write("build/mine.txt", "an editor's own file");
    fs::remove_file(casebook.path().join("cases/a.yaml")).unwrap();
    casebook.write("cases/b.yaml", case("b"));
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    let folder = casebook.path().join("build");
    assert_eq!(names(&folder), ["data", "mine.txt", "report.html", "report.pdf", "site"]);
    assert_eq!(names(&folder.join("site/cases")), ["b.html", "index.html"]);
}

#[test]
fn what_casebook_did_not_make_is_never_replaced() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("data/mine.csv", "years of work");
    let run = casebook.run(&["build", "-o", "."]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("data/mine.csv is in the way"), "{}", run.stderr);
    assert_eq!(fs::read(casebook.path().join("data/mine.csv")).unwrap(), b"years of work");
    assert!(!casebook.path().join("report.pdf").exists());

    let casebook = built();
    casebook.write("build/site/cases/notes.txt", "an editor's notes");
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(casebook.path().join("build/site/cases/notes.txt").exists());
}

#[test]
fn a_report_without_a_date_says_what_is_missing() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let manifest = crate::support::MANIFEST.replace("edition: {date: 2026-01-02}\n", "");
    casebook.write("casebook.yaml", manifest);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(0));
    assert!(run.stderr.contains("warning[date-missing]"), "{}", run.stderr);
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("add `edition: { date:"), "{}", run.stderr);
    let mut run = command(casebook.path());
    let run = finish(run.arg("build").env("SOURCE_DATE_EPOCH", "1767312000"));
    assert_eq!((run.status, run.stderr.contains("0 warnings")), (Some(0), true), "{run:?}");
}

#[test]
fn pictures_stand_in_every_output_with_their_words() {
    let images = "images: [{file: dot.png, alt: A red dot, caption: The dot, credit: Me}]\n\
                  problem: |\n  ![Another dot](dot.png)\n\n  In a line ![a third](dot.png) too.\n";
    let casebook = Casebook::new(&[("a", &format!("{}{images}", case("a")))]);
    casebook.write("cases/dot.png", PNG);
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("0 errors, 0 warnings"), "{}", run.stderr);
    for page in ["report.html", "site/cases/a.html"] {
        let html = fs::read_to_string(casebook.path().join("build").join(page)).unwrap();
        for words in ["alt=\"A red dot\"", "alt=\"Another dot\"", "alt=\"a third\"", "The dot (Me)"]
        {
            assert!(html.contains(words), "{words} in {page}");
        }
        assert_eq!(html.matches("src=\"data:image/png;base64,").count(), 3, "{page}");
    }
    casebook.write("cases/dot.png", "no picture");
    let run = casebook.run(&["build", "--message-format", "short"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.starts_with("cases/a.yaml:8:"), "{}", run.stdout);
}

#[test]
fn one_format_alone_leaves_the_others() {
    let casebook = built();
    let before = tree(&casebook.path().join("build"));
    casebook.write("cases/b.yaml", case("b"));
    assert_eq!(casebook.run(&["build", "--format", "data"]).status, Some(0));
    let after = tree(&casebook.path().join("build"));
    assert_eq!(before[Path::new("report.pdf")], after[Path::new("report.pdf")]);
    assert_ne!(before[Path::new("data/cases.csv")], after[Path::new("data/cases.csv")]);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_of_the_environment() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("taken", "a file where the folder should be");
    let run = casebook.run(&["build", "-o", "taken"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("cannot make the folder taken"), "{}", run.stderr);
    assert_eq!(
        fs::read(casebook.path().join("taken")).unwrap(),
        b"a file where the folder should be"
    );
}

/// Runs a build that may write files of 8 KiB and no more.
#[cfg(unix)]
fn build_with_little_room(casebook: &Casebook, trap: &str) -> crate::support::Run {
    let program = env!("CARGO_BIN_EXE_casebook");
    let script = format!("{trap} ulimit -f 8; exec \"{program}\" build");
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(script).current_dir(casebook.path());
    finish(&mut shell)
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_outputs() {
    let casebook = built();
    let before = tree(&casebook.path().join("build"));
    casebook.write("cases/b.yaml", case("b"));
    // With the signal ignored, a write beyond the limit fails as it does on a full disk.
    let run = build_with_little_room(&casebook, "trap '' XFSZ;");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    same(&tree(&casebook.path().join("build")), &before);
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_old_outputs_and_the_next_one_clears_up() {
    let casebook = built();
    let folder = casebook.path().join("build");
    let before = tree(&folder);
    casebook.write("cases/b.yaml", case("b"));
    // The system kills the process in the middle of a write.
    let run = build_with_little_room(&casebook, "");
    assert_eq!(run.status, None, "{run:?}");
    assert!(names(&folder).iter().any(|name| name.starts_with(".casebook-staging-")));
    let whole =
        |(path, _): &(PathBuf, _)| !path.to_string_lossy().starts_with(".casebook-staging-");
    same(&tree(&folder).into_iter().filter(whole).collect(), &before);
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    assert_eq!(names(&folder), ["data", "report.html", "report.pdf", "site"]);
    assert!(folder.join("site/cases/b.html").is_file());
}

#[test]
fn a_build_killed_between_two_renames_is_put_right() {
    let casebook = built();
    let folder = casebook.path().join("build");
    let staging = folder.join(".casebook-staging-dead");
    fs::create_dir(&staging).unwrap();
    fs::rename(folder.join("site"), staging.join("old-site")).unwrap();
    casebook.write("cases/b.yaml", "broken: [");
    // Even a build that makes nothing must not be what loses the old site; one that writes
    // anything puts it back.
    assert_eq!(casebook.run(&["build"]).status, Some(1));
    fs::remove_file(casebook.path().join("cases/b.yaml")).unwrap();
    assert_eq!(casebook.run(&["build", "--format", "data"]).status, Some(0));
    assert_eq!(names(&folder), ["data", "report.html", "report.pdf", "site"]);
    assert!(folder.join("site/index.html").is_file());
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let texts: Vec<(String, String)> = ["a", "b", "c", "d"]
        .map(|id| {
            let text = format!(
                "{}problem: |\n  A text with a note.[^1]\n\n  [^1]: The note.\nkeywords: [x, {id}]\n\
                 results: [{{measure: Beds, value: 3, unit: beds}}]\n\
                 images: [{{file: dot.png, alt: A dot}}]\n",
                case(id)
            );
            (id.to_owned(), text)
        })
        .into();
    let named: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (&**id, &**text)).collect();
    // The files come into being in the other order, and one casebook lies deeper than the other.
    let one = Casebook::new(&named);
    let two = Casebook::new(&[]);
    for (id, text) in named.iter().rev() {
        two.write(&format!("deep/er/cases/{id}.yaml"), text);
    }
    two.write("deep/er/casebook.yaml", crate::support::MANIFEST);
    one.write("cases/dot.png", PNG);
    two.write("deep/er/cases/dot.png", PNG);

    // Another folder to stand in, another number of threads, another zone, language, home and place
    // for what is temporary; and other words in the environment that programs heed.
    let elsewhere = tempfile::tempdir().unwrap();
    let runs = [
        finish(
            command(one.path()).args(["build", "--jobs", "1"]).env("TZ", "UTC").env("LANG", "C"),
        ),
        finish(
            command(elsewhere.path())
                .args(["build", "--jobs", "2", "--root"])
                .arg(two.path().join("deep/er"))
                .env("TZ", "Pacific/Kiritimati")
                .env("LANG", "tr_TR.UTF-8")
                .env("LC_ALL", "tr_TR.UTF-8")
                .env("HOME", elsewhere.path())
                .env("TMPDIR", elsewhere.path())
                .env("RAYON_NUM_THREADS", "3")
                // Only what has no date of its own heeds it.
                .env("SOURCE_DATE_EPOCH", "1"),
        ),
    ];
    for run in runs {
        assert_eq!((run.status, run.stderr.contains("0 errors")), (Some(0), true), "{run:?}");
    }
    same(&tree(&one.path().join("build")), &tree(&two.path().join("deep/er/build")));
}

/// The sample report is large enough for Typst to set its parts side by side in any order.
#[test]
fn the_sample_report_is_the_same_with_any_number_of_threads() {
    let built = ["1", "4"].map(|jobs| {
        let folder = tempfile::tempdir().unwrap();
        let mut run = command(crate::support::repository());
        let run = finish(
            run.args(["build", "--format", "pdf,site", "--jobs", jobs, "-o"]).arg(folder.path()),
        );
        assert_eq!(run.status, Some(0), "{run:?}");
        tree(folder.path())
    });
    same(&built[0], &built[1]);
}

#[test]
fn what_is_private_stays_in_the_casebook() {
    let private = format!(
        "{}contact: {{name: Nomen Nescio, email: nn@example.org, organisation: Secret Office}}\n\
         consent: {{given: true, by: Consenting Person}}\n\
         review: {{state: accepted, reviewer: Reviewing Person, notes: Internal remark}}\n",
        case("a")
    );
    let casebook = Casebook::new(&[("a", &private)]);
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    let public = private.replace("Secret Office}", "Secret Office, publish: true}");
    for (path, bytes) in tree(&casebook.path().join("build")) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["Nescio", "nn@example", "Secret Office", "Consenting", "Reviewing", "Internal"]
        {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
    casebook.write("cases/a.yaml", public);
    assert_eq!(casebook.run(&["build"]).status, Some(0));
    let page = fs::read_to_string(casebook.path().join("build/site/cases/a.html")).unwrap();
    assert!(page.contains("Nomen Nescio") && !page.contains("Reviewing"), "{page}");
}
