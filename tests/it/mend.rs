//! Mending: what is certain is mended in place, everything else stays as it was written.

use std::fs;

use casebook::app::{Selection, Status, mend, validate};
use rayon::prelude::*;

use crate::support::{Casebook, MemoryFiles, case, command, finish, sample};

const MESSY: &str = "\u{feff}# a comment that stays\r
id: onee   \r
tittle: \"The case\"  # why\r
summary: A text.\r
regions: [Blekinge, DKO32]\r
themes: [telestrok]\r
status: 'opperational'\r
outcome: mixed\r
period: { start: 5/2007, end: \"10.5.2008\" }\r
resutls:\r
  - measure: Users\r
    value: \"9,000\"\r
    wehn: 2007\r
    source: Smiht\r
problem: |\r
  It was slow [@Smiht],\r
  and [slow](case:onne).\r
sources:\r
  Smith: { title: Book, year: \"2007\" }\r
";

const MENDED: &str = "\u{feff}# a comment that stays\r
id: one\r
title: \"The case\"  # why\r
summary: A text.\r
regions: [SE221, DK032]\r
themes: [telestroke]\r
status: 'operational'\r
outcome: mixed\r
period: { start: 2007-05, end: \"2008-05-10\" }\r
results:\r
  - measure: Users\r
    value: 9000\r
    when: 2007\r
    source: Smith\r
problem: |\r
  It was slow [@Smith],\r
  and [slow](case:onne).\r
sources:\r
  Smith: { title: Book, year: 2007 }\r
";

#[test]
fn what_is_certain_is_mended_and_the_rest_is_not_touched() {
    let casebook = Casebook::new(&[("one", MESSY)]);
    let file = casebook.path().join("cases/one.yaml");

    let shown = casebook.run(&["validate", "--diff"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), MESSY, "--diff changes nothing");
    assert!(shown.stdout.starts_with("--- a/cases/one.yaml\n+++ b/cases/one.yaml\n"));
    assert!(shown.stdout.contains("\n+  It was slow [@Smith],\r\n"), "{}", shown.stdout);
    assert_eq!(shown.status, Some(1), "the faults are still there");

    let run = casebook.run(&["validate", "--fix", "--message-format", "short"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), MENDED);
    // A link to a case is not replaced: its place is that of the whole link.
    assert!(run.stdout.contains("[unknown-case]"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("error[").count(), 1, "{}", run.stdout);

    let again = casebook.run(&["validate", "--fix"]);
    assert!(again.stderr.contains("nothing here is certain enough"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), MENDED);
}

#[test]
fn a_fix_that_would_not_help_is_not_applied() {
    // The name would become a code that is there already: one fault for another.
    let text = case("one").replace("[SE221]", "[SE221, Blekinge]");
    let casebook = Casebook::new(&[("one", &text)]);
    casebook.run(&["validate", "--fix"]);
    assert_eq!(fs::read_to_string(casebook.path().join("cases/one.yaml")).unwrap(), text);
    // Beside one that helps, it still is not.
    let text = text.replace("status", "statsu");
    casebook.write("cases/one.yaml", &text);
    casebook.run(&["validate", "--fix"]);
    let mended = fs::read_to_string(casebook.path().join("cases/one.yaml")).unwrap();
    assert_eq!(mended, text.replace("statsu", "status"));
}

#[test]
fn nothing_is_edited_in_ci_or_from_standard_input() {
    let text = case("one").replace("status", "statsu");
    let casebook = Casebook::new(&[("one", &text)]);
    let run = finish(command(casebook.path()).env("CI", "true").args(["validate", "--fix"]));
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("--diff"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(casebook.path().join("cases/one.yaml")).unwrap(), text);
    let run = casebook.run(&["validate", "-", "--fix"]);
    assert_eq!(run.status, Some(2), "{}", run.stderr);
}

#[test]
fn a_diff_stands_alone_and_cannot_drive_a_terminal() {
    let hostile = "aims: \"\u{202e}Text ##[group]\tshort.\"\n";
    let text = case("one").replace("status", "statsu") + hostile;
    let casebook = Casebook::new(&[("one", &text)]);
    let run = casebook.run(&["validate", "--diff"]);
    assert!(run.stdout.contains("+status: pilot\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\tshort.\"\n"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{202e}') && !run.stdout.contains("##["), "{}", run.stdout);
    let run = casebook.run(&["validate", "--diff", "--message-format", "json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("both go to standard output"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_mended_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let casebook = Casebook::new(&[("one", &case("one").replace("status", "statsu"))]);
    let file = casebook.path().join("cases/one.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    casebook.run(&["validate", "--fix"]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&file).unwrap().contains("status:"));
}

/// Slips of the pen that a real case may have, each a search and a replacement.
const SLIPS: &[(&str, &str)] = &[
    ("\nsummary:", "\nsumary:"),
    ("\nregions:", "\nRegions:"),
    ("\nthemes:", "\nthems:"),
    ("measure:", "mesaure:"),
    ("value:", "valeu:"),
    ("year: 20", "year: \"20"),
    ("\noutcome: ", "\noutcome: x"),
    ("\nid: ", "\nid: x"),
    (".\n", ".  \n"),
    ("when: 20", "when: 5/20"),
];

#[test]
fn mending_real_cases_makes_them_better_and_ends() {
    let files = sample();
    let names: Vec<&String> = files.0.keys().filter(|name| name.starts_with("cases/")).collect();
    names.par_iter().for_each(|name| {
        let original = String::from_utf8(files.0[*name].clone()).unwrap();
        for (index, (search, replacement)) in SLIPS.iter().enumerate() {
            let broken = original.replacen(search, replacement, 1 + index % 3);
            let errors = |text: &str| {
                let mut changed = MemoryFiles(files.0.clone());
                changed.0.insert((*name).clone(), text.as_bytes().to_vec());
                let selection = Selection::Paths(vec![(*name).clone()]);
                let outcome = validate(&changed, &selection).unwrap();
                assert_ne!(outcome.status, Status::Unusable);
                let mended = mend(&changed, &selection).unwrap();
                (outcome.summary().errors, mended)
            };
            let (before, mended) = errors(&broken);
            let Some(file) = mended.first() else { continue };
            assert_eq!(file.before, broken);
            let (after, again) = errors(&file.after);
            assert!(after <= before, "{name}: {search}");
            assert!(before == 0 || after < before, "{name}: {search}: {before} to {after}");
            assert!(again.is_empty(), "{name}: {search}: mended twice");
        }
    });
}
