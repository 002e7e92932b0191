//! The languages of reports: their tables of words, and what a report in each of them shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use casebook::app::{BuildOptions, Outcome, Status, build};
use casebook::diag::Code;
use casebook::language::{Language, plural_form};
use casebook::model::Output;
use toml::{Table, Value};
use typst::layout::{Frame, FrameItem};

use crate::style::pages_of;
use crate::support::{Casebook, MemoryFiles, case, repository, tree};

/// The table of a language.
fn table(language: Language) -> Table {
    let path = repository().join(format!("templates/words/{}.toml", language.code()));
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Table(table) => table.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The names in braces.
fn gaps(value: &Value) -> BTreeSet<&str> {
    let of_text = |text| str::split(text, '{').skip(1).map(|rest| rest.split('}').next().unwrap());
    texts(value).into_iter().flat_map(of_text).collect()
}

#[test]
fn a_name_of_arabic_digits_alone_is_drawn() {
    let casebook = Casebook::new(&[("a", &case("a").replace("telestroke", "numbered"))]);
    let manifest = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\n\
                    themes: {numbered: {title: \"٣\"}}\n\
                    contents: [{section: overview}, {section: cases}]\n";
    casebook.write("casebook.yaml", manifest);
    let run = casebook.run(&["build"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let page = fs::read_to_string(casebook.path().join("build/report.html")).unwrap();
    assert!(page.contains(">٣</text>"), "no label in a chart");
}

#[test]
fn every_table_has_the_keys_and_the_gaps_of_the_english_one() {
    let english = table(Language::FALLBACK);
    let dates = ["day", "end", "month", "year", "month-number", "month-2", "day-2", "start"];
    for language in Language::ALL {
        let code = language.code();
        let own = table(*language);
        assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{code}");
        for (group, reference) in &english {
            let (reference, own) = (reference.as_table().unwrap(), own[group].as_table().unwrap());
            let keys = |table: &Table| table.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(own), keys(reference), "{code}: {group}");
            for (key, value) in reference {
                assert!(own[key].same_type(value), "{code}: {key}");
                assert!(texts(&own[key]).iter().all(|text| !text.is_empty()), "{code}: {key}");
                if group == "dates" {
                    assert!(gaps(&own[key]).iter().all(|gap| dates.contains(gap)), "{code}: {key}");
                } else {
                    assert_eq!(gaps(&own[key]), gaps(value), "{code}: {key}");
                }
            }
        }
        for names in ["months", "months-alone", "months-since", "short-months"] {
            let names: BTreeSet<&str> = texts(&own["dates"][names]).into_iter().collect();
            assert_eq!(names.len(), 12, "{code}: {names:?}");
        }
        let letters: BTreeSet<&str> = texts(&own["letters"]).into_iter().collect();
        assert_eq!(letters.len(), 5, "{code}: two outcomes have the same letter");
    }
}

#[test]
fn every_language_has_its_table_and_no_table_is_without_a_language() {
    let folder = repository().join("templates/words");
    let files: BTreeSet<String> = (tree(&folder).into_keys())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let codes = Language::ALL.iter().map(|language| language.code().to_owned());
    assert_eq!(files, codes.collect());
}

#[test]
fn words_that_are_counted_have_the_forms_that_their_language_asks_for() {
    for language in Language::ALL {
        let code = language.code();
        // What only fractions ask for is `other` in Latvian and `many` in Lithuanian.
        let fractions = if code == "lt" { vec!["many", "other"] } else { vec!["other"] };
        let numbers = (0..=200).chain([1_000_000]).map(|number| plural_form(code, number));
        let forms: BTreeSet<&str> = numbers.chain(fractions).collect();
        let words = table(*language);
        let counted = words["words"].as_table().unwrap().iter().filter(|(_, word)| word.is_table());
        let mut count = 0;
        for (key, word) in counted {
            let own: BTreeSet<&str> = word.as_table().unwrap().keys().map(String::as_str).collect();
            assert_eq!(own, forms, "{code}: {key}");
            count += 1;
        }
        assert!(count > 10, "{code}");
    }
}

#[test]
fn no_sentence_was_left_in_english() {
    let english = table(Language::FALLBACK);
    for language in Language::ALL.iter().filter(|language| **language != Language::FALLBACK) {
        let own = table(*language);
        for group in ["words", "terms"] {
            for (key, word) in english[group].as_table().unwrap() {
                let without_gaps =
                    |text: &str| text.split(['{', '}']).step_by(2).collect::<String>();
                let is_word = |part: &&str| part.chars().any(char::is_alphabetic);
                let words = |text: &&str| without_gaps(text).split(' ').filter(is_word).count();
                let is_sentence = texts(word).iter().any(|text| words(text) > 1);
                assert!(!is_sentence || own[group][key] != *word, "{}: {key}", language.code());
            }
        }
    }
}

/// Words that are no language's, so that everything else on a page is casebook's.
const THEME: &str = "Xyzzyx";

/// A casebook in a language, whose own texts say nothing in any.
fn casebook_in(tag: &str) -> MemoryFiles {
    let manifest = format!(
        "casebook: 1\ntitle: {THEME}\nlanguage: {tag}\n\
         edition: {{number: 1, date: 2007-05-10, status: draft}}\n\
         themes: {{qq: {{title: {THEME} qq}}, ww: {{title: {THEME} ww}}}}\n\
         regions: {{groups: {{Qoph: [SE, EE, ES]}}}}\n\
         activities: [{{type: meeting, title: Qoph, date: 2007-05-11, end: 2007-05-12}}]\n\
         contents: [{{section: overview}}, {{section: coverage}}, {{section: timeline}}, \
         {{section: cases}}, {{section: lessons}}, {{section: setbacks}}, {{section: barriers}}, \
         {{section: evidence}}, {{section: money}}, {{section: technologies}}, \
         {{section: completeness}}, {{section: activities}}, {{section: network}}, \
         {{section: indexes}}, {{section: sources}}]\n"
    );
    let case = |id: &str, region: &str, period: &str, status: &str| {
        let theme = if id == "year" { "ww" } else { "qq" };
        format!(
            "id: {id}\ntitle: Qq {id}\nsummary: Qoph qoph.\nregions: [{region}]\nthemes: [{theme}]\n\
             period: {period}\nstatus: {status}\noutcome: mixed\nscope: local\n\
             organisations: [{{name: Århus Qq, role: lead}}, {{name: Zq, role: partner}}]\n\
             problem: Qoph.\nsolution: Qoph.\nchallenges: {{legal: Qoph.}}\n\
             results: [{{measure: Qm, value: 1234567.5, baseline: 1000000, unit: qq, when: 2007-05, source: S1}}, \
             {{measure: Qn, value: 75, unit: '%', when: 2007-05-10, source: S1}}]\n\
             funding: [{{funder: Qf, amount: 12345, currency: EUR, year: 2007}}]\n\
             lessons: {{worked: [Qoph.], did_not_work: [Qoph.]}}\nevidence_level: survey\n\
             sources: {{S1: {{title: Qs {id}, year: 2007, accessed: 2007-05-10}}}}\n"
        )
    };
    let cases = [
        case("full", "SE221", "{start: 2007-05-10, end: 2008-05-10}", "pilot"),
        case("month", "EE", "{start: 2007-05, end: 2008}", "pilot"),
        case("since", "SE", "{start: 2007-05}", "operational"),
        case("from", "SE", "{start: 2007-05-10}", "pilot"),
        case("year", "ES", "{start: 2007}", "operational"),
    ];
    let mut files = BTreeMap::from([("casebook.yaml".to_owned(), manifest.into_bytes())]);
    for (name, text) in ["full", "month", "since", "from", "year"].iter().zip(cases) {
        files.insert(format!("cases/{name}.yaml"), text.into_bytes());
    }
    MemoryFiles(files)
}

fn page(files: &MemoryFiles) -> (Outcome, String) {
    let options = BuildOptions { outputs: vec![Output::Html], ..BuildOptions::default() };
    let outcome = build(files, &options).unwrap();
    assert_eq!(outcome.status, Status::Clean, "{:?}", outcome.diagnostics);
    let bytes = outcome.artifacts.first().unwrap().bytes.clone();
    (outcome, String::from_utf8(bytes).unwrap())
}

/// The texts between the tags of a page's body, and those of its attributes for reading aloud.
fn pieces(html: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1;
    let plain = |text: &str| {
        let text = text.replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<");
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    };
    let between = body.split('>').map(|part| plain(part.split('<').next().unwrap()));
    let read =
        body.split("aria-label=\"").skip(1).map(|part| plain(part.split('"').next().unwrap()));
    between.chain(read).filter(|text| !text.is_empty()).collect()
}

/// Checks that a report in a language shows texts, each for itself.
#[track_caller]
fn check(tag: &str, expected: &[&str]) {
    let (_, html) = page(&casebook_in(tag));
    let pieces = pieces(&html);
    for text in expected {
        let text = text.replace('~', "\u{a0}").replace('_', "\u{202f}");
        assert!(pieces.contains(&text), "{tag}: {text}\n{pieces:#?}");
    }
}

#[test]
fn dates_numbers_and_countries_are_those_of_the_language() {
    // By CLDR, as babel writes it; in English, days stand before months.
    check("en", &["10 May 2007 – 10 May 2008", "May 2007 – 2008", "since May 2007"]);
    check(
        "en",
        &["from 10 May 2007", "1,234,567.5 qq", "75%", "EUR~12,345", "Sweden", "11–12 May 2007"],
    );
    check("de", &["10. Mai 2007 – 10. Mai 2008", "seit Mai 2007", "1.234.567,5 qq", "75~%"]);
    check("de", &["12.345~EUR", "Schweden", "11.–12. Mai 2007", "Blekinge län, Schweden"]);
    check("fr", &["10 mai 2007 – 10 mai 2008", "mai 2007 – 2008", "1_234_567,5 qq", "75~%"]);
    check(
        "es",
        &["10 de mayo de 2007 – 10 de mayo de 2008", "desde mayo de 2007", "1.234.567,5 qq"],
    );
    check("it", &["10 maggio 2007 – 10 maggio 2008", "12.345~EUR", "75%", "Svezia"]);
    check(
        "pl",
        &["10 maja 2007 – 10 maja 2008", "maj 2007 – 2008", "od maja 2007, trwa", "Szwecja"],
    );
    check("pl", &["od 10 maja 2007", "1~234~567,5 qq", "12~345~EUR"]);
    check("da", &["10. maj 2007 – 10. maj 2008", "siden maj 2007", "1.234.567,5 qq", "75~%"]);
    check("sv", &["10 maj 2007 – 10 maj 2008", "11–12 maj 2007", "1~234~567,5 qq", "Sverige"]);
    check("nb", &["10. mai 2007 – 10. mai 2008", "siden mai 2007", "75~%", "Estland"]);
    check("fi", &["10. toukokuuta 2007 – 10. toukokuuta 2008", "toukokuu 2007 – 2008", "Ruotsi"]);
    check(
        "fi",
        &["toukokuusta 2007 lähtien", "vuodesta 2007 lähtien", "alkoi 10. toukokuuta 2007"],
    );
    check("fi", &["10.5.2007", "touko 2007"]);
    check("et", &["10. mai 2007 – 10. mai 2008", "alates 10. maist 2007", "75%", "Rootsi"]);
    check(
        "lv",
        &["2007. gada 10. maijs – 2008. gada 10. maijs", "kopš 2007. gada maija", "Zviedrija"],
    );
    check("lt", &["2007 m. gegužės 10 d. – 2008 m. gegužės 10 d.", "2007 m. gegužė – 2008"]);
    check("lt", &["2007-05-10", "2007-05", "1~234~567,5 qq", "Švedija"]);
}

#[test]
fn a_report_in_any_language_has_no_english_words() {
    let english = table(Language::FALLBACK);
    let words = |table: &Table| -> BTreeSet<String> {
        let groups = ["words", "terms"].into_iter().flat_map(|group| texts(&table[group]));
        groups.map(str::to_owned).collect()
    };
    let english_words = words(&english);
    for language in Language::ALL {
        let (outcome, html) = page(&casebook_in(language.code()));
        assert_eq!(outcome.diagnostics, [], "{}", language.code());
        assert!(html.contains(&format!("<html lang=\"{}\">", language.code())));
        let own = words(&table(*language));
        let pieces = pieces(&html);
        let shown = pieces.iter().filter(|text| own.contains(*text)).count();
        assert!(shown > 80, "{}: only {shown} words of the table", language.code());
        if *language == Language::FALLBACK {
            continue;
        }
        for word in english_words.difference(&own) {
            // A sentence is looked for up to its first gap, a word as all that stands there.
            let beginning = word.split('{').next().unwrap();
            let is_there = |text: &String| match beginning.matches(' ').count() {
                0 | 1 => text == word,
                _ => text.contains(beginning),
            };
            let found: Vec<&String> = pieces.iter().filter(|text| is_there(text)).collect();
            assert!(found.is_empty(), "{}: {word:?} in {found:?}", language.code());
        }
    }
}

#[test]
fn a_language_without_words_is_told_of_and_falls_back_to_english() {
    for (tag, warned) in [("pt-BR", true), ("de-AT", false), ("nn", false)] {
        let (outcome, html) = page(&casebook_in(tag));
        let codes: Vec<Code> = outcome.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, if warned { vec![Code::UnknownLanguage] } else { Vec::new() }, "{tag}");
        assert!(html.contains(&format!("<html lang=\"{tag}\">")), "{tag}");
        assert_eq!(html.contains(">Overview</h2>"), warned, "{tag}");
    }
}

#[test]
fn indexes_are_in_the_order_of_the_language() {
    let order = |tag: &str| {
        let (_, html) = page(&casebook_in(tag));
        let (first, second) = ("<dt>Århus Qq</dt>", "<dt>Zq</dt>");
        html.rfind(first).unwrap() < html.rfind(second).unwrap()
    };
    assert!(order("de") && order("en"));
    assert!(!order("da") && !order("sv"));
}

#[test]
fn a_case_in_a_language_of_its_own_is_marked_and_the_fixed_words_in_it_too() {
    let mut files = casebook_in("de");
    let case = files.0.get_mut("cases/full.yaml").unwrap();
    case.extend_from_slice(b"language: fr\n");
    let (_, html) = page(&files);
    let article = html.split("<article lang=\"fr\">").nth(1).unwrap();
    let article = article.split("</article>").next().unwrap();
    for word in ["Lösung", "Reichweite", "Lokal", "Messgröße", "Gemischt"] {
        assert!(article.contains(&format!("<span lang=\"de\">{word}</span>")), "{word}");
    }
    assert!(article.contains("<p>Qoph qoph.</p>"));
    // Elsewhere it is the case's own words that stand out.
    let others = html.replace(article, "");
    assert!(others.contains("<span lang=\"fr\">Qq full</span>"));
    assert!(!others.contains("<span lang=\"de\">"));
}

/// Two cases of an English report that name each other, the second with a title of its own language.
fn two_languages() -> [String; 2] {
    let text = |id: &str, more: &str| {
        let texts = "results: [{measure: M, value: 1, unit: h, when: 2010, source: S}]\n\
                     sources: {S: {title: A report}}\nlessons: {worked: [Yes.]}\n\
                     organisations: [{name: Us, role: lead}]\n";
        format!("{}{texts}{more}", case(id))
    };
    let second = text("b", "language: sv\nrelated: [a]\n").replace("The case b", "Sjukvården");
    [text("a", "related: [b]\n"), second]
}

#[test]
fn a_title_in_another_language_is_marked_wherever_it_stands() {
    let [a, b] = two_languages();
    let casebook = Casebook::new(&[("a", &a), ("b", &b)]);
    let check = |path: &str, at_least: usize| {
        let html = fs::read_to_string(casebook.path().join(path)).unwrap();
        let body = html.split_once("<body").unwrap().1;
        // A chart is a picture, whose words are all in the alternative.
        let plain: String =
            body.split("<svg").map(|part| part.rsplit("</svg>").next().unwrap()).collect();
        let mut before: Vec<&str> = plain.split("Sjukvården").collect();
        before.pop();
        assert!(before.len() >= at_least, "{path}: {}", before.len());
        for text in before {
            let tags = text.rsplit('>').take(3).collect::<Vec<_>>().concat();
            assert!(tags.contains("<span lang=\"sv\""), "{path}: …{tags}");
        }
    };
    let run = casebook.run(&["build", "--format", "html,site", "--strict"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    check("build/report.html", 15);
    for (page, at_least) in [
        ("cases/a", 1),
        ("cases/index", 1),
        ("lists", 3),
        ("indexes", 3),
        ("lessons", 1),
        ("setbacks", 1),
        ("sources", 1),
        ("themes/telestroke", 1),
        ("regions/SE", 1),
    ] {
        check(&format!("build/site/{page}.html"), at_least);
    }
    // On a page in another language, the list of its parts is in the report's.
    let html = fs::read_to_string(casebook.path().join("build/site/cases/b.html")).unwrap();
    assert!(html.contains("<main id=\"content\" class=\"case\" lang=\"sv\""), "{html}");
    assert!(html.contains("<nav class=\"on-this-page\" aria-label=\"On this page\" lang=\"en\">"));
    // Of a case that the report does not hold, only the title is known.
    casebook.write("cases/b.yaml", b.replace("outcome: mixed", "outcome: failed"));
    let part = ["build", "--format", "html", "--where", "outcome=mixed", "-o", "part"];
    let run = casebook.run(&part);
    assert_eq!(run.status, Some(0), "{run:?}");
    check("part/report.html", 1);
}

#[test]
fn pages_break_a_title_as_its_language_does() {
    fn languages(frame: &Frame, found: &mut Vec<String>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => languages(&group.frame, found),
                FrameItem::Text(text) if text.text.contains("Sjukvården") => {
                    found.push(text.lang.as_str().to_owned());
                }
                _ => {}
            }
        }
    }
    let [a, b] = two_languages();
    let contents = "contents: [{section: cases}, {section: lessons}, {section: evidence}, \
                    {section: indexes}, {section: sources}]\n";
    let pages = pages_of(contents, &[&a, &b]);
    let mut found = Vec::new();
    pages.pages().iter().for_each(|page| languages(&page.frame, &mut found));
    assert!(found.len() >= 8, "{found:?}");
    assert!(found.iter().all(|language| language == "sv"), "{found:?}");
}

#[test]
fn latin_greek_and_cyrillic_letters_show_in_every_style_and_others_are_told_of() {
    let letters = "Łódź Șosea Žilina Győr Ǩ – Ὀδυσσεία, ᾧ, ῥ, ΐ – Ѓорѓи, Ќе, Київ";
    let built = |text: &str| {
        let mut files = casebook_in("en");
        let styles = format!("evaluation: '{text} *{text}* **{text}** ***{text}***'\n");
        files.0.get_mut("cases/full.yaml").unwrap().extend_from_slice(styles.as_bytes());
        let title = format!("aims: '{text}'\nkeywords: ['{text}']\nimplementation: '# {text}'\n");
        files.0.get_mut("cases/year.yaml").unwrap().extend_from_slice(title.as_bytes());
        let options = BuildOptions { outputs: vec![Output::Pdf], ..BuildOptions::default() };
        let outcome = build(&files, &options).unwrap();
        outcome.diagnostics.iter().map(|found| found.code).collect::<BTreeSet<_>>()
    };
    assert_eq!(built(letters), BTreeSet::new());
    assert_eq!(built("東京"), BTreeSet::from([Code::MissingGlyph]));
}
