//! Editions of a part: its figures, its links, its volumes, and what a failing volume leaves behind.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use casebook::app::{BuildOptions, VolumeOptions, build_volumes};
use casebook::model::Output;
use serde_json::{Value, json};

use crate::stats::four;
use crate::support::{Casebook, Run, case, command, finish, same, sample, tree};

/// Runs a build that must end well.
#[track_caller]
fn build(casebook: &Casebook, args: &[&str]) -> Run {
    let args: Vec<&str> = ["build"].iter().chain(args).copied().collect();
    let run = casebook.run(&args);
    assert_eq!(run.status, Some(0), "{args:?}: {run:?}");
    run
}

#[track_caller]
fn read(casebook: &Casebook, path: &str) -> String {
    let bytes = fs::read(casebook.path().join(path));
    String::from_utf8(bytes.unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

/// What links of a page lead to, and the names that they can lead to.
fn links(html: &str) -> (Vec<&str>, BTreeSet<&str>) {
    let values =
        |name: &'static str| html.split(name).skip(1).map(|rest| rest.split_once('"').unwrap().0);
    (values("href=\"").collect(), values("id=\"").collect())
}

/// Checks that every link of a page inside the report leads somewhere.
#[track_caller]
fn check_links(folder: &Path, page: &str) {
    let html = fs::read_to_string(folder.join(page)).unwrap();
    let (hrefs, _) = links(&html);
    assert!(!hrefs.is_empty());
    for href in hrefs.into_iter().filter(|href| !href.contains(':')) {
        let (path, name) = href.split_once('#').unwrap_or((href, ""));
        let file = folder.join(page).parent().unwrap().join(path);
        if path.ends_with(".pdf") {
            assert!(file.is_file(), "{href} on {page}");
            continue;
        }
        let target = match path {
            "" => html.clone(),
            _ => {
                fs::read_to_string(file).unwrap_or_else(|error| panic!("{href} on {page}: {error}"))
            }
        };
        assert!(name.is_empty() || links(&target).1.contains(name), "{href} on {page}");
    }
}

#[test]
fn a_part_is_counted_as_the_filtered_list_is() {
    let casebook = four();
    for filter in ["region=SE", "theme!=portal", "year=2012.."] {
        build(&casebook, &["--where", filter, "--format", "data,html"]);
        let list = casebook.run(&["list", "--where", filter, "--format", "ids"]).stdout;
        let ids: Vec<&str> = list.lines().collect();
        let figures = read(&casebook, "build/data/figures.csv");
        let all = format!("\nall,,,,{},{},,\n", ids.len(), ids.join("; "));
        assert!(figures.contains(&all), "{filter}: {figures}");
        for facet in ["theme", "country", "outcome", "region"] {
            let args = ["stats", "--by", facet, "--where", filter, "--format", "csv"];
            let counted = casebook.run(&args).stdout;
            let expected: BTreeSet<String> = (counted.lines().skip(1))
                .map(|row| row.rsplit_once(',').unwrap())
                .map(|(value, cases)| format!("{facet},{value},{cases}"))
                .collect();
            let mut reader = csv::Reader::from_reader(figures.as_bytes());
            let rows = reader.records().map(Result::unwrap);
            let found: BTreeSet<String> = rows
                .filter(|row| row[0] == *facet && row[2].is_empty())
                .map(|row| format!("{facet},{},{}", &row[1], &row[4]))
                .collect();
            assert_eq!(found, expected, "{filter}");
        }
        let package = read(&casebook, "build/data/datapackage.json");
        let package: Value = serde_json::from_str(&package).unwrap();
        assert!(package["title"].as_str().unwrap().starts_with("Test ("), "{package}");
        let page = read(&casebook, "build/report.html");
        assert!(page.contains("part of a collection of 4 cases"), "{filter}");
    }
}

#[test]
fn a_part_has_a_title_of_its_own() {
    let casebook = four();
    for (filters, title) in [
        (&["country=SE"][..], "Sweden"),
        (&["theme=portal", "country=SE"], "Sweden, Patient portal"),
        (&["outcome=mixed", "outcome=failed"], "Outcome: Mixed and Failed"),
        (&["theme!=portal"], "without Patient portal"),
        (&["year=2010..2012"], "Year: 2010–2012"),
    ] {
        let args = filters.iter().flat_map(|filter| ["--where", filter]);
        let args: Vec<&str> = args.chain(["--format", "html,site"]).collect();
        build(&casebook, &args);
        for page in ["build/report.html", "build/site/index.html"] {
            let html = read(&casebook, page);
            assert!(html.contains(&format!(" – {title}</title>")), "{title}: {page}");
            assert!(html.contains(&format!(" – {title}</h1>")), "{title}: {page}");
        }
    }
}

#[test]
fn what_the_contents_keep_for_the_whole_is_in_no_part() {
    let casebook = four();
    let contents = "contents: [{chapter: a.md, in: whole}, {chapter: b.md, in: parts}, {chapter: c.md}, \
                    {section: lessons, in: whole}, {section: cases}, {section: lessons, in: parts}]\n\
                    outputs: [html]\n";
    casebook.write("casebook.yaml", format!("{}{contents}", crate::stats::MANIFEST));
    // The section has another place in the other reports.
    let block = "~~~casebook\nsection: overview\n~~~\n";
    casebook.write("a.md", format!("# For the whole\n\n{block}"));
    casebook.write("b.md", format!("# For parts\n\n{block}"));
    casebook.write("c.md", "# For all\n");
    let headings = |path: &str| -> Vec<String> {
        let html = read(&casebook, path);
        let parts = html.split("<h2 id=\"chapter__").skip(1);
        parts.map(|part| part.split(['>', '<']).nth(1).unwrap().to_owned()).collect()
    };
    build(&casebook, &["--message-format", "short"]);
    assert_eq!(headings("build/report.html"), ["For the whole", "For all"]);
    build(&casebook, &["--where", "country=SE"]);
    assert_eq!(headings("build/report.html"), ["For parts", "For all"]);
    build(&casebook, &["--volumes", "country", "-o", "volumes"]);
    assert_eq!(headings("volumes/country-SE/report.html"), ["For parts", "For all"]);

    let twice = contents.replace("b.md, in: parts", "a.md");
    casebook.write("casebook.yaml", format!("{}{twice}", crate::stats::MANIFEST));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert!(run.stdout.contains("error[not-unique]: `contents` holds the same entry"), "{run:?}");
    let wrong = contents.replace("in: whole", "in: hole");
    casebook.write("casebook.yaml", format!("{}{wrong}", crate::stats::MANIFEST));
    let run = casebook.run(&["validate", "--message-format", "short"]);
    assert!(run.stdout.contains("error[unknown-value]"), "{run:?}");
}

#[test]
fn links_to_cases_elsewhere_are_their_titles() {
    let a = format!(
        "{}related: [b, c]\nproblem: See [the other one](case:b) and [the third](case:c).\n",
        case("a")
    );
    let b = format!("{}related: [a]\n", case("b")).replace("SE221", "DE8");
    let casebook = Casebook::new(&[("a", &a), ("b", &b), ("c", &case("c"))]);
    casebook.write("chapters/one.md", "# One\n\nRead [about b](case:b) and [about a](case:a).\n");
    let contents = "contents: [{chapter: chapters/one.md}, {section: overview}, {section: coverage}, \
                    {section: cases}, {section: indexes}, {section: sources}]\n";
    casebook.write("casebook.yaml", format!("{}{contents}", crate::support::MANIFEST));
    let run = build(&casebook, &["--where", "country=SE"]);
    assert!(run.stderr.contains("0 errors, 0 warnings"), "{}", run.stderr);
    let folder = casebook.path().join("build");
    for page in ["report.html", "site/index.html", "site/cases/a.html", "site/cases/c.html"] {
        check_links(&folder, page);
    }
    assert!(!folder.join("site/cases/b.html").exists());
    let page = read(&casebook, "build/report.html");
    assert!(page.contains("See the other one and <a href=\"#case__c\">the third</a>."), "{page}");
    assert!(page.contains("Read about b and <a href=\"#case__a\">about a</a>."), "{page}");
    assert!(page.contains("<p>The case b</p>") && !page.contains("case__b"), "{page}");
    // The whole leads there.
    build(&casebook, &["--format", "html"]);
    assert!(read(&casebook, "build/report.html").contains("href=\"#case__b\">The case b"));
}

#[test]
fn what_cannot_be_a_part_or_a_volume_is_said_and_nothing_is_written() {
    let casebook = four();
    let check = |args: &[&str], words: &str| {
        let args: Vec<&str> = ["build"].iter().chain(args).copied().collect();
        let run = casebook.run(&args);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{args:?}: {run:?}");
        assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
        assert!(!casebook.path().join("build").exists(), "{args:?}");
    };
    check(&["--where", "year=1900..1950"], "no case fits year=1900..1950");
    check(&["--where", "theme=portl"], "did you mean `portal`?");
    check(&["--volumes", "them"], "did you mean `theme`?");
    check(&["--volumes", "keyword"], "no case has a value of keyword");
    check(&["--volumes", "review"], "`review` is private");
    check(&["--volumes", "theme", "--where", "region=PL"], "no case fits region=PL");
    check(&["--volumes", "theme", "--volume", "portl"], "did you mean `portal`?");
    check(&["--volume", "portal"], "--volumes");
    check(&["--list"], "--volumes");
}

#[test]
fn the_list_of_volumes_feeds_a_matrix_of_jobs() {
    let casebook = four();
    let run = casebook.run(&["build", "--volumes", "region:0", "--list"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(!casebook.path().join("build").exists());
    let volume = |value: &str, title: &str, cases: u32| {
        json!({"value": value, "title": title, "where": format!("region:0={value}"),
            "folder": format!("region-0-{value}"), "cases": cases})
    };
    let volumes =
        json!([volume("DE", "Germany", 1), volume("FI", "Finland", 1), volume("SE", "Sweden", 3),]);
    let expected = json!({"schema_version": 1, "facet": "region:0", "volumes": volumes});
    assert_eq!(serde_json::from_str::<Value>(&run.stdout).unwrap(), expected);
    // With errors in the cases it would lie.
    casebook.write("cases/e.yaml", "id: e\n");
    let run = casebook.run(&["build", "--volumes", "region:0", "--list"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""), "{run:?}");
}

#[test]
fn the_index_of_volumes_leads_to_their_files_wherever_they_are_built() {
    let casebook = four();
    let formats = ["--format", "html,site,data"];
    build(&casebook, &[&["--volumes", "theme"], formats.as_slice()].concat());
    check_links(&casebook.path().join("build"), "volumes.html");
    let html = read(&casebook, "build/volumes.html");
    let rows: Vec<String> = (html.split("<tr>").skip(1))
        .map(|row| {
            // The name of the volume is the head of its row.
            let row = row.replace("<th scope=\"row\">", "<td>");
            let cells = row.split("<td>").skip(1).map(|cell| cell.split('<').next().unwrap());
            cells.take(2).collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(rows, ["", "Telestroke 3", "Patient portal 2"]);
    for path in ["report.html", "site/index.html", "data/cases.csv"] {
        assert!(html.contains(&format!("href=\"theme-portal/{path}\"")), "{path}: {html}");
    }

    // Each on a machine of its own, and the index on another.
    for value in ["portal", "telestroke"] {
        let one = ["--volumes", "theme", "--volume", value, "-o", "apart"];
        build(&casebook, &[one.as_slice(), &formats].concat());
        assert!(!casebook.path().join("apart/volumes.html").exists());
    }
    build(
        &casebook,
        &[&["--volumes", "theme", "--index", "-o", "apart"], formats.as_slice()].concat(),
    );
    same(&tree(&casebook.path().join("build")), &tree(&casebook.path().join("apart")));

    // Of volumes on paper alone there is nothing to lead to on the web.
    build(&casebook, &["--volumes", "theme", "--index", "-o", "list", "--format", "pdf,data"]);
    let there = tree(&casebook.path().join("list"));
    assert_eq!(there.keys().filter(|path| path.starts_with("volumes.html")).count(), 0);
    assert!(there.contains_key(Path::new("volumes.json")), "{there:?}");
}

#[test]
fn a_volume_is_byte_for_byte_what_a_build_of_its_own_makes() {
    let casebook = four();
    build(&casebook, &["--volumes", "region:0"]);
    let list: Value = serde_json::from_str(&read(&casebook, "build/volumes.json")).unwrap();
    for volume in list["volumes"].as_array().unwrap() {
        let word = |key: &str| volume[key].as_str().unwrap();
        let whole = tree(&casebook.path().join("build").join(word("folder")));
        assert!(whole.contains_key(Path::new("report.pdf")), "{whole:?}");
        let out = format!("jobs/{}", word("folder"));
        build(&casebook, &["--where", word("where"), "-o", &out]);
        same(&tree(&casebook.path().join(out)), &whole);
        let by_name = ["--volumes", "region:0", "--volume", word("title"), "-o", "named"];
        build(&casebook, &by_name);
        same(&tree(&casebook.path().join("named").join(word("folder"))), &whole);
    }
    assert!(!casebook.path().join("named/volumes.json").exists());
    // The same call again replaces what it made.
    let before = tree(&casebook.path().join("build"));
    build(&casebook, &["--volumes", "region:0"]);
    same(&tree(&casebook.path().join("build")), &before);
}

#[test]
fn a_volume_that_fails_leaves_its_old_outputs_and_no_others() {
    let casebook = Casebook::new(&[
        ("a", &case("a")),
        ("b", &case("b").replace("SE221", "DE8")),
        ("c", &case("c").replace("SE221", "FI")),
    ]);
    let volumes = ["--volumes", "country", "--format", "pdf,data"];
    build(&casebook, &volumes);
    let before = tree(&casebook.path().join("build"));
    for (id, region) in [("a", "SE221"), ("b", "DE8"), ("c", "FI")] {
        let text = case(id).replace("SE221", region).replace("A short", "Another");
        casebook.write(&format!("cases/{id}.yaml"), text);
    }
    // No font shows it, so that this volume alone cannot be a PDF.
    let unshown = format!("{}problem: 漢字\n", case("b").replace("SE221", "DE8"));
    casebook.write("cases/b.yaml", unshown);
    let run = casebook.run(&[&["build"], &volumes[..]].concat());
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stderr.contains("country-DE was not built; what was there"), "{}", run.stderr);
    assert!(run.stderr.contains("built 2 volumes"), "{}", run.stderr);
    let after = tree(&casebook.path().join("build"));
    for (path, bytes) in &after {
        let is_new = path.starts_with("country-FI") || path.starts_with("country-SE");
        if path.ends_with("report.pdf") || path.ends_with("cases.csv") {
            assert_eq!(*bytes != before[path], is_new, "{}", path.display());
        }
    }
    assert_eq!(after.len(), before.len());
}

#[test]
fn foreign_files_in_a_volume_stay() {
    let casebook = four();
    casebook.write("build/country-SE/data/mine.csv", "years of work");
    let run = casebook.run(&["build", "--volumes", "country", "--format", "data"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("mine.csv is in the way"), "{}", run.stderr);
    assert_eq!(read(&casebook, "build/country-SE/data/mine.csv"), "years of work");
}

#[test]
fn hostile_values_have_folders_inside_and_apart() {
    let words = "['../../out', '/etc', '🌱', Video, video, '..']";
    let casebook = Casebook::new(&[("a", &format!("{}keywords: {words}\n", case("a")))]);
    build(&casebook, &["--volumes", "keyword", "--format", "data", "-o", "out/here"]);
    let folders: Vec<String> = fs::read_dir(casebook.path().join("out/here"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap().to_lowercase())
        .collect();
    let apart: BTreeSet<&String> = folders.iter().collect();
    assert_eq!((folders.len(), apart.len()), (6, 6), "{folders:?}");
    assert!(folders.iter().all(|name| name.starts_with("keyword-")), "{folders:?}");
    assert_eq!(fs::read_dir(casebook.path().join("out")).unwrap().count(), 1);
}

#[test]
fn one_volume_is_let_go_of_before_the_next() {
    let options = BuildOptions { outputs: vec![Output::Data], ..BuildOptions::default() };
    let wanted = VolumeOptions { facet: "theme".to_owned(), only: Vec::new() };
    let mut shelved = Vec::new();
    let bound = build_volumes(&sample(), &options, &wanted, &mut |volume, artifacts| {
        let cases = artifacts.iter().find(|artifact| artifact.path == "data/cases.csv").unwrap();
        let rows = csv::Reader::from_reader(cases.bytes.as_slice()).into_records().count();
        shelved.push((volume.folder.clone(), rows, volume.cases));
        Ok(())
    })
    .unwrap();
    // Nothing of a volume comes back once it is shelved.
    assert_eq!(bound.outcome.artifacts, []);
    let volumes = bound.volumes.unwrap().volumes;
    assert_eq!(shelved.len(), volumes.len());
    for ((folder, rows, cases), volume) in shelved.iter().zip(&volumes) {
        assert_eq!((folder, rows), (&volume.folder, cases));
    }
}

#[test]
fn a_shelf_that_is_full_ends_the_run() {
    let options = BuildOptions { outputs: vec![Output::Data], ..BuildOptions::default() };
    let wanted = VolumeOptions { facet: "theme".to_owned(), only: Vec::new() };
    let mut asked = 0;
    let bound = build_volumes(&sample(), &options, &wanted, &mut |_, _| {
        asked += 1;
        anyhow::bail!("no room")
    });
    assert_eq!((bound.unwrap_err().to_string().as_str(), asked), ("no room", 1));
}

#[test]
fn warnings_that_are_too_many_keep_a_part_from_being_written() {
    let html = format!("{}problem: a <b>bold</b> word\n", case("a"));
    let casebook = Casebook::new(&[("a", &html)]);
    for args in [&["--strict"][..], &["--max-warnings", "1"], &["--strict", "--volumes", "theme"]] {
        let args: Vec<&str> = ["build", "--format", "data"].iter().chain(args).copied().collect();
        assert_eq!(casebook.run(&args).status, Some(1), "{args:?}");
        assert!(!casebook.path().join("build").exists(), "{args:?}");
    }
}

#[test]
fn nobody_to_open_what_was_built_is_no_failure() {
    let casebook = four();
    let mut run = command(casebook.path());
    // No folder of programs, so there is none that opens anything.
    let run = finish(run.args(["build", "--format", "data", "--open"]).env("PATH", "/nowhere"));
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("cannot open "), "{}", run.stderr);
}
