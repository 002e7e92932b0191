//! The examples build without a remark.

use std::fs;

use crate::support::{casebook, repository};

#[test]
fn every_example_builds() {
    let mut built = 0;
    for entry in fs::read_dir(repository().join("examples")).unwrap() {
        let example = entry.unwrap().path();
        let out = tempfile::tempdir().unwrap();
        let run = casebook(&example, &["build", "--strict", "-o", out.path().to_str().unwrap()]);
        assert_eq!(run.status, Some(0), "{example:?}: {run:?}");
        assert!(run.stderr.contains(": 0 errors, 0 warnings"), "{example:?}: {run:?}");
        for output in ["report.pdf", "report.html", "site/index.html", "data/figures.csv"] {
            assert!(out.path().join(output).is_file(), "{example:?} has no {output}");
        }
        built += 1;
    }
    assert!(built > 0);
}
