//! Owns the way from the answers of a survey to records of cases: tables in, trees out.

mod cell;
mod clean;
mod diags;
mod draft;
mod mapping;
mod meanings;
mod memory;
mod number;
mod own;
mod place;
mod record;
mod survey;

pub use self::diags::{
    differences, file_in_the_way, gone, hand_edited, id_twice, memory_broken, no_mapping,
    removed_by_hand, to_cell, wrong_folder,
};
pub use self::draft::draft;
pub use self::mapping::{Mapping, read_mapping};
pub use self::memory::{Differences, Memory, Remembered, fields_of};
pub use self::own::own_mapping;
pub use self::record::{Made, Maker};
pub use self::survey::{LARGEST_SURVEY, Reading, Row, Survey, read_survey};
