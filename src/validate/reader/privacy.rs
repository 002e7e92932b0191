//! Owns the look of an e-mail address and of a telephone number in running text.
//!
//! A false alarm costs trust, so what could be a figure, a date, an identifier or a link is none.

use std::ops::Range;

/// What should not be published unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Private {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

/// The words before a number that make it a telephone's.
const LABELS: &[&str] = &[
    "fax",
    "mob",
    "mobil",
    "mobile",
    "móvil",
    "phone",
    "ph",
    "puh",
    "puhelin",
    "tel",
    "telefax",
    "telefon",
    "telefone",
    "telefono",
    "telefoon",
    "telephone",
    "teléfono",
    "tlf",
    "téléphone",
    "τηλ",
];

/// How far back a web address is looked for, in bytes.
const FAR: usize = 300;

/// The e-mail addresses and telephone numbers of a text, in its order; at most `most`.
pub(super) fn find(text: &str, most: usize) -> Vec<(Private, Range<usize>)> {
    let mut found: Vec<_> = emails(text).take(most).map(|at| (Private::Email, at)).collect();
    found.extend(phones(text).take(most).map(|at| (Private::Phone, at)));
    found.sort_by_key(|(_, range)| range.start);
    found.truncate(most);
    found
}

fn emails(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let local = text[..at].trim_end_matches(is_local).len();
        let name = text[local..at].trim_start_matches(['.', '-', '+']);
        if !name.contains(char::is_alphanumeric) {
            return None;
        }
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let rest = &text[at + 1..];
        let host = rest[..rest.len() - rest.trim_start_matches(is_host).len()]
            .trim_end_matches(['.', '-']);
        let (labels, top) = host.rsplit_once('.')?;
        let is_host = labels.split('.').all(|label| !label.is_empty())
            && top.chars().count() > 1
            && top.chars().all(char::is_alphabetic);
        let start = at - name.len();
        (is_host && !in_address(text, start)).then(|| start..at + 1 + host.len())
    })
}

/// Whether a place lies in a web address, where an `@` has other meanings.
fn in_address(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(FAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    let word = before.rfind(char::is_whitespace).map_or(before, |space| &before[space..]);
    word.contains("://")
}

/// A run of digits with the signs that part them.
struct Run<'a> {
    text: &'a str,
    range: Range<usize>,
    digits: usize,
    has_plus: bool,
}

fn phones(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = text[from..].bytes().position(|byte| byte.is_ascii_digit()) {
            let run = Run::at(text, from + at);
            from = run.range.end;
            if run.is_international() || run.is_labelled() {
                return Some(run.range);
            }
        }
        None
    })
}

impl<'a> Run<'a> {
    /// The run that begins at a digit.
    fn at(text: &'a str, first: usize) -> Self {
        let (mut end, mut digits, mut parting) = (first, 0, 0);
        for (at, c) in text[first..].char_indices() {
            if c.is_ascii_digit() {
                (end, digits, parting) = (first + at + 1, digits + 1, 0);
            } else if matches!(c, ' ' | '\u{a0}' | '-' | '\u{2011}' | '.' | '/' | '(' | ')')
                && parting < 2
            {
                parting += 1;
            } else {
                break;
            }
        }
        let has_plus = text[..first].ends_with('+');
        let has_bracket = text[..first].ends_with('(') && text[first..end].contains(')');
        let range = first - usize::from(has_plus || has_bracket)..end;
        Self { text, range, digits, has_plus }
    }

