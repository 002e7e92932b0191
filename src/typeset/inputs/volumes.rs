//! Owns volumes as the templates get them: each with the files that lead into it.

use typst::foundations::Value;

use super::directives::facet_words;
use super::{Fields, list};
use crate::aggregate::{Dimensions, Facet};
use crate::model::{Output, Report, Volume};
use crate::typeset::VolumeIndex;

/// The volumes, with what their facet is called.
pub(in crate::typeset) fn volumes(report: &Report, index: &VolumeIndex<'_>) -> Value {
    let dimensions = Dimensions::of(&report.manifest, &report.regions);
    let facet = Facet::parse(&index.volumes.facet, dimensions);
    let mut out = Fields::new();
    out.put("facet", facet.map(|facet| facet_words(facet, dimensions)));
    out.put("list", list(&index.volumes.volumes, |found| volume(found, index.outputs)));
    out.done()
}

fn volume(volume: &Volume, outputs: &[Output]) -> Value {
    let mut out = Fields::new();
    out.put("title", volume.title.as_str());
    out.put("cases", i64::try_from(volume.cases).unwrap_or_default());
    out.put(
        "files",
        list(outputs, |output| {
            let (name, path) = match output {
                Output::Pdf => ("pdf", "report.pdf"),
                Output::Html => ("html", "report.html"),
                Output::Site => ("site", "site/index.html"),
                Output::Data => ("data", "data/cases.csv"),
            };
            let mut out = Fields::new();
            out.put("output", name);
            out.put("path", format!("{}/{path}", volume.folder));
            out.done()
        }),
    );
    out.done()
}
