//! An export of a form with roles goes back to where the roles lead, and what a case says already stays.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::gardens::{FIRST_GARDEN, gardens, without_gardens};
use super::read;
use crate::support::{Casebook, Run, repository, tree};

const FORMATS: &[(&str, &str)] =
    &[("json", "out/a.json"), ("jsonl", "out/a.jsonl"), ("datapackage", "out/package")];

/// A copy of an example, with or without its cases.
fn example(name: &str, cases: &str, with_cases: bool) -> Casebook {
    let copy = Casebook::new(&[]);
    for (path, bytes) in tree(&repository().join("examples").join(name)) {
        if with_cases || !path.starts_with(cases) {
            copy.write(path.to_str().unwrap(), bytes);
        }
    }
    copy
}

fn json_of(casebook: &Casebook) -> String {
    let run = casebook.run(&["export", "--format", "json"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    run.stdout
}

/// Writes all tables of a casebook into a folder of it.
fn write_tables(casebook: &Casebook, folder: &str) {
    for table in ["cases", "measures", "organisations", "money", "sources"] {
        let run = casebook.run(&["export", "--format", "csv", "--table", table]);
        casebook.write(&format!("{folder}/{table}.csv"), run.stdout);
    }
}

/// Every export of a casebook, brought back into it, changes nothing.
#[track_caller]
fn check_unchanged(casebook: &Casebook, cases: usize) {
    write_tables(casebook, "out/tables");
    for (format, out) in FORMATS {
        assert_eq!(casebook.run(&["export", "--format", format, "-o", out]).status, Some(0));
    }
    let before = tree(casebook.path());
    for out in FORMATS.iter().map(|(_, out)| *out).chain(["out/tables"]) {
        for more in [&[][..], &["--overwrite"]] {
            let run = casebook.run(&[&["import", out, "--strict"], more].concat());
            assert_eq!(run.status, Some(0), "{out}: {run:?}");
            assert!(run.stderr.contains(&format!("rows: {cases} unchanged\n")), "{}", run.stderr);
        }
    }
    assert!(tree(casebook.path()) == before, "a file was written");
}

/// The export of a casebook, with something changed in it, is imported over the casebook.
fn import_changed(
    casebook: &Casebook,
    change: impl FnOnce(&mut dyn FnMut(&str, &str, Value)),
) -> Run {
    let mut data: Value = serde_json::from_str(&json_of(casebook)).unwrap();
    change(&mut |id, pointer, value| {
        let cases = data["cases"].as_array_mut().unwrap();
        let case = cases.iter_mut().find(|case| case["id"] == id).unwrap();
        match case.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => {
                let (parent, key) = pointer.rsplit_once('/').unwrap();
                case.pointer_mut(parent).unwrap()[key] = value;
            }
        }
    });
    casebook.write("changed.json", data.to_string());
    casebook.run(&["import", "changed.json", "--overwrite"])
}

#[test]
fn an_export_changes_nothing_in_its_own_casebook() {
    check_unchanged(&example("own-form", "cafes", true), 8);
    check_unchanged(&example("extended-form", "cases", true), 2);
    check_unchanged(&gardens(), 2);
}

#[test]
fn an_empty_casebook_becomes_the_one_that_was_exported() {
    let exported = json_of(&example("own-form", "cafes", true));
    for (format, _) in &FORMATS[..2] {
        let run = example("own-form", "cafes", true).run(&["export", "--format", format]);
        let copy = example("own-form", "cafes", false);
        copy.write(&format!("cases.{format}"), run.stdout);
        let run = copy.run(&["import", &format!("cases.{format}")]);
        assert_eq!(run.status, Some(0), "{run:?}");
        // Two words of the form mean `discontinued`, and four cafés are that.
        assert_eq!(run.stderr.matches("may be any of `resting`, `ended`").count(), 4);
        assert_eq!(json_of(&copy), exported, "{format}");
        let again = copy.run(&["import", &format!("cases.{format}"), "--strict"]);
        assert!(again.stderr.contains("rows: 8 unchanged"), "{}", again.stderr);
    }
}

#[test]
fn tables_say_what_they_do_not_hold_of_new_cases() {
    let full = example("own-form", "cafes", true);
    write_tables(&full, "out");
    let copy = example("own-form", "cafes", false);
    for (path, bytes) in tree(&full.path().join("out")) {
        copy.write(&format!("out/{}", path.display()), bytes);
    }
    let run = copy.run(&["import", "out"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.matches("error[missing-key]: the key `venue` is missing").count() == 8);
    assert!(run.stderr.contains("rows: 8 failed"), "{}", run.stderr);
}

#[test]
fn what_was_changed_is_written_into_every_kind_of_file_and_nothing_else() {
    let casebook = example("own-form", "cafes", true);
    let before = tree(casebook.path());
    let run = import_changed(&casebook, |set| {
        for (id, title) in [
            ("mending-monday", "Mending Tuesday"),
            ("solder-club-second", "Solder Club, again"),
            ("wheel-in", "Wheel-Out"),
        ] {
            set(id, "/title", json!(title));
            set(id, "/outcome", json!("failed"));
        }
        set(
            "fix-week",
            "/sources",
            json!({"2": {"title": "B", "year": 2020}, "1": {"title": "A"}}),
        );
        set("fix-week", "/period/end", json!("2026-01-01"));
    });
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("rows: 4 updated, 4 unchanged"), "{}", run.stderr);
    let changed = |path: &str, changes: &[(&str, &str)]| {
        let text = String::from_utf8(before[Path::new(path)].clone()).unwrap();
        let changed = changes.iter().fold(text, |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text.replace(from, to)
        });
        assert_eq!(read(&casebook, path), changed, "{path}");
    };
    changed(
        "cafes/mending-monday.yaml",
        &[("name: Mending Monday", "name: Mending Tuesday"), ("goes well", "did not work")],
    );
    changed(
        "cafes/solder-club.yaml",
        &[("Solder Club, second attempt", "Solder Club, again"), ("goes well", "did not work")],
    );
    changed(
        "cafes/second-wave.json",
        &[
            ("Wheel-In", "Wheel-Out"),
            ("goes halfway", "did not work"),
            (
                "what was easy to mend.\"]",
                "what was easy to mend.\"],\n    \"ended\": \"2026-01-01\",\n    \
                 \"reading\": [\"A\", { \"title\": \"B\", \"year\": 2020 }]",
            ),
        ],
    );
    changed("cafes/kettle-clinic.yaml", &[]);
    assert_eq!(casebook.run(&["validate"]).status, Some(0));
}

