//! The charts of the templates: drawn for pages and for the web from one specification, whatever it
//! holds.

mod drawing;
mod palette;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::world::Gallery;

/// What of an SVG file a reader of the web page counts.
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    charts: usize,
    rects: usize,
    /// Rows, cells and names of columns: what has a tooltip of its own.
    titled: usize,
}

/// The page with the `<` in its attributes escaped, as XML wants it; HTML takes them for what they
/// are.
fn as_xml(html: &str) -> String {
    let (mut in_tag, mut in_value) = (false, false);
    let mut xml = String::new();
    for c in html.chars() {
        match c {
            '"' if in_tag => in_value = !in_value,
            '<' if in_value => {
                xml.push_str("&lt;");
                continue;
            }
            '<' => in_tag = true,
            '>' if !in_value => in_tag = false,
            _ => {}
        }
        xml.push(c);
    }
    xml
}

/// The pictures below each heading of the gallery.
fn charts_by_heading(html: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for section in html.split("<h3>").skip(1) {
        let (heading, rest) = section.split_once("</h3>").unwrap();
        let rest = rest.split("<h2").next().unwrap_or_default();
        let pictures = rest.split("<svg ").skip(1);
        let pictures = pictures.map(|rest| {
            let (inside, _) = rest.split_once("</svg>").unwrap();
            format!("<svg {inside}</svg>")
        });
        found.insert(heading.to_owned(), pictures.collect());
    }
    found
}

fn title_of<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name("title"))?.text()
}

fn counted(pictures: &[String]) -> Counted {
    let mut counted = Counted { charts: pictures.len(), rects: 0, titled: 0 };
    for picture in pictures {
        let document = Document::parse(picture).unwrap();
        let nodes = || document.descendants();
        counted.rects += nodes().filter(|node| node.has_tag_name("rect")).count();
        counted.titled +=
            nodes().filter(|node| node.has_tag_name("g") && title_of(*node).is_some()).count();
    }
    counted
}

#[track_caller]
fn check(all: &BTreeMap<String, Vec<String>>, heading: &str, expected: (usize, usize, usize)) {
    let (charts, rects, titled) = expected;
    assert_eq!(counted(&all[heading]), Counted { charts, rects, titled }, "{heading}");
}

#[test]
fn as_many_marks_are_drawn_as_there_are_values() {
    let html = as_xml(&Gallery::open().html());
    let all = charts_by_heading(&html);
    for kind in ["bars", "stacked", "heat", "timeline", "dumbbell", "matrix"] {
        check(&all, &format!("{kind} none-at-all"), (0, 0, 0));
    }
    let rows = 0..60_usize;

    check(&all, "bars one", (1, 1, 1));
    check(&all, "bars two", (1, 2, 2));
    check(&all, "bars names", (1, 6, 6));
    let nothing = rows.clone().filter(|row| (row * 37 + 5) % 23 == 0).count();
    assert!(nothing > 0);
    check(&all, "bars sixty", (1, 60 - nothing, 60));
    check(&all, "bars zero", (1, 0, 3));
    check(&all, "bars huge", (1, 3, 4));

    // Five of the squares are the legend's.
    check(&all, "stacked one", (1, 5 + 2, 1));
    let segments = |row: usize| {
        (0..5).filter(|series| !(row * 7 + series * 3_usize).is_multiple_of(6)).count()
    };
    check(&all, "stacked sixty", (1, 5 + rows.clone().map(segments).sum::<usize>(), 60));
    check(&all, "stacked zero", (1, 5, 2));
    check(&all, "stacked huge", (1, 5 + 5 + 1, 2));

    let counts = |row: usize, columns: usize| {
        (0..columns).filter(|column| (row * 5 + column * 3) % 11 > 4).count()
    };
    check(&all, "heat one", (1, counts(0, 6), 6 + 1 + 6));
    let filled = rows.clone().map(|row| counts(row, 6)).sum();
    check(&all, "heat sixty", (1, filled, 6 + 60 + 360));
    check(&all, "heat no-column", (0, 0, 0));
    check(&all, "heat zero", (1, 0, 2 + 1 + 2));

    // Of the two rows one has ended; the legend shows both outcomes and what an end looks like.
    check(&all, "timeline two", (1, 1 + 2 + 1, 2));
    let ended = rows.clone().filter(|row| row % 3 != 1).count();
    check(&all, "timeline sixty", (1, ended + 6 + 1, 60));
    check(&all, "dumbbell sixty", (1, 0, 60));

    let known = |row: usize, columns: usize| {
        (0..columns).filter(|column| (row * 7 + column * 5) % 6 < 5).count()
    };
    let marks: usize = rows.map(|row| known(row, 8)).sum();
    check(&all, "matrix sixty", (1, 0, 8 + 60 + marks));
    check(&all, "matrix no-state", (1, 0, 1 + 1));
    let wide = counted(&all["matrix sixty-columns"]);
    let marks: usize = (0..6).map(|row| known(row, 60)).sum();
    assert!(wide.charts > 1, "sixty columns have no room beside each other");
    assert_eq!(wide.titled, 60 + 6 * wide.charts + marks);
}

