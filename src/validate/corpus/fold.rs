//! Owns the folding of names, so that spellings of one name become one text.

/// Adds a word to a text without case, marks over letters and punctuation.
///
/// `ä` and `ae` become `a`, as `ø` and `oe` become `o`: both spellings of a letter are one.
pub(super) fn fold_into(out: &mut String, word: &str) {
    let start = out.len();
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                push(out, start, c.to_ascii_lowercase());
            }
            continue;
        }
        for c in c.to_lowercase() {
            match base(c) {
                Some(letters) => letters.chars().for_each(|c| push(out, start, c)),
                None if c.is_alphanumeric() => out.push(c),
                None => {}
            }
        }
    }
}

/// Adds a letter, save the second of `aa`, `ae`, `oe` and `ue` in one word.
fn push(out: &mut String, start: usize, c: char) {
    let last = out[start..].chars().next_back();
    let spells_one = matches!((last, c), (Some('a'), 'a') | (Some('a' | 'o' | 'u'), 'e'));
    if !spells_one {
        out.push(c);
    }
}

/// The letters without marks that a letter of the Latin alphabets of Europe stands for.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        // Marks that combine with the letter before them.
        '\u{300}'..='\u{36f}' => "",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'æ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'œ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let mut out = String::new();
        fold_into(&mut out, word);
        assert_eq!(out, expected, "{word}");
    }

    #[test]
    fn spellings_of_one_word_become_one() {
        for word in ["Göteborg", "GOETEBORG", "Go\u{308}teborg", "göteborg,"] {
            check(word, "goteborg");
        }
        check("Ærøskøbing", "aroskobing");
        check("Århus", "arhus");
        check("Aarhus", "arhus");
        check("Straße", "strasse");
        check("e-Health", "ehealth");
        check("S.p.A.", "spa");
        check("Łódź", "lodz");
        check("Αθήνα", "αθήνα");
        check("–", "");
        check("İ", "i");
    }
}
