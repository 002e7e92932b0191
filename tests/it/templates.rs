//! A casebook's own templates: what they change, where their faults are shown, what they cannot reach.

use std::fs;
use std::path::Path;

use crate::support::{Casebook, MANIFEST, Run, case, repository, same, tree};

/// A casebook with one case and with templates of its own, by path and text.
fn with_templates(templates: &[(&str, &str)]) -> Casebook {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}templates: own\n"));
    for (path, text) in templates {
        casebook.write(&format!("own/{path}"), text);
    }
    casebook
}

/// A template that has the rest from the built-in one; its own first line is the second.
fn badge(text: &str) -> String {
    format!("#import \"badge.built-in.typ\": *\n{text}")
}

fn built(casebook: &Casebook, formats: &str) -> Run {
    let short = ["--message-format", "short"];
    casebook.run(&[&["build", "--format", formats, "-o", "out"][..], &short].concat())
}

/// Checks what is said of one template, a message a line.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let run = built(&with_templates(&[(path, text)]), "pdf,html");
    // What to do stands behind it, in brackets.
    let found = run.stdout.lines().map(|line| line.split_once(" (").map_or(line, |(line, _)| line));
    let found: Vec<&str> = found.collect();
    assert_eq!(found, expected, "{run:?}");
}

#[test]
fn a_fault_is_shown_where_it_stands() {
    let check = |text: &str, place: &str, message: &str| {
        let fault = format!("own/components/badge.typ:{place}: error[template-error]: {message}");
        check("components/badge.typ", &badge(text), &[&fault]);
    };
    check("#let outcome-badge(outcome) = (outcome\n", "2:31", "unclosed delimiter");
    check(
        "// é\n#let outcome-badge(outcome) = {\n  let é = 1; strng(outcome)\n}\n",
        "4:14",
        "unknown variable: strng",
    );
    check(
        "#let outcome-badge(outcome) = text(size: outcome)[x]\n",
        "2:42",
        "expected length, found string",
    );
    check(
        "#import \"parts.typ\": by-targt\n#let outcome-badge(outcome) = outcome\n",
        "2:22",
        "`components/parts.typ` defines no `by-targt`",
    );
    check(
        "#import \"../parts.typ\": note\n#let outcome-badge(outcome) = outcome\n",
        "2:9",
        "there is no template `../parts.typ`",
    );
    check(
        "#let outcome-badge(outcome) = {\n  while 2 > 1 { outcome += \"x\" }\n}\n",
        "3:9",
        "condition is always true",
    );
}

#[test]
fn a_mark_before_the_text_and_foreign_line_ends_move_no_caret() {
    let text = "\u{feff}#let lessons(report) = {\r\n  strng(report)\r\n}\r\n";
    let run = built(&with_templates(&[("sections/lessons.typ", text)]), "html");
    assert!(run.stdout.starts_with("own/sections/lessons.typ:2:3: error"), "{run:?}");
}

#[test]
fn a_template_that_is_used_wrongly_is_shown_by_its_definition() {
    check(
        "sections/lessons.typ",
        "#let lesons(report) = [x]\n",
        &["own/sections/lessons.typ:1:6: error[template-error]: this template does not define \
         `lessons`"],
    );
    let text = badge("#let outcome-badge() = [x]\n");
    let run =
        with_templates(&[("components/badge.typ", &text)]).run(&["build", "--format", "html"]);
    assert!(run.stderr.contains("]: unexpected argument\n"), "{run:?}");
    assert!(run.stderr.contains(" --> own/components/badge.typ:2:6\n"), "{run:?}");
    assert!(run.stderr.contains("is used by the built-in components/finder.typ, line "), "{run:?}");
    let system = fs::read_to_string(repository().join("templates/system.typ")).unwrap();
    let casebook = with_templates(&[("system.typ", &system.replace("\n  part: 26pt,", ""))]);
    let run = built(&casebook, "pdf");
    assert!(run.stdout.starts_with("own/system.typ:"), "{run:?}");
    assert!(run.stdout.contains("dictionary does not contain key \"part\""), "{run:?}");
}

