//! The sample report: every case is in every output, in order, without a remark of Typst's.

use casebook::aggregate::{Corpus, Dimensions, Figures};
use casebook::app::{BuildOptions, Status, build};
use casebook::model::{Output, Report};
use serde_json::Value;

use crate::support::sample;

/// The text of a page as a reader sees it: tags gone, references undone, blanks folded.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.split_once("<body").unwrap().1.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_case_is_in_every_output() {
    let outcome = build(&sample(), &BuildOptions::default()).unwrap();
    assert_eq!(outcome.status, Status::Clean);
    // A remark of Typst's means that something was lost on the way, in HTML above all.
    assert_eq!(outcome.diagnostics, []);
    let artifact = |path: &str| {
        let found = outcome.artifacts.iter().find(|artifact| artifact.path == path);
        found.unwrap_or_else(|| panic!("{path} is missing")).bytes.clone()
    };
    let text = |path: &str| String::from_utf8(artifact(path)).unwrap();
    let report = visible(&text("report.html"));
    let index = visible(&text("site/cases/index.html"));
    let cases: Value = serde_json::from_str(&text("data/cases.json")).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    assert!(cases.len() >= 29);
    for case in cases {
        let word = |key: &str| case[key].as_str().unwrap();
        let page = visible(&text(&format!("site/cases/{}.html", word("id"))));
        let summary = word("summary").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(report.contains(&summary), "{} in report.html", word("id"));
        assert!(page.contains(&summary), "{} on its page", word("id"));
        assert!(index.contains(word("title")), "{} in the list of cases", word("id"));
        for source in case["sources"].as_object().unwrap().values() {
            let title = source["title"].as_str().unwrap();
            assert!(page.contains(title), "source {title} of {}", word("id"));
        }
    }
    assert!(report.contains("This is a sample report, compiled for casebook from public sources."));
    // Two cases, one of EE and one of EE0, which is the same land.
    assert!(text("report.html").contains("<title>Estonia: 2 cases (Mixed)</title>"));
    assert!(artifact("report.pdf").starts_with(b"%PDF-1.7"));
}

#[test]
fn contents_follow_the_manifest() {
    let mut files = sample();
    let manifest = String::from_utf8(files.0["casebook.yaml"].clone()).unwrap();
    let (before, _) = manifest.split_once("\ncontents:").unwrap();
    let contents = "\ncontents:\n  - section: sources\n  - section: cases\n    by: region\n  \
                    - chapter: chapters/about.md\n";
    files.0.insert("casebook.yaml".to_owned(), format!("{before}{contents}").into_bytes());
    let options = BuildOptions { outputs: vec![Output::Html], ..BuildOptions::default() };
    let outcome = build(&files, &options).unwrap();
    assert_eq!(outcome.diagnostics, []);
    let html = String::from_utf8(outcome.artifacts[0].bytes.clone()).unwrap();
    let titles: Vec<&str> = html
        .split("<h2")
        .skip(1)
        .map(|rest| rest.split_once('>').unwrap().1.split_once("</h2>").unwrap().0)
        .collect();
    assert_eq!(
        titles,
        ["About this edition", "Contents", "Sources", "Case studies", "About this report"]
    );
    let groups: Vec<&str> = html
        .split_once("Case studies</h2>")
        .unwrap()
        .1
        .split("<h3")
        .skip(1)
        .map(|rest| rest.split_once('>').unwrap().1.split_once("</h3>").unwrap().0)
        .collect();
    // Those who listen come by the results of the finder first.
    assert_eq!(groups[..4], ["Results", "Austria", "Belgium", "Czechia"]);
    assert!(!html.contains("Lessons across cases"));
}

#[test]
fn what_the_archive_standards_refuse_points_into_the_submission() {
    let mut files = sample();
    let case = "id: x\ntitle: X\nsummary: A text.\nregions: [SE]\nthemes: [emergency]\n\
                status: pilot\noutcome: mixed\nproblem: |\n  Plain.\n\n  Then 漢字 here.\n\
                review: {state: accepted}\n";
    files.0.insert("cases/x.yaml".to_owned(), case.into());
    let options = BuildOptions { outputs: vec![Output::Pdf], ..BuildOptions::default() };
    let outcome = build(&files, &options).unwrap();
    assert_eq!(outcome.status, Status::Faulty);
    assert!(outcome.artifacts.is_empty());
    let first = &outcome.diagnostics[0];
    assert_eq!(first.code.as_str(), "missing-glyph");
    let label = first.primary.as_ref().unwrap().location;
    let file = outcome.sources.get(label.source);
    assert_eq!((file.path(), file.position(label.span.start).line), ("cases/x.yaml", 11));
}

#[test]
fn figures_of_nothing_are_zero() {
    let manifest = "casebook: 1\ntitle: T\nthemes: {a: {title: A}}\n";
    let mut sink = Vec::new();
    let mut sources = casebook::source::SourceMap::default();
    let source = sources.add("casebook.yaml", manifest);
    let limits = casebook::load::Limits::default();
    let tree = casebook::load::parse(source, manifest, limits, &mut sink).unwrap();
    let report = Report {
        manifest: casebook::load::from_node(&tree).unwrap(),
        manifest_source: source,
        library: Default::default(),
        chapters: Default::default(),
        cases: Vec::new(),
        regions: Default::default(),
        assets: Default::default(),
        fonts: Default::default(),
        part: None,
        draft: None,
        earlier: None,
        templates: Default::default(),
    };
    let corpus = Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    let figures = Figures::of(&corpus, &report.manifest);
    assert_eq!((figures.cases, figures.country_theme.total.len()), (0, 0));
    assert_eq!(figures.country_theme.column_totals, [[0_usize; 0]]);
}
