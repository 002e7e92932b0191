//! Owns the last step: documents and figures become the bytes of files.

pub mod csv;
pub mod data;
pub mod finder;
mod page;
mod pdf;
mod rows;
mod site;

use rayon::prelude::*;
use typst_html::HtmlOptions;

use crate::diag::{Diagnostic, Sink};
use crate::model::{Artifact, Output};
use crate::typeset::{self, Typesetter};

use self::pdf::pdf;
pub use self::rows::{Entry, Rows};
use self::site::site;

/// The style sheet of all web pages, unless the casebook has its own.
const STYLE: &str = include_str!("../../templates/report.css");

/// The files of one output, or why there are none.
type Made = Result<Vec<Artifact>, Vec<Diagnostic>>;

/// How many pages a site may have for all outputs to be made at once: each takes memory for itself.
const SIDE_BY_SIDE: usize = 400;

/// Typesets and exports the outputs that are documents: side by side, unless there is much of them.
///
/// Remarks and errors come in the order of the outputs, whatever was done first.
///
/// # Errors
///
/// What Typst refuses, of every output.
pub fn documents(
    typesetter: &Typesetter<'_>,
    outputs: &[Output],
    sink: &mut Sink,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let make = |output: &Output| {
        let mut remarks = Sink::new();
        let made = match output {
            Output::Pdf => pdf(typesetter, &mut remarks),
            Output::Html => html(typesetter, &mut remarks),
            Output::Site => site(typesetter, &mut remarks),
            Output::Data => Ok(Vec::new()),
        };
        (remarks, made)
    };
    let made: Vec<(Sink, Made)> = if typesetter.pages().len() > SIDE_BY_SIDE {
        // What one output left behind is in no other's way.
        let one = |output| {
            typeset::forget();
            make(output)
        };
        outputs.iter().map(one).collect()
    } else {
        outputs.par_iter().map(make).collect()
    };
    let (mut artifacts, mut errors) = (Vec::new(), Vec::new());
    for (remarks, made) in made {
        sink.extend(remarks);
        match made {
            Ok(made) => artifacts.extend(made),
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(artifacts) } else { Err(errors) }
}

/// The style sheet of all web pages of a report.
fn style(typesetter: &Typesetter<'_>) -> String {
    let sheet = typesetter.own_style().unwrap_or(STYLE);
    [sheet, &typesetter.css().unwrap_or_default()].concat()
}

fn artifact(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Artifact {
    Artifact { path: path.into(), bytes: bytes.into() }
}

/// `report.html`: one file that needs nothing else.
fn html(typesetter: &Typesetter<'_>, sink: &mut Sink) -> Made {
    let mut document = typesetter.html(sink)?;
    page::complete(&mut document, &page::Style::Inline(&style(typesetter)));
    let html = typesetter.exported(typst_html::html(&document, &HtmlOptions { pretty: true }))?;
    Ok(vec![artifact("report.html", html)])
}
