//! The bibliography: sources that are one stand there once, in the words of a style and a language.

use std::collections::BTreeMap;

use casebook::app::{BuildOptions, Outcome, Status, build};
use casebook::bibliography::read_file;
use casebook::diag::render::Format;
use casebook::load::Limits;
use casebook::model::Output;
use casebook::source::SourceMap;

use crate::support::{MANIFEST, MemoryFiles, Numbers, case, shown};

/// A casebook in memory: the rest of a manifest, and files by path.
fn casebook(manifest: &str, files: &[(&str, &str)]) -> MemoryFiles {
    let mut all = BTreeMap::from([
        ("casebook.yaml".to_owned(), format!("{MANIFEST}{manifest}").into_bytes()),
        ("cases/a.yaml".to_owned(), case("a").into_bytes()),
    ]);
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    MemoryFiles(all)
}

fn built(files: &MemoryFiles) -> Outcome {
    let options = BuildOptions { outputs: vec![Output::Html], ..BuildOptions::default() };
    build(files, &options).unwrap()
}

/// What a build says, each remark in a line.
fn remarks(files: &MemoryFiles) -> String {
    shown(Format::Short, &built(files))
}

/// The web page of a casebook without a fault.
#[track_caller]
fn page(files: &MemoryFiles) -> String {
    let outcome = built(files);
    assert_eq!(outcome.status, Status::Clean, "{}", shown(Format::Short, &outcome));
    String::from_utf8(outcome.artifacts[0].bytes.clone()).unwrap()
}

/// The text of HTML as a reader sees it.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            '\u{200b}' => {}
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The entries of the bibliography, each with the places that cite it.
#[track_caller]
fn entries(files: &MemoryFiles) -> Vec<String> {
    let html = page(files);
    // Those of the cases stand before it.
    let (_, list) = html.rsplit_once("<ol class=\"sources\">").expect("there is a list of sources");
    let (list, _) = list.split_once("</ol>").unwrap();
    list.split("<li>").skip(1).map(|item| visible(&item.replace("<span", " <span"))).collect()
}

const CONTENTS: &str = "contents: [{chapter: chapter.md}, {section: cases}, {section: sources}]\n";

const SOURCES: &str = "sources:\n  S1:\n    title: Two years of telestroke in Skåne\n    \
    author: Berg, Anna; Region Skåne\n    publisher: Region Skåne\n    year: 2007\n    \
    url: https://example.org/telestroke\n    accessed: 2026-05-10\n";

#[test]
fn the_numbers_of_a_citation_come_in_order_and_in_runs_where_the_style_has_it_so() {
    let source = |key: &str| format!("  {key}: {{title: Report {key}}}\n");
    let sources: String = ["A", "B", "C", "D", "E"].map(source).concat();
    let cited = "problem: |\n  Known [@C; @A].\n  And [@E; @D;\n  @A; @C] *so*.\n";
    let case_text = format!("{}sources:\n{sources}{cited}", case("a"));
    let measure = "results: [{measure: Time, value: 1, unit: h, when: 2010, source: [C, B]}]\n";
    let files = |style: &str| {
        let case_text = format!("{case_text}{measure}");
        casebook(
            &format!("{CONTENTS}bibliography: {{style: {style}}}\nsources:\n{sources}"),
            &[
                ("chapter.md", "# One\n\nA [@A; @B; @C; @D; @E] and B [@E; @B; @C; @D].\n"),
                ("cases/a.yaml", case_text.as_str()),
            ],
        )
    };
    let check = |style: &str, expected: &[&str]| {
        let html = page(&files(style));
        let text = visible(&html);
        for words in expected {
            assert!(text.contains(words), "{style}: {words} not in {text}");
        }
        assert!(
            html.contains("[<a href=\"#source__a__A\">1</a>, <a href=\"#source__a__C\">3</a>]")
        );
    };
    let cells = "2010 [2, 3]";
    check("ieee", &["A [1, 2, 3, 4, 5] and B [2, 3, 4, 5].", "And [1, 3, 4, 5] so.", cells]);
    check("vancouver", &["A [1–5] and B [2–5].", "Known [1, 3]. And [1, 3–5] so.", cells]);
    // In the order of authors and titles, each source of the group stands beside that of the case.
    check("apa", &["A [1, 3, 5, 7, 9] and B [3, 5, 7, 9].", cells]);
}

