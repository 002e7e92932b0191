//! Owns `data/`: the cases and the figures for other programs, without what is private.
//!
//! Each table is a file here, whose columns stand in one list: name, meaning, type and value. What
//! is private is no part of a case as it is serialised, and no column names it.

mod cases;
mod cited;
mod completeness;
mod coverage;
mod figures;
mod full;
mod licences;
mod measures;
mod money;
mod organisations;
mod package;
mod sheet;
mod sources;

pub(super) use self::licences::licence_page;
use self::package::Resource;
use self::sheet::Sheet;
use super::artifact;
use crate::aggregate::{Corpus, Figures};
use crate::model::{Artifact, Report};

/// The folder of the data among the outputs of a build.
pub const FOLDER: &str = "data/";

/// What the data are made of.
#[derive(Debug, Clone, Copy)]
pub struct Dataset<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its cases.
    pub corpus: &'a Corpus<'a>,
    /// Their figures.
    pub figures: &'a Figures,
    /// For each case, the path of the file that it was read from.
    pub files: &'a [&'a str],
}

/// A table of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// The cases.
    Cases,
    /// Their figures, one a row.
    Measures,
    /// Their organisations.
    Organisations,
    /// Their funding and costs.
    Money,
    /// What they rest on.
    Sources,
    /// Counts of cases, one a row.
    Figures,
    /// What no case covers.
    Coverage,
    /// How complete they are by checklists.
    Completeness,
}

impl Table {
    /// All of them, in the order in which the package lists them.
    const ALL: &[Self] = &[
        Self::Cases,
        Self::Measures,
        Self::Organisations,
        Self::Money,
        Self::Sources,
        Self::Figures,
        Self::Coverage,
        Self::Completeness,
    ];

    fn sheet(self, data: &Dataset<'_>) -> Option<Sheet> {
        Some(match self {
            Self::Cases => cases::sheet(data),
            Self::Measures => measures::sheet(data),
            Self::Organisations => organisations::sheet(data),
            Self::Money => money::sheet(data),
            Self::Sources => sources::sheet(data),
            Self::Figures => figures::sheet(data),
            Self::Coverage => coverage::sheet(data),
            Self::Completeness => return completeness::sheet(data),
        })
    }
}

/// All files of the data: the tables, the cases in full, and what describes them.
pub fn data(data: &Dataset<'_>) -> Vec<Artifact> {
    let sheets = Table::ALL.iter().filter_map(|table| table.sheet(data));
    let mut resources: Vec<Resource> = sheets.map(Resource::Table).collect();
    resources.push(Resource::Json(full::json(data.report)));
    let package = package::describe(data.report, &resources);
    let mut made: Vec<Artifact> = (resources.into_iter())
        .map(|resource| artifact(format!("{FOLDER}{}", resource.path()), resource.into_bytes()))
        .collect();
    made.push(artifact(format!("{FOLDER}datapackage.json"), package));
    // The package says nothing of it: it is the same again, and validators of packages would take it
    // for a table.
    made.push(artifact(format!("{FOLDER}cases.jsonl"), full::json_lines(data.report)));
    made
}

/// One table as CSV; none if it is about checklists and the report shows none.
pub fn csv(data: &Dataset<'_>, table: Table) -> Option<Vec<u8>> {
    Some(table.sheet(data)?.bytes)
}

/// The cases in full as one JSON object.
pub fn json(data: &Dataset<'_>) -> Vec<u8> {
    full::json(data.report)
}

/// The cases in full as JSON, one a line.
pub fn json_lines(data: &Dataset<'_>) -> Vec<u8> {
    full::json_lines(data.report)
}
