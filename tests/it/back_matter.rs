//! Imprint, glossary, indexes and colophon: what a reader finds at both ends of the report.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Casebook, MANIFEST, case};

/// The web page of a casebook with the rest of a manifest.
#[track_caller]
fn page(casebook: &Casebook, manifest: &str) -> String {
    casebook.write("casebook.yaml", format!("{MANIFEST}{manifest}"));
    let run = casebook.run(&["build", "--format", "html"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let html = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"")
}

/// The text between two marks.
#[track_caller]
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap().0
}

/// The entry in BibTeX that the imprint shows.
#[track_caller]
fn bibtex(html: &str) -> String {
    let block = between(html, "<pre", "</pre>");
    let code = block.split_once("<code>").unwrap().1.replace("</code>", "");
    code.replace("<br>", "\n")
}

#[test]
fn the_imprint_says_how_to_cite_the_report() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let html = page(
        &casebook,
        "editors: [{name: Jane van Doe}, {name: The project team}]\npublisher: Example Press\n\
        isbn: 978-0-306-40615-7\ndoi: 10.5281/zenodo.1234\nurl: https://example.org/report\n\
        series: Reports, No. 4\ncontact: {name: The office, email: office@example.org}\n",
    );
    for words in [
        "978-0-306-40615-7",
        "<a href=\"https://doi.org/10.5281/zenodo.1234\">",
        "<a href=\"mailto:office@example.org\">",
        "Reports, No. 4",
        "https://example.org/report",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // An address that is meant to be published is no slip.
    let run = casebook.run(&["validate", "--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    // The form of the 7th edition of the manual: family names first, title in italics, publisher, DOI.
    let words = between(&html, "How to cite this report</h3>", "<h4");
    let plain: String = words.replace("<em>", "").replace("</em>", "");
    assert!(
        plain.contains("van Doe, J., & The project team. (2026). Test. Example Press."),
        "{words}"
    );
    assert!(
        words.contains("<em>Test</em>") && words.contains("https://doi.org/10.5281/zenodo.1234"),
        "{words}"
    );
    assert!(bibtex(&html).starts_with("@book{doe2026,\n"), "{html}");
}

#[test]
fn what_bibtex_would_misread_comes_back_as_it_was() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let title = r#"100% "true" & {braced} _under_ #1 $5 a^b ~c \d – é ß -- end"#;
    let publisher = "Health and Care & Sons";
    let html = {
        let manifest = format!(
            "subtitle: 'Über alles'\nlanguage: en\neditors:\n  - {{name: 'Éva O''Neil-Straße'}}\n  \
             - {{name: X, cite_as: Health and Care Region}}\npublisher: {publisher}\n\
             url: 'https://example.org/a_b%20c?x=1&y=#z'\n"
        );
        let base =
            MANIFEST.replace("title: Test\n", &format!("title: '{}'\n", title.replace('\'', "''")));
        casebook.write("casebook.yaml", format!("{base}{manifest}"));
        let run = casebook.run(&["build", "--format", "html"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        let html = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
        html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    let text = bibtex(&html);
    let library =
        hayagriva::io::from_biblatex_str(&text).unwrap_or_else(|e| panic!("{e:?}: {text}"));
    let entry = library.nth(0).unwrap();
    assert_eq!(entry.title().unwrap().value.to_string(), format!("{title}: Über alles"), "{text}");
    let publisher_found = entry.publisher().unwrap().name().unwrap().value.to_string();
    assert_eq!(publisher_found, publisher, "{text}");
    let names: Vec<(&str, Option<&str>)> = (entry.authors().unwrap().iter())
        .map(|person| (person.name.as_str(), person.given_name.as_deref()))
        .collect();
    assert_eq!(names, [("O'Neil-Straße", Some("Éva")), ("Health and Care Region", None)], "{text}");
    assert_eq!(entry.date().unwrap().year, 2026);
    assert_eq!(entry.url().unwrap().value.as_str(), "https://example.org/a_b%20c?x=1&y=#z");
    // BibTeX itself counts braces, escaped or not.
    assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
}

#[test]
fn a_mistyped_isbn_or_doi_is_told_where_it_stands() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let check = |line: &str, expected: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}{line}\n"));
        let run = casebook.run(&["validate", "--message-format", "short"]);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    };
    check("isbn: '978-0-306-40615-6'", "casebook.yaml:5:7: error[wrong-check-digit]");
    check("isbn: 0-306-40651-2", "casebook.yaml:5:7: error[wrong-check-digit]");
    check("isbn: 978-0-306", "casebook.yaml:5:7: error[wrong-pattern]");
    check("isbn: 9780306406157", "casebook.yaml:5:7: error[wrong-type]");
    check("doi: https://doi.org/10.5281/x", "casebook.yaml:5:6: error[wrong-pattern]");
    check("doi: '10.5281/{x}'", "casebook.yaml:5:6: error[wrong-pattern]");
    check("glossary: {A: {definition: B, see: [C]}}", "casebook.yaml:5:37: error[unknown-term]");
}

#[test]
fn the_glossary_is_in_order_and_its_terms_lead_to_one_another() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let html = page(
        &casebook,
        "glossary:\n  Zeta: The last.\n  éclair: Sweet.\n  \
        Alpha: {definition: 'The *first* [@S].', see: [Zeta]}\nsources: {S: {title: A source}}\n",
    );
    let list = between(&html, ">Glossary</h2>", "</dl>");
    // The last place: a term may be referred to before it comes.
    let place = |term: &str| list.rfind(term).unwrap_or_else(|| panic!("{term} in {list}"));
    assert!(place(">Alpha<") < place(">éclair<") && place(">éclair<") < place(">Zeta<"));
    assert!(
        list.contains("<em>first</em>") && list.contains("href=\"#term__1\">Zeta</a>"),
        "{list}"
    );
    assert!(
        html.contains("href=\"#section__glossary\">Glossary</a>"),
        "the source says where it is cited"
    );
    // Without terms there is no section.
    assert!(!page(&casebook, "").contains("Glossary"));
}