#[test]
fn a_style_and_a_language_word_the_sources() {
    let check = |settings: &str, expected: &str| {
        let chapter = ("chapter.md", "# One\n\nText.");
        let with_source = format!("{}{SOURCES}", case("a"));
        let files = casebook(
            &format!("{CONTENTS}{settings}"),
            &[chapter, ("cases/a.yaml", with_source.as_str())],
        );
        let found = entries(&files);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with(expected), "{settings}: {}", found[0]);
    };
    let apa = "Berg, A., & Region Skåne. (2007). Two years of telestroke in Skåne. \
               Region Skåne. https://example.org/telestroke Cited in: The case a.";
    check("", apa);
    check("bibliography: {style: apa}\n", apa);
    check(
        "bibliography: {style: vancouver}\n",
        "Berg A, Region Skåne. Two years of telestroke in Skåne [Internet]. Region Skåne; 2007 \
         [cited 2026 May 10]. Available from: https://example.org/telestroke Cited in: The case a.",
    );
    check(
        "language: de\nbibliography: {style: harvard-cite-them-right}\n",
        "Berg, A. und Region Skåne (2007) Two years of telestroke in Skåne. Region Skåne.",
    );
    check(
        "language: sv\nbibliography: {style: vancouver}\n",
        "Berg A, Region Skåne. Two years of telestroke in Skåne [Internet]. Region Skåne; 2007",
    );
}

#[test]
fn every_style_words_a_source_and_begins_with_no_number() {
    let form: serde_json::Value =
        serde_json::from_str(include_str!("../../src/form/manifest.schema.json")).unwrap();
    let styles = &form["properties"]["bibliography"]["properties"]["style"]["enum"];
    let styles: Vec<&str> =
        styles.as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    assert!(styles.len() > 80);
    for style in styles {
        let text = hayagriva_entry();
        let words = casebook::bibliography::Style::named(style, "en").reference(&text);
        let words = casebook::bibliography::plain(&words);
        // One style has no titles, and a few have no authors of reports.
        assert!(
            words.to_lowercase().contains("two years") || style == "cse-name-year",
            "{style}: {words}"
        );
        let first = words.chars().next().unwrap();
        assert!(first.is_alphabetic() || matches!(first, '‘' | '“' | '«'), "{style}: {words}");
        for fault in [",)", ",.", " .", "..", ", )"] {
            assert!(!words.contains(fault), "{style}: {words}");
        }
    }
}

fn hayagriva_entry() -> hayagriva::Entry {
    let text = "k:\n  type: report\n  title: Two years of telestroke\n  author: Berg, Anna\n  \
                date: 2007\n  publisher: Region Skåne\n  url: https://example.org/x\n";
    hayagriva::io::from_yaml_str(text).unwrap().nth(0).unwrap().clone()
}

