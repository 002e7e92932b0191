//! Owns the look into a drawing in SVG: whether it can be drawn, by itself and in reasonable time.

use std::sync::atomic::{AtomicBool, Ordering};

use usvg::filter::{Kind, Primitive};
use usvg::{Error, Group, ImageHrefResolver, Node, Options, Tree};

/// How many times effects may go over the whole picture: on pages each is worked out in millions of
/// points.
const MOST_PASSES: f32 = 24.0;

/// What is wrong with a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no sound XML, or no SVG.
    Unsound,
    /// It has no width or height.
    Sizeless,
    /// It has too many parts, as they are or by being used again and again.
    TooManyParts,
    /// It shows a file that is not in it.
    NeedsFiles,
    /// Its effects take too long.
    Effects,
}

/// The fault of a drawing, if it has any.
pub(super) fn fault(svg: &[u8]) -> Option<Fault> {
    let needs_files = AtomicBool::new(false);
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| {
                needs_files.store(true, Ordering::Relaxed);
                None
            }),
        },
        ..Options::default()
    };
    let tree = match Tree::from_data(svg, &options) {
        Ok(tree) => tree,
        Err(Error::InvalidSize) => return Some(Fault::Sizeless),
        Err(
            Error::ElementsLimitReached
            | Error::ParsingFailed(usvg::roxmltree::Error::NodesLimitReached),
        ) => {
            return Some(Fault::TooManyParts);
        }
        Err(_) => return Some(Fault::Unsound),
    };
    drop(options);
    if needs_files.into_inner() {
        return Some(Fault::NeedsFiles);
    }
    let area = tree.size().width() * tree.size().height();
    (passes(tree.root(), area) > MOST_PASSES).then_some(Fault::Effects)
}

/// How many times the effects of a group, and of all in it, go over an area.
fn passes(group: &Group, area: f32) -> f32 {
    let own: f32 = group.filters().iter().flat_map(|it| it.primitives()).map(cost).sum();
    let mut all = 0.0;
    if own > 0.0 {
        let layer = group.abs_layer_bounding_box();
        // Where it is larger than the picture, the picture is what is drawn.
        all += own * (layer.width() * layer.height() / area).min(1.0);
    }
    for node in group.children() {
        if let Node::Group(inner) = node {
            all += passes(inner, area);
        }
        node.subroots(|inner| all += passes(inner, area));
    }
    all
}

/// How many times as long as a simple effect another one takes.
fn cost(primitive: &Primitive) -> f32 {
    match primitive.kind() {
        Kind::Turbulence(it) => 4.0 * it.num_octaves() as f32,
        Kind::ConvolveMatrix(it) => (it.matrix().columns() * it.matrix().rows()) as f32 / 4.0,
        Kind::Morphology(it) => 1.0 + it.radius_x().get() * it.radius_y().get(),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(size: &str, inside: &str, expected: Option<Fault>) {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}>{inside}</svg>");
        assert_eq!(fault(svg.as_bytes()), expected, "{}", &svg[..svg.len().min(300)]);
    }

    const SIZE: &str = "width=\"100\" height=\"100\"";

    #[test]
    fn drawings_are_sound() {
        check(SIZE, "<rect width=\"9\" height=\"9\"/>", None);
        check("viewBox=\"0 0 9 9\"", "<rect width=\"9\" height=\"9\"/>", None);
        check("width=\"0\"", "", Some(Fault::Sizeless));
        check(SIZE, "<g>", Some(Fault::Unsound));
        check(SIZE, "&nothing;", Some(Fault::Unsound));
        for href in ["https://evil.test/a.png", "/etc/hostname", "../a.png", "a.svg"] {
            let image = format!("<image href=\"{href}\" width=\"9\" height=\"9\"/>");
            check(SIZE, &image, Some(Fault::NeedsFiles));
        }
    }

    #[test]
    fn drawings_that_explode_are_refused() {
        let entity =
            |n: usize| format!("<!ENTITY a{} \"{}\">", n + 1, format!("&a{n};").repeat(10));
        let entities: String = (0..9).map(entity).collect();
        let bomb = format!(
            "<!DOCTYPE svg [<!ENTITY a0 \"x\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\" \
             width=\"9\" height=\"9\"><text>&a9;</text></svg>"
        );
        assert_eq!(fault(bomb.as_bytes()), Some(Fault::Unsound));
        let group = |n: usize| {
            format!("<g id=\"g{}\">{}</g>", n + 1, format!("<use href=\"#g{n}\"/>").repeat(10))
        };
        let uses: String = (0..8).map(group).collect();
        let uses = format!(
            "<defs><rect id=\"g0\" width=\"1\" height=\"1\"/>{uses}</defs><use href=\"#g8\"/>"
        );
        check(SIZE, &uses, Some(Fault::TooManyParts));
        let deep = format!("{}{}", "<g>".repeat(20_000), "</g>".repeat(20_000));
        check(SIZE, &deep, Some(Fault::TooManyParts));
    }

    #[test]
    fn effects_have_a_limit_and_shadows_are_within() {
        let effect = |inside: &str| format!("<filter id=\"f\">{inside}</filter>");
        let rect =
            |size: u32| format!("<rect width=\"{size}\" height=\"{size}\" filter=\"url(#f)\"/>");
        let shadow = effect("<feDropShadow dx=\"1\" dy=\"1\" stdDeviation=\"1\"/>");
        check(SIZE, &(shadow.clone() + &rect(5).repeat(200)), None);
        check(SIZE, &(shadow + &rect(90).repeat(200)), Some(Fault::Effects));
        for costly in [
            "<feTurbulence baseFrequency=\".1\" numOctaves=\"100000\"/>",
            "<feMorphology operator=\"dilate\" radius=\"1000\"/>",
        ] {
            check(SIZE, &(effect(costly) + &rect(90)), Some(Fault::Effects));
        }
    }
}
