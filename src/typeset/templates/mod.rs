//! Owns a casebook's own templates: what they may be, what is wrong with them, where they are at fault.

mod blame;
mod check;
mod copy;
mod diags;
mod guide;
mod labels;
mod outline;
mod own;

pub(super) use self::blame::{Blamed, Reach, blame};
pub use self::check::check;
pub(super) use self::check::does_without;
pub(super) use self::copy::without_head;
pub use self::copy::{NoTemplate, TemplateCopy, all_paths, copies};
pub(super) use self::diags::{faulty, meant_field, remarkable, shown_in, used_by};
pub use self::guide::guide;
pub(super) use self::labels::LostLabels;
pub(super) use self::own::{OwnPlaces, bytes, place as place_in};