#[test]
fn sources_that_are_one_stand_once_with_all_their_places() {
    let source = |key: &str, fields: &str| format!("  {key}: {{{fields}}}\n");
    let with = |id: &str, sources: &[String]| format!("{}sources:\n{}", case(id), sources.concat());
    let a = with(
        "a",
        &[
            source("S1", "title: By DOI, doi: 10.1000/ABC, url: 'https://example.org/1'"),
            source("S2", "title: By address, url: 'http://www.example.org/2/'"),
            source("S3", "title: 'By words: a study', author: Anna Berg, year: 2007"),
            source("S4", "title: Annual report"),
            source("S5", "title: Front page, url: 'https://example.org/'"),
        ],
    );
    let b = with(
        "b",
        &[
            source(
                "S1",
                "title: The same by its DOI, author: Berg, doi: 10.1000/abc, url: 'https://example.org/other'",
            ),
            source(
                "S2",
                "title: The same by its address, year: 2009, url: 'https://example.org/2'",
            ),
            source("S3", "title: By words – a Study, author: 'Berg, Anna', year: 2007"),
            source("S4", "title: Annual report"),
            source("S5", "title: Another front page, url: 'https://example.org/'"),
            source("S6", "title: 'By words: a study', author: Anna Berg, year: 2008"),
        ],
    );
    let chapter = "# A chapter\n\nText [@N1].";
    let manifest = format!(
        "{CONTENTS}sources:\n  N1: {{title: Cited, doi: 10.1000/abc}}\n  N2: {{title: Never cited}}\n"
    );
    let files =
        casebook(&manifest, &[("chapter.md", chapter), ("cases/a.yaml", &a), ("cases/b.yaml", &b)]);
    let found = entries(&files);
    let both = "Cited in: The case a; The case b.";
    let expected = [
        "Annual report. (n.d.). Cited in: The case a.",
        "Annual report. (n.d.). Cited in: The case b.",
        "Another front page. (n.d.). Retrieved https://example.org/ Cited in: The case b.",
        "Berg. (n.d.). Cited. https://doi.org/10.1000/abc Cited in: A chapter; The case a; The case b.",
        &format!("Anna Berg. (2007). By words: a study. {both}"),
        "Anna Berg. (2008). By words: a study. Cited in: The case b.",
        &format!("By address. (2009). http://www.example.org/2/ {both}"),
        "Front page. (n.d.). Retrieved https://example.org/ Cited in: The case a.",
        "Never cited. (n.d.).",
    ];
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(
        sorted(found.clone()),
        sorted(expected.iter().map(|entry| (*entry).to_owned()).collect())
    );
    // In the order of the alphabet, as readers see the words.
    let place = |begin: &str| found.iter().position(|entry| entry.starts_with(begin)).unwrap();
    assert!(place("Anna Berg. (2007)") < place("Anna Berg. (2008)"));
    assert!(
        place("Annual report") < place("Berg. (n.d.)")
            && place("Front page") < place("Never cited")
    );
}

#[test]
fn citations_show_the_numbers_of_the_list_and_lead_there() {
    let manifest = format!(
        "{CONTENTS}bibliography: {{style: vancouver, files: [more.yaml, refs.bib]}}\n\
                            sources:\n  Own: {{title: Among the manifest's}}\n"
    );
    let yaml = "Paper:\n  type: Article\n  title: In Hayagriva's format\n  author: Berg, Anna\n  date: 2011\n  \
                parent: {type: Periodical, title: Journal of Telestroke}\nUnused:\n  type: Book\n  title: Never cited\n";
    let bib = "@book{Lind-2012,\n  author = {Lind, Bo and {Region Skåne}},\n  title = {In {BibLaTeX}},\n  year = 2012,\n}\n";
    let chapter = "# A chapter\n\nFirst [@Lind-2012], then [@Paper; @Own].";
    let files =
        casebook(&manifest, &[("chapter.md", chapter), ("more.yaml", yaml), ("refs.bib", bib)]);
    let html = page(&files);
    assert!(visible(&html).contains("First [1], then [2, 3]."), "{html}");
    assert!(html.contains("<a href=\"#reference__1\">1</a>"), "{html}");
    let found = entries(&files);
    assert_eq!(
        found,
        [
            "Lind B, Region Skåne. In BibLaTeX. 2012. Cited in: A chapter.",
            "Berg A. In Hayagriva's format. Journal of Telestroke. 2011. Cited in: A chapter.",
            "Among the manifest's. Cited in: A chapter.",
        ]
    );
}