#[test]
fn a_fault_in_a_built_in_template_is_shown_by_its_caller() {
    let text = "#import \"../components/parts.typ\": address\n\n\
                #let inner(x) = address(x)\n\n#let lessons(report) = inner(1)\n";
    let casebook = with_templates(&[("sections/lessons.typ", text)]);
    let run = casebook.run(&["build", "--format", "html", "--message-format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = &json["diagnostics"][0];
    assert_eq!((found["line"].as_u64(), found["column"].as_u64()), (Some(3), Some(17)), "{json}");
    assert_eq!(found["code"], "template-error");
    let note = found["notes"][0].as_str().unwrap();
    assert!(note.starts_with("it showed in the built-in components/parts.typ, line "), "{note}");
    let related = &found["related"][0];
    assert_eq!(related["message"], "while calling `inner`");
    assert_eq!((related["line"].as_u64(), related["column"].as_u64()), (Some(5), Some(24)));
}

#[test]
fn a_key_that_is_not_there_leads_to_the_one_that_was_meant() {
    let text = "#let case-study(case, level: 3) = case.titel\n";
    let run = with_templates(&[("components/case.typ", text)]).run(&["build", "--format", "html"]);
    assert!(run.stderr.contains(" --> own/components/case.typ:1:40\n"), "{run:?}");
    assert!(run.stderr.contains("did you mean `title`?"), "{run:?}");
}

#[test]
fn labels_that_are_left_out_are_told_once() {
    let text = "#let case-study(case, level: 3) = heading(level: level, case.title)\n";
    check(
        "components/case.typ",
        text,
        &[
            "own/components/case.typ:1:6: error[template-error]: the report leads to a case, and this \
         template sets no label for it",
        ],
    );
}

#[test]
fn a_label_that_is_left_out_is_told_where_it_was_left_out() {
    let casebook = copy_of(&repository().join("tests/templates/full"));
    let manifest = fs::read_to_string(casebook.path().join("casebook.yaml")).unwrap();
    casebook.write("casebook.yaml", format!("{manifest}templates: own\n"));
    let see = "#let glossary(report) = link(label(report.glossary.last().see.first().label))[x]\n";
    for (path, text, expected) in [
        ("sources", "#let all-sources(report) = [x]\n", &["a source"][..]),
        ("chapter", "#let chapter(report, item) = [x]\n", &["a chapter"]),
        ("network", "#let network(report) = [x]\n", &["the section `network`"]),
        ("activities", "#let activities(report) = [x]\n", &["the section `activities`"]),
        (
            "cover",
            "#import \"cover.built-in.typ\": contents, cover\n#let imprint(report) = [x]\n",
            &["the section `imprint`"],
        ),
        ("glossary", see, &["a term of the glossary", "the section `glossary`"]),
    ] {
        let path = format!("own/sections/{path}.typ");
        casebook.write(&path, text);
        let run = built(&casebook, "pdf,html");
        let found: Vec<&str> = run
            .stdout
            .lines()
            .filter_map(|line| line.strip_prefix(&path)?.split_once("the report leads to "))
            .filter_map(|(_, line)| Some(line.split_once(", and this template sets no label")?.0))
            .collect();
        assert_eq!(found, expected, "{run:?}");
        assert_eq!(run.stdout.lines().count(), expected.len(), "{run:?}");
        fs::remove_file(casebook.path().join(path)).unwrap();
    }
}

#[test]
fn what_the_web_leaves_out_is_a_warning_that_may_be_turned_off() {
    let text = "#let lessons(report) = align(right, report.title)\n";
    let casebook = with_templates(&[("sections/lessons.typ", text)]);
    let run = built(&casebook, "pdf,html,site");
    assert_eq!(run.status, Some(0));
    assert_eq!(
        run.stdout,
        "own/sections/lessons.typ:1:24: warning[template-warning]: align was ignored during HTML \
         export\n"
    );
    casebook.write(
        "casebook.yaml",
        format!("{MANIFEST}templates: own\nrules: {{template-warning: off}}\n"),
    );
    assert_eq!(built(&casebook, "html").stdout, "");
}

#[test]
fn nothing_is_fetched_and_nothing_outside_the_folder_is_reached() {
    let import = |path: &str| format!("#import {path}: x\n#let lessons(report) = [x]\n");
    let casebook = with_templates(&[("sections/lessons.typ", &import("\"@preview/cetz:0.3.0\""))]);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains(" --> own/sections/lessons.typ:1:9\n"), "{run:?}");
    for part in ["the package `@preview/cetz:0.3.0` cannot be imported", "fetches nothing", "copy"]
    {
        assert!(run.stderr.contains(part), "{run:?}");
    }
    let mistakes = [
        (import("\"@pre\" + \"view/cetz:0.3.0\""), "1:9", "failed to load package"),
        (import("\"../../cases.typ\""), "1:9", "`../../cases.typ` leads out of the templates"),
        (import("\"../../cases\" + \".typ\""), "1:9", "would escape the package root"),
    ];
    for (text, place, message) in mistakes {
        let run = built(&with_templates(&[("sections/lessons.typ", &text)]), "html");
        let line = run.stdout.lines().next().unwrap_or_default();
        assert!(line.starts_with(&format!("own/sections/lessons.typ:{place}: error")), "{line}");
        assert!(line.contains(message), "{line}");
    }
    // The case's own file holds what is private, and lies in memory beside the templates.
    for path in ["/cases/a.yaml", "../../cases/a.yaml", "/casebook.yaml", "/../cases/a.yaml"] {
        let text = format!("#let lessons(report) = read(\"{path}\")\n");
        let run = built(&with_templates(&[("sections/lessons.typ", &text)]), "html");
        assert_eq!(run.status, Some(1), "{path}: {run:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_lead_nowhere_else() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.typ"), "#let outcome-badge(outcome) = [stolen]\n").unwrap();
    let casebook = with_templates(&[("components/facts.typ", "#let facts-box(..pairs) = {}\n")]);
    let link = casebook.path().join("own/components/badge.typ");
    std::os::unix::fs::symlink(outside.path().join("x.typ"), &link).unwrap();
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert!(run.stdout.contains("error[path-outside]"), "{run:?}");
    fs::remove_file(&link).unwrap();
    // A folder is not followed at all, and `init` writes through none.
    let folder = casebook.path().join("own/sections");
    std::os::unix::fs::symlink(outside.path(), &folder).unwrap();
    assert_eq!(casebook.run(&["validate"]).status, Some(0));
    let run = casebook.run(&["init", "--template", "cover"]);
    assert!(run.stderr.contains("leads out of the casebook"), "{run:?}");
    assert_eq!(tree(outside.path()).len(), 1);
}

#[test]
fn the_folder_is_one_of_the_casebook_and_holds_templates() {
    let casebook = with_templates(&[]);
    let code = |folder: &str| {
        casebook.write("casebook.yaml", format!("{MANIFEST}templates: {folder}\n"));
        let run = casebook.run(&["validate", "--message-format", "short"]);
        let (_, rest) = run.stdout.split_once("error[").unwrap();
        rest.split_once(']').unwrap().0.to_owned()
    };
    assert_eq!(code("own"), "templates-missing");
    assert_eq!(code("../own"), "path-outside");
    assert_eq!(code("/etc"), "path-outside");
    assert_eq!(code("\".\""), "path-outside");
    casebook.write("own/lib.typ", "x".repeat((1 << 20) + 1));
    assert_eq!(code("own"), "file-too-large");
    casebook.write("many/lib.typ", "");
    for number in 0..500 {
        casebook.write(&format!("many/{number}.txt"), "x");
    }
    assert_eq!(code("many"), "template-error");
    // Marks that are patterns elsewhere are letters here.
    casebook.write("a [b]*/components/badge.typ", "#let outcome-badge(outcome) = [\n");
    assert_eq!(code("a [b]*"), "template-error");
}

#[test]
fn templates_are_used_only_if_the_manifest_says_so() {
    let casebook = with_templates(&[("lib.typ", "#let report(report) = [Ours]\n")]);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.contains("does not define `site-page`"), "{run:?}");
    casebook.write("casebook.yaml", MANIFEST);
    assert_eq!(built(&casebook, "html").status, Some(0));
}

