//! Owns the look of Markdown in a text that is printed as it stands.

use std::ops::Range;

/// A mark that would be printed with the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `#` before a heading.
    Heading,
    /// `-`, `*` or `+` before an entry of a list.
    Bullet,
    /// `[words](address)`.
    Link,
    /// `**words**`.
    Bold,
    /// `[@key]`.
    Citation,
}

/// The first mark of Markdown in a plain text, with its bytes.
///
/// Signs that have another meaning stay: `C#`, `# of patients`, `[sic]`, `5 * 3`, `p < 0.05**`.
pub(super) fn mark(text: &str) -> Option<(Mark, Range<usize>)> {
    let text = text.trim_end();
    if !text.contains(['[', '*', '\n']) {
        return None;
    }
    let found = [line_mark(text), citation(text), link(text), bold(text)];
    found.into_iter().flatten().min_by_key(|(_, range)| range.start)
}

/// A heading or a list. In a text of one line the same signs are signs.
fn line_mark(text: &str) -> Option<(Mark, Range<usize>)> {
    if !text.contains('\n') {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let sign = line[indent..].split([' ', '\n']).next().unwrap_or_default();
        let followed = line[indent + sign.len()..].starts_with(' ');
        let mark = match sign {
            "-" | "*" | "+" | "•" if followed => Some(Mark::Bullet),
            "#" | "##" | "###" | "####" | "#####" | "######" if followed => Some(Mark::Heading),
            _ => None,
        };
        if let Some(mark) = mark {
            return Some((mark, start + indent..start + indent + sign.len()));
        }
        start += line.len();
    }
    None
}

fn citation(text: &str) -> Option<(Mark, Range<usize>)> {
    let starts = text.match_indices("[@");
    let mut found = starts.filter_map(|(start, _)| {
        let rest = &text[start + 2..];
        let key =
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next()?;
        let closes = rest[key.len()..].starts_with([']', ';', ',']);
        (!key.is_empty() && closes).then(|| (Mark::Citation, start..start + 2 + key.len()))
    });
    found.next()
}

fn link(text: &str) -> Option<(Mark, Range<usize>)> {
    let mut from = 0;
    for (middle, _) in text.match_indices("](") {
        let open = text[from..middle].rfind('[').map(|at| from + at);
        from = middle + 2;
        // The next bracket ends the look, which would else reach the text's end each time.
        let target = text[from..].split([')', ' ', '\n', ']']).next().unwrap_or_default();
        let closes = text[from + target.len()..].starts_with(')');
        // A word in brackets after one in square brackets is no address.
        if let Some(open) = open
            && closes
            && target.contains(['/', ':', '.', '#'])
        {
            return Some((Mark::Link, open..from + target.len() + 1));
        }
    }
    None
}

fn bold(text: &str) -> Option<(Mark, Range<usize>)> {
    let mut open = None;
    for (at, _) in text.match_indices("**") {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].chars().next();
        let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
        match open {
            Some(open) if !spaced(before) && at > open + 2 => {
                return Some((Mark::Bold, open..at + 2));
            }
            // Stars after a figure point to a note.
            None if !spaced(after) && !before.is_some_and(char::is_alphanumeric) => open = Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Mark, &str)>) {
        let found = mark(text).map(|(mark, range)| (mark, &text[range]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_are_found() {
        check("## Aims\nTo help", Some((Mark::Heading, "##")));
        check("It had aims:\n  - one\n  - two", Some((Mark::Bullet, "-")));
        check(
            "Read [the report](https://a.b/c) or not",
            Some((Mark::Link, "[the report](https://a.b/c)")),
        );
        check("A [map](a.png)", Some((Mark::Link, "[map](a.png)")));
        check("It was **not** used", Some((Mark::Bold, "**not**")));
        check("It rose [@S1; @S2]", Some((Mark::Citation, "[@S1")));
    }

    #[test]
    fn signs_that_mean_something_else_stay() {
        for text in [
            "C# and F#",
            "# of patients",
            "- 5 °C",
            "5 * 3 * 2",
            "snake_case_name",
            "he said [sic](2007)",
            "[sic]",
            "p < 0.05**, p < 0.01***",
            "0.3** and 0.4**",
            "a * b\nc * d",
            "-5\n+3",
            "2 ** 3 ** 4",
            "[@] home",
            "[@ home]",
            "A\n\nB",
            "#1\n#2",
            "[1] (see 2)",
            "****",
        ] {
            check(text, None);
        }
    }
}
