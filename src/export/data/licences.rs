//! Owns the licences that a data package can name: by identifier, title and address.

use serde_json::{Value, json};

/// SPDX identifiers of licences for texts and data, each with its name and its page.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    (
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "CC-BY-ND-4.0",
        "Creative Commons Attribution-NoDerivatives 4.0",
        "https://creativecommons.org/licenses/by-nd/4.0/",
    ),
    (
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    (
        "CC-BY-NC-ND-4.0",
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    ),
    ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    (
        "ODC-By-1.0",
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    (
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    (
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication and License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
];

/// The page of a licence: of one that is known, or the address that it is given by.
pub(in crate::export) fn licence_page(licence: &str) -> Option<&str> {
    let licence = licence.trim();
    let known = KNOWN.iter().find(|(id, ..)| id.eq_ignore_ascii_case(licence));
    let is_page = licence.starts_with("https://") || licence.starts_with("http://");
    known.map(|(.., page)| *page).or(is_page.then_some(licence))
}

/// A licence as a data package describes it, whatever words the manifest has for it.
pub(super) fn describe(licence: &str) -> Value {
    let licence = licence.trim();
    let known = KNOWN.iter().find(|(id, ..)| id.eq_ignore_ascii_case(licence));
    if let Some((id, title, page)) = known {
        return json!({ "name": id, "title": title, "path": page });
    }
    if licence.starts_with("https://") || licence.starts_with("http://") {
        return json!({ "path": licence });
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    if !licence.is_empty() && licence.chars().all(is_name) {
        return json!({ "name": licence });
    }
    // A name is for identifiers; anything else is told in words.
    json!({ "name": "other", "title": licence })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(licence: &str, expected: &Value) {
        assert_eq!(&describe(licence), expected);
    }

    #[test]
    fn licences_are_named_by_identifier_address_or_words() {
        let cc0 = "https://creativecommons.org/publicdomain/zero/1.0/";
        check("cc0-1.0", &json!({ "name": "CC0-1.0", "title": "CC0 1.0", "path": cc0 }));
        check("EUPL-1.2", &json!({ "name": "EUPL-1.2" }));
        check("https://example.org/terms", &json!({ "path": "https://example.org/terms" }));
        check("All rights reserved", &json!({ "name": "other", "title": "All rights reserved" }));
    }
}
