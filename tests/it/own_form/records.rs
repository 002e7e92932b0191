//! Records of a form of the group's own: their ids, their roles, and what stays private.

use casebook::app::Status;
use casebook::model::Output;

use super::{built, checked, told, words};

const SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "ref": {},
    "name": { "type": "string" },
    "from": { "type": "string" },
    "to": { "type": "string" },
    "state": { "type": "string" },
    "verdict": { "type": "string" },
    "topics": { "type": "array", "items": { "type": "string" } },
    "diary": { "title": "Diary", "type": "array", "items": {
      "type": "object",
      "properties": { "day": { "type": "string" }, "secret": { "type": "string", "x-private": true } } } },
    "owner": { "title": "Owner", "x-private": true, "type": "object",
               "properties": { "phone": { "type": "string" } } },
    "site": { "title": "Site", "type": "object",
              "properties": { "area": { "type": "number", "x-unit": "ha" },
                              "key": { "$ref": "\#/definitions/hidden" } } }
  },
  "definitions": { "hidden": { "type": "string", "x-private": true } }
}"#;

const MANIFEST: &str = "\
form:
  schema: s.json
  roles:
    id: /ref
    title: /name
    period: {start: /from, end: /to}
    themes: /topics
    status: {pointer: /state, values: {open: operational, shut: discontinued}}
    outcome: {pointer: /verdict, values: {thrives: success, gave up: failed}}
    sections: [/diary, /owner, /site]
";

fn schema() -> String {
    SCHEMA.replace("\\#", "#")
}

/// Checks records in files of their own names.
fn hold(records: &[(&str, &str)]) -> (Status, Vec<String>) {
    let schema = schema();
    let mut files = vec![("s.json", schema.as_str())];
    files.extend(records);
    let outcome = checked(MANIFEST, &files);
    (outcome.status, told(&outcome))
}

#[test]
fn records_come_one_a_file_as_a_list_and_as_documents() {
    let schema = schema();
    let made = built(
        MANIFEST,
        &[
            ("s.json", schema.as_str()),
            ("cases/one.yaml", "ref: A 1\n"),
            ("cases/two.json", r#"[{"ref": "B 1", "verdict": "gave up"}, {"name": "No ref"}]"#),
            ("cases/three.yaml", "ref: 17\nstate: open\n---\nref: C 2\nverdict: mixed\n"),
        ],
        &[Output::Data, Output::Site],
    );
    let rows: Vec<String> = made["data/cases.csv"]
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            format!("{} {} {} {}", cells[0], cells[1], cells[15], cells[16])
        })
        .collect();
    assert_eq!(
        rows,
        ["17 17 operational ", "a-1 a-1  ", "b-1 b-1  failed", "c-2 c-2  mixed", "two-2 No ref  "]
    );
    for id in ["17", "a-1", "b-1", "c-2", "two-2"] {
        assert!(made.contains_key(&format!("site/cases/{id}.html")), "{id}");
    }
}

#[test]
fn pointers_start_from_the_file() {
    let (status, found) = hold(&[
        ("cases/a.json", "[{\"ref\": 1},\n {\"ref\": 2, \"verdict\": \"gaveup\", \"name\": 3}]"),
        ("cases/b.yaml", "ref: x\n---\nref: y\nfrom: spring\ntopics: [strokes]\n"),
    ]);
    assert_eq!(status, Status::Faulty);
    assert_eq!(
        found,
        [
            "cases/a.json:2:24 unknown-value /1/verdict `gaveup` is no outcome that is known",
            "cases/a.json:2:42 wrong-type /1/name `name` must be a text <- s.json:5:15",
            "cases/b.yaml:4:7 wrong-pattern /1/from `spring` is not a date",
            "cases/b.yaml:5:10 unknown-theme /1/topics/0 unknown theme `strokes`",
        ]
    );
}

#[test]
fn words_that_mean_nothing_are_told_with_what_was_meant() {
    let schema = schema();
    let files = [("s.json", schema.as_str()), ("cases/a.yaml", "verdict: thrivse\nstate: pilot\n")];
    let outcome = checked(MANIFEST, &files);
    let found = &outcome.diagnostics[0];
    assert_eq!(found.primary.as_ref().unwrap().text, "did you mean `thrives`?");
    assert_eq!(found.fix.as_ref().unwrap().replacement, "thrives");
    assert_eq!(
        found.help[0],
        "write one of thrives, gave up, success, mixed, no-effect, failed, too-early"
    );
    assert_eq!(outcome.diagnostics.len(), 1, "casebook's own words are known too");
}

#[test]
fn a_period_cannot_end_before_it_starts() {
    let (_, found) = hold(&[("cases/a.yaml", "from: 2020-05\nto: 2019-01\n")]);
    let expected = "cases/a.yaml:2:5 period-order - the period ends before it starts \
                    <- cases/a.yaml:1:7";
    assert_eq!(found, [expected]);
}

