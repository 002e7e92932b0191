//! Owns the way from the answers of a survey to records of cases: tables in, trees out.

mod alike;
mod by_roles;
mod cell;
mod clean;
mod diags;
mod draft;
mod fields;
mod ids;
mod mapping;
mod meanings;
mod memory;
mod number;
mod own;
mod place;
mod record;
mod survey;
mod tables;

pub use self::by_roles::PutBack;
pub use self::diags::{
    by_hand, case_differs, conflict, differences, emptied_by_mapping, file_in_the_way, gone,
    hand_edited, id_twice, memory_broken, name_taken, no_mapping, removed_by_hand, to_cell,
    unsound_together, written_anew, wrong_folder,
};
pub use self::draft::draft;
pub use self::mapping::{Mapping, placeless_entry, read_mapping};
pub use self::memory::{Differences, Memory, Remembered, differing, fields_of};
pub use self::own::own_mapping;
pub use self::record::{Emptied, Made, Maker};
pub use self::survey::{LARGEST_SURVEY, Reading, Row, Survey, read_survey};
pub use self::tables::{OfCases, TABLES};