#[test]
fn the_indexes_lead_from_each_region_theme_organisation_and_standard() {
    let with = |id: &str, organisation: &str, standards: &str| {
        format!(
            "{}organisations: [{{name: {organisation}, role: lead}}]\n\
         technology: {{standards: [{standards}]}}\n",
            case(id)
        )
    };
    let a = with("a", "Region Skåne", "HL7 CDA, DICOM");
    let b = with("b", "REGION SKÅNE", "dicom");
    let casebook = Casebook::new(&[("a", &a), ("b", &b)]);
    let html = page(&casebook, "rules: {organisation-spelling: 'off'}\n");
    let index = |title: &str| between(&html, &format!(">{title}</h3>"), "</dl>");
    let regions = index("Index of regions");
    assert!(
        regions.contains("Blekinge län, Sweden<span class=\"code\"> SE221</span>"),
        "{regions}"
    );
    let organisations = index("Index of organisations");
    assert_eq!(organisations.matches("<dt>").count(), 1, "{organisations}");
    assert_eq!(organisations.matches("<dd>").count(), 2, "{organisations}");
    let standards = index("Index of standards");
    let place =
        |word: &str| standards.find(word).unwrap_or_else(|| panic!("{word} in {standards}"));
    assert!(place("<dt>DICOM") < place("<dt>HL7 CDA"));
    assert_eq!(standards.matches("<dt>").count(), 2, "{standards}");
    assert!(standards.contains("<a href=\"#case__b\">The case b</a>"), "{standards}");
}

const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, b'I', b'D', b'A', b'T', 8,
    0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// What a shell prints for a pipe of commands in a folder.
