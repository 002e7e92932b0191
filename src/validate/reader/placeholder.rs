//! Owns the look of an answer that is none: TODO, n/a, a row of dots, a bare link.

/// Empty answers in words, lower case and without marks around them.
const EMPTY: &[&str] = &[
    "fill in",
    "fill me in",
    "insert text",
    "insert text here",
    "n.a",
    "n.n",
    "n/a",
    "na",
    "nil",
    "no answer",
    "none",
    "not applicable",
    "not available",
    "null",
    "placeholder",
    "see above",
    "see attached",
    "see attachment",
    "see below",
    "see homepage",
    "see link",
    "see link above",
    "see link below",
    "see links",
    "see page",
    "see report",
    "see site",
    "see source",
    "see sources",
    "see the link",
    "see the report",
    "see the website",
    "see web page",
    "see web site",
    "see webpage",
    "see website",
    "tba",
    "tbc",
    "tbd",
    "text here",
    "to be added",
    "to be announced",
    "to be completed",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be done",
    "to do",
    "to follow",
    "todo",
    "your text here",
];

/// The longest text that may be one of these.
const LONGEST: usize = 40;

/// Whether a text is a placeholder and no answer.
pub(in crate::validate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    if starts_with(text, "lorem ipsum") {
        return true;
    }
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    if text.chars().all(|c| is_filler(c) || c.is_whitespace()) {
        return true;
    }
    let word = text.trim_matches(|c: char| is_filler(c) || is_wrapper(c) || c.is_whitespace());
    EMPTY.iter().any(|empty| empty.eq_ignore_ascii_case(word))
        || (word.len() > 2 && word.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x')))
}

/// Whether a text in Markdown says nothing but where else to look.
pub(super) fn is_bare_link(text: &str) -> bool {
    let text = text.trim();
    let lead = ["see", "link", "website"].into_iter().find(|word| starts_with(text, word));
    let rest = lead.map_or(text, |word| &text[word.len()..]);
    let rest = rest.trim_start_matches([':', ' ']);
    if let Some((label, target)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        let whole = target.trim_end_matches('.').strip_suffix(')');
        let empty = is_placeholder(label)
            || ["here", "link"].iter().any(|word| label.eq_ignore_ascii_case(word));
        return empty && whole.is_some_and(|target| !target.contains([' ', ')']));
    }
    let address = rest.trim_matches(['<', '>', '.']);
    let is_address =
        ["https://", "http://", "www."].iter().any(|start| starts_with(address, start));
    is_address && !address.contains(char::is_whitespace)
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Marks that stand for an answer. A percent sign is a unit, and a euro sign is one too.
fn is_filler(c: char) -> bool {
    matches!(c, '-' | '.' | '?' | '!' | '_' | '*' | '/' | '\u{2010}'..='\u{2015}' | '…')
}

fn is_wrapper(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '"' | '\'' | ':' | ',' | ';' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_short_answers() {
        for text in [
            "TODO",
            "todo:",
            "[TBD]",
            "tbc.",
            "n/a",
            "N.A.",
            "None",
            "none.",
            "xxx",
            "XXXX",
            "...",
            "…",
            "-",
            "–",
            "?",
            "??",
            "___",
            " See link. ",
            "see website",
            "(see above)",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
            "<fill in>",
            "To be added",
            "**TODO**",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "%",
            "€",
            "°C",
            "C#",
            "xx",
            "XL",
            "No harm was found.",
            "None of the patients died.",
            "See [@S1].",
            "Todos los pacientes",
            "not measured",
            "text",
            "5",
            "NAS",
            "Nonesuch",
            "§",
            "To be added to the list, write to the county",
            "lorem",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_link_alone_is_no_answer() {
        for text in [
            "https://example.org/report",
            "see www.example.org",
            "See: <https://example.org>.",
            "[link](https://example.org)",
            "see [here](https://example.org).",
        ] {
            assert!(is_bare_link(text), "{text}");
        }
        for text in [
            "The county pays [@S1].",
            "See https://example.org for the report of the county.",
            "[The county's report](https://example.org)",
            "seen",
            "Seedorf",
            "",
            "[link](https://example.org) and more (here)",
        ] {
            assert!(!is_bare_link(text), "{text}");
        }
    }
}
