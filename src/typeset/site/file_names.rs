//! Owns the names of the site's files: whatever they are made from, each is safe and stands alone.

use std::collections::BTreeSet;

/// The most characters that a name keeps.
const LONGEST: usize = 80;

/// Names that Windows keeps for devices, whatever follows their first dot.
const DEVICES: &[&str] = &["aux", "clock$", "con", "conin$", "conout$", "nul", "prn"];

/// The names given so far, in letters of one size: many file systems know no other.
#[derive(Debug, Default)]
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// Keeps a name that is no page's to choose.
    pub(super) fn keep(&mut self, path: &str) -> String {
        self.0.insert(path.to_lowercase());
        path.to_owned()
    }

    /// A name in a folder for a page, as close to the wanted as it may be.
    ///
    /// What is asked for first gets the plain name; others that would be the same get numbers.
    pub(super) fn of(&mut self, folder: &str, wanted: &str) -> String {
        let stem = safe(wanted);
        let mut name = format!("{folder}/{stem}.html");
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{folder}/{stem}-{number}.html");
            number += 1;
        }
        name
    }
}

/// A name of letters, digits, dots and hyphens that is no folder and no device.
fn safe(wanted: &str) -> String {
    let mut out = String::new();
    for c in wanted.chars() {
        let plain = c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        match plain {
            true => out.push(c),
            false if !out.ends_with('-') => out.push('-'),
            false => {}
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    let name = out.trim_matches(['-', '.']);
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port = is_port.is_some_and(|rest| rest.len() == 1);
    match name {
        "" => "page".to_owned(),
        name if is_port || DEVICES.contains(&stem.as_str()) => format!("page-{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_stand_alone() {
        let mut names = FileNames::default();
        names.keep("cases/index.html");
        for (wanted, expected) in [
            ("telestroke", "cases/telestroke.html"),
            ("Telestroke", "cases/Telestroke-2.html"),
            ("index", "cases/index-2.html"),
            ("../../etc/passwd", "cases/etc-passwd.html"),
            ("/", "cases/page.html"),
            ("🩺 مستشفى", "cases/page-2.html"),
            ("nul.backup", "cases/page-nul.backup.html"),
            ("COM1", "cases/page-COM1.html"),
            ("command", "cases/command.html"),
            ("a\u{0}b\\c:d", "cases/a-b-c-d.html"),
            ("CON", "cases/page-CON.html"),
            ("con", "cases/page-con-2.html"),
            ("aux.html", "cases/page-aux.html.html"),
            ("lpt9 ", "cases/page-lpt9.html"),
            ("trailing. . ", "cases/trailing.html"),
            (". .trailing", "cases/trailing-2.html"),
            ("..", "cases/page-3.html"),
            ("caf\u{e9}", "cases/caf.html"),
            ("cafe\u{301}", "cases/cafe.html"),
            ("\u{202e}lmth.a", "cases/lmth.a.html"),
        ] {
            assert_eq!(names.of("cases", wanted), expected, "{wanted:?}");
        }
        let long = names.of("cases", &"x".repeat(5_000));
        assert_eq!(long.len(), "cases/.html".len() + LONGEST);
        // What differs behind that is told apart all the same.
        assert_eq!(names.of("cases", &"x".repeat(81)), long.replace(".html", "-2.html"));
    }
}
