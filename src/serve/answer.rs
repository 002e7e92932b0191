//! Owns the answers: a file, a way to another, or why there is none.

use std::io::{self, Write};

use super::page::{self, LIVE_PATH, LIVE_SCRIPT};
use super::request::{Refusal, Request};
use super::shelf::Shelf;

/// What every answer says: keep nothing, guess nothing, and show it to no page from elsewhere.
pub(super) const HARMLESS: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    X-Frame-Options: DENY\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n\
    Connection: close\r\n";

/// Where readers begin.
const HOME: &str = "site/index.html";

/// What there may be to open where there is no site.
const OTHERS: &[&str] = &["report.html", "report.pdf"];

const HTML: &str = "text/html; charset=utf-8";

/// Answers a request for a file.
pub(super) fn answer(stream: &mut impl Write, request: &Request, shelf: &Shelf) -> io::Result<()> {
    let path = request.path.as_str();
    if path.is_empty() {
        return begin(stream, request, shelf);
    }
    if path == LIVE_PATH {
        return send(stream, request, "200 OK", media_type(path), LIVE_SCRIPT.as_bytes());
    }
    let index = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let Some((bytes, build)) = shelf.file(&index) else {
        let page = page::plain("There is no such page", &shelf.build());
        return send(stream, request, "404 Not Found", HTML, page.as_bytes());
    };
    match media_type(&index) {
        HTML => {
            let page = page::live(&bytes, &build);
            send(stream, request, "200 OK", HTML, &page)
        }
        other => send(stream, request, "200 OK", other, &bytes),
    }
}

/// Leads to the site, else says what else there is.
fn begin(stream: &mut impl Write, request: &Request, shelf: &Shelf) -> io::Result<()> {
    if shelf.has(HOME) {
        let head = format!("302 Found\r\nLocation: /{HOME}");
        return send(stream, request, &head, HTML, b"");
    }
    let page = page::start(OTHERS, &shelf.build());
    send(stream, request, "200 OK", HTML, page.as_bytes())
}

/// Says why a request is not answered.
pub(super) fn refuse(stream: &mut impl Write, refusal: Refusal, port: u16) -> io::Result<()> {
    let (status, text) = match refusal {
        Refusal::Malformed => ("400 Bad Request", "this is no request for a page\n".to_owned()),
        Refusal::Method => {
            ("405 Method Not Allowed\r\nAllow: GET, HEAD", "pages can only be read\n".to_owned())
        }
        Refusal::TooMuch => {
            ("431 Request Header Fields Too Large", "the request is too long\n".to_owned())
        }
        Refusal::Host => {
            ("403 Forbidden", format!("open http://127.0.0.1:{port}/ on this computer\n"))
        }
        Refusal::Busy => {
            ("503 Service Unavailable", "too many pages are open at once\n".to_owned())
        }
    };
    let request = Request { is_head: false, path: String::new() };
    send(stream, &request, status, "text/plain; charset=utf-8", text.as_bytes())
}

fn send(
    stream: &mut impl Write,
    request: &Request,
    status: &str,
    media_type: &str,
    body: &[u8],
) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n{HARMLESS}\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if !request.is_head {
        stream.write_all(body)?;
    }
    finish(stream)
}

/// Sends what was written.
pub(super) fn finish(stream: &mut impl Write) -> io::Result<()> {
    stream.flush()
}

/// What a browser is to take a file for, by the end of its name.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("html") => HTML,
        Some("ics") => "text/calendar; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}
