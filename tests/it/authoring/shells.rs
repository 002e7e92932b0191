//! Completions and manual pages, by the programs that read them.

use std::process::Command;

use crate::support::{casebook, repository};

/// What bash offers for a line that somebody has begun.
fn offered(words: &[&str]) -> Vec<String> {
    let script = casebook(repository(), &["completions", "bash"]).stdout;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("casebook.bash");
    std::fs::write(&path, script).unwrap();
    let last = words.len() - 1;
    let program = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={last}; _casebook casebook '{}' '{}'; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        path.display(),
        words.join(" "),
        words[last],
        words[last - 1],
    );
    let output = Command::new("bash").args(["--norc", "-c", &program]).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_verbs_options_and_values() {
    assert_eq!(offered(&["casebook", "va"]), ["validate"]);
    assert_eq!(offered(&["casebook", "schema", "iss"]), ["issue-form"]);
    assert_eq!(offered(&["casebook", "new", "--th"]), ["--theme"]);
    assert_eq!(offered(&["casebook", "list", "--format", "j"]), ["json"]);
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = casebook(repository(), &["completions", shell]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(run.stdout.contains("issue-form"), "{shell}");
    }
    assert_eq!(casebook(repository(), &["completions", "cmd"]).status, Some(2));
}

#[test]
fn every_verb_has_a_page_that_is_set_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    let run = casebook(repository(), &["man", "-o", pages.to_str().unwrap()]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let names: Vec<_> =
        std::fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(names.len() > 15 && names.contains(&pages.join("casebook-schema-doc.1")));
    let groff = Command::new("groff").arg("--version").output().is_ok();
    for page in &names {
        let text = std::fs::read_to_string(page).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".SH EXAMPLES"), "{page:?}");
        if groff {
            let set =
                Command::new("groff").args(["-ww", "-man", "-Tutf8"]).arg(page).output().unwrap();
            let warnings = String::from_utf8_lossy(&set.stderr);
            assert!(set.status.success() && warnings.is_empty(), "{page:?}: {warnings}");
        }
    }
    let run = casebook(repository(), &["man", "schema", "doc"]);
    assert_eq!(run.stdout, std::fs::read_to_string(pages.join("casebook-schema-doc.1")).unwrap());
    assert_eq!(casebook(repository(), &["man", "frobnicate"]).status, Some(2));
}
