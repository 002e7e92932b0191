//! Owns `sitemap.xml`: all pages, for search engines.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Address;

/// What the elements of a sitemap belong to.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// How many pages search engines take from one sitemap.
const MOST: usize = 50_000;

/// The sitemap of pages by their paths, which changed with an edition of a date.
///
/// # Errors
///
/// None, since it is written to memory.
pub(super) fn sitemap<'p>(
    address: &Address,
    paths: impl Iterator<Item = &'p str>,
    date: Option<&str>,
) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("urlset").with_attribute(("xmlns", NAMESPACE)).write_inner_content(
        |writer| {
            for path in paths.take(MOST) {
                writer.create_element("url").write_inner_content(|writer| {
                    let place = address.of(path);
                    writer.create_element("loc").write_text_content(BytesText::new(&place))?;
                    if let Some(date) = date {
                        let date = BytesText::new(date);
                        writer.create_element("lastmod").write_text_content(date)?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        },
    )?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_their_addresses() {
        let pages = ["index.html", "cases/a.html"].into_iter();
        let made = sitemap(&Address::example(), pages, Some("2026-11-21")).unwrap();
        let text = String::from_utf8(made).unwrap();
        let read = roxmltree::Document::parse(&text).unwrap();
        let texts = |name| {
            let found = read.descendants().filter(move |node| node.has_tag_name((NAMESPACE, name)));
            found.filter_map(|node| node.text()).collect::<Vec<_>>()
        };
        assert_eq!(texts("loc"), ["https://example.org/r/", "https://example.org/r/cases/a.html"]);
        assert_eq!(texts("lastmod"), ["2026-11-21", "2026-11-21"]);
    }
}
