//! Owns the report's bibliography: what is cited, each once, in the words of a citation style; the
//! files that a project brings along for its chapters; and how the report itself is cited.

mod biblatex_guard;
mod diags;
mod entry;
mod file;
mod identity;
mod last_list;
mod library;
mod list;
mod merge;
mod name;
mod piece;
mod pruning;
mod repair;
mod report;
mod style;

pub use self::file::{FileEntry, read_file};
pub use self::library::Gatherer;
pub use self::list::{Bibliography, Place, Reference};
pub use self::piece::{Look, Piece, Shift, plain};
pub use self::report::{in_bibtex, in_words};
pub use self::style::{Style, USUAL_STYLE};
