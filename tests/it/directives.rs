//! Blocks in chapters that place figures, tables and cases: what readers get, and what editors are told.

use std::collections::BTreeMap;
use std::fs;

use casebook::aggregate::{Corpus, Dimensions, Figures};
use casebook::load::{Limits, from_node, parse};
use casebook::model::{Case, Chapter, Manifest, Markdown, Outcome, Period, Report};
use casebook::source::{SourceMap, Span};
use casebook::typeset::Typesetter;
use casebook::validate::{Context, check_chapter, check_directives};
use casebook::vocab::Gazetteer;
use typst::layout::{Frame, FrameItem};

use crate::stats::{MANIFEST, four};
use crate::support::{Casebook, assert_inert, case};

/// What stands in the reports of these tests.
const CONTENTS: &str = "contents: [{chapter: chapters/a.md}, {section: cases}]\n\
    rules: {unused-theme: off, unused-region: off}\n";

/// The four cases with a chapter.
fn with_chapter(chapter: &str) -> Casebook {
    let casebook = four();
    casebook.write("casebook.yaml", format!("{MANIFEST}{CONTENTS}outputs: [html, site]\n"));
    casebook.write("chapters/a.md", chapter);
    casebook
}

fn block(said: &str) -> String {
    format!("```casebook\n{said}\n```\n\n")
}

