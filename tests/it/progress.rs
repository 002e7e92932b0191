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

#[test]
fn progress_says_which_volume_is_made() {
    let other = case("b").replace("SE221", "DK032");
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &other)]);
    let said = on_terminal(&casebook, "--volumes region:0", "xterm");
    for words in [
        "\rvolume 1 of 2: laying out the pages of the PDF",
        "\rvolume 2 of 2: laying out the pages of the PDF",
        "\rvolume 2 of 2: making 1",
    ] {
        assert!(said.contains(words), "{words}: {said:?}");
    }
    let kept: Vec<&str> = said.lines().map(|line| line.rsplit('\r').next().unwrap()).collect();
    let piped = casebook.run(&["build", "--format", "site,pdf", "--volumes", "region:0"]).stderr;
    assert_eq!(kept, piped.lines().collect::<Vec<_>>());
}
