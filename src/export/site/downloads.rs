//! Owns what leads from the pages of the site to its files: the data, the PDF, and the pages of the PDF.

use typst::ecow::{EcoVec, eco_vec};
use typst_html::{HtmlAttr, HtmlElement, HtmlNode, attr, tag};

use super::relative;
use crate::export::dom::{find, has_class, link, take, take_attribute};
use crate::export::media_type::media_type;
use crate::export::{PDF, PdfPages};

/// The class of the part of a page that lists the files.
const FILES: &str = "files";

/// The class of the line that leads into the PDF.
const IN_PDF: &str = "in-pdf";

/// The attributes of that line that hold its words: for one page, and for several.
const ONE_PAGE: HtmlAttr = HtmlAttr::constant("data-page");
const SEVERAL_PAGES: HtmlAttr = HtmlAttr::constant("data-pages");

/// Fills the list of files of a page, or takes it away.
pub(super) fn list_files(root: &mut HtmlElement, from: &str, files: &[String]) {
    let is_files = has_class(FILES);
    if files.is_empty() {
        take(root, &is_files);
        return;
    }
    let list = find(root, &is_files).and_then(|part| find(part, &|found| found.tag == tag::ul));
    let Some(list) = list else { return };
    let items = files.iter().map(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let link = link(&relative(from, path), name).with_attr(attr::r#type, media_type(path));
        HtmlElement::new(tag::li).with_children(eco_vec![link.into()]).into()
    });
    list.children.extend(items.collect::<EcoVec<HtmlNode>>());
}

/// Fills the line that leads into the PDF, or takes it away.
pub(super) fn link_into_pdf(
    root: &mut HtmlElement,
    from: &str,
    part: Option<&str>,
    pages: Option<&PdfPages>,
) {
    let is_line = has_class(IN_PDF);
    let range = part.and_then(|part| pages?.of_part(part));
    let line = range.and_then(|range| Some((range, find(root, &is_line)?)));
    let Some(((first, last), line)) = line else {
        take(root, &is_line);
        return;
    };
    let (one, several) = (take_attribute(line, ONE_PAGE), take_attribute(line, SEVERAL_PAGES));
    let words = if first == last { one } else { several }.unwrap_or_default();
    let words = words.replace("{page}", &first.to_string());
    let words = words.replace("{from}", &first.to_string()).replace("{to}", &last.to_string());
    let address = format!("{}#page={first}", relative(from, PDF));
    line.children.push(link(&address, &words).into());
}
