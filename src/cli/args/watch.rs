//! Owns the arguments of the verb `watch`.

use super::BuildFormat;
use super::figures::Choice;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Watch {
    /// What can be seen; everything if left out. Without the site, nothing is made before it is opened
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(in crate::cli) format: Vec<BuildFormat>,

    /// The port of this computer to serve on, 0 for any; the first free one from 4747 if left out
    #[arg(long, value_name = "N", env = "CASEBOOK_PORT")]
    pub(in crate::cli) port: Option<u16>,

    /// Open the browser
    #[arg(long)]
    pub(in crate::cli) open: bool,

    /// Stay on the page that is open, instead of going to the page of the case that was saved
    #[arg(long)]
    pub(in crate::cli) stay: bool,

    #[command(flatten)]
    pub(in crate::cli) choice: Choice,

    /// Show a draft, whatever casebook.yaml says: cases with errors are left out and named
    #[arg(long)]
    pub(in crate::cli) draft: bool,

    /// Tell what is new since an earlier edition: a folder with a casebook, or a revision such as v1.
    /// What casebook.yaml says under `changes` if left out
    #[arg(long, value_name = "REV|DIR")]
    pub(in crate::cli) since: Option<String>,

    /// Look at the files every second instead of being told by the system, as shared folders need it
    #[arg(long)]
    pub(in crate::cli) poll: bool,
}
