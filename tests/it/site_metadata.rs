//! What the pages of the site tell software: heads, structured data, and the files beside the pages.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::{Casebook, MANIFEST, case, tree};

/// Where a site is put in these tests.
const SITE: &str = "site: {url: https://example.org/report}\n";

/// Words that would end the element, the property or the line that they stand in.
const HOSTILE: &str = r#""</script><script>alert(1)</script><!-- \r\nEND:VEVENT; a, b""#;

/// The texts of a built site by their paths from its folder.
fn site(casebook: &Casebook, arguments: &[&str]) -> BTreeMap<String, String> {
    let run = casebook.run(&[&["build", "--format", "site"], arguments].concat());
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    let files = tree(&casebook.path().join("build/site")).into_iter();
    let texts = files.filter_map(|(path, bytes)| {
        Some((path.to_str()?.replace('\\', "/"), String::from_utf8(bytes).ok()?))
    });
    texts.collect()
}

/// The pages among the files of a site.
fn pages(site: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, text)| (path.as_str(), text.as_str()))
}

/// A page without the values of attributes, in which `<` is a letter like any other.
fn without_attributes(page: &str) -> String {
    let mut pieces = page.split("=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once('"').map_or("", |(_, rest)| rest));
    first + &rest.collect::<String>()
}

/// What a page says of itself, by the kinds of things.
fn described(page: &str) -> BTreeMap<String, Value> {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (text, _) = rest.split_once("</script>").unwrap();
    let mut data: Value = serde_json::from_str(text).unwrap();
    let Value::Array(graph) = data["@graph"].take() else { panic!("{text}") };
    graph.into_iter().map(|thing| (thing["@type"].as_str().unwrap().to_owned(), thing)).collect()
}

#[test]
fn every_page_lets_nothing_in_but_its_own() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let policy = "<head>\n    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src \
                  'none'; ";
    let site = site(&casebook, &["--format", "html"]);
    let report = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    for (path, text) in pages(&site).chain([("report.html", report.as_str())]) {
        assert!(text.contains(policy), "{path} has no policy, or not first");
        assert!(!text.contains("unsafe"), "{path} lets too much in");
        assert!(!text.contains(" style=\""), "{path} has a look that its policy forbids");
    }
}

#[test]
fn no_text_leaves_its_place() {
    let title = case("a").replace("The case a", HOSTILE);
    let casebook = Casebook::new(&[("a", &title)]);
    let activities = format!(
        "activities:\n  - {{title: {HOSTILE}, type: meeting, date: 2007-05-10, place: {HOSTILE}}}\n"
    );
    casebook.write("casebook.yaml", format!("{MANIFEST}{SITE}{activities}"));
    let site = site(&casebook, &[]);
    for (path, text) in pages(&site) {
        let text = without_attributes(text);
        // The page of all cases has its script and the words of it.
        let scripts = if path == "cases/index.html" { 3 } else { 1 };
        assert!(text.matches("<script").count() <= scripts, "{path}");
        assert!(!text.contains("<script>alert"), "{path}");
        assert_eq!(text.matches("<!--").count(), 0, "{path}");
    }
    let article = &described(&site["cases/a.html"])["Article"];
    assert!(article["headline"].as_str().unwrap().starts_with("</script><script>alert(1)"));
    let feed = roxmltree::Document::parse(&site["feed.xml"]).unwrap();
    assert!(!feed.descendants().any(|node| node.has_tag_name("script")));
    let calendar = &site["calendar.ics"];
    let ends = calendar.split("\r\n").filter(|line| *line == "END:VEVENT").count();
    assert_eq!(ends, 1, "{calendar}");
}

