//! Owns what kind of file each of the outputs is, by the names that the web has for kinds.

/// The kind of a file, by the end of its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("csv") => "text/csv",
        Some("html") => "text/html",
        Some("ics") => "text/calendar",
        Some("json") => "application/json",
        Some("jsonl") => "application/jsonl",
        Some("pdf") => "application/pdf",
        Some("xml") => "application/atom+xml",
        _ => "application/octet-stream",
    }
}
