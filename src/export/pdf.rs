//! Owns `report.pdf`: tagged, PDF/UA-1 and PDF/A-2a at once.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::artifact;
use crate::diag::{Code, Diagnostic};
use crate::model::Artifact;
use crate::typeset::Typesetter;

/// Exports the pages of the report as a PDF.
///
/// # Errors
///
/// What Typst refuses, and what the two standards do: a picture without an alternative text, say.
pub(super) fn pdf(
    typesetter: &Typesetter<'_>,
    document: &PagedDocument,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| vec![Diagnostic::new(Code::ReportError, error.message().as_str())])?;
    let options = PdfOptions {
        // A fixed name, so that the same report has the same identifier on every machine.
        ident: Smart::Custom(typesetter.title().to_owned()),
        timestamp: typesetter.date().and_then(midnight).map(Timestamp::new_utc),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    let bytes = typesetter.exported(typst_pdf::pdf(document, &options))?;
    Ok(vec![artifact("report.pdf", bytes)])
}

fn midnight(date: typst::foundations::Datetime) -> Option<typst::foundations::Datetime> {
    let (year, month, day) = (date.year()?, date.month()?, date.day()?);
    typst::foundations::Datetime::from_ymd_hms(year, month, day, 0, 0, 0)
}
