//! Owns texts as YAML writes them: plain, in quotation marks, or as a block of lines.

/// Words that are no texts to some readers of YAML.
const NO_TEXTS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// A text of one line, in the quotation marks of the one whose place it takes.
pub(super) fn scalar(value: &str, old: &str, quoted: bool) -> String {
    if old.starts_with('\'') && !value.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{value}'");
    }
    if quoted || old.starts_with('"') || !is_plain(value) { json(value) } else { value.to_owned() }
}

/// A text in double quotation marks, which JSON and YAML read alike.
pub(super) fn json(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// The lines of a block, each with its indent; empty ones stay empty.
pub(super) fn literal(text: &str, indent: &str, eol: &str) -> String {
    let line = |line: &str| match line.trim_end() {
        "" => String::new(),
        line => format!("{indent}{line}"),
    };
    text.lines().map(line).collect::<Vec<_>>().join(eol)
}

/// Whether a text may stand without quotation marks, in a block and in a line.
fn is_plain(value: &str) -> bool {
    let is_date = value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let is_word = value.starts_with(char::is_alphabetic)
        && !value.ends_with(' ')
        && value.chars().all(|c| c.is_alphanumeric() || " .-'".contains(c))
        && !NO_TEXTS.contains(&value.to_lowercase().as_str());
    is_word || (is_date && value.contains('-') && !value.starts_with('-'))
}
