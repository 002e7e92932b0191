//! Owns small parts of the web that stand around contents: elements of HTML, made without a template.
//!
//! A function in Typst's language is remembered by all that it is called with, and a content is read again for
//! each function that it passes through. These take no note of it.

use typst::diag::SourceResult;
use typst::foundations::{
    Array, Content, IntoValue, NativeElement, NativeFuncData, NoneValue, Reflect, Str, Value,
};
use typst::model::ParbreakElem;
use typst_html::{HtmlAttr, HtmlElem, HtmlTag, attr, tag};

use super::inputs::Fields;
use super::native::native;

/// Puts the functions under the names that templates/words.typ and templates/components/parts.typ know.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&WEB_BLOCK, &WIDE_ON_WEB, &BULLETS_ON_WEB, &UNBROKEN_ON_WEB, &AS_IT_IS]);
}

/// `web-block(class, body, tag: "div")`.
static WEB_BLOCK: NativeFuncData = native(
    "web-block",
    "An element with a class that the style sheets know.",
    &|_, _, args| {
        let class: Str = args.expect("class")?;
        let body: Content = args.expect("body")?;
        let tag = args.named::<HtmlTag>("tag")?.unwrap_or(tag::div);
        let block = HtmlElem::new(tag).with_attr(attr::class, class).with_body(Some(body));
        Ok(block.pack().into_value())
    },
    &<Content as Reflect>::output,
);

/// `wide-on-web(name, body)`: on a narrow screen it scrolls, by keyboard too.
static WIDE_ON_WEB: NativeFuncData = native(
    "wide-on-web",
    "A content that may be wider than the screen.",
    &|_, _, args| {
        let name: Str = args.expect("name")?;
        let body: Content = args.expect("body")?;
        let block = HtmlElem::new(tag::div)
            .with_attr(attr::class, "wide")
            .with_attr(attr::role, "group")
            .with_attr(HtmlAttr::constant("tabindex"), "0")
            .with_attr(HtmlAttr::constant("aria-label"), name)
            .with_body(Some(body));
        Ok(block.pack().into_value())
    },
    &<Content as Reflect>::output,
);

/// `bullets-on-web(items)`: each item is made of paragraphs, as in a list of Typst's that is not tight.
static BULLETS_ON_WEB: NativeFuncData = native(
    "bullets-on-web",
    "A list of contents, or nothing if there are none.",
    &|_, _, args| {
        let items: Array = args.expect("items")?;
        if items.is_empty() {
            return Ok(Value::None);
        }
        let item = |value: Value| {
            let body = value.display() + ParbreakElem::shared().clone();
            HtmlElem::new(tag::li).with_body(Some(body)).pack()
        };
        let items = Content::sequence(items.into_iter().map(item));
        Ok(HtmlElem::new(tag::ul).with_body(Some(items)).pack().into_value())
    },
    &<Content as Reflect>::output,
);

/// `unbroken-on-web(words)`: a number alone stays in one line anyway.
static UNBROKEN_ON_WEB: NativeFuncData = native(
    "unbroken-on-web",
    "Words that stay in one line.",
    &|_, _, args| {
        let words: Str = args.expect("words")?;
        let is_number = words.bytes().all(|byte| byte.is_ascii_digit());
        let body = words.into_value().display();
        let unbroken = if is_number {
            body
        } else {
            let span = HtmlElem::new(tag::span).with_attr(attr::class, "unbroken");
            span.with_body(Some(body)).pack()
        };
        Ok(unbroken.into_value())
    },
    &<Content as Reflect>::output,
);

/// `as-it-is(..)`: for what has a look of its own on pages alone.
static AS_IT_IS: NativeFuncData = native(
    "as-it-is",
    "The last of the contents that it is given.",
    &|_, _, args| -> SourceResult<Value> {
        let body = args.take().to_pos().pop();
        Ok(body.unwrap_or(NoneValue.into_value()))
    },
    &<Content as Reflect>::output,
);