fn shell(folder: &Path, script: &str) -> String {
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn the_digest_can_be_made_again_with_sha256sum() {
    let picture = "images: [{file: dot.png, alt: A dot}]\n";
    let casebook = Casebook::new(&[("b", &case("b")), ("a", &format!("{}{picture}", case("a")))]);
    casebook.write("cases/dot.png", DOT);
    casebook.write("chapter.md", "# One\n\nText [@k].\n");
    casebook.write("refs.bib", "@book{k, title = {T}}\n");
    casebook.write(
        "form.yaml",
        "properties: {extra: {type: string, title: Extra, description: More.}}\n",
    );
    // What is no input counts for nothing.
    casebook.write("notes.txt", "not read");
    let manifest = "contents: [{chapter: chapter.md}, {section: cases}, {section: sources}, {section: colophon}]\n\
                    bibliography: {files: [refs.bib]}\nform: {extend: form.yaml}\n";
    let digest = |html: &str| {
        let cell = between(html, ">Digest of the inputs</dt>", "</dd>");
        between(cell, "<code>", "</code>").to_owned()
    };
    let found = digest(&page(&casebook, manifest));
    let files =
        "casebook.yaml cases/a.yaml cases/b.yaml cases/dot.png chapter.md form.yaml refs.bib";
    let expected = shell(casebook.path(), &format!("LC_ALL=C sha256sum {files} | sha256sum"));
    assert_eq!(Some(found.as_str()), expected.split_whitespace().next());
    // A byte of a picture is a change.
    casebook.write("cases/dot.png", [DOT, &[0]].concat());
    assert_ne!(digest(&page(&casebook, manifest)), found);
}

#[test]
fn whose_data_it_is_stands_in_every_report() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let owners = ["Source: Eurostat", "Unicode CLDR", "Natural Earth", "SIL Open Font License"];
    let with = page(&casebook, "contents: [{section: cases}, {section: colophon}]\n");
    let without = page(&casebook, "contents: [{section: cases}]\n");
    for owner in owners {
        assert_eq!(with.matches(owner).count(), 1, "{owner}");
        assert_eq!(without.matches(owner).count(), 1, "{owner}");
    }
    let version = format!("casebook {} and Typst 0.15", env!("CARGO_PKG_VERSION"));
    assert!(with.contains(&version) && !without.contains("Colophon"), "{with}");
    // The colophon that stands last stands behind the lists of cases, too.
    let figures =
        page(&casebook, "contents: [{section: overview}, {section: cases}, {section: colophon}]\n");
    let place = |words: &str| figures.rfind(words).unwrap();
    assert!(place("</h2>") == place(">Colophon</h2>") + ">Colophon".len(), "{figures}");
}

/// The links to the glossary in a piece of HTML, each with its number and its words.
fn term_links(html: &str) -> Vec<String> {
    let links = html.split("href=\"#term__").skip(1);
    let shown =
        |link: &str| link.split("</a>").next().unwrap().replace("\">", " ").replace('\n', " ");
    links.map(shown).collect()
}

#[test]
fn the_first_use_of_a_term_in_each_chapter_and_case_leads_to_the_glossary() {
    let text =
        |words: &str| format!("aims: |\n{}", words.replace("\n", "\n  ").replacen("", "  ", 1));
    let own = text(
        "Nothing in `telestroke` or [telestroke](https://example.org), but telestroke\nor patient\n\
         portals, and a patient\nportal.",
    );
    let case_a = format!("{}{own}\nproblem: Telestroke again, and NUTS, not nuts.\n", case("a"));
    let case_b = format!("{}problem: A TELESTROKE.\nlanguage: sv\naims: NUTS.\n", case("b"));
    let casebook = Casebook::new(&[("a", &case_a), ("b", &case_b)]);
    casebook.write(
        "chapters/a.md",
        "# Telestroke\n\n| Telestroke | x |\n|---|---|\n| telestroke | y |\n\nTelestroke.\n",
    );
    let glossary =
        "glossary: {Telestroke: Stroke care by NUTS., NUTS: Regions., Patient portal: A site.}\n";
    let contents = |more: &str| {
        format!("contents: [{{chapter: chapters/a.md}}, {{section: cases}}{more}]\n{glossary}")
    };
    let html = page(&casebook, &contents(", {section: glossary}"));
    let (chapter, cases) = html.split_once(">Case studies</h2>").unwrap();
    assert_eq!(term_links(chapter), ["1 telestroke"]);
    assert!(chapter.contains("<td><a href=\"#term__1\">telestroke</a></td>"), "{chapter}");
    let (a, b) = cases.split_once("id=\"case__b\"").unwrap();
    assert_eq!(term_links(a), ["1 telestroke", "3 patient portal", "2 NUTS"]);
    // In another language a word may mean something else, but not an abbreviation.
    assert_eq!(term_links(b), ["2 NUTS"]);
    // Without entries there is nothing to lead to.
    assert_eq!(term_links(&page(&casebook, &contents(""))), [""; 0]);
}
