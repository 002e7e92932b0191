//! Owns drawings on the web: the shapes of charts become elements of SVG.
//!
//! What a shape is made of is told in templates/charts/canvas.typ, which draws the same on pages. A site has
//! shapes by the ten thousand, and for each, Typst's own language would take as long as for a paragraph.

use typst::diag::{At, HintedStrResult, bail};
use typst::foundations::{
    Array, Content, Dict, FromValue, IntoValue, Label, NativeElement, NativeFuncData, Reflect, Str,
    Value,
};
use typst::layout::Angle;
use typst::model::{LinkElem, LinkTarget};
use typst::text::TextElem;
use typst::utils::{PicoStr, round_with_precision};
use typst_html::{HtmlAttr, HtmlAttrs, HtmlElem, HtmlTag};

use super::inputs::Fields;
use super::native::native;

/// As many digits of a coordinate behind the point as can be seen.
const DIGITS: i16 = 2;

/// Puts the functions under the names that templates/charts/canvas.typ knows.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put_functions(&[&COORDINATE, &SHAPE_ON_WEB, &LEADS, &FOLDED, &RUNS_LEFTWARD]);
}

/// `coordinate(number)`, for numbers of SVG.
static COORDINATE: NativeFuncData = native(
    "coordinate",
    "A coordinate with as many digits as can be seen.",
    &|_, _, args| Ok(coordinate(args.expect("number")?).into_value()),
    &<String as Reflect>::output,
);

/// `shape-on-web(shape)`: an element of SVG, in its link if it leads somewhere.
static SHAPE_ON_WEB: NativeFuncData = native(
    "shape-on-web",
    "A shape as an element of SVG.",
    &|_, _, args| {
        let shape: Dict = args.expect("shape")?;
        Ok(Shape(&shape).drawn().at(args.span)?.into_value())
    },
    &<Content as Reflect>::output,
);

/// `leads(shape)`.
static LEADS: NativeFuncData = native(
    "leads",
    "Whether a shape, or one inside of it, leads somewhere.",
    &|_, _, args| {
        let shape: Dict = args.expect("shape")?;
        Ok(Shape(&shape).leads().at(args.span)?.into_value())
    },
    &<bool as Reflect>::output,
);

/// `folded(words)`.
static FOLDED: NativeFuncData = native(
    "folded",
    "Words in one line: blanks that would be kept apart are folded.",
    &|_, _, args| Ok(folded(&args.expect::<Str>("words")?).into_value()),
    &<String as Reflect>::output,
);

/// `runs-leftward(words)`.
static RUNS_LEFTWARD: NativeFuncData = native(
    "runs-leftward",
    "Whether words run from right to left.",
    &|_, _, args| Ok(run_leftward(&args.expect::<Str>("words")?).into_value()),
    &<bool as Reflect>::output,
);

fn coordinate(number: f64) -> String {
    // Neither a sign before nothing nor an exponent, which not all readers of SVG know.
    (round_with_precision(number, DIGITS) + 0.0).to_string()
}

/// Words in one line: blanks that would be kept apart are folded.
fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a letter is of a script that runs from right to left.
fn is_leftward(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether words run from right to left: their first letter says so.
fn run_leftward(words: &str) -> bool {
    words.chars().find(|letter| letter.is_alphabetic()).is_some_and(is_leftward)
}

/// A shape as templates tell it.
struct Shape<'a>(&'a Dict);

