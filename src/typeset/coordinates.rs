//! Owns how drawings on the web write their coordinates.

use typst::foundations::{Func, IntoValue, NativeFuncData, Reflect, Str};
use typst::utils::round_with_precision;

use super::inputs::Fields;
use super::native::native;

/// As many digits behind the point as can be seen.
const DIGITS: i16 = 2;

/// Puts the function under the name that templates/charts/canvas.typ knows.
pub(super) fn put(inputs: &mut Fields) {
    inputs.put(COORDINATE.name, Func::from(&COORDINATE));
}

/// `coordinate(number)`, for numbers of SVG.
static COORDINATE: NativeFuncData = native(
    "coordinate",
    "A coordinate with as many digits as can be seen.",
    &|_, _, args| {
        let number: f64 = args.expect("number")?;
        Ok(written(number).into_value())
    },
    &<Str as Reflect>::output,
);

fn written(number: f64) -> Str {
    // Neither a sign before nothing nor an exponent, which not all readers of SVG know.
    let rounded = round_with_precision(number, DIGITS) + 0.0;
    rounded.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_two_digits_and_a_plain_sign() {
        let check = |number: f64, expected: &str| assert_eq!(written(number).as_str(), expected);
        check(12.0, "12");
        check(0.125, "0.13");
        check(-7.104, "-7.1");
        check(-0.001, "0");
        check(1e-7, "0");
        check(123_456_789.5, "123456789.5");
    }
}
