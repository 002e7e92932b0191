//! The formats of messages, as users and services get them from the program.

use std::collections::BTreeSet;
use std::fs;

use roxmltree::Document;
use serde_json::Value;

use casebook::diag::render::Format;

use crate::support::{Casebook, Run, assert_inert, case, command, finish, golden, repository};

/// A copy of the faulty casebook, which no repository is around.
fn faults() -> Casebook {
    let casebook = Casebook::new(&[]);
    let root = repository().join("tests/faults");
    casebook.write("casebook.yaml", fs::read(root.join("casebook.yaml")).unwrap());
    for entry in fs::read_dir(root.join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        casebook.write(&format!("cases/{name}"), fs::read(&path).unwrap());
    }
    casebook
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn each_format_reads_as_it_should() {
    let casebook = faults();
    let one = ["validate", "-q", "cases/unknown-keys.yaml"];
    let two = ["validate", "-q", "cases/unknown-keys.yaml", "cases/good.yaml"];
    let many = ["validate", "-q", "cases/references.yaml"];
    for (name, files, format) in [
        ("unknown-keys.sarif.json", &one[..], "sarif"),
        ("unknown-keys.gitlab.json", &one, "gitlab"),
        ("unknown-keys.junit.xml", &two, "junit"),
        ("references.github.txt", &many, "github"),
    ] {
        let run = casebook.run(&[files, &["--message-format", format]].concat());
        assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""), "{name}");
        let version = concat!("ersion\": \"", env!("CARGO_PKG_VERSION"), "\"");
        golden(name, &run.stdout.replace(version, "ersion\": \"0.0.0\""));
    }
}

