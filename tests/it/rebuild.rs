//! Building again with pages that were kept: every page is the one that a build of its own makes.

use std::collections::BTreeMap;

use std::sync::Mutex;

use casebook::app::{Awaiting, BuildOptions, KeptPages, build, rebuild};
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

/// Somebody who waits for the page of a case.
#[derive(Default)]
struct Reader(Mutex<Vec<Artifact>>);

const CASE: &str = "cases/xl-ens-landes.yaml";
const PAGE: &str = "site/cases/xl-ens-landes.html";

impl Awaiting for Reader {
    fn page(&self) -> Option<String> {
        Some(PAGE.to_owned())
    }

    fn show(&self, page: Artifact) {
        self.0.lock().unwrap().push(page);
    }
}

#[test]
fn a_kept_page_is_the_page_that_would_be_made() {
    let mut files = sample();
    let kept = KeptPages::default();
    let mut last = rebuild(&files, &options(), &kept, None).unwrap().artifacts;
    let mut step = |files: &MemoryFiles, what: &str| {
        let reader = Reader::default();
        let outcome = rebuild(files, &options(), &kept, Some(&reader)).unwrap();
        let fresh = build(files, &options()).unwrap().artifacts;
        assert!(!fresh.is_empty(), "{what}: {:?}", outcome.diagnostics);
        assert_eq!(differing(&outcome.artifacts, &fresh), [""; 0], "{what}");
        let changed = differing(&last, &outcome.artifacts);
        // Who waits for a page that changed gets it first, and no other than it is in the end.
        let shown = reader.0.into_inner().unwrap();
        let awaited = outcome.artifacts.iter().filter(|made| made.path == PAGE);
        let awaited: Vec<&Artifact> =
            awaited.filter(|_| changed.contains(&PAGE.to_owned())).collect();
        assert_eq!(shown.iter().collect::<Vec<_>>(), awaited, "{what}");
        last = outcome.artifacts;
        changed
    };
    assert_eq!(step(&files, "nothing"), [""; 0]);
    // What stands on the page of a case alone changes that page and what counts every file.
    edit(&mut files, CASE, "results_summary: >-", "results_summary: >-\n  Another sentence.");
    let changed = step(&files, "a text");
    assert!(changed.contains(&PAGE.to_owned()), "{changed:?}");
    assert!(changed.len() < 8, "{changed:?}");
    // A title stands on many pages, a region in counts and links, a language in marks on words.
    edit(&mut files, CASE, "title: ", "title: Again, ");
    assert!(step(&files, "a title").len() > 3);
    edit(&mut files, CASE, "title: ", "language: de\ntitle: ");
    step(&files, "a language");
    edit(&mut files, "casebook.yaml", "title: ", "title: New ");
    assert!(step(&files, "the manifest").len() > 100);
    files.0.remove(CASE);
    assert!(step(&files, "one case less").contains(&PAGE.to_owned()));
}
