//! What is new in an edition: the section of the report, its page on the site, and the feed; what is
//! compared with, and what is refused.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Casebook, MANIFEST, Run, case, command, finish, repository, same, tree};

/// Where a site is put in these tests.
const SITE: &str = "site: {url: https://example.org}\n";

/// Tells what is new since the first edition, which lies in a folder.
const SINCE_FIRST: &str = "changes: {since: first}\n";

/// A manifest with two themes, in which more may stand.
fn manifest(more: &str) -> String {
    let themes = "themes: {telestroke: {title: Telestroke}, rural: {title: Rural care}}\n";
    format!("casebook: 1\ntitle: Test\nedition: {{date: 2026-01-02}}\n{themes}{more}")
}

/// A casebook with its first edition, from which it differs by what is given.
fn second(more: &str, first: &[(&str, &str)], now: &[(&str, &str)]) -> Casebook {
    let casebook = Casebook::new(now);
    casebook.write("casebook.yaml", manifest(more));
    casebook.write("first/casebook.yaml", manifest("").replace("2026-01-02", "2024-03"));
    for (name, text) in first {
        casebook.write(&format!("first/cases/{name}.yaml"), text);
    }
    casebook
}

/// The words of a web page, in the lines in which it shows them.
fn words(html: &str) -> String {
    let mut text = html.replace("</td>", " | ").replace("</th>", " | ");
    for end in ["</p>", "</li>", "</tr>", "</h1>", "</h2>", "</h3>", "</figcaption>"] {
        text = text.replace(end, "\u{1}");
    }
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = out.split('\u{1}').map(line).filter(|line| !line.is_empty());
    lines.map(|line| line.trim_end_matches([' ', '|', '#']).to_owned() + "\n").collect()
}

#[track_caller]
fn build(casebook: &Casebook, args: &[&str]) -> Run {
    let run = casebook.run(&[&["build"], args].concat());
    assert_eq!(run.status, Some(0), "{args:?}: {run:?}");
    run
}