    fn written(&self) -> &'a str {
        self.text[self.range.clone()].trim_start_matches(['+', '('])
    }

    fn before(&self) -> &'a str {
        &self.text[..self.range.start]
    }

    fn groups(&self) -> impl Iterator<Item = &'a str> {
        let groups = self.written().split(|c: char| !c.is_ascii_digit());
        groups.filter(|group| !group.is_empty())
    }

    /// `+46 70 123 45 67`, and not `+1 200 000` or `+0.12345678`.
    fn is_international(&self) -> bool {
        let joins = |c: char| c.is_alphanumeric() || "+=&?%/_-.".contains(c);
        self.has_plus
            && (8..=15).contains(&self.digits)
            && !self.written().starts_with('0')
            && !self.before().ends_with(joins)
            && !self.is_decimal()
            && (self.digits > 10 || !self.is_grouped_by_thousands())
    }

    /// `Tel. 08-123 45 67`, `phone: 0123 456`, and not `mobile 2007-2009`.
    fn is_labelled(&self) -> bool {
        if !(6..=15).contains(&self.digits) {
            return false;
        }
        let before = self.before().trim_end_matches(|c: char| " .:(\u{a0}".contains(c));
        let marks = &self.before()[before.len()..];
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).take(12);
        let length: usize = letters.map(char::len_utf8).sum();
        let word = &before[before.len() - length..];
        if marks.is_empty() || !LABELS.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        let named = self.has_plus || marks.contains([':', '.']);
        let first = self.written().starts_with('0');
        (named || first)
            && !self.is_decimal()
            && !self.is_time()
            && (first || !self.is_grouped_by_thousands())
    }

    fn is_decimal(&self) -> bool {
        let marks = self.written().bytes().filter(|byte| !byte.is_ascii_digit());
        marks.eq([b'.'])
    }

    fn is_grouped_by_thousands(&self) -> bool {
        let mut groups = self.groups();
        let first = groups.next().is_some_and(|group| group.len() < 4);
        first && self.groups().count() > 1 && groups.all(|group| group.len() == 3)
    }

    /// Years and days: `2004-2007`, `2007-05-10`, `10.05.2007`.
    fn is_time(&self) -> bool {
        let is_year =
            |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
        self.groups().any(is_year) && self.groups().all(|group| is_year(group) || group.len() < 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text, 9).into_iter().map(|(_, at)| &text[at]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_are_found() {
        check("Write to anna.berg+x@region.example.se.", &["anna.berg+x@region.example.se"]);
        check("[mail](mailto:a@b.eu)", &["a@b.eu"]);
        check("<jörg@klinik-süd.de>, b_c@d.org;", &["jörg@klinik-süd.de", "b_c@d.org"]);
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in [
            "[@S1]; [@S2] x@y",
            "https://medium.com/@name.b",
            "https://u@host.org/a",
            "a @ b.c",
            "@region.se",
            "price@2.50",
            "name@host.1",
            "x@.org",
            "https://a.org/x?m=b@c.de",
            "-@a.se",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn numbers_of_telephones_are_found() {
        check("Call +46 70 123 45 67 now", &["+46 70 123 45 67"]);
        check("(+358)", &[]);
        check("+358401234567", &["+358401234567"]);
        check("tel:+49-461-123456", &["+49-461-123456"]);
        check("+46(0)8-123 45 67, +33.6.12.34.56.78", &["+46(0)8-123 45 67", "+33.6.12.34.56.78"]);
        check("+48 601 234 567", &["+48 601 234 567"]);
        check("+1 (555) 123-4567", &["+1 (555) 123-4567"]);
        check("Tel. 08-123 45 67", &["08-123 45 67"]);
        check("phone: 0123 456 789", &["0123 456 789"]);
        check("Telefon (0471) 12 34 56", &["(0471) 12 34 56"]);
        check("Tlf.: 77 12 34 56", &["77 12 34 56"]);
    }

    #[test]
    fn figures_dates_and_identifiers_are_no_telephones() {
        for text in [
            "doi:10.1016/j.jvs.2007.05.028",
            "ISBN 978-3-16-148410-0",
            "ISSN 0028-0836",
            "PMID: 17478768, PMC6238103",
            "NUTS SE221 and FI1D9",
            "2007-05-10",
            "from 2004-2007",
            "EUR 11 400 000",
            "104,000 users",
            "+1 200 000 patients",
            "+11 400 000 SEK",
            "+0.12345678",
            "mobile 2004-2007",
            "by phone 2007",
            "telephone 112",
            "phone 1177",
            "IANIS+ 2006-2007",
            "C++11",
            "Tel. 2004-05-06",
            "by phone 120 000 times",
            "Fax: 120 000 a year",
            "+12.345.678",
            "https://a.org/?q=+46701234567",
            "5+46701234567",
            "phone 0.62345678",
            "hotel 0701234567",
            "(95% CI +1.23456789)",
            "diva2:836573",
            "+46",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_text_full_of_them_is_told_of_a_few() {
        assert_eq!(find(&"a@b.se +46701234567 ".repeat(1000), 9).len(), 9);
    }
}