#[test]
fn an_axis_that_is_not_seen_at_once_has_its_numbers_at_both_ends() {
    let html = as_xml(&Gallery::open().html());
    let all = charts_by_heading(&html);
    for (heading, ends) in
        [("timeline two", 1), ("timeline sixty", 2), ("dumbbell sixty", 2), ("bars sixty", 0)]
    {
        let document = Document::parse(&all[heading][0]).unwrap();
        let top = |node: &Node| node.attribute("y").unwrap().parse::<f64>().unwrap();
        // The numbers of an axis belong to no row, and stand in the middle of their lines.
        let mut heights: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for text in document.descendants().filter(|node| node.has_tag_name("text")) {
            let in_row = text.ancestors().any(|node| title_of(node).is_some());
            if !in_row && text.attribute("class") == Some("fill-muted") {
                heights.entry(text.text().unwrap()).or_default().push(top(&text));
            }
        }
        let rows = document.descendants().filter(|node| title_of(*node).is_some());
        let labels: Vec<f64> = rows
            .flat_map(|row| row.descendants().filter(|node| node.has_tag_name("text")))
            .map(|text| top(&text))
            .collect();
        let highest = labels.iter().copied().fold(f64::INFINITY, f64::min);
        let lowest = labels.iter().copied().fold(0.0, f64::max);
        assert!(heights.len() > 1 || ends == 0, "{heading}: {heights:?}");
        for (number, heights) in heights {
            assert_eq!(heights.len(), ends, "{heading}: {number}");
            assert!(heights.iter().any(|y| *y > lowest), "{heading}: {number} is not below");
            assert!(ends < 2 || heights.iter().any(|y| *y < highest), "{heading}: {number}");
        }
    }
}

#[test]
fn svg_is_text_and_shapes_with_names_of_colours() {
    let html = as_xml(&Gallery::open().html());
    assert!(!html.contains("<script"), "words of a label became markup");
    let css = include_str!("../../../templates/report.css");
    let mut words = BTreeSet::new();
    for (heading, picture) in charts_by_heading(&html)
        .iter()
        .flat_map(|(heading, all)| all.iter().map(move |p| (heading, p)))
    {
        let document = Document::parse(picture).unwrap();
        let root = document.root_element();
        assert!(!root.attribute("aria-label").unwrap().is_empty(), "{heading}");
        let links = root.descendants().any(|node| node.has_tag_name("a"));
        assert_eq!(root.attribute("role"), Some(if links { "group" } else { "img" }), "{heading}");
        for node in root.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            let drawn = ["svg", "g", "a", "title", "text", "rect", "path", "circle"];
            assert!(drawn.contains(&tag), "{heading}: <{tag}>");
            assert_eq!(node.attribute("style"), None, "{heading}");
            for class in node.attribute("class").unwrap_or_default().split_whitespace() {
                assert!(
                    css.contains(&format!(".{class} {{")) || class == "chart",
                    "no rule for {class}"
                );
            }
            // A mark without words of its own is told by a tooltip; a legend has its words beside it.
            let in_a_row = node.ancestors().any(|outer| title_of(outer).is_some());
            assert!(tag != "rect" || in_a_row || heading.starts_with(['s', 't']), "{heading}");
            if tag == "text" {
                words.insert(node.text().unwrap().to_owned());
            }
            if let Some(title) = title_of(node) {
                words.insert(title.to_owned());
            }
        }
    }
    for shown in [
        "Telestroke",
        "1,000,000",
        "S 1,000,000 · M 1 · N 1 · F 1 · T 1",
        "</title></svg><script>alert(1)</script> & \"quotes\": 6",
        "Home care: 51.5%, compared with 57%",
    ] {
        assert!(words.contains(shown), "{shown} is not shown");
    }
    assert!(words.iter().any(|word| word.ends_with('…')), "a long label is cut");
}

#[test]
fn the_data_stand_behind_a_chart_as_a_table() {
    let html = Gallery::open().html();
    let (_, section) = html.split_once("With a table</h2>").unwrap();
    let (chart, behind) = section.split_once("<details><summary>").unwrap();
    assert!(chart.contains("<svg "));
    let (_, table) = behind.split_once("</summary>").unwrap();
    assert!(table.starts_with("<table>"), "{table}");
    assert!(table.contains("<td>Home care</td>"));
}

#[test]
fn no_words_stand_outside_of_a_picture_or_a_page() {
    let gallery = Gallery::open();
    for (heading, pictures) in charts_by_heading(&as_xml(&gallery.html())) {
        for picture in pictures {
            drawing::assert_words_inside(&heading, &picture, &gallery);
        }
    }
    drawing::assert_words_on_pages(&gallery.paged());
}

/// The alternative texts are in it too: PDF/UA-1 refuses a picture without one.
#[test]
fn pages_are_accessible() {
    let options = PdfOptions {
        ident: Smart::Custom("charts".to_owned()),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).unwrap(),
        tagged: true,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&Gallery::open().paged(), &options).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}
