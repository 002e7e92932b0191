//! Owns the way from the bytes of a text to its letters, whatever encoding it was saved in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::form::nearest;

/// Encodings that people name, for "did you mean".
const NAMES: &[&str] =
    &["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "macintosh"];

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Undecodable {
    /// No encoding has this name.
    Unknown(String, Option<&'static str>),
    /// The text is not in this encoding.
    Other(&'static str),
}

/// The text of bytes: in the encoding that is named, else in the one that a mark at the start names,
/// else in UTF-8 if that fits, else in what it looks like.
pub(in crate::import) fn decode(bytes: &[u8], named: Option<&str>) -> Result<String, Undecodable> {
    let named = named.map(|name| {
        Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            Undecodable::Unknown(name.to_owned(), nearest(name, NAMES.iter().copied()))
        })
    });
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match named.transpose()? {
        Some(named) => named,
        None => marked.unwrap_or_else(|| guess(bytes)),
    };
    // A mark at the start says more than a mapping, and is no part of the text.
    let (text, encoding, is_broken) = encoding.decode(bytes);
    if is_broken { Err(Undecodable::Other(encoding.name())) } else { Ok(text.into_owned()) }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = without_mark(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a mark: every other byte of a survey's marks and Latin letters is nought.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(4096))?;
    let noughts =
        |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    match (noughts(0) * 2 > half, noughts(1) * 2 > half) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], named: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, named).as_deref(), Ok(expected));
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn texts_are_read_in_the_encoding_that_they_were_saved_in() {
        let text = "Id;Län;Överblick\n1;Blekinge län;Vård på distans – för äldre\n";
        check(text.as_bytes(), None, text);
        check(format!("\u{feff}{text}").as_bytes(), None, text);
        check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), None, text);
        check(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), None, text);
        check(&utf16(text, u16::to_le_bytes), None, text);
        check(&utf16(text, u16::to_be_bytes), None, text);
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(text);
        check(&western, None, text);
        check(&western, Some("Windows-1252"), text);
        let greek = "Τίτλος;Περίληψη\nΤηλεϊατρική;Η υπηρεσία λειτουργεί στα νησιά.\n";
        let (bytes, ..) = encoding_rs::ISO_8859_7.encode(greek);
        check(&bytes, None, greek);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(decode(b"a;\xff\n", Some("utf-8")), Err(Undecodable::Other("UTF-8")));
        let unknown = Undecodable::Unknown("windows-1253x".to_owned(), Some("windows-1252"));
        assert_eq!(decode(b"a", Some("windows-1253x")), Err(unknown));
    }
}
