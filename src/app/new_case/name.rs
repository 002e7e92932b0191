//! Owns the short name of a new case, and the folder that its file goes into.

use anyhow::{Result, bail};

use crate::lower::slug;

/// The longest short name.
const LONGEST: usize = 80;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// A short name out of a title: letters without marks, digits and single hyphens.
pub(super) fn short_name(title: &str) -> Result<String> {
    let mut name = slug(title);
    name.truncate(LONGEST);
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        bail!(
            "the title has no letter that a file name could be made of\n  \
             choose a short name of a-z, 0-9 and hyphens with --id"
        );
    }
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_port =
        port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    if is_port || DEVICES.contains(&name) {
        return Ok(format!("{name}-case"));
    }
    Ok(name.to_owned())
}

/// The folder that the first pattern for case files begins with, with a slash at its end.
pub(in crate::app) fn folder_of(include: &[String]) -> String {
    let pattern = include.first().map_or("", String::as_str);
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    let is_literal = |part: &&str| !part.contains(['*', '?', '[', '{', '!']);
    let (folders, _file) = pattern.rsplit_once('/').unwrap_or_default();
    let literal: Vec<&str> =
        folders.split('/').take_while(is_literal).filter(|part| !part.is_empty()).collect();
    literal.into_iter().map(|part| format!("{part}/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_give_names_that_every_system_takes() {
        let check = |title: &str, name: &str| assert_eq!(short_name(title).unwrap(), name);
        check("Telestroke in Ærø – a (new) start!", "telestroke-in-aero-a-new-start");
        check("CON", "con-case");
        check("Com1", "com1-case");
        check("Comet", "comet");
        assert_eq!(short_name(&"ß".repeat(90)).unwrap().len(), LONGEST);
        assert!(short_name("日本").unwrap_err().to_string().contains("--id"));
    }

    #[test]
    fn files_go_where_the_manifest_looks_for_them() {
        let check = |pattern: &str, folder: &str| assert_eq!(folder_of(&[pattern.into()]), folder);
        check("cases/**/*.{yaml,yml}", "cases/");
        check("/a/b/*.yaml", "a/b/");
        check("*.yaml", "");
        check("{a,b}/*.yaml", "");
    }
}
