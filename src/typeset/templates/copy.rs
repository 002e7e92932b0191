//! Owns copies of the built-in templates for a casebook to change, and how old such a copy is.

use crate::diag::Sink;
use crate::source::{SourceId, SourceMap, Span};
use crate::typeset::world::{built_in, built_in_paths};

use super::diags;

/// What the first line of a copy begins with, behind the marks of a comment.
const HEAD: &str = "Copied from casebook ";

/// A built-in template, ready to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateCopy {
    /// Its path from the folder of templates.
    pub path: &'static str,
    /// Its text, with a first line that says where it comes from.
    pub text: String,
}

/// A name that no built-in template has, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoTemplate {
    /// None has it.
    Unknown(String),
    /// Several have it.
    Several(String, Vec<&'static str>),
}

/// Copies of the built-in templates of some names; of all if there are no names.
///
/// A name is a path, with or without its ending, or a file's name where only one file has it.
///
/// # Errors
///
/// If a name is that of no template, or of several.
pub fn copies(names: &[String]) -> Result<Vec<TemplateCopy>, NoTemplate> {
    let mut paths = Vec::new();
    for name in names {
        paths.push(named(name)?);
    }
    if names.is_empty() {
        paths.extend(built_in_paths());
    }
    paths.sort_unstable();
    paths.dedup();
    let copy =
        |path: &&'static str| Some(TemplateCopy { path, text: with_head(path, built_in(path)?) });
    Ok(paths.iter().filter_map(copy).collect())
}

/// The paths of all templates that may be copied.
pub fn all_paths() -> impl Iterator<Item = &'static str> {
    built_in_paths()
}

fn named(name: &str) -> Result<&'static str, NoTemplate> {
    let stem = |path: &'static str| path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let file = |path: &'static str| path.rsplit('/').next().unwrap_or(path);
    if let Some(path) = built_in_paths().find(|path| *path == name || stem(path) == name) {
        return Ok(path);
    }
    let is_meant = |path: &&'static str| file(path) == name || file(stem(path)) == name;
    let found: Vec<&'static str> = built_in_paths().filter(is_meant).collect();
    match found.as_slice() {
        [path] => Ok(path),
        [] => Err(NoTemplate::Unknown(name.to_owned())),
        _ => Err(NoTemplate::Several(name.to_owned(), found)),
    }
}

/// A text with a first line that says which built-in template it is, as it was in this version.
fn with_head(path: &str, text: &str) -> String {
    let said = format!("{HEAD}{}: {path} {:016x}", env!("CARGO_PKG_VERSION"), digest(text));
    match path.rsplit_once('.') {
        Some((_, "typ")) => format!("// {said}\n//\n{text}"),
        Some((_, "css")) => format!("/* {said} */\n{text}"),
        Some((_, "toml" | "yaml")) => format!("# {said}\n{text}"),
        _ => text.to_owned(),
    }
}

/// A style sheet without the line that a copy begins with: what readers load is the sheet alone.
pub(in crate::typeset) fn without_head(css: &str) -> &str {
    match css.split_once('\n') {
        Some((first, rest)) if first.starts_with(&format!("/* {HEAD}")) => rest,
        _ => css,
    }
}

/// Tells of a copy whose built-in counterpart has changed in the meantime.
pub(super) fn check_age(path: &str, source: SourceId, sources: &SourceMap, sink: &mut Sink) {
    let line = sources.get(source).text().lines().next().unwrap_or_default();
    let Some((start, said)) = line.find(HEAD).map(|at| (at, &line[at + HEAD.len()..])) else {
        return;
    };
    let mut words = said.split_whitespace();
    let version = words.next().unwrap_or_default().trim_end_matches(':');
    let (Some(copied), Some(digested)) = (words.next(), words.next()) else { return };
    // A copy may be renamed, and then it takes the place of nothing that could have changed.
    let Some(now) = built_in(path).filter(|_| copied == path) else { return };
    if digested != format!("{:016x}", digest(now)) {
        let at = Span::new(start, line.len()).of(source);
        sink.push(diags::old(path, version, at));
    }
}

/// A number that changes with a text: FNV-1a.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_found_by_path_and_by_a_name_that_is_its_own() {
        let check = |name: &str, expected: &[&'static str]| {
            let found = copies(&[name.to_owned()])
                .map(|copies| copies.iter().map(|copy| copy.path).collect::<Vec<_>>());
            assert_eq!(found, Ok(expected.to_vec()), "{name}");
        };
        check("components/case.typ", &["components/case.typ"]);
        check("components/case", &["components/case.typ"]);
        check("case", &["components/case.typ"]);
        check("case.typ", &["components/case.typ"]);
        check("report.css", &["report.css"]);
        assert_eq!(copies(&["cases.yaml".into()]), Err(NoTemplate::Unknown("cases.yaml".into())));
        let several = vec!["charts/timeline.typ", "sections/timeline.typ"];
        assert_eq!(
            copies(&["timeline".into()]),
            Err(NoTemplate::Several("timeline".into(), several))
        );
    }

    #[test]
    fn a_copy_is_old_once_its_counterpart_is_another() {
        let check = |text: String, expected: usize| {
            let mut sources = SourceMap::default();
            let source = sources.add("own/lib.typ", text);
            let mut sink = Sink::new();
            check_age("lib.typ", source, &sources, &mut sink);
            assert_eq!(sink.len(), expected);
        };
        let fresh = copies(&["lib.typ".into()]).unwrap().remove(0).text;
        check(fresh.clone(), 0);
        check(format!("{fresh}// changed"), 0);
        let old = fresh.replace(&format!("{:016x}", digest(built_in("lib.typ").unwrap())), "0");
        check(old.clone(), 1);
        check(old.replace("lib.typ 0", "styling.typ 0"), 0);
        check("// Our own.\n".to_owned(), 0);
    }

    #[test]
    fn the_digest_is_fnv_1a() {
        assert_eq!((digest(""), digest("a")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
    }
}
