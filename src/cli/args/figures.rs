//! Owns the arguments of the verbs that answer with figures and lists.

use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Stats {
    /// What to count by, such as theme or country,outcome; up to four; an overview if left out
    ///
    /// The facets are country, region (as the cases name it), region:0 to region:3 (country, NUTS 1,
    /// 2, 3: with all regions inside), group, theme, status, outcome, scope, year, evidence,
    /// organisation, standard, component, programme, challenge, keyword, and those that
    /// casebook.yaml declares.
    #[arg(long, value_name = "FACET", value_delimiter = ',')]
    pub(in crate::cli) by: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) choice: Choice,

    /// Show the cells without a case too, where casebook knows which values there can be
    #[arg(long)]
    pub(in crate::cli) zeros: bool,

    /// Show what is not covered: themes and regions without a case
    #[arg(long, conflicts_with_all = ["by", "zeros", "explain"])]
    pub(in crate::cli) coverage: bool,

    /// Show the cases behind each figure, with file and line
    #[arg(long)]
    pub(in crate::cli) explain: bool,

    /// How to show the figures
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: StatsFormat,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub(in crate::cli) choice: Choice,

    /// What to order by: id, title, start or any facet of `stats`; -start for the latest first
    #[arg(long, value_name = "FIELD", value_delimiter = ',', allow_hyphen_values = true)]
    pub(in crate::cli) sort: Vec<String>,

    /// How to show the cases
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: ListFormat,
}

/// Which cases are meant.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Choice {
    /// Only cases that fit, such as theme=telestroke, region=Sweden, year=2010..2015, status!=planned,
    /// review=accepted
    ///
    /// May stand several times. Of several values of one facet any must fit, of several facets each.
    /// A region stands for all that lies in it; regions and themes may be written as their names.
    #[arg(long = "where", value_name = "FACET=VALUE")]
    pub(in crate::cli) filters: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatsFormat {
    /// A table with bars, for people
    Table,
    /// CSV, one row a cell
    Csv,
    /// A JSON array, one object a cell
    Json,
    /// A table of Markdown
    Md,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    /// A table for people
    Table,
    /// CSV, one row a case
    Csv,
    /// A JSON array, one object a case
    Json,
    /// The ids, one a line, for scripts
    Ids,
}
