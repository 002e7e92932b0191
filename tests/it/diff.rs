//! Comparing two editions: over a real history of git, and between folders without git.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use crate::support::{
    Casebook, MANIFEST, Run, assert_inert, case, command, finish, killed_on_the_way, same, tree,
};

/// Runs git in a folder, as nobody in particular and without anybody's settings.
#[track_caller]
fn git(folder: &Path, args: &[&str]) {
    let settings =
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let mut command = Command::new("git");
    command.args(settings).args(args).current_dir(folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs `diff`, which needs to find the program git.
fn diff(folder: &Path, args: &[&str]) -> Run {
    let path = std::env::var_os("PATH").unwrap();
    finish(command(folder).env("PATH", path).arg("diff").args(args))
}

/// Runs `diff` where there is no program git.
fn without_git(folder: &Path, args: &[&str]) -> Run {
    finish(command(folder).env("PATH", "/nowhere").arg("diff").args(args))
}

const TWO_THEMES: &str = "casebook: 1\ntitle: Test\nedition: {date: 2026-01-02}\n\
    themes: {telestroke: {title: Telestroke}, rural: {title: Rural care}}\n";

/// A casebook whose first edition is the tag `v1`, and what it became since.
fn two_editions() -> Casebook {
    let a = format!(
        "{}aims: The service shall be quick and cheap for all who live there.\n\
         results:\n  - {{measure: Users, value: 100}}\n  - {{measure: Visits, value: 5}}\n\
         keywords: [one, two]\n",
        case("a")
    );
    let private = "contact: {name: Nomen Nescio}\nreview: {state: submitted, notes: Secret}\n";
    let casebook = Casebook::new(&[
        ("a", &a),
        ("b", &case("b")),
        ("old", &case("old").replace("The case old", "A case that moves")),
        ("same", &format!("{}{private}", case("same"))),
    ]);
    casebook.write("casebook.yaml", TWO_THEMES);
    git(casebook.path(), &["init", "-q"]);
    git(casebook.path(), &["add", "."]);
    git(casebook.path(), &["commit", "-qm", "First"]);
    git(casebook.path(), &["tag", "v1"]);
    let a = a
        .replace("quick and cheap", "quick, safe and cheap")
        .replace("value: 100", "value: 120")
        .replace("[one, two]", "[two, three]")
        .replace("  - {measure: Visits, value: 5}\n", "")
        .replace("outcome: mixed", "outcome: failed");
    casebook.write("cases/a.yaml", format!("# a remark\n{a}"));
    fs::remove_file(casebook.path().join("cases/b.yaml")).unwrap();
    fs::remove_file(casebook.path().join("cases/old.yaml")).unwrap();
    let moved = case("new").replace("The case new", "A case that moves");
    casebook.write("cases/new.yaml", moved);
    let c = case("c").replace("telestroke", "rural").replace("SE221", "DK032");
    casebook.write("cases/c.yaml", c);
    let private = private.replace("Nescio", "Nemo").replace("Secret", "Hidden");
    casebook.write("cases/same.yaml", format!("{}{private}", case("same")));
    casebook
}

#[test]
fn what_changed_since_a_tag_is_told_case_by_case_and_field_by_field() {
    let casebook = two_editions();
    let before = tree(casebook.path());
    let run = diff(casebook.path(), &["v1", "--format", "json"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["schema_version"], &found["since"]), (&json!(1), &json!("v1")));
    assert_eq!(found["cases"], json!({"before": 4, "now": 4}));
    assert_eq!(found["added"], json!([{"id": "c", "title": "The case c"}]));
    assert_eq!(found["removed"], json!([{"id": "b", "title": "The case b"}]));
    let renamed = json!([{"before": "old", "now": "new", "title": "A case that moves"}]);
    assert_eq!(found["renamed"], renamed);
    let fields = json!([
        {"pointer": "/outcome", "words": [{"removed": "mixed"}, {"added": "failed"}]},
        {"pointer": "/aims", "words": [
            {"same": "The service shall be"},
            {"removed": "quick"}, {"added": "quick, safe"},
            {"same": "and cheap for all who live there."},
        ]},
        {"pointer": "/results/0/value", "words": [{"removed": "100"}, {"added": "120"}]},
        {"pointer": "/results", "words": [{"removed": "measure: Visits; value: 5"}]},
        {"pointer": "/keywords", "words": [{"removed": "one"}]},
        {"pointer": "/keywords", "words": [{"added": "three"}]},
    ]);
    assert_eq!(found["changed"], json!([{"id": "a", "title": "The case a", "fields": fields}]));
    let moved = |facet: &str, value: &str, title: &str, before: u32, now: u32| json!({"facet": facet, "value": value, "title": title, "before": before, "now": now});
    let figures = [
        moved("theme", "telestroke", "Telestroke", 4, 3),
        moved("theme", "rural", "Rural care", 0, 1),
        moved("region", "DK032", "Sydjylland", 0, 1),
        moved("region", "SE221", "Blekinge län", 4, 3),
        moved("outcome", "mixed", "mixed", 4, 3),
        moved("outcome", "failed", "failed", 0, 1),
    ];
    assert_eq!(found["figures"], Value::from(figures.to_vec()));
    // Nothing is checked out, and nothing private goes on.
    same(&before, &tree(casebook.path()));
    for format in ["text", "md", "json"] {
        let run = diff(casebook.path(), &["v1", "--format", format]);
        assert!(!run.stdout.contains("Nemo") && !run.stdout.contains("Hidden"), "{}", run.stdout);
    }
    let run = diff(casebook.path(), &["v1", "--private"]);
    assert!(run.stdout.contains("contact name: Nomen [-Nescio-] {+Nemo+}"), "{}", run.stdout);
    assert_eq!(diff(casebook.path(), &["v1", "--private", "--format", "md"]).status, Some(2));
}

#[test]
fn people_and_comments_see_words_in_their_places() {
    let casebook = two_editions();
    let text = diff(casebook.path(), &["v1"]).stdout;
    for words in [
        "since v1: 4 cases, before 4\n",
        "\nnew\n  + c  The case c\n",
        "\ngone\n  - b  The case b\n",
        "  old is now new\n",
        "\nchanged: a  The case a\n",
        "  aims: The service shall be [-quick-] {+quick, safe+} and cheap",
        "  results 1 value: [-100-] {+120+}\n",
        "\ncases by theme\n  telestroke Telestroke: 4 to 3\n  rural Rural care: 0 to 1  (had none)\n",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let styled = diff(casebook.path(), &["v1", "--color", "always"]).stdout;
    assert!(styled.contains("\u{1b}[32mquick, safe\u{1b}[0m"), "{styled:?}");
    let page = diff(casebook.path(), &["v1", "--format", "md"]).stdout;
    let start = "### What changed since <code>v1</code>\n\n\
                 4 cases: 1 new, 1 gone, 1 renamed, 1 changed.\n\n**New**\n\n- The case c";
    assert!(page.starts_with(start), "{page}");
    for words in
        ["<del>quick</del> <ins>quick, safe</ins>", "**Themes that have a case now:** Rural"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The details stand behind all that is to be seen at once.
    assert!(page.find("<details>").unwrap() > page.find("Rural care").unwrap());
}

/// Two editions that differ in what stands around their cases.
fn two_frames() -> (Casebook, Casebook) {
    let edition = |title: &str, chapters: &str, links: &str| {
        let casebook = Casebook::new(&[("a", &case("a"))]);
        let contents = format!("contents: [{chapters}, {{section: cases}}]\n");
        let links = format!("links:\n  - {{title: Home, url: \"https://example.org/{links}\"}}\n");
        let manifest = MANIFEST.replace("title: Test", &format!("title: {title}"));
        casebook.write("casebook.yaml", format!("{manifest}{contents}{links}"));
        casebook
    };
    let kept = "# About\n\nWe met twice and\nwrote it down.\n\nThis stays as it is.\n";
    let before = edition("Care", "{chapter: c/about.md}, {chapter: c/gone.md}", "old");
    before.write("c/about.md", kept);
    before.write("c/gone.md", "# Gone\n");
    let now = edition("Better care", "{chapter: c/about.md}, {chapter: c/new.md}", "new");
    // Where lines end says nothing.
    now.write("c/about.md", kept.replace("twice and\n", "three times and ") + "\nThanks.\n");
    now.write("c/new.md", "# New\n");
    (before, now)
}

#[test]
fn chapters_are_compared_by_words_and_the_manifest_by_field() {
    let (before, now) = two_frames();
    let since = before.path().to_str().unwrap();
    let text = diff(now.path(), &[since]).stdout;
    let expected = "nothing changed in the cases\n\n\
        changed: casebook.yaml\n  title: [-Care-] {+Better care+}\n\
        \x20 contents 2 chapter: [-c/gone.md-] {+c/new.md+}\n\
        \x20 links 1 url: [-https://example.org/old-] {+https://example.org/new+}\n\n\
        chapters\n  + c/new.md\n  - c/gone.md\n\n\
        changed: c/about.md\n\
        \x20 paragraph 2: We met [-twice-] {+three times+} and wrote it down.\n  {+Thanks.+}\n";
    let told = text.split_once('\n').unwrap().1;
    assert_eq!(told, expected);

    let json = diff(now.path(), &[since, "--format", "json"]).stdout;
    let found: Value = serde_json::from_str(&json).unwrap();
    let pointers: Vec<&str> = (found["manifest"].as_array().unwrap().iter())
        .map(|field| field["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/title", "/contents/1/chapter", "/links/0/url"]);
    let chapters = json!({
        "added": ["c/new.md"],
        "removed": ["c/gone.md"],
        "changed": [{"path": "c/about.md", "paragraphs": [
            {"pointer": "/1", "words": [
                {"same": "We met"}, {"removed": "twice"}, {"added": "three times"},
                {"same": "and wrote it down."},
            ]},
            {"pointer": "", "words": [{"added": "Thanks."}]},
        ]}],
    });
    assert_eq!(found["chapters"], chapters);

    let page = diff(now.path(), &[since, "--format", "md"]).stdout;
    for words in [
        "**New chapters**\n\n- <code>c&#47;new&#46;md</code>\n",
        "<summary>3 places in casebook.yaml changed</summary>",
        "<summary>1 chapter changed</summary>",
        "- 2: We met <del>twice</del> <ins>three times</ins> and",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn nothing_to_tell_is_told_and_is_no_failure() {
    let casebook = two_editions();
    git(casebook.path(), &["add", "-A"]);
    git(casebook.path(), &["commit", "-qm", "Second"]);
    let run = diff(casebook.path(), &["HEAD"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stdout.ends_with("nothing changed in the cases\n"), "{}", run.stdout);
    // Other line ends, another order and comments are no change of what is said.
    let text = fs::read_to_string(casebook.path().join("cases/c.yaml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let turned: Vec<&str> = lines.iter().rev().copied().collect();
    casebook.write("cases/c.yaml", format!("# new\r\n{}\r\n", turned.join("\r\n")));
    let run = diff(casebook.path(), &["HEAD"]);
    assert!(run.stdout.ends_with("nothing changed in the cases\n"), "{}", run.stdout);
}

#[test]
fn folders_are_compared_without_git() {
    let now = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let before = Casebook::new(&[("a", &case("a"))]);
    let folder = before.path().to_str().unwrap();
    let run = without_git(now.path(), &[folder, "--format", "json", "-o", "changes.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let found = fs::read_to_string(now.path().join("changes.json")).unwrap();
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["added"][0]["id"], "b");
}

#[test]
fn a_picture_that_is_replaced_under_its_name_changes_its_case() {
    let shows = |id: &str, more: &str| (id.to_owned(), format!("{}{more}\n", case(id)));
    let cases = [
        shows("field", "images: [{file: one.svg, alt: One}, {file: two.svg, alt: Two}]"),
        shows("text", "aims: To see ![all](./two.svg) and [more](https://example.org)."),
        shows("same", "images: [{file: one.svg, alt: One}]"),
        shows("other", "images: [{file: new.svg, alt: Two}]"),
    ];
    let cases: Vec<(&str, &str)> = cases.iter().map(|(id, text)| (&**id, &**text)).collect();
    let picture = |width: u8| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='{width}' height='5'/></svg>"
        )
    };
    let (before, now) = (Casebook::new(&cases), Casebook::new(&cases));
    for (casebook, width) in [(&before, 3), (&now, 4)] {
        casebook.write("cases/one.svg", picture(1));
        casebook.write("cases/two.svg", picture(width));
        casebook.write("cases/new.svg", picture(2));
    }
    before.write("cases/other.yaml", cases[3].1.replace("new.svg", "two.svg"));
    let folder = before.path().to_str().unwrap();
    let run = without_git(now.path(), &[folder, "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let changed: Vec<(&str, &str)> = (found["changed"].as_array().unwrap().iter())
        .flat_map(|case| {
            let fields = case["fields"].as_array().unwrap().iter();
            fields.map(|field| (case["id"].as_str().unwrap(), field["pointer"].as_str().unwrap()))
        })
        .collect();
    let expected = [("field", "/images/1/file"), ("other", "/images/0/file"), ("text", "/aims")];
    assert_eq!(changed, expected, "{found}");
    let run = without_git(now.path(), &[folder]);
    let words = "changed: text  The case text\n  aims: ./two.svg {+(another picture)+}\n";
    assert!(run.stdout.contains(words), "{}", run.stdout);
    assert!(
        run.stdout.contains("  images 2 file: two.svg {+(another picture)+}\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_casebook_below_the_root_of_its_repository_is_found_there() {
    let outer = Casebook::new(&[]);
    let inner = |path: &str| format!("books/näh/{path}");
    outer.write(&inner("casebook.yaml"), MANIFEST);
    outer.write(&inner("cases/a.yaml"), case("a"));
    outer.write(&inner("cases/.hidden/x.yaml"), "no case");
    git(outer.path(), &["init", "-q"]);
    git(outer.path(), &["add", "books"]);
    git(outer.path(), &["commit", "-qm", "First"]);
    outer.write(&inner("cases/b.yaml"), case("b"));
    let run = diff(&outer.path().join("books/näh"), &["main"]);
    assert!(run.stdout.contains("+ b  The case b\n"), "{run:?}");
    assert!(!run.stdout.contains("case a"), "{run:?}");
}

#[test]
fn what_a_group_s_own_form_hides_is_not_compared() {
    let form = "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\nproperties:\n  \
                ours:\n    type: object\n    properties:\n      open: {type: string, title: Open}\n      \
                secret: {type: string, title: Secret, x-private: true}\n";
    let edition = |open: &str, secret: &str| {
        let text = format!("{}ours: {{open: {open}, secret: {secret}}}\n", case("a"));
        let casebook = Casebook::new(&[("a", &text)]);
        casebook.write("casebook.yaml", format!("{MANIFEST}form: {{extend: form.yaml}}\n"));
        casebook.write("form.yaml", form);
        casebook
    };
    let (before, now) = (edition("one", "whisper"), edition("two", "murmur"));
    let run = diff(now.path(), &[before.path().to_str().unwrap()]);
    assert!(run.stdout.contains("ours open: [-one-] {+two+}"), "{run:?}");
    assert!(!run.stdout.contains("murmur"), "{run:?}");
}

/// Fields of a group's own form, by what stands in them.
fn own_form(fields: &str) -> String {
    format!(
        "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\nproperties:\n{fields}"
    )
}

const NAMES_OF_V1: &str = "  people: {type: string, title: People}\n  \
    team:\n    type: object\n    properties:\n      boss: {type: string, title: Boss}\n";

const NAMES_OF_NOW: &str = "  audience: {type: string, title: Audience, x-renamed-from: people}\n  \
    team:\n    type: object\n    properties:\n      lead: {type: string, title: Lead, x-renamed-from: boss}\n";

/// A casebook whose cases have the names of its first edition, the tag `v1`, and whose form has others now.
fn renamed_fields() -> Casebook {
    let text = |id: &str| format!("{}people: Doctors\nteam: {{boss: Ada}}\n", case(id));
    let casebook = Casebook::new(&[("a", &text("a")), ("b", &text("b")), ("c", &text("c"))]);
    let manifest = "form: {extend: form.yaml}\ncontents: [{section: changes}, {section: cases}]\n\
                    changes: {since: v1}\n";
    casebook.write("casebook.yaml", format!("{MANIFEST}{manifest}"));
    casebook.write("form.yaml", own_form(NAMES_OF_V1));
    git(casebook.path(), &["init", "-q"]);
    git(casebook.path(), &["add", "."]);
    git(casebook.path(), &["commit", "-qm", "First"]);
    git(casebook.path(), &["tag", "v1"]);
    casebook.write("form.yaml", own_form(NAMES_OF_NOW));
    casebook
}

#[test]
fn a_key_with_another_name_is_no_change_and_one_with_another_value_is_one() {
    let casebook = renamed_fields();
    // Some cases may have the new names before the others.
    let renamed = |id: &str| format!("{}audience: Doctors\nteam: {{lead: Ada}}\n", case(id));
    casebook.write("cases/a.yaml", renamed("a"));
    let run = diff(casebook.path(), &["v1"]);
    assert!(run.stdout.contains("nothing changed in the cases"), "{run:?}");
    assert_eq!(casebook.run(&["migrate"]).status, Some(0));
    casebook.write("cases/b.yaml", renamed("b").replace("Ada", "Grace"));
    // With another id, it is the same case still.
    fs::remove_file(casebook.path().join("cases/c.yaml")).unwrap();
    casebook.write("cases/d.yaml", renamed("d").replace("case d", "case c"));
    let run = diff(casebook.path(), &["v1", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let words = json!([{"removed": "Ada"}, {"added": "Grace"}]);
    let fields = json!([{"pointer": "/team/lead", "words": words}]);
    assert_eq!(found["changed"], json!([{"id": "b", "title": "The case b", "fields": fields}]));
    assert_eq!(found["renamed"], json!([{"before": "c", "now": "d", "title": "The case c"}]));

    let mut build = command(casebook.path());
    build.env("PATH", std::env::var_os("PATH").unwrap()).args(["build", "--format", "site"]);
    let run = finish(&mut build);
    assert_eq!(run.status, Some(0), "{run:?}");
    let page = fs::read_to_string(casebook.path().join("build/site/changes.html")).unwrap();
    assert!(page.contains("The case b") && !page.contains("The case a"), "{page}");
}

#[test]
fn what_either_edition_hides_is_not_compared_whatever_it_is_called() {
    let casebook = renamed_fields();
    // It was for everybody once, and has its old name still.
    let hidden = NAMES_OF_NOW.replace("title: Audience,", "title: Audience, x-private: true,");
    casebook.write("form.yaml", own_form(&hidden));
    let text = fs::read_to_string(casebook.path().join("cases/a.yaml")).unwrap();
    casebook.write("cases/a.yaml", text.replace("Doctors", "Whisper").replace("Ada", "Grace"));
    let run = diff(casebook.path(), &["v1"]);
    assert!(run.stdout.contains("team lead: [-Ada-] {+Grace+}"), "{run:?}");
    assert!(!run.stdout.contains("Doctors") && !run.stdout.contains("Whisper"), "{run:?}");
}

#[test]
fn what_cannot_be_compared_with_is_a_wrong_call() {
    let casebook = two_editions();
    for since in ["v2", "--output=x", "HEAD:cases", "HEAD^{tree}", "", "a b", "-"] {
        let run = diff(casebook.path(), &["--", since]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{since}: {run:?}");
    }
    let run = diff(casebook.path(), &["v2"]);
    assert!(run.stderr.contains("there is no revision `v2`"), "{}", run.stderr);
    assert!(!casebook.path().join("x").exists());
}

#[test]
fn where_there_is_no_git_a_folder_is_offered() {
    let bare = Casebook::new(&[("a", &case("a"))]);
    let no_repository = diff(bare.path(), &["v1"]);
    let no_git = without_git(two_editions().path(), &["v1"]);
    for (run, words) in [
        (no_repository, "this folder is not in a git repository"),
        (no_git, "git is not installed, and it is needed for tags"),
    ] {
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(run.stderr.contains("`casebook diff ../last-edition`"), "{}", run.stderr);
        assert!(!run.stderr.contains("fatal"), "{}", run.stderr);
    }
    bare.write("casebook.yaml", format!("{MANIFEST}changes: {{since: v1}}\n"));
    let mut build = command(bare.path());
    let run = finish(build.env("PATH", "/nowhere").args(["build", "--format", "html"]));
    assert_eq!(run.status, Some(2), "{run:?}");
    for words in ["git is not installed", "install git, or name a folder", "casebook.yaml:5:18"] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert!(!run.stderr.contains("fetched"), "{}", run.stderr);
}

#[test]
fn the_folder_of_the_output_is_made_and_nothing_is_said_of_how_it_is_written() {
    let casebook = two_editions();
    let run = diff(casebook.path(), &["v1", "--format", "md", "-o", "new/folder/x.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let text = fs::read_to_string(casebook.path().join("new/folder/x.md")).unwrap();
    assert!(text.starts_with("### What changed since"), "{text}");
    for args in [
        &["diff", "v1", "-o", "casebook.yaml/x.md"][..],
        &["validate", "--message-format", "json=casebook.yaml/x.json"],
    ] {
        let path = std::env::var_os("PATH").unwrap();
        let run = finish(command(casebook.path()).env("PATH", path).args(args));
        assert_eq!(run.status, Some(2), "{args:?}: {run:?}");
        assert!(
            run.stderr
                .contains(&format!("cannot write {}", args[args.len() - 1].replace("json=", ""))),
            "{args:?}: {}",
            run.stderr
        );
        assert!(!run.stderr.contains("waiting"), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_repository_decides_nothing_of_what_runs() {
    let casebook = two_editions();
    let folder = casebook.path();
    let trap = format!("touch {}", folder.join("trapped").display());
    for (key, value) in [
        ("diff.external", trap.as_str()),
        ("diff.x.textconv", &trap),
        ("filter.x.smudge", &trap),
        ("core.fsmonitor", &trap),
        ("core.pager", &trap),
        ("alias.rev-parse", &format!("!{trap}")),
    ] {
        git(folder, &["config", key, value]);
    }
    casebook.write(".gitattributes", "*.yaml diff=x filter=x\n");
    let run = diff(folder, &["v1"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(!folder.join("trapped").exists());
}

#[test]
fn cases_with_errors_are_compared_and_those_that_cannot_be_read_are_named() {
    let casebook = two_editions();
    let text = fs::read_to_string(casebook.path().join("cases/c.yaml")).unwrap();
    casebook.write("cases/c.yaml", text.replace("mixed", "mixd"));
    casebook.write("cases/same.yaml", "broken: [漢字");
    let run = diff(casebook.path(), &["v1"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stdout.contains("+ c  The case c"), "{}", run.stdout);
    assert!(!run.stdout.contains("- same"), "{}", run.stdout);
    assert!(run.stdout.contains("cases/same.yaml cannot be read now"), "{}", run.stdout);
    assert!(run.stderr.contains("2 cases with errors now"), "{}", run.stderr);
    casebook.write("casebook.yaml", "casebook: 1\ntitle: [\n");
    let run = diff(casebook.path(), &["v1"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("yaml-syntax"), "{}", run.stderr);
}

#[test]
fn hostile_words_drive_nothing_and_long_ones_take_no_time() {
    let hostile = "\"\\e[2J\u{202e}##[group]x\"";
    let word = |number: usize| format!("w{number} ");
    let long: String = (0..2500).map(word).collect();
    let other: String = (0..2500).rev().map(word).collect();
    let text = |aims: &str| format!("{}aims: {aims}\nkeywords: [{hostile}]\n", case("a"));
    let now = Casebook::new(&[("a", &text(&other))]);
    let before = Casebook::new(&[("a", &text(&long).replace(hostile, "x")), ("b", &case("b"))]);
    for format in ["text", "md", "json"] {
        let run = now.run(&["diff", before.path().to_str().unwrap(), "--format", format]);
        assert_eq!(run.status, Some(0), "{run:?}");
        match format {
            "json" => assert!(!run.stdout.contains('\u{1b}')),
            _ => assert_inert(&run.stdout),
        }
    }
}

#[test]
fn a_killed_comparison_leaves_the_file_before_or_the_new_one() {
    let casebook = two_editions();
    let before = tempfile::tempdir().unwrap();
    let earlier = Casebook::new(&[("a", &case("a")), ("b", &case("b"))]);
    let file = before.path().join("changes.md");
    let since = earlier.path().to_str().unwrap();
    let args = ["diff", since, "--format", "md", "-o", file.to_str().unwrap()];
    let begun = Instant::now();
    assert_eq!(casebook.run(&args).status, Some(0));
    let (whole, new) = (begun.elapsed(), fs::read_to_string(&file).unwrap());
    assert!(new.starts_with("### What changed since"), "{new}");
    fs::write(&file, "old").unwrap();
    let mut look = |moment| {
        let found = fs::read_to_string(&file).unwrap();
        assert!(found == "old" || found == new, "half there at {moment}: {found}");
        fs::write(&file, "old").unwrap();
    };
    killed_on_the_way(casebook.path(), &args, &mut look, whole);
    assert_eq!(casebook.run(&args).status, Some(0));
    let left: Vec<_> = tree(before.path()).into_keys().collect();
    assert_eq!(left, [Path::new("changes.md")]);
}
