//! What a report does with more cases than a chart can show a line each of.

use std::fs;

use roxmltree::{Document, Node};

use crate::support::{Casebook, case};

/// The web page of so many cases: each began in one of three years and compares one measure.
fn page_of(cases: usize) -> String {
    let casebook = Casebook::new(&[]);
    for number in 0..cases {
        let text = format!(
            "{}period: {{start: {}}}\nresults:\n  - {{measure: Days, value: {}, baseline: 9, unit: days}}\n",
            case(&format!("c{number}")),
            2001 + number % 3,
            number % 7,
        );
        casebook.write(&format!("cases/c{number}.yaml"), text);
    }
    let contents = "contents: [{section: timeline}, {section: evidence}, {section: cases}]\n";
    casebook.write("casebook.yaml", crate::support::MANIFEST.to_owned() + contents);
    let run = casebook.run(&["build", "--format", "html", "-o", "out"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    fs::read_to_string(casebook.path().join("out/report.html")).unwrap()
}

/// What stands between the heading of a section and the next of its level.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, after) = page.split_once(&format!("id=\"section__{name}\"")).unwrap();
    after.split_once("<h2").map_or(after, |(inside, _)| inside)
}

/// The drawings of a part of the page, by the words of their labels.
fn drawings(part: &str) -> Vec<Vec<String>> {
    let pieces = part.split("<svg").skip(1);
    let texts = pieces.map(|piece| {
        let svg = format!("<svg{}</svg>", piece.split_once("</svg>").unwrap().0);
        let document = Document::parse(&svg).unwrap();
        let labels = document.descendants().filter(|node| node.has_tag_name("text"));
        labels.filter_map(|node: Node<'_, '_>| node.text()).map(str::to_owned).collect()
    });
    texts.collect()
}

#[test]
fn few_cases_have_a_line_each() {
    let page = page_of(60);
    let timeline = drawings(section(&page, "timeline")).concat();
    assert!(timeline.iter().any(|label| label == "The case c59"), "{timeline:?}");
    let measures = drawings(section(&page, "evidence")).concat();
    assert_eq!(measures.iter().filter(|label| *label == "Days").count(), 60);
}

#[test]
fn many_cases_are_counted_by_the_years_in_which_they_began() {
    let page = page_of(61);
    let timeline = section(&page, "timeline");
    let labels = drawings(timeline).concat();
    for word in ["2001", "2002", "2003", "21", "20"] {
        assert!(labels.iter().any(|label| label == word), "{word} of {labels:?}");
    }
    assert!(!labels.iter().any(|label| label.starts_with("The case")), "{labels:?}");
    // Each count leads to the cases behind it.
    let list = page.split_once("id=\"cases__year__2001\"").unwrap().1;
    let list = list.split_once("</p>").unwrap().0;
    assert_eq!(list.matches("The case c").count(), 21);
    // Tables show the measures, what several cases measured and what is compared; as a picture they
    // would say nothing.
    let evidence = section(&page, "evidence");
    assert!(drawings(evidence).is_empty());
    assert_eq!(evidence.matches("<tr>").count(), 2 * 62);
}

/// A site of so many cases with twenty lessons each.
fn site_with_lessons(cases: usize) -> Casebook {
    let casebook = Casebook::new(&[]);
    for number in 0..cases {
        let lessons: String =
            (0..20).map(|lesson| format!("    - Lesson {number}-{lesson}.\n")).collect();
        let text = format!("{}lessons:\n  worked:\n{lessons}", case(&format!("c{number}")));
        casebook.write(&format!("cases/c{number}.yaml"), text);
    }
    let contents = "contents: [{section: lessons}, {section: cases}]\n";
    casebook.write("casebook.yaml", crate::support::MANIFEST.to_owned() + contents);
    let run = casebook.run(&["build", "--format", "site", "-o", "out"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    casebook
}

#[test]
fn what_is_too_long_for_a_page_of_the_site_goes_on_on_another() {
    let casebook = site_with_lessons(100);
    let page = |name: &str| {
        fs::read_to_string(casebook.path().join("out/site").join(name)).unwrap_or_default()
    };
    let (first, second) = (page("lessons.html"), page("lessons-2.html"));
    for number in 0..100 {
        for lesson in 0..20 {
            let text = format!("Lesson {number}-{lesson}.");
            let count = first.matches(&text).count() + second.matches(&text).count();
            assert_eq!(count, 1, "{text}");
        }
    }
    for (page, own, other) in
        [(&first, "lessons.html", "lessons-2.html"), (&second, "lessons-2.html", "lessons.html")]
    {
        assert!(page.contains(&format!("<a href=\"{own}\" aria-current=\"page\">")));
        assert!(page.contains(&format!("<a href=\"{other}\">")));
        assert!(
            page.contains("<h2 id=\"telestroke\">Telestroke"),
            "each page has the titles of its rows"
        );
    }
    assert!(first.contains("<title>Lessons across cases, page 1 of 2"), "{first:.600}");
    assert!(second.contains("<title>Lessons across cases, page 2 of 2"));
    assert!(page("lessons-3.html").is_empty());
    // What leads to the section leads to its first page.
    assert!(page("index.html").contains("href=\"lessons.html\""));
    assert!(!page("index.html").contains("lessons-2.html"));
}

#[test]
fn what_fits_on_a_page_of_the_site_has_no_other() {
    let casebook = site_with_lessons(70);
    let site = casebook.path().join("out/site");
    assert!(!site.join("lessons-2.html").exists());
    let page = fs::read_to_string(site.join("lessons.html")).unwrap();
    assert!(!page.contains("class=\"pages\"") && !page.contains("page 1 of"));
}
