//! What is left when `init` and `new` are killed at any moment: all of a file or none of it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::support::{Casebook, case, casebook, in_place, killed_on_the_way, same, tree};

#[test]
fn a_new_folder_is_there_with_all_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let args = |name: &'static str| ["init", name, "--title", "T"];
    assert_eq!(casebook(folder.path(), &args("whole")).status, Some(0));
    let (whole, all) = (begun.elapsed(), tree(&folder.path().join("whole")));
    let new = folder.path().join("new");
    let mut look = |_| {
        if new.exists() {
            same(&all, &tree(&new));
            std::fs::remove_dir_all(&new).unwrap();
        }
    };
    killed_on_the_way(folder.path(), &args("new"), &mut look, whole);
    // What the killed left behind, the next clears away.
    assert_eq!(casebook(folder.path(), &args("new")).status, Some(0));
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn in_a_folder_that_is_there_each_file_is_whole_and_the_next_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    assert_eq!(casebook(folder.path(), &["init", "whole", "--title", "T"]).status, Some(0));
    let (whole, all) = (begun.elapsed(), tree(&folder.path().join("whole")));
    let there = folder.path().join("there");
    let mine = PathBuf::from("mine.txt");
    let reset = || {
        std::fs::remove_dir_all(&there).ok();
        std::fs::create_dir(&there).unwrap();
        std::fs::write(there.join(&mine), "mine").unwrap();
    };
    reset();
    let args = ["init", "there", "--title", "T"];
    let mut look = |moment| {
        let mut found = in_place(&there);
        assert_eq!(found.remove(&mine).as_deref(), Some(&b"mine"[..]));
        for (path, bytes) in &found {
            assert!(all.get(path) == Some(bytes), "{path:?} is half there at {moment}");
        }
        // A casebook is one only when all of it is there.
        let is_casebook = found.contains_key(Path::new("casebook.yaml"));
        assert!(!is_casebook || found.len() == all.len(), "{:?}", found.keys());
        assert_eq!(casebook(folder.path(), &args).status, Some(0));
        let mut found = tree(&there);
        found.remove(&mine);
        same(&all, &found);
        reset();
    };
    killed_on_the_way(folder.path(), &args, &mut look, whole);
}

#[test]
fn a_case_is_there_in_full_or_not_at_all() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let begun = Instant::now();
    assert_eq!(casebook.run(&["new", "Whole"]).status, Some(0));
    let whole = begun.elapsed();
    let expected = std::fs::read_to_string(casebook.path().join("cases/whole.yaml")).unwrap();
    let expected = expected.replace("whole", "half").replace("Whole", "Half");
    let before = in_place(casebook.path());
    let half = casebook.path().join("cases/half.yaml");
    let mut look = |_| {
        if let Ok(text) = std::fs::read_to_string(&half) {
            assert_eq!(text, expected);
            std::fs::remove_file(&half).unwrap();
        }
        same(&before, &in_place(casebook.path()));
    };
    killed_on_the_way(casebook.path(), &["new", "Half"], &mut look, whole);
}
