//! Owns short names made from any text, safe as file names, labels and parts of addresses.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

/// The longest short name, in bytes: file systems allow 255, and a suffix must fit.
const LONGEST: usize = 80;

/// A text as lower-case letters, digits and single hyphens; empty if it has none of these.
///
/// Letters lose their marks (`é` is `e`); what has no Latin letter behind it parts words.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            'ß' => slug.push_str("ss"),
            'æ' | 'Æ' => slug.push_str("ae"),
            'ø' | 'Ø' => slug.push('o'),
            'ł' | 'Ł' => slug.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => slug.push('d'),
            'þ' | 'Þ' => slug.push_str("th"),
            'œ' | 'Œ' => slug.push_str("oe"),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A text that has no Latin letter as the numbers of its letters, so that it has a name all the same.
pub(super) fn code_points(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().take(LONGEST / 8) {
        let parting = if name.is_empty() { "" } else { "-" };
        let _ = write!(name, "{parting}{:x}", u32::from(c));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_gives_a_safe_name() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text), expected, "{text}");
        check("Blekinge län", "blekinge-lan");
        check("  Ærø – a (new) start! ", "aero-a-new-start");
        check("../../etc/passwd", "etc-passwd");
        check("Straße 7", "strasse-7");
        check("日本", "");
        check(&"long ".repeat(50), "long-".repeat(16).trim_end_matches('-'));
    }

    #[test]
    fn other_letters_have_numbers() {
        assert_eq!(code_points("\u{65e5}\u{672c}"), "65e5-672c");
        assert!(code_points(&"\u{1f331}".repeat(90)).len() <= LONGEST);
    }
}