#[test]
fn every_format_goes_into_a_file() {
    let casebook = faults();
    let mut args = vec!["validate".to_owned()];
    for format in Format::ALL {
        args.extend([
            "--message-format".to_owned(),
            format.as_str().to_owned() + "=" + format.as_str(),
        ]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let run = casebook.run(&args);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    for format in Format::ALL {
        let alone = casebook.run(&["validate", "-q", "--message-format", format.as_str()]);
        let file = fs::read_to_string(casebook.path().join(format.as_str())).unwrap();
        let stream = if *format == Format::Human { alone.stderr } else { alone.stdout };
        assert!(!file.is_empty() && file == stream, "{format:?}");
    }
}

#[test]
fn one_place_takes_one_format() {
    let casebook = faults();
    let refused = |formats: &[&str], words: &str| {
        let mut args = vec!["validate"];
        args.extend(formats.iter().flat_map(|format| ["--message-format", format]));
        let run = casebook.run(&args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{formats:?}");
        assert!(run.stderr.contains(words), "{}", run.stderr);
    };
    refused(&["sarif", "human", "json"], "sarif and json would both go to standard output");
    refused(&["sarif=x", "junit=x"], "sarif and junit would both go to x");
    refused(&["sarif="], "`sarif=` names no file");
    refused(&["sarfi"], "none of human, short, json, sarif, github, gitlab, junit");
    refused(&["sarif=casebook.yaml/x"], "cannot write casebook.yaml/x");
}

/// What the formats for machines say of a run, read back.
struct Told {
    status: Option<i32>,
    json: Value,
    sarif: Value,
    gitlab: Value,
    junit: String,
}

fn told(casebook: &Casebook, files: &[&str]) -> Told {
    let formats = ["json=json", "sarif=sarif", "gitlab=gitlab", "junit=junit"];
    let mut args = [&["validate"], files].concat();
    args.extend(formats.iter().flat_map(|format| ["--message-format", format]));
    let run = casebook.run(&args);
    assert_eq!(run.stdout, "");
    let read = |name: &str| fs::read_to_string(casebook.path().join(name)).unwrap();
    Told {
        status: run.status,
        json: json(&read("json")),
        sarif: json(&read("sarif")),
        gitlab: json(&read("gitlab")),
        junit: read("junit"),
    }
}

impl Told {
    fn result(&self, number: usize) -> &Value {
        &self.sarif["runs"][0]["results"][number]
    }

    fn fingerprints(&self) -> Vec<&str> {
        let issues = self.gitlab.as_array().unwrap();
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect()
    }
}

#[test]
fn what_cannot_be_checked_is_told_too() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    fs::remove_file(casebook.path().join("casebook.yaml")).unwrap();
    let missing = told(&casebook, &["--root", "."]);
    casebook.write("casebook.yaml", "casebook: [");
    let broken = told(&casebook, &[]);
    for (told, code) in [(missing, "manifest-missing"), (broken, "yaml-syntax")] {
        assert_eq!(told.status, Some(2), "{code}");
        assert_eq!(told.sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
        assert_eq!(told.json["diagnostics"][0]["code"], code);
        assert_eq!(told.result(0)["ruleId"], code);
        let place = &told.result(0)["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(place["uri"], "casebook.yaml");
        assert_eq!(told.gitlab[0]["location"]["path"], "casebook.yaml");
        assert_eq!(told.gitlab[0]["location"]["lines"]["begin"], 1);
        let xml = Document::parse(&told.junit).unwrap();
        assert_eq!(xml.root_element().attribute("failures"), Some("1"), "{}", told.junit);
    }
}

#[test]
fn a_file_that_cannot_be_read_has_a_path_and_no_lines() {
    let casebook = Casebook::new(&[]);
    let told = told(&casebook, &["cases/a b.yaml"]);
    let place = &told.result(0)["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "cases/a%20b.yaml");
    assert_eq!(place.get("region"), None);
    assert_eq!(told.gitlab[0]["location"]["path"], "cases/a b.yaml");
}

#[test]
fn without_faults_the_formats_are_complete_and_empty() {
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let told = told(&casebook, &[]);
    assert_eq!(told.status, Some(0));
    assert_eq!(told.sarif["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(told.gitlab, serde_json::json!([]));
    let xml = Document::parse(&told.junit).unwrap();
    let suites: Vec<_> =
        xml.root_element().children().filter_map(|suite| suite.attribute("name")).collect();
    assert_eq!(suites, ["casebook.yaml", "cases/a.yaml", "cases/b.yaml"]);
    assert_eq!(xml.root_element().attribute("tests"), Some("3"));
}

#[test]
fn a_warning_is_a_test_that_passes_and_tells() {
    let casebook = Casebook::new(&[("a", &format!("{}problem: a <b>bold</b> word\n", case("a")))]);
    let told = told(&casebook, &["cases/a.yaml"]);
    let xml = Document::parse(&told.junit).unwrap();
    assert_eq!(xml.root_element().attribute("failures"), Some("0"));
    let names: Vec<_> = (xml.descendants())
        .filter(|node| {
            node.has_tag_name("testcase") && node.attribute("file") == Some("cases/a.yaml")
        })
        .map(|node| (node.attribute("name").unwrap(), node.text().unwrap_or_default().trim()))
        .collect();
    assert_eq!(
        names,
        [("no errors", ""), ("raw-html /problem", ""), ("raw-html /problem (2)", "")]
    );
    assert!(told.junit.contains("<system-out>at cases/a.yaml:8:12\nwarning[raw-html]: "));
}

#[test]
fn services_get_paths_from_the_root_of_the_repository() {
    let casebook = Casebook::new(&[("a", &case("a").replace("mixed", "mixd"))]);
    let repository = Casebook::new(&[]);
    let inside = repository.path().join("my work/book");
    fs::create_dir_all(repository.path().join(".git")).unwrap();
    fs::create_dir_all(inside.join("cases")).unwrap();
    for file in ["casebook.yaml", "cases/a.yaml"] {
        fs::copy(casebook.path().join(file), inside.join(file)).unwrap();
    }
    let found = |format: &str| {
        crate::support::casebook(&inside, &["validate", "-q", "--message-format", format]).stdout
    };
    assert!(found("github").starts_with("::error file=my work/book/cases/a.yaml,line=7,"));
    assert!(found("sarif").contains("\"uri\": \"my%20work/book/cases/a.yaml\""));
    assert!(found("gitlab").contains("\"path\": \"my work/book/cases/a.yaml\""));
    assert!(found("junit").contains("file=\"my work/book/cases/a.yaml\""));
    // People and scripts stay with the casebook.
    assert!(found("short").starts_with("cases/a.yaml:7:"));
    assert_eq!(json(&found("json"))["diagnostics"][0]["file"], "cases/a.yaml");
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let casebook = faults();
    let before = told(&casebook, &[]);
    for file in fs::read_dir(casebook.path().join("cases")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("\n\n# A word before.\n{text}")).unwrap();
    }
    let after = told(&casebook, &[]);
    assert_ne!(before.gitlab, after.gitlab);
    assert_eq!(before.fingerprints(), after.fingerprints());
    let unique: BTreeSet<&str> = before.fingerprints().into_iter().collect();
    assert_eq!(unique.len(), before.gitlab.as_array().unwrap().len());
    let of_sarif = (before.sarif["runs"][0]["results"].as_array().unwrap().iter())
        .map(|result| result["partialFingerprints"]["casebook/v1"].as_str().unwrap());
    assert_eq!(of_sarif.collect::<Vec<_>>(), before.fingerprints());
}

/// Runs the program as a GitHub workflow does.
fn workflow(casebook: &Casebook, page: &str, args: &[&str]) -> Run {
    let page = casebook.path().join(page);
    let environment = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", page.to_str().unwrap())];
    finish(command(casebook.path()).args(args).envs(environment))
}

#[test]
fn a_github_workflow_is_told_without_being_asked() {
    let casebook = Casebook::new(&[("a", &case("a").replace("mixed", "mixd"))]);
    casebook.write("page.md", "before\n");
    let run = workflow(&casebook, "page.md", &["validate"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("::error file=cases/a.yaml,line=7,"), "{}", run.stdout);
    assert!(run.stderr.contains("error[unknown-value]"), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("page.md")).unwrap();
    assert!(page.starts_with("before\n### casebook checked 2 files: 1 error"), "{page}");
    assert!(page.contains("(unknown-value)"), "{page}");

    // Whoever says what they want gets that alone.
    let run = workflow(&casebook, "other.md", &["validate", "--message-format", "short"]);
    assert!(run.stdout.starts_with("cases/a.yaml:7:"), "{}", run.stdout);
    assert!(!casebook.path().join("other.md").exists());

    // A page that cannot be written is no reason to fail.
    casebook.write("cases/a.yaml", case("a"));
    let run = workflow(&casebook, "no/such/page.md", &["validate"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("cannot write the summary page"), "{}", run.stderr);

    // A full page is left alone.
    casebook.write("page.md", "x".repeat(1 << 20));
    workflow(&casebook, "page.md", &["validate"]);
    assert_eq!(fs::metadata(casebook.path().join("page.md")).unwrap().len(), 1 << 20);
}

#[test]
fn a_call_that_fails_leaves_standard_output_empty() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let outside = "../x\n  ::stop-commands::y\u{1b}[31m##[group].yaml";
    for format in Format::ALL {
        let run = casebook.run(&["validate", outside, "--message-format", format.as_str()]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{format:?}");
        assert!(run.stderr.contains("is not inside the casebook"), "{}", run.stderr);
        assert_inert(&run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn files_of_messages_are_for_all_who_may_read_others() {
    use std::os::unix::fs::PermissionsExt;

    let casebook = faults();
    casebook.run(&["validate", "--message-format", "sarif=found.sarif"]);
    let mode =
        |name: &str| fs::metadata(casebook.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("found.sarif"), mode("casebook.yaml"));
    casebook.run(&["validate", "--message-format", "sarif=some/new/folder/found.sarif"]);
    assert_eq!(mode("some/new/folder/found.sarif"), mode("casebook.yaml"));
    // What is no file is written, not replaced.
    let run = casebook.run(&["validate", "--message-format", "sarif=/dev/stdout"]);
    assert_eq!(json(&run.stdout)["version"], "2.1.0");
}