#[test]
fn words_of_entries_are_never_run_and_lead_nowhere_else() {
    let manifest = format!("{CONTENTS}bibliography: {{files: [more.yaml]}}\n");
    let yaml = "Math:\n  type: Report\n  title: \"Sum $#panic()$ and #panic() <b>bold</b>\"\n  date: 2011\n";
    let chapter = ("chapter.md", "# A chapter\n\nText [@Math].");
    let files = casebook(&manifest, &[chapter, ("more.yaml", yaml)]);
    let found = entries(&files);
    assert!(found[0].contains("#panic()") && found[0].contains("<b>bold</b>"), "{found:?}");
    let yaml = "Bad:\n  type: Web\n  title: A trap\n  url: javascript:alert(1)\n";
    let files = casebook(&manifest, &[("chapter.md", "# A\n\nB."), ("more.yaml", yaml)]);
    let said = remarks(&files);
    assert!(said.starts_with("more.yaml:1:1: error[forbidden-link]"), "{said}");
}

#[test]
fn faults_in_files_are_told_where_they_stand() {
    let check = |name: &str, text: &str, place: &str, words: &str| {
        let manifest = format!(
            "{CONTENTS}bibliography: {{files: [{name}]}}\nsources: {{Own: {{title: T}}}}\n"
        );
        let files = casebook(&manifest, &[("chapter.md", "# A\n\nB."), (name, text)]);
        let said = remarks(&files);
        assert!(said.starts_with(place), "{text:?}: {said}");
        assert!(said.contains(words), "{text:?}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{said}");
    };
    check(
        "a.bib",
        "@book{a,\n  title {x}\n}",
        "a.bib:2:9: error[bibliography-broken]",
        "expected equals",
    );
    check(
        "a.bib",
        "@book{a, title={x}, year={x}}",
        "a.bib:1:27: error[bibliography-broken]",
        "a field",
    );
    check(
        "a.bib",
        "@book{a, title={x}}\n@book{Own, title={x}}",
        "a.bib:2:7: error[source-twice]",
        "`Own`",
    );
    check("a.bib", "@book{a, title={x}}\n@book{a, title={x}}", "a.bib:2:", "duplicate key");
    check(
        "a.bib",
        "@string{a = b}\n@string{b = a}\n@book{c, title = a}",
        "a.bib:1:9:",
        "`a` is used before",
    );
    check(
        "a.bib",
        "@book{a, crossref={b}}\n@book{b, crossref={a}}",
        "a.bib:1:10:",
        "`b` is used before",
    );
    check("a.bib", "@book{a, title={x\u{1}}}", "a.bib:1:18: error[control-character]", "");
    check(
        "a.bib",
        &format!("@book{{a, title={{{}}}}}", "{".repeat(30_000)),
        "a.bib:1:39:",
        "nested",
    );
    check("a.bib", &format!("@book{{a, title={{{}}}}}", "x".repeat(30_000)), "a.bib:1:7:", "bytes");
    check(
        "a.yaml",
        "a:\n  type: Report\n  title: T\n  date: soon\n",
        "a.yaml:4:9: error[bibliography-broken]",
        "`a`",
    );
    check("a.yaml", "a:\n  title: T\n", "a.yaml:1:1: error[bibliography-broken]", "type");
    check("a.yaml", "a: {type: Report, title: x\n", "a.yaml:", "error[yaml-syntax]");
    check("a.yaml", "- a\n", "a.yaml:1:1: error[bibliography-broken]", "holds no entries");
}

#[test]
fn files_are_looked_for_inside_the_casebook_and_nowhere_else() {
    let check = |path: &str, expected: &str| {
        let manifest = format!("{CONTENTS}bibliography: {{files: ['{path}']}}\n");
        let said = remarks(&casebook(&manifest, &[("chapter.md", "# A\n\nB.")]));
        assert!(said.starts_with("casebook.yaml:6:") && said.contains(expected), "{said}");
    };
    check("../other.bib", "path-outside");
    check("/etc/passwd.yaml", "path-outside");
    check("missing.bib", "there is no file `missing.bib`");
    check("notes.txt", "wrong-pattern");
}

