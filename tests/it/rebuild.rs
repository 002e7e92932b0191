//! Building again with pages that were kept: every page is the one that a build of its own makes.

use std::collections::BTreeMap;

use casebook::app::{BuildOptions, KeptPages, build, rebuild};
use casebook::model::{Artifact, Output};

use crate::support::{MemoryFiles, sample};

fn options() -> BuildOptions {
    BuildOptions { outputs: vec![Output::Site], ..BuildOptions::default() }
}

/// The paths of the files that differ.
fn differing(some: &[Artifact], others: &[Artifact]) -> Vec<String> {
    let by_path = |made: &[Artifact]| -> BTreeMap<String, Vec<u8>> {
        made.iter().map(|made| (made.path.clone(), made.bytes.clone())).collect()
    };
    let (some, others) = (by_path(some), by_path(others));
    let all = some.keys().chain(others.keys().filter(|path| !some.contains_key(*path)));
    all.filter(|path| some.get(*path) != others.get(*path)).cloned().collect()
}

fn edit(files: &mut MemoryFiles, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files.0[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn a_kept_page_is_the_page_that_would_be_made() {
    let mut files = sample();
    let kept = KeptPages::default();
    let mut last = rebuild(&files, &options(), &kept).unwrap().artifacts;
    let case = "cases/xl-ens-landes.yaml";
    let mut step = |files: &MemoryFiles, what: &str| {
        let outcome = rebuild(files, &options(), &kept).unwrap();
        let fresh = build(files, &options()).unwrap().artifacts;
        assert!(!fresh.is_empty(), "{what}: {:?}", outcome.diagnostics);
        assert_eq!(differing(&outcome.artifacts, &fresh), [""; 0], "{what}");
        let changed = differing(&last, &outcome.artifacts);
        last = outcome.artifacts;
        changed
    };
    assert_eq!(step(&files, "nothing"), [""; 0]);
    // What stands on the page of a case alone changes that page and what counts every file.
    edit(&mut files, case, "results_summary: >-", "results_summary: >-\n  Another sentence.");
    let changed = step(&files, "a text");
    assert!(changed.contains(&"site/cases/xl-ens-landes.html".to_owned()), "{changed:?}");
    assert!(changed.len() < 8, "{changed:?}");
    // A title stands on many pages, a region in counts and links, a language in marks on words.
    edit(&mut files, case, "title: ", "title: Again, ");
    assert!(step(&files, "a title").len() > 3);
    edit(&mut files, case, "title: ", "language: de\ntitle: ");
    step(&files, "a language");
    edit(&mut files, "casebook.yaml", "title: ", "title: New ");
    assert!(step(&files, "the manifest").len() > 100);
    files.0.remove(case);
    assert!(step(&files, "one case less").contains(&"site/cases/xl-ens-landes.html".to_owned()));
}
