//! What must hold for every input, one file a property; `tests/it` runs them as well as the fuzzer.
//!
//! Each takes any bytes, and panics if the property does not hold for them.

mod choices;
mod formats;
mod mend;
mod record;
mod tree_to_diagnostics;
mod yaml_to_tree;

pub use self::formats::formats;
pub use self::mend::mend_record;
pub use self::tree_to_diagnostics::tree_to_diagnostics;
pub use self::yaml_to_tree::yaml_to_tree;
