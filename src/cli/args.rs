//! Owns the arguments as they are typed.

mod authoring;
mod diff;
mod examples;
mod figures;
mod review;
mod watch;

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::app::DataTable;
use crate::diag::render::Format;
use crate::model::Output;

pub(super) use self::authoring::{
    Completions, GuideFormat, Init, Man, New, Schema, SchemaCheck, SchemaDoc, SchemaShow,
    SchemaVerb,
};
pub(super) use self::diff::{Diff, DiffFormat};
use self::figures::Choice;
pub(super) use self::figures::{List, ListFormat, Stats, StatsFormat};
pub(super) use self::review::Review;
pub(super) use self::watch::Watch;

/// Compiles a working group's case studies into one report.
///
/// Every case can teach: contributors write each as one YAML file, casebook checks it, counts all
/// cases by region and theme, and writes the report as PDF and HTML.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, arg_required_else_help = true)]
#[command(after_help = examples::CASEBOOK)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every verb")]
pub(super) struct Global {
    /// The casebook's folder; the nearest parent with a casebook.yaml if left out
    #[arg(long, global = true, value_name = "DIR", env = "CASEBOOK_ROOT")]
    pub(super) root: Option<PathBuf>,

    /// Say nothing but what is wrong
    #[arg(short, long, global = true, env = "CASEBOOK_QUIET", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) quiet: bool,

    /// Say more
    #[arg(short, long, global = true, action = ArgAction::Count, env = "CASEBOOK_VERBOSE")]
    pub(super) verbose: u8,

    /// When to use colours; NO_COLOR and CLICOLOR_FORCE are understood too
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        env = "CASEBOOK_COLOR"
    )]
    pub(super) color: Color,

    /// How many threads to use; as many as there are processors if left out
    #[arg(long, global = true, value_name = "N", env = "CASEBOOK_JOBS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
}