#[test]
fn an_unknown_style_or_key_gets_a_suggestion() {
    let files = casebook("bibliography: {style: vancover}\n", &[]);
    let said = shown(Format::Human, &built(&files));
    assert!(
        said.contains("did you mean `vancouver`?") && said.contains("apa, vancouver, ieee"),
        "{said}"
    );
    let manifest = format!("{CONTENTS}bibliography: {{files: [more.yaml]}}\n");
    let yaml = "berg-2007: {type: Report, title: T}\n";
    let files =
        casebook(&manifest, &[("chapter.md", "# A\n\nB [@berg-2008]."), ("more.yaml", yaml)]);
    let said = shown(Format::Human, &built(&files));
    assert!(said.contains("unknown-source") && said.contains("`berg-2007`"), "{said}");
}

const SEED_BIB: &str = r#"@string{pub = "Region Sk{\aa}ne"}
@article{a, author = {Berg, Anna and {Region} and van der Lind, Bo}, title = {On {HL7} \emph{and} $x^2$},
  journaltitle = pub # { Journal}, date = {2007-05-10/2008}, pages = {1--9, 12}, volume = 3, doi = {10.1/x},
  url = {https://example.org/a_b}, urldate = {2026-05-10}, language = {swedish}, crossref = {b}, ids = {x,y}}
@collection{b, title = {B\"ock{er}}, editor = {family=Lind, given=Bo}, edition = {2nd}, year = 1999, month = may, isbn = "1"}
"#;

const SEED_YAML: &str = "a:\n  type: Article\n  title: {value: On HL7, verbatim: true, short: On}\n  \
    author: [\"Berg, Anna\", {name: Lind, given-name: Bo, prefix: van}]\n  date: 2007-05-10\n  \
    page-range: 1-9\n  url: {value: https://example.org, date: 2026-05-10}\n  \
    serial-number: {doi: 10.1/x, isbn: 1}\n  parent:\n    - type: Periodical\n      title: J\n      volume: 3\n";

#[test]
fn no_change_to_a_file_makes_its_reader_panic() {
    let styles = ["apa", "vancouver", "chicago-notes"]
        .map(|name| casebook::bibliography::Style::named(name, "de"));
    let pieces = [
        "{",
        "}",
        "\"",
        "\\",
        "=",
        ",",
        "#",
        "@",
        "$",
        " and ",
        "\n",
        "-",
        "--",
        "/",
        "é",
        "ß",
        "\u{301}",
        "{}",
        "\\'",
        "\\'{",
        "crossref",
        "xdata={a,b}",
        "date={",
        "0",
        "-999999999999",
        "~",
        "%",
        ":",
        "[",
        "]",
        "? ",
        "null",
        "family=",
    ];
    let mut numbers = Numbers(7);
    let mut read = 0;
    for (name, seed) in [("a.bib", SEED_BIB), ("a.yaml", SEED_YAML)] {
        for _ in 0..1000 {
            let mut text: Vec<char> = seed.chars().collect();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(text.len());
                let piece: Vec<char> = pieces[numbers.below(pieces.len())].chars().collect();
                let end = (at + numbers.below(4)).min(text.len());
                text.splice(at..end, piece);
            }
            let text: String = text.into_iter().collect();
            let mut sources = SourceMap::default();
            let source = sources.add(name, text.as_str());
            let mut sink = Vec::new();
            let found = read_file(sources.get(source), source, Limits::default(), &mut sink);
            for entry in &found {
                read += 1;
                for style in &styles {
                    style.reference(&entry.entry);
                }
            }
        }
    }
    assert!(read > 500, "{read}");
}