#[test]
fn what_follows_from_a_change_does_not_take_it_back() {
    let casebook = example("own-form", "cafes", true);
    let run = import_changed(&casebook, |set| {
        set("ask-a-mender", "/fields/5/value/0/Goods", json!("lamps"));
        set("ask-a-mender", "/status", json!("pilot"));
    });
    assert_eq!(run.status, Some(0), "{run:?}");
    let text = read(&casebook, "cafes/ask-a-mender.yaml");
    assert!(
        text.contains("state: on trial\n") && text.contains("  - goods: lamps\n    brought: 61\n")
    );
    // The facet `goods` of the export is that of the phones still.
    let again = casebook.run(&["import", "changed.json", "--overwrite", "--strict"]);
    assert!(again.stderr.contains("rows: 8 unchanged"), "{}", again.stderr);
    // A facet that follows from nothing that is exported is all that the export has of its field.
    let run = import_changed(&casebook, |set| set("wheel-in", "/facets/insured", json!(["no"])));
    assert_eq!(run.status, Some(0), "{run:?}");
    let before = fs::read_to_string(repository().join("examples/own-form/cafes/second-wave.json"));
    let (first, second) = before.as_ref().unwrap().split_once("\"wheel-in\"").unwrap();
    let second = second.replacen("\"insured\": true", "\"insured\": false", 1);
    assert_eq!(read(&casebook, "cafes/second-wave.json"), format!("{first}\"wheel-in\"{second}"));
}

