//! Real submissions with something changed anywhere: nothing panics, and all that is found can be shown.

use casebook::app::{Selection, validate};
use casebook::diag::render::Format;

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