#[track_caller]
fn read(folder: &Path, path: &str) -> String {
    let bytes = fs::read(folder.join(path));
    String::from_utf8(bytes.unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

/// What the page of the site tells of what is new, without what stands around it.
#[track_caller]
fn told(casebook: &Casebook, folder: &str) -> String {
    let page = read(&casebook.path().join(folder), "site/changes.html");
    let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    words(main)
}

/// The last parts of the names of a feed's entries, with what the entries say.
fn feed(casebook: &Casebook) -> Vec<(String, String)> {
    let feed = read(casebook.path(), "build/site/feed.xml");
    let feed = roxmltree::Document::parse(&feed).unwrap();
    let entries = feed.descendants().filter(|node| node.has_tag_name("entry"));
    let text = |node: roxmltree::Node<'_, '_>, name: &str| {
        let found = node.children().find(|child| child.tag_name().name() == name);
        found.and_then(|found| found.text().map(str::to_owned)).unwrap_or_default()
    };
    let last = |id: String| id.rsplit('/').next().unwrap().to_owned();
    entries.map(|entry| (last(text(entry, "id")), text(entry, "summary"))).collect()
}

#[test]
fn readers_learn_what_is_new_on_pages_and_on_the_web() {
    let example = repository().join("examples/second-edition");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = finish(command(&example).args(["build", "--format", "pdf,html,site", "-o", out]));
    assert_eq!(run.status, Some(0), "{run:?}");
    let expected = [
        "What is new in this edition",
        "Compared with the edition before: Edition 1 · 2 May 2024.",
        "Key figures, before and now",
        "Figure | Before | Now",
        "Cases | 3 | 3",
        "Outcome: Success | 0 | 1",
        "Outcome: Mixed | 1 | 1",
        "Outcome: No effect | 1 | 0",
        "Outcome: Too early to tell | 1 | 1",
        "Countries | 3 | 3",
        "Regions | 3 | 3",
        "Figures measured | 0 | 1",
        "Sources | 0 | 1",
        "New cases",
        "Soup on Thursdays – Centro (PT), Portugal",
        "Changed cases",
        "A tool shelf in a stairwell – Summary, Status, Outcome, Solution, Results in figures, \
         Households, Sources",
        "Cases that are no longer in the report",
        "Una scatola di semi",
        "Themes and regions",
        "Themes that have a case now: Meals.",
        "Themes that no longer have a case: Seeds.",
        "Regions that have a case now: Centro (PT), Portugal.",
        "Regions that no longer have a case: Brescia, Italy.",
    ];
    for page in ["report.html", "site/changes.html"] {
        let html = read(folder.path(), page);
        let text = words(&html);
        let lines: Vec<&str> = text.lines().collect();
        // In the report the table has a number, and the first line stands in the contents, too.
        let begins = |line: &&str| line.ends_with(expected[1]);
        let start = lines.iter().position(begins).unwrap_or_else(|| panic!("{page}: {text}"));
        assert!(lines.len() - start >= expected.len() - 1, "{page}: {text}");
        for (line, expected) in lines[start..].iter().zip(&expected[1..]) {
            assert!(line.ends_with(expected), "{page}: {line:?} is not {expected:?}");
        }
        assert!(html.contains("<span lang=\"it\">Una scatola di semi</span>"), "{page}");
    }
    let page = read(folder.path(), "site/changes.html");
    assert!(page.contains("<a href=\"cases/soup-aveiro.html\">Soup on Thursdays</a>"), "{page}");
    // tests/run.sh installs the program; without it, the web pages say the same by the same data.
    let pdf = folder.path().join("report.pdf");
    let Ok(read) = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output() else {
        return;
    };
    let text = String::from_utf8(read.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, mut rest) = text.split_once(expected[1]).unwrap();
    for words in expected[2..].iter().flat_map(|line| line.split([' ', '|', '–'])) {
        let (before, after) = rest.split_once(words).unwrap_or_else(|| panic!("{words}: {text}"));
        // Between them stand marks and the numbers of pages.
        assert!(before.len() < 60, "{words}: {before}");
        rest = after;
    }
}

#[test]
fn the_feed_has_what_is_new_and_what_changed_with_what_that_is() {
    let changed = case("b").replace("pilot", "operational") + "aims: To be quick.\n";
    let first = [("a", &*case("a")), ("b", &case("b")), ("gone", &case("gone"))];
    let now = [("a", &*case("a")), ("b", &*changed), ("c", &case("c"))];
    let casebook = second(&format!("{SITE}{SINCE_FIRST}"), &first, &now);
    build(&casebook, &["--format", "site"]);
    let about = "A short text.".to_owned();
    let b = format!("Changed: Status, Aims. {about}");
    assert_eq!(feed(&casebook), [("b.html".to_owned(), b), ("c.html".to_owned(), about.clone())]);
    // Where nobody knows since when, all is there.
    casebook.write("casebook.yaml", manifest(SITE));
    build(&casebook, &["--format", "site"]);
    let all = ["a.html", "b.html", "c.html"].map(|name| (name.to_owned(), about.clone()));
    assert_eq!(feed(&casebook), all);
    // The words are the report's.
    casebook.write("casebook.yaml", manifest(&format!("{SITE}{SINCE_FIRST}language: de\n")));
    build(&casebook, &["--format", "site"]);
    assert_eq!(feed(&casebook)[0].1, format!("Geändert: Stand, Ziele. {about}"));
}

#[test]
fn what_the_editors_did_not_accept_is_on_neither_side() {
    let review = |id: &str, state: &str| {
        let private = "contact: {name: Nomen Nescio}\nconsent: {given: true, by: Somebody}\n";
        format!("{}{private}review: {{state: {state}, notes: Secret}}\n", case(id))
    };
    let first = [
        ("stays", &*review("stays", "accepted")),
        ("waited", &review("waited", "submitted")),
        ("still", &review("still", "submitted")),
        ("taken-back", &review("taken-back", "accepted")),
    ];
    let now = [
        (
            "stays",
            &*review("stays", "accepted").replace("Secret", "Hidden").replace("Nescio", "Nemo"),
        ),
        ("waited", &review("waited", "accepted")),
        ("still", &review("still", "declined")),
        ("taken-back", &review("taken-back", "declined")),
    ];
    let casebook = second(&format!("{SITE}{SINCE_FIRST}"), &first, &now);
    build(&casebook, &["--format", "html,site"]);
    let text = told(&casebook, "build");
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("The case")).collect();
    assert_eq!(lines, ["The case waited – Blekinge län, Sweden", "The case taken-back"], "{text}");
    assert!(text.contains("\nCases | 2 | 2\n") && !text.contains("Changed cases"), "{text}");
    for (path, bytes) in tree(&casebook.path().join("build")) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["Nescio", "Nemo", "Secret", "Hidden", "Somebody", "The case still"] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
    // A draft shows all cases, so it compares all.
    build(&casebook, &["--format", "site", "--draft"]);
    let text = told(&casebook, "build");
    assert!(text.contains("\nCases | 4 | 4\n") && !text.contains("New cases"), "{text}");
    assert!(text.contains("No case was added, changed or removed."), "{text}");
}

#[test]
fn a_part_tells_what_is_new_in_it() {
    let at = |id: &str, region: &str| case(id).replace("SE221", region);
    let first = [
        ("se-old", &*at("se-old", "SE221")),
        ("dk-old", &at("dk-old", "DK032")),
        ("moves", &at("moves", "DK032")),
        ("dk-gone", &at("dk-gone", "DK032")),
    ];
    let now = [
        ("se-old", &*at("se-old", "SE221").replace("mixed", "failed")),
        ("dk-old", &at("dk-old", "DK032").replace("mixed", "failed")),
        ("moves", &at("moves", "SE221")),
        ("se-new", &at("se-new", "SE221")),
        ("dk-new", &at("dk-new", "DK032")),
    ];
    let casebook = second(SINCE_FIRST, &first, &now);
    build(&casebook, &["--format", "site", "--volumes", "region:0"]);
    let cases = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix("The case "));
        lines.map(|line| line.split(" – ").next().unwrap().to_owned()).collect()
    };
    let sweden = told(&casebook, "build/region-0-SE");
    // A case that moved here is not new, and one that moved away is not gone.
    assert_eq!(cases(&sweden), ["se-new", "moves", "se-old"], "{sweden}");
    assert!(sweden.contains("\nCases | 1 | 3\n"), "{sweden}");
    let denmark = told(&casebook, "build/region-0-DK");
    assert_eq!(cases(&denmark), ["dk-new", "dk-old", "dk-gone"], "{denmark}");
    assert!(denmark.contains("\nCases | 3 | 2\n"), "{denmark}");
    build(&casebook, &["--format", "site", "--where", "region=SE", "-o", "part"]);
    assert_eq!(told(&casebook, "part"), sweden);
}

