//! Owns drawings in SVG as web pages get them: written anew out of what can be seen of them, so that
//! nothing is left that runs, loads or links.
//!
//! Words become outlines, by the fonts of the report: a picture cannot load any.

use std::sync::Arc;

use usvg::fontdb::{Database, Source};
use usvg::{ImageHrefResolver, Options, Tree, WriteOptions};

use super::fonts::Fonts;

/// What words are set in whose font is not there. Such a font is mostly one without serifs.
const PLAIN: &str = "Noto Sans";

/// How many decimals a place has: what is smaller is not seen.
const PRECISION: u8 = 4;

/// What drawings are read with.
pub(super) struct Pictures {
    fonts: Arc<Database>,
}

impl Pictures {
    pub(super) fn new(fonts: &Fonts) -> Self {
        let mut database = Database::new();
        for font in (0..).map_while(|index| fonts.font(index)) {
            // A file of several fonts is read as a whole.
            if font.index() == 0 {
                database.load_font_source(Source::Binary(Arc::new(font.data().clone())));
            }
        }
        database.set_sans_serif_family(PLAIN);
        database.set_serif_family(PLAIN);
        database.set_monospace_family("DejaVu Sans Mono");
        Self { fonts: Arc::new(database) }
    }

    /// A drawing with what can be seen of it and nothing else; none if it is no drawing.
    pub(super) fn inert(&self, svg: &[u8]) -> Option<String> {
        let options = Options {
            font_family: PLAIN.to_owned(),
            fontdb: Arc::clone(&self.fonts),
            image_href_resolver: ImageHrefResolver {
                resolve_data: ImageHrefResolver::default_data_resolver(),
                // A drawing has no files beside it.
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_data(svg, &options).ok()?;
        Some(tree.to_string(&WriteOptions {
            coordinates_precision: PRECISION,
            indent: usvg::Indent::None,
            ..WriteOptions::default()
        }))
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;

    use super::*;

    #[track_caller]
    fn inert(inside: &str) -> String {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"40\" height=\"20\" onload=\"alert(1)\">{inside}</svg>"
        );
        let pictures = Pictures::new(&Fonts::BuiltIn);
        pictures.inert(svg.as_bytes()).unwrap()
    }

    #[test]
    fn what_can_be_seen_stays() {
        let drawn = inert(
            "<style>.a { fill: #ff0000 }</style><rect class=\"a\" width=\"9\" height=\"9\"/>",
        );
        assert!(drawn.contains("fill=\"#ff0000\""), "{drawn}");
        assert!(drawn.contains("width=\"40\" height=\"20\""), "{drawn}");
        for family in
            ["Libertinus Serif", "Arial", "Arial, sans-serif", "monospace", "nothing like it"]
        {
            let words = inert(&format!("<text y=\"9\" font-family=\"{family}\">ab</text>"));
            assert!(words.contains("<path"), "{family}: {words}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_gone() {
        for inside in [
            "<script>alert(1)</script>",
            "<rect width=\"9\" height=\"9\" onclick=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\"><rect width=\"9\" height=\"9\"/></a>",
            "<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/><rect width=\"9\" height=\"9\"/></a>",
            "<image href=\"https://evil.test/a.png\" width=\"9\" height=\"9\"/>",
            "<image xlink:href=\"/etc/hostname\" width=\"9\" height=\"9\"/>",
            "<use href=\"https://evil.test/a.svg#x\"/>",
            "<foreignObject width=\"9\" height=\"9\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" \
             src=\"https://evil.test\"/></foreignObject>",
            "<style>@import url(https://evil.test/a.css); rect { fill: url(https://evil.test/a#b) }\
             @font-face { font-family: x; src: url(https://evil.test/f) }</style>\
             <rect width=\"9\" height=\"9\"/><text y=\"9\" font-family=\"x\">a</text>",
        ] {
            let drawn = inert(inside);
            for gone in [
                "script", "onclick", "onload", "<a", "evil", "etc", "iframe", "foreign", "<style",
                "<set", "@",
            ] {
                assert!(!drawn.contains(gone), "{gone} in {drawn}");
            }
        }
    }

    #[test]
    fn a_drawing_in_a_drawing_is_written_anew_too() {
        let inner = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">\
                     <script>alert(1)</script><path d=\"M0 0L1 1\" stroke=\"red\" onclick=\"x()\"/></svg>";
        let address = format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(inner));
        let drawn = inert(&format!("<image href=\"{address}\" width=\"9\" height=\"9\"/>"));
        let encoded = drawn.split("base64,").nth(1).and_then(|rest| rest.split('"').next());
        let written = BASE64_STANDARD.decode(encoded.unwrap().trim()).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains("<path"), "{written}");
        assert!(!written.contains("script") && !written.contains("onclick"), "{written}");
    }

    #[test]
    fn what_is_no_drawing_is_none() {
        let pictures = Pictures::new(&Fonts::BuiltIn);
        for bytes in [&b""[..], b"no", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\"/>"] {
            assert_eq!(pictures.inert(bytes), None);
        }
    }
}
