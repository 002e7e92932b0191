//! What is left when a verb that writes is killed at any moment: of each file all that was there before, or
//! all that was to come.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use crate::support::{Casebook, case, in_place, killed_on_the_way, tree};

/// Fifteen cases with a key misspelt in each, and answers to import.
fn casebook() -> Casebook {
    let casebook = Casebook::new(&[]);
    for number in 0..15 {
        let text = case(&format!("c{number}")).replace("status:", "statsu:");
        casebook.write(&format!("cases/c{number}.yaml"), text);
    }
    casebook.write("answers.csv", "Name,Where\nOne,Blekinge\nTwo,Skåne\n");
    casebook
}

/// Runs a verb whole in one casebook and kills it on its way in another.
#[track_caller]
fn each_file_is_whole(prepare: impl Fn(&Casebook), args: &[&str]) {
    let whole = casebook();
    prepare(&whole);
    let before = tree(whole.path());
    let begun = Instant::now();
    whole.run(args);
    let (time, after) = (begun.elapsed(), tree(whole.path()));
    assert!(before != after, "{args:?} writes nothing");

    let killed = casebook();
    prepare(&killed);
    let mut partly: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let mut look = |moment| {
        let found = in_place(killed.path());
        for (path, bytes) in &found {
            let is_whole = [&before, &after].iter().any(|all| all.get(path) == Some(bytes));
            assert!(is_whole, "{args:?}: {} is half there at {moment}", path.display());
        }
        for path in before.keys().filter(|path| after.contains_key(*path)) {
            assert!(found.contains_key(path), "{args:?}: {} is gone at {moment}", path.display());
        }
        if found != before && found != after {
            partly = found;
        }
        // The next begins where the first began.
        for path in after.keys().filter(|path| !before.contains_key(*path)) {
            std::fs::remove_file(killed.path().join(path)).ok();
        }
        for (path, bytes) in &before {
            killed.write(path.to_str().unwrap(), bytes);
        }
    };
    killed_on_the_way(killed.path(), args, &mut look, time);
    // Whatever was left on the way, the verb can be run again.
    for (path, bytes) in &partly {
        killed.write(path.to_str().unwrap(), bytes);
    }
    killed.run(args);
    let at_last = in_place(killed.path());
    assert!(at_last == after, "{args:?}: a second run does not finish what the first began");
}

/// The misspelt keys would keep all cases out of an export.
fn mended(casebook: &Casebook) {
    casebook.run(&["validate", "--fix"]);
}

fn nothing(_: &Casebook) {}

#[test]
fn mending_and_exporting_leave_whole_files() {
    each_file_is_whole(nothing, &["validate", "--fix"]);
    each_file_is_whole(mended, &["export", "--format", "json", "-o", "cases.json"]);
    each_file_is_whole(mended, &["export", "--format", "datapackage", "-o", "package"]);
}

#[test]
fn what_is_written_about_the_form_and_the_program_is_whole() {
    each_file_is_whole(nothing, &["schema", "doc", "-o", "guide.html"]);
    each_file_is_whole(nothing, &["schema", "show", "-o", "case.schema.json"]);
    each_file_is_whole(nothing, &["schema", "html-form", "-o", "form.html"]);
    each_file_is_whole(nothing, &["man", "-o", "man"]);
    each_file_is_whole(nothing, &["import", "answers.csv", "--draft-mapping", "-o", "map.yaml"]);
}
