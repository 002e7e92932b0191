//! The look that a group sets: it is seen on the pages and on the web, and what cannot be read is told.

use std::collections::BTreeMap;

use casebook::aggregate::{Corpus, Dimensions, Figures};
use casebook::load::{Limits, from_node, parse};
use casebook::model::{Asset, Case, Manifest, Report};
use casebook::source::SourceMap;
use casebook::typeset::Typesetter;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::visualize::{ImageKind, Paint};
use typst_layout::PagedDocument;

use crate::support::{Casebook, MANIFEST, case};

/// The smallest picture: one dot.
const PNG: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc8!'\x07\x00\x02\xb6\x01\x054\
    \xa6u\xaa\x00\x00\x00\x00IEND\xaeB`\x82";

/// A case with a story of a few parts, each begun by a word of its own.
fn story() -> String {
    let filler = "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(8);
    let part = |name: &str, word: &str| format!("{name}: {word} {filler}\n");
    [case("a"), part("problem", "Onset"), part("solution", "Middle"), part("evaluation", "Finish")]
        .concat()
}

/// The pages of one case under a manifest with a style.
fn pages(style: &str) -> PagedDocument {
    pages_of(style, &[&story()])
}

/// The pages of cases under a manifest with more.
pub(crate) fn pages_of(manifest: &str, cases: &[&str]) -> PagedDocument {
    let mut sources = SourceMap::default();
    let limits = Limits::default();
    let manifest_text = format!("{MANIFEST}{manifest}");
    let manifest_source = sources.add("casebook.yaml", &manifest_text);
    let tree = parse(manifest_source, &manifest_text, limits, &mut Vec::new()).unwrap();
    let manifest: Manifest = from_node(&tree).unwrap();
    let read = cases.iter().map(|text| {
        let source = sources.add("cases/a.yaml", *text);
        let read: Case = from_node(&parse(source, text, limits, &mut Vec::new()).unwrap()).unwrap();
        Case { source: Some(source), ..read }
    });
    let cases = read.collect();
    let picture =
        |path: &str| (path.to_owned(), Asset { path: path.to_owned(), bytes: PNG.to_vec() });
    let report = Report {
        manifest,
        manifest_source,
        chapters: BTreeMap::new(),
        cases,
        regions: Default::default(),
        assets: [picture("logo.png"), picture("cover.png")].into(),
        fonts: BTreeMap::new(),
        library: Default::default(),
        part: None,
        draft: None,
        earlier: None,
        templates: Default::default(),
    };
    let corpus = Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    let figures = Figures::of(&corpus, &report.manifest);
    let mut remarks = Vec::new();
    let pages =
        Typesetter::new(&report, &figures, &sources, &[], None).paged(&mut remarks).unwrap();
    assert_eq!(remarks, []);
    pages
}

/// A run of letters on a page.
struct Run {
    text: String,
    left: Abs,
    color: String,
    family: String,
}

fn collect(frame: &Frame, at: Point, runs: &mut Vec<Run>, pictures: &mut usize) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, at + *place, runs, pictures),
            FrameItem::Text(text) => {
                let Paint::Solid(color) = &text.fill else { panic!("a gradient") };
                runs.push(Run {
                    text: text.text.to_string(),
                    left: (at + *place).x,
                    color: color.to_hex().to_string(),
                    family: text.font.info().family.as_str().to_owned(),
                });
            }
            // A map is a drawing.
            FrameItem::Image(image, ..) if matches!(image.kind(), ImageKind::Raster(_)) => {
                *pictures += 1;
            }
            _ => {}
        }
    }
}

/// The runs of letters and the number of pictures of a document.
fn content(document: &PagedDocument) -> (Vec<Run>, usize) {
    let (mut runs, mut pictures) = (Vec::new(), 0);
    for page in document.pages() {
        collect(&page.frame, Point::zero(), &mut runs, &mut pictures);
    }
    (runs, pictures)
}

#[track_caller]
fn run<'r>(runs: &'r [Run], start: &str) -> &'r Run {
    runs.iter().find(|run| run.text.starts_with(start)).unwrap_or_else(|| panic!("no {start}"))
}

#[test]
fn headings_have_the_accent() {
    let color = |style| run(&content(&pages(style)).0, "Contents").color.clone();
    assert_eq!(color(""), "#0b5563");
    assert_eq!(color("style: {accent: \"#8A1538\"}\n"), "#8a1538");
}

#[test]
fn text_and_headings_have_the_families_that_are_asked_for() {
    let families = |style| {
        let (runs, _) = content(&pages(style));
        ["Onset", "Contents"].map(|word| run(&runs, word).family.clone())
    };
    assert_eq!(families(""), ["Libertinus Serif", "Noto Sans"]);
    let style = "style: {fonts: {text: Noto Sans, headings: New Computer Modern}}\n";
    assert_eq!(families(style), ["Noto Sans", "New Computer Modern"]);
}

