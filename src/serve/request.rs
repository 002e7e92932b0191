//! Owns reading a request: within limits, from this machine's own browser, for a file and nothing else.

use std::io::Read;

use percent_encoding::percent_decode_str;

/// The most that a request may say, in bytes.
const LONGEST: usize = 16 << 10;

/// The most fields that a request may have.
const MOST_FIELDS: usize = 64;

/// In how many pieces a request may come: with the patience for each, what a slow one may take.
const MOST_READS: usize = 32;

/// What a client wants.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether only the head of the answer is wanted.
    pub(super) is_head: bool,
    /// The path without its first slash, without a query, and with nothing encoded.
    pub(super) path: String,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request, or none for a path.
    Malformed,
    /// It wants to change something.
    Method,
    /// It is too long or takes too long.
    TooMuch,
    /// It was sent to another name: a page from elsewhere would read what is served.
    Host,
    /// There are too many connections.
    Busy,
}

/// Reads a request that was sent to a port.
pub(super) fn read(stream: &mut impl Read, port: u16) -> Result<Request, Refusal> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    for _ in 0..MOST_READS {
        let read = stream.read(&mut buffer).map_err(|_| Refusal::TooMuch)?;
        head.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if let Some(request) = parse(&head, port)? {
            return Ok(request);
        }
        if read == 0 {
            return Err(Refusal::Malformed);
        }
        if head.len() > LONGEST {
            return Err(Refusal::TooMuch);
        }
    }
    Err(Refusal::TooMuch)
}

/// The request that a text begins with; none if it is not all there.
fn parse(head: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        Ok(status) if status.is_partial() => return Ok(None),
        Ok(_) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::TooMuch),
        Err(_) => return Err(Refusal::Malformed),
    }
    let mut hosts = request.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Malformed) };
    if !is_own(host.value, port) {
        return Err(Refusal::Host);
    }
    let is_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal::Method),
    };
    let path = path(request.path.unwrap_or_default()).ok_or(Refusal::Malformed)?;
    Ok(Some(Request { is_head, path }))
}

/// Whether a request was sent to this machine by a name that only this machine answers to.
///
/// A name of somebody's domain may be made to lead here, and then pages of that domain may read all
/// that is served under it.
fn is_own(host: &[u8], port: u16) -> bool {
    let names = ["127.0.0.1", "localhost"];
    names.iter().any(|name| {
        let named = format!("{name}:{port}");
        host.eq_ignore_ascii_case(named.as_bytes()) || (port == 80 && host == name.as_bytes())
    })
}

/// The path of a target; none if it is no path or holds what no path has.
fn path(target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_odd = |c: char| c.is_control() || c == '\\';
    (!path.contains(is_odd)).then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, Refusal>) {
        let found = read(&mut text.as_bytes(), 4747).map(|request| request.path);
        assert_eq!(found, expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn only_files_are_asked_for_and_only_here() {
        let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: localhost:4747\r\n\r\n");
        check(&get("/"), Ok(""));
        check(&get("/site/caf%C3%A9.html?x#y"), Ok("site/café.html"));
        check(&get("/%2e%2e/%2e%2e/etc/passwd"), Ok("../../etc/passwd"));
        check(&get("/..%5c..%5cwindows"), Err(Refusal::Malformed));
        check(&get("/a%00b"), Err(Refusal::Malformed));
        check(&get("/%ff"), Err(Refusal::Malformed));
        check(&get("http://elsewhere/"), Err(Refusal::Malformed));
        check("hello\r\n\r\n", Err(Refusal::Malformed));
        check("GET / HTTP/1.1\r\n\r\n", Err(Refusal::Malformed));
        check("GET / HTTP/1.1\r\nHost: local", Err(Refusal::Malformed));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
            let text = format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:4747\r\n\r\n");
            check(&text, Err(Refusal::Method));
        }
        for host in ["evil.example", "evil.example:4747", "localhost", "localhost:1", "127.0.0.1"] {
            check(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"), Err(Refusal::Host));
        }
        let twice = "GET / HTTP/1.1\r\nHost: localhost:4747\r\nHost: evil.example\r\n\r\n";
        check(twice, Err(Refusal::Malformed));
    }

    #[test]
    fn long_requests_are_cut_off() {
        let start = "GET / HTTP/1.1\r\nHost: localhost:4747\r\n";
        check(&format!("{start}X: {}\r\n\r\n", "x".repeat(LONGEST * 2)), Err(Refusal::TooMuch));
        check(&format!("{start}{}\r\n", "X: y\r\n".repeat(200)), Err(Refusal::TooMuch));
    }
}