#[test]
fn nothing_private_is_told() {
    let private = "contact: {name: Nomen Nescio, email: nn@example.org}\n\
        consent: {given: true, by: Consenting Person}\n\
        review: {state: accepted, reviewer: Reviewing Person, notes: Internal remark}\n";
    let casebook = Casebook::new(&[("a", &format!("{}{private}", case("a")))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}{SITE}"));
    for (path, text) in site(&casebook, &["--format", "data"]) {
        for word in ["Nescio", "nn@example", "Consenting", "Reviewing", "Internal"] {
            assert!(!text.contains(word), "{path} tells {word}");
        }
    }
}

#[test]
fn a_case_is_an_article_of_the_report() {
    let more = "period: {start: 2004-06, end: 2007}\nlicence: CC0-1.0\n\
        organisations: [{name: A Clinic, role: lead}]\n\
        sources: {S1: {title: A paper, doi: 10.1000/1, year: 2008}}\n";
    let casebook = Casebook::new(&[("a", &format!("{}{more}", case("a")))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}{SITE}"));
    let site = site(&casebook, &[]);
    let page = described(&site["cases/a.html"]);
    let article = &page["Article"];
    assert_eq!(article["headline"], "The case a");
    assert_eq!(article["abstract"], "A short text.");
    assert_eq!(article["url"], "https://example.org/report/cases/a.html");
    assert_eq!(article["about"][0]["name"], "Telestroke");
    assert_eq!(article["temporalCoverage"], "2004-06/2007");
    assert_eq!(article["license"], "https://creativecommons.org/publicdomain/zero/1.0/");
    assert_eq!(article["mentions"][0]["name"], "A Clinic");
    assert_eq!(article["citation"][0]["sameAs"], "https://doi.org/10.1000/1");
    assert_eq!(article["isPartOf"]["name"], "Test");
    let steps = page["BreadcrumbList"]["itemListElement"].as_array().unwrap();
    let steps: Vec<(&Value, &Value)> =
        steps.iter().map(|step| (&step["name"], &step["item"])).collect();
    assert_eq!(steps[0].1, "https://example.org/report/");
    assert_eq!(steps[1].1, "https://example.org/report/cases/index.html");
    assert_eq!(steps[2], (&Value::from("The case a"), &Value::Null));
    let report = &described(&site["index.html"])["Report"];
    assert_eq!(report["datePublished"], "2026-01-02");
    assert_eq!(report["@id"], article["isPartOf"]["@id"]);
}

#[test]
fn addresses_are_told_of_the_whole_and_final_report_alone() {
    let casebook = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let told = |site: &BTreeMap<String, String>| {
        let home = &site["index.html"];
        [
            site.contains_key("sitemap.xml"),
            site.contains_key("feed.xml"),
            home.contains("canonical"),
        ]
    };
    assert_eq!(told(&site(&casebook, &[])), [false; 3], "no address is known");
    casebook.write("casebook.yaml", format!("{MANIFEST}{SITE}"));
    let whole = site(&casebook, &[]);
    assert_eq!(told(&whole), [true; 3]);
    assert_eq!(told(&site(&casebook, &["--where", "region=SE"])), [false; 3], "a part");
    let draft = site(&casebook, &["--draft"]);
    assert_eq!(told(&draft), [false; 3]);
    assert!(pages(&draft).all(|(_, text)| text.contains("content=\"noindex\"")));
    assert!(pages(&whole).all(|(_, text)| !text.contains("noindex")));

    let texts = |file: &str, name: &str| {
        let document = roxmltree::Document::parse(&whole[file]).unwrap();
        let found = document.descendants().filter(|node| node.tag_name().name() == name);
        found.filter_map(|node| node.text().map(str::to_owned)).collect::<Vec<_>>()
    };
    let address = |path: &str| format!("https://example.org/report/{path}");
    let mut expected: Vec<String> =
        pages(&whole).map(|(path, _)| address(path.trim_start_matches("index.html"))).collect();
    expected.sort();
    let mut listed = texts("sitemap.xml", "loc");
    listed.sort();
    assert_eq!(listed, expected);
    let ids = ["", "cases/a.html", "cases/b.html"].map(address);
    assert_eq!(texts("feed.xml", "id"), ids);
    for (path, text) in pages(&whole) {
        let own = address(path.trim_start_matches("index.html"));
        assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")), "{path}");
    }
}

#[test]
fn the_calendar_holds_what_has_a_day() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let with = |activities: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}activities:\n{activities}"));
        site(&casebook, &[])
    };
    let vague = "  - {title: Some time, type: meeting, date: 2007-02}\n";
    let without = with(vague);
    assert!(!without.contains_key("calendar.ics"));
    assert!(!without["activities.html"].contains("calendar.ics"));
    let twice = "  - {title: Same, type: seminar, date: 2007-12-31}\n".repeat(2);
    let site = with(&format!("{vague}{twice}"));
    let lines: Vec<&str> = site["calendar.ics"].lines().collect();
    let all = |start: &str| lines.iter().filter(|line| line.starts_with(start)).collect::<Vec<_>>();
    assert_eq!(all("DTSTART"), [&"DTSTART;VALUE=DATE:20071231"; 2]);
    assert_eq!(all("DTEND"), [&"DTEND;VALUE=DATE:20080101"; 2]);
    // The date is the edition's, and no clock's.
    assert_eq!(all("DTSTAMP"), [&"DTSTAMP:20260102T000000Z"; 2]);
    let ids = all("UID");
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    assert!(site["activities.html"].contains("href=\"calendar.ics\""));
}

#[test]
fn a_site_has_what_its_pages_lead_to() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let alone = site(&casebook, &[]);
    for (path, text) in pages(&alone) {
        assert!(!text.contains("report.pdf") && !text.contains("data/cases"), "{path}");
        assert!(!text.contains("in-pdf") && !text.contains("class=\"files\""), "{path}");
    }
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let built = tree(&casebook.path().join("build"));
    let at = |path: &str| built.get(std::path::Path::new(path)).unwrap();
    let about = String::from_utf8(at("site/about.html").clone()).unwrap();
    for path in ["report.pdf", "data/cases.csv", "data/datapackage.json"] {
        assert!(about.contains(&format!("href=\"{path}\"")), "{path}");
        assert_eq!(at(path), at(&format!("site/{path}")), "{path}");
    }
    let data = &described(&about)["Dataset"]["distribution"];
    assert_eq!(data[0]["contentUrl"], "data/cases.csv");
    let page = String::from_utf8(at("site/cases/a.html").clone()).unwrap();
    assert!(page.contains("<a href=\"../report.pdf#page="), "{page}");
}

#[test]
fn a_text_that_looks_like_an_open_address_stays_text() {
    let text = "Say <a href=\"label:0\"> or href=\"label:1\" to nobody.";
    let hostile = case("a").replace("A short text.", &format!("'{text}'")) + "related: [b]\n";
    let casebook = Casebook::new(&[("a", &hostile), ("b", &case("b"))]);
    let run = casebook.run(&["build", "--format", "site", "-o", "out"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("out/site/cases/a.html")).unwrap();
    let shown = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    assert!(shown.contains(text), "{page}");
    assert!(page.contains("<a href=\"b.html\""), "{page}");
}
