//! Owns the check digit of the report's ISBN, which tells a mistyped number from a right one.

use super::diags;
use crate::diag::Sink;
use crate::load::Node;
use crate::source::SourceId;

/// Checks the manifest's ISBN. What is no ISBN by its looks was told by the form.
pub(super) fn check_isbn(source: SourceId, root: &Node<'_>, sink: &mut Sink) {
    let Some(node) = root.get("isbn") else { return };
    let Some(text) = node.as_str() else { return };
    let Some(digits) = digits(text) else { return };
    if let Some((found, expected)) = wrong_check_digit(&digits) {
        let at = node.span.of(source);
        sink.push(diags::wrong_check_digit(text, found, expected, at).pointer("/isbn"));
    }
}

/// The values of an ISBN's digits, with ten for an X at its end; none if it has no such shape.
fn digits(text: &str) -> Option<Vec<u32>> {
    let bare: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let last = bare.len().checked_sub(1).filter(|last| matches!(last, 9 | 12))?;
    let value = |(at, c): (usize, &char)| match c {
        'X' | 'x' if at == last && last == 9 => Some(10),
        c => c.to_digit(10),
    };
    bare.iter().enumerate().map(value).collect()
}

/// The check digit that is written, and the one that fits the other digits, if they differ.
fn wrong_check_digit(digits: &[u32]) -> Option<(u32, u32)> {
    let (found, others) = digits.split_last()?;
    let expected = match others.len() {
        // The digits count ten times, nine times … twice, and the last once: together eleven parts.
        9 => {
            let sum: u32 =
                others.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
            (11 - sum % 11) % 11
        }
        // Every second digit counts three times: together ten parts.
        _ => {
            let sum: u32 = others
                .iter()
                .zip([1, 3].into_iter().cycle())
                .map(|(digit, weight)| digit * weight)
                .sum();
            (10 - sum % 10) % 10
        }
    };
    (*found != expected).then_some((*found, expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_computed_as_the_standard_says() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            assert_eq!(
                digits(text).and_then(|digits| wrong_check_digit(&digits)),
                expected,
                "{text}"
            );
        };
        // The examples of ISO 2108 and of the ISBN Users' Manual.
        check("978-0-306-40615-7", None);
        check("0-306-40615-2", None);
        check("978-3-16-148410-0", None);
        check("0-8044-2957-X", None);
        check("978-0-306-40615-6", Some((6, 7)));
        check("0-8044-2957-9", Some((9, 10)));
        check("0-306-40651-2", Some((2, 9)));
        check("12", None);
        check("97X-0-306-40615-7", None);
    }
}