#[test]
fn every_shape_of_a_role_is_made_anew() {
    let exported = json_of(&gardens());
    // The report prints the title once more; the data have it once.
    assert!(exported.contains("\"pointer\": \"/about\"") && !exported.contains("\"/title\""));
    let copy = without_gardens();
    copy.write("cases.json", &exported);
    let run = copy.run(&["import", "cases.json"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(json_of(&copy), exported);
    assert_eq!(
        read(&copy, "cases/first.yaml"),
        "title: First garden\nabout:\n  short: A garden.\n  long: |\n    Long ago, somebody *dug*.\n\
         where:\n  - code: SE22\n  - code: UK\ntopic: water\nran: 2019-05/2021-03\nstate: pilot\n\
         went: badly\npeople:\n  - Anna\n  - name: The town\n    role: lead\n    task: waters\n  \
         - name: A club\n    url: https://example.org\nrefs:\n  B7: A book of beds\n  web:\n    \
         title: A page\n    year: 2020\n    url: https://example.org/page\nfounded: 1999\n\
         soil_type: sand\nbeds:\n  - crop: peas\n    rows: 3\n  - crop: beans\n    rows: 4\n\
         size: 2.5\ntools: [spade, hose]\n"
    );
}

/// A change in the export of a garden, and the lines of its file that it takes away and brings.
#[track_caller]
fn check_change(changes: &[(&str, Value)], gone: &[&str], new: &[&str]) {
    let casebook = gardens();
    let run = import_changed(&casebook, |set| {
        changes.iter().for_each(|(pointer, value)| set("first", pointer, value.clone()));
    });
    assert_eq!(run.status, Some(0), "{run:?}");
    let text = read(&casebook, "cases/first.yaml");
    let lines = |of: &str, other: &str| -> Vec<String> {
        let others: Vec<&str> = other.lines().collect();
        of.lines().filter(|line| !others.contains(line)).map(str::to_owned).collect()
    };
    assert_eq!(lines(FIRST_GARDEN, &text), gone, "{text}");
    assert_eq!(lines(&text, FIRST_GARDEN), new, "{text}");
}

#[test]
fn a_change_finds_its_place_and_leaves_the_rest_of_the_file() {
    check_change(
        &[("/title", json!("New")), ("/outcome", json!("success"))],
        &["title: First garden # its name", "went: poorly"],
        &["title: New # its name", "went: well"],
    );
    check_change(
        &[("/period", json!({"start": "2018"})), ("/themes", json!(["soil"]))],
        &["topic: water", "ran: 2019-05/2021-03"],
        &["topic: soil", "ran: 2018/2021-03"],
    );
    check_change(
        &[("/sources/web/title", json!("Other")), ("/sources/B7/author", json!("Bo"))],
        &[
            "  B7: A book of beds",
            "  web: {name: A page, link: \"https://example.org/page\", year: 2020}",
        ],
        &[
            "  B7:",
            "    title: A book of beds",
            "    author: Bo",
            "  web:",
            "    name: Other",
            "    link: https://example.org/page",
            "    year: 2020",
        ],
    );
}

#[test]
fn entries_of_a_list_are_changed_in_their_lines_or_between_their_braces() {
    let casebook = without_gardens();
    let list = "# Two gardens.\r\n- title: Third # the third\r\n  topic: soil\r\n\r\n\
        - {title: Fourth, topic: water, key_under: a stone}\r\n";
    casebook.write("cases/beds.yaml", list);
    let run = import_changed(&casebook, |set| {
        for id in ["beds-1", "beds-2"] {
            set(id, "/title", json!("Other"));
            set(id, "/summary", json!("It grows."));
            set(id, "/outcome", json!("success"));
        }
    });
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(
        read(&casebook, "cases/beds.yaml"),
        "# Two gardens.\r\n- title: Other # the third\r\n  about:\r\n    short: It grows.\r\n  \
         topic: soil\r\n  went: well\r\n\r\n- {title: \"Other\", topic: water, key_under: a stone, \
         \"about\": { \"short\": \"It grows.\" }, \"went\": \"well\"}\r\n"
    );
    let again = casebook.run(&["import", "changed.json", "--strict"]);
    assert!(again.stderr.contains("rows: 2 unchanged"), "{}", again.stderr);
    casebook.write("cases/beds.yaml", list);
    let run = casebook.run(&["import", "changed.json"]);
    assert!(run.stderr.contains("the case of this row in `cases/beds.yaml` says something else"));
    assert_eq!((run.status, read(&casebook, "cases/beds.yaml")), (Some(1), list.to_owned()));
}

#[test]
fn what_is_not_exported_stays_with_its_entry_or_the_row_is_left_out() {
    let (anna, town, club) = (
        json!({"name": "Anna"}),
        json!({"name": "The town", "role": "lead"}),
        json!({"name": "A club", "url": "https://example.org"}),
    );
    let casebook = gardens();
    let run = import_changed(&casebook, |set| {
        set("first", "/organisations", json!([town, club, anna]));
        set("first", "/fields/2/value/0/Crop", json!("kale"));
        set("second", "/organisations", json!(["Carl", "Dora"].map(|name| json!({"name": name}))));
    });
    assert_eq!(run.status, Some(0), "{run:?}");
    let text = read(&casebook, "cases/first.yaml");
    let people = "people:\n  - name: The town\n    role: lead\n    task: waters\n    \
        phone: \"123\"\n  - name: A club\n    role: sponsor\n    url: https://example.org\n  - Anna\n";
    assert!(text.contains(people), "{text}");
    assert!(text.contains("  - crop: kale\n    rows: 3\n    owner: Bo\n"), "{text}");
    assert!(read(&casebook, "cases/second.yaml").contains("people: [Carl, Dora]\n"));

    let casebook = gardens();
    let before = tree(&casebook.path().join("cases"));
    let run = import_changed(&casebook, |set| set("first", "/organisations", json!([anna, club])));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("hold what is not exported"), "{}", run.stderr);
    assert!(tree(&casebook.path().join("cases")) == before);
}

#[test]
fn what_cannot_be_put_back_is_said_at_its_place_and_other_cases_go_on() {
    for (pointer, value, message) in [
        ("/themes", json!(["soil", "water"]), "the form has room for one value at `/topic`"),
        ("/outcome", json!("mixed"), "no word of the form means `mixed`"),
        ("/keywords", json!(["roses"]), "the form of these cases has no place for it"),
        (
            "/fields",
            json!([{"pointer": "/title", "title": "Title", "value": "Another title"}]),
            "the case would be read otherwise with it",
        ),
    ] {
        let casebook = gardens();
        let run = import_changed(&casebook, |set| {
            set("first", "/title", json!("New"));
            set("first", pointer, value);
            set("second", "/title", json!("Newer"));
        });
        assert_eq!(run.status, Some(1), "{run:?}");
        assert!(run.stderr.contains("error[survey-row]"), "{}", run.stderr);
        assert!(
            run.stderr.contains(message) && run.stderr.contains("changed.json:1:"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("rows: 1 updated, 1 failed"), "{}", run.stderr);
        assert_eq!(read(&casebook, "cases/first.yaml"), FIRST_GARDEN, "{pointer}");
        assert!(read(&casebook, "cases/second.yaml").starts_with("title: Newer\n"));
    }
}

#[test]
fn a_new_case_takes_no_file_of_another() {
    let casebook = example("own-form", "cafes", true);
    let text = read(&casebook, "cafes/mending-monday.yaml");
    casebook.write("cafes/mending-monday.yaml", text.replace("key: mending-monday", "key: monday"));
    let run = import_changed(&casebook, |set| set("monday", "/id", json!("mending-monday")));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("holds another case than `mending-monday`"), "{}", run.stderr);
    assert!(run.stderr.contains("rows: 7 unchanged"), "{}", run.stderr);
}
