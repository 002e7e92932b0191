//! Owns the list of regions in the page: thousands of codes and names in few bytes.

/// Packs codes and names, a region a line: how many letters the code shares with the one before, the
/// rest of it, a tab, and the name unless it is the same again.
///
/// templates/webform/regions.js unpacks them. Names hold no line breaks; what were one becomes a space.
pub(super) fn packed(regions: &[(String, String)]) -> String {
    let mut out = String::new();
    let (mut last_code, mut last_name) = (String::new(), String::new());
    for (code, name) in regions {
        let (code, name) = (on_one_line(code), on_one_line(name));
        let shared = last_code.chars().zip(code.chars()).take_while(|(a, b)| a == b).count().min(9);
        let rest: String = code.chars().skip(shared).collect();
        out.push_str(&format!("{shared}{rest}\t"));
        if name != last_name {
            out.push_str(&name);
        }
        out.push('\n');
        (last_code, last_name) = (code, name);
    }
    out
}

fn on_one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_codes_and_names_share_is_written_once() {
        let regions = [("AL", "Albania"), ("AL0", "Shqip"), ("AL01", "Shqip"), ("BE", "a\tb")];
        let regions = regions.map(|(code, name)| (code.to_owned(), name.to_owned()));
        assert_eq!(packed(&regions), "0AL\tAlbania\n20\tShqip\n31\t\n0BE\ta b\n");
    }
}
