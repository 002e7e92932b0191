//! Owns the way from YAML text to a tree in which every key and value knows its bytes.

mod build;
mod de;
mod diags;
mod scalar;
mod tree;

pub use self::build::{Limits, parse, parse_all, parse_part};
pub use self::de::from_node;
pub use self::tree::{Entry, Node, Number, Segment, Value, pointer};