#[test]
fn names_that_come_out_the_same_are_told() {
    let twice = |one: &str, two: &str, id: &str| {
        let (_, found) = hold(&[("cases/a.yaml", one), ("cases/b.yaml", two)]);
        let expected = format!(
            "cases/b.yaml:1:6 duplicate-id /ref two cases have the id `{id}` <- cases/a.yaml:1:6"
        );
        assert_eq!(found, [expected]);
    };
    twice("ref: Ärtor\n", "ref: artor\n", "artor");
    twice("ref: ABC\n", "ref: abc\n", "abc");
    twice("ref: a/b\n", "ref: a b\n", "a-b");
    // In one file the second is told at its own record.
    let (_, found) = hold(&[("cases/a.json", r#"[{"ref": "x"}, {"name": "y"}, {"ref": "X"}]"#)]);
    let expected =
        "cases/a.json:1:39 duplicate-id /2/ref two cases have the id `x` <- cases/a.json:1:10";
    assert_eq!(found, [expected]);
}

#[test]
fn no_name_leads_out_of_the_site() {
    let schema = schema();
    let made = built(
        MANIFEST,
        &[
            ("s.json", schema.as_str()),
            ("cases/a.yaml", "ref: ../../etc/passwd\n"),
            ("cases/b.yaml", "ref: a\\b/c:d\n"),
            ("cases/Emoji only.yaml", "ref: \u{1f331}\u{1f33b}\n"),
            ("cases/\u{1f331}.yaml", "name: A file of an emoji\n"),
            ("cases/\u{65e5}\u{672c}.yaml", "name: Another\n"),
        ],
        &[Output::Site, Output::Data],
    );
    let pages: Vec<&str> =
        made.keys().filter_map(|path| path.strip_prefix("site/cases/")).collect();
    assert_eq!(
        pages,
        [
            "1f331.html",
            "65e5-672c.html",
            "a-b-c-d.html",
            "emoji-only.html",
            "etc-passwd.html",
            "index.html",
        ]
    );
}

#[test]
fn what_is_private_stands_in_no_output() {
    let schema = schema();
    let record = "ref: G\nowner: {phone: MARK 1}\nsite: {area: 2.5, key: MARK 2}\n\
                  diary: [{day: Sown, secret: MARK 3}]\n";
    let manifest = format!("{MANIFEST}facets:\n  phone: {{title: Phone, pointer: /owner/phone}}\n");
    let files = [("s.json", schema.as_str()), ("cases/g.yaml", record)];
    let made = built(&manifest, &files, &Output::all());
    for (path, text) in &made {
        assert!(!text.contains("MARK"), "{path}");
    }
    let page = words(&made["report.html"]);
    assert!(page.contains("Area 2.5 ha") && page.contains("Day Sown"), "{page}");
    assert!(!page.contains("Owner") && !page.contains("Secret"), "{page}");
}

#[test]
fn figures_of_any_size_are_printed() {
    let schema = schema();
    let record = |area: &str| format!("ref: G\nsite: {{area: {area}}}\n");
    let check = |area: &str, expected: &str| {
        let record = record(area);
        let files = [("s.json", schema.as_str()), ("cases/g.yaml", record.as_str())];
        let page = words(&built(MANIFEST, &files, &[Output::Html])["report.html"]);
        assert!(page.contains(expected), "{area}: {page}");
    };
    check("-9223372036854775808", "Area \u{2212}9,223,372,036,854,775,808 ha");
    check("-0.5", "Area \u{2212}0.5 ha");
    check("1234567.25", "Area 1,234,567.25 ha");
}

#[test]
fn mending_json_leaves_json() {
    let schema = schema();
    let files = super::files(
        MANIFEST,
        &[
            ("s.json", schema.as_str()),
            ("cases/a.json", r#"[{"ref": "x", "verdict": "thrivse"}, {"verdict": "thrives"}]"#),
        ],
    );
    let mended = casebook::app::mend(&files, &casebook::app::Selection::All).unwrap();
    let [file] = mended.as_slice() else { panic!("{mended:?}") };
    assert_eq!(file.after, r#"[{"ref": "x", "verdict": "thrives"}, {"verdict": "thrives"}]"#);
}

#[test]
fn private_is_what_any_part_of_the_form_marks_so() {
    let check = |properties: &str, record: &str| {
        let schema =
            format!(r#"{{"type": "object", "properties": {{"seen": {{}}, {properties}}}}}"#);
        let files = [("s.json", schema.as_str()), ("cases/g.yaml", record)];
        let manifest = "form: {schema: s.json, roles: {sections: ['/*'], title: '/x/*'}}\n";
        let made = built(manifest, &files, &[Output::Html, Output::Data]);
        for (path, text) in &made {
            assert!(!text.contains("MARK"), "{path} of {properties}");
        }
        assert!(made["report.html"].contains("Seen"), "{properties}");
    };
    check(
        r#""x": {"anyOf": [{"properties": {"a": {}}}, {"properties": {"a": {"x-private": true}}}]}"#,
        "seen: 1\nx: {a: MARK}\n",
    );
    check(
        r#""x": {"patternProperties": {"^b": {}, "^a": {"x-private": true}}}"#,
        "seen: 1\nx: {a: MARK}\n",
    );
    check(
        r#""x": {"prefixItems": [{"type": "string"}, {"x-private": true}]}"#,
        "seen: 1\nx: [first, MARK]\n",
    );
    check(r#""x": {"then": {"x-private": true}}"#, "seen: 1\nx: {a: [MARK]}\n");
}
