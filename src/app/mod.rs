//! Owns the driver: it runs the stages in their order and alone decides when to stop.

mod accepted;
mod answer;
mod ask;
mod authored;
mod build;
mod checklists;
mod count;
mod data;
mod diags;
mod diff;
mod draft;
mod earlier;
mod edition;
mod folders;
mod fonts;
mod form;
mod gaps;
mod import;
mod library;
mod list;
mod mend;
mod new_case;
mod open;
mod part;
mod places;
mod read;
mod records;
mod review;
mod schema;
mod starter;
mod templates;
mod volumes;

use anyhow::{Result, bail};

use crate::diag::{Diagnostic, Severity, Summary, sort};
use crate::model::Artifact;
use crate::source::SourceMap;

pub use crate::authoring::Starter;
pub use crate::export::changes::{json as changes_json, markdown as changes_markdown};
pub use crate::export::data::{FOLDER as DATA_FOLDER, Table as DataTable};
pub use crate::export::{Awaiting, KeptPages, Progress, Rows, Stage};
pub use crate::import::{LARGEST_SURVEY, TABLES};
pub use crate::typeset::forget_unused;

pub use self::answer::Answered;
pub use self::authored::{Authored, ForContributors, author};
pub use self::build::{build, rebuild};
pub use self::count::{Behind, Count, CountOptions, Counts, Value, count, overview};
pub use self::data::{DataFormat, DataOptions, export_data};
pub use self::diff::{Compared, diff};
pub use self::edition::BuildOptions;
pub use self::gaps::{Gap, GapKind, gap_rows, gaps};
pub use self::import::{
    CaseFile, ImportOptions, Imported, ImportedRow, LARGEST_MAPPING, NamedFile, RowFate,
    draft_mapping, import,
};
pub use self::list::{ListOptions, Listed, list, list_rows};
pub use self::mend::{Mended, mend, migrate};
pub use self::new_case::{Judged, NewCase, NewCaseName, in_words, new_case};
pub use self::read::{Selection, validate, validate_against};
pub use self::review::{Decision, Review, Reviewed, Verdict, review};
pub use self::schema::{EffectiveSchema, FormCheck, SoundForm, check_form, effective_schema};
pub use self::starter::{Begun, begin_casebook};
pub use self::templates::{TemplateCopies, copy_templates};
pub use self::volumes::{
    BuiltVolumes, Shelf, VolumeOptions, build_volumes, index_volumes, list_volumes,
};

/// Where input comes from: a folder on disk, or a map in a test.
pub trait Files: Sync {
    /// Paths from the root of the files that the patterns choose, sorted.
    ///
    /// # Errors
    ///
    /// With [`BrokenPattern`] if one is not well formed; else if a folder cannot be read.
    fn discover(&self, include: &[String], exclude: &[String]) -> Result<Vec<String>>;

    /// The bytes of a file inside the root.
    ///
    /// # Errors
    ///
    /// If it is not there, lies outside, is larger than the limit, or cannot be read.
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, ReadError>;

    /// The casebook as an earlier edition has it. Files in memory have none.
    ///
    /// # Errors
    ///
    /// With [`NoRevisions`] if it is no folder, and there is no git to ask; else if there is no such edition,
    /// or it cannot be reached.
    fn earlier(&self, since: Since<'_>) -> Result<Box<dyn Files + '_>> {
        bail!("there is no revision `{}`", since.name())
    }
}

/// An earlier edition by its name, which is that of a folder with a casebook, or of a revision of the
/// repository that the casebook lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since<'a> {
    /// Named by who calls: the folder may lie anywhere.
    Caller(&'a str),
    /// Named by the manifest: the folder lies inside the casebook.
    Manifest(&'a str),
}

impl<'a> Since<'a> {
    /// The name.
    pub fn name(self) -> &'a str {
        match self {
            Self::Caller(name) | Self::Manifest(name) => name,
        }
    }
}

/// A pattern of the manifest that is not well formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPattern {
    /// The pattern as it is written.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for BrokenPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the pattern `{}` is not well formed: {}", self.pattern, self.reason)
    }
}

impl std::error::Error for BrokenPattern {}

/// Why no revision of the casebook can be asked for at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRevisions {
    /// The program git is not installed.
    NoGit,
    /// The casebook is in no repository.
    NoRepository,
}

impl std::fmt::Display for NoRevisions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoGit => "git is not installed, and it is needed for tags and other revisions",
            Self::NoRepository => {
                "this folder is not in a git repository, so it has no tags and no other revisions"
            }
        })
    }
}

impl std::error::Error for NoRevisions {}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is not there.
    Missing,
    /// It lies outside the casebook.
    Outside,
    /// It is larger than is read.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The system refused, in its own words.
    Io(String),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing wrong.
    Clean,
    /// At least one error in the submissions or the report.
    Faulty,
    /// The manifest, the form or the environment is wrong, or nothing matched.
    Unusable,
}

/// What a run found and made.
#[derive(Debug)]
pub struct Outcome {
    /// The files that were read.
    pub sources: SourceMap,
    /// What was found, in file and line order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
    /// What was made; empty if the run stopped.
    pub artifacts: Vec<Artifact>,
    /// How it ended.
    pub status: Status,
    /// Whether this is a draft, which is made though cases have errors.
    pub is_draft: bool,
}

impl Outcome {
    fn new(
        sources: SourceMap,
        mut diagnostics: Vec<Diagnostic>,
        files: usize,
        unusable: bool,
    ) -> Self {
        sort(&mut diagnostics, &sources);
        let status = if unusable {
            Status::Unusable
        } else if diagnostics.iter().any(Diagnostic::is_error) {
            Status::Faulty
        } else {
            Status::Clean
        };
        Self { sources, diagnostics, files, artifacts: Vec::new(), status, is_draft: false }
    }

    /// Counts of what was found.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.diagnostics, self.files)
    }

    /// Whether any warning was found.
    pub fn has_warnings(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Warning)
    }
}