#[test]
fn a_template_without_effect_is_told() {
    let badge = "#let outcome-badge(outcome) = outcome\n";
    let casebook = with_templates(&[
        ("badge.typ", badge),
        ("components/bagde.typ", badge),
        ("typst.toml", "[package]\n"),
        ("components/badge.built-in.typ", badge),
        ("components/facts.typ", "#import \"../parts/a.typ\": a\n#let facts-box(..pairs) = a\n"),
        ("parts/a.typ", "#let b = \"b.typ\"\n#import b: a\n"),
        ("parts/b.typ", "#let a = image(\"a.svg\", alt: \"A\")\n"),
        ("parts/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>\n"),
    ]);
    let run = casebook.run(&["validate"]);
    assert_eq!(run.stderr.matches("warning[template-unused]").count(), 4, "{run:?}");
    assert_eq!(run.stderr.matches("did you mean `components/badge.typ`?").count(), 2, "{run:?}");
    let run = built(&casebook, "html");
    assert_eq!(run.status, Some(0), "{run:?}");
}

#[test]
fn a_built_in_template_can_be_changed_in_part() {
    let text = "#import \"badge.built-in.typ\": *\n#let before = outcome-badge\n\
                #let outcome-badge(outcome) = before(outcome) + [ Changed!]\n";
    let casebook = with_templates(&[("components/badge.typ", text)]);
    assert_eq!(built(&casebook, "html,pdf,site").status, Some(0));
    let html = fs::read_to_string(casebook.path().join("out/report.html")).unwrap();
    assert!(html.contains(">Mixed</span> Changed!"));
    let page = fs::read_to_string(casebook.path().join("out/site/cases/a.html")).unwrap();
    assert!(page.contains("Changed!"));
}

