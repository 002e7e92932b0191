//! Where words stand in what was drawn: in the picture on the web, on the page in the PDF.

use roxmltree::{Document, Node};
use typst::layout::{Frame, FrameItem, Point, Size, Transform};
use typst_layout::PagedDocument;

use super::world::Gallery;

/// How far rounding may carry words out of a picture, in its units.
const ROUNDING: f64 = 0.6;

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// Holds that the words of an SVG picture, in the charts' font, stand inside of its `viewBox`.
#[track_caller]
pub(super) fn assert_words_inside(heading: &str, picture: &str, gallery: &Gallery) {
    let document = Document::parse(picture).unwrap();
    let view_box = document.root_element().attribute("viewBox").unwrap();
    let corners: Vec<f64> = view_box.split(' ').map(|part| part.parse().unwrap()).collect();
    let (width, height) = (corners[2], corners[3]);
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let words = node.text().unwrap();
        let (x, y, size) = (number(node, "x"), number(node, "y"), number(node, "font-size"));
        let length = gallery.width(words, size, node.attribute("font-weight") == Some("bold"));
        let share = match node.attribute("text-anchor") {
            Some("middle") => 0.5,
            Some("end") => 1.0,
            _ => 0.0,
        };
        let leftward = node.attribute("direction") == Some("rtl");
        let before = length * if leftward { 1.0 - share } else { share };
        let ((left, right), (top, bottom)) = if node.attribute("transform").is_some() {
            // All that is turned reads upwards.
            ((x - size, x), (y - (length - before), y + before))
        } else {
            ((x - before, x - before + length), (y - size * 0.75, y))
        };
        let inside = left >= -ROUNDING
            && right <= width + ROUNDING
            && top >= -ROUNDING
            && bottom <= height + ROUNDING;
        assert!(inside, "{heading}: {words:?} from {left},{top} to {right},{bottom} of {view_box}");
    }
}

/// Holds that all words of a document stand on their pages.
#[track_caller]
pub(super) fn assert_words_on_pages(document: &PagedDocument) {
    for page in document.pages() {
        words_on_page(&page.frame, Transform::identity(), page.frame.size());
    }
}

fn words_on_page(frame: &Frame, outer: Transform, page: Size) {
    for (position, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                words_on_page(&group.frame, here.pre_concat(group.transform), page);
            }
            FrameItem::Text(text) => {
                for x in [typst::layout::Abs::zero(), text.width()] {
                    let Point { x, y } = Point::with_x(x).transform(here);
                    let inside = x.to_pt() >= 0.0 && x <= page.x && y.to_pt() >= 0.0 && y <= page.y;
                    assert!(inside, "{:?} at {x:?}, {y:?}", text.text);
                }
            }
            _ => {}
        }
    }
}