#[test]
fn a_font_that_is_not_there_is_told_and_one_of_the_casebook_is_used() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("fonts/own.otf", typst_kit::fonts::embedded().next().unwrap().0.data());
    casebook.write("fonts/none.ttf", "no font");
    let check = |fonts: &str, wanted: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}style:\n  fonts:\n    {fonts}\n"));
        let run = casebook.run(&["validate", "--message-format", "short"]);
        assert!(run.stdout.starts_with(wanted), "{wanted}: {run:?}");
        run.status
    };
    let missing = "error[font-missing]: there is no";
    assert_eq!(check("text: Noto Sens", &format!("casebook.yaml:7:11: {missing} font")), Some(1));
    assert_eq!(check("files: [a.ttf]", &format!("casebook.yaml:7:13: {missing} file")), Some(1));
    let empty = "casebook.yaml:7:13: error[font-missing]: `fonts/none.ttf` holds no font";
    assert_eq!(check("files: [fonts/none.ttf]", empty), Some(1));
    let outside = "casebook.yaml:7:13: error[path-outside]";
    assert_eq!(check("files: [../own.otf]", outside), Some(1));
    assert_eq!(check("files: [fonts/own.otf]", ""), Some(0));
    assert_eq!(casebook.run(&["build", "--format", "pdf"]).status, Some(0));
}

#[test]
fn paper_has_the_size_that_is_asked_for() {
    for (style, width, height) in
        [("", 210.0, 297.0), ("style: {paper: us-letter}\n", 215.9, 279.4)]
    {
        for page in pages(style).pages() {
            let size = page.frame.size();
            assert!((size.x.to_mm() - width).abs() < 0.1, "{style}: {size:?}");
            assert!((size.y.to_mm() - height).abs() < 0.1, "{style}: {size:?}");
        }
    }
}

/// In one column all parts begin at one place; in two, the last stands in the right half.
#[test]
fn the_story_stands_in_one_or_two_columns() {
    let places = |style| {
        let (runs, _) = content(&pages(style));
        ["Onset", "Finish"].map(|word| run(&runs, word).left.to_mm())
    };
    let [first, last] = places("");
    assert!((first - last).abs() < 0.1 && first > 60.0, "{first} and {last}");
    let [first, last] = places("style: {case_columns: 2}\n");
    assert!(first < 30.0 && last > 105.0, "{first} and {last}");
}

#[test]
fn the_cover_has_the_logo_and_the_picture_and_the_imprint_its_credit() {
    assert_eq!(content(&pages("")).1, 0);
    let style = "style:\n  logo: {file: logo.png, alt: A mark}\n  \
                 cover: {file: cover.png, alt: A hill, credit: Ada Example}\n";
    let document = pages(style);
    let mut pictures = 0;
    collect(&document.pages()[0].frame, Point::zero(), &mut Vec::new(), &mut pictures);
    assert_eq!(pictures, 2, "on the first page");
    let (runs, pictures) = content(&document);
    assert_eq!(pictures, 2);
    run(&runs, "Ada Example");
}

#[test]
fn the_web_has_the_accent_and_its_shades_by_day_and_by_night() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}style: {{accent: \"#8a1538\"}}\n"));
    let built = casebook.run(&["build", "--format", "html,site"]);
    assert_eq!(built.status, Some(0), "{built:?}");
    let read =
        |path: &str| std::fs::read_to_string(casebook.path().join("build").join(path)).unwrap();
    for text in [read("report.html"), read("site/assets/style.css")] {
        assert!(text.contains(":root { --accent: #8a1538; --tint: "), "by day");
        assert!(text.contains("--band: #8a1538;"), "the band of the cover");
        assert_eq!(
            text.matches("prefers-color-scheme: dark").count(),
            2,
            "the built-in night, and its own"
        );
    }
}

#[test]
fn a_color_that_cannot_be_read_is_told_with_one_that_can() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let check = |accent: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}style:\n  accent: \"{accent}\"\n"));
        casebook.run(&["validate", "--message-format", "short"])
    };
    let refused = check("#ffcc00");
    assert_eq!(refused.status, Some(2), "{refused:?}");
    assert!(refused.stdout.starts_with("casebook.yaml:6:11: error[color-contrast]"), "{refused:?}");
    let (_, rest) = refused.stdout.split_once("take a darker colour: `").expect("one that can");
    let (offered, _) = rest.split_once('`').unwrap();
    assert_eq!(check(offered).status, Some(0), "{offered}");
    assert_eq!(check("teal").status, Some(2));
}

#[test]
fn a_picture_of_the_style_needs_an_alternative_and_a_file() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("logo.png", PNG);
    let check = |logo: &str, code: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}style:\n  logo: {{{logo}}}\n"));
        let run = casebook.run(&["validate", "--message-format", "short"]);
        assert!(run.stdout.starts_with(&format!("casebook.yaml:6:16: error[{code}]")), "{run:?}");
    };
    check("file: logo.png", "alt-missing");
    check("file: gone.png, alt: A mark", "image-missing");
    check("file: ../logo.png, alt: A mark", "path-outside");
}
