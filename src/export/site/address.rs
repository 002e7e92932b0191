//! Owns where a site is published: what search engines and feeds call its pages.

use crate::model::Report;

/// The first page of a site, which its address alone leads to.
const HOME: &str = "index.html";

/// The address of a site, up to and with the slash that paths go behind.
#[derive(Debug)]
pub(in crate::export) struct Address(String);

impl Address {
    /// Where a report's site is published, if it is known: a part of a report and a draft of it are
    /// elsewhere or nowhere.
    pub(super) fn of_site(report: &Report) -> Option<Self> {
        if report.part.is_some() || report.draft.is_some() {
            return None;
        }
        let url = report.manifest.site.url.as_deref()?;
        let folder = url.strip_suffix(HOME).unwrap_or(url);
        Some(Self(format!("{}/", folder.trim_end_matches('/'))))
    }

    /// The address of a page or a file by its path, whose letters need no escape.
    pub(in crate::export) fn of(&self, path: &str) -> String {
        let path = if path == HOME { "" } else { path };
        format!("{}{path}", self.0)
    }
}

#[cfg(test)]
impl Address {
    /// An address for tests.
    pub(in crate::export) fn example() -> Self {
        Self("https://example.org/r/".to_owned())
    }
}