#[test]
fn cases_with_errors_in_the_earlier_edition_are_not_told_to_be_new() {
    let faulty = case("b").replace("status: pilot", "status: unheard-of");
    let first = [("a", &*case("a")), ("b", &*faulty), ("c", ": not [ yaml")];
    let now = [("a", &*case("a")), ("b", &case("b")), ("c", &case("c")), ("d", &case("d"))];
    let casebook = second(SINCE_FIRST, &first, &now);
    let run = build(&casebook, &["--format", "site"]);
    let said = "warning[earlier-edition]: in the edition `first`, 2 cases have errors";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let text = told(&casebook, "build");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("The case")).collect();
    assert_eq!(lines, ["The case d – Blekinge län, Sweden"], "{text}");
}

#[test]
fn a_section_that_does_not_know_since_when_is_told_of() {
    let contents = "contents: [{section: changes}, {section: cases}]\n";
    let casebook = second(contents, &[("a", &case("a"))], &[("b", &case("b"))]);
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let found = "casebook.yaml:5:22: warning[earlier-missing]: the report tells what is new, but not \
                 since when";
    assert!(run.stdout.contains(found), "{}", run.stdout);
    let run = casebook.run(&["build", "--format", "html"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[earlier-missing]"), "{}", run.stderr);
    assert!(!casebook.path().join("build").exists());
    // Who builds may know, and editors can go on without.
    let run = build(&casebook, &["--format", "site", "--since", "first"]);
    assert!(!run.stderr.contains("earlier-missing"), "{}", run.stderr);
    assert!(told(&casebook, "build").contains("New cases\nThe case b"));
    build(&casebook, &["--format", "site", "--draft", "-o", "draft"]);
    assert!(!casebook.path().join("draft/site/changes.html").exists());
    // In a chapter it is told where it stands.
    casebook.write("casebook.yaml", manifest("contents: [{chapter: c.md}, {section: cases}]\n"));
    casebook.write("c.md", "# News\n\n```casebook\nsection: changes\n```\n");
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert!(run.stdout.contains("c.md:4:10: warning[earlier-missing]"), "{}", run.stdout);
    build(&casebook, &["--format", "html", "--since", "first"]);
    let page = words(&read(casebook.path(), "build/report.html"));
    assert!(page.contains("Compared with the edition before: March 2024."), "{page}");
}

#[test]
fn another_picture_under_the_same_name_is_told_to_readers() {
    let shown = format!("{}images: [{{file: dot.svg, alt: A dot}}]\n", case("a"));
    let cases = [("a", shown.as_str()), ("b", &case("b"))];
    let casebook = second("changes: {since: first}\n", &cases, &cases);
    let picture = |width: u8| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
             <rect width='{width}' height='5'/></svg>"
        )
    };
    casebook.write("first/cases/dot.svg", picture(1));
    casebook.write("cases/dot.svg", picture(1));
    build(&casebook, &["--format", "html"]);
    let page = words(&read(casebook.path(), "build/report.html"));
    assert!(page.contains("No case was added, changed or removed."), "{page}");
    casebook.write("cases/dot.svg", picture(2));
    build(&casebook, &["--format", "html"]);
    let page = words(&read(casebook.path(), "build/report.html"));
    assert!(page.contains("The case a – Pictures") && !page.contains("The case b –"), "{page}");
}

