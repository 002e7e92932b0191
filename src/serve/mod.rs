//! Owns the server of a preview: what was made, out of memory, for browsers on this machine alone.
//!
//! It touches no file: what is not on the shelf does not exist, so no path leads anywhere else.

mod answer;
mod events;
mod page;
mod request;
mod shelf;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

pub use self::shelf::{Maker, News, Note, Shelf};

/// Where the search for a free port begins.
const FIRST_PORT: u16 = 4747;

/// How many ports are tried before the system is asked for any.
const PORTS: u16 = 20;

/// How many connections are answered at once; more are turned away.
const MOST_CONNECTIONS: usize = 64;

/// How long a client may let a read or a write wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server that has a port and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port of this machine that no other machine reaches: the one that is asked for, else the
    /// first free one.
    ///
    /// # Errors
    ///
    /// If the port is taken, or there is none.
    pub fn bind(port: Option<u16>) -> io::Result<Self> {
        let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = match port {
            Some(port) => bind(port)?,
            None => {
                let free = (FIRST_PORT..FIRST_PORT + PORTS).find_map(|port| bind(port).ok());
                free.map_or_else(|| bind(0), Ok)?
            }
        };
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// The address of a path, as one types it.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Begins to answer, beside everything else that the program does.
    pub fn start(self, shelf: &Arc<Shelf>) {
        let shelf = Arc::clone(shelf);
        thread::spawn(move || {
            let open = Arc::new(AtomicUsize::new(0));
            for stream in self.listener.incoming().flatten() {
                let place = Place::take(&open);
                let (shelf, port) = (Arc::clone(&shelf), self.address.port());
                let answer = move || {
                    // Whoever is gone does not hear what went wrong.
                    attend(&stream, place.is_free(), port, &shelf).ok();
                    drop(place);
                };
                // Without a thread the connection is closed, and the next may have more luck.
                thread::Builder::new().spawn(answer).ok();
            }
        });
    }
}

/// Answers one connection: one request, then it is closed.
fn attend(mut stream: &TcpStream, is_free: bool, port: u16, shelf: &Shelf) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    if !is_free {
        return answer::refuse(&mut stream, request::Refusal::Busy, port);
    }
    match request::read(&mut stream, port) {
        Ok(request) if request.path == events::PATH && !request.is_head => {
            events::tell(&mut stream, shelf)
        }
        Ok(request) => answer::answer(&mut stream, &request, shelf),
        Err(refusal) => answer::refuse(&mut stream, refusal, port),
    }
}

/// A connection among those that are open.
struct Place {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self { open: Arc::clone(open), number: open.fetch_add(1, Ordering::SeqCst) }
    }

    fn is_free(&self) -> bool {
        self.number < MOST_CONNECTIONS
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}
