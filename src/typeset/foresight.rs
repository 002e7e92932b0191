//! Owns what the contents of a report will list, read off it before any page is laid out.
//!
//! Typst tells of headings and figures only once they are on pages. A list of them is empty the first
//! time, and then pushes all that follows on by its own pages, which costs another round of layout.
//! Templates hold its room free with what is found here.

use typst::foundations::{
    Array, Content, Dict, IntoValue, NativeFuncData, Reflect, SequenceElem, Smart, StyleChain,
    StyledElem, Value,
};
use typst::layout::{BlockBody, BlockElem};
use typst::model::{FigureElem, FigureKind, HeadingElem};

use super::inputs::Fields;
use super::native::native;

/// Puts the function under the name that templates know.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&FORESEE]);
}

/// `foresee(content)`: the headings that will be in the contents, each with its `level`, and the figures
/// with captions, each with its `kind`, in their order; the words of either are its `body`.
///
/// What a context makes cannot be foreseen.
static FORESEE: NativeFuncData = native(
    "foresee",
    "The headings and figures of a content that lists will name.",
    &|_, _, args| {
        let content: Content = args.expect("content")?;
        let mut found = Array::new();
        search(&content, StyleChain::default(), &mut found);
        Ok(found.into_value())
    },
    &<Array as Reflect>::output,
);

fn search(content: &Content, styles: StyleChain<'_>, found: &mut Array) {
    if let Some(sequence) = content.to_packed::<SequenceElem>() {
        for child in &sequence.children {
            search(child, styles, found);
        }
    } else if let Some(styled) = content.to_packed::<StyledElem>() {
        search(&styled.child, styles.chain(&styled.styles), found);
    } else if let Some(block) = content.to_packed::<BlockElem>() {
        if let Some(BlockBody::Content(body)) = block.body.get_ref(styles) {
            search(body, styles, found);
        }
    } else if let Some(heading) = content.to_packed::<HeadingElem>() {
        if heading.outlined.get(styles) {
            let level = match heading.level.get(styles) {
                Smart::Custom(level) => level.get(),
                Smart::Auto => heading.offset.get(styles) + heading.depth.get(styles).get(),
            };
            found.push(entry("level", level, &heading.body));
        }
    } else if let Some(figure) = content.to_packed::<FigureElem>()
        && let Some(caption) = figure.caption.get_ref(styles)
        && let Smart::Custom(FigureKind::Name(kind)) = figure.kind.get_cloned(styles)
    {
        found.push(entry("kind", kind, &caption.body));
    }
}

fn entry(key: &str, value: impl IntoValue, body: &Content) -> Value {
    let fields = [(key.into(), value.into_value()), ("body".into(), body.clone().into_value())];
    fields.into_iter().collect::<Dict>().into_value()
}