fn copy_of(folder: &Path) -> Casebook {
    let casebook = Casebook::new(&[]);
    for (path, bytes) in tree(folder) {
        casebook.write(path.to_str().unwrap(), bytes);
    }
    casebook
}

#[test]
fn copies_change_nothing_until_they_are_changed() {
    let casebook = copy_of(&repository().join("tests/templates/full"));
    let manifest = fs::read_to_string(casebook.path().join("casebook.yaml")).unwrap();
    let build = |out: &str| {
        let run = casebook.run(&["build", "--format", "pdf,html,site", "-o", out]);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert!(run.stderr.contains(": 0 errors, 0 warnings"), "{run:?}");
        tree(&casebook.path().join(out))
    };
    let before = build("before");
    casebook.write("casebook.yaml", format!("{manifest}templates: looks\n"));
    let run = casebook.run(&["init", "--template"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let paths = |folder: &Path| -> Vec<_> { tree(folder).into_keys().collect() };
    let mut all = paths(&repository().join("templates"));
    all.retain(|path| path != Path::new("typst.toml"));
    // The page of all cases and the form to fill in have scripts and styles that no template is made of.
    all.retain(|path| {
        !path.starts_with("webform")
            && !path.starts_with("finder")
            && path != Path::new("finder.css")
    });
    assert_eq!(paths(&casebook.path().join("looks")), all);
    same(&before, &build("copied"));
    let badge = casebook.path().join("looks/components/badge.typ");
    let text = fs::read_to_string(&badge).unwrap();
    fs::write(badge, text.replace("word-of(outcome)", "upper(word-of(outcome))")).unwrap();
    let after = build("changed");
    let page = |files: &std::collections::BTreeMap<_, Vec<u8>>| {
        String::from_utf8(files[Path::new("report.html")].clone()).unwrap()
    };
    assert!(page(&after).contains(">MIXED</span>") && !page(&before).contains("MIXED"));
    let css = casebook.path().join("looks/report.css");
    fs::write(css, "body { color: teal }\n").unwrap();
    fs::write(casebook.path().join("looks/site.css"), ".ways { color: olive }\n").unwrap();
    let styled = build("styled");
    assert!(page(&styled).contains("body { color: teal }"));
    let of_site = String::from_utf8(styled[Path::new("site/assets/style.css")].clone()).unwrap();
    assert!(of_site.contains("teal") && of_site.contains("olive") && !of_site.contains(".crumbs"));
    assert!(!page(&styled).contains("olive"));
}

#[test]
fn init_copies_what_is_named_and_overwrites_nothing() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    let run = casebook.run(&["init", "--template", "case", "sections/cover"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("copied 2 templates into templates\n"), "{run:?}");
    assert!(run.stderr.contains("`templates: templates`"), "{run:?}");
    let copied = tree(&casebook.path().join("templates"));
    let paths: Vec<_> = copied.keys().map(|path| path.to_str().unwrap()).collect();
    assert_eq!(paths, ["components/case.typ", "sections/cover.typ"]);
    assert!(casebook.run(&["init", "--template", "case"]).stderr.contains("nothing is new"));
    casebook.write("templates/components/case.typ", "#let mine = 1\n");
    let run = casebook.run(&["init", "--template", "badge,case"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("templates/components/case.typ is there already"), "{run:?}");
    assert!(!casebook.path().join("templates/components/badge.typ").exists());
    for (args, message) in [
        (&["init"][..], "--title"),
        (&["init", "--template", "components/cse.typ"], "did you mean `components/case.typ`?"),
        (&["init", "--template", "timeline"], "charts/timeline.typ, sections/timeline.typ"),
        (&["--root", "/", "init", "--template"], "there is no casebook.yaml"),
    ] {
        let run = casebook.run(args);
        assert_eq!(run.status, Some(2), "{args:?}: {run:?}");
        assert!(run.stderr.contains(message), "{args:?}: {run:?}");
    }
}

#[test]
fn a_copy_of_an_older_template_is_told() {
    let casebook = Casebook::new(&[("a", &case("a"))]);
    casebook.write("casebook.yaml", format!("{MANIFEST}templates: templates\n"));
    casebook.run(&["init", "--template", "badge"]);
    let path = "templates/components/badge.typ";
    let text = fs::read_to_string(casebook.path().join(path)).unwrap();
    assert!(!casebook.run(&["validate"]).stderr.contains("template-old"));
    let head = text.lines().next().unwrap();
    let old = head.rsplit_once(' ').unwrap().0;
    casebook.write(path, text.replace(head, &format!("{old} 0123456789abcdef")));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert_eq!(run.status, Some(0));
    assert!(run.stdout.starts_with(&format!("{path}:1:4: info[template-old]")), "{run:?}");
}
