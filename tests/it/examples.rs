//! The examples build without a remark.

use std::fs;

use crate::support::{Casebook, MANIFEST, case, casebook, repository, tree};

/// The block of the README that begins with some words.
fn block(readme: &str, fence: &str, beginning: &str) -> String {
    let fence = format!("```{fence}\n");
    let blocks = readme.split(&fence).skip(1);
    let mut blocks = blocks.map(|rest| rest.split_once("```").unwrap().0);
    blocks.find(|block| block.starts_with(beginning)).unwrap().to_owned()
}

#[test]
fn the_readme_shows_what_casebook_says() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&repository().join("examples/minimal")) {
        if path.starts_with("build") {
            continue;
        }
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let case = block(&readme, "yaml", "id: oulu-self-care");
    let file = folder.path().join("cases/oulu-self-care.yaml");
    fs::write(&file, &case).unwrap();
    assert_eq!(casebook(folder.path(), &["validate", "--strict"]).status, Some(0));
    let misspelt = case.replace("[patient-portal]", "[patient-portl]");
    fs::write(&file, format!("{misspelt}targetgroup: Citizens of Oulu.\n")).unwrap();
    let run = casebook(folder.path(), &["validate", "cases/oulu-self-care.yaml"]);
    assert_eq!(run.stderr, block(&readme, "text", "error[unknown-theme]"));
}

#[test]
fn the_readme_shows_a_chapter_that_builds() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let chapter = block(&readme, "markdown", "# Telestroke");
    let example = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let contents = "contents: [{chapter: chapters/telestroke.md}, {section: cases}]\n";
    example.write("casebook.yaml", format!("{MANIFEST}{contents}outputs: [html]\n"));
    example.write("chapters/telestroke.md", &chapter);
    let run = example.run(&["build", "--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let page = fs::read_to_string(example.path().join("build/report.html")).unwrap();
    assert_eq!(page.matches("<figcaption>").count(), 2);
    let cards = page.split_once("<ul class=\"cards\">").unwrap().1.split("</ul>").next().unwrap();
    assert!(cards.contains("The case a") && cards.contains("The case b"), "{cards}");
}

#[test]
fn the_readme_shows_a_mapping_that_makes_a_case() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let mapping = block(&readme, "yaml", "import: 1");
    let example = Casebook::new(&[]);
    // What the mapping leaves to others; its columns are those of the survey.
    let rest = "  Summary: summary\n  Outcome: outcome\n";
    example.write("map.yaml", mapping + rest);
    example.write(
        "answers.csv",
        "Response ID;Complete;Name of the service;Where?;Topics;Stage;Who runs it?;What worked?;\
         Users in 2024;Any other comments?;Summary;Outcome\n\
         7;Yes;Night line;Estonia;Telestroke;Trial;A;It is quiet.;1.240,5;;A line.;mixed\n",
    );
    let run = example.run(&["import", "answers.csv", "--mapping", "map.yaml"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let made = fs::read_to_string(example.path().join("cases/night-line.yaml")).unwrap();
    for line in ["regions: [EE]", "status: pilot", "    value: 1240.5", "    - It is quiet."] {
        assert!(made.lines().any(|found| found == line), "{line}: {made}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
    let (cargo, readme) = (read("Cargo.toml"), read("README.md"));
    let (_, section) = cargo.split_once("[dependencies]\n").unwrap();
    let names: Vec<&str> = section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .collect();
    assert!(names.len() > 10);
    for name in names {
        let row = readme.lines().find(|line| {
            line.starts_with("| ")
                && line.split('|').nth(1).unwrap().split(',').any(|n| n.trim() == name)
        });
        assert!(row.is_some_and(|row| row.split('|').nth(2).unwrap().len() > 10), "{name}");
    }
}

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
