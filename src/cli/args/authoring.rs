//! Owns the arguments of the verbs that begin something, show the form, and tell of the program itself.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{Report, examples};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct New {
    /// The name of the service or project as a reader would know it; with quotation marks around it where
    /// it has signs that the shell reads
    pub(in crate::cli) title: Vec<String>,

    /// A region by its code or its name, such as SE221 or Blekinge; may stand several times, the home
    /// region first
    #[arg(long, value_name = "REGION")]
    pub(in crate::cli) region: Vec<String>,

    /// A theme of casebook.yaml by its key, its title or a synonym; may stand several times, the main
    /// theme first
    #[arg(long, value_name = "THEME")]
    pub(in crate::cli) theme: Vec<String>,

    /// The short name of the case; made of the title if left out
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) id: Option<String>,

    /// The file to write; named after the short name, in the folder of the cases, if left out
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// Print the file instead of writing it
    #[arg(long, conflicts_with = "output")]
    pub(in crate::cli) stdout: bool,

    /// Ask nothing, even on a terminal
    #[arg(long)]
    pub(in crate::cli) no_input: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Init {
    /// The folder of the new casebook; the current one if left out
    #[arg(value_name = "DIR", conflicts_with = "template")]
    pub(in crate::cli) folder: Option<PathBuf>,

    /// What the report is called
    #[arg(long, conflicts_with = "template")]
    pub(in crate::cli) title: Option<String>,

    /// The group whose report it is
    #[arg(long, conflicts_with = "template")]
    pub(in crate::cli) group: Option<String>,

    /// The language of the report, such as en, then behind commas those that cases may be written in as
    /// well
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',', conflicts_with = "template")]
    pub(in crate::cli) language: Vec<String>,

    /// The countries that the report is meant to cover, by code or name, with commas between
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',', conflicts_with = "template")]
    pub(in crate::cli) country: Vec<String>,

    /// Ask nothing, even on a terminal
    #[arg(long, conflicts_with = "template")]
    pub(in crate::cli) no_input: bool,

    /// Make no casebook but copy templates into one: names such as components/case.typ, or case for
    /// short; all if no name follows
    #[arg(long, value_name = "NAME", num_args = 0.., value_delimiter = ',')]
    pub(in crate::cli) template: Option<Vec<String>>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Schema {
    #[command(subcommand)]
    pub(in crate::cli) verb: SchemaVerb,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SchemaVerb {
    /// Print the JSON Schema that the cases are written by, ready for editors
    #[command(after_help = examples::SCHEMA_SHOW)]
    Show(SchemaShow),
    /// Check the form that casebook.yaml names, and no case
    #[command(after_help = examples::SCHEMA_CHECK)]
    Check(SchemaCheck),
    /// Write the guide to the form for contributors: each field with its rules in plain words
    #[command(after_help = examples::SCHEMA_DOC)]
    Doc(SchemaDoc),
    /// Write a blank submission: every field of the form, ready to be filled in
    ///
    /// Required fields come first, each with its description, the allowed values and an example. The
    /// others stand behind a `#`. `casebook new` does the same for a case with a title.
    #[command(after_help = examples::SCHEMA_TEMPLATE)]
    Template(SchemaTemplate),
    /// Write a form for GitHub's issues: cases from people without git
    ///
    /// It belongs into .github/ISSUE_TEMPLATE. What is private is not asked, since issues are public.
    #[command(after_help = examples::SCHEMA_ISSUE_FORM)]
    IssueForm(SchemaTemplate),
    /// Write a form to fill in: one HTML file for contributors without YAML or git
    ///
    /// Mail it to them. They open it in a browser, fill it in, and send back the case file that it saves.
    /// It needs no network and sends nothing.
    #[command(after_help = examples::SCHEMA_HTML_FORM)]
    HtmlForm(SchemaTemplate),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SchemaShow {
    /// Print the JSON Schema of casebook.yaml instead
    #[arg(long)]
    pub(in crate::cli) manifest: bool,

    /// Print the JSON Schema of mappings for imports instead
    #[arg(long, conflicts_with = "manifest")]
    pub(in crate::cli) mapping: bool,

    /// The file to write into; standard output if left out
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SchemaCheck {
    #[command(flatten)]
    pub(in crate::cli) report: Report,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SchemaDoc {
    /// In which form; that of the ending of --output, else md
    #[arg(long, value_name = "FORMAT")]
    pub(in crate::cli) format: Option<GuideFormat>,

    /// The file to write into; standard output if left out
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GuideFormat {
    /// Markdown
    Md,
    /// One page of HTML that needs nothing else
    Html,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SchemaTemplate {
    /// The file to write into; standard output if left out
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Completions {
    /// The shell
    pub(in crate::cli) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Man {
    /// The verb, such as build or schema doc; casebook itself if left out
    #[arg(value_name = "VERB")]
    pub(in crate::cli) verb: Vec<String>,

    /// The folder to write the pages of all verbs into
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
}
