//! Owns telling pages what changes, as an event stream of the web.

use std::io::{self, Write};
use std::time::Duration;

use super::answer::{HARMLESS, finish};
use super::shelf::{Shelf, Telling};

/// Where the stream is.
pub(super) const PATH: &str = ".casebook/events";

/// How long nothing is said before it is tried whether anybody still listens.
const SILENCE: Duration = Duration::from_secs(5);

/// Tells a page how things stand, and then all that changes, until nobody listens.
pub(super) fn tell(stream: &mut impl Write, shelf: &Shelf) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{HARMLESS}\r\n")?;
    write!(stream, "retry: 1000\n\n")?;
    let mut telling = shelf.telling();
    let mut known = telling.edition;
    say(stream, &telling)?;
    loop {
        match shelf.next(known, SILENCE) {
            Some(next) => {
                telling = next;
                known = telling.edition;
                say(stream, &telling)?;
            }
            None => write!(stream, ":\n\n")?,
        }
        finish(stream)?;
    }
}

fn say(stream: &mut impl Write, telling: &Telling) -> io::Result<()> {
    // JSON has no line break outside of texts, and writes those in texts as `\n`.
    let text = serde_json::to_string(telling)?;
    write!(stream, "data: {text}\n\n")?;
    finish(stream)
}
