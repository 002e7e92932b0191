//! Owns the words about regions: codes that are not known, and faults in a group's own list.

use super::{list, short, suggest};
use crate::diag::{Code, Diagnostic};
use crate::form::Meant;
use crate::source::Location;
use crate::vocab::{MOST_LEVELS, Region, Retired};

pub(in crate::validate) fn unknown_region(
    code: &str,
    candidates: &[Region],
    is_certain: bool,
    at: Location,
) -> Diagnostic {
    let diagnostic = unknown(code);
    match candidates {
        [] => diagnostic.at(at, "not a code of NUTS 2024, ISO 3166-1 or ISO 3166-2").help(
            "use the code of a country (SE), of a region (SE22, SE221), or of a subdivision (SE-K)",
        ),
        [only] => {
            let diagnostic = diagnostic
                .at(at, format!("did you mean {}, {}?", only.code(), short(&only.full_name())))
                .help(format!("write `{}`", only.code()));
            if is_certain { diagnostic.fix(at, only.code()) } else { diagnostic }
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|region| format!("{} {}", region.code(), short(&region.full_name())))
                .collect();
            diagnostic
                .at(at, "a code is asked for here")
                .help(format!("did you mean one of these: {}?", names.join("; ")))
        }
    }
}

/// A code that the group's own list does not have, and that looks like none of its names.
pub(in crate::validate) fn unknown_own_region(
    code: &str,
    meant: Option<Meant<'_>>,
    known: &[&str],
    at: Location,
) -> Diagnostic {
    let diagnostic = match meant {
        Some(meant) => suggest(unknown(code), meant, at),
        None => unknown(code).at(at, "not declared under `regions:` in casebook.yaml"),
    };
    match known {
        [] => diagnostic.help("declare it in casebook.yaml: `regions:`, and under it `codes:`"),
        known => diagnostic.help(format!("the codes are {}", list(known))),
    }
}

fn unknown(code: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownRegion, format!("unknown region code `{}`", short(code)))
}

pub(in crate::validate) fn retired_region(
    code: &str,
    retired: &Retired,
    at: Location,
) -> Diagnostic {
    let message = format!("region code `{code}` ({}) was retired with NUTS 2024", retired.name);
    let diagnostic = Diagnostic::new(Code::RetiredRegion, message);
    let diagnostic = match (retired.successor, retired.namesakes.as_slice()) {
        (Some(successor), _) => diagnostic
            .at(at, format!("now `{successor}`"))
            .help(format!("write `{successor}`"))
            .fix(at, successor),
        (None, []) => diagnostic
            .at(at, "no single code took its place")
            .help("choose the code of the region as it is today, or one level up"),
        (None, [namesake, ..]) => diagnostic
            .at(at, "no single code took its place")
            .help(format!("`{namesake}` has the same name today, with other borders")),
    };
    diagnostic.note(format!("the change, in Eurostat's words: {}", retired.change))
}

pub(in crate::validate) fn region_without_parent(
    code: &str,
    parent: &str,
    meant: Option<Meant<'_>>,
    at: Location,
) -> Diagnostic {
    let message = format!(
        "the region `{}` lies in `{}`, which is not in the list",
        short(code),
        short(parent)
    );
    let diagnostic = Diagnostic::new(Code::RegionList, message);
    let diagnostic = match meant {
        Some(meant) => suggest(diagnostic, meant, at),
        None => diagnostic.at(at, "not a code under `codes`"),
    };
    diagnostic.help("add it under `codes` with a name, or remove `parent`")
}

pub(in crate::validate) fn region_in_itself(code: &str, at: Location) -> Diagnostic {
    let message = format!("the region `{}` lies in itself", short(code));
    Diagnostic::new(Code::RegionList, message)
        .at(at, "the way from parent to parent comes back here")
        .help("the largest region has no `parent`: remove it there")
}

pub(in crate::validate) fn region_too_deep(code: &str, at: Location) -> Diagnostic {
    let message = format!("more than {MOST_LEVELS} regions lie around `{}`", short(code));
    Diagnostic::new(Code::RegionList, message)
        .at(at, "one too many")
        .help("leave out levels that no case is counted by")
}

pub(in crate::validate) fn codes_without_scheme(at: Location) -> Diagnostic {
    Diagnostic::new(Code::RegionList, "`codes` has a meaning with `scheme: custom` alone")
        .at(at, "not used")
        .help("write `scheme: custom` beside it, or remove it")
}

pub(in crate::validate) fn scheme_without_codes(at: Location) -> Diagnostic {
    Diagnostic::new(Code::RegionList, "the group's own regions are not listed")
        .at(at, "asks for `codes`")
        .help("list them: `codes:`, and under it each code with a `name:`")
}
