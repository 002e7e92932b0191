//! Owns CSV: what a cell looks like so that no spreadsheet calculates it, and the way into bytes.
//!
//! Where a text, or a part of it behind `;`, a tab or a line break, would begin with a character that
//! makes a formula, an apostrophe stands before it. Parts count because a spreadsheet whose lists are
//! parted by `;` cuts a row there, whatever the quotation marks say. Each rule can be undone, because
//! apostrophes that stand in the way already get one more.

/// What stands between the entries of a list in one cell.
pub(super) const SEPARATOR: &str = "; ";

/// A text as a cell that is never a formula; numbers are no texts and do without.
pub fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if behind_apostrophes(text).starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut begins = true;
    for (at, c) in text.char_indices() {
        if begins && behind_apostrophes(&text[at..]).starts_with(makes_formula) {
            out.push('\'');
            begins = false;
        }
        begins = is_boundary(c) || (begins && is_passed_over(c));
        out.push(c);
    }
    out
}

/// The text that a cell was made of by [`cell`].
pub fn text_of(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    if let Some(bare) = cell.strip_prefix('\'')
        && behind_apostrophes(bare).starts_with(['\t', '\r', '\n'])
    {
        rest = bare;
    }
    let mut begins = true;
    while let Some(c) = rest.chars().next() {
        if begins && c == '\'' && behind_apostrophes(rest).starts_with(makes_formula) {
            begins = false;
            rest = &rest[1..];
            continue;
        }
        begins = is_boundary(c) || (begins && is_passed_over(c));
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The entries that a text was made of by [`list`].
pub fn entries_of(text: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match (c, entries.last_mut()) {
            (';', _) => {
                letters.next_if_eq(&' ');
                entries.push(String::new());
            }
            ('\\', Some(entry)) => entry.extend(letters.next()),
            (c, Some(entry)) => entry.push(c),
            (_, None) => {}
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// The entries of a list as one text: `; ` between them, `;` in them written as `\;` and `\` as `\\`.
pub fn list<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for (index, entry) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push_str(SEPARATOR);
        }
        for c in entry.as_ref().chars() {
            if matches!(c, ';' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Rows under their header as the bytes of a file: UTF-8, commas, lines that end with a line feed.
///
/// Every row has as many cells as the header.
pub(super) fn file<'a>(
    header: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory fails only if a row has another length than the first.
    let mut written = writer.write_record(header);
    for row in rows {
        written = written.and_then(|()| writer.write_record(row));
    }
    debug_assert!(written.is_ok(), "{written:?}");
    writer.into_inner().unwrap_or_default()
}

fn behind_apostrophes(text: &str) -> &str {
    text.trim_start_matches('\'')
}

/// Whether a spreadsheet calculates what begins with this; some read the wide forms as well.
fn makes_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether a spreadsheet may take what follows for a cell of its own.
fn is_boundary(c: char) -> bool {
    matches!(c, ';' | '\t' | '\r' | '\n')
}

/// Whether a spreadsheet may drop this where a cell begins.
fn is_passed_over(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(cell(text), expected);
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_gets_an_apostrophe() {
        for plain in ["", "a", "a=1", "no-effect", "'tis", "a - b", "1-2", "\"a\"", "a, =b"] {
            check(plain, plain);
        }
        check("=1+1", "'=1+1");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@a", "'@a");
        check("＝1", "'＝1");
        check("\ta", "'\ta");
        check("\r=a", "'\r'=a");
    }

    #[test]
    fn parts_that_a_spreadsheet_would_cut_off_get_one_too() {
        check("a;=1", "a;'=1");
        check("a; -b", "a; '-b");
        check("a\n\n- b", "a\n\n'- b");
        check("a;\"=1\"", "a;\"'=1\"");
        check(" \u{a0}=1", " \u{a0}'=1");
    }

    #[test]
    fn apostrophes_of_the_text_get_one_more_where_they_could_be_taken_for_ours() {
        check("'=1", "''=1");
        check("''=1", "'''=1");
        check("a;'+1; ''b", "a;''+1; ''b");
        check("'\t'=x", "''\t''=x");
    }

    #[test]
    fn entries_of_a_list_can_be_told_apart() {
        assert_eq!(list(["a", "b"]), "a; b");
        assert_eq!(list(["a; b", "c\\", ";"]), "a\\; b; c\\\\; \\;");
        assert_eq!(list::<&str>([]), "");
        assert_eq!(cell(&list(["=a", "=b"])), "'=a; '=b");
    }

    #[test]
    fn what_was_made_safe_is_read_as_it_was() {
        for text in [
            "",
            "a",
            "=1+1",
            "'=1",
            "''=1",
            "\ta",
            "'\ta",
            "a;=1",
            "a; -b;'+c",
            "'tis",
            "a\n\n- b",
            "'a;''@b",
        ] {
            assert_eq!(text_of(&cell(text)), text, "{}", cell(text));
        }
        for entries in [&["a; b", "c\\", ";"][..], &["=a", "-b"], &["x"], &[]] {
            assert_eq!(entries_of(&text_of(&cell(&list(entries)))), entries);
        }
    }
}
