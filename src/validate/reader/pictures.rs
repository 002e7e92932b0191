//! Owns the look into a picture's bytes: of which type it is, and how large.

use super::{diags, drawings};
use crate::diag::Sink;
use crate::source::Location;

/// The size from which a picture is larger than a report needs, in bytes.
///
/// A photograph that fills a printed page has about that many; every reader of the web page and of
/// the PDF loads all of them.
const LARGE: usize = 5_000_000;

/// How far a picture in XML is looked into for its first element.
const PROLOG: usize = 64 << 10;

/// Beginnings of files that are something else, and what to call them.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"BM", "a bitmap (BMP)"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the picture itself"),
];

/// Checks the bytes of a picture against its name and its size.
pub fn check_picture(path: &str, bytes: &[u8], at: Location, sink: &mut Sink) {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let promised = Kind::of_extension(extension);
    let found = Kind::of_bytes(bytes);
    if promised.is_some() && promised != found {
        let name = found.map_or_else(|| other(bytes), Kind::name);
        let extension = found.map(Kind::extension);
        sink.push(diags::image_content(path, name, extension, at));
    } else if found == Some(Kind::Svg)
        && let Some(fault) = drawings::fault(bytes)
    {
        sink.push(diags::image_drawing(path, fault, at));
    }
    if bytes.len() > LARGE {
        sink.push(diags::image_size(path, bytes.len(), LARGE, at));
    }
}

/// A type of picture that casebook can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png,
    Jpeg,
    Gif,
    WebP,
    Svg,
}

impl Kind {
    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::WebP,
            "svg" => Self::Svg,
            _ => return None,
        })
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            first_element(bytes)
                .filter(|name| matches!(*name, "svg" | "svg:svg"))
                .map(|_| Self::Svg)
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Png => "a PNG",
            Self::Jpeg => "a JPEG",
            Self::Gif => "a GIF",
            Self::WebP => "a WebP",
            Self::Svg => "an SVG",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Svg => "svg",
        }
    }
}

/// What a file is called that is no picture.
fn other(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        return "empty";
    }
    if let Some((_, name)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return name;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return "a photograph of a telephone (HEIC or AVIF) or a film";
    }
    match first_element(bytes) {
        Some(name) if name.eq_ignore_ascii_case("html") => "a web page",
        Some(_) => "XML, and no SVG",
        None => "of no type that casebook knows",
    }
}

/// The name of the first element of an XML or HTML file, past its declaration, document type,
/// comments and processing instructions.
fn first_element(bytes: &[u8]) -> Option<&str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.get(..PROLOG).unwrap_or(bytes);
    // What was cut in the middle of a character is valid up to there.
    let valid = std::str::from_utf8(start).map_or_else(|error| error.valid_up_to(), str::len);
    let mut rest = std::str::from_utf8(start.get(..valid)?).ok()?;
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if let Some(kind) = rest.strip_prefix("<!") {
            after_document_type(kind)?
        } else {
            let name = rest.strip_prefix('<')?;
            let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            return Some(&name[..end]);
        }
    }
}

/// What follows a document type, which may hold declarations between square brackets.
fn after_document_type(text: &str) -> Option<&str> {
    let end = text.find(['>', '['])?;
    if text[end..].starts_with('>') {
        return Some(&text[end + 1..]);
    }
    let inside = text[end..].find(']')? + end;
    text[inside..].split_once('>').map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], kind: Option<Kind>) {
        assert_eq!(Kind::of_bytes(bytes), kind, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        check(b"\x89PNG\r\n\x1a\n\0\0", Some(Kind::Png));
        check(b"\xff\xd8\xff\xe0", Some(Kind::Jpeg));
        check(b"GIF89a..", Some(Kind::Gif));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::WebP));
        for svg in [
            "<svg>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- a > b --><!DOCTYPE svg PUBLIC \"-//W3C//DTD\">\n<svg\n>",
            "<!DOCTYPE svg [ <!ENTITY a \"b\"> ]><?x y?><svg:svg >",
        ] {
            check(svg.as_bytes(), Some(Kind::Svg));
        }
        for other in [
            "",
            "RIFF\x10\0\0\0WAVE",
            "<html><svg>",
            "<!-- <svg> ",
            "<svgx>",
            "svg",
            "<",
            "<!",
            "<?",
            "<!DOCTYPE svg [",
            "BM",
            "<svg",
        ] {
            check(other.as_bytes(), None);
        }
        check(b"<svg \xff", Some(Kind::Svg));
    }

    #[test]
    fn what_is_no_picture_is_named() {
        assert_eq!(other(b""), "empty");
        assert_eq!(other(b"%PDF-1.7"), "a PDF");
        assert_eq!(other(b"<!doctype html><html lang=\"en\">"), "a web page");
        assert_eq!(
            other(b"\0\0\0\x18ftypheic"),
            "a photograph of a telephone (HEIC or AVIF) or a film"
        );
        assert_eq!(other(b"\0\x01\x02"), "of no type that casebook knows");
    }
}