impl Global {
    /// Puts into effect what holds for the whole process.
    pub(super) fn set_up(&self) -> anyhow::Result<()> {
        if let Some(jobs) = self.jobs {
            rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global()?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Begin a casebook: a folder that builds at once, with all that its contributors need
    ///
    /// It has a manifest with comments, two sample cases, a chapter, a blank case and the guide to the
    /// form, the settings of an editor, and for GitHub a form for issues and a workflow that checks each
    /// pull request. On a terminal casebook asks for what it is not told. Nothing is overwritten.
    ///
    /// With --template it copies built-in templates into a casebook, to change how the report looks: into
    /// the folder that casebook.yaml names under `templates:`, or into `templates`. A template there takes
    /// the place of the built-in one.
    #[command(after_help = examples::INIT)]
    Init(Init),
    /// Begin a case: a file with every question of the form, ready to be filled in
    ///
    /// Required questions come first, each with its description, the allowed values and an example. On
    /// a terminal casebook asks for their answers; a line left empty stays open in the file.
    #[command(after_help = examples::NEW)]
    New(New),
    /// Check case files, or the whole casebook, and say everything that is wrong
    #[command(visible_alias = "check")]
    #[command(after_help = examples::VALIDATE)]
    Validate(Validate),
    /// Count the cases by themes, regions, outcomes and more
    #[command(after_help = examples::STATS)]
    Stats(Stats),
    /// List the cases
    #[command(after_help = examples::LIST)]
    List(List),
    /// Build the report, or the report of a part of the cases
    #[command(after_help = examples::BUILD)]
    Build(Build),
    /// Show the report in a browser, and build it again at each save
    ///
    /// The site is served on this computer alone, and its address is printed. At each save the casebook
    /// is checked, and the pages that change are made again and shown; what is wrong is told in the
    /// browser and in the terminal, and the last good pages stay. The PDF, report.html and the data are
    /// made when they are opened: /report.pdf, /report.html, /data/cases.csv. No file is written.
    #[command(after_help = examples::WATCH)]
    Watch(Watch),
    /// Write the data: cases, measures, organisations, money and counts, for other programs
    ///
    /// Texts that a spreadsheet would take for a formula begin with an apostrophe. What is private is
    /// left out. Nothing is exported if a case has errors.
    #[command(after_help = examples::EXPORT)]
    Export(Export),
    /// Say what changed since an earlier edition: cases, what they say, and how many there are
    ///
    /// The casebook as it is on disk is compared with a revision of its git repository, such as a branch
    /// or a tag, or with another folder. What is private is left out. The status is 0 whether anything
    /// changed or not, and 2 if there is nothing to compare with.
    #[command(after_help = examples::DIFF)]
    Diff(Diff),
    /// Bring cases up to the form of today: keys get the names that they have now
    ///
    /// A form says by `x-renamed-from` what a key was called before. Comments and order stay, and a file is
    /// only written if it is better than before. A key that a case has under its old name and under its new
    /// one is named and left to you; the status is then 1.
    #[command(after_help = examples::MIGRATE)]
    Migrate(Migrate),
    /// Write the editors' decision into cases
    ///
    /// Of a case file only the `review` block changes: its state (accepted, declined, or draft again),
    /// reviewer, date and notes. A case with errors cannot be accepted. Of several cases, all get the
    /// decision or none. Reviews are private: no report prints them.
    #[command(after_help = examples::REVIEW)]
    Review(Review),
    /// Make case files of the answers of a survey, or of data that casebook exported
    ///
    /// A mapping says which column goes into which field; --draft-mapping proposes one. Importing again
    /// brings the cases up to date, and never takes the place of what was edited by hand. A row that
    /// cannot become a case is told of, and the others are imported.
    ///
    /// The result counts the rows. Merged: what is new in the row came into a case that was edited by
    /// hand, beside those edits. Kept: the case was edited by hand and the row has nothing new.
    #[command(after_help = examples::IMPORT)]
    Import(Import),
    /// Show the form that cases are written in
    #[command(after_help = examples::SCHEMA)]
    Schema(Schema),
    /// Say what a message means, by the code in its brackets
    ///
    /// With a code such as unknown-region: what it means, what to do, and an example. Without: all
    /// codes with their severities, a line each; `rules` marks those whose severity casebook.yaml
    /// may set under `rules:`.
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Print what makes a shell complete verbs and options
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page of casebook or of one of its verbs, or write all of them
    #[command(after_help = examples::MAN)]
    Man(Man),
}

#[derive(Debug, clap::Args)]
pub(super) struct Validate {
    /// Files or folders to check; the whole casebook if none; `-` for standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// The name of the text from standard input
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<String>,

    /// Say how complete each case is by a reporting checklist, such as icheck-dh; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) checklist: Vec<String>,

    /// Mend what is certain: slips in keys and codes, dates in another writing, an id that is not the
    /// file's name. Comments and order stay. Nothing is changed that would not be better
    #[arg(long, conflicts_with = "diff")]
    pub(super) fix: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,

    #[command(flatten)]
    pub(super) report: Report,
}

#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// What to write; what the manifest says if left out
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<BuildFormat>,

    /// The folder to write into; `build` beside casebook.yaml if left out
    #[arg(short, long, value_name = "DIR", env = "CASEBOOK_OUTPUT")]
    pub(super) output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) choice: Choice,

    /// Build a volume for each value of a facet that has cases, such as region:0 or theme, each in a
    /// folder of its own
    ///
    /// With --where, of the cases that fit. The files volumes.json and, for the web, volumes.html list
    /// the volumes.
    #[arg(long, value_name = "FACET")]
    pub(super) volumes: Option<String>,

    /// Only the volume of this value; may stand several times
    #[arg(long, value_name = "VALUE", requires = "volumes", allow_hyphen_values = true)]
    pub(super) volume: Vec<String>,

    /// Print the list of the volumes as JSON, and build nothing
    #[arg(long, requires = "volumes")]
    pub(super) list: bool,

    /// Write volumes.json and volumes.html for volumes that are built each on a machine of its own, and
    /// build none
    #[arg(long, requires = "volumes", conflicts_with_all = ["list", "volume"])]
    pub(super) index: bool,

    /// Build a draft for the editors, whatever casebook.yaml says: every page is marked, each case
    /// shows the state of its review and what is open, and cases with errors are left out and named.
    /// Not for publication
    #[arg(long)]
    pub(super) draft: bool,

    /// Tell what is new since an earlier edition: a folder with a casebook, or a revision such as v1.
    /// What casebook.yaml says under `changes` if left out
    #[arg(long, value_name = "REV|DIR")]
    pub(super) since: Option<String>,

    /// Open what was built
    #[arg(long, conflicts_with = "list")]
    pub(super) open: bool,