#[test]
fn who_compares_where_nothing_tells_of_it_is_warned_once() {
    let contents = "contents: [{chapter: c.md}, {section: cases}]\n";
    let casebook = second(contents, &[("a", &case("a"))], &[("b", &case("b"))]);
    casebook.write("c.md", "# News\n");
    let warned = |args: &[&str]| {
        let run = build(&casebook, &[&["--since", "first"], args].concat());
        let told = run.stderr.matches("warning[earlier-untold]").count();
        let place = run.stderr.matches("casebook.yaml:5:1\n").count();
        assert_eq!(told, place, "{}", run.stderr);
        told
    };
    assert_eq!(warned(&["--format", "html,site,data"]), 1);
    // Data alone tell nothing of it, of whatever edition.
    let run = build(&casebook, &["--format", "data", "--since", "nowhere"]);
    let told =
        "warning[earlier-untold]: the data do not tell what is new since the edition `nowhere`";
    assert_eq!(run.stderr.matches(told).count(), 1, "{}", run.stderr);
    // It asks for no more than there is to tell.
    let run = build(&casebook, &["--format", "html"]);
    assert!(!run.stderr.contains("earlier-untold"), "{}", run.stderr);
    let run = casebook.run(&["build", "--format", "html", "--since", "first", "--strict"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    // The feed tells it, where there is one.
    casebook.write("casebook.yaml", manifest(&format!("{contents}{SITE}")));
    assert_eq!((warned(&["--format", "site"]), warned(&["--format", "html"])), (0, 1));
    casebook
        .write("casebook.yaml", manifest(&format!("{contents}rules: {{earlier-untold: off}}\n")));
    assert_eq!(warned(&["--format", "html"]), 0);
    casebook.write("casebook.yaml", manifest(contents));
    casebook.write("c.md", "# News\n\n```casebook\nsection: changes\n```\n");
    assert_eq!(warned(&["--format", "html"]), 0);
    casebook.write("casebook.yaml", manifest(""));
    assert_eq!(warned(&["--format", "html"]), 0);
}

#[test]
fn what_cannot_be_compared_with_is_named_and_nothing_is_read_outside() {
    let outside = second("", &[], &[("a", &case("a"))]);
    let elsewhere = outside.path().to_str().unwrap();
    let casebook = second("", &[("a", &case("a"))], &[("a", &case("a"))]);
    let says = |since: &str, status: i32, expected: &[&str]| {
        casebook.write("casebook.yaml", manifest(&format!("changes: {{since: \"{since}\"}}\n")));
        let run = casebook.run(&["build", "--format", "html"]);
        assert_eq!(run.status, Some(status), "{since}: {run:?}");
        for words in expected {
            assert!(run.stderr.contains(words), "{since}, {words}: {}", run.stderr);
        }
        assert!(!casebook.path().join("build").exists(), "{since}");
    };
    for since in [elsewhere, "../x", "first/../../x", "/", "~/x:y"] {
        says(since, 2, &["error[path-outside]", "leads out of the casebook"]);
    }
    let missing = ["error[earlier-edition]: there is no edition `", "casebook.yaml:5:18", "help: "];
    for since in ["frist", "-x", "--output=x", "HEAD", "cases"] {
        says(since, 2, &missing);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path(), casebook.path().join("link")).unwrap();
        says("link", 2, &["error[earlier-edition]", "leads out of the casebook"]);
    }
    casebook.write("first/casebook.yaml", manifest("langauge: de\n"));
    says("first", 2, &["it has errors", "casebook.yaml of that edition: unknown key `langauge`"]);
    // A draft is built all the same, and says so.
    let run = casebook.run(&["build", "--format", "html", "--draft"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(casebook.path().join("build/report.html").exists(), "{run:?}");
    // Who calls may name any folder.
    casebook.write("casebook.yaml", manifest(""));
    build(&casebook, &["--format", "html", "--since", elsewhere]);
    // Data alone tell nothing of it.
    casebook.write("casebook.yaml", manifest("changes: {since: frist}\n"));
    build(&casebook, &["--format", "data"]);
}

#[test]
fn a_tag_names_the_earlier_edition_and_nothing_is_checked_out() {
    let casebook = second(&format!("{SITE}changes: {{since: v1}}\n"), &[], &[("a", &case("a"))]);
    let folder = casebook.path();
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(args);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        assert!(git.current_dir(folder).output().unwrap().status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "First"]);
    git(&["tag", "v1"]);
    casebook.write("cases/b.yaml", case("b"));
    let build = |out: &str| {
        let path = std::env::var_os("PATH").unwrap();
        let args = ["build", "--format", "site,pdf", "-o", out];
        let run = finish(command(folder).env("PATH", path).args(args));
        assert_eq!(run.status, Some(0), "{run:?}");
        tree(&folder.join(out))
    };
    let first = build("one");
    assert!(told(&casebook, "one").contains("New cases\nThe case b"));
    // What is committed later, and under which name, is all one to the tag.
    git(&["add", "cases"]);
    git(&["commit", "-qm", "Second"]);
    same(&first, &build("two"));
}

#[test]
fn a_form_of_the_group_s_own_names_its_fields() {
    let form = "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\n\
        properties:\n  households: {title: Households, description: How many., type: integer}\n  \
        diary: {title: Diary, description: Private., type: string, x-private: true}\n";
    let more = format!("{SINCE_FIRST}form: {{extend: form.yaml}}\n");
    let first = format!("{}households: 1\ndiary: Before\n", case("a"));
    let now = format!("{}households: 2\ndiary: After\n", case("a"));
    let casebook = second(&more, &[("a", &first)], &[("a", &now)]);
    casebook.write("form.yaml", form);
    casebook.write("first/form.yaml", form);
    casebook.write("first/casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
    build(&casebook, &["--format", "site"]);
    let text = told(&casebook, "build");
    assert!(text.contains("\nThe case a – Households\n") && !text.contains("iary"), "{text}");
}

#[test]
fn many_fields_and_hostile_names_are_told_in_short() {
    let form = "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\n\
        unevaluatedProperties: {type: integer}\n";
    let more =
        format!("{SITE}{SINCE_FIRST}form: {{schema: form.yaml, roles: {{title: /title}}}}\n");
    let hostile = "<script>alert(1)</script> [x](javascript:alert) #panic() {fields}";
    let keys = (0..3_000).map(|number| format!("k{number}: 1\n")).collect::<String>();
    let form_with_title = format!("{form}properties: {{title: {{type: string}}}}\n");
    let now = format!("title: The case\n'{hostile}': 1\n{keys}");
    let casebook = second(&more, &[("a", "title: The case\n")], &[("a", &now)]);
    let no_themes = more.replace(SITE, "").replace(SINCE_FIRST, "");
    casebook.write("first/casebook.yaml", format!("{MANIFEST}{no_themes}"));
    casebook.write("form.yaml", &form_with_title);
    casebook.write("first/form.yaml", &form_with_title);
    let begun = std::time::Instant::now();
    let run = casebook.run(&["build", "--format", "site", "--draft"]);
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    assert!(begun.elapsed().as_secs() < 60);
    let text = told(&casebook, "build");
    let line = text
        .lines()
        .find(|line| line.starts_with("The case –"))
        .unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("#panic() {fields}") && line.ends_with("and 2,961 more"), "{line}");
    let page = read(casebook.path(), "build/site/changes.html");
    assert!(!page.contains("<script>alert") && !page.contains("href=\"javascript"), "{line}");
}
