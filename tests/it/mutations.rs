//! Real submissions with something changed anywhere: nothing panics, and all that is found can be shown.

use std::collections::BTreeMap;

use casebook::app::{Selection, validate};
use casebook::diag::render::Format;

use crate::support::{MANIFEST, MemoryFiles, Numbers, case, sample, shown};

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

#[test]
fn no_change_of_a_chapter_makes_it_panic() {
    let blocks = "# Chapter\n\n```casebook\nfigure: {by: [country, outcome]}\nwhere:\n  \
                  theme: [telestroke, emergency]\n  year!: 2001..\ncaption: Été\n```\n\n~~~ casebook\n\
                  cases: {where: {country: SE}, as: cards, sort: [-start]}\n~~~\n\n- a\n";
    let mut files = MemoryFiles(BTreeMap::new());
    let mut numbers = Numbers(11);
    let pieces: &[&str] = &[
        "\t", "\n", "- ", ": ", "[", "]", "{", "}", "\"", "'", "|", "&a ", "*a", "#", "!", "`",
        "~~~", "```", "casebook", "\r", "  ", "> ", "é", "figure", "by", "=", "..", "!",
        "\u{2028}", "é",
    ];
    let contents = "contents: [{chapter: a.md}, {section: cases}]\n";
    files.0.insert("casebook.yaml".to_owned(), format!("{MANIFEST}{contents}").into());
    files.0.insert("cases/a.yaml".to_owned(), case("a").into());
    for _ in 0..3000 {
        let mut text: Vec<char> = blocks.chars().collect();
        for _ in 0..=numbers.below(4) {
            let at = numbers.below(text.len());
            let end = (at + numbers.below(8)).min(text.len());
            let piece = pieces[numbers.below(pieces.len())];
            text.splice(at..end, piece.chars());
        }
        let text: String = text.into_iter().collect();
        files.0.insert("a.md".to_owned(), text.clone().into());
        let outcome = validate(&files, &Selection::All).unwrap();
        for found in &outcome.diagnostics {
            let at = found.primary.as_ref().map(|label| label.location);
            let Some(at) = at.filter(|at| outcome.sources.get(at.source).path() == "a.md") else {
                continue;
            };
            assert!(text.get(at.span.range()).is_some(), "{found:?} in {text:?}");
        }
        shown(Format::Human, &outcome);
    }
}