    #[command(flatten)]
    pub(super) report: Report,
}

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// In which form; if left out, what the name of the file ends in, else CSV
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<ExportFormat>,

    /// Which table, in CSV; the cases if left out
    #[arg(long, value_name = "TABLE")]
    pub(super) table: Option<ExportTable>,

    /// Only cases with this value, such as theme=telestroke, region=SE or year=2010..2015; may stand
    /// several times. FACET!=VALUE leaves them out
    #[arg(long = "where", value_name = "FACET=VALUE")]
    pub(super) filter: Vec<String>,

    /// The file to write into, standard output if left out; of a data package the folder, build/data
    /// beside casebook.yaml if left out
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// The answers: CSV or another text table in any encoding, XLSX, JSON, or what `export` wrote
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// The mapping: which column goes into which field. What casebook exported needs none
    #[arg(short, long, value_name = "MAP")]
    pub(super) mapping: Option<PathBuf>,

    /// Show what becomes of each row, and write nothing; with -v, the cases too
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Let rows win in the fields that they fill, over what was edited or removed by hand; other
    /// fields stay
    #[arg(long)]
    pub(super) overwrite: bool,

    /// Propose a mapping for the columns of the survey
    #[arg(long, conflicts_with_all = ["mapping", "dry_run", "overwrite"])]
    pub(super) draft_mapping: bool,

    /// The file for the proposed mapping; standard output if left out
    #[arg(short, long, value_name = "PATH", requires = "draft_mapping")]
    pub(super) output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) report: Report,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ExportFormat {
    /// One table, for spreadsheets
    Csv,
    /// The cases in full, as one object
    Json,
    /// The cases in full, one a line
    Jsonl,
    /// All tables and the cases in full, with a description: a Data Package
    Datapackage,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ExportTable {
    /// The cases, one a row
    Cases,
    /// What they counted and measured, one figure a row
    Measures,
    /// Who was part of them
    Organisations,
    /// What they were given and what they cost
    Money,
    /// What they rest on, one source of a case a row
    Sources,
    /// Counts of cases, with their ids
    Figures,
    /// Themes and regions without a case
    Coverage,
    /// How complete the cases are by the checklists of casebook.yaml
    Completeness,
}

impl ExportTable {
    pub(super) fn table(self) -> DataTable {
        match self {
            Self::Cases => DataTable::Cases,
            Self::Measures => DataTable::Measures,
            Self::Organisations => DataTable::Organisations,
            Self::Money => DataTable::Money,
            Self::Sources => DataTable::Sources,
            Self::Figures => DataTable::Figures,
            Self::Coverage => DataTable::Coverage,
            Self::Completeness => DataTable::Completeness,
        }
    }
}

/// How what was found is told.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Report {
    #[arg(
        long,
        value_name = "FORMAT[=PATH]",
        env = "CASEBOOK_MESSAGE_FORMAT",
        help = how_to_show()
    )]
    pub(super) message_format: Vec<MessageFormat>,

    /// Let warnings fail as errors do
    #[arg(long, env = "CASEBOOK_STRICT", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) strict: bool,

    /// Fail if there are more warnings than this
    #[arg(long, value_name = "N", env = "CASEBOOK_MAX_WARNINGS")]
    pub(super) max_warnings: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The code, such as unknown-region; all codes if left out
    pub(super) code: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum BuildFormat {
    /// report.pdf
    Pdf,
    /// report.html
    Html,
    /// site/
    Site,
    /// data/
    Data,
}

impl BuildFormat {
    pub(super) fn output(self) -> Output {
        match self {
            Self::Pdf => Output::Pdf,
            Self::Html => Output::Html,
            Self::Site => Output::Site,
            Self::Data => Output::Data,
        }
    }
}

/// A format of messages and the file that they go to, if not to the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MessageFormat {
    pub(super) format: Format,
    pub(super) path: Option<PathBuf>,
}

impl std::str::FromStr for MessageFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, path) = match text.split_once('=') {
            Some((name, "")) => return Err(format!("`{name}=` names no file")),
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        let format =
            Format::parse(name).ok_or_else(|| format!("`{name}` is none of {}", formats()))?;
        Ok(Self { format, path })
    }
}

/// The help of the option for formats of messages.
fn how_to_show() -> String {
    let formats = formats();
    format!(
        "How to show what was found: {formats}; FORMAT=PATH writes into a file. \
         May stand several times; human if left out"
    )
}

/// The words for the formats of messages.
fn formats() -> String {
    let words: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    words.join(", ")
}
