//! Owns the words for what shows only over all cases.

use crate::diag::{Code, Diagnostic};
use crate::source::Location;
use crate::validate::diags::short;
use crate::vocab::Region;

pub(super) fn duplicate_id(id: &str, first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, format!("two cases have the id `{id}`"))
        .at(again, "used again here")
        .related(first, "used first here")
        .help("give one of them another id, and rename its file")
}

/// What to do about two files that look like one case.
const TWO_FILES: &str =
    "keep one of the two files; if they are two cases, let one name the other under `related`";

pub(super) fn same_title(first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::SameCase, "two cases have the same title")
        .at(again, "the same case?")
        .related(first, "the other one")
        .help(TWO_FILES)
}

pub(super) fn same_sources(first: Location, again: Location) -> Diagnostic {
    Diagnostic::new(Code::SameCase, "two cases of one region have the same sources")
        .at(again, "the same case?")
        .related(first, "the other one")
        .help(TWO_FILES)
}

pub(super) fn organisation_spelling(
    name: &str,
    commonest: &str,
    count: usize,
    first: Location,
    at: Location,
) -> Diagnostic {
    let message = format!("`{}` is spelt otherwise elsewhere", short(name));
    let times = match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    };
    Diagnostic::new(Code::OrganisationSpelling, message)
        .at(at, "counted as an organisation of its own")
        .related(first, "spelt like this here")
        .help(format!("`{}` stands in the cases {times}: use one spelling", short(commonest)))
}

pub(super) fn region_twice(
    subdivision: &Region,
    region: &Region,
    first: Location,
    at: Location,
) -> Diagnostic {
    let (code, other) = (subdivision.code(), region.code());
    let message = format!("`{code}` is the same region as `{other}`");
    Diagnostic::new(Code::RegionTwice, message)
        .at(at, "counted as a region of its own")
        .related(first, "named by its code of NUTS here")
        .help(format!("write `{other}` alone: it is {}", region.full_name()))
}

pub(super) fn unused_theme(key: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::UnusedTheme, format!("no case has the theme `{}`", short(key)))
        .at(at, "declared here")
        .help("remove it, or name it under `themes` in a case")
}

pub(super) fn unused_region(region: &Region, group: Option<&str>, at: Location) -> Diagnostic {
    let message = format!("no case is from {}, {}", region.code(), region.full_name());
    let label = match group {
        Some(group) => format!("in the group `{}`", short(group)),
        None => "a country of the network".to_owned(),
    };
    Diagnostic::new(Code::UnusedRegion, message).at(at, label)
}