/// The web page of the report with a chapter, which must have no fault, up to its cases.
#[track_caller]
fn page(chapter: &str) -> String {
    let casebook = with_chapter(chapter);
    let run = casebook.run(&["build", "--strict"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    let site = fs::read_to_string(casebook.path().join("build/site/chapters/a.html")).unwrap();
    let (chapter, _) = page.split_once("Case studies</h2>").unwrap();
    // On one page of many a figure has no number.
    let unnumbered = captions(chapter).into_iter().map(|caption| match caption.split_once(": ") {
        Some((start, rest)) if start.ends_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => caption,
    });
    assert_eq!(unnumbered.collect::<Vec<_>>(), captions(&site));
    chapter.to_owned()
}

/// The texts of all elements of a name.
fn texts(html: &str, name: &str) -> Vec<String> {
    let (opening, closing) = (format!("<{name}>"), format!("</{name}>"));
    let parts = html.split(&opening).skip(1);
    parts.map(|part| text(part.split(&closing).next().unwrap())).collect()
}

/// A piece of HTML without its tags.
fn text(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.split('<').enumerate() {
        let shown = if index == 0 { part } else { part.split_once('>').unwrap().1 };
        text.push_str(shown);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn captions(html: &str) -> Vec<String> {
    texts(html, "figcaption")
}

/// The rows of all tables, their cells joined by bars, the name of the row among them.
fn rows(html: &str) -> Vec<String> {
    let html = html.replace("<th scope=\"row\"", "<td");
    let rows = html.split("<tr>").skip(1);
    let rows = rows.map(|row| row.split("</tr>").next().unwrap());
    rows.map(|row| {
        let cells = row.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1);
        cells.map(text).collect::<Vec<_>>().join(" | ")
    })
    .filter(|row| !row.is_empty())
    .collect()
}

#[test]
fn every_figure_and_table_stands_in_its_place_with_number_and_caption() {
    let figures = [
        "figure: map",
        "figure: region-theme",
        "figure: theme-outcome",
        "figure: timeline",
        "figure: {by: year}",
        "figure: {by: [country, status]}",
        "figure: {by: [language, outcome]}\ncaption: In *my* <b>words</b>#x\nwhere: {outcome: [failed, mixed]}",
        "table: region-theme",
        "table: timeline\nwhere: {theme!: portal, year: 2012..}",
        "table: {by: status}\ncaption: Where they stand",
    ];
    let language = |id: &str| format!("{}language: sv\n", case(id));
    let casebook = with_chapter(&figures.map(block).concat());
    for id in ["e", "f"] {
        casebook.write(&format!("cases/{id}.yaml"), language(id));
    }
    assert_eq!(casebook.run(&["build", "--strict"]).status, Some(0));
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    let expected = [
        "Figure 1: Regions of the cases, with their number and outcome",
        "Figure 2: Number of cases by country and theme",
        "Figure 3: Number of cases by theme and outcome",
        "Figure 4: Start and end of each case, with its outcome",
        "Figure 5: Number of cases by year",
        "Figure 6: Number of cases by country and status",
        "Figure 7: In *my* &lt;b>words&lt;/b>#x",
        "Table 1: Number of cases by country and theme",
        "Table 2: Start and end of each case, with its outcome (theme: not Patient portal; year: 2012–)",
        "Table 3: Where they stand",
    ];
    assert_eq!(captions(&page), expected);
    // The lists after the contents lead to the same.
    let lists: String = page.split("<nav class=\"list-of\"").skip(1).collect();
    let lists = lists.split_once("</main>").unwrap().0;
    let entries: Vec<String> = texts(lists, "li").into_iter().take(expected.len()).collect();
    assert_eq!(entries, expected);
    // A chart for each figure, and the map is one.
    let (chapter, _) = page.split_once("id=\"section__cases\"").unwrap();
    assert_eq!(chapter.matches("<svg class=\"chart").count(), 7);
}

#[test]
fn what_is_not_there_has_no_list() {
    let page = page("# A chapter\n\nOnly text.\n");
    assert_eq!(captions(&page), [""; 0]);
    assert!(!page.contains("<nav class=\"list-of\""), "{page}");
}

#[test]
fn conditions_choose_what_is_counted() {
    let check =
        |said: &str, expected: &[&str]| assert_eq!(rows(&page(&block(said))), expected, "{said}");
    check("table: {by: country}\nwhere: {theme: portal}", &["Sweden | 2", "Finland | 1"]);
    check("table: {by: country}\nwhere: {theme: Patient portal, year: 2010}", &["Sweden | 1"]);
    check("table: {by: status}\nwhere: {country!: [SE, FI]}", &["Planned | 1"]);
    check(
        "table: {by: [theme, outcome]}\nwhere: {country: SE, status: [pilot, operational]}",
        &["Telestroke | 1 | 1 | · | 2", "Patient portal | · | 1 | 1 | 2", "Total | 1 | 1 | 1 | 3"],
    );
}

#[test]
fn cases_come_as_cards_as_list_or_as_table_and_lead_to_themselves() {
    let cards = page(&block("cases: {where: {theme: telestroke}, sort: -start}"));
    let links = |html: &str| -> Vec<String> {
        let parts = html.split("href=\"#case__").skip(1);
        parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
    };
    let chapter = |html: &str| html.split_once("</nav>").unwrap().1.to_owned();
    assert_eq!(links(&chapter(&cards)), ["d", "b", "a"]);
    let (_, list) = cards.split_once("<ul class=\"cards\">").unwrap();
    assert_eq!(
        texts(list, "li")[..2],
        [
            "Mecklenburg-Vorpommern, Germany · from 3 February 2015 Too early to tell The case d A short text.",
            "Östra Sverige, Sweden · May 2012 – 2014 Success The case b A short text.",
        ]
    );
    let list = page(&block("cases: {as: list, where: {status: operational}, sort: [title]}"));
    assert_eq!(links(&chapter(&list)), ["b", "c"]);
    let table = page(&block("cases: {as: table, where: {outcome: failed}}"));
    assert_eq!(captions(&table), ["Table 1: Case studies (outcome: Failed)"]);
    assert_eq!(
        rows(&table),
        ["The case c | Pohjois-Pohjanmaa, Finland, Skåne län, Sweden |  | Failed"]
    );
}

#[test]
fn every_count_leads_to_its_cases() {
    let casebook = with_chapter(&block("table: {by: country}\nwhere: {theme: portal}"));
    assert_eq!(casebook.run(&["build", "--strict"]).status, Some(0));
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    // One case is led to itself, two are led to their list.
    assert!(page.contains("<a href=\"#case__c\">1</a>"), "{page}");
    let (_, after) = page.split_once("<a href=\"#cases__country__SE\"").unwrap();
    // With scripts, the finder shows the same.
    assert!(after.starts_with(" data-find=\"region=SE&amp;theme=portal\">2</a>"), "{after}");
    let (_, list) = after.split_once("id=\"cases__country__SE\"").unwrap();
    let list = text(list.split_once('>').unwrap().1.split("</p>").next().unwrap());
    assert_eq!(list, "Sweden – Patient portal (2): The case a; The case c");
}

/// The words of a frame and of all inside it, as they are drawn.
fn words(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => words(&group.frame, out),
            FrameItem::Text(text) => {
                out.push_str(&text.text);
                out.push(' ');
            }
            _ => {}
        }
    }
}

#[test]
fn pages_have_them_too() {
    let manifest_text = format!("{MANIFEST}{CONTENTS}");
    let chapter_text = format!(
        "# Chapter\n\nBefore.\n\n{}Between.\n\n{}{}After.\n",
        block("figure: {by: [theme, outcome]}"),
        block("table: {by: year}\nwhere: {theme: telestroke}"),
        block("cases: {where: {outcome: mixed}, as: cards}"),
    );
    let (mut sources, mut sink) = (SourceMap::default(), Vec::new());
    let manifest_source = sources.add("casebook.yaml", &manifest_text);
    let source = sources.add("chapters/a.md", &chapter_text);
    let tree = parse(manifest_source, &manifest_text, Limits::default(), &mut sink).unwrap();
    let manifest: Manifest = from_node(&tree).unwrap();
    let outcomes = [Outcome::Success, Outcome::Mixed];
    let cases = outcomes.iter().zip(["2011", "2013"]).map(|(outcome, start)| Case {
        id: format!("case-{start}"),
        title: format!("The case of {start}"),
        regions: vec!["SE221".to_owned()],
        themes: vec!["telestroke".to_owned()],
        outcome: Some(*outcome),
        period: Some(Period { start: start.parse().unwrap(), end: None }),
        ..Case::default()
    });
    let regions = Gazetteer::official();
    let context = Context {
        themes: &manifest.themes,
        regions: Some(&regions),
        ids: None,
        requirements: &[],
        facets: &[],
        library: &[],
    };
    let checked = check_chapter(sources.get(source), source, &tree, &context, &mut sink);
    let text = Markdown { span: Span::new(0, chapter_text.len()), value: chapter_text };
    let chapter = Chapter { source, text, directives: checked.directives };
    let report = Report {
        manifest: manifest.clone(),
        manifest_source,
        chapters: [("chapters/a.md".to_owned(), chapter)].into(),
        cases: cases.collect(),
        regions: Gazetteer::official(),
        assets: BTreeMap::new(),
        fonts: BTreeMap::new(),
        library: BTreeMap::new(),
        templates: Default::default(),
        part: None,
        draft: None,
        earlier: None,
    };
    check_directives(&report, true, &mut sink);
    let corpus = Corpus::new(&report.cases, Dimensions::of(&report.manifest, &report.regions));
    let figures = Figures::of(&corpus, &report.manifest);
    let document =
        Typesetter::new(&report, &figures, &sources, &[], None).paged(&mut sink).unwrap();
    assert_eq!(sink, []);
    let mut shown = String::new();
    document.pages().iter().for_each(|page| words(&page.frame, &mut shown));
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    // From the contents on, each in the order of the chapter, and the cards with the page of the case.
    let mut rest = shown.as_str();
    for expected in [
        "Figures Figure 1 Number of cases by theme and outcome",
        "Tables Table 1 Number of cases by year (theme: Telestroke)",
        "Before.",
        "Figure 1 Number of cases by theme and outcome S Success M Mixed",
        "Telestroke S 1 M 1 2",
        "Between.",
        "Table 1 Number of cases by year (theme: Telestroke) Year Cases 2011 1 2012 0 2013 1",
        "Blekinge län, Sweden · from 2013 The case of 2013 , ",
        "Mixed",
        "After.",
    ] {
        let Some((_, after)) = rest.split_once(expected) else {
            panic!("{expected:?} is not in {rest}");
        };
        rest = after;
    }
}

/// What is wrong with a chapter, a line each without the path.
fn faults(chapter: &str) -> Vec<String> {
    let run = with_chapter(chapter).run(&["validate", "--message-format", "short"]);
    assert_inert(&run.stdout);
    let lines = run.stdout.lines().map(|line| line.trim_start_matches("chapters/a.md:").to_owned());
    lines.collect()
}

#[test]
fn what_is_wrong_in_a_block_is_told_at_its_place() {
    let check = |said: &str, expected: &[&str]| {
        // The block begins on line 3, behind letters of several bytes.
        let found = faults(&format!("Étude – über\n\n{}", block(said)));
        assert_eq!(found.len(), expected.len(), "{said}: {found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{said}: {found}");
        }
    };
    check("figure: mapp", &["4:9: error[unknown-figure]: there is no figure `mapp`"]);
    check("table: map", &["4:8: error[unknown-figure]: there is no table `map`"]);
    check("figur: map", &["4:1: error[unknown-key]: unknown key `figur`"]);
    check("figure: map\ncase: {}", &["5:1: error[unknown-key]"]);
    check("cases: {were: {theme: portal}}", &["4:9: error[unknown-key]"]);
    check("figure: {by: thme}", &["4:14: error[unknown-facet]: there is no facet `thme`"]);
    check("table: {by: [theme, theme]}", &["4:21: error[not-unique]"]);
    check("table: {by: [theme, status, outcome]}", &["4:13: error[wrong-size]"]);
    check("figure: map\nwhere: {é: 1}", &["5:9: error[unknown-facet]: there is no facet `é`"]);
    check(
        "figure: map\nwhere:\n  theme: [portal, telestrok]",
        &["6:19: error[unknown-theme]: unknown theme `telestrok`"],
    );
    check("figure: map\nwhere: {country: SX9}", &["5:18: error[unknown-region]"]);
    check(
        "figure: map\nwhere: {status: pilots}",
        &["5:17: error[unknown-value]: `status` cannot be `pilots`"],
    );
    check("figure: map\nwhere: {year: soon}", &["5:15: error[wrong-pattern]: `soon` is no year"]);
    check("cases: {as: crads}", &["4:13: error[unknown-value]: `as` cannot be `crads`"]);
    check(
        "cases: {sort: [title, -strat]}",
        &["4:23: error[unknown-facet]: cases cannot be ordered by `strat`"],
    );
    check("cases: cards", &["4:8: error[wrong-type]"]);
    check("figure: map\ncaption: [a]", &["5:10: error[wrong-type]"]);
    check("figure: map\ntable: theme-outcome", &["5:1: error[directive-kind]"]);
    check("caption: Alone", &["3:1: error[directive-kind]: the block does not say what it places"]);
    check("", &["3:1: error[directive-kind]"]);
    check("# nothing", &["3:1: error[directive-kind]"]);
    check("a list", &["4:1: error[wrong-type]"]);
    check("figure: [map", &["4:9: error[yaml-syntax]"]);
    check("figure: map\nfigure: map", &["5:1: error[duplicate-key]"]);
    check(
        "figure: map\nwhere: {country: Norway}",
        &["5:9: warning[empty-directive]: no case meets"],
    );
    check("figure: barriers", &["3:1: warning[empty-directive]: the cases hold nothing"]);
    check("figure: completeness", &["3:1: warning[empty-directive]"]);
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    let casebook = with_chapter(&block("figure: region-themes\nwhere: {stauts: pilot}"));
    let run = casebook.run(&["validate"]);
    let expected = "\
error[unknown-figure]: there is no figure `region-themes`
 --> chapters/a.md:2:9
  |
2 | figure: region-themes
  |         ^^^^^^^^^^^^^ did you mean `region-theme`?
  |
  = help: there are map, region-theme, theme-outcome, timeline, barriers, before-after, completeness; or count by facets: `figure: {by: theme}`

";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    let casebook = with_chapter(&block("figure: map\nwhere: {stauts: pilot}"));
    let run = casebook.run(&["validate"]);
    assert!(run.stderr.contains("^^^^^^ did you mean `status`?"), "{}", run.stderr);
}

