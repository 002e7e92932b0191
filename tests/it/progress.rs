//! How far the work is: shown on a terminal, and nowhere else.
#![cfg(target_os = "linux")]

use std::process::Command;

use crate::support::{Casebook, case};

/// What a build says on a terminal of its own, which `script` of every Linux makes.
fn on_terminal(casebook: &Casebook, args: &str, term: &str) -> String {
    let program = env!("CARGO_BIN_EXE_casebook");
    let build = format!("'{program}' build --format site,pdf {args}");
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &build, "/dev/null"]);
    script.current_dir(casebook.path()).env("TERM", term).env("NO_COLOR", "1");
    let output = script.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn progress_is_for_terminals_alone() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let said = on_terminal(&casebook, "", "xterm");
    assert!(said.contains("\rlaying out the pages of the PDF"), "{said:?}");
    assert!(said.contains(" pages of the site: 100 %"), "{said:?}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    // At the end the line is gone: what remains is what a pipe gets.
    let kept: Vec<&str> = said.lines().map(|line| line.rsplit('\r').next().unwrap()).collect();
    let piped = casebook.run(&["build", "--format", "site,pdf"]).stderr;
    assert_eq!(kept, piped.lines().collect::<Vec<_>>());
    assert!(!piped.contains('\r') && !piped.contains('%'), "{piped:?}");

    assert_eq!(on_terminal(&casebook, "--quiet", "xterm"), "");
    let dumb = on_terminal(&casebook, "", "dumb");
    assert!(!dumb.contains("laying out") && !dumb.contains('%'), "{dumb:?}");
}
