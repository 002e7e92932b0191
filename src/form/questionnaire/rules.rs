//! Owns the limits that a form sets to single answers.

use serde_json::Value;

use super::parts::Parts;
use super::{NumberRules, Size, TextRules, Writing};

/// The longest text that is asked for on one line.
const LONGEST_LINE: u64 = 300;

/// The limits of a text. One that the report shows as Markdown is written as such if it may be long.
pub(super) fn text(
    parts: &Parts<'_>,
    is_markdown: bool,
    is_shown: bool,
    may_be_number: bool,
) -> TextRules {
    let length = size(parts, "minLength", "maxLength");
    let most_words = least(parts, "x-max-words");
    let is_long = most_words.is_some() || length.at_most.is_some_and(|most| most > LONGEST_LINE);
    let is_markdown = is_markdown || (is_shown && (is_long || length.at_most.is_none()));
    // What only some alternatives say is no rule for all answers.
    let certain =
        |keyword: &str| parts.certain().iter().find_map(|part| part.value.get(keyword)?.as_str());
    let pattern = certain("pattern");
    let writing = match certain("format") {
        Some("uri" | "iri" | "url" | "uri-reference") => Writing::Link,
        Some("date" | "date-time") => Writing::Date,
        _ if parts.text("x-role") == Some("date") => Writing::Date,
        _ if pattern.is_some_and(|pattern| pattern.starts_with("^https?://")) => Writing::Link,
        _ if is_markdown => Writing::Markdown,
        _ if is_long && pattern.is_none() => Writing::Lines,
        _ => Writing::Line,
    };
    let pattern_message = parts.first("x-message").and_then(|message| {
        message.as_str().or_else(|| message.get("pattern").and_then(Value::as_str))
    });
    TextRules {
        writing,
        may_be_number,
        length,
        most_words,
        pattern: pattern.map(str::to_owned),
        pattern_message: pattern_message.map(str::to_owned),
    }
}

/// The limits of a number.
pub(super) fn number(parts: &Parts<'_>, is_whole: bool) -> NumberRules {
    let limits = |keyword: &str| -> Vec<f64> {
        let found = parts.certain().iter().filter_map(|part| part.value.get(keyword)?.as_f64());
        found.collect()
    };
    let at_least = limits("minimum").into_iter().reduce(f64::max);
    let at_most = limits("maximum").into_iter().reduce(f64::min);
    NumberRules { is_whole, at_least, at_most }
}

/// How many there may be, by the keywords for the fewest and the most.
pub(super) fn size(parts: &Parts<'_>, fewest: &str, most: &str) -> Size {
    let limits = parts.certain().iter().filter_map(|part| part.value.get(fewest)?.as_u64());
    Size { at_least: limits.max(), at_most: least(parts, most) }
}

fn least(parts: &Parts<'_>, keyword: &str) -> Option<u64> {
    parts.certain().iter().filter_map(|part| part.value.get(keyword)?.as_u64()).min()
}
