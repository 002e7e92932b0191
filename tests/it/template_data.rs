//! The description of the data that templates get, held against the data of many casebooks; and the
//! reference pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use casebook::typeset::reference::{Kind, RECORDS, page};
use casebook::typeset::templates::guide;

use crate::support::{Casebook, case, casebook, golden_at, repository, tree};

/// What the data of a casebook are, as a template of its own finds them: a path and a type an entry.
fn found(folder: &Path, choice: &[&str]) -> BTreeSet<(String, String)> {
    let copy = tempfile::tempdir().unwrap();
    fs::copy(folder.join("casebook.yaml"), copy.path().join("casebook.yaml")).unwrap();
    for part in ["cases", "cafes", "chapters", "first-edition", "form", "pictures", "reading"] {
        for (path, bytes) in tree_if_there(&folder.join(part)) {
            let path = copy.path().join(part).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let manifest = copy.path().join("casebook.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let kept = text.lines().filter(|line| !line.starts_with("templates:"));
    let text: String = kept.map(|line| format!("{line}\n")).collect();
    fs::write(manifest, format!("{text}templates: walk\n")).unwrap();
    fs::create_dir(copy.path().join("walk")).unwrap();
    fs::copy(repository().join("tests/templates/walk.typ"), copy.path().join("walk/lib.typ"))
        .unwrap();
    let run =
        casebook(copy.path(), &[&["build", "--format", "html,site", "-o", "out"], choice].concat());
    // A draft is built though its cases have errors.
    let html = fs::read_to_string(copy.path().join("out/report.html"));
    let html = html.unwrap_or_else(|_| panic!("{}: {run:?}", folder.display()));
    let site = tree(&copy.path().join("out/site"));
    let pages = site.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html"));
    let pages = pages.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
    [html].into_iter().chain(pages).flat_map(|html| said(&html)).collect()
}

/// The paths and types that a page says.
fn said(html: &str) -> BTreeSet<(String, String)> {
    let (_, lines) = html.split_once("<pre><code>").unwrap();
    let (lines, _) = lines.split_once("</code>").unwrap();
    let lines = lines.lines().map(|line| {
        let (path, kind) = line.split_once(": ").unwrap();
        (path.to_owned(), kind.to_owned())
    });
    lines.collect()
}

fn tree_if_there(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    if folder.is_dir() { tree(folder) } else { BTreeMap::new() }
}

/// The kinds that a kind stands for, without what only says that there may be several or none.
fn plain(kind: &Kind) -> Vec<Kind> {
    match kind {
        Kind::Optional(kind) => plain(kind),
        Kind::Either(kinds) => kinds.iter().flat_map(plain).collect(),
        kind => vec![kind.clone()],
    }
}

/// The fields that a path ends in, with their kinds; none if the description has no such path.
fn described(path: &str) -> Vec<(&'static str, &'static str, Kind)> {
    let start = path.split('.').next().unwrap();
    let mut here = vec![("", "", Kind::parse(start).unwrap())];
    let path = path.strip_prefix(start).unwrap();
    for (index, part) in path.split('.').enumerate() {
        let name = part.trim_end_matches("[]");
        if index > 0 {
            let records = here.iter().flat_map(|(_, _, kind)| plain(kind));
            here = records
                .filter_map(|kind| match kind {
                    Kind::Record(record) => {
                        let field = record.fields.iter().find(|field| field.name == name)?;
                        Some((record.name, field.name, Kind::parse(field.kind).unwrap()))
                    }
                    Kind::Map(of) => Some(("", "", *of)),
                    _ => None,
                })
                .collect();
        }
        for _ in 0..part.matches("[]").count() {
            let inner = |kind: &Kind| -> Vec<Kind> {
                plain(kind)
                    .into_iter()
                    .filter_map(|kind| match kind {
                        Kind::List(inner) => Some(*inner),
                        _ => None,
                    })
                    .collect()
            };
            here = (here.iter())
                .flat_map(|(record, field, kind)| {
                    inner(kind).into_iter().map(|kind| (*record, *field, kind))
                })
                .collect();
        }
    }
    here
}

/// Whether a value of a type of Typst's is of a kind.
fn fits(kind: &Kind, found: &str) -> bool {
    match kind {
        Kind::Optional(kind) => found == "none" || fits(kind, found),
        Kind::Either(kinds) => kinds.iter().any(|kind| fits(kind, found)),
        Kind::Text => found == "str",
        Kind::Integer => found == "int",
        Kind::Number => ["int", "float"].contains(&found),
        Kind::Figure => ["int", "float", "str"].contains(&found),
        Kind::Boolean => found == "bool",
        Kind::Content => found == "content",
        Kind::Datetime => found == "datetime",
        Kind::Color => found == "color",
        Kind::Record(_) | Kind::Map(_) => found == "dictionary",
        Kind::List(_) => found == "array",
    }
}

/// As many cases as have no line each in a timeline, with more lessons than a page of the site has room for.
fn many_cases() -> Casebook {
    let casebook = Casebook::new(&[]);
    let lessons = "    - A lesson.\n".repeat(30);
    for number in 0..61 {
        let id = format!("c{number}");
        let more = format!("period: {{start: 2001}}\nlessons:\n  worked:\n{lessons}");
        casebook.write(&format!("cases/{id}.yaml"), case(&id) + &more);
    }
    casebook
}

#[test]
fn templates_get_what_is_described_and_nothing_else() {
    let examples = fs::read_dir(repository().join("examples")).unwrap();
    let mut folders: Vec<_> = examples.map(|entry| entry.unwrap().path()).collect();
    folders.push(repository().to_owned());
    let full = repository().join("tests/templates/full");
    let part = found(&full, &["--where", "size=small", "--where", "outcome!=mixed"]);
    folders.extend([full, repository().join("tests/templates/draft")]);
    let many = many_cases();
    folders.push(many.path().to_owned());
    let whole = folders.iter().flat_map(|folder| found(folder, &[]));
    let found: BTreeSet<_> = whole.chain(part).collect();
    assert!(found.len() > 400);
    let mut known = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, kind) in &found {
        let fields = described(path);
        if !fields.iter().any(|(_, _, described)| fits(described, kind)) {
            wrong.push(format!("{path} is {kind}, described as {fields:?}"));
        }
        let is_value = kind != "none";
        known
            .extend(fields.iter().filter(|_| is_value).map(|(record, field, _)| (*record, *field)));
    }
    for record in RECORDS {
        for field in record.fields.iter().filter(|f| !known.contains(&(record.name, f.name))) {
            wrong.push(format!("no casebook has the field {} of {}", field.name, record.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "src/typeset/reference/records.rs is not true:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_reference_pages_are_up_to_date() {
    golden_at("docs/template-data.md", &page());
    golden_at("docs/template-files.md", &guide());
}