#[test]
fn a_block_stands_in_chapters_and_there_in_lines_of_its_own() {
    let found = faults("- a\n\n  ```casebook\n  figure: map\n  ```\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("3:3: error[directive-place]"), "{found:?}");
    assert_eq!(faults("~~~ casebook\nfigure: map\n~~~\n"), [""; 0]);
    assert_eq!(faults("  ```casebook\n  figure: map\n  ```\n"), [""; 0]);

    let text = "solution: |\n  Text.\n\n  ```casebook\n  figure: map\n  ```\n";
    let casebook = Casebook::new(&[("a", &format!("{}{text}", case("a")))]);
    let run = casebook.run(&["validate", "--message-format", "short"]);
    let expected = "cases/a.yaml:11:3: error[directive-place]: only chapters may hold a block";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
}

#[test]
fn where_no_case_is_left_the_report_says_so() {
    let casebook = with_chapter(
        &[block("cases: {where: {country: Norway}}"), block("figure: barriers")].concat(),
    );
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("0 errors, 2 warnings"), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(page.contains("<p>No case of this report meets the conditions.</p>"), "{page}");
    assert!(page.contains("<p>The cases hold nothing that could be shown here.</p>"), "{page}");
}

#[test]
fn hostile_blocks_cost_nothing() {
    let mut bomb = "figure: map\na: &a [x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, two) in ('a'..'i').zip('b'..'j') {
        bomb.push_str(&format!("{two}: &{two} [{}]\n", vec![format!("*{one}"); 8].join(", ")));
    }
    let deep = format!("figure: {}", "[".repeat(5000));
    let wide = format!("cases: {{sort: [{}]}}", "id, ".repeat(5000));
    for said in [bomb, deep, wide] {
        let found = faults(&block(&said));
        assert!(found.len() == 1 && found[0].contains("error[yaml-limit]"), "{found:?}");
    }
    // Each block is a figure: a chapter has room for so many and no more.
    let found = faults(&block("table: {by: status}").repeat(5000));
    assert!(found.len() == 1 && found[0].starts_with("401:1: error[wrong-size]"), "{found:?}");
    // Letters that draw on a terminal, and commands of a runner.
    let found = faults(&block("figure: \"\\e[31m\\u202e::error::\"\nwhere: {\"##[x]\\e\": 1}"));
    assert!(!found.is_empty());
}

