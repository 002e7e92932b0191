//! Owns being interrupted: by Ctrl-C, by the end of a terminal, by a system that shuts down.

use crate::disk;

/// What being interrupted means to a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It breaks off, as the signal has it.
    BreaksOff,
    /// It is how the verb ends.
    Ends,
}

/// From now on, whatever is being written when a signal comes is taken back before the program ends.
///
/// Elsewhere than on Unix the program ends at once, and the next build clears away what was left.
#[cfg(unix)]
pub(super) fn heed(meaning: Meaning) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            disk::stop_writing();
            if meaning == Meaning::Ends {
                leave();
            }
            // A shell sees which signal it was, and breaks off what it was doing itself.
            emulate_default_handler(signal).ok();
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn heed(_: Meaning) -> std::io::Result<()> {
    Ok(())
}

/// Lets a signal that came have the last word, rather than what broke off because of it.
pub(super) fn give_way() {
    while disk::has_stopped_writing() {
        std::thread::park();
    }
}

#[cfg(unix)]
#[allow(clippy::exit, reason = "the threads that still work have nothing that must be put away")]
fn leave() {
    std::process::exit(0);
}
