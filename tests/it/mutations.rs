//! Real submissions with something changed: nothing panics, and what must fail fails at its place.

use rayon::prelude::*;

use casebook::app::{Selection, Status, validate};
use casebook::diag::render::Format;
use casebook::load::{Limits, Node, Value, parse};
use casebook::source::SourceMap;

use crate::support::{MemoryFiles, Numbers, sample, shown};

fn check(files: &MemoryFiles, name: &str, bytes: Vec<u8>) -> casebook::app::Outcome {
    validate(files, &Selection::Text { name: name.to_owned(), bytes }).unwrap()
}

#[test]
fn no_change_of_bytes_makes_it_panic() {
    let files = sample();
    let mut numbers = Numbers(7);
    let pieces: &[&[u8]] = &[
        b"\t",
        b"\n",
        b"- ",
        b": ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"\"",
        b"'",
        b"|",
        b">",
        b"&a ",
        b"*a",
        b"#",
        b"!",
        b"%",
        b"@",
        b"`",
        b"~",
        b"\xff",
        b"\xef\xbb\xbf",
        b"---\n",
        b"[@",
        b"![](",
        b"<b",
        "é".as_bytes(),
        "\u{2028}".as_bytes(),
        b"\r",
        b"? ",
        b"<<: ",
        b"[^1]",
        b"0x",
        b"1e999",
    ];
    for (name, original) in files.0.iter().filter(|(name, _)| name.starts_with("cases/")) {
        for _ in 0..12 {
            let mut bytes = original.clone();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(bytes.len());
                let end = (at + numbers.below(8)).min(bytes.len());
                let piece = pieces[numbers.below(pieces.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            let outcome = check(&files, name, bytes);
            // Whatever is found has its place in the file and can be shown.
            let text = shown(Format::Human, &outcome);
            assert_eq!(text.is_empty(), outcome.diagnostics.is_empty());
        }
    }
}

/// All mappings of a tree with the pointers of their keys.
fn keys<'a>(
    node: &'a Node<'a>,
    pointer: &str,
    found: &mut Vec<(String, &'a casebook::load::Entry<'a>)>,
) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let pointer = format!("{pointer}/{}", entry.key);
                keys(&entry.value, &pointer, found);
                found.push((pointer, entry));
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                keys(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_renamed_key_is_found_where_it_stands() {
    let files = sample();
    let cases: Vec<_> = files.0.iter().filter(|(name, _)| name.starts_with("cases/")).collect();
    let renamed: usize =
        cases.par_iter().map(|(name, original)| rename_each_key(&files, name, original)).sum();
    assert!(renamed > 1000, "{renamed}");
}

/// Misspells each key of a case in turn; returns how many there were.
fn rename_each_key(files: &MemoryFiles, name: &str, original: &[u8]) -> usize {
    let mut renamed = 0;
    let text = std::str::from_utf8(original).unwrap();
    let source = SourceMap::default().add(name, "");
    let tree = parse(source, text, Limits::default(), &mut Vec::new()).unwrap();
    let mut found = Vec::new();
    keys(&tree, "", &mut found);
    for (pointer, entry) in found {
        // The keys of sources are the author's own.
        if pointer.starts_with("/sources/") && pointer.matches('/').count() == 2 {
            continue;
        }
        let mut bytes = original.to_vec();
        bytes.insert(entry.key_span.range().end, b'q');
        let outcome = check(files, name, bytes);
        assert_eq!(outcome.status, Status::Faulty);
        let wanted = format!("{pointer}q");
        let hit = outcome.diagnostics.iter().find(|d| d.pointer.as_deref() == Some(&wanted));
        let hit = hit.unwrap_or_else(|| panic!("{name}: {wanted}: {:?}", outcome.diagnostics));
        assert_eq!(hit.code.as_str(), "unknown-key");
        assert_eq!(hit.fix.as_ref().unwrap().replacement, *entry.key, "{name}: {wanted}");
        renamed += 1;
    }
    renamed
}

#[test]
fn a_required_key_that_is_gone_is_missed() {
    let files = sample();
    for (name, original) in files.0.iter().filter(|(name, _)| name.starts_with("cases/")) {
        let text = std::str::from_utf8(original).unwrap();
        for key in ["id", "title", "summary", "regions", "themes", "status", "outcome"] {
            let start = text.find(&format!("\n{key}:")).unwrap() + 1;
            // Up to the next key at the left edge.
            let next = text[start + 1..]
                .match_indices('\n')
                .map(|(at, _)| start + 2 + at)
                .find(|at| text[*at..].starts_with(|c: char| c.is_ascii_alphabetic()))
                .unwrap();
            let without = format!("{}{}", &text[..start], &text[next..]);
            let outcome = check(&files, name, without.into_bytes());
            let missing = format!("the key `{key}` is missing");
            assert!(outcome.diagnostics.iter().any(|d| d.message == missing), "{name}: {key}");
        }
    }
}