/// The headings of a piece of HTML, each behind its level.
fn headings(html: &str) -> Vec<String> {
    let parts = html.split("<h").skip(1);
    let level = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    let heading = |part: &str| {
        let (level, rest) = part.split_at(1);
        let (_, words) = rest.split_once('>').unwrap();
        format!("{level} {}", text(words.split("</h").next().unwrap()))
    };
    parts.filter(level).map(heading).collect()
}

#[test]
fn a_chapter_places_a_whole_section_whose_headings_fit_it() {
    let chapter = format!(
        "# Findings\n\n{}## After\n\n{}",
        block("section: setbacks"),
        block("section: overview")
    );
    let headings = headings(&page(&chapter));
    let chapter = headings.iter().position(|heading| heading == "2 Findings").unwrap();
    let expected = [
        "2 Findings",
        "3 What did not succeed, and what it teaches",
        "4 Failed",
        "5 The case c",
        "4 Mixed",
        "5 The case a",
        "3 After",
        "3 Overview",
    ];
    assert_eq!(headings[chapter..][..expected.len()], expected);
}

#[test]
fn a_section_stands_in_a_report_once_and_cases_in_no_chapter() {
    let check = |said: &str, expected: &str| {
        let found = faults(&format!("# A\n\n{said}"));
        assert_eq!(found.len(), 1, "{said}: {found:?}");
        assert!(found[0].starts_with(expected), "{said}: {found:?}");
    };
    let twice = [block("section: lessons"), block("section: lessons")].concat();
    check(&twice, "8:10: error[not-unique]: the report has the section `lessons` twice");
    check(&block("section: cases"), "4:10: error[directive-place]: the section `cases` cannot");
    check(&block("section: lesson"), "4:10: error[unknown-figure]: there is no section `lesson`");
    check(&block("section: [a]"), "4:10: error[wrong-type]");
    check(
        &block("section: lessons\nwhere: {theme: portal}"),
        "5:1: error[unknown-key]: unknown key `where`",
    );

    let casebook = with_chapter(&block("section: lessons"));
    let contents = CONTENTS.replace("{section: cases}", "{section: cases}, {section: lessons}");
    casebook.write("casebook.yaml", format!("{MANIFEST}{contents}"));
    let run = casebook.run(&["validate"]);
    let expected =
        "error[not-unique]: the report has the section `lessons` twice\n  --> chapters/a.md:2:10";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    assert!(run.stderr.contains("its other place"), "{}", run.stderr);
}

#[test]
fn what_leads_to_a_placed_section_finds_it() {
    let casebook = four();
    let contents = "contents: [{chapter: chapters/a.md}, {section: cases}]\noutputs: [pdf, html]\n";
    let sources = "sources: {S1: {title: A source of the group}}\n\
                   working_group: {name: Us, description: \"We did [@S1].\"}\n\
                   rules: {unused-theme: off, unused-region: off}\n";
    casebook.write("casebook.yaml", format!("{MANIFEST}{contents}{sources}"));
    casebook.write("chapters/a.md", format!("# A chapter\n\n{}", block("section: sources")));
    let run = casebook.run(&["build", "--strict"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(page.contains("<p>We did [<a href=\"#reference__1\">1</a>].</p>"), "{page}");
}
