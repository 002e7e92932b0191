//! Owns texts as YAML writes them on one line: plain, or in quotation marks.

/// Words that YAML readers take for something else than a text, in any size of letters.
const TAKEN: &[&str] =
    &["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~", ".inf", ".nan"];

/// A text as a YAML value on one line: as it is where nothing can go wrong, else in quotation marks.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A text in quotation marks, which is JSON and YAML alike.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a text stands for itself without quotation marks, in a block and between brackets.
fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(char::is_alphabetic);
    let ends_well = !text.ends_with([' ', ':']);
    let is_harmless = |c: char| c.is_alphanumeric() || " -–_./()'’:;!?&%+".contains(c);
    starts_well
        && ends_well
        && text.chars().all(is_harmless)
        && !text.contains(": ")
        && !TAKEN.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_where_it_could_be_misread() {
        for text in
            ["Telestroke in Uppsala", "SE221", "CC-BY-4.0", "a: b", "d'Aosta – a (new) start"]
        {
            let expected = if text.contains(": ") { quoted(text) } else { text.to_owned() };
            assert_eq!(scalar(text), expected);
        }
        assert_eq!(scalar("No"), "\"No\"");
        assert_eq!(scalar("2007"), "\"2007\"");
        assert_eq!(scalar("- x"), "\"- x\"");
        assert_eq!(scalar("a #b"), "\"a #b\"");
        assert_eq!(scalar("say \"hi\"\n\u{7}"), "\"say \\\"hi\\\"\\n\\u0007\"");
        assert_eq!(scalar(""), "\"\"");
    }
}
