//! Owns what tables say of the sources that an entry of a case cites.

use super::sheet::Column;
use crate::model::{Case, Citation, Source, SourceKey};

/// Something that cites sources of its case.
pub(super) trait Cites<'c> {
    /// The case.
    fn case(&self) -> &'c Case;
    /// What it cites.
    fn citation(&self) -> Option<&'c Citation>;
}

/// The columns of what is cited: the keys, and the addresses.
pub(super) fn columns<'c, R: Cites<'c>>() -> [Column<'c, R>; 2] {
    [
        Column::list("sources", "Keys of the sources that it rests on", |row: &R| {
            keys(row).to_vec()
        }),
        Column::list("source_urls", "Addresses of those sources that have one", |row: &R| {
            let sources = keys(row).iter().map(|key| SourceKey(key.clone()));
            sources.filter_map(|key| address(row.case().sources.get(&key)?)).collect()
        }),
    ]
}

fn keys<'c, R: Cites<'c>>(row: &R) -> &'c [String] {
    row.citation().map_or(&[], Citation::keys)
}

/// Where a source is: its page, else its digital object identifier as an address.
fn address(source: &Source) -> Option<String> {
    let doi = || source.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    source.url.clone().or_else(doi)
}
