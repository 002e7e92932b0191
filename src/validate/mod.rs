//! Owns the judgement over a submission: the form's own rules, then those of casebook.

mod alternatives;
mod checklists;
mod completeness;
mod corpus;
mod dates;
mod diags;
mod directives;
mod expected;
mod facets;
mod glossary;
mod isbn;
mod manifest;
mod outdated;
mod pictures;
mod reader;
mod regions;
mod rules;
mod schema;
mod themes;

use std::collections::BTreeMap;

use crate::source::Location;

pub use self::checklists::{check_checklist_notes, check_checklists, known_checklists};
pub use self::completeness::{completeness, report_completeness};
pub use self::corpus::{Facts, check_corpus, check_coverage};
pub use self::dates::meant_date;
pub use self::directives::check_directives;
pub use self::facets::ListedFacet;
pub use self::manifest::{Known, check_manifest};
pub use self::outdated::bring_up_to_date;
pub use self::pictures::visit_pictures;
pub use self::reader::{Requirement, check_picture, requirements};
pub use self::regions::gazetteer;
pub use self::rules::{CheckedChapter, Context, check_case, check_chapter, file_stem};
pub use self::schema::check_form;

/// Paths from the casebook's root of the pictures that texts refer to, and where they first do.
pub type References = BTreeMap<String, Location>;
