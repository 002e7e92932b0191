//! Owns JSON inside of pages and scripts, where no text of it may end what it stands in.

/// JSON that means the same to a reader of JSON and nothing else to a page or a script: no text can end
/// the element that it stands in, nor hold what HTML cannot.
pub(super) fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // All beyond ASCII may be escaped; only what HTML has no place for must be.
        let is_odd = c.is_control() || matches!(u32::from(c) & 0xFFFE, 0xFFFE);
        let is_odd = is_odd || matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{2028}' | '\u{2029}');
        if matches!(c, '<' | '>' | '&') || is_odd {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        let text = "</script><!-- & \u{7f}\u{fffe}\u{10ffff}é";
        let written = inert(&serde_json::to_string(text).unwrap());
        assert!(
            !written.contains(['<', '>', '&', '\u{7f}', '\u{fffe}', '\u{10ffff}']),
            "{written}"
        );
        assert!(written.contains('é'), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