impl Shape<'_> {
    fn get<T: FromValue>(&self, field: &str) -> HintedStrResult<T> {
        self.0.get(field)?.clone().cast()
    }

    fn coordinate(&self, field: &str) -> HintedStrResult<String> {
        Ok(coordinate(self.get(field)?))
    }

    fn coordinates<const N: usize>(
        &self,
        fields: [(&'static str, &str); N],
        out: &mut Attrs,
    ) -> HintedStrResult<()> {
        for (name, field) in fields {
            out.push(name, self.coordinate(field)?)?;
        }
        Ok(())
    }

    fn leads(&self) -> HintedStrResult<bool> {
        if self.get::<Option<String>>("link")?.is_some() {
            return Ok(true);
        }
        for inner in self.inner()? {
            let inner: Dict = inner.cast()?;
            if Shape(&inner).leads()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The shapes of a group.
    fn inner(&self) -> HintedStrResult<Array> {
        if self.0.contains("shapes") { self.get("shapes") } else { Ok(Array::new()) }
    }

    fn drawn(&self) -> HintedStrResult<Content> {
        let kind: String = self.get("kind")?;
        let mut children = Vec::new();
        if let Some(title) = self.get::<Option<String>>("title")? {
            let title = TextElem::packed(folded(&title));
            children.push(HtmlElem::new(HtmlTag::constant("title")).with_body(Some(title)).pack());
        }
        let mut attrs = Attrs::default();
        let name = match kind.as_str() {
            "label" => {
                let words: String = self.get("words")?;
                children.push(TextElem::packed(folded(&words)));
                self.label(&words, &mut attrs)?;
                "text"
            }
            "group" => {
                for inner in self.inner()? {
                    let inner: Dict = inner.cast()?;
                    children.push(Shape(&inner).drawn()?);
                }
                "g"
            }
            "path" => {
                attrs.push("d", self.path()?)?;
                attrs.push("fill-rule", "evenodd")?;
                self.paint(&mut attrs)?;
                "path"
            }
            "sector" => {
                attrs.push("d", self.sector()?)?;
                self.paint(&mut attrs)?;
                "path"
            }
            "tracing" => {
                attrs.push("d", self.get::<String>("data")?)?;
                self.paint(&mut attrs)?;
                "path"
            }
            "circle" => {
                self.coordinates([("cx", "x"), ("cy", "y"), ("r", "radius")], &mut attrs)?;
                self.paint(&mut attrs)?;
                "circle"
            }
            "rect" => {
                let fields = ["x", "y", "width", "height"];
                self.coordinates(fields.map(|field| (field, field)), &mut attrs)?;
                if self.get::<f64>("radius")? > 0.0 {
                    self.coordinates([("rx", "radius")], &mut attrs)?;
                }
                self.paint(&mut attrs)?;
                "rect"
            }
            other => bail!("unknown kind of shape: {other}"),
        };
        let element = HtmlElem::new(HtmlTag::intern(name)?).with_attrs(attrs.0);
        let element = element.with_body(Some(Content::sequence(children))).pack();
        Ok(match self.get::<Option<String>>("link")? {
            Some(target) => {
                let Some(label) = Label::new(PicoStr::intern(&target)) else { return Ok(element) };
                LinkElem::new(LinkTarget::Label(label), element).pack()
            }
            None => element,
        })
    }

    /// Its colours, which report.css knows by their names.
    fn paint(&self, out: &mut Attrs) -> HintedStrResult<()> {
        let mut classes = Vec::new();
        match self.get::<Option<String>>("fill")? {
            Some(color) => classes.push(format!("fill-{color}")),
            None => out.push("fill", "none")?,
        }
        if let Some(color) = self.get::<Option<String>>("stroke")? {
            classes.push(format!("stroke-{color}"));
            self.coordinates([("stroke-width", "thickness")], out)?;
            if self.get("dashed")? {
                out.push("stroke-dasharray", "2.5")?;
            }
        }
        if !classes.is_empty() {
            out.push("class", classes.join(" "))?;
        }
        Ok(())
    }

    fn label(&self, words: &str, out: &mut Attrs) -> HintedStrResult<()> {
        self.coordinates([("x", "x"), ("y", "y"), ("font-size", "size")], out)?;
        out.push("class", format!("fill-{}", self.get::<String>("fill")?))?;
        let mut anchor: String = self.get("anchor")?;
        if run_leftward(words) {
            // A line of such words starts at its right end.
            out.push("direction", "rtl")?;
            anchor = match anchor.as_str() {
                "start" => "end".to_owned(),
                "end" => "start".to_owned(),
                _ => anchor,
            };
        }
        if anchor != "start" {
            out.push("text-anchor", anchor)?;
        }
        let weight: String = self.get("weight")?;
        if weight != "regular" {
            out.push("font-weight", weight)?;
        }
        let turn: f64 = self.get("turn")?;
        if turn != 0.0 {
            let (x, y) = (self.coordinate("x")?, self.coordinate("y")?);
            out.push("transform", format!("rotate({} {x} {y})", coordinate(turn)))?;
        }
        Ok(())
    }

    /// The data of a path through points.
    fn path(&self) -> HintedStrResult<String> {
        let is_closed: bool = self.get("closed")?;
        let mut data = String::new();
        for ring in self.get::<Array>("rings")? {
            data.push('M');
            for (number, point) in ring.cast::<Array>()?.into_iter().enumerate() {
                if number > 0 {
                    data.push('L');
                }
                let [x, y]: [Value; 2] = point
                    .cast::<Array>()?
                    .as_slice()
                    .to_vec()
                    .try_into()
                    .map_err(|_| "expected a point as an array of two numbers")?;
                data.extend([coordinate(x.cast()?), " ".to_owned(), coordinate(y.cast()?)]);
            }
            if is_closed {
                data.push('Z');
            }
        }
        Ok(data)
    }

    /// The data of the path of a sector: to its middle, to the rim, along it and back.
    fn sector(&self) -> HintedStrResult<String> {
        let (x, y, radius): (f64, f64, f64) = (self.get("x")?, self.get("y")?, self.get("radius")?);
        let (from, turn): (Angle, Angle) = (self.get("from")?, self.get("turn")?);
        let on_rim = |angle: Angle| {
            let (x, y) = (x + radius * angle.sin(), y - radius * angle.cos());
            [coordinate(x), coordinate(y)].join(" ")
        };
        let is_large = u8::from(turn > Angle::deg(180.0));
        let (begin, end) = (on_rim(from), on_rim(from + turn));
        let [x, y, radius] = [x, y, radius].map(coordinate);
        Ok(format!("M{x} {y}L{begin}A{radius} {radius} 0 {is_large} 1 {end}Z"))
    }
}

/// The attributes of an element in the making.
#[derive(Default)]
struct Attrs(HtmlAttrs);

impl Attrs {
    fn push(&mut self, name: &str, value: impl Into<String>) -> HintedStrResult<()> {
        self.0.push(HtmlAttr::intern(name)?, value.into());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_two_digits_and_a_plain_sign() {
        let check = |number: f64, expected: &str| assert_eq!(coordinate(number), expected);
        check(12.0, "12");
        check(0.125, "0.13");
        check(-7.104, "-7.1");
        check(-0.001, "0");
        check(1e-7, "0");
        check(123_456_789.5, "123456789.5");
    }

    #[test]
    fn the_first_letter_says_which_way_words_run() {
        for (words, expected) in [
            ("Tallinn", false),
            ("مستشفى", true),
            ("12 شارع", true),
            ("A شارع", false),
            ("12", false),
        ] {
            assert_eq!(run_leftward(words), expected, "{words}");
        }
    }
}
